"""Folders of a store, opened one name at a time, so that no link ever leads a read or a write out of it.

A folder that is open stays the same folder whatever happens to its path; each name is looked up in it and links are
refused (`openat` with O_NOFOLLOW). Where the platform has no such calls (Windows), names are checked before they are
used, which leaves a moment in which they can change: the weaker promise.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from claimtrack.errors import StoreError
from claimtrack.models.parse import MAX_BYTES
from claimtrack.store.files import disk
from claimtrack.store.home import Entry, Kind
from claimtrack.store.paths import Place

_NUMBERS = re.compile(r"([0-9]+)")

DIR_FD = {os.open, os.stat, os.mkdir, os.unlink, os.rename} <= os.supports_dir_fd and os.scandir in os.supports_fd

_NEXT = {
    errno.ENOENT: "the store is gone; open it where it is now",
    errno.ENOSPC: "free some space and try again",
    errno.EDQUOT: "free some space and try again",
    errno.EACCES: "check who may read and write the folder",
    errno.EPERM: "check who may read and write the folder",
    errno.EROFS: "the disk can only be read; copy the store elsewhere to change it",
    errno.EMFILE: "this program has too many files open; close some",
    errno.EXDEV: "keep the whole store on one file system",
}


class Folder:
    """An open folder. Use it in a `with` statement, which closes it."""

    __slots__ = ("_fd", "_path")

    def __init__(self, path: Path | str, fd: int | None) -> None:
        self._path = path
        self._fd = fd

    @property
    def path(self) -> Path:
        """Where the folder stood when it was opened."""
        return Path(self._path)

    def __enter__(self) -> Folder:
        return self

    def __exit__(self, *_: object) -> None:
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def name_of(self, name: str) -> tuple[str, disk.At]:
        """Give a name in this folder as the functions of `disk` take it."""
        return (name, self._fd) if self._fd is not None else (os.path.join(self._path, name), None)

    def inside(self, place: Place, *, make: bool = False) -> Folder:
        """Give the folder at a place under this one, made on the way if so wanted.

        Raises FileNotFoundError where it is not there, and StoreError where something else stands in its place.
        """
        try:
            here = Folder(self._path, None if self._fd is None else os.dup(self._fd))
        except OSError as error:
            raise explained(self.path, error) from error
        for name in place:
            with here:
                if make:
                    here._make(name)
                here = here._open(name)
        return here

    def read(self, name: str) -> bytes | None:
        """Give a file's bytes, or None where it is not there.

        Raises StoreError on anything but a regular file of at most `MAX_BYTES`.
        """
        found = self.read_with_status(name)
        return None if found is None else found[0]

    def read_with_status(self, name: str) -> tuple[bytes, os.stat_result] | None:
        """Give a file's bytes, and its status from before they were read; or None where it is not there.

        Raises StoreError as `read` does.
        """
        where, at = self.name_of(name)
        # O_NONBLOCK: opening a FIFO must not wait for a writer who never comes.
        flags = os.O_RDONLY | disk.NO_FOLLOW | disk.CLOSED_ON_EXEC | disk.BINARY | getattr(os, "O_NONBLOCK", 0)
        try:
            if at is None:
                self._check_kind(name, "file")
            fd = os.open(where, flags, dir_fd=at)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._explained(name, "file", error) from error
        try:
            return _bytes_of(fd, os.path.join(self._path, name))
        finally:
            os.close(fd)

    def names(self) -> tuple[tuple[str, Kind], ...]:
        """Give the names in the folder that are not hidden, each with what it is; numbers in them sort as numbers."""
        try:
            with os.scandir(self.path if self._fd is None else self._fd) as entries:
                found = [(entry.name, _kind_of_entry(entry)) for entry in entries if not entry.name.startswith(".")]
        except OSError as error:
            raise explained(self.path, error) from error
        return tuple(sorted(found, key=_in_number_order))

    def statuses(self) -> list[tuple[str, Kind, os.stat_result]]:
        """Give the names in the folder that are not hidden, in no order, each with what it is and its status."""
        try:
            with os.scandir(self.path if self._fd is None else self._fd) as entries:
                return [
                    (entry.name, _kind_of_entry(entry), status)
                    for entry in entries
                    if not entry.name.startswith(".") and (status := _status_of(entry)) is not None
                ]
        except OSError as error:
            raise explained(self.path, error) from error

    def status(self, name: str) -> os.stat_result:
        """Give the status of what has a name in the folder, of a link itself.

        Raises FileNotFoundError where there is nothing.
        """
        where, at = self.name_of(name)
        return os.stat(where, dir_fd=at, follow_symlinks=False)

    def kind(self, name: str) -> Kind:
        """Give what has a name in the folder: a file is taken for granted where it can be read as one."""
        if name.endswith(".json"):
            return "file"
        try:
            return _kind_of(self.status(name))
        except OSError:
            return "file"  # gone: reading it tells

    def check_file(self, name: str) -> None:
        """Raise StoreError where a name stands for anything but a file."""
        with contextlib.suppress(FileNotFoundError):
            check_kind("file", self.status(name), self.path / name)

    def sync(self) -> None:
        """Bring the names in this folder to the device, where the platform can."""
        if self._fd is None:
            return
        try:
            disk.sync(self._fd)
        except OSError as error:
            if error.errno != errno.EINVAL:  # some network drives sync no folders: the weaker promise there too
                raise

    def _make(self, name: str) -> None:
        try:
            disk.make_folder(*self.name_of(name))
        except FileExistsError:
            pass  # what stands there is looked at when it is opened
        except OSError as error:
            raise explained(self.path / name, error) from error

    def _open(self, name: str) -> Folder:
        where, at = self.name_of(name)
        try:
            if at is None:
                self._check_kind(name, "folder")
                return Folder(os.path.join(self._path, name), None)
            flags = os.O_RDONLY | os.O_DIRECTORY | disk.NO_FOLLOW | disk.CLOSED_ON_EXEC
            return Folder(os.path.join(self._path, name), os.open(where, flags, dir_fd=at))
        except FileNotFoundError:
            raise
        except OSError as error:
            raise self._explained(name, "folder", error) from error

    def _check_kind(self, name: str, wanted: Kind) -> None:
        check_kind(wanted, self.status(name), self.path / name)

    def _explained(self, name: str, wanted: Kind, error: OSError) -> StoreError:
        """Give the reason why a name could not be opened: mostly that something else stands there."""
        if isinstance(error, StoreError):
            return error
        try:
            self._check_kind(name, wanted)
        except StoreError as reason:
            return reason
        except OSError:
            pass  # gone in the meantime: the first error is the one to tell
        return explained(self.path / name, error)


def open_folder(path: Path) -> Folder:
    """Open a folder that the user named; links on the way to it are the user's own.

    Raises StoreError where it cannot be opened.
    """
    try:
        if DIR_FD:
            return Folder(path, os.open(path, os.O_RDONLY | os.O_DIRECTORY | disk.CLOSED_ON_EXEC))
        os.scandir(path).close()
        return Folder(path, None)
    except OSError as error:
        raise explained(path, error) from error


def make_folders(path: Path) -> None:
    """Make a folder and those above it that are missing, durably.

    Raises StoreError where that cannot be done.
    """
    try:
        missing = [one for one in (path, *path.parents) if not one.exists()]
        path.mkdir(parents=True, exist_ok=True)
        for made in missing:
            with open_folder(made.parent) as folder:
                folder.sync()
    except StoreError:
        raise
    except ValueError as error:  # NUL in the path
        raise StoreError(f"{str(path)!r} is no path: {error}") from error
    except OSError as error:
        raise explained(path, error) from error


def _bytes_of(fd: int, path: str) -> tuple[bytes, os.stat_result]:
    try:
        status = os.fstat(fd)
        check_kind("file", status, path)
        if status.st_size > MAX_BYTES:
            raise StoreError(f"{path}: larger than {MAX_BYTES} bytes, which no document is; move it away")
        pieces = []
        while piece := os.read(fd, status.st_size + 1):
            pieces.append(piece)
        return b"".join(pieces), status
    except StoreError:
        raise
    except OSError as error:
        raise explained(path, error) from error


def check_kind(wanted: Kind, status: os.stat_result, path: Path | str) -> None:
    """Raise StoreError unless what stands at a path is of the wanted kind."""
    found = _kind_of(status)
    if found != wanted:
        what = {"link": "a link", "folder": "a folder", "file": "a file", "other": "a pipe or a device"}[found]
        raise StoreError(
            f"{path}: {what} stands where the store has a {wanted}; it holds only regular files and folders and "
            "follows no links, so move it away"
        )


def explained(path: Path | str, error: OSError) -> StoreError:
    """Give a StoreError that says what, where and what next."""
    hint = _NEXT.get(error.errno or 0, "what was reported as added is safe; look at the disk, then try again")
    return StoreError(f"{path}: {error.strerror or error}; {hint}")


def walk(folder: Folder, place: Place, *, depth: int) -> Iterator[Entry]:
    """Walk what stands under an open folder in order, down to `depth` folders; deeper ones come as they are."""
    for name, kind in folder.names():
        inner = (*place, name)
        if kind != "folder" or depth == 0:
            yield Entry(inner, kind, folder)
            continue
        try:
            opened = folder.inside((name,))
        except FileNotFoundError:
            continue
        except StoreError as error:
            yield Entry(inner, kind, folder, error)
            continue
        with opened:
            try:
                yield from walk(opened, inner, depth=depth - 1)
            except StoreError as error:
                yield Entry(inner, kind, folder, error)


def _kind_of(status: os.stat_result) -> Kind:
    mount = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", None)  # a Windows junction is a link in all but name
    if stat.S_ISLNK(status.st_mode) or (mount is not None and getattr(status, "st_reparse_tag", 0) == mount):
        return "link"
    if stat.S_ISDIR(status.st_mode):
        return "folder"
    return "file" if stat.S_ISREG(status.st_mode) else "other"


def _status_of(entry: os.DirEntry[str]) -> os.stat_result | None:
    try:
        return entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return None  # has just gone


def _kind_of_entry(entry: os.DirEntry[str]) -> Kind:
    if entry.is_symlink():
        return "link"
    if entry.is_dir(follow_symlinks=False):
        return "folder"
    return "file" if entry.is_file(follow_symlinks=False) else "other"


def _in_number_order(entry: tuple[str, Kind]) -> tuple[list[str | int], str]:
    name = entry[0]
    parts: list[str | int] = list(_NUMBERS.split(name.removesuffix(".json")))
    parts[1::2] = map(int, parts[1::2])
    return parts, name
