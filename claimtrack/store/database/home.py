"""`DatabaseHome`: documents as rows of a PostgreSQL database."""

from __future__ import annotations

import contextlib
import datetime
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Final, TypeVar

import attrs
import psycopg
from psycopg import errors

from claimtrack.errors import Finding, StoreError
from claimtrack.store.changes import Changes, Looked, Outcome, change_at, number_in, read_since
from claimtrack.store.database.asking import find_rows
from claimtrack.store.database.batch import AgainError, RowBatch, holds_row, read_row, write_versions
from claimtrack.store.database.connecting import Connections, told, was_lost
from claimtrack.store.database.migrating import LOCK, bring_up_to_date
from claimtrack.store.database.rows import canonical, document_row, path_of, place_of, sort_of
from claimtrack.store.filters import ClaimFilter
from claimtrack.store.home import Batch, Entry, Report
from claimtrack.store.paths import DEPTH, Place
from claimtrack.store.validating import unknown

Result = TypeVar("Result")

_TRIES: Final = 20
_FIRST, _MOST = 20, 500
"""Rows that are fetched at once: few at first, so that whoever wants one waits for few."""
_VERSIONS: Final = 5000


class DatabaseHome:
    """A database; its tables are made where `create` is true and they are missing.

    Raises StoreError where it cannot be reached or used.
    """

    def __init__(self, address: str, *, create: bool) -> None:
        self._connections = Connections(address)
        with self._connections.one() as connection:
            self.key = bring_up_to_date(connection, str(self), create=create)
            self._name = str(connection.info.dbname)

    def __str__(self) -> str:
        return str(self._connections)

    @property
    def name(self) -> str:
        """The database's name."""
        return self._name

    @contextlib.contextmanager
    def opened(self) -> Iterator[OpenDatabase]:
        """Open it to be read: each answer is as of its own moment."""
        yield OpenDatabase(self._connections)

    def write(self, fill: Callable[[Batch], Result], *, only: Place | None = None) -> Result:
        """Let `fill` look at the store and fill a batch, and write it, all in one transaction.

        Writers at one place share the store and lock that document; any other has the store to itself.
        """
        lock = "SELECT pg_advisory_xact_lock" + ("(%s)" if only is None else "_shared(%s)")
        for _ in range(_TRIES):
            with self._connections.one() as connection:
                is_committing = False
                try:
                    with connection.transaction():
                        connection.execute(lock.encode(), (LOCK,))
                        batch = RowBatch(connection, only=only)
                        result = fill(batch)
                        batch.flush()
                        is_committing = True
                except (AgainError, errors.DeadlockDetected, errors.SerializationFailure):
                    continue
                except psycopg.OperationalError as error:
                    if is_committing and was_lost(error):
                        raise StoreError(
                            f"{self}: the database was lost while it confirmed the writing: {told(error)}; whether it "
                            "was written is not known: read it again, or do the same again, which does no harm"
                        ) from error
                    raise
                return result
        raise StoreError(f"{self}: others wrote the same document again and again; nothing was written, try again")

    def look(self, *, full: bool) -> Looked:
        """Read again what was edited by hand, and with `full` everything, and note what filters ask of it."""
        changed, last = 0, 0
        while True:
            with self._connections.one() as connection, connection.transaction():
                connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
                where = "number > %s" + ("" if full else " AND version IS NULL")
                query = (
                    f"SELECT number, place, body::text, version FROM document WHERE {where} ORDER BY number LIMIT %s"
                )
                found = connection.execute(query.encode(), (last, _MOST)).fetchall()
                if not found:
                    break
                last = found[-1][0]
                rows = []
                for _, path, body, version in found:
                    place = place_of(path)
                    with contextlib.suppress(ValueError, KeyError):  # no document: it is read whatever is asked
                        rows.append(document_row(place, canonical(place, body, strict=True)))
                        changed += rows[-1].version != version
                if rows:
                    write_versions(connection, rows)
        with self._connections.one() as connection:
            connection.execute("ANALYZE document, claim, article, voice")
            (documents,) = connection.execute("SELECT count(*) FROM document").fetchone() or (0,)
        return Looked(documents, new=0, changed=changed, gone=0)

    def changes(self, since: str | datetime.datetime | None) -> Changes:
        """Give what changed since a token or a time.

        A token is the first transaction that was not over yet: what it and later ones wrote is told the next time.
        """
        asked = read_since(since)
        with self._connections.one() as connection, connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            ((now, ahead),) = connection.execute(
                "SELECT pg_snapshot_xmin(snapshot)::text::bigint, pg_snapshot_xmax(snapshot)::text "
                "FROM pg_current_snapshot() AS snapshot"
            )
            token = f"{self.key}-{now}"
            if isinstance(asked, int):
                moment = datetime.datetime.fromtimestamp(asked / 1e9, datetime.UTC)
                query = "SELECT place FROM document WHERE written >= %s ORDER BY changed, number"
                rows = connection.execute(query, (moment,))
                return Changes(tuple(change_at(path, "changed") for (path,) in rows), token)
            number = number_in(asked, id=self.key)
            is_known = number is not None and number <= now
            after = str(number) if is_known else "0"
            # Numbers from before a restore into another cluster may lie ahead of all that this one has had.
            until = ahead if is_known else str(2**63 - 1)
            found: list[tuple[int, int, str, Outcome]] = [
                (changed, place_number, path, "new" if is_new else "changed")
                for changed, place_number, path, is_new in connection.execute(
                    "SELECT changed::text::bigint, number, place, born >= %s::xid8 AND born < %s::xid8 FROM document "
                    "WHERE changed >= %s::xid8 AND changed < %s::xid8",
                    (after, until, after, until),
                )
            ]
            if is_known:
                gone = connection.execute(
                    "SELECT max(changed::text::bigint), place FROM gone "
                    "WHERE changed >= %s::xid8 AND changed < %s::xid8 "
                    "AND NOT EXISTS (SELECT FROM document WHERE document.place = gone.place) GROUP BY place",
                    (after, until),
                )
                found += [(changed, 0, path, "gone") for changed, path in gone]
        return Changes(
            tuple(change_at(path, outcome) for *_, path, outcome in sorted(found)), token, whole=not is_known
        )

    def locate(self, place: Place) -> PurePosixPath:
        """Give a place as the path that its file would have in a folder."""
        return PurePosixPath(*place)

    def close(self) -> None:
        """Close the connection that is kept for the next call."""
        self._connections.close()


@attrs.frozen(slots=True)
class OpenDatabase:
    """A database while it is read."""

    connections: Connections

    def read(self, place: Place) -> bytes | None:
        """Give the bytes that a folder would hold at a place, or None."""
        with self.connections.one() as connection:
            return read_row(connection, place)

    def holds(self, place: Place) -> bool:
        """Tell whether something stands at a place."""
        with self.connections.one() as connection:
            return holds_row(connection, place)

    def read_many(self, places: Sequence[Place]) -> dict[Place, bytes | StoreError]:
        """Give the bytes that a folder would hold at places, as far as there are any."""
        query = "SELECT place, body::text FROM document WHERE place = ANY(%s)"
        with self.connections.one() as connection:
            rows = connection.execute(query, (list(map(path_of, places)),)).fetchall()
        return {place: canonical(place, body) for path, body in rows for place in (place_of(path),)}

    def versions(self, place: Place) -> Iterator[tuple[Place, str | StoreError | None]]:
        """Give the places of all documents under a place, in order, each with its version."""
        last, end = sort_of(place), sort_of(place) + b"\xff"
        query = "SELECT sort, place, version FROM document WHERE sort > %s AND sort < %s ORDER BY sort LIMIT %s"
        while True:
            with self.connections.one() as connection:
                rows = connection.execute(query, (last, end, _VERSIONS)).fetchall()
            yield from ((place_of(path), version) for _, path, version in rows)
            if len(rows) < _VERSIONS:
                return
            last = rows[-1][0]

    def versions_at(self, places: Sequence[Place]) -> dict[Place, str | None]:
        """Give the versions of the documents at places, as far as there are any."""
        query = "SELECT place, version FROM document WHERE place = ANY(%s)"
        with self.connections.one() as connection:
            rows = connection.execute(query, (list(map(path_of, places)),)).fetchall()
        return {place_of(path): version for path, version in rows}

    def entries(self, place: Place) -> Iterator[Entry]:
        """Give every document under a place, in order."""
        start = sort_of(place)
        last, end, many = start, start + b"\xff", _FIRST  # no byte of a place is as high
        query = "SELECT sort, place, body::text FROM document WHERE sort > %s AND sort < %s ORDER BY sort LIMIT %s"
        while True:
            with self.connections.one() as connection:
                rows = connection.execute(query, (last, end, many)).fetchall()
            yield from _entries((path, body) for _, path, body in rows)
            if len(rows) < many:
                return
            last, many = rows[-1][0], _MOST

    def find(self, asked: ClaimFilter, report: Report) -> Iterator[Entry]:
        """Give the claims that the database finds for a filter."""
        with self.connections.one() as connection:
            numbers = iter(find_rows(connection, asked))
        many = _FIRST
        query = "SELECT place, body::text FROM document WHERE number = ANY(%s) ORDER BY sort"
        while part := list(itertools.islice(numbers, many)):
            with self.connections.one() as connection:
                rows = connection.execute(query, (part,)).fetchall()
            yield from _entries(rows)
            many = _MOST

    def count(self, place: Place) -> int:
        """Give how many documents stand under a place."""
        start = sort_of(place)
        with self.connections.one() as connection:
            counted = connection.execute(
                "SELECT count(*) FROM document WHERE sort > %s AND sort < %s", (start, start + b"\xff")
            )
            return int(counted.fetchall()[0][0])

    def strangers(self) -> Iterator[Finding]:
        """Give a finding on each row whose place is none of a store's."""
        where = "NOT split_part(place, '/', 1) = ANY(%s) OR place = ANY(%s)"
        query = f"SELECT place FROM document WHERE {where} ORDER BY sort"
        with self.connections.one() as connection:
            rows = connection.execute(query.encode(), (list(DEPTH), list(DEPTH))).fetchall()
        for (path,) in rows:
            yield unknown(Entry(place_of(path), "other", _Rows({})))


@attrs.frozen(slots=True)
class _Rows:
    """The bodies of one answer, by the paths that their files would have."""

    bodies: dict[str, str]

    @property
    def path(self) -> Path:
        """There is none."""
        return Path()

    def read(self, name: str) -> bytes | None:
        """Give the bytes of a body."""
        body = self.bodies.get(name)
        return None if body is None else body.encode()


def _entries(rows: Iterable[tuple[Any, ...]]) -> Iterator[Entry]:
    for path, body in rows:
        place = place_of(path)
        yield Entry(place, "file", _Rows({place[-1]: body}), is_plain=True)
