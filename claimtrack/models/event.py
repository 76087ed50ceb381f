"""One step in a claim's life."""

from __future__ import annotations

from typing import ClassVar

from pydantic import ConfigDict, Field

from claimtrack.models.base import Value
from claimtrack.models.review import Rating
from claimtrack.models.rules import Rule, days_exist
from claimtrack.models.strings import Count, Digest, Id, Instant, Line, Moment, Url, Wording
from claimtrack.models.vocabulary import (
    Action,
    ContactOutcome,
    CorrectionKind,
    DeclineReason,
    Publication,
    Stance,
    Verdict,
    Workflow,
)


class EventData(Value):
    """What a step was about, where its action needs more than a reason."""

    rules: ClassVar[tuple[Rule, ...]] = (Rule(days_exist, ("due",)),)

    verdict: Verdict | None = None
    """The verdict decided, or kept by a merge."""
    rating: Rating | None = None
    """The verdict in the reviewer's own words, and its number on a named scale."""
    explanation: Wording | None = None
    """The reasons, as they are published."""
    evidence: Id | None = None
    """The evidence cited."""
    search: Wording | None = None
    """What was looked for in vain, and where."""
    stance: Stance | None = None
    """What the evidence says about the claim."""
    set: Line | None = None
    """The set that the link counts in."""
    claim: Id | None = None
    """The other claim: the original of a duplicate, the successor of a superseded one."""
    person: Line | None = None
    """Who was assigned or contacted."""
    outcome: ContactOutcome | None = None
    """What came of a contact."""
    reason: DeclineReason | None = None
    """Why a claim is not checked."""
    eyes: Count | None = None
    """How many people had to see the check when it was approved, its author among them."""
    publisher: Line | None = None
    """Who published the check."""
    url: Url | None = None
    """Where the check was published."""
    waiver: Wording | None = None
    """Why it was published although evidence has no archived copy."""
    correction: CorrectionKind | None = None
    """What sort of correction it was."""
    publication: Publication | None = None
    """What the public had seen, as a merge keeps it."""
    due: Moment | None = None
    """The day, or the time, by which something is expected."""


class Event(Value):
    """Who did what to a claim, when and why. A claim's state is computed from its events."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)
    rules: ClassVar[tuple[Rule, ...]] = (Rule(days_exist, ("at",)),)

    id: Id
    """The event's name, its own within the claim: its number, and the first 12 digits of its digest."""
    at: Instant
    """When it happened."""
    by: Line
    """Who did it."""
    action: Action
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
