"""Who speaks: as one claim has it, and as the store's registry knows them."""

from __future__ import annotations

from typing import ClassVar, Literal

from claimtrack.models.anchor import Anchor
from claimtrack.models.base import Document, Value
from claimtrack.models.rules import Rule, days_exist, name_or_speaker, named_or_described, start_not_after_end
from claimtrack.models.strings import Confidence, Day, Id, Instant, Line, Wording
from claimtrack.models.vocabulary import SpeakerKind


class Speaker(Value):
    """Who the source of a claim names."""

    rules: ClassVar[tuple[Rule, ...]] = (Rule(named_or_described, ("name", "role", "kind")),)

    name: Line | None = None
    """The full name, as the article lets a reader know it; None where it names nobody."""
    kind: SpeakerKind
    """What sort of speaker it is."""
    role: Line | None = None
    """The role as the article gives it ("Azerbaijani President")."""
    mention: Anchor | None = None
    """The words that name the speaker here."""
    on_behalf_of: Line | None = None
    """The body that a spokesperson speaks for."""
    confidence: Confidence | None = None
    """How sure the name is, between 0 and 1."""
    alternatives: tuple[Line, ...] = ()
    """Other names that it might be, likeliest first."""
    speaker_id: Id | None = None
    """The SpeakerRecord in the store's registry."""


class SpeakerRole(Value):
    """A role that a speaker held, and when."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(days_exist, ("since", "until")),
        Rule(start_not_after_end, ("since", "until")),
    )

    role: Line
    """The role."""
    since: Day | None = None
    """The first day known."""
    until: Day | None = None
    """The last day known."""


class Identifier(Value):
    """A name for a speaker in somebody else's registry."""

    scheme: Line
    """Whose registry: "wikidata", "url", ..."""
    value: Line
    """The name there."""


class SpeakerDecision(Value):
    """A person's word on whether a name, or another record, is this speaker."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(name_or_speaker, ("name", "speaker")),
        Rule(days_exist, ("since", "until", "at")),
        Rule(start_not_after_end, ("since", "until")),
    )

    name: Line | None = None
    """The name as claims have it, or the role where they give no name."""
    speaker: Id | None = None
    """The other record."""
    since: Day | None = None
    """The first day of claims for which it holds: a role passes on."""
    until: Day | None = None
    """The last day of claims for which it holds."""
    by: Line
    """Who decided."""
    at: Instant
    """When it was decided."""
    why: Wording | None = None
    """The reason."""


class SpeakerRecord(Document):
    """One known speaker, across articles."""

    format: Literal["claimtrack.speaker/1"] = "claimtrack.speaker/1"
    """The schema that this document follows."""
    id: Id
    """The record's name; also its file name."""
    name: Line
    """The name to show."""
    kind: SpeakerKind
    """What sort of speaker it is."""
    aliases: tuple[Line, ...] = ()
    """Other names of the same speaker."""
    roles: tuple[SpeakerRole, ...] = ()
    """The roles known."""
    identifiers: tuple[Identifier, ...] = ()
    """Names in other registries."""
    same_as: tuple[SpeakerDecision, ...] = ()
    """Names and records that a person has confirmed to be this speaker."""
    not_same_as: tuple[SpeakerDecision, ...] = ()
    """Names and records that a person has told apart from this speaker."""
    note: Wording | None = None
    """Anything else worth knowing."""
