"""What a batch says of itself: the manifest tells what it is made of, the journal which parts are finished.

Neither holds a time, an engine or a number of workers, so that the same input gives the same bytes however it was run.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Literal

import attrs

from claimtrack.batch.inputs import Input
from claimtrack.batch.output import JOURNAL, MANIFEST, failed, sync_folder
from claimtrack.errors import BatchError, ReadError
from claimtrack.exchange.output_file import open_output
from claimtrack.extract.attribution import VERSIONS
from claimtrack.read.source import shown
from claimtrack.store.files import disk
from claimtrack.version import __version__

FORMAT: Final = "claimtrack.batch/1"
COUNTS: Final = ("records", "articles", "rejected", "claims", "figures", "speakers")

Form = Literal["jsonl", "jsonl.gz", "parquet"]

NOT_WRITTEN: Final = "is not there as it was written; bring it back, or name another folder"
_TOLD: Final = {
    "claimtrack": "the version of claimtrack",
    "inputs": "the input",
    "tagger": "the tagger",
    "form": "the format",
    "part_size": "the size of the parts",
}


@attrs.frozen(slots=True)
class Plan:
    """What decides every byte of a batch's output."""

    inputs: tuple[Input, ...]
    tagger: str
    form: Form
    part_size: int

    def to_json(self) -> dict[str, Any]:
        """Give the plan as the manifest holds it."""
        return {
            "format": FORMAT,
            "claimtrack": __version__,
            "inputs": [one.to_json() for one in self.inputs],
            "tagger": {"name": self.tagger, "version": VERSIONS[self.tagger]},
            "form": self.form,
            "part_size": self.part_size,
        }


@attrs.frozen(slots=True)
class Part:
    """A finished part: its number from 0, the digest of its records, its counts, and its files with their digests."""

    part: int
    first: int
    input: str
    records: int
    articles: int
    rejected: int
    claims: int
    figures: int
    speakers: int
    findings: Mapping[str, int]
    files: Mapping[str, Mapping[str, Any]]


@attrs.define
class Totals:
    """What all parts come to, and the last record that something has become of."""

    parts: int = 0
    reached: int = 0
    counts: dict[str, int] = attrs.field(factory=lambda: dict.fromkeys(COUNTS, 0))
    findings: dict[str, int] = attrs.field(factory=dict)

    def add(self, part: Part) -> None:
        """Add a part."""
        self.parts += 1
        self.reached = part.first + part.records - 1
        for name in COUNTS:
            self.counts[name] += getattr(part, name)
        for code, count in part.findings.items():
            self.findings[code] = self.findings.get(code, 0) + count

    def to_json(self) -> dict[str, Any]:
        """Give the totals as the manifest holds them."""
        return {"parts": self.parts, **self.counts, "findings": dict(sorted(self.findings.items()))}


def read_manifest(output: Path) -> dict[str, Any] | None:
    """Give what the manifest of a folder holds, or None where there is none.

    Raises BatchError where it is no manifest.
    """
    try:
        value = json.loads((output / MANIFEST).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise BatchError(f"{output / MANIFEST}: cannot be read: {error}; name another folder") from None
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise BatchError(f"{output / MANIFEST}: no manifest of {FORMAT}; name another folder")
    return value


def write_manifest(output: Path, plan: Plan, totals: Totals | None = None) -> None:
    """Write the manifest: without totals at the beginning, with them when all is done.

    Raises BatchError where it cannot be written.
    """
    value = plan.to_json() | {"finished": totals is not None}
    try:
        if totals is not None:
            value |= {"totals": totals.to_json(), "journal": _journal_digest(output)}
        with open_output(output / MANIFEST, otherwise="the manifest was not written") as file:
            file.write((json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode())
        sync_folder(output)
    except OSError as error:
        raise failed(output / MANIFEST, error) from None
    except ReadError as error:
        raise BatchError(str(error)) from None


def check_same(stored: Mapping[str, Any], plan: Plan, *, output: Path) -> None:
    """Raise BatchError where a folder belongs to a run of another plan, and say what differs."""
    wanted = plan.to_json()
    for name, called in _TOLD.items():
        if stored.get(name) != wanted[name]:
            before, now = (_shown(name, one) for one in (stored.get(name), wanted[name]))
            raise BatchError(
                f"{output}: was begun with another plan: {called} was {before}, and is now {now};"
                " go on with what it was, or name another folder"
            )


def _shown(name: str, value: Any) -> str:
    if name == "tagger" and isinstance(value, dict):
        return f"{value.get('name')} {value.get('version')}"
    if name == "inputs" and isinstance(value, list) and all(map(_is_input, value)):
        told = (f"{one['given']} ({one['bytes']:,} bytes, {one['sha256'][:8]})" for one in value[:3])
        return ", ".join(told) + (f" and {len(value) - 3} more" if len(value) > 3 else "")
    return shown(value)


def _is_input(value: Any) -> bool:
    wanted = {"given": str, "bytes": int, "sha256": str}
    return isinstance(value, dict) and all(isinstance(value.get(name), kind) for name, kind in wanted.items())


def read_parts(output: Path) -> Iterator[Part]:
    """Give the finished parts in their order; a line that was being written when the run was stopped is none."""
    for line in _lines(output):
        try:
            yield Part(**json.loads(line))
        except TypeError:
            raise BatchError(f"{output / JOURNAL}: {NOT_WRITTEN}") from None


def mend_journal(output: Path, stored: Mapping[str, Any] | None) -> None:
    """Cut off a line of the journal that was not written to its end; that of a finished run has none.

    Raises BatchError where that fails, and where a finished run's journal is not what its manifest says.
    """
    if stored and stored.get("finished"):
        if stored.get("journal") != _journal_digest(output):
            raise BatchError(f"{output / JOURNAL}: {NOT_WRITTEN}")
        return
    whole = sum(len(line) for line in _lines(output))
    path = output / JOURNAL
    try:
        if path.exists() and path.stat().st_size > whole:
            with path.open("r+b") as file:
                file.truncate(whole)
                disk.sync(file.fileno())
    except OSError as error:
        raise failed(path, error) from None


def add_part(output: Path, part: Part) -> None:
    """Add a finished part to the journal; it counts when this comes back.

    Raises BatchError where it cannot be written.
    """
    path = output / JOURNAL
    is_new = not path.exists()
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | disk.CLOSED_ON_EXEC | disk.BINARY, 0o666)
        try:
            disk.write(fd, (json.dumps(attrs.asdict(part), ensure_ascii=False) + "\n").encode())
            disk.sync(fd)
        finally:
            os.close(fd)
        if is_new:
            sync_folder(output)
    except OSError as error:
        raise failed(path, error) from None


def _lines(output: Path) -> Iterator[bytes]:
    try:
        with (output / JOURNAL).open("rb") as file:
            for line in file:
                try:
                    json.loads(line)
                except ValueError:
                    return
                if not line.endswith(b"\n"):
                    return
                yield line
    except FileNotFoundError:
        return
    except OSError as error:
        raise failed(output / JOURNAL, error) from None


def _journal_digest(output: Path) -> str | None:
    return digest_of(output / JOURNAL) if (output / JOURNAL).exists() else None


def digest_of(path: Path) -> str:
    """Give the SHA-256 digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
