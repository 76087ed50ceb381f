"""How fast the store is, and how much memory it takes, with many claims.

Run `python benchmarks/store_scale.py --claims 100000`. The claims are made up from a seed, twenty to an article, and
added in batches. The yardstick is measured in the same run: the same bytes written to files of the same names with
nothing but open and write. Times depend on the disk; the ratio says what safety costs.
"""

from __future__ import annotations

import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import attrs
from made_up import CLAIMS_PER_ARTICLE, make_article, options

from claimtrack.models import Article, Claim, Document
from claimtrack.store import Store
from claimtrack.store.paths import document_place


@attrs.frozen
class Figures:
    """What was measured; times in seconds."""

    claims: int
    add: float
    raw_write: float
    by_id_median: float
    by_id_p99: float
    listing: float
    listed: int
    validate: float
    findings: int
    add_again: float
    memory_before: int
    memory_peak: int

    def __str__(self) -> str:
        documents = self.claims + self.claims // CLAIMS_PER_ARTICLE
        before, peak = self.memory_before / 2**20, self.memory_peak / 2**20
        return "\n".join(
            (
                f"add in batches      {self.claims / self.add:10,.0f} claims/s ({self.add:.1f} s with their articles)",
                f"  against raw files {self.add / self.raw_write:10.1f} times as long ({self.raw_write:.1f} s)",
                f"claim by id         {self.by_id_median * 1000:10.3f} ms median, {self.by_id_p99 * 1000:.3f} ms p99",
                f"filtered listing    {self.listing:10.1f} s ({self.listed:,} of {self.claims:,} claims asked for)",
                f"add all again       {self.claims / self.add_again:10,.0f} claims/s, nothing changed",
                f"validate            {documents / self.validate:10,.0f} documents/s, {self.findings} findings",
                f"peak memory         {peak:10.0f} MiB ({before:.0f} before adding)",
            )
        )


def measure(claims: int, folder: Path, *, seed: int = 1) -> Figures:
    """Give the figures for a store of so many claims made in an empty folder."""
    articles = max(1, claims // CLAIMS_PER_ARTICLE)
    batch = 300
    memory_before = _peak_memory()
    store = Store(folder / "newsroom")
    add = 0.0
    ids: list[str] = []
    for pairs in _groups(articles, seed):
        began = time.perf_counter()
        for added in store.add_many(pairs, batch=batch):
            ids.extend(id for id, _ in added.outcomes)
        add += time.perf_counter() - began

    random_ = random.Random(seed)
    waits = []
    for id in random_.choices(ids, k=2000):
        began = time.perf_counter()
        store.claim(id)
        waits.append(time.perf_counter() - began)

    began = time.perf_counter()
    listed = sum(1 for _ in store.claims(speaker="Holt", verdict="false"))
    listing = time.perf_counter() - began
    began = time.perf_counter()
    findings = sum(1 for _ in store.validate())
    validate = time.perf_counter() - began
    memory_peak = _peak_memory()

    add_again = 0.0
    for pairs in _groups(articles, seed):
        began = time.perf_counter()
        for added in store.add_many(pairs, batch=batch):
            assert "nothing changed" in str(added), str(added)
        add_again += time.perf_counter() - began
    raw_write = 0.0
    for pairs in _groups(articles, seed):
        documents: list[Document] = [document for article, group in pairs for document in (article, *group)]
        files = [(folder.joinpath("raw", *document_place(one)), one.to_json().encode()) for one in documents]
        began = time.perf_counter()
        _write_raw(files)
        raw_write += time.perf_counter() - began
    return Figures(
        claims=len(ids),
        add=add,
        raw_write=raw_write,
        by_id_median=statistics.median(waits),
        by_id_p99=statistics.quantiles(waits, n=100)[98],
        listing=listing,
        listed=listed,
        validate=validate,
        findings=findings,
        add_again=add_again,
        memory_before=memory_before,
        memory_peak=memory_peak,
    )


def _groups(articles: int, seed: int) -> Iterator[list[tuple[Article, tuple[Claim, ...]]]]:
    """Give the articles in groups that are made up outside the time that is measured."""
    for first in range(0, articles, 150):
        yield [make_article(number, seed=seed) for number in range(first, min(first + 150, articles))]


def _write_raw(files: list[tuple[Path, bytes]]) -> None:
    folder = None
    for path, data in files:
        if path.parent != folder:
            folder = path.parent
            folder.mkdir(parents=True, exist_ok=True)
        with open(path, "wb", buffering=0) as file:
            file.write(data)


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
