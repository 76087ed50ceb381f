"""The closed vocabularies of the documents; docs/glossary.md tells what each word means."""

from __future__ import annotations

from typing import Literal

ClaimKind = Literal["direct", "indirect", "mixed", "narration"]
SpeakerKind = Literal["person", "organization", "group", "document", "anonymous", "publisher", "unknown"]
SpeechAct = Literal["asserted", "denied", "asked", "promised", "expressed"]

Verdict = Literal[
    "true",
    "mostly_true",
    "half_true",
    "mostly_false",
    "false",
    "misleading",
    "missing_context",
    "conflicting_evidence",
    "unproven",
    "unverifiable",
    "outdated",
    "altered",
    "misattributed",
    "satire",
    "not_checkable",
]
Workflow = Literal[
    "candidate",
    "triaged",
    "assigned",
    "researching",
    "awaiting_response",
    "drafted",
    "in_review",
    "approved",
    "closed",
    "declined",
    "duplicate",
    "withdrawn",
]
Publication = Literal["unpublished", "published", "correcting", "corrected", "superseded", "retracted"]
CorrectionKind = Literal["typo", "clarification", "update", "correction"]
Action = Literal[
    "triage",
    "decline",
    "mark_duplicate",
    "withdraw",
    "assign",
    "cite",
    "contact",
    "await_response",
    "decide",
    "submit",
    "send_back",
    "approve",
    "publish",
    "correct",
    "confirm",
    "supersede",
    "retract",
    "reopen",
    "note",
    "merge",
]
DeclineReason = Literal[
    "not_checkable", "too_vague", "out_of_scope", "not_important", "already_checked", "no_resources", "other"
]
ContactOutcome = Literal["asked", "answered", "no_answer"]
Stance = Literal["supports", "refutes", "partly_supports", "context", "irrelevant", "nothing_found"]

FigureKind = Literal[
    "count",
    "money",
    "percent",
    "percentage_point",
    "age",
    "duration",
    "measure",
    "ordinal",
    "fraction",
    "ratio",
    "other",
]
Modifier = Literal["exact", "about", "at_least", "more_than", "at_most", "less_than", "nearly", "range"]
Change = Literal["up", "down", "none"]
Granularity = Literal["moment", "day", "week", "month", "quarter", "season", "year", "decade", "century"]

EvidenceKind = Literal["primary", "secondary", "interested_party"]
RelationKind = Literal["repeats", "contradicts", "updates", "same_as"]
MappedBy = Literal["declared", "exact_label", "declared_scale", "person"]
InputForm = Literal["wire", "text", "markdown", "html", "document"]
