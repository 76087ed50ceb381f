"""Documents that are written together in one transaction, each with what filters ask of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from claimtrack.store.database.connecting import Connection
from claimtrack.store.database.rows import DocumentRow, canonical, document_row, path_of, place_of, to_jsonb
from claimtrack.store.home import Batch
from claimtrack.store.paths import MARKER, Place

# The binary form (%b) spares both sides the quoting of whole documents.
_DOCUMENTS: Final = """
INSERT INTO document (place, sort, body, version)
SELECT place, decode(sort, 'hex'), body::jsonb, version
FROM unnest(%b::text[], %b::text[], %b::text[], %b::text[]) AS given (place, sort, body, version)
ON CONFLICT """
_OVER: Final = "(place) DO UPDATE SET body = excluded.body, version = excluded.version"
# No column: of two who are equally quick one may meet the other in the index of `sort` first.
_NEW: Final = "DO NOTHING"
_FACTS: Final = {
    "articles": """
INSERT INTO article (number, id, publisher, published)
SELECT number, given.id, given.publisher, given.published
FROM jsonb_to_recordset(%s::jsonb) AS given (place text COLLATE "C", id text, publisher text, published text)
JOIN document USING (place)
ON CONFLICT (number) DO UPDATE SET (id, publisher, published) = (excluded.id, excluded.publisher, excluded.published)
WHERE (article.id, article.publisher, article.published)
    IS DISTINCT FROM (excluded.id, excluded.publisher, excluded.published)""",
    "claims": """
INSERT INTO claim (number, {columns})
SELECT number, {given} FROM jsonb_to_recordset(%s::jsonb) AS given (
    place text COLLATE "C", article text, kind text, verdict text, workflow text, publication text, made text,
    statement text, voices bigint[], tags text[], evidence text[], words text[], numbers float8[], least float8,
    most float8)
JOIN document USING (place)
ON CONFLICT (number) DO UPDATE SET ({columns}) = ({excluded}) WHERE ({claim}) IS DISTINCT FROM ({excluded})""",
}
_COLUMNS: Final = (
    *("article", "kind", "verdict", "workflow", "publication", "made", "statement", "voices", "tags", "evidence"),
    *("words", "numbers", "least", "most"),
)
_VOICES: Final = """
INSERT INTO voice (number, words, key, role, record)
SELECT * FROM unnest(%b::bigint[], %b::text[], %b::text[], %b::text[], %b::text[]) ON CONFLICT DO NOTHING"""
_VERSIONS: Final = """
UPDATE document SET version = given.version, sort = decode(given.sort, 'hex')
FROM unnest(%s::text[], %s::text[], %s::text[]) AS given (place, version, sort)
WHERE document.place = given.place COLLATE "C" """


_COPY: Final = """
INSERT INTO copy (sha256, record) VALUES (%s, %s) ON CONFLICT (sha256) DO UPDATE SET record = excluded.record"""


class AgainError(Exception):
    """Somebody else was quicker: the batch must be filled anew."""


class RowBatch(Batch):
    """The store as it will be. Used in a transaction while nobody else writes, or nobody else at `only`."""

    def __init__(self, connection: Connection, *, only: Place | None) -> None:
        super().__init__()
        self._connection = connection
        self._only = only
        self._bodies: dict[Place, str | None] = {}

    def expect(self, places: Sequence[Place]) -> None:
        """Fetch the documents at places at once."""
        query = "SELECT place, body::text FROM document WHERE place = ANY(%s)"
        self._bodies |= dict.fromkeys(places)
        for path, body in self._connection.execute(query, (list(map(path_of, places)),)):
            self._bodies[place_of(path)] = body

    def stored(self, place: Place) -> bytes | None:
        """Give the bytes that a folder would hold at a place by now, or None."""
        if place not in self._bodies:
            if place[0] == "copies":
                return read_row(self._connection, place)
            query = "SELECT body::text FROM document WHERE place = %s" + " FOR UPDATE" * (place == self._only)
            self._bodies[place] = _one(self._connection, query, (path_of(place),))
        body = self._bodies[place]
        return None if body is None else canonical(place, body)

    def stored_names(self, folder: Place) -> Iterable[str]:
        """Give the names of the documents that stand in a folder by now, in order."""
        start = path_of(folder)
        # The few of one article will be read next; a year's articles may be many.
        body = "body::text" if folder[0] in ("claims", "speakers") else "NULL"
        found = self._connection.execute(
            f"SELECT place, {body} FROM document WHERE place > %s AND place < %s ORDER BY sort".encode(),
            (f"{start}/", f"{start}0"),  # "0" is what comes after "/"
        )
        names = []
        for path, stored in found:
            place = place_of(path)
            if len(place) == len(folder) + 1:
                names.append(place[-1])
                if stored is not None:
                    self._bodies[place] = stored
        return names

    def flush(self) -> None:
        """Write all documents; they are durable once the transaction is committed.

        Raises AgainError where somebody else wrote a document that was not there when it was looked for.
        """
        rows = []
        for place, data in self._pending.items():
            if place[0] == "copies":
                self._connection.execute(_COPY, (_digest_in(place), data))
            else:
                rows.append(document_row(place, data))
        if rows:
            is_there = self._only is None or self._bodies.get(self._only) is not None
            written = write_rows(self._connection, rows, over=is_there)
            if written < len(rows):
                raise AgainError


def write_rows(connection: Connection, rows: Sequence[DocumentRow], *, over: bool) -> int:
    """Give how many documents were written; where one stands already it is replaced only if `over` is true."""
    _write_voices(connection, rows)
    columns = zip(*((row.place, row.sort.hex(), row.body, row.version) for row in rows), strict=True)
    written = connection.execute((_DOCUMENTS + (_OVER if over else _NEW)).encode(), tuple(map(list, columns)))
    write_facts(connection, rows)
    return written.rowcount


def write_facts(connection: Connection, rows: Sequence[DocumentRow]) -> None:
    """Write what filters ask of documents whose rows are there."""
    for top, statement in _FACTS.items():
        own = [row for row in rows if row.facts is not None and row.place.startswith(top)]
        facts = [{"place": row.place, **(row.facts or {})} for row in own]
        if facts:
            connection.execute(_with_columns(statement).encode(), (to_jsonb(facts),))


def write_versions(connection: Connection, rows: Sequence[DocumentRow]) -> None:
    """Write what is known of documents that somebody edited by hand, whose bodies stay as they are."""
    _write_voices(connection, rows)
    write_facts(connection, rows)
    columns = zip(*((row.place, row.version, row.sort.hex()) for row in rows), strict=True)
    connection.execute(_VERSIONS, tuple(map(list, columns)))


def read_row(connection: Connection, place: Place) -> bytes | None:
    """Give the bytes that a folder would hold at a place, or None."""
    if place == (MARKER,):
        marker = _one(connection, "SELECT body FROM store", ())
        return None if marker is None else json.dumps(marker).encode()
    if place[0] == "copies":
        record: bytes | None = _one(connection, "SELECT record FROM copy WHERE sha256 = %s", (_digest_in(place),))
        return record
    body = _one(connection, "SELECT body::text FROM document WHERE place = %s", (path_of(place),))
    return None if body is None else canonical(place, body)


def holds_row(connection: Connection, place: Place) -> bool:
    """Tell whether a row is at a place."""
    if place[0] == "copies":
        query, value = "SELECT true FROM copy WHERE sha256 = %s", _digest_in(place)
    else:
        query, value = "SELECT true FROM document WHERE place = %s", path_of(place)
    return _one(connection, query, (value,)) is not None


def _write_voices(connection: Connection, rows: Sequence[DocumentRow]) -> None:
    # In one order, so that no two writers wait for each other.
    voices = sorted({voice for row in rows for voice in row.voices})
    if voices:
        connection.execute(_VOICES, tuple(map(list, zip(*voices, strict=True))))


def _with_columns(statement: str) -> str:
    shown = {
        name: ", ".join(f"{table}{column}" for column in _COLUMNS)
        for name, table in (("columns", ""), ("given", "given."), ("excluded", "excluded."), ("claim", "claim."))
    }
    return statement.format(**shown)


def _digest_in(place: Place) -> str:
    return place[-1].removesuffix(".warc.gz")


def _one(connection: Connection, query: str, values: tuple[Any, ...]) -> Any:
    row = connection.execute(query.encode(), values).fetchone()
    return None if row is None else row[0]
