"""The claim: who said what, and what became of it."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from claimtrack.models.anchor import Anchor
from claimtrack.models.base import Document, Value
from claimtrack.models.event import Event
from claimtrack.models.evidence import EvidenceLink
from claimtrack.models.figure import ClaimDate, ClaimFigure
from claimtrack.models.review import Review
from claimtrack.models.rules import Rule, days_exist, narration_has_no_source
from claimtrack.models.speaker import Speaker
from claimtrack.models.strings import Confidence, Id, Line, Moment, Prose, Wording
from claimtrack.models.vocabulary import ClaimKind, Publication, RelationKind, SpeechAct, Verdict, Workflow


class ClaimAttribution(Value):
    """Where the claim stands in its article, and who found it there."""

    source: Anchor | None = None
    """The words that name the source."""
    cue: Anchor | None = None
    """The words that attribute ("said")."""
    content: tuple[Anchor, ...] = Field(min_length=1)
    """What is attributed; several pieces where the cue breaks a quotation."""
    confidence: Confidence | None = None
    """How sure the attribution is, between 0 and 1."""
    stage: Line | None = None
    """The part of the extractor that found it."""
    tagger: Line | None = None
    """The tagger that found it."""
    version: Line | None = None
    """The tagger's version."""
    via: Speaker | None = None
    """Who passed it on: A in "A said B had told him"."""


class Relation(Value):
    """How this claim stands to another."""

    kind: RelationKind
    """What this claim does to the other."""
    claim: Id
    """The other claim."""
    note: Wording | None = None
    """Why."""


class Origin(Value):
    """What an import could not place, kept as it came."""

    format: Line
    """The format it came in."""
    key: Line
    """Its name there."""
    original: Prose
    """The raw JSON text, untouched."""


class Claim(Document):
    """One claim: who said what, with which figures, how far its check has come and what was found."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(days_exist, ("made_on",)),
        Rule(narration_has_no_source, ("kind", "attribution")),
    )

    format: Literal["claimtrack.claim/1"] = "claimtrack.claim/1"
    """The schema that this document follows."""
    id: Id
    """The claim's name: its article's id and the offset where its content first stood; also its file name."""
    article_id: Id | None = None
    """The article it stands in."""
    kind: ClaimKind
    """direct, indirect or mixed speech, or the outlet's own narration."""
    statement: Wording
    """The wording, with outer quotation marks and line breaks taken away."""
    speakers: tuple[Speaker, ...] = ()
    """Who said it, in the article's order."""
    speech_act: SpeechAct = "asserted"
    """What the speaker did with the content."""
    attribution: ClaimAttribution | None = None
    """Where it stands in the article."""
    made_on: Moment | None = None
    """When it was said."""
    figures: tuple[ClaimFigure, ...] = ()
    """The numbers in it."""
    dates: tuple[ClaimDate, ...] = ()
    """The date expressions in it."""
    workflow: Workflow = "candidate"
    """Where the work on it stands."""
    verdict: Verdict | None = None
    """What was found."""
    publication: Publication = "unpublished"
    """What the public saw."""
    evidence: tuple[EvidenceLink, ...] = ()
    """What bears on it."""
    reviews: tuple[Review, ...] = ()
    """Published fact-checks of it."""
    relations: tuple[Relation, ...] = ()
    """How it stands to other claims."""
    tags: tuple[Line, ...] = ()
    """Free labels."""
    events: tuple[Event, ...] = ()
    """Its history, oldest first."""
    origin: Origin | None = None
    """What an import brought along."""

    @property
    def speaker(self) -> Speaker | None:
        """The first speaker, or None."""
        return self.speakers[0] if self.speakers else None

    def __str__(self) -> str:
        """Give who says what, on one line."""
        who = self.speaker and (self.speaker.name or self.speaker.role)
        return f"{who or 'somebody'}: {self.statement}"
