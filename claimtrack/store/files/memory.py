"""What a folder remembers of sharing its documents: a SQLite file beside the index, which can be deleted at any time.

Without it nothing is lost: what both sides changed is then merged as two copies that have no older one in common, and
more of it conflicts.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from claimtrack.errors import StoreError
from claimtrack.store.files.folders import open_folder
from claimtrack.store.files.lock import workshop_of
from claimtrack.store.paths import Place

_FILE: Final = "shared.sqlite"
_TABLE: Final = """
CREATE TABLE IF NOT EXISTS shared (other TEXT, place TEXT, version TEXT, body BLOB, PRIMARY KEY (other, place))
WITHOUT ROWID"""


class FolderMemory:
    """What the folder at `path` and the home with the key `other` had in common when they were last shared."""

    def __init__(self, path: Path, other: str) -> None:
        self._path = path
        self._other = other

    def versions(self, places: Sequence[Place]) -> dict[Place, str]:
        """Give the versions of the documents at places, as far as they are known."""
        wanted = json.dumps(["/".join(place) for place in places])
        query = "SELECT place, version FROM shared WHERE other = ? AND place IN (SELECT value FROM json_each(?))"
        with self._opened() as db:
            return {tuple(place.split("/")): version for place, version in db.execute(query, (self._other, wanted))}

    def document(self, place: Place) -> bytes | None:
        """Give the bytes of the document at a place, or None where nothing is known of it."""
        query = "SELECT version, body FROM shared WHERE other = ? AND place = ?"
        with self._opened() as db:
            row = db.execute(query, (self._other, "/".join(place))).fetchone()
        if row is None:
            return None
        with contextlib.suppress(zlib.error, TypeError):
            data = zlib.decompress(row[1])
            if hashlib.sha256(data).hexdigest() == row[0]:
                return data
        return None  # damaged: as if nothing were known

    def keep(self, documents: Mapping[Place, bytes]) -> None:
        """Remember the canonical bytes of documents."""
        rows = (
            (self._other, "/".join(place), hashlib.sha256(data).hexdigest(), zlib.compress(data, 1))
            for place, data in documents.items()
        )
        with self._opened() as db, db:
            db.executemany("INSERT OR REPLACE INTO shared VALUES (?, ?, ?, ?)", rows)

    @contextlib.contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with open_folder(self._path) as root, workshop_of(root) as workshop:
            workshop.check_file(_FILE)
            file = workshop.path / _FILE
        try:
            with contextlib.closing(sqlite3.connect(file, timeout=60)) as db:
                db.execute("PRAGMA trusted_schema = OFF")
                db.execute(_TABLE)
                yield db
        except sqlite3.Error as error:
            raise StoreError(
                f"{file}: what was shared before cannot be looked up: SQLite says: {error}; "
                "delete the file if it is damaged: then more of what both sides changed will conflict"
            ) from error
