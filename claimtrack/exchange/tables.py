"""Claims, their figures and their speakers as tables: CSV, Parquet, and data frames of pandas, polars and Arrow.

Rows pass through in batches, so that memory does not grow with their number.
"""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import json
from collections.abc import Callable, Iterable, Iterator
from os import PathLike
from pathlib import Path
from typing import IO, Any, Final, Literal, cast

import attrs

from claimtrack.errors import DocumentError, FileMissingError, Finding, MissingExtraError, ReadError
from claimtrack.exchange.cells import from_cell, to_cell
from claimtrack.exchange.columns import COLUMNS, VERSIONS, Column, FigureRow, Row, Rows, SpeakerRow, from_row, to_rows
from claimtrack.exchange.output_file import open_output
from claimtrack.models import Claim
from claimtrack.models.parse import MAX_BYTES

_BATCH: Final = 2000
_PARQUET: Final = ".parquet"
_MARK: Final = "claimtrack.table"


@attrs.frozen(slots=True)
class TableRow:
    """One row of a table: its number (the header is 1 in CSV), and its claim, figure or speaker, or the findings."""

    number: int
    value: Claim | FigureRow | SpeakerRow | None
    findings: tuple[Finding, ...] = ()


def write_table(
    claims: Iterable[Claim],
    path: str | PathLike[str],
    *,
    rows: Rows = "claims",
    progress: Callable[[int], None] | None = None,
) -> int:
    """Give the number of rows written to a table: Parquet where the name ends in .parquet, else CSV (.gz packs it).

    One row a claim, or one a figure with `rows="figures"`, or one a speaker of a claim with `rows="speakers"`.
    `progress` takes the number of rows so far.

    >>> from tempfile import TemporaryDirectory
    >>> claim = Claim(id="quay-7", kind="direct", statement="=1+1", verdict="false")
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "claims.csv")
    ...     write_table([claim], path), [row.value == claim for row in read_table(path)]
    (1, [True])

    Raises ReadError where the file cannot be written, and MissingExtraError for Parquet without pyarrow.
    """
    found: Iterator[Row] = (row for claim in claims for row in to_rows(claim, rows=rows))
    if progress is not None:
        found = _telling(found, progress)
    with open_output(path) as file:
        return _write_parquet(found, file, rows) if Path(path).suffix == _PARQUET else _write_csv(found, file, rows)


def read_table(path: str | PathLike[str], *, rows: Rows = "claims") -> Iterator[TableRow]:
    """Give the rows of a table that `write_table` wrote, or that was changed since; a bad row stops no other.

    Raises ReadError where there is no such table, and MissingExtraError for Parquet without pyarrow.
    """
    found = _parquet_rows(Path(path)) if Path(path).suffix == _PARQUET else _csv_rows(path, COLUMNS[rows])
    yield from (_read(number, row, rows, str(path)) for number, row in found)


def to_frame(
    claims: Iterable[Claim], *, rows: Rows = "claims", library: Literal["pandas", "polars", "arrow"] = "pandas"
) -> Any:
    """Give a data frame of pandas or polars, or an Arrow table, with one row a claim, a figure or a speaker.

    Raises MissingExtraError where the library is not installed.
    """
    arrow = _arrow()
    schema = _schema(COLUMNS[rows], VERSIONS[rows])
    found = (row for claim in claims for row in to_rows(claim, rows=rows))
    table = arrow.Table.from_batches(_batches(found, schema), schema=schema)
    if library == "arrow":
        return table
    if library == "polars":
        return imported("polars").from_arrow(table)
    imported("pandas")
    return table.to_pandas()


def from_frame(frame: Any, *, rows: Rows = "claims") -> Iterator[TableRow]:
    """Give the rows of a data frame of pandas, polars or Arrow, each with what it holds, or its findings.

    Raises MissingExtraError without pyarrow, and ReadError where the value is no frame.
    """
    arrow = _arrow()
    try:
        table = arrow.table(frame)
    except (TypeError, ValueError, arrow.ArrowException) as error:
        raise ReadError(f"this is no data frame: {error}") from None
    numbers = itertools.count(1)
    for batch in table.to_batches(max_chunksize=_BATCH):
        yield from (_read(next(numbers), row, rows, "row") for row in batch.to_pylist())


# --- CSV ----------------------------------------------------------------------------------------------------------


def _write_csv(rows: Iterable[Row], file: IO[bytes], kind: Rows) -> int:
    names = [column.name for column in COLUMNS[kind]]
    count = 0
    # Spreadsheets take a file without a mark for their country's old encoding. RFC 4180 ends lines with CR LF.
    text = io.TextIOWrapper(cast(Any, file), encoding="utf-8-sig", newline="", write_through=False)
    try:
        writer = csv.writer(text)
        writer.writerow(names)
        for row in rows:
            writer.writerow([_cell(row[name]) for name in names])
            count += 1
        text.flush()
    finally:
        text.detach()
    return count


def _cell(value: Any) -> str:
    if value is None or value == []:
        return ""
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return to_cell(value) if isinstance(value, str) else str(value)


def open_csv(path: str | PathLike[str], *, encoding: str = "utf-8-sig", separator: str = ",") -> Iterator[list[str]]:
    """Give the rows of a CSV file as lists of cells, the header first.

    Raises ReadError where it is no CSV file.
    """
    if csv.field_size_limit() < MAX_BYTES:  # the library's limit is one for the whole program: raised, never lowered
        csv.field_size_limit(MAX_BYTES)
    try:
        if Path(path).is_dir():
            raise ReadError(f"{path}: a folder, no file; give a CSV file")
        with _text(Path(path), encoding) as text:
            yield from csv.reader(text, delimiter=separator)
    except FileNotFoundError:
        raise FileMissingError(f"{path}: no such file; give a CSV file") from None
    except ReadError:
        raise
    except csv.Error as error:
        raise ReadError(f"{path}: no CSV that can be read: {error}") from None
    except UnicodeDecodeError as error:
        raise ReadError(f"{path}: byte {error.start} of a piece is not {encoding}; save it as UTF-8") from None
    except (OSError, EOFError, ValueError, LookupError) as error:
        raise ReadError(f"{str(path)[:200]!r}: {getattr(error, 'strerror', None) or error}") from None


def _text(path: Path, encoding: str) -> IO[str]:
    import gzip

    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding=encoding, newline="")
    return path.open(encoding=encoding, newline="")


def _csv_rows(path: str | PathLike[str], columns: tuple[Column, ...]) -> Iterator[tuple[int, Row]]:
    lines = open_csv(path)
    header = next(lines, None)
    if not header or header[0] != columns[0].name:
        wanted = ", ".join(column.name for column in columns[:3])
        raise ReadError(f"{path}: no table of claimtrack, whose columns are {wanted}, ...; import it with a mapping")
    for number, cells in enumerate(lines, start=2):
        if cells:
            yield number, {name: from_cell(cell) for name, cell in zip(header, cells, strict=False)}


# --- Parquet and frames -----------------------------------------------------------------------------------------------


class ParquetFile:
    """A table of Parquet that grows by rows, in memory for some thousands of them, until it is closed."""

    def __init__(self, file: IO[bytes], columns: tuple[Column, ...], *, version: str) -> None:
        _arrow()
        self._schema = _schema(columns, version)
        self._writer = imported("pyarrow.parquet").ParquetWriter(file, self._schema, compression="zstd")
        self._waiting: list[Row] = []
        self.count = 0

    def add(self, rows: Iterable[Row]) -> None:
        """Add rows."""
        for row in rows:
            self._waiting.append(row)
            self.count += 1
            if len(self._waiting) == _BATCH:
                self._flush()

    def close(self) -> None:
        """Write what waits, and the end of the file."""
        if self._waiting:
            self._flush()
        self._writer.close()

    def abandon(self) -> None:
        """Let go of a file that could not be written to its end."""
        with contextlib.suppress(Exception):  # it was told already; the writer would tell it again when it is forgotten
            self._writer.close()

    def _flush(self) -> None:
        for batch in _batches(self._waiting, self._schema):
            self._writer.write_batch(batch)
        self._waiting = []


def _write_parquet(rows: Iterable[Row], file: IO[bytes], kind: Rows) -> int:
    table = ParquetFile(file, COLUMNS[kind], version=VERSIONS[kind])
    table.add(rows)
    table.close()
    return table.count


def _parquet_rows(path: Path) -> Iterator[tuple[int, Row]]:
    arrow = _arrow()
    parquet = imported("pyarrow.parquet")
    if not path.is_file():
        raise FileMissingError(f"{path}: no such file; give a table of claimtrack")
    numbers = itertools.count(1)
    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=_BATCH):
                yield from ((next(numbers), row) for row in batch.to_pylist())
    except (OSError, arrow.ArrowException) as error:
        raise ReadError(f"{path}: no Parquet that can be read: {error}") from None


def _batches(rows: Iterable[Row], schema: Any) -> Iterator[Any]:
    arrow = _arrow()
    rows = iter(rows)
    while part := list(itertools.islice(rows, _BATCH)):
        columns = [arrow.array([row[field.name] for row in part], type=field.type) for field in schema]
        yield arrow.RecordBatch.from_arrays(columns, schema=schema)


def _schema(columns: tuple[Column, ...], version: str) -> Any:
    arrow = _arrow()
    types = {
        "text": arrow.string(),
        "texts": arrow.list_(arrow.string()),
        "whole": arrow.int32(),
        "share": arrow.float64(),
    }
    fields = [arrow.field(column.name, types[column.kind], metadata={"about": column.about}) for column in columns]
    return arrow.schema(fields, metadata={_MARK: version})


def _arrow() -> Any:
    return imported("pyarrow")


def imported(name: str) -> Any:
    """Give a library of tables.

    Raises MissingExtraError where it is not installed.
    """
    import importlib

    try:
        return importlib.import_module(name)
    except ImportError:
        raise MissingExtraError(f"{name} is needed for this: pip install 'claimtrack[tables]'") from None


# --- rows -------------------------------------------------------------------------------------------------------------


def _read(number: int, row: Row, kind: Rows, name: str) -> TableRow:
    try:
        return TableRow(number, from_row(row, rows=kind))
    except DocumentError as error:
        findings = (attrs.evolve(one, source=f"{name}: row {number}") for one in error.findings)
        return TableRow(number, None, tuple(findings))


def _telling(rows: Iterable[Row], progress: Callable[[int], None]) -> Iterator[Row]:
    for number, row in enumerate(rows, start=1):
        yield row
        if number % _BATCH == 0:
            progress(number)
