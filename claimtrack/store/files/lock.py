"""One writer at a time: the operating system's lock on a file of its own, and the tidying up after a killed writer.

The lock is not on a document, because documents are replaced while it is held. It frees itself when its holder dies.
Writers hold it from before their first temporary file until their last folder is on the device. So what whoever takes
it next finds in `tmp`, and noted in the lock file, is left over from a writer that was killed.

On Windows the lock keeps claimtrack's own processes apart in the same way, but folders cannot be brought to the device.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Final

import attrs

from claimtrack.errors import StoreError
from claimtrack.store.files import disk
from claimtrack.store.files.folders import Folder, check_kind, explained
from claimtrack.store.paths import Place

WORKSHOP: Final[Place] = (".claimtrack",)
TEMPORARY: Final[Place] = (*WORKSHOP, "tmp")
_LOCK: Final = "lock"
_WRITING: Final = os.O_RDWR | os.O_CREAT | os.O_APPEND
_NOTED = re.compile(r"[a-z0-9-]+(/[a-z0-9-]+)*")


@attrs.frozen
class Lock:
    """The lock while it is held."""

    _fd: int

    def note(self, folders: Iterable[Place]) -> None:
        """Note the folders that will change, so that a successor can bring them to the device if we are killed."""
        disk.write(self._fd, "".join("/".join(place) + "\n" for place in folders).encode())

    def clear(self) -> None:
        """Take the note back: what was to change is on the device."""
        disk.truncate(self._fd)


@contextlib.contextmanager
def locked(root: Folder) -> Iterator[Lock]:
    """Hold the store's lock, as soon as it is free, with a killed predecessor's remains tidied up.

    Raises StoreError where the store cannot be written.
    """
    with workshop_of(root) as workshop, _held(workshop, _WRITING, wait=True) as fd:
        assert fd is not None
        _tidy(root, fd)
        yield Lock(fd)


def tidy_up(root: Folder) -> None:
    """Remove what a killed writer left, unless another writer is at work or the store can only be read."""
    with contextlib.suppress(OSError), root.inside(WORKSHOP) as workshop, _held(workshop, _WRITING, wait=False) as fd:
        if fd is not None:
            _tidy(root, fd)


def find_leftovers(root: Folder) -> tuple[str, ...]:
    """Give the names in the folder of temporary files, unless a writer is at work there.

    Raises StoreError where something else stands in the place of lock or folder.
    """
    try:
        with root.inside(WORKSHOP) as workshop, workshop.inside(TEMPORARY[1:]) as temporary:
            if workshop.read(_LOCK) is None:
                return tuple(name for name, _ in temporary.names())
            with _held(workshop, os.O_RDONLY, wait=False) as fd:
                return () if fd is None else tuple(name for name, _ in temporary.names())
    except FileNotFoundError:
        return ()


@contextlib.contextmanager
def _held(workshop: Folder, flags: int, *, wait: bool) -> Iterator[int | None]:
    where, at = workshop.name_of(_LOCK)
    try:
        fd = os.open(where, flags | disk.NO_FOLLOW | disk.CLOSED_ON_EXEC | disk.BINARY, 0o666, dir_fd=at)
    except OSError as error:
        workshop.read(_LOCK)  # says it when something else stands there
        raise explained(workshop.path / _LOCK, error) from error
    try:
        check_kind("file", os.fstat(fd), workshop.path / _LOCK)
        taken = _take(fd, wait=wait)
        try:
            yield fd if taken else None
        finally:
            if taken:
                _release(fd)
    finally:
        os.close(fd)


def workshop_of(root: Folder) -> Folder:
    """Open the folder of lock and temporary files, made where it is missing."""
    try:
        return root.inside(WORKSHOP)
    except FileNotFoundError:
        workshop = root.inside(WORKSHOP, make=True)
    try:
        # Tells git by itself that the folder is not to be kept.
        fd = disk.create(*workshop.name_of(".gitignore"))
        try:
            disk.write(fd, b"*\n")
        finally:
            os.close(fd)
    except FileExistsError:
        pass
    except OSError as error:
        workshop.__exit__()
        raise explained(workshop.path, error) from error
    return workshop


def _tidy(root: Folder, fd: int) -> None:
    try:
        os.lseek(fd, 0, os.SEEK_SET)
        noted = os.read(fd, os.fstat(fd).st_size).decode("ascii", "replace")
        if noted:
            sync_up(root, [(), *(tuple(line.split("/")) for line in noted.splitlines() if _NOTED.fullmatch(line))])
            disk.truncate(fd)
        with root.inside(TEMPORARY, make=True) as temporary:
            for name, kind in temporary.names():
                if kind != "folder":
                    disk.remove(*temporary.name_of(name))
    except StoreError:
        raise
    except OSError as error:
        raise explained(root.path.joinpath(*TEMPORARY), error) from error


def sync_up(root: Folder, places: Iterable[Place]) -> None:
    """Bring folders to the device, and those that they stand in up to the root, each once."""
    ways = {place[:length] for place in places for length in range(len(place) + 1)}
    for way in sorted(ways, key=len, reverse=True):
        with contextlib.suppress(FileNotFoundError), root.inside(way) as folder:
            folder.sync()


if sys.platform == "win32":
    import msvcrt

    # Windows refuses reads of a locked range, so the range lies beyond whatever is noted.
    _RANGE = 1 << 30

    def _take(fd: int, *, wait: bool) -> bool:
        while True:
            os.lseek(fd, _RANGE, os.SEEK_SET)
            try:
                msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
                return True
            except OSError:
                if not wait:
                    return False
                time.sleep(0.02)

    def _release(fd: int) -> None:
        os.lseek(fd, _RANGE, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(fd: int, *, wait: bool) -> bool:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True

    def _release(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_UN)


def take(fd: int) -> bool:
    """Take the lock on an open file, and tell whether it was free; closing the file lets go of it.

    Raises OSError where the drive has no locks.
    """
    return _take(fd, wait=False)
