"""Memory stays the same however large the input is: the full sizes are in benchmarks/batch.py."""

from __future__ import annotations

import multiprocessing
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claimtrack import Engine, extract_batch
from claimtrack.batch import extracting, running
from claimtrack.extract import processes
from tests.batch.news import record, write_lines


def peak(news: Path, output: Path, **options: Any) -> int:
    """Give the most bytes that Python held at once while it worked."""
    tracemalloc.start()
    try:
        extract_batch(news, output, tagger="rules", **options)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.slow
@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_the_coordinator_holds_no_more_of_a_long_input_than_of_a_short_one(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Records of 20 kilobytes, of which the longer input has fifteen megabytes more; extraction itself is left out."""
    monkeypatch.setattr(extracting, "extract_claims", lambda article, tagger: extracting.Extraction(article.id, (), ()))

    def news(count: int) -> Path:
        records = (record(number) | {"rest": "x" * 20_000} for number in range(count))
        return write_lines(tmp_path / f"{count}.jsonl", records)

    sizes = {count: peak(news(count), tmp_path / f"{count}", form=form, part_size=100) for count in (50, 150, 900)}
    assert sizes[900] < sizes[150] + 1_000_000
    assert sizes[150] > 20 * 20_000  # that it would be seen


def test_tasks_are_taken_as_they_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_dask_is_given_no_more_tasks_than_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_a_task_ends_when_its_records_are_long(tmp_path: Path) -> None:
    news = write_lines(tmp_path / "news.jsonl", [record(n) | {"rest": "x" * 1_500_000} for n in range(8)])
    records = running.read_records(running.find_inputs([news]))
    assert [len(task.records) for task in running._tasks(records, 1000)] == [3, 3, 2]
