"""SciFact: claims held to abstracts; each rationale is a set of sentences that supports or contradicts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from claimtrack.exchange.claimreview.fields import Fields
from claimtrack.exchange.datasets.reading import Node, Row, note, page_evidence
from claimtrack.models import Claim, Evidence, EvidenceLink
from claimtrack.models.vocabulary import Stance

_STANCES: Final[Mapping[str, Stance]] = {"SUPPORT": "supports", "CONTRADICT": "refutes"}
_LABELS: Final = {stance: label for label, stance in _STANCES.items()}
_SENTENCES = re.compile(r"sentences (\[[0-9, ]{0,1000}\])")


def read_scifact(node: Node, fields: Fields) -> Row:
    """Give what a row of SciFact says; a claim has a label where all its rationales agree."""
    evidence: dict[str, Evidence] = {}
    links: list[EvidenceLink] = []
    told = node.get("evidence")
    labels = set()
    for document, rationales in told.items() if isinstance(told, dict) else ():
        path = f"$.evidence[{str(document)[:60]!r}]"
        title = fields.line(document, path)
        for number, one in enumerate(rationales if isinstance(rationales, list) else (), start=1):
            label = one.get("label") if isinstance(one, dict) else None
            stance = _STANCES.get(label) if isinstance(label, str) else None
            sentences = one.get("sentences") if isinstance(one, dict) else None
            if title is None or stance is None or not isinstance(sentences, list):
                note("row-field", fields, path, "a rationale has sentences, and SUPPORT or CONTRADICT as its label")
                continue
            labels.add(label)
            source = page_evidence("scifact", title)
            evidence[source.id] = source
            said = f"sentences {json.dumps([at for at in sentences if type(at) is int])}"
            links.append(EvidenceLink(evidence=source.id, stance=stance, note=said, set=f"{title[:200]} {number}"))
    return Row(
        statement=fields.wording(node.get("claim"), "$.claim"),
        label=str(labels.pop()) if len(labels) == 1 else None if labels or told is None else "NEI",
        publisher="SciFact",
        scale="scifact",
        key=node.get("id"),
        evidence=evidence,
        links=links,
    )


def write_scifact(claim: Claim, label: str, evidence: Mapping[str, Evidence]) -> Node:
    """Give the row of a claim: its evidence that supports or refutes; a set of links is one rationale."""
    found: dict[str, list[dict[str, Any]]] = {}
    for link in claim.evidence:
        source = evidence.get(link.evidence or "")
        if source is None or source.title is None or link.stance not in _LABELS:
            continue
        at = _SENTENCES.fullmatch(link.note or "")
        rationale = {"sentences": json.loads(at[1]) if at is not None else [], "label": _LABELS[link.stance]}
        found.setdefault(source.title, []).append(rationale)
    return {"id": claim.id, "claim": claim.statement, "evidence": found, "cited_doc_ids": list(found)}
