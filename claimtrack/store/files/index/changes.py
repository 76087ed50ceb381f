"""What the index has noticed since a token or a time."""

from __future__ import annotations

import sqlite3

from claimtrack.store.changes import Changes, Outcome, change_at, number_in


def find_changes(db: sqlite3.Connection, since: str | int | None) -> Changes:
    """Give what the index has noticed since a token or a time."""
    meta = dict(db.execute("SELECT key, value FROM meta"))
    token = f"{meta['id']}-{meta['seq']}"
    read = "SELECT folder.place, file.name, file.born, file.seq FROM file JOIN folder ON folder.id = file.folder"
    if isinstance(since, int):
        # What was too young to be sure of has no time yet.
        rows = db.execute(f"{read} WHERE file.mtime >= ? OR file.mtime = 0 ORDER BY file.seq, file.id", (since,))
        return Changes(tuple(change_at(f"{place}/{name}", "changed") for place, name, _, _ in rows), token)
    number = number_in(since, id=meta["id"])
    is_known = number is not None and number <= meta["seq"]
    after = number if number is not None and is_known else 0
    changes: list[tuple[int, str, Outcome]] = [
        (seq, f"{place}/{name}", "new" if born > after else "changed")
        for place, name, born, seq in db.execute(f"{read} WHERE file.seq > ?", (after,))
    ]
    there = {place for _, place, _ in changes}
    if is_known:
        gone = db.execute("SELECT place, seq FROM gone WHERE seq > ?", (after,))
        changes += [(seq, place, "gone") for place, seq in gone if place not in there]
    items = tuple(change_at(place, outcome) for _, place, outcome in sorted(changes))
    return Changes(items, token, whole=not is_known)
