"""The files of one part: claims, articles and rejects, written as the results come and in place once all are there."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Final, Protocol

import attrs

from claimtrack.batch.articles import ARTICLES, VERSION
from claimtrack.batch.extracting import TABLES, Outcome
from claimtrack.batch.manifest import COUNTS, Form, Part, digest_of
from claimtrack.batch.output import failed, sync_folder
from claimtrack.exchange.columns import COLUMNS, VERSIONS, Column
from claimtrack.exchange.output_file import open_output
from claimtrack.exchange.tables import ParquetFile

SHEETS: Final[dict[str, tuple[tuple[Column, ...], str]]] = {
    "articles": (ARTICLES, VERSION),
    **{kind: (COLUMNS[kind], VERSIONS[kind]) for kind in TABLES},
}
"""The tables of a batch, each with its columns and its version."""


class _Sheet(Protocol):
    def add(self, rows: Iterable[Any]) -> None: ...

    def close(self) -> None: ...

    def abandon(self) -> None: ...


class _Lines:
    """JSON Lines that grow by rows, or by lines that are JSON already."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def add(self, rows: Iterable[Any]) -> None:
        for row in rows:
            line = row if isinstance(row, str) else _line(row)
            self._file.write(line.encode("utf-8", "backslashreplace"))

    def close(self) -> None: ...

    def abandon(self) -> None: ...


@contextlib.contextmanager
def write_part(output: Path, number: int, *, form: Form) -> Iterator[PartWriter]:
    """Give a part to add to; its files stand in place, on the device, when the block ends, and nothing after an error.

    Raises ReadError or BatchError where they cannot be written.
    """
    with contextlib.ExitStack() as stack:
        part = PartWriter(output, number, form, stack)
        try:
            yield part
            part.close()
        except BaseException:
            part.abandon()
            raise


class PartWriter:
    """A part while it is written; `counts` are those of what was added."""

    def __init__(self, output: Path, number: int, form: Form, stack: contextlib.ExitStack) -> None:
        self._output = output
        self._number = number
        self._stack = stack
        self._names: dict[str, str] = {}
        self._sheets: dict[str, _Sheet] = {}
        self.counts = Counter(dict.fromkeys(COUNTS, 0))
        self._findings: Counter[str] = Counter()
        self._first = 0
        for kind in SHEETS if form == "parquet" else ("articles", "claims"):
            self._open(kind, form)

    def add(self, outcome: Outcome) -> None:
        """Add what became of a record."""
        self._first = self._first or outcome.number
        self.counts["records"] += 1
        self._findings.update(finding.code for finding in outcome.findings)
        if outcome.article is None:
            self.counts["rejected"] += 1
            if "rejects" not in self._sheets:
                self._open("rejects", "jsonl")
            self._sheets["rejects"].add((_reject(outcome),))
            return
        self.counts["articles"] += 1
        for name in TABLES:
            self.counts[name] += outcome.article[name]
        self._sheets["articles"].add((outcome.article,))
        for kind, rows in outcome.rows.items():
            self._sheets[kind].add(rows)

    def close(self) -> None:
        """Write the ends of the files."""
        for sheet in self._sheets.values():
            sheet.close()

    def abandon(self) -> None:
        """Let the files go, which are removed."""
        for sheet in self._sheets.values():
            sheet.abandon()

    def finished(self, digest: str) -> Part:
        """Give the entry for the journal, once the files are in place; `digest` is that of the part's records.

        Raises BatchError where they cannot be brought to the device.
        """
        files = {}
        for name in sorted(self._names.values()):
            path = self._output / name
            try:
                sync_folder(path.parent)
                files[name] = {"bytes": path.stat().st_size, "sha256": digest_of(path)}
            except OSError as error:
                raise failed(path, error) from None
        findings = dict(sorted(self._findings.items()))
        return Part(part=self._number, first=self._first, input=digest, **self.counts, findings=findings, files=files)

    def _open(self, kind: str, form: Form) -> None:
        name = f"{kind}/part-{self._number:05}.{form}"
        path = self._output / name
        try:
            if not path.parent.is_dir():
                path.parent.mkdir()
                sync_folder(self._output)
        except OSError as error:
            raise failed(path.parent, error) from None
        file = self._stack.enter_context(open_output(path, otherwise="nothing of this part was kept"))
        self._names[kind] = name
        if form == "parquet":
            columns, version = SHEETS[kind]
            self._sheets[kind] = ParquetFile(file, columns, version=version)
        else:
            self._sheets[kind] = _Lines(file)


def _reject(outcome: Outcome) -> dict[str, Any]:
    findings = [
        attrs.asdict(one, filter=lambda field, value: value is not None and field.name != "source")
        for one in outcome.findings
    ]
    return {"record": outcome.number, "source": outcome.source, "findings": findings}


def _line(row: dict[str, Any]) -> str:
    told = {name: value for name, value in row.items() if value is not None}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"
