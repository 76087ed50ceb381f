"""The records of a batch: what stands for one article each, as it comes out of the inputs, and not yet read.

Everything here runs in the one process that hands out the work, so it only finds where a record ends.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, Literal

import attrs

from claimtrack.batch.inputs import Input, InputFile, is_regular, reading
from claimtrack.errors import Finding, ReadError
from claimtrack.exchange.json_lines import read_raw_lines
from claimtrack.exchange.packed_file import is_of_machine
from claimtrack.exchange.tables import imported
from claimtrack.read.source import MAX_ARTICLE_BYTES, read_bytes

FIELDS: Final = ("text", "html", "url", "title", "publisher", "authors", "published", "language")
"""What a line or a row can say about an article, as `read_article` takes it."""

_ROWS: Final = 16
"""Rows of a table that are in memory at once: one can be as long as an article."""

Form = Literal["file", "line", "row", "page"]


@attrs.frozen(slots=True)
class Record:
    """One record: its number from 1 among all, where it stands, and its bytes, or the cells of its row.

    `place` is how much of all inputs has been read, in bytes as they lie on the disk. `findings` say why nothing can be
    made of it.
    """

    number: int
    source: str
    form: Form
    data: bytes | dict[str, Any] = b""
    place: int = 0
    ending: str = ""
    about: Mapping[str, str] = attrs.field(factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def size(self) -> int:
        """The bytes that it holds, or about as many."""
        if isinstance(self.data, bytes):
            return len(self.data)
        return sum(len(cell) for cell in self.data.values() if isinstance(cell, str | bytes))

    def add_to(self, digest: hashlib._Hash) -> None:
        """Add to a digest what tells this record from another in its place."""
        data = self.data if isinstance(self.data, bytes) else repr(sorted(self.data.items())).encode("utf-8", "replace")
        digest.update(f"{self.number} {self.source} {len(data)} ".encode("utf-8", "surrogateescape"))
        digest.update(data)


_Found = tuple[str, Form, int, dict[str, Any]]
"""A record before it is numbered: its source, its form, how far its file has been read, and the rest."""


def read_records(inputs: Iterable[Input]) -> Iterator[Record]:
    """Give the records of all inputs in their order; what breaks off or is no file is a record with findings.

    Raises BatchError where the machine fails, and MissingExtraError where a kind of file needs a library that is not
    installed.
    """
    number = before = 0
    for one in inputs:
        for file in one.find_files():
            with reading(file.name):
                for source, form, place, rest in _READERS[file.kind](file):
                    number += 1
                    yield Record(number, source, form, place=before + place, **rest)
            before += file.size


def _read_file(file: InputFile) -> Iterator[_Found]:
    rest: dict[str, Any]
    try:
        if is_regular(file.path):
            with file.path.open("rb") as opened:
                data = opened.read(MAX_ARTICLE_BYTES + 1)
        else:
            data = read_bytes(file.path)  # which says what stands there
        rest = {"data": data, "ending": file.path.suffix}
    except ReadError as error:
        rest = {"findings": (unreadable(str(error), file.name),)}
    yield file.name, "file", file.size, rest


def _read_lines(file: InputFile) -> Iterator[_Found]:
    try:
        for line in read_raw_lines(file.path, is_strict=True):
            source = f"{file.name}:{line.number}"
            findings = tuple(attrs.evolve(one, source=source) for one in line.findings)
            yield source, "line", line.place, {"data": line.data or b"", "findings": findings}
    except ReadError as error:
        yield file.name, "line", file.size, {"findings": (unreadable(str(error), file.name),)}


def _read_rows(file: InputFile) -> Iterator[_Found]:
    arrow, parquet = imported("pyarrow"), imported("pyarrow.parquet")
    number = 0
    try:
        with parquet.ParquetFile(file.path) as table:
            count = max(table.metadata.num_rows, 1)
            columns = [name for name in table.schema_arrow.names if name in (*FIELDS, "id")]
            for row in _rows_of(table, columns):
                number += 1
                source = f"{file.name}#{number}"
                rest: dict[str, Any] = {"data": row}
                if isinstance(row, UnicodeDecodeError):
                    rest = {"findings": (unreadable(f"a cell is not UTF-8: {row}", source),)}
                yield source, "row", file.size * number // count, rest
    except (OSError, ValueError, arrow.ArrowException) as error:
        if is_of_machine(error):
            raise
        yield broken_off(file, number, "row", str(error))


def _rows_of(table: Any, columns: list[str]) -> Iterator[dict[str, Any] | UnicodeDecodeError]:
    for group in range(table.num_row_groups):  # one by one, so that a damaged one takes none of those before along
        for batch in table.iter_batches(batch_size=_ROWS, row_groups=[group], columns=columns):
            try:
                yield from batch.to_pylist()
            except UnicodeDecodeError:  # raised before the first row is given: they are made all at once
                for place in range(batch.num_rows):
                    try:
                        yield from batch.slice(place, 1).to_pylist()
                    except UnicodeDecodeError as error:
                        yield error


def _read_pages(file: InputFile) -> Iterator[_Found]:
    from claimtrack.batch.web_archives import read_pages

    number = 0
    try:
        for page in read_pages(file.path):
            number = page.number
            source = f"{file.name}#{number}"
            findings = (unreadable(page.wrong, source),) if page.wrong else ()
            yield source, "page", page.place, {"data": page.body, "about": page.about, "findings": findings}
    except ReadError as error:
        yield broken_off(file, number, "page", str(error))


def broken_off(file: InputFile, number: int, form: Form, why: str) -> _Found:
    """Give the record that stands for the rest of a file, which cannot be read after record `number` of it."""
    source = f"{file.name}#{number + 1}"
    why = why.partition("\n")[0][:300]
    message = f"the file breaks off or is damaged here: {why}; what stands before it was read"
    finding = Finding(code="input-damaged", severity="error", message=message, source=source)
    return source, form, file.size, {"findings": (finding,)}


def unreadable(message: str, source: str) -> Finding:
    """Give the finding that a record makes no article."""
    return Finding(code="record-unreadable", severity="error", message=message, source=source)


_READERS: Final[dict[str, Callable[[InputFile], Iterator[_Found]]]] = {
    "article": _read_file,
    "lines": _read_lines,
    "table": _read_rows,
    "archive": _read_pages,
}
