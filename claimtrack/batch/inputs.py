"""What a batch is given: folders, patterns and files, in an order that stays, and how to tell that they changed."""

from __future__ import annotations

import glob
import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Literal

import attrs

from claimtrack.errors import FileMissingError, ReadError
from claimtrack.read.source import shown

Kind = Literal["article", "lines", "table", "archive"]

_ENDINGS: Final[tuple[tuple[re.Pattern[str], Kind], ...]] = (
    (re.compile(r"(?i).+\.(jsonl|ndjson)(\.(gz|bz2|xz|zst))?"), "lines"),
    (re.compile(r"(?i).+\.parquet"), "table"),
    (re.compile(r"(?i).+\.warc(\.gz)?"), "archive"),
)
_EDGE: Final = 32 * 1024
"""Bytes at either end of a file that its fingerprint looks at: the whole of most articles."""


@attrs.frozen(slots=True)
class InputFile:
    """One file: its path, its name in messages and results, its size in bytes, and what kind it is."""

    path: Path
    name: str
    size: int
    kind: Kind


@attrs.frozen(slots=True)
class Input:
    """One input as it was given, with the number of its files, their bytes, and the digest of their fingerprint."""

    given: str
    files: int
    bytes: int
    sha256: str


def find_inputs(given: Iterable[str | os.PathLike[str]]) -> tuple[Input, ...]:
    """Give the inputs with their fingerprints: the name and size of each file, and its first and last 32 kilobytes.

    Raises FileMissingError where there is no such file, and ReadError where there is nothing to read in it.
    """
    return tuple(_fingerprint(os.fspath(one)) for one in given)


def find_files(given: str) -> Iterator[InputFile]:
    """Give the files of an input: of a folder all that stand under it, of a pattern those that fit, each in order.

    Names that start with a dot are passed over, and links to folders are not followed.

    Raises FileMissingError where there is no such file.
    """
    path = Path(given)
    try:
        if path.is_dir():
            yield from _walk(path)
        elif path.exists() or not glob.has_magic(given):
            yield _file(path)
        else:
            found = False
            for name in sorted(glob.iglob(given, recursive=True)):
                if not Path(name).is_dir():
                    found = True
                    yield _file(Path(name))
                elif "**" not in given:  # which fits what stands in the folder as well
                    for file in _walk(Path(name)):
                        found = True
                        yield file
            if not found:
                raise FileMissingError(f"{shown(given)}: no file fits this pattern; put it in quotation marks as it is")
    except FileMissingError:
        raise
    except FileNotFoundError:
        raise FileMissingError(f"{shown(given)}: no such file or folder; give articles, or files of many") from None
    except (OSError, ValueError) as error:
        raise ReadError(f"{shown(given)}: {getattr(error, 'strerror', None) or error}") from None


def _walk(folder: Path) -> Iterator[InputFile]:
    with os.scandir(folder) as entries:
        names = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
    for name, is_folder in names:
        path = folder / name
        if name.startswith("."):
            continue
        if is_folder:
            yield from _walk(path)
        elif not path.is_dir():
            yield _file(path)


def _file(path: Path) -> InputFile:
    kind: Kind = next((kind for pattern, kind in _ENDINGS if pattern.fullmatch(path.name)), "article")
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        if not path.is_symlink():
            raise
        size = 0  # a link that leads nowhere: reading says so
    return InputFile(path, name_of(path), size, kind)


def name_of(path: str | os.PathLike[str]) -> str:
    """Give a path as text that can be written down, whatever bytes its names are made of."""
    return str(path).encode("utf-8", "backslashreplace").decode()


def _fingerprint(given: str) -> Input:
    count = size = 0
    digest = hashlib.sha256()
    for file in find_files(given):
        count, size = count + 1, size + file.size
        digest.update(f"{file.name} {file.size} ".encode())
        digest.update(_edges(file))
    if not count:
        raise ReadError(f"{shown(given)}: there is no file in this folder; give one with articles")
    return Input(given, count, size, digest.hexdigest())


def _edges(file: InputFile) -> bytes:
    if not file.path.is_file():
        if file.kind != "article":
            raise ReadError(f"{file.name}: no regular file, so it cannot be read again after a stop; save it first")
        return b""  # a pipe could be waited for without end; reading says what it is
    try:
        with file.path.open("rb") as opened:
            start = opened.read(_EDGE)
            opened.seek(max(len(start), file.size - _EDGE))
            return start + opened.read(_EDGE)
    except OSError:
        return b""  # reading says why
