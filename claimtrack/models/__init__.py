"""The stored documents, their JSON Schemas, and the ways in: `load_document` and `validate_document`."""

from claimtrack.models.anchor import Anchor
from claimtrack.models.article import Article, Reading
from claimtrack.models.base import Document, Value
from claimtrack.models.claim import Claim, ClaimAttribution, Origin, Relation
from claimtrack.models.event import Event, EventData
from claimtrack.models.evidence import Evidence, EvidenceLink
from claimtrack.models.figure import ClaimDate, ClaimFigure
from claimtrack.models.independence import find_independent
from claimtrack.models.review import Rating, Review
from claimtrack.models.schemas import DOCUMENTS, json_schema, write_schemas
from claimtrack.models.speaker import Identifier, Speaker, SpeakerDecision, SpeakerRecord, SpeakerRole
from claimtrack.models.validation import load_document, validate_document

__all__ = [
    "DOCUMENTS",
    "Anchor",
    "Article",
    "Claim",
    "ClaimAttribution",
    "ClaimDate",
    "ClaimFigure",
    "Document",
    "Event",
    "EventData",
    "Evidence",
    "EvidenceLink",
    "Identifier",
    "Origin",
    "Rating",
    "Reading",
    "Relation",
    "Review",
    "Speaker",
    "SpeakerDecision",
    "SpeakerRecord",
    "SpeakerRole",
    "Value",
    "find_independent",
    "json_schema",
    "load_document",
    "validate_document",
    "write_schemas",
]
