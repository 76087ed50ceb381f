"""`FolderHome`: documents as JSON files in a folder."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Final, TypeVar

import attrs

from claimtrack.errors import Finding, StoreError
from claimtrack.models.parse import parse_json
from claimtrack.store.changes import Changes, Looked
from claimtrack.store.files.batch import FileBatch, read_file
from claimtrack.store.files.folders import Folder, make_folders, open_folder, walk
from claimtrack.store.files.index import Index, IndexUnusableError
from claimtrack.store.files.lock import TEMPORARY, WORKSHOP, find_leftovers, locked, tidy_up
from claimtrack.store.filters import ClaimFilter
from claimtrack.store.home import Batch, Entry, Report
from claimtrack.store.listing import finding_on
from claimtrack.store.paths import DEPTH, FORMAT, MARKER, Place
from claimtrack.store.validating import unknown

Result = TypeVar("Result")

_OURS: Final = {(MARKER, "file"), ("copies", "folder")}


class FolderHome:
    """A folder, opened, or made where `create` is true and nothing is there. Nothing is held open between calls.

    Raises StoreError when the folder holds something else, was made by a newer version, or cannot be used.
    """

    def __init__(self, folder: str | os.PathLike[str], *, create: bool) -> None:
        self.folder = Path(os.path.abspath(folder))
        self.index = Index(self.folder)
        if not self.folder.exists():
            if not create:
                raise StoreError(f"{self.folder}: there is no store here; name its folder, or a new one to add to")
            make_folders(self.folder)
        with open_folder(self.folder) as root:
            if create and root.read(MARKER) is None and not root.names():
                _make_store(root)
            _check_marker(root)
            tidy_up(root)

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.name

    @property
    def key(self) -> str:
        """The folder's path."""
        return str(self.folder)

    def __str__(self) -> str:
        return str(self.folder)

    @contextlib.contextmanager
    def opened(self) -> Iterator[OpenFolder]:
        """Open the folder to be read; it stays the same one whatever happens to its path."""
        with open_folder(self.folder) as root:
            yield OpenFolder(root, self.index)

    def write(self, fill: Callable[[Batch], Result], *, only: Place | None = None) -> Result:
        """Take the lock, let `fill` look at the store and fill a batch, and write it."""
        with open_folder(self.folder) as root, locked(root) as lock:
            batch = FileBatch(root)
            result = fill(batch)
            batch.commit(lock)
            return result

    def look(self, *, full: bool) -> Looked:
        """Look at every file, and with `full` read it.

        Raises StoreError where the index cannot be used.
        """
        return self._ask_index(lambda: self.index.look("bytes" if full else "files"))

    def changes(self, since: str | datetime.datetime | None) -> Changes:
        """Give what changed, told by a look at every file.

        Raises StoreError where the index cannot be used.
        """
        return self._ask_index(lambda: self.index.changes(since))

    def locate(self, place: Place) -> Path:
        """Give the path of the file at a place."""
        return self.folder.joinpath(*place)

    def close(self) -> None:
        """Do nothing: nothing is held open."""

    def _ask_index(self, question: Callable[[], Result]) -> Result:
        try:
            return question()
        except IndexUnusableError as error:
            raise StoreError(f"{self.folder}: the index cannot be used: {error}") from error


@attrs.frozen(slots=True)
class OpenFolder:
    """A folder that is open."""

    root: Folder
    index: Index

    def read(self, place: Place) -> bytes | None:
        """Give the bytes of the file at a place, or None.

        Raises StoreError on anything but a regular file.
        """
        return read_file(self.root, place)

    def entries(self, place: Place) -> Iterator[Entry]:
        """Give everything that stands where documents are kept under a place, in order."""
        try:
            with self.root.inside(place) as folder:
                yield from walk(folder, place, depth=DEPTH[place[0]] - len(place) + 1)
        except FileNotFoundError:
            return
        except StoreError as error:
            yield Entry(place, "folder", self.root, error)

    def holds(self, place: Place) -> bool:
        """Tell whether something stands at a place."""
        try:
            with self.root.inside(place[:-1]) as folder:
                folder.status(place[-1])
        except FileNotFoundError:
            return False
        return True

    def read_many(self, places: Sequence[Place]) -> dict[Place, bytes | StoreError]:
        """Give the bytes of the files at places, as far as there are any, or why one of them cannot be read."""
        found: dict[Place, bytes | StoreError] = {}
        for place in places:
            try:
                data = self.read(place)
            except StoreError as error:
                found[place] = error
            else:
                found |= {} if data is None else {place: data}
        return found

    def versions(self, place: Place) -> Iterator[tuple[Place, str | StoreError | None]]:
        """Give the places of all documents under a place, each with the digest of its file's bytes."""
        for entry in self.entries(place):
            if entry.trouble is not None:
                yield entry.place, entry.trouble
            elif entry.kind in ("link", "other") and not entry.place[-1].endswith(".json"):
                yield entry.place, StoreError("a link, pipe or device, which is not followed; move it away")
            elif entry.place[-1].endswith(".json"):
                try:
                    data = entry.folder.read(entry.place[-1])
                except StoreError as error:
                    yield entry.place, error
                else:
                    yield entry.place, None if data is None else hashlib.sha256(data).hexdigest()

    def versions_at(self, places: Sequence[Place]) -> dict[Place, str | None]:
        """Give the digests of the bytes of the files at places."""
        found = self.read_many(places)
        return {place: hashlib.sha256(data).hexdigest() for place, data in found.items() if isinstance(data, bytes)}

    def find(self, asked: ClaimFilter, report: Report) -> Iterable[Entry]:
        """Give the files that the index says can hold what is asked for; all where it cannot be used, which is told."""
        try:
            return self._entries_at(self.index.find_places(asked))
        except IndexUnusableError as error:
            message = f"the index cannot be used, so every file is read, which takes longer: {error}"
            report(Finding(code="index-unused", severity="note", message=message))
            return self.entries(("claims",))

    def count(self, place: Place) -> int:
        """Give how many files with the ending of documents stand under a place."""
        return sum(one.kind == "file" and one.place[-1].endswith(".json") for one in self.entries(place))

    def strangers(self) -> Iterator[Finding]:
        """Give a finding on what stands beside the folders of documents, and on what a stopped writer left.

        Hidden files and folders (`.git`, `.DS_Store`) are nobody's business, what lies in `copies` neither.
        """
        for name, kind in self.root.names():
            if name not in DEPTH and (name, kind) not in _OURS:
                yield unknown(Entry((name,), kind, self.root))
        try:
            leftovers = find_leftovers(self.root)
        except StoreError as error:
            yield finding_on(Entry(WORKSHOP, "folder", self.root), error)
            return
        for name in leftovers:
            message = "left behind by a writer that was stopped; opening the store for writing removes it"
            yield Finding(code="leftover", severity="warning", message=message, source="/".join((*TEMPORARY, name)))

    def _entries_at(self, places: Iterable[tuple[Place, str]]) -> Iterator[Entry]:
        for folder, names in itertools.groupby(places, key=itemgetter(0)):
            try:
                with self.root.inside(folder) as opened:
                    for _, name in names:
                        yield Entry((*folder, name), opened.kind(name), opened)
            except FileNotFoundError:
                continue  # removed since
            except StoreError as error:
                yield Entry(folder, "folder", self.root, error)


def _make_store(root: Folder) -> None:
    with locked(root) as lock:
        if root.read(MARKER) is None:  # another process may have been quicker
            batch = FileBatch(root)
            batch.put({(MARKER,): b'{\n  "format": "' + FORMAT.encode() + b'"\n}\n'})
            batch.commit(lock)


def _check_marker(root: Folder) -> None:
    strangers = bool(root.names())
    marker = root.read(MARKER)  # after the names: whoever makes a store writes it before anything else
    if marker is None:
        what = f"a folder with other things in it ({MARKER} is missing)" if strangers else "there is no store here"
        raise StoreError(f"{root.path}: {what}; name the folder of a store, or a new one to add to")
    value, findings = parse_json(marker)
    written = value.get("format") if isinstance(value, dict) and not findings else None
    if written != FORMAT:
        shown = f"the format {written!r} is not known" if written else "there is no format in it"
        raise StoreError(f"{root.path / MARKER}: {shown}; this version of claimtrack reads {FORMAT}")
