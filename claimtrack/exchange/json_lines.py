"""JSON Lines of any size, in and out: one document a line, plain or packed, in memory for one line at a time."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

import attrs

from claimtrack.errors import DocumentError, FileMissingError, Finding, ReadError
from claimtrack.exchange.output_file import open_output
from claimtrack.exchange.packed_file import DAMAGED, is_of_machine, unpacked
from claimtrack.models import Document, load_document
from claimtrack.models.parse import MAX_BYTES

Progress = Callable[[int, int], None]
"""Takes how far the work has come, and how far it goes: bytes of the file as it lies on the disk."""

_PIECE = 1 << 20


@attrs.frozen(slots=True)
class Line:
    """One line: its number from 1, and its document, or None with the findings that say why."""

    number: int
    document: Document | None
    findings: tuple[Finding, ...] = ()


@attrs.frozen(slots=True)
class RawLine:
    """One line as it stands in the file: its number from 1, and its bytes, or None with the findings that say why.

    `place` is how far the file has been read, in bytes as it lies on the disk; `size` is the file's.
    """

    number: int
    data: bytes | None
    findings: tuple[Finding, ...]
    source: str
    place: int
    size: int


def read_json_lines(
    source: str | os.PathLike[str] | IO[bytes],
    *,
    kind: type[Document] = Document,
    longest: int = MAX_BYTES,
    progress: Progress | None = None,
) -> Iterator[Line]:
    """Give the lines of a file in their order, each with its document or with what is wrong with it.

    A line that is bad, longer than `longest` bytes, or of another `kind` stops nothing; empty lines are passed over.
    The file may be packed with gzip, bzip2, xz, or zstd where zstandard is installed. Memory holds one line.

    >>> import io
    >>> file = io.BytesIO(b'{"format": "claimtrack.speaker/1", "id": "a", "name": "A", "kind": "person"}\\n{"half":\\n')
    >>> for line in read_json_lines(file):
    ...     print(line.number, line.document and line.document.id, [finding.code for finding in line.findings])
    1 a []
    2 None ['json-syntax']

    Raises ReadError where there is no file to read.
    """
    told = size = 0
    for line in read_raw_lines(source, longest=longest):
        size = line.size
        if progress is not None and line.place - told >= _PIECE:
            told = line.place
            progress(told, size)
        if line.data is None:
            yield Line(line.number, None, line.findings)
        else:
            yield _read(line.data, line, kind)
    if progress is not None:
        progress(size, size)


def read_raw_lines(
    source: str | os.PathLike[str] | IO[bytes], *, longest: int = MAX_BYTES, is_strict: bool = False
) -> Iterator[RawLine]:
    """Give the lines of a file in their order as bytes, unpacked; one that is too long or damaged with its findings.

    Nothing is parsed. A file that breaks off gives what stands before, and one last line that says so. So does one that
    the machine fails to read, unless `is_strict`.

    Raises ReadError where there is no file to read, and the system's OSError where that is strict.
    """
    name, raw, size = _open(source, is_strict)
    with contextlib.ExitStack() as stack:
        if raw is not source:
            stack.enter_context(raw)
        stream, number = raw, 0
        while True:
            number += 1
            try:
                if number == 1:
                    stream = unpacked(raw, name=name)
                data = stream.readline(longest + 1)
                overlong = len(data) > longest and not data.endswith(b"\n")
                if overlong:
                    _skip_line(stream)
            except DAMAGED as error:
                if is_strict and is_of_machine(error):
                    raise
                message = f"the file breaks off or is damaged here: {error}; what stands before it was read"
                finding = _finding("line-unreadable", message, name, number)
                yield RawLine(number, None, (finding,), f"{name}:{number}", size, size)
                return
            if not data:
                return
            findings: tuple[Finding, ...] = ()
            if overlong:
                message = f"is longer than {longest:,} bytes, which no document is; it was passed over"
                findings = (_finding("line-too-long", message, name, number),)
            elif not data.strip(b" \t\r\n\xef\xbb\xbf"):
                continue
            yield RawLine(number, None if overlong else data, findings, f"{name}:{number}", _place(raw), size)


def write_json_lines(
    documents: Iterable[Document], path: str | os.PathLike[str], *, progress: Callable[[int], None] | None = None
) -> int:
    """Give the number of documents written, one a line, packed where the name ends in .gz.

    The file appears when all is written. `progress` takes the number of documents so far, every thousand.

    Raises ReadError where the file cannot be written.
    """
    count = 0
    with open_output(path) as file:
        for count, document in enumerate(documents, start=1):
            file.write(to_json_line(document).encode())
            if progress is not None and count % 1000 == 0:
                progress(count)
    return count


def to_json_line(document: Document) -> str:
    r"""Give a document as one line of JSON, with the end of the line.

    >>> from claimtrack.models import SpeakerRecord
    >>> to_json_line(SpeakerRecord(id="a", name="A", kind="person"))
    '{"format":"claimtrack.speaker/1","id":"a","name":"A","kind":"person",...}\n'
    """
    return document.model_dump_json(exclude_none=True) + "\n"


def _open(source: str | os.PathLike[str] | IO[bytes], is_strict: bool) -> tuple[str, IO[bytes], int]:
    if not isinstance(source, str | os.PathLike):
        return str(getattr(source, "name", "-")), source, 0
    path = Path(source)
    try:
        if path.is_dir():
            raise ReadError(f"{path}: a folder, no file; give a file of JSON Lines")
        file = path.open("rb")
        return str(path), file, os.fstat(file.fileno()).st_size
    except ReadError:
        raise
    except (OSError, ValueError) as error:
        if is_strict and is_of_machine(error):
            raise
        if isinstance(error, FileNotFoundError):
            raise FileMissingError(f"{path}: no such file; give a file of JSON Lines") from None
        raise ReadError(f"{str(path)[:200]!r}: {getattr(error, 'strerror', None) or error}") from None


def _place(raw: IO[bytes]) -> int:
    try:
        return raw.tell()
    except (OSError, ValueError):  # a pipe
        return 0


def _skip_line(stream: IO[bytes]) -> None:
    while (piece := stream.readline(_PIECE)) and not piece.endswith(b"\n"):
        pass


def _read(data: bytes, line: RawLine, kind: type[Document]) -> Line:
    try:
        document = load_document(data)
    except DocumentError as error:
        return Line(line.number, None, tuple(attrs.evolve(one, source=line.source) for one in error.findings))
    if not isinstance(document, kind):
        return Line(line.number, None, (other_kind(document, kind, line.source),))
    return Line(line.number, document)


def other_kind(document: Document, kind: type[Document], source: str) -> Finding:
    """Give the finding that a line holds another kind of document than was wanted."""
    message = f"the line holds {document.format}, and {kind.model_fields['format'].default} is wanted"
    return Finding(code="line-other-kind", severity="error", message=message, source=source)


def _finding(code: str, message: str, name: str, number: int) -> Finding:
    return Finding(code=code, severity="error", message=f"line {number} {message}", source=f"{name}:{number}")
