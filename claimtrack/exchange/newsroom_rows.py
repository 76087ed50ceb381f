"""A newsroom's own CSV file: each row a claim by its mapping, or the findings that say what is wrong with it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from os import PathLike
from typing import Final

import attrs

from claimtrack.errors import DocumentError, Finding, ReadError
from claimtrack.exchange.cells import from_cell
from claimtrack.exchange.claimreview.reading import digest, one_line
from claimtrack.exchange.columns import Row, from_row
from claimtrack.exchange.ratings import map_rating
from claimtrack.exchange.row_mapping import RowMapping
from claimtrack.exchange.tables import open_csv
from claimtrack.models import Claim, Origin, Rating
from claimtrack.read.moment import to_moment

FORMAT: Final = "newsroom-row"
_DAYS: Final = ("made_on", "review_published")
_LINES: Final = ("speaker", "speaker_role", "speaker_on_behalf_of", "review_publisher")


@attrs.frozen(slots=True)
class NewsroomRow:
    """One row: its number (the header is 1), and its claim, or None with the findings that say why."""

    number: int
    claim: Claim | None
    findings: tuple[Finding, ...] = ()


def read_rows(path: str | PathLike[str], mapping: RowMapping) -> Iterator[NewsroomRow]:
    """Give the rows of a newsroom's CSV file in their order, each with its claim or with what is wrong with it.

    A cell that cannot be placed is a finding and its field stays empty; a row without key or statement gives no claim.

    Raises ReadError where there is no such file, and where a column of the mapping is not in it.
    """
    lines = open_csv(path, encoding=mapping.encoding, separator=mapping.separator)
    header = [cell.strip() for cell in next(lines, [])]
    _check_header(header, mapping, str(path))
    seen: dict[str, int] = {}
    for number, cells in enumerate(lines, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        told = {name: from_cell(cell) for name, cell in zip(header, cells, strict=False) if name}
        claim, findings = to_claim(told, mapping)
        found = list(findings)
        if len(cells) > len(header) and any(cells[len(header) :]):
            found.append(_finding("row-cells", f"has {len(cells)} cells under {len(header)} headings; quote the cells"))
        if claim is not None:
            if claim.id in seen:
                message = f"has the key of row {seen[claim.id]}, which counts; give each row a key of its own"
                found.append(_finding("row-key-twice", message, "error"))
                claim = None
            else:
                seen[claim.id] = number
        where = f"{path}: row {number}"
        yield NewsroomRow(number, claim, tuple(attrs.evolve(one, source=where) for one in found))


def to_claim(told: Mapping[str, str], mapping: RowMapping) -> tuple[Claim | None, Iterable[Finding]]:
    """Give the claim of one row, by the names of its columns, and what could not be placed."""
    findings: list[Finding] = []
    parts = [told.get(name, "").strip() for name in mapping.key]
    if not all(parts):
        missing = mapping.key[parts.index("")]
        findings.append(_finding("row-no-key", f"the key column {missing!r} is empty; give the row a key", "error"))
        return None, findings
    key = one_line(parts[0] if len(parts) == 1 else json.dumps(parts, ensure_ascii=False))
    row: Row = {"kind": "indirect"} | dict(mapping.fixed)
    for field, column in mapping.columns.items():
        text = told.get(column, "").strip()
        if text:
            row[field] = _value(field, text, column, mapping, findings)
    if not row.get("statement"):
        message = f"the column {mapping.columns['statement']!r} is empty, so there is no claim"
        findings.append(_finding("row-no-statement", message, "error"))
        return None, findings
    row["id"] = f"{mapping.source}-{digest(key)}"
    claim = _made(row, mapping, findings)
    if claim is None:
        return None, findings
    original = json.dumps(dict(told), ensure_ascii=False)
    return claim.replace(origin=Origin(format=FORMAT, key=key, original=original)), findings


def _made(row: Row, mapping: RowMapping, findings: list[Finding]) -> Claim | None:
    """Give the claim of a row; a field that does not fit is left out and said, until the rest fits."""
    while True:
        try:
            claim = from_row(row)
            assert isinstance(claim, Claim)
            return _rated(claim, mapping, findings)
        except DocumentError:
            bad = next((field for field in row if field not in ("id", "statement") and not _fits(row, field)), None)
            if bad is None:
                findings.append(_finding("row-unreadable", "the row makes no claim; look at its statement", "error"))
                return None
            shown = str(row[bad])[:60]
            message = f"{shown!r} in {mapping.columns.get(bad, bad)!r} is no {bad}; name its meaning under words"
            findings.append(_finding("cell-not-placed", message))
            row = {field: value for field, value in row.items() if field != bad}
            row.setdefault("kind", "indirect")


def _fits(row: Row, field: str) -> bool:
    alone = {"id": "a-0", "kind": "indirect", "statement": "s", field: row[field]}
    if field.startswith("speaker_"):
        alone |= {"speaker": row.get("speaker", "a")}
    try:
        from_row(alone)
    except DocumentError:
        return False
    return True


def _value(field: str, text: str, column: str, mapping: RowMapping, findings: list[Finding]) -> str | list[str] | None:
    words = mapping.words.get(field)
    if words is not None and text in words:
        return words[text]
    if field == "tags":
        parts = text.split(mapping.tag_separator) if mapping.tag_separator else [text]
        return [one_line(part.strip()) for part in parts if part.strip()]
    if field in _DAYS:
        moment = _moment(text, mapping)
        if moment is None:
            findings.append(_finding("date-format", f"{text[:60]!r} in {column!r} is no date that was read"))
        return moment
    return " ".join(text.split()) if field in _LINES else text


def _moment(text: str, mapping: RowMapping) -> str | None:
    if mapping.dates is None:
        return to_moment(text)
    try:
        return datetime.datetime.strptime(text, mapping.dates).date().isoformat()
    except ValueError:
        return None


def _rated(claim: Claim, mapping: RowMapping, findings: list[Finding]) -> Claim:
    """Give the claim with the verdict that the publisher's words have, where the row does not tell one."""
    if not claim.reviews or claim.reviews[0].rating is None or claim.reviews[0].rating.label is None:
        return claim
    review = claim.reviews[0]
    rating: Rating = claim.reviews[0].rating
    if review.verdict is not None:
        return claim.replace(reviews=(review.replace(mapped_by="declared"),))
    match = map_rating(rating, scale=mapping.scale, url=review.url)
    if match.verdict is None:
        findings.append(_finding("rating-unmapped", match.why, "note"))
        return claim
    rating = rating.replace(scale=match.scale)
    return claim.replace(reviews=(review.replace(rating=rating, verdict=match.verdict, mapped_by=match.how),))


def _check_header(header: list[str], mapping: RowMapping, name: str) -> None:
    wanted = (*mapping.key, *mapping.columns.values())
    missing = [column for column in dict.fromkeys(wanted) if column not in header]
    if missing:
        raise ReadError(f"{name}: there is no column {missing[0]!r}; there are {', '.join(header)[:400] or 'none'}")
    twice = [column for column in dict.fromkeys(wanted) if header.count(column) > 1]
    if twice:
        raise ReadError(f"{name}: two columns are called {twice[0]!r}; give each a name of its own")


def _finding(code: str, message: str, severity: str = "warning") -> Finding:
    return Finding(code=code, severity=severity, message=message)  # type: ignore[arg-type]  # three literals above
