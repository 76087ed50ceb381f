"""The folder that a batch writes: one run at a time, and nothing left over from one that was killed."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from claimtrack.errors import BatchError, StoreError
from claimtrack.store.files import disk
from claimtrack.store.files.folders import open_folder
from claimtrack.store.files.lock import take

MANIFEST: Final = "manifest.json"
JOURNAL: Final = "parts.jsonl"
FOLDERS: Final = ("articles", "claims", "figures", "speakers", "rejects")
_LOCK: Final = ".lock"
_LEFT_OVER: Final = re.compile(r"(part-[0-9]{5,}\..+|manifest\.json)\.[0-9a-f]+\.part")


class LastingError(BatchError):
    """A batch cannot go on, and running the same again would end the same."""


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
            raise BatchError(f"{output}: holds other files already; name a new folder")
        lock = os.open(output / _LOCK, os.O_RDWR | os.O_CREAT | disk.CLOSED_ON_EXEC | disk.NO_FOLLOW, 0o666)
    except BatchError:
        raise
    except OSError as error:
        raise failed(output, error) from None
    try:
        _take(lock, output)
        _sweep(output)
        yield output
    finally:
        os.close(lock)  # which lets go of it


def _take(lock: int, output: Path) -> None:
    try:
        is_free = take(lock)
    except OSError as error:
        raise BatchError(
            f"{output}: cannot be locked: {error.strerror or error}; name a folder on another disk"
        ) from None
    if not is_free:
        raise BatchError(f"{output}: another run is at work in this folder; wait for it, or name another")


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
    with open_folder(folder) as opened:
        opened.sync()


def failed(path: Path, error: OSError) -> BatchError:
    """Give the error that a file or folder of the output cannot be written."""
    cause = error.__cause__ if isinstance(error, StoreError) else error  # a store says what to do about a store
    return BatchError(f"{path}: {getattr(cause, 'strerror', None) or error}")
