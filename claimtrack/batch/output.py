"""The folder that a batch writes: one run at a time, and nothing left over from one that was killed."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from claimtrack.errors import BatchError
from claimtrack.store.files import disk

MANIFEST: Final = "manifest.json"
JOURNAL: Final = "parts.jsonl"
FOLDERS: Final = ("articles", "claims", "figures", "speakers", "rejects")
_LOCK: Final = ".lock"
_LEFT_OVER: Final = re.compile(r"(part-[0-9]{5,}\..+|manifest\.json)\.[0-9]+\.part")


@contextlib.contextmanager
def held_output(output: Path) -> Iterator[Path]:
    """Hold the folder of a batch, made where it is missing; temporary files of a killed run are removed.

    Raises BatchError where another run is at work in it, where it holds something else, or cannot be written.
    """
    try:
        missing = [one for one in (output, *output.parents) if not one.exists()]
        output.mkdir(parents=True, exist_ok=True)
        for one in missing:
            sync_folder(one.parent)
        names = os.listdir(output)
        if MANIFEST not in names and not all(one == _LOCK or _LEFT_OVER.fullmatch(one) for one in names):
            raise BatchError(f"{output}: holds other files already; name a new folder with -o")
        lock = os.open(output / _LOCK, os.O_RDWR | os.O_CREAT | disk.CLOSED_ON_EXEC | disk.NO_FOLLOW, 0o666)
    except BatchError:
        raise
    except OSError as error:
        raise failed(output, error) from None
    try:
        if not _take(lock):
            raise BatchError(f"{output}: another run is at work in this folder; wait for it, or name another with -o")
        _sweep(output)
        yield output
    finally:
        os.close(lock)  # which lets go of it


def _sweep(output: Path) -> None:
    try:
        for folder in (output, *(output / name for name in FOLDERS)):
            if folder.is_dir():
                for path in list(folder.iterdir()):
                    if _LEFT_OVER.fullmatch(path.name):
                        path.unlink()
    except OSError as error:
        raise failed(output, error) from None


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the device, where the system can."""
    if sys.platform == "win32":
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        disk.sync(fd)
    finally:
        os.close(fd)


def failed(path: Path, error: OSError) -> BatchError:
    """Give the error that a file or folder of the output cannot be written."""
    return BatchError(f"{path}: {error.strerror or error}")


if sys.platform == "win32":
    import msvcrt

    def _take(fd: int) -> bool:
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(fd: int) -> bool:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
