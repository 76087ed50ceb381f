"""How fast claims are found in a large store, how soon changes are seen, and how fast the index is made.

Run `python benchmarks/store_index.py --claims 100000`. Claims are made up from a seed. Each kind of question is asked
with many different values, drawn from the claims themselves, so that each finds something; a time is that of the
question with every claim that it finds read from its file. CPU times are given beside those of the clock where other
programs would disturb it.
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
from made_up import CLAIMS_PER_ARTICLE, make_article, options

from claimtrack.models import Claim
from claimtrack.store import Store
from claimtrack.store.files import FolderHome

ASKED = 40


@attrs.frozen
class Figures:
    """What was measured; times in seconds."""

    questions: dict[str, tuple[float, float, float, float]]
    """For each kind: the median time, the median CPU time, the longest time, and the median number of claims found."""
    rebuild: float
    rebuild_cpu: float
    documents: int
    full_walk: float
    after_replacing: float
    after_editing: float
    missed: int
    size: int
    memory_made: int
    memory_peak: int

    def __str__(self) -> str:
        rate, cpu_rate = self.documents / self.rebuild, self.documents / self.rebuild_cpu
        lines = [f"{'question':40} {'median':>8} {'of CPU':>8} {'longest':>8} {'found':>6}"]
        for question, (*times, found) in self.questions.items():
            lines.append(f"{question:40} {' '.join(f'{one * 1000:5.1f} ms' for one in times)} {found:6.0f}")
        lines += [
            f"rebuild: {rate:,.0f} documents/s by the clock, {cpu_rate:,.0f} by CPU ({self.documents:,} documents)",
            f"full walk, nothing changed: {self.full_walk * 1000:.0f} ms",
            f"refresh by folder times after 10 files were replaced: {self.after_replacing * 1000:.0f} ms",
            f"full walk after an edit in place: {self.after_editing * 1000:.0f} ms; {self.missed} changes missed",
            f"index {self.size / 2**20:.0f} MiB; peak memory {self.memory_peak / 2**20:.0f} MiB, "
            f"{self.memory_made / 2**20:.0f} before the index was made",
        ]
        return "\n".join(lines)


def measure(claims: int, folder: Path, *, seed: int = 1) -> Figures:
    """Give the figures for a store of so many claims made in an empty folder."""
    articles = max(1, claims // CLAIMS_PER_ARTICLE)
    store = Store(folder / "newsroom")
    for _ in store.add_many((make_article(number, seed=seed) for number in range(articles)), batch=3000):
        pass
    memory_made = _peak_memory()
    began, cpu = time.perf_counter(), time.process_time()
    documents = store.reindex().documents
    rebuild, rebuild_cpu = time.perf_counter() - began, time.process_time() - cpu
    full_walk = min(_timed(store.reindex) for _ in range(3))

    random_ = random.Random(seed)
    some = [random_.choice(make_article(random_.randrange(articles), seed=seed)[1]) for _ in range(ASKED)]
    questions = {name: ask(store, [asked(one) for one in some]) for name, asked in QUESTIONS.items()}

    changed = [random_.choice(make_article(number, seed=seed)[1]) for number in random_.sample(range(articles), 10)]
    for claim in changed:
        _replace(store, claim, claim.replace(tags=("replaced",)))
    after_replacing = _timed(lambda: FolderHome(store.folder, create=False).index.look("folders"))
    missed = len(changed) - store.claims(tag="replaced").count()
    path = _path(store, changed[0])
    path.write_text(path.read_text().replace('"replaced"', '"repealed"'))
    after_editing = _timed(store.reindex)
    missed += 1 - store.claims(tag="repealed").count()
    return Figures(
        questions=questions,
        rebuild=rebuild,
        rebuild_cpu=rebuild_cpu,
        documents=documents,
        full_walk=full_walk,
        after_replacing=after_replacing,
        after_editing=after_editing,
        missed=missed,
        size=(store.folder / ".claimtrack/index.sqlite").stat().st_size,
        memory_made=memory_made,
        memory_peak=_peak_memory(),
    )


def _words(claim: Claim) -> str:
    """Give some forty letters of a statement, from its figure on."""
    start = claim.statement.index(str(claim.figures[0].value))
    return claim.statement[start : start + 40]


def _name(claim: Claim) -> str:
    assert claim.speaker is not None
    return claim.speaker.name or ""


QUESTIONS: dict[str, Callable[[Claim], dict[str, Any]]] = {
    "speaker and verdict": lambda claim: {"speaker": _name(claim), "verdict": "false"},
    "speaker": lambda claim: {"speaker": _name(claim)},
    "figure and role or what (67 aboard)": lambda claim: {
        "figure": f"{claim.figures[0].value} {claim.figures[0].role or claim.figures[0].what}"
    },
    "full text (forty letters)": lambda claim: {"text": _words(claim)},
    "full text (number and what)": lambda claim: {"text": f"{claim.figures[0].value} {claim.figures[0].what}"},
    "publisher, month and tag": lambda claim: {
        "publisher": "Harbour Post",
        "tag": "ports",
        "since": claim.id[:7],
        "until": claim.id[:7],
    },
}


def ask(store: Store, asked: list[dict[str, Any]]) -> tuple[float, float, float, float]:
    """Give the median time of questions, the median CPU time, the longest time, and the median number found."""
    store.claims(**asked[0]).count()
    times, cpu_times, found = [], [], []
    for one in asked:
        began, cpu = time.perf_counter(), time.process_time()
        found.append(store.claims(**one).count())
        times.append(time.perf_counter() - began)
        cpu_times.append(time.process_time() - cpu)
    return statistics.median(times), statistics.median(cpu_times), max(times), statistics.median(found)


def _replace(store: Store, claim: Claim, by: Claim) -> None:
    """Put a file in the place of another, as git and most editors do."""
    path = _path(store, claim)
    fresh = path.with_name(".fresh")
    fresh.write_text(by.to_json())
    os.replace(fresh, path)


def _path(store: Store, claim: Claim) -> Path:
    return next(_paths(store, claim))


def _paths(store: Store, claim: Claim) -> Iterator[Path]:
    return store.folder.glob(f"claims/*/{claim.article_id}/{claim.id}.json")


def _timed(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def _peak_memory() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def main() -> None:
    """Measure and print."""
    given = options(__doc__, claims=100_000)
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        print(measure(given.claims, Path(folder), seed=given.seed))


if __name__ == "__main__":
    main()
