"""Many processes changing the same few claims at once: no update is lost, none is made twice.

Run `python benchmarks/store_contention.py --processes 8 --updates 2000 --claims 50`; `store_database.py` does the same
on a database. Each process takes a step of a claim's life, a note, on the claim as it reads it; on a conflict it reads
again. At the end every note must be in the store once, and every history must hold. Exits 1 on any violation.
"""

from __future__ import annotations

import multiprocessing
import random
import sys
import tempfile
import time
from collections import Counter
from multiprocessing.synchronize import Barrier
from pathlib import Path

import attrs
from made_up import make_article, options

from claimtrack import track
from claimtrack.errors import ConflictError
from claimtrack.store import Store


@attrs.frozen
class Summary:
    """What was seen."""

    updates: int
    conflicts: int
    lost: int
    twice: int
    findings: int
    seconds: float

    @property
    def violations(self) -> int:
        """How much is wrong."""
        return self.lost + self.twice + self.findings

    def __str__(self) -> str:
        rate = self.updates / self.seconds
        return (
            f"{self.updates:,} updates in {self.seconds:.1f} s ({rate:,.0f}/s), {self.conflicts:,} conflicts told\n"
            f"{self.lost} updates lost, {self.twice} made twice, {self.findings} findings"
        )


def contend(processes: int, updates: int, claims: int, where: Path | str, *, seed: int = 1) -> Summary:
    """Give what was seen when so many processes made so many updates each in an empty store."""
    store = Store.open(where)
    ids: list[str] = []
    number = 0
    while len(ids) < claims:
        article, made = make_article(number, seed=seed)
        # A verdict without the step that decided it is a history that does not hold.
        made = tuple(claim.replace(verdict=None, workflow="candidate") for claim in made[: claims - len(ids)])
        store.add(article, made)
        ids += [claim.id for claim in made]
        number += 1
    context = multiprocessing.get_context("spawn")
    start, results = context.Barrier(processes + 1), context.Queue()
    writers = [
        context.Process(target=_update, args=(where, ids, updates, f"{seed}-{number}", start, results))
        for number in range(processes)
    ]
    for writer in writers:
        writer.start()
    start.wait(120)
    began = time.perf_counter()
    conflicts = sum(results.get() for _ in writers)
    seconds = time.perf_counter() - began
    for writer in writers:
        writer.join()
    events = Counter(str(event.why) for claim in store.claims() for event in claim.events)
    wanted = {f"Note {seed}-{process}-{update}." for process in range(processes) for update in range(updates)}
    return Summary(
        updates=len(wanted),
        conflicts=conflicts,
        lost=len(wanted - events.keys()),
        twice=sum(count - 1 for count in events.values()),
        findings=sum(one.severity != "note" for one in store.verify()),
        seconds=seconds,
    )


def _update(
    where: Path | str, ids: list[str], updates: int, name: str, start: Barrier, results: multiprocessing.Queue[int]
) -> None:
    store, random_, conflicts = Store.open(where, create=False), random.Random(name), 0
    start.wait(120)
    for number in range(updates):
        while True:
            claim = store.claim(random_.choice(ids))
            try:
                store.update(claim, track.note, f"Note {name}-{number}.", by=f"desk {name}", at="2025-03-15T09:00:00Z")
            except ConflictError:
                conflicts += 1
            else:
                break
    results.put(conflicts)


def main() -> None:
    """Contend, print, and exit 1 on a violation."""
    given = options(__doc__, processes=8, updates=2000, claims=50)
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        summary = contend(given.processes, given.updates, given.claims, Path(folder, "newsroom"), seed=given.seed)
    print(summary)
    sys.exit(1 if summary.violations else 0)


if __name__ == "__main__":
    main()
