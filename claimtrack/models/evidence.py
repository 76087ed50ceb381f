"""Evidence: a source that bears on claims, and the link from a claim to it."""

from __future__ import annotations

from typing import ClassVar, Literal

from claimtrack.models.anchor import Anchor
from claimtrack.models.base import Document, Value
from claimtrack.models.rules import Rule, days_exist, evidence_or_search, excerpt_stands_in_text
from claimtrack.models.strings import Digest, Id, Instant, Line, Moment, Offset, Prose, Url, Wording
from claimtrack.models.vocabulary import EvidenceKind, Stance


class Evidence(Document):
    """A source that bears on claims. Many claims can share it."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(days_exist, ("published", "retrieved")),
        Rule(excerpt_stands_in_text, ("excerpt", "text")),
    )

    format: Literal["claimtrack.evidence/1"] = "claimtrack.evidence/1"
    """The schema that this document follows."""
    id: Id
    """The evidence's name; also its file name."""
    url: Url | None = None
    """Where it stands."""
    title: Line | None = None
    """What it is called."""
    publisher: Line | None = None
    """Who published it."""
    published: Moment | None = None
    """When it was published."""
    retrieved: Instant | None = None
    """When it was looked at or captured."""
    archive_url: Url | None = None
    """A copy in a public archive."""
    excerpt: Anchor | None = None
    """The part that matters, anchored in the captured text."""
    sha256: Digest | None = None
    """The digest of the captured content: the page or file as it was meant, unpacked."""
    copy_path: Line | None = None
    """Where the captured copy, a WARC record, lies, relative to the store's folder."""
    content_type: Line | None = None
    """The media type of the content, as the server named it."""
    size: Offset | None = None
    """How many bytes the content has."""
    text: Prose | None = None
    """The text that was read out of it: exactly the characters that the excerpt counts."""
    extracted_by: Line | None = None
    """What read the text out of it."""
    kind: EvidenceKind
    """How close it is to the matter: primary, secondary, or an interested party."""
    same_source_as: Id | None = None
    """Other evidence that reports the same source: two reports of one release are one source."""


class EvidenceLink(Value):
    """What one piece of evidence, or one search, says about a claim."""

    rules: ClassVar[tuple[Rule, ...]] = (Rule(evidence_or_search, ("evidence", "search", "stance")),)

    evidence: Id | None = None
    """The id of the evidence."""
    search: Wording | None = None
    """What was looked for in vain, and where."""
    stance: Stance
    """What it says about the claim."""
    note: Wording | None = None
    """Why."""
    set: Line | None = None
    """Links with the same set name count only together."""
