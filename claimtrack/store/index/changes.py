"""What changed in a store since a token or a time."""

from __future__ import annotations

import datetime
import re
import sqlite3
from collections.abc import Iterator
from typing import Final, Literal

import attrs

from claimtrack.errors import FilterError

Outcome = Literal["new", "changed", "gone"]

_TOKEN = re.compile(r"([0-9a-f]{8})-([0-9]{1,15})")
_KINDS: Final = {"articles": "article", "claims": "claim", "evidence": "evidence", "speakers": "speaker"}


@attrs.frozen(slots=True)
class Change:
    """One document that is new, changed or gone.

    >>> print(Change("2025-10-09-harbour-post-ferry", "article", "new"))
    article 2025-10-09-harbour-post-ferry: new
    """

    id: str
    kind: str
    outcome: Outcome

    def __str__(self) -> str:
        return f"{self.kind} {self.id}: {self.outcome}"


@attrs.frozen(slots=True)
class Changes:
    """The changes, in the order in which they were noticed, and the token to ask with the next time.

    `whole` says that every document is told, because there was nothing to compare with.
    """

    items: tuple[Change, ...]
    token: str
    whole: bool = False

    def __iter__(self) -> Iterator[Change]:
        """Give one change after the other."""
        return iter(self.items)

    def __len__(self) -> int:
        """Give the number of changes."""
        return len(self.items)


def read_since(since: str | datetime.datetime | None) -> str | int | None:
    """Give a token, a time in nanoseconds, or None.

    Raises FilterError on anything else.
    """
    if since is None or (isinstance(since, str) and _TOKEN.fullmatch(since)):
        return since
    try:
        moment = since if isinstance(since, datetime.datetime) else datetime.datetime.fromisoformat(since)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=datetime.UTC)
        return int(moment.timestamp() * 1_000_000) * 1000
    except (ValueError, TypeError, OverflowError):
        shown = repr(since) if len(repr(since)) <= 60 else repr(since)[:57] + "..."
        raise FilterError(
            f"{shown} is neither the token of an earlier answer nor a time; give one like 2025-03-14T09:00:00Z, "
            "or nothing to be told of every document"
        ) from None


def find_changes(db: sqlite3.Connection, since: str | int | None) -> Changes:
    """Give what the index has noticed since a token or a time."""
    meta = dict(db.execute("SELECT key, value FROM meta"))
    token = f"{meta['id']}-{meta['seq']}"
    read = "SELECT folder.place, file.name, file.born, file.seq FROM file JOIN folder ON folder.id = file.folder"
    if isinstance(since, int):
        # What was too young to be sure of has no time yet.
        rows = db.execute(f"{read} WHERE file.mtime >= ? OR file.mtime = 0 ORDER BY file.seq, file.id", (since,))
        return Changes(tuple(_change(f"{place}/{name}", "changed") for place, name, _, _ in rows), token)
    found = None if since is None else _TOKEN.fullmatch(since)
    is_known = found is not None and found[1] == meta["id"] and int(found[2]) <= meta["seq"]
    after = int(found[2]) if found is not None and is_known else 0
    changes: list[tuple[int, str, Outcome]] = [
        (seq, f"{place}/{name}", "new" if born > after else "changed")
        for place, name, born, seq in db.execute(f"{read} WHERE file.seq > ?", (after,))
    ]
    there = {place for _, place, _ in changes}
    if is_known:
        gone = db.execute("SELECT place, seq FROM gone WHERE seq > ?", (after,))
        changes += [(seq, place, "gone") for place, seq in gone if place not in there]
    items = tuple(_change(place, outcome) for _, place, outcome in sorted(changes))
    return Changes(items, token, whole=not is_known)


def _change(place: str, outcome: Outcome) -> Change:
    top, _, _ = place.partition("/")
    return Change(place.rpartition("/")[2].removesuffix(".json"), _KINDS.get(top, top), outcome)
