"""How far one coordinator reaches: measured on this machine, and worked out for a cluster by a simulation.

Run `python benchmarks/scale_cluster.py`. Measured are what an article costs a worker, and what it costs the
coordinator: with workers that do nothing but send back results of the usual size, the coordinator is what is waited
for. The simulation gives each of W workers tasks as the Dask engine does, with times drawn from those measured, and
lets one coordinator send and write them in order. What it says of one and two workers stands beside runs of the engine.
"""

from __future__ import annotations

import argparse
import functools
import hashlib
import heapq
import json
import os
import pickle
import random
import resource
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import attrs
from batch_corpus import make_records

from claimtrack.batch import Engine, Progress, extract_batch, running
from claimtrack.batch.extracting import Outcome, Result, Task, extract_task
from claimtrack.batch.inputs import find_inputs
from claimtrack.batch.names import Names
from claimtrack.batch.on_dask import AHEAD
from claimtrack.batch.records import read_records

WORKERS = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
SIZES = (10**6, 10**8)
_KEPT = "CLAIMTRACK_KEPT_RESULTS"
_TASKS = 4000
"""Tasks that are simulated for each number of workers."""


@attrs.frozen
class Costs:
    """What was measured: seconds of each task on a worker, and of the coordinator for each task; articles a task."""

    tasks: tuple[float, ...]
    coordinator: float
    articles: float

    @property
    def worker(self) -> float:
        """The mean of the tasks."""
        return sum(self.tasks) / len(self.tasks)


def simulate(costs: Costs, workers: int, *, tasks: int = _TASKS, seed: int = 1) -> float:
    """Give articles per second for so many workers and one coordinator.

    Tasks start in their order, `AHEAD` for each worker are under way, and results are taken in the order of the tasks.
    """
    draw = random.Random(seed)
    free = [0.0] * workers
    under_way: deque[float] = deque()
    coordinator = 0.0

    def submit() -> None:
        began = max(coordinator, heapq.heappop(free))
        done = began + draw.choice(costs.tasks)
        heapq.heappush(free, done)
        under_way.append(done)

    for number in range(tasks):
        while len(under_way) < min(AHEAD * workers, tasks - number):
            submit()
        coordinator = max(coordinator, under_way.popleft()) + costs.coordinator
    return tasks * costs.articles / coordinator


def measure_tasks(news: Path, tagger: str) -> tuple[list[float], Result, float]:
    """Give the CPU seconds of each task in this process, the largest result, and the articles a task."""
    times, results = [], []
    for task in tasks_of(news):
        began = time.process_time()
        results.append(extract_task(task, tagger=tagger, as_rows=False))
        times.append(time.process_time() - began)
    articles = sum(len(result.outcomes) for result in results) / len(results)
    return times[1:], max(results, key=lambda one: sum(map(_size, one.outcomes))), articles  # the first loads the model


def tasks_of(news: Path) -> Iterator[Task]:
    """Give the tasks of a file, as a batch makes them."""
    return running.make_tasks(read_records(find_inputs((news,))), 1000, most=running.TASK["dask"])


def _size(outcome: Outcome) -> int:
    return sum(len(line) for lines in outcome.rows.values() for line in lines)


def measure_coordinator(news: Path, folder: Path, like: Result) -> float:
    """Give the seconds that an article costs the coordinator, with two workers that do nothing but answer."""
    import scale_cluster  # by this name the workers find it, too

    kept = folder.with_suffix(".pickle")
    kept.write_bytes(pickle.dumps([(one.article, one.rows) for one in like.outcomes if one.article is not None]))
    os.environ[_KEPT] = str(kept)
    with mock.patch.object(running, "extract_task", scale_cluster.answer):
        return _seconds(news, folder, workers=2, tagger="rules")


def answer(task: Task, *, tagger: str, as_rows: bool) -> Result:
    """Give results as they usually are, without any work."""
    outcomes = []
    for record in task.records:
        row, rows = _kept()[record.number % len(_kept())]
        own = {"article_id": f"made-{record.number}", "sha256": hashlib.sha256(b"%d" % record.number).hexdigest()}
        outcomes.append(Outcome(record.number, record.source, row | own, (), rows))
    return Result(task.part, task.digest, task.place, tuple(outcomes))


@functools.cache
def _kept() -> list[tuple[dict[str, Any], Any]]:
    found: list[tuple[dict[str, Any], Any]] = pickle.loads(Path(os.environ[_KEPT]).read_bytes())
    return found


def _seconds(news: Path, folder: Path, *, workers: int, tagger: str) -> float:
    """Give the seconds an article of a run on Dask, from its first answer on: Dask is not started for each."""
    told: list[tuple[float, int]] = []

    def progress(how_far: Progress) -> None:
        told.append((time.perf_counter(), how_far.records))

    extract_batch(news, folder, tagger=tagger, engine=Engine("dask", workers=workers), progress=progress)
    return (told[-1][0] - told[0][0]) / (told[-1][1] - told[0][1])


def measure_ids(count: int) -> None:
    """Print what the list of ids costs, which the coordinator keeps so that each is given once."""
    print("\nids given once each")
    with Names() as names:
        done, began = 0, time.process_time()
        for several in (count // 100, count // 10, count):
            for number in range(done, several):
                names.take(f"made-{number}", hashlib.sha256(b"%d" % number).hexdigest(), number)
            pages, page = (names._database.execute(f"PRAGMA page_{one}").fetchone()[0] for one in ("count", "size"))
            each, done = (time.process_time() - began) / (several - done), several
            began = time.process_time()
            size = pages * page / several
            print(f"  {several:12,} ids: {each * 1e6:.0f} CPU µs for each of the last, {size:.0f} bytes each")


def main() -> None:
    """Measure, simulate and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=4000)
    parser.add_argument("--accurate", type=int, default=800)
    parser.add_argument("--ids", type=int, default=5_000_000)
    given = parser.parse_args()
    measure_ids(given.ids)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for tagger, count in (("fast", given.articles), ("accurate", given.accurate)):
            news = folder / f"{tagger}.jsonl"
            with news.open("w", encoding="utf-8") as file:
                file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in make_records(count))
            times, largest, articles = measure_tasks(news, tagger)
            answered = measure_coordinator(news, folder / f"{tagger}-answered", largest)
            costs = Costs(tuple(times), answered * articles, articles)
            measured = {
                workers: 1 / _seconds(news, folder / f"{tagger}-{workers}", workers=workers, tagger=tagger)
                for workers in (1, 2)
            }
            _tell(tagger, costs, measured)
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")


def _tell(tagger: str, costs: Costs, measured: dict[int, float]) -> None:
    each = costs.worker / costs.articles
    print(f"\n{tagger}: {each * 1000:.2f} CPU ms an article on a worker, ", end="")
    print(f"{costs.coordinator / costs.articles * 1000:.3f} ms on the coordinator; tasks of {costs.articles:.0f}")
    print("  workers  articles/s  efficiency  " + "  ".join(f"{size:.0e} articles" for size in SIZES))
    for workers in WORKERS:
        rate = simulate(costs, workers)
        hours = "  ".join(f"{size / rate / 3600:10,.1f} hours" for size in SIZES)
        told = f"  (measured {measured[workers]:,.0f}/s)" if workers in measured else ""
        print(f"  {workers:7}  {rate:10,.0f}  {rate * each / workers:9.0%}  {hours}{told}")


if __name__ == "__main__":
    main()
