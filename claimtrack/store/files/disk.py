"""Every system call that changes a store, one function each: the place to fail, record or replay them.

Where the platform can, `at` is an open folder that a name is looked up in; where it cannot, `at` is None and the name
is a whole path.
"""

from __future__ import annotations

import functools
import os
import re
import sys
from typing import Any

At = int | None

CLOSED_ON_EXEC = getattr(os, "O_CLOEXEC", 0)
NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
BINARY = getattr(os, "O_BINARY", 0)

# The file systems that syncfs(2) brings to the device: ext, XFS, Btrfs, F2FS (and tmpfs, which has none). Elsewhere, on
# FUSE, network and stacked file systems, it may return before the data is safe, and only fsync counts.
_WHOLLY_FLUSHED = {0xEF53, 0x58465342, 0x9123683E, 0xF2F52010, 0x01021994}


def create(name: str, at: At) -> int:
    """Make a new file and give its descriptor; one that is already there, or a link, is an error."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_FOLLOW | CLOSED_ON_EXEC | BINARY
    return os.open(name, flags, 0o666, dir_fd=at)


def write(fd: int, data: bytes) -> None:
    """Write all of `data`."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(fd, rest) :]


def truncate(fd: int) -> None:
    """Empty a file."""
    os.ftruncate(fd, 0)


def sync(fd: int) -> None:
    """Bring a file's bytes, or a folder's names, to the device."""
    if sys.platform == "darwin":
        import fcntl

        # On macOS fsync leaves the bytes in the drive's own memory; see fsync(2) there.
        try:
            fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
            return
        except OSError:
            pass  # network drives know no F_FULLFSYNC
    os.fsync(fd)


def can_sync_all(fd: int) -> bool:
    """Tell whether `sync_all` can stand in for a `sync` of every file beside `fd`."""
    libc = _libc()
    if libc is None:
        return False
    import ctypes

    about = (ctypes.c_long * 64)()
    return libc.fstatfs(fd, about) == 0 and about[0] & 0xFFFFFFFF in _WHOLLY_FLUSHED


def sync_all(fd: int) -> None:
    """Bring the whole file system that holds `fd` to the device.

    Errors are those since `fd` was opened, so open it before the first byte is written.
    """
    import ctypes

    libc = _libc()
    if libc is None or libc.syncfs(fd) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def rename(name: str, to: str, *, at: At, to_at: At) -> None:
    """Put a file in its place; whatever had that name is replaced in one step."""
    os.replace(name, to, src_dir_fd=at, dst_dir_fd=to_at)


def make_folder(name: str, at: At) -> None:
    """Make a folder."""
    os.mkdir(name, dir_fd=at)


def remove(name: str, at: At) -> None:
    """Remove a file or a link."""
    os.unlink(name, dir_fd=at)


@functools.cache
def _libc() -> Any:
    """Give the C library where syncfs reports failed writes: Linux 5.8 and later, see syncfs(2)."""
    if sys.platform != "linux":
        return None
    release = re.match(r"(\d+)\.(\d+)", os.uname().release)
    if release is None or (int(release[1]), int(release[2])) < (5, 8):
        return None
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    return libc if hasattr(libc, "syncfs") and hasattr(libc, "fstatfs") else None
