"""FEVER and FEVEROUS: claims held to Wikipedia; each set of evidence suffices, and all parts of a set are needed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from claimtrack.exchange.claimreview.fields import Fields
from claimtrack.exchange.datasets.reading import Node, Row, note, page_evidence
from claimtrack.models import Claim, Evidence, EvidenceLink
from claimtrack.models.vocabulary import Stance

_STANCES: Final[Mapping[str, Stance]] = {"SUPPORTS": "supports", "REFUTES": "refutes"}
_CELLS: Final = r"(?:header_)?cell_\d+_\d+_\d+|item_\d+_\d+"
_BLOCKS: Final = r"(?:sentence|table_caption|list|section|table)_\d+|title"
_ELEMENT = re.compile(rf"(.+?)_({_CELLS}|{_BLOCKS})", re.DOTALL | re.ASCII)
_LINE = re.compile(r"sentence ([0-9]{1,9})")


def read_fever(node: Node, fields: Fields) -> Row:
    """Give what a row of FEVER says."""
    return _row(node, fields, "fever", _fever_parts(node.get("evidence"), fields))


def read_feverous(node: Node, fields: Fields) -> Row:
    """Give what a row of FEVEROUS says."""
    return _row(node, fields, "feverous", _feverous_parts(node.get("evidence"), fields))


def write_fever(claim: Claim, label: str, evidence: Mapping[str, Evidence]) -> Node:
    """Give the row of a claim: its sets of evidence that are sentences of titled pages."""
    sets: dict[str, list[list[Any]]] = {}
    for link, title in _titled(claim, evidence):
        line = _LINE.fullmatch(link.note or "")
        if line is not None:
            sets.setdefault(link.set or title, []).append([None, None, title, int(line[1])])
    return {
        "id": claim.id,
        "verifiable": "NOT VERIFIABLE" if label == "NOT ENOUGH INFO" else "VERIFIABLE",
        "label": label,
        "claim": claim.statement,
        "evidence": list(sets.values()),
    }


def write_feverous(claim: Claim, label: str, evidence: Mapping[str, Evidence]) -> Node:
    """Give the row of a claim: its sets of evidence that are elements of titled pages."""
    sets: dict[str, list[str]] = {}
    for link, title in _titled(claim, evidence):
        if link.note and _ELEMENT.fullmatch(f"{title}_{link.note}"):
            sets.setdefault(link.set or title, []).append(f"{title}_{link.note}")
    listed = [{"content": content, "context": {}} for content in sets.values()]
    return {"id": claim.id, "label": label, "claim": claim.statement, "evidence": listed}


Parts = list[tuple[str, str, str]]
"""For each part of the evidence the name of its set, its page, and the place on it."""


def _row(node: Node, fields: Fields, name: str, parts: Parts) -> Row:
    label = fields.line(node.get("label"), "$.label")
    evidence = {page: page_evidence(name, page) for _, page, _ in parts}
    stance = _STANCES.get(label or "", "context")
    links = [EvidenceLink(evidence=evidence[page].id, stance=stance, note=at, set=group) for group, page, at in parts]
    return Row(
        statement=fields.wording(node.get("claim"), "$.claim"),
        label=label,
        publisher=name.upper(),
        scale="fever",
        key=node.get("id"),
        evidence={one.id: one for one in evidence.values()},
        links=links,
    )


def _fever_parts(value: Any, fields: Fields) -> Parts:
    found: Parts = []
    for number, group in enumerate(value if isinstance(value, list) else (), start=1):
        for part in group if isinstance(group, list) else ():
            if not isinstance(part, list) or len(part) != 4:
                note("row-field", fields, f"$.evidence[{number - 1}]", "a part of the evidence has four entries")
            elif isinstance(part[2], str) and (page := fields.line(part[2], f"$.evidence[{number - 1}]")):
                found.append((str(number), page, f"sentence {part[3]}"))
    return found


def _feverous_parts(value: Any, fields: Fields) -> Parts:
    found: Parts = []
    for number, group in enumerate(value if isinstance(value, list) else (), start=1):
        content = group.get("content") if isinstance(group, dict) else None
        for name in content if isinstance(content, list) else ():
            element = _ELEMENT.fullmatch(name) if isinstance(name, str) and len(name) < 2000 else None
            page = fields.line(element[1], f"$.evidence[{number - 1}]") if element is not None else None
            if element is None or page is None:
                note("row-field", fields, f"$.evidence[{number - 1}]", "this names no element of a page")
            else:
                found.append((str(number), page, element[2]))
    return found


def _titled(claim: Claim, evidence: Mapping[str, Evidence]) -> list[tuple[EvidenceLink, str]]:
    """Give the links to evidence with a title that support or refute the claim, or came for context."""
    found = ((link, evidence.get(link.evidence or "")) for link in claim.evidence)
    return [(link, one.title) for link, one in found if one is not None and one.title is not None]
