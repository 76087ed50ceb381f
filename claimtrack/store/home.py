"""Where a store's documents live, a folder or a database: what either kind of home can do.

Everything above this line works on places and bytes, and is the same for both. A place is what a file's path from the
store's folder would be, also where there is no folder.
"""

from __future__ import annotations

import datetime
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path, PurePath
from typing import Literal, Protocol, TypeVar

import attrs

from claimtrack.errors import Finding, StoreError
from claimtrack.store.changes import Changes, Looked
from claimtrack.store.filters import ClaimFilter
from claimtrack.store.paths import MARKER, Place

Kind = Literal["file", "folder", "link", "other"]
Report = Callable[[Finding], None]
Result = TypeVar("Result")


class Holder(Protocol):
    """What an entry is read from: an open folder, or the rows of an answer."""

    @property
    def path(self) -> Path:
        """Where it stands."""
        ...

    def read(self, name: str) -> bytes | None:
        """Give the bytes under a name, or None where there are none."""
        ...


@attrs.frozen(slots=True)
class Entry:
    """One name where documents are kept: where it stands, what it is, and what it is read from."""

    place: Place
    kind: Kind
    folder: Holder
    trouble: StoreError | None = None
    """Why a folder could not be looked into."""
    is_plain: bool = False
    """Whether its JSON is known to hold no key twice, so that it need not be compared with its canonical form."""


class Opened(Protocol):
    """A home while it is read."""

    def read(self, place: Place) -> bytes | None:
        """Give the bytes at a place, of a document in its canonical form where it has one; None where there are none.

        Raises StoreError where they cannot be read.
        """
        ...

    def entries(self, place: Place) -> Iterator[Entry]:
        """Give everything that stands where documents are kept under a place, in order; numbers sort as numbers."""
        ...

    def holds(self, place: Place) -> bool:
        """Tell whether something stands at a place, without reading it.

        Raises StoreError where that cannot be looked up.
        """
        ...

    def read_many(self, places: Sequence[Place]) -> dict[Place, bytes | StoreError]:
        """Give the bytes at places as `read` does, as far as there are any, or why one of them cannot be read."""
        ...

    def versions(self, place: Place) -> Iterator[tuple[Place, str | StoreError | None]]:
        """Give the places of all documents under a place, in order, each with its version or why there is none.

        A version is the digest of the canonical form; None, or another digest, where only reading tells.
        """
        ...

    def versions_at(self, places: Sequence[Place]) -> dict[Place, str | None]:
        """Give the versions of the documents at places, as far as there are any that can be read."""
        ...

    def find(self, asked: ClaimFilter, report: Report) -> Iterable[Entry]:
        """Give the entries, in order, that can hold the claims that are asked for: none is left out, some are too many.

        `report` is told what got in the way.
        """
        ...

    def count(self, place: Place) -> int:
        """Give how many documents stand under a place, without reading them."""
        ...

    def strangers(self) -> Iterator[Finding]:
        """Give a finding on each thing that is no part of a store, and on what a stopped writer left."""
        ...


class Batch(ABC):
    """The store as it will be: what stands in it, under what is about to be written. Used while nobody else writes."""

    def __init__(self) -> None:
        self._pending: dict[Place, bytes] = {}
        self._names: defaultdict[Place, dict[str, None]] = defaultdict(dict)

    @abstractmethod
    def stored(self, place: Place) -> bytes | None:
        """Give the bytes that stand at a place by now, or None."""

    @abstractmethod
    def stored_names(self, folder: Place) -> Iterable[str]:
        """Give the names of the documents that stand in a folder by now, in order."""

    @abstractmethod
    def expect(self, places: Sequence[Place]) -> None:
        """Take note that these places will be read, so that they can be fetched at once."""

    def read(self, place: Place) -> bytes | None:
        """Give the bytes of the document at a place, or None.

        Raises StoreError on anything that is no document's.
        """
        if place in self._pending:
            return self._pending[place]
        return self.stored(place)

    def places_in(self, folder: Place) -> tuple[Place, ...]:
        """Give the places of the documents that stand in a folder, in order; files with other endings are left out."""
        names = dict.fromkeys(self.stored_names(folder))
        return tuple((*folder, name) for name in names | self._names[folder])

    def put(self, documents: Mapping[Place, bytes]) -> None:
        """Take documents into the batch."""
        self._pending.update(documents)
        for place in documents:
            self._names[place[:-1]][place[-1]] = None


class Home(Protocol):
    """Where documents live."""

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    @property
    def key(self) -> str:
        """What tells it from all others."""
        ...

    def opened(self) -> AbstractContextManager[Opened]:
        """Open it to be read.

        Raises StoreError where it cannot be.
        """
        ...

    def write(self, fill: Callable[[Batch], Result], *, only: Place | None = None) -> Result:
        """Give what `fill` gives, once all that it put into the batch is durable; nothing is where it raises.

        What `fill` reads cannot change until then. It may be called again with a fresh batch. `only` names the one
        place that it may put, where it is one: then others can write elsewhere meanwhile.

        Raises StoreError where that fails.
        """
        ...

    def look(self, *, full: bool) -> Looked:
        """Bring what is known of the documents up to date and give what changed; with `full` read all of them."""
        ...

    def changes(self, since: str | datetime.datetime | None) -> Changes:
        """Give what changed since a token or a time."""
        ...

    def locate(self, place: Place) -> PurePath:
        """Give the path of the file at a place, or the place itself where there is no folder."""
        ...

    def close(self) -> None:
        """Let go of what is held open between calls."""
        ...


class Memory(Protocol):
    """What two homes had in common when their documents were last shared."""

    def versions(self, places: Sequence[Place]) -> dict[Place, str]:
        """Give the versions of the documents at places, as far as they are known."""
        ...

    def document(self, place: Place) -> bytes | None:
        """Give the bytes of the document at a place, or None where nothing is known of it."""
        ...

    def keep(self, documents: Mapping[Place, bytes]) -> None:
        """Remember the canonical bytes of documents."""
        ...


def read_marker(opened: Opened) -> bytes:
    """Give what a store says of itself: its `claimtrack.json`."""
    return opened.read((MARKER,)) or b"{}"
