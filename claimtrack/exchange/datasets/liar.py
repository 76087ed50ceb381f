"""LIAR: short statements from PolitiFact with six labels, in fourteen columns without a header."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from claimtrack.exchange.claimreview.fields import Fields
from claimtrack.exchange.datasets.reading import Node, Row
from claimtrack.models import Claim, Evidence, Speaker

COLUMNS: Final = (
    *("id", "label", "statement", "subjects", "speaker", "job", "state", "party"),
    *("barely_true", "false", "half_true", "mostly_true", "pants_fire", "context"),
)


def read_liar(node: Node, fields: Fields) -> Row:
    """Give what a row of LIAR says; state, party, counts and context stay in the claim's origin."""
    name, job = (fields.line(node.get(field), f"$.{field}") for field in ("speaker", "job"))
    subjects = fields.line(node.get("subjects"), "$.subjects")
    return Row(
        statement=fields.wording(node.get("statement"), "$.statement"),
        label=fields.line(node.get("label"), "$.label"),
        publisher="PolitiFact",
        scale="liar",
        key=node.get("id"),
        speaker=Speaker(name=name, role=job, kind="unknown") if name or job else None,
        tags=tuple(part for part in (subjects or "").split(",") if part.strip()),
    )


def write_liar(claim: Claim, label: str, evidence: Mapping[str, Evidence]) -> Node:
    """Give the row of a claim; what LIAR counts about the speaker is left empty."""
    speaker = claim.speaker
    return dict.fromkeys(COLUMNS, "") | {
        "id": claim.id,
        "label": label,
        "statement": claim.statement,
        "subjects": ",".join(claim.tags),
        "speaker": (speaker.name if speaker is not None else None) or "",
        "job": (speaker.role if speaker is not None else None) or "",
    }
