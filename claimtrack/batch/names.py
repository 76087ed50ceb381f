"""The ids of a batch are each given once, as a store gives them: one text once, another text under an id of its own."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterator
from types import TracebackType
from typing import Final

import attrs

from claimtrack.batch.extracting import Outcome
from claimtrack.errors import BatchError, Finding
from claimtrack.exchange.columns import Row
from claimtrack.exchange.json_lines import to_json_line
from claimtrack.models import Claim, load_document

_LONGEST: Final = 96
"""The longest id that gets eight digits more: claim ids add an offset and stay within their 120 characters."""


class Names:
    """The ids given so far, in a temporary database of SQLite's: memory stays the same for ten articles or all."""

    def __init__(self) -> None:
        # No name: SQLite keeps it in its cache, and puts what does not fit into a file that ends with this process.
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("PRAGMA cache_size = -16384")
        self._database.execute("CREATE TABLE names (id BLOB PRIMARY KEY, text BLOB, record INTEGER) WITHOUT ROWID")
        self._database.execute("BEGIN")

    def __enter__(self) -> Names:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._database.close()

    def take(self, id: str, sha256: str, record: int) -> tuple[bool, int]:
        """Give whether the text already has this id, and the number of the record that has the id first.

        That is this record, where the id was free.
        """
        key, text = hashlib.sha256(id.encode()).digest()[:16], bytes.fromhex(sha256)[:16]
        with _explained():
            found = self._database.execute("SELECT text, record FROM names WHERE id = ?", (key,)).fetchone()
            if found is None:
                self._database.execute("INSERT INTO names VALUES (?, ?, ?)", (key, text, record))
                return False, record
            return found[0] == text, found[1]

    def settle(self, outcome: Outcome) -> Outcome:
        """Give what became of a record with an id of its own, or rejected where its text was there already."""
        row = outcome.article
        if row is None:
            return outcome
        for id in (row["article_id"], _with_digest(row)):
            is_same, first = self.take(id, row["sha256"], outcome.number)
            if first == outcome.number:
                return outcome if id == row["article_id"] else _renamed(outcome, row, id)
            if is_same:
                message = f"the same text with the id {id} was record {first}; its claims are there"
                return _rejected(outcome, Finding(code="article-twice", severity="warning", message=message))
        message = f"the id {id} belongs to record {first}, which has another text; give one of them another title"
        return _rejected(outcome, Finding(code="article-id-taken", severity="error", message=message))


def _with_digest(row: Row) -> str:
    return f"{row['article_id'][:_LONGEST].rstrip('-')}-{row['sha256'][:8]}"


def _renamed(outcome: Outcome, row: Row, id: str) -> Outcome:
    old = len(row["article_id"])

    def renamed(row: Row | str) -> Row | str:
        if isinstance(row, str):
            claim = load_document(row)
            assert isinstance(claim, Claim)
            return to_json_line(claim.replace(id=id + claim.id[old:], article_id=id))
        ids = {name: id + row[name][old:] for name in ("id", "claim_id") if name in row}
        return row | ids | ({"article_id": id} if "article_id" in row else {})

    rows = {name: tuple(map(renamed, rows)) for name, rows in outcome.rows.items()}
    return attrs.evolve(outcome, article=row | {"article_id": id}, rows=rows)


def _rejected(outcome: Outcome, finding: Finding) -> Outcome:
    return Outcome(outcome.number, outcome.source, None, (attrs.evolve(finding, source=outcome.source),))


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise BatchError(f"the list of ids cannot be kept in the folder of temporary files: {error}") from None
