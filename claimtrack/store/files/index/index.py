"""`Index`: when to look, what was found, and reading every file where there is no index to go by."""

from __future__ import annotations

import datetime
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

import attrs

from claimtrack.errors import StoreError
from claimtrack.store.changes import Changes, Looked, read_since
from claimtrack.store.files.folders import Folder, open_folder
from claimtrack.store.files.index import asking
from claimtrack.store.files.index.changes import find_changes
from claimtrack.store.files.index.database import IndexBrokenError, clock, opened, remove
from claimtrack.store.files.index.looking import Depth, look
from claimtrack.store.files.lock import TEMPORARY
from claimtrack.store.filters import ClaimFilter
from claimtrack.store.paths import Place

_FEW_FILES: Final = 2000
"""So many files are looked at, one by one, before every question: it takes some ten milliseconds."""
_REST: Final = 10
"""In a larger store a look is not repeated before so many times as long as it took."""

Result = TypeVar("Result")
Times = tuple[int, int, int]


@attrs.define
class _Last:
    """The last look of one depth."""

    ended: float = float("-inf")
    took: float = 0.0

    def is_due(self) -> bool:
        return time.monotonic() >= self.ended + _REST * self.took


class Index:
    """The index of the store in a folder, brought up to date before it answers.

    A small store is looked through, file by file, before each question. In a large one that is done at the first
    question, and again when ten times as long has passed as it took; in between, the times of folders tell of files
    that were added, removed or replaced, and at once so of what any Store wrote. Only an edit in place, by another
    program, can stay unseen so long; and what is found is always read from its file, so nothing that is out of date
    ever comes back.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._last: dict[Depth, _Last] = {"folders": _Last(), "files": _Last()}
        self._files = 0
        self._written: Times | None = None

    def find_places(self, asked: ClaimFilter) -> list[tuple[Place, str]]:
        """Give the folder and name of all claims that can be asked for, and of files that stand where claims belong.

        Raises IndexUnusableError where there is nothing to go by.
        """

        def find(db: sqlite3.Connection, root: Folder) -> list[tuple[Place, str]]:
            self._look_where_due(db, root)
            return asking.find_places(db, asked)

        return self._use(find)

    def look(self, depth: Depth) -> Looked:
        """Bring the index up to date and give what changed.

        Raises IndexUnusableError where that cannot be done.
        """
        return self._use(lambda db, root: self._look(db, root, depth))

    def changes(self, since: str | datetime.datetime | None) -> Changes:
        """Give what changed since a token or a time, after a look at every file.

        Raises IndexUnusableError where that cannot be done, and FilterError on what is neither token nor time.
        """
        asked = read_since(since)

        def find(db: sqlite3.Connection, root: Folder) -> Changes:
            self._look(db, root, "files")
            return find_changes(db, asked)

        return self._use(find)

    def _use(self, action: Callable[[sqlite3.Connection, Folder], Result]) -> Result:
        with open_folder(self._folder) as root:
            try:
                with opened(root) as db:
                    return action(db, root)
            except IndexBrokenError:
                remove(root)
            with opened(root) as db:
                return action(db, root)

    def _look_where_due(self, db: sqlite3.Connection, root: Folder) -> None:
        if self._files <= _FEW_FILES or self._last["files"].is_due():
            self._look(db, root, "files")
        elif self._last["folders"].is_due() or self._written != _times_of_writing(root):
            self._look(db, root, "folders")

    def _look(self, db: sqlite3.Connection, root: Folder, depth: Depth) -> Looked:
        written, now, began = _times_of_writing(root), clock(root), time.monotonic()
        looked = look(db, root, depth=depth)
        # A writer in the same tick of the clock would leave the same times.
        self._written = written if written is not None and max(written[:2]) < now else None
        self._files = looked.documents
        ended = time.monotonic()
        for one in ("folders", "files") if depth != "folders" else ("folders",):
            self._last[one] = _Last(ended, ended - began)
        return looked


def _times_of_writing(root: Folder) -> Times | None:
    """Give the times of the folder of temporary files, through which whatever a Store writes must pass."""
    try:
        with root.inside(TEMPORARY[:-1]) as workshop:
            status = workshop.status(TEMPORARY[-1])
    except (OSError, StoreError):
        return None
    return status.st_mtime_ns, status.st_ctime_ns, status.st_ino
