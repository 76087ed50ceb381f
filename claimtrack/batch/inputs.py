"""What a batch is given: folders, patterns and files, in an order that stays, and how to tell that they changed."""

from __future__ import annotations

import builtins
import contextlib
import glob
import gzip
import hashlib
import io
import json
import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, Literal

import attrs

from claimtrack.errors import BatchError, ClaimtrackError, FileMissingError, ReadError
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
    """One input as it was given, with the number of its files, their bytes, and the digest of their fingerprint.

    `listed` is the list of these files, packed: some bytes for each, so that a million of them fit into memory.
    """

    given: str
    files: int
    bytes: int
    sha256: str
    listed: builtins.bytes = attrs.field(eq=False, repr=False)

    def to_json(self) -> dict[str, Any]:
        """Give the input as the manifest holds it."""
        return {"given": name_of(self.given), "files": self.files, "bytes": self.bytes, "sha256": self.sha256}

    def find_files(self) -> Iterator[InputFile]:
        """Give the files that the fingerprint was taken of, in their order, whatever stands beside them by now."""
        with gzip.open(io.BytesIO(self.listed)) as lines:
            for path, size in map(json.loads, lines):
                yield _input_file(Path(path), size)


def find_inputs(given: Iterable[str | os.PathLike[str]], *, output: Path | None = None) -> tuple[Input, ...]:
    """Give the inputs with their fingerprints: the name and size of each file, and its first and last 32 kilobytes.

    Raises FileMissingError where there is no such file, ReadError where there is nothing to read in it or a file lies
    in the folder `output`, and BatchError where the machine fails.
    """
    return tuple(_fingerprint(os.fspath(one), output) for one in given)


@contextlib.contextmanager
def reading(name: str) -> Iterator[None]:
    """Stop the run where the machine fails while a file is read: it would reject today what it reads tomorrow."""
    try:
        yield
    except ClaimtrackError:
        raise
    except OSError as error:
        raise BatchError(f"{name}: the machine failed here, not the file: {error.strerror or error}") from None


def is_regular(path: Path) -> bool:
    """Tell whether a regular file stands there; a link that leads nowhere is none.

    Raises OSError where that cannot be told.
    """
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        if path.is_symlink():
            return False
        raise


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
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        if not path.is_symlink():
            raise
        size = 0  # a link that leads nowhere: reading says so
    return _input_file(path, size)


def _input_file(path: Path, size: int) -> InputFile:
    kind: Kind = next((kind for pattern, kind in _ENDINGS if pattern.fullmatch(path.name)), "article")
    return InputFile(path, name_of(path), size, kind)


def name_of(path: str | os.PathLike[str]) -> str:
    """Give a path as text that can be written down, whatever bytes its names are made of."""
    return str(path).encode("utf-8", "backslashreplace").decode()


def _fingerprint(given: str, output: Path | None) -> Input:
    count = size = 0
    digest, listed = hashlib.sha256(), io.BytesIO()
    with gzip.open(listed, "wb", compresslevel=1) as lines:
        for file in _outside(find_files(given), output):
            count, size = count + 1, size + file.size
            digest.update(f"{file.name} {file.size} ".encode())
            digest.update(_edges(file))
            lines.write(json.dumps([str(file.path), file.size]).encode() + b"\n")
    if not count:
        raise ReadError(f"{shown(given)}: there is no file in this folder; give one with articles")
    return Input(given, count, size, digest.hexdigest(), listed.getvalue())


def _outside(files: Iterable[InputFile], output: Path | None) -> Iterator[InputFile]:
    """Give the files again.

    Raises ReadError at one that lies in the output.
    """
    folder: Path | None = None
    for file in files:
        if output is not None and file.path.parent != folder:
            folder = file.path.parent
            if folder.resolve().is_relative_to(output.resolve()):
                raise ReadError(f"{file.name}: lies in the output {output}, which is no input; name a folder elsewhere")
        yield file


def _edges(file: InputFile) -> bytes:
    with reading(file.name):
        if is_regular(file.path):
            with file.path.open("rb") as opened:
                start = opened.read(_EDGE)
                opened.seek(max(len(start), file.size - _EDGE))
                return start + opened.read(_EDGE)
    if file.kind != "article":
        raise ReadError(f"{file.name}: no regular file, so it cannot be read again after a stop; save it first")
    return b""  # a pipe could be waited for without end; reading says what it is
