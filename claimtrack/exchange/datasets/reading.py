"""What the readers of all data sets share: a claim with one review, its evidence, and its row as it came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from claimtrack.errors import DocumentError, Finding
from claimtrack.exchange.claimreview.fields import Fields
from claimtrack.exchange.claimreview.reading import digest, one_line
from claimtrack.exchange.foreign_json import write_foreign
from claimtrack.exchange.ratings import map_rating
from claimtrack.models import Claim, Evidence, EvidenceLink, Origin, Rating, Review, Speaker

Node = dict[str, Any]


@attrs.frozen(slots=True)
class Row:
    """What a row says, before it is a claim."""

    statement: str | None
    label: str | None
    publisher: str
    scale: str
    key: Any = None
    speaker: Speaker | None = None
    made_on: str | None = None
    url: str | None = None
    explanation: str | None = None
    tags: tuple[str, ...] = ()
    evidence: Mapping[str, Evidence] = attrs.field(factory=dict)
    links: Sequence[EvidenceLink] = ()


def make_claim(row: Row, node: Node, *, name: str, fields: Fields) -> Claim:
    """Give the claim of a row, which keeps the row untouched.

    Raises DocumentError where there is no statement.
    """
    if row.statement is None:
        told = Finding(code="row-no-statement", severity="error", message="the row has no claim in it")
        raise DocumentError([*fields.findings, told])
    original = write_foreign(node)
    key = one_line(f"{row.key}" if row.key not in (None, "") else f"{row.statement} {row.made_on or ''}".strip())
    review = None
    if row.label is not None:
        match = map_rating(row.label, scale=row.scale)
        rating = Rating(label=row.label, scale=match.scale)
        if match.verdict is None:
            note("label-unknown", fields, "$.label", match.why)
        review = Review(
            id="review-1",
            publisher=row.publisher,
            url=row.url,
            rating=rating,
            verdict=match.verdict,
            mapped_by=match.how,
            explanation=row.explanation,
        )
    return Claim(
        id=f"{name}-{digest(key)}",
        kind="indirect",
        statement=row.statement,
        speakers=(row.speaker,) if row.speaker is not None else (),
        made_on=row.made_on,
        evidence=tuple(row.links),
        reviews=(review,) if review is not None else (),
        tags=row.tags,
        origin=Origin(format=name, key=key, original=original),
    )


def note(code: str, fields: Fields, path: str, message: str) -> None:
    """Note what could not be placed; it stays in the claim's origin."""
    message = f"{message}; it stays in the claim's origin"
    fields.findings.append(Finding(code=code, severity="warning", message=message, path=path))


def page_evidence(name: str, page: str) -> Evidence:
    """Give the evidence that a page or document of a data set's corpus is."""
    return Evidence(id=f"{name}-{digest(page)}", title=one_line(page), kind="secondary")
