"""How fast the store is, and how much memory it takes, with many claims.

Run `python benchmarks/store_scale.py --claims 100000`. The claims are made up from a seed, twenty to an article, and
added in batches. The yardstick is measured in the same run: the same bytes written to files of the same names with
nothing but open and write. Times depend on the disk; the ratio says what safety costs.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import attrs

from claimtrack.models import Anchor, Article, Claim, ClaimAttribution, ClaimFigure, Document, Reading, Speaker
from claimtrack.store import Store
from claimtrack.store.paths import document_place

FIRST = ("Mira", "Tomas", "Ana", "Ilse", "Karim", "José", "Lena", "Piet")
LAST = ("Holt", "Reyle", "Bell", "van Dorn", "O’Neill", "Sadiq", "Brack", "Quill")
ROLES = ("harbour master", "mayor", "engineer", "spokeswoman of the line", "captain")
PLACES = ("Brackwater", "Port Ellery", "Norhaven", "the valley", "Saltmouth")
PUBLISHERS = ("Harbour Post", "Valley Echo", "Norhaven Courier")
CLAIMS_PER_ARTICLE = 20


def make_article(number: int, *, seed: int = 1) -> tuple[Article, tuple[Claim, ...]]:
    """Give article `number` of a seed and its claims: always the same ones."""
    random_ = random.Random(f"{seed}/{number}")
    day = f"20{10 + number % 16:02}-{1 + number % 12:02}-{1 + number % 28:02}"
    publisher = random_.choice(PUBLISHERS)
    id = f"{day}-{publisher.lower().replace(' ', '-')}-ferry-number-{number}-is-late"
    title = f"Ferry number {number} is late again"
    text = title + "\n\n"
    claims = []
    for _ in range(CLAIMS_PER_ARTICLE):
        name, role = f"{random_.choice(FIRST)} {random_.choice(LAST)}", random_.choice(ROLES)
        count = str(random_.randrange(2, 900))
        words = (
            f"the ferry to {random_.choice(PLACES)} left with {count} passengers on board and lay for "
            f"{random_.randrange(2, 90)} hours off the pier before anybody told the families"
        )
        start = len(text)
        text += f"{words[0].upper()}{words[1:]}, {name}, {role}, said. "
        content = text[start : start + len(words)]
        source, cue = start + len(words) + 2, start + len(words) + 2 + len(name) + 2 + len(role) + 2
        figure = _anchor(text, start + content.index(count), count)
        claims.append(
            Claim(
                id=f"{id}-{start}",
                article_id=id,
                kind="indirect",
                statement=content,
                speakers=(Speaker(name=name, kind="person", role=role, mention=_anchor(text, source, name)),),
                attribution=ClaimAttribution(
                    source=_anchor(text, source, name),
                    cue=_anchor(text, cue, "said"),
                    content=(_anchor(text, start, content),),
                    confidence=0.9,
                    stage="rules",
                    tagger="rules",
                    version="1",
                ),
                figures=(
                    ClaimFigure(anchor=figure, kind="count", value=Decimal(count), what="passengers", role="aboard"),
                ),
                verdict="false" if random_.random() < 0.02 else None,
            )
        )
    article = Article(
        id=id,
        url=f"https://{publisher.lower().replace(' ', '-')}.example/{number}",
        title=title,
        publisher=publisher,
        published=day,
        language="en",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        read=Reading(form="text"),
    )
    return article, tuple(claims)


def _anchor(text: str, start: int, exact: str) -> Anchor:
    return Anchor(start=start, end=start + len(exact), exact=exact, prefix=text[max(0, start - 32) : start])


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
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", help="where to make the store (default: a temporary folder)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        print(measure(options.claims, Path(folder), seed=options.seed))


if __name__ == "__main__":
    main()
