"""`extract_batch`: from inputs of any size to a folder of parts, stopped and gone on with at will."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import itertools
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, get_args

import attrs

from claimtrack.batch.apart import check_apart
from claimtrack.batch.articles import read_article_rows
from claimtrack.batch.engines import Engine
from claimtrack.batch.extracting import Task, extract_task
from claimtrack.batch.inputs import find_inputs
from claimtrack.batch.manifest import (
    NOT_WRITTEN,
    Form,
    Part,
    Plan,
    Totals,
    add_part,
    check_same,
    mend_journal,
    read_manifest,
    read_parts,
    write_manifest,
)
from claimtrack.batch.names import Names
from claimtrack.batch.output import LastingError, failed, held_output
from claimtrack.batch.parts import write_part
from claimtrack.batch.records import Record, read_records
from claimtrack.errors import BatchError, ReadError, did_you_mean
from claimtrack.extract.attribution import DEFAULT_TAGGER, TAGGERS, tagger_named

TASK: Final = {"here": 16, "processes": 16, "dask": 50}
"""Records a task. A pool costs little for each, and small ones share short inputs evenly; with one record a task, Dask
takes twice the time for the same work."""
TASK_BYTES: Final = 4_000_000
"""Bytes after which a task gets no more records, so that a few of them under way fit into memory."""


@attrs.frozen(slots=True)
class Progress:
    """How far a batch has come: records done (of which `kept` in an earlier run), rejected, claims; bytes of the input.

    `place` of `size` bytes have been read; the input's number of records is known at the end alone.

    >>> done = Progress(records=2000, kept=1000, rejected=3, claims=40_000, place=5_000_000, size=20_000_000)
    >>> f"{done.place / done.size:.0%}"
    '25%'
    """

    records: int
    kept: int
    rejected: int
    claims: int
    place: int
    size: int


@attrs.frozen(slots=True)
class Batch:
    """What a batch came to: its folder, its counts, and how often each finding came up.

    `is_new` is False where an earlier run had finished it.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "quay.txt").write_text("The quay is safe, Ann Silva said.")
    ...     batch = extract_batch(Path(folder, "quay.txt"), Path(folder, "claims"), tagger="rules")
    >>> isinstance(batch, Batch), batch.is_new, batch.articles
    (True, True, 1)
    """

    output: Path
    is_new: bool
    parts: int
    records: int
    articles: int
    rejected: int
    claims: int
    figures: int
    speakers: int
    findings: dict[str, int]


def extract_batch(
    inputs: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    output: str | os.PathLike[str],
    *,
    tagger: str = DEFAULT_TAGGER,
    form: Form = "jsonl",
    part_size: int = 1000,
    engine: Engine | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Batch:
    """Give what a batch came to: the claims of many articles, written to a folder in parts, gone on with after a stop.

    `inputs` are folders, patterns and files: articles, JSON Lines, Parquet, web archives. `form` is "jsonl", "jsonl.gz"
    or "parquet". A part is `part_size` records of the input. Call it again with the same values after whatever stopped
    it: finished parts are kept, and the folder ends up the same, byte for byte, with every engine.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "quay.jsonl").write_text('{"text": "The quay is safe, Ann Silva said."}\\n{"text": ""}\\n')
    ...     batch = extract_batch(Path(folder, "quay.jsonl"), Path(folder, "claims"), tagger="rules")
    ...     print(batch.records, batch.claims, batch.rejected, batch.findings)
    2 1 1 {'record-unreadable': 1}

    Raises ReadError where an input is not there or the folder lies in one, BatchError where the folder belongs to
    another batch, is in use or cannot be written, an input cannot be read, or a worker was killed, TaggerError for an
    unknown tagger, and MissingExtraError.
    """
    several = (inputs,) if isinstance(inputs, str | os.PathLike) else tuple(inputs)
    folder = Path(output)
    tagger_named(tagger)
    if tagger not in TAGGERS:
        raise TypeError("a batch takes a tagger by its name, which its manifest holds")
    if form not in get_args(Form):
        raise ValueError(f"no form is called {form!r}{did_you_mean(form, get_args(Form))}")
    if part_size < 1:
        raise ValueError(f"part_size is {part_size}; a part holds at least one record")
    if not several:
        raise ReadError("there is no input; give folders, patterns or files")
    check_apart(several, folder)
    plan = Plan(find_inputs(several, output=folder), tagger, form, part_size)
    with held_output(folder):
        stored = read_manifest(folder)
        if stored is None:
            write_manifest(folder, plan)
        else:
            check_same(stored, plan, output=folder)
        is_finished = stored is not None and bool(stored.get("finished"))
        mend_journal(folder, stored)
        totals = Totals()
        for part in read_parts(folder):
            _check_files(folder, part)
            totals.add(part)
        if not is_finished:
            try:
                _run(folder, plan, totals, engine or Engine(), progress)
                write_manifest(folder, plan, totals)
            except (ReadError, BatchError) as error:
                kept = f"{totals.parts:,} part{' is' if totals.parts == 1 else 's are'} finished and kept"
                place = f"stopped after record {totals.reached:,}"
                is_lasting = isinstance(error, LastingError) or not totals.reached
                then = "" if is_lasting else ": run the same again to go on from there"
                raise BatchError(f"{error}; {place}; {kept}{then}") from None
    return Batch(folder, not is_finished, totals.parts, **totals.counts, findings=dict(sorted(totals.findings.items())))


def _run(folder: Path, plan: Plan, totals: Totals, engine: Engine, progress: Callable[[Progress], None] | None) -> None:
    """Write the parts that are missing, and add them to the totals."""
    kept, size = totals.counts["records"], sum(one.bytes for one in plan.inputs)
    work = functools.partial(extract_task, tagger=plan.tagger, as_rows=plan.form == "parquet")
    records = read_records(plan.inputs)
    with Names() as names:
        for part in read_parts(folder):
            _pass_over(records, part)
            for row in read_article_rows(folder / f"articles/part-{part.part:05}.{plan.form}"):
                names.take(row["article_id"], row["sha256"], row["record"])
        tasks = make_tasks(records, plan.part_size, most=TASK[engine.name])
        with contextlib.closing(engine.map(work, tasks)) as results:
            for number, several in itertools.groupby(results, key=lambda result: result.part):
                digest = None
                with write_part(folder, number, form=plan.form) as writer:
                    for result in several:
                        for outcome in result.outcomes:
                            writer.add(names.settle(outcome))
                            totals.reached = outcome.number
                        digest = result.digest
                        if progress is not None:
                            seen = {
                                name: totals.counts[name] + writer.counts[name]
                                for name in ("records", "rejected", "claims")
                            }
                            progress(Progress(**seen, kept=kept, place=result.place, size=size))
                assert digest is not None
                finished = writer.finished(digest)
                add_part(folder, finished)
                totals.add(finished)


def make_tasks(records: Iterator[Record], part_size: int, *, most: int) -> Iterator[Task]:
    """Give the records in tasks that end where a part ends; the last one of each part has the digest of all.

    A task has `most` records, or fewer long ones.
    """
    for first in records:
        part = (first.number - 1) // part_size
        digest, size = hashlib.sha256(), 0
        waiting: list[Record] = []
        for record in itertools.chain((first,), itertools.islice(records, part_size - 1)):
            if len(waiting) == most or size > TASK_BYTES:
                yield Task(part, tuple(waiting))
                waiting, size = [], 0
            record.add_to(digest)
            waiting.append(record)
            size += record.size
        yield Task(part, tuple(waiting), digest.hexdigest())


def _pass_over(records: Iterator[Record], part: Part) -> None:
    """Read over the records of a finished part.

    Raises BatchError where they are others than those that the part was made of.
    """
    digest = hashlib.sha256()
    for record in itertools.islice(records, part.records):
        record.add_to(digest)
    if digest.hexdigest() != part.input:
        last = part.first + part.records - 1
        raise LastingError(
            f"the input has changed: records {part.first:,} to {last:,} are no longer what they were; bring them back,"
            " or name another folder"
        )


def _check_files(folder: Path, part: Part) -> None:
    """Raise BatchError where a file of a finished part is not as it was written."""
    for name, told in part.files.items():
        path = folder / name
        try:
            is_there = path.is_file() and path.stat().st_size == told["bytes"]
        except OSError as error:
            raise failed(path, error) from None
        if not is_there:
            raise BatchError(f"{path}: {NOT_WRITTEN}")
