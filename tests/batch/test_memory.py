"""Memory stays the same however large the input is: the full sizes are in benchmarks/batch.py."""

from __future__ import annotations

import gc
import multiprocessing
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest

from claimtrack import Engine
from claimtrack.batch import running
from claimtrack.extract import processes
from tests.batch.news import record, report, write_lines

SCRIPT = """
import pathlib, sys
from claimtrack import Claim, Extraction, extract_batch
from claimtrack.batch import extracting

def one_long_claim(article, tagger):
    return Extraction(article.id, (Claim(id=article.id + "-0", kind="narration", statement=article.text),), ())

extracting.extract_claims = one_long_claim  # the taggers take their time
batch = extract_batch(sys.argv[1], sys.argv[2], tagger="rules", form=sys.argv[3], part_size=100)
print(batch.records, pathlib.Path("/proc/self/status").read_text("ascii").partition("VmHWM:")[2].split()[0])
"""


def peak(news: Path, count: int, output: Path, form: str) -> float:
    """Give the megabytes that a process of its own had at most while it read so many records."""
    command = [sys.executable, "-c", SCRIPT, news, output, form]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    records, size = map(int, done.stdout.split())
    assert records == count
    return size / 1000


def long_records(count: int) -> Iterator[dict[str, Any]]:
    """Give records of twenty kilobytes that no packing makes small."""
    return ({"text": f"{report(number)} {random.Random(number).randbytes(10_000).hex()}"} for number in range(count))


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="tells memory through /proc")
@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_a_long_input_takes_no_more_memory_than_a_short_one(form: str, tmp_path: Path) -> None:
    """The longer input is twenty-four megabytes longer; what is read and what is written grow with it."""
    peaks = []
    for count in (300, 1500):
        path = tmp_path / f"{count}.{form}"
        if form == "parquet":
            rows = pyarrow.Table.from_pylist(list(long_records(count)))
            pyarrow.parquet.write_table(rows, path, row_group_size=100)
        else:
            write_lines(path, long_records(count))
        assert path.stat().st_size > count * 10_000
        peaks.append(peak(path, count, tmp_path / f"claims{count}", form))
    assert peaks[1] < peaks[0] + 10


def test_tasks_are_taken_as_they_are_needed() -> None:
    taken = 0

    def tasks() -> Iterator[float]:
        nonlocal taken
        for _ in range(1000):
            taken += 1
            yield 0.0

    results = processes.map_in_processes(time.sleep, tasks(), workers=2)
    for done in range(1, 20):
        next(results)
        assert taken <= done + 2 * processes.AHEAD
    results.close()
    assert multiprocessing.active_children() == []


def test_dask_is_given_no_more_tasks_than_it_needs() -> None:
    pytest.importorskip("distributed")
    taken = 0

    def tasks() -> Iterator[float]:
        nonlocal taken
        for _ in range(1000):
            taken += 1
            yield 0.0

    results = Engine("dask", workers=1).map(time.sleep, tasks())
    for done in range(1, 20):
        next(results)
        assert taken <= done + 3
    results.close()


def test_dask_keeps_nothing_of_a_task_that_is_done() -> None:
    """What was sent lies here as bytes: those of the tasks under way, and of one that is being noted."""
    tasks = ("quay " * 20_000 + str(number) for number in range(60))
    kept = []
    for number, _ in enumerate(Engine("dask", workers=1).map(len, tasks)):
        if number in (20, 50):
            gc.collect()
            kept.append(sum(type(one).__name__ == "Serialized" for one in gc.get_objects()))
    assert kept[0] == pytest.approx(kept[1], abs=5)
    assert kept[1] < 15


def test_a_task_ends_when_its_records_are_long(tmp_path: Path) -> None:
    news = write_lines(tmp_path / "news.jsonl", [record(n) | {"rest": "x" * 1_500_000} for n in range(8)])
    records = running.read_records(running.find_inputs([news]))
    assert [len(task.records) for task in running.make_tasks(records, 1000, most=50)] == [3, 3, 2]
