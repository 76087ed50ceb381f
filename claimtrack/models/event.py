"""One step in a claim's life."""

from __future__ import annotations

from typing import ClassVar

from pydantic import ConfigDict, Field

from claimtrack.models.base import Value
from claimtrack.models.rules import Rule, days_exist
from claimtrack.models.strings import Day, Digest, Id, Instant, Line, Wording
from claimtrack.models.vocabulary import CorrectionKind, Verdict, Workflow


class EventData(Value):
    """What a step was about, where its action needs more than a reason."""

    rules: ClassVar[tuple[Rule, ...]] = (Rule(days_exist, ("due",)),)

    verdict: Verdict | None = None
    """The verdict decided."""
    evidence: Id | None = None
    """The evidence cited."""
    claim: Id | None = None
    """The other claim: the original of a duplicate, the successor of a superseded one."""
    person: Line | None = None
    """Who was assigned or contacted."""
    correction: CorrectionKind | None = None
    """What sort of correction it was."""
    due: Day | None = None
    """The day by which something is expected."""


class Event(Value):
    """Who did what to a claim, when and why. A claim's state is computed from its events."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)
    rules: ClassVar[tuple[Rule, ...]] = (Rule(days_exist, ("at",)),)

    id: Id
    """The event's name, its own within the claim."""
    at: Instant
    """When it happened."""
    by: Line
    """Who did it."""
    action: Line
    """What was done."""
    from_: Workflow | None = Field(default=None, alias="from")
    """The workflow state before."""
    to: Workflow | None = None
    """The workflow state after."""
    why: Wording | None = None
    """The reason."""
    tool: Line | None = None
    """The program that wrote the event, with its version."""
    data: EventData | None = None
    """What the step was about."""
    parents: tuple[Digest, ...] = ()
    """The digests of the events before; a merge has two."""
