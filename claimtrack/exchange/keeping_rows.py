"""Rows and lines against the store: what is new, unchanged, changed, or conflicting with what people did since."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal

import attrs

from claimtrack.errors import Finding, NotFoundError, StoreError
from claimtrack.exchange.json_lines import Line
from claimtrack.exchange.newsroom_rows import NewsroomRow, to_claim
from claimtrack.exchange.row_mapping import RowMapping
from claimtrack.models import Claim, Document
from claimtrack.store import Store

RowOutcome = Literal["new", "unchanged", "changed", "conflicting", "refused"]
_FIELDS: Final = tuple(name for name in Claim.model_fields if name not in ("format", "id", "origin", "events"))
_FROM_EVENTS: Final = ("workflow", "verdict", "publication")


@attrs.frozen(slots=True)
class KeptRow:
    """What became of a row or line: new, unchanged, changed, conflicting (kept as it is), or refused (no document)."""

    number: int
    id: str | None
    outcome: RowOutcome
    findings: tuple[Finding, ...] = ()


def keep_rows(
    store: Store, rows: Iterable[NewsroomRow], *, mapping: RowMapping, preview: bool = False
) -> Iterator[KeptRow]:
    """Give what became of each row, once its claim is safely in the store; with `preview` nothing is written.

    A field that changed in the row alone is brought up to date, one that people changed in the store alone stays, and
    one that changed in both is a conflict: then the whole claim stays as it is, and a finding names the field.

    Raises StoreError when the disk fails.
    """
    for row in rows:
        if row.claim is None:
            yield KeptRow(row.number, None, "refused", row.findings)
            continue
        kept, claim = _compare(store, row, row.claim, mapping)
        if claim is not None and not preview:
            store.save(claim)
        yield kept


def keep_lines(store: Store, lines: Iterable[Line]) -> Iterator[KeptRow]:
    """Give what became of each line of our own documents, once it is safely in the store.

    A document that stands there already and reads differently is a conflict and stays as it is.

    Raises StoreError when the disk fails.
    """
    for line in lines:
        document = line.document
        if document is None:
            yield KeptRow(line.number, None, "refused", line.findings)
            continue
        try:
            stored = store.document(document.id)
        except NotFoundError:
            yield _saved(store, line.number, document)
            continue
        if stored.to_json() == document.to_json():
            yield KeptRow(line.number, document.id, "unchanged")
            continue
        message = f"{document.id} stands otherwise in the store, and was kept"
        yield KeptRow(line.number, document.id, "conflicting", (_finding("row-conflict", message, line.number),))


def _saved(store: Store, number: int, document: Document) -> KeptRow:
    try:
        store.save(document)
    except StoreError as error:
        if error.__cause__ is not None:  # the disk, not the document
            raise
        return KeptRow(number, document.id, "refused", (_finding("not-added", str(error), number),))
    return KeptRow(number, document.id, "new")


def _finding(code: str, message: str, number: int) -> Finding:
    return Finding(code=code, severity="warning", message=message, source=f"row {number}")


def _compare(store: Store, row: NewsroomRow, claim: Claim, mapping: RowMapping) -> tuple[KeptRow, Claim | None]:
    """Give the outcome of a row, and the claim to write where there is one."""
    try:
        stored = store.claim(claim.id)
    except NotFoundError:
        return KeptRow(row.number, claim.id, "new", row.findings), claim
    before = _as_imported(stored, mapping)
    changes: dict[str, Any] = {}
    conflicts = []
    for name in _FIELDS:
        theirs, ours = getattr(claim, name), getattr(stored, name)
        base = getattr(before, name) if before is not None else None
        if theirs == ours or (before is not None and theirs == base and ours != Claim.model_fields[name].default):
            continue
        locked = name in _FROM_EVENTS and stored.events
        if not locked and (ours in (base, Claim.model_fields[name].default)):
            changes[name] = theirs
        elif not locked or theirs != base:
            conflicts.append(name)
    if conflicts:
        message = f"{', '.join(conflicts)} changed both here and in the store; the stored claim {claim.id} was kept"
        conflict = _finding("row-conflict", message, row.number)
        return KeptRow(row.number, claim.id, "conflicting", (*row.findings, conflict)), None
    merged = stored.replace(**changes, origin=claim.origin)
    if merged == stored:
        return KeptRow(row.number, claim.id, "unchanged", row.findings), None
    return KeptRow(row.number, claim.id, "changed", row.findings), merged


def _as_imported(stored: Claim, mapping: RowMapping) -> Claim | None:
    """Give the claim as its row made it, to tell what people have changed since."""
    try:
        told = json.loads(stored.origin.original) if stored.origin is not None else None
    except ValueError:
        return None
    return to_claim(told, mapping)[0] if isinstance(told, dict) else None
