"""A team's database: how fast a folder is pushed and pulled, claims are found, and sixteen people work on one store.

Run `python benchmarks/store_database.py --claims 95300 --processes 16 --updates 1000`: with their articles that makes
100,000 documents and more. A PostgreSQL server of its own is started in a temporary folder, with the promises that
servers make by default (fsync, synchronous commits). Pushing is set beside what the server takes at most from one
client: the same JSON in one table without any index, by COPY. Exits 1 when a push or a pull leaves anything out, and
on any update that is lost or made twice.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import psycopg
from made_up import CLAIMS_PER_ARTICLE, make_article, options
from store_contention import contend
from store_index import ASKED, QUESTIONS, ask

from claimtrack.store import Shared, Store
from tests.postgres_server import PostgresServer, postgres_server


def share_and_ask(server: PostgresServer, folder: Path, *, claims: int, seed: int) -> int:
    """Print what sharing and asking cost, and give how much is wrong."""
    articles = max(1, claims // CLAIMS_PER_ARTICLE)
    newsroom = Store(folder / "newsroom")
    for _ in newsroom.add_many((make_article(number, seed=seed) for number in range(articles)), batch=3000):
        pass
    documents = articles * (1 + CLAIMS_PER_ARTICLE)
    address = server.new_database()
    limit = _copy(server.new_database(), newsroom.folder)
    wrong = 0
    with Store.open(address) as database:
        pushed = _timed("push", newsroom.push(database, by="desk"), documents, "new")
        print(f"  the same JSON by COPY into a table without an index: {limit:.1f} s; ratio {pushed[0] / limit:.1f}")
        again = _timed("push again", newsroom.push(database, by="desk"), documents, "unchanged")
        desk = Store(folder / "desk")
        pulled = _timed("pull", desk.pull(database, by="desk"), documents, "new")
        wrong += sum(missing for _, missing in (pushed, again, pulled))
        wrong += _differences(newsroom.folder, desk.folder)
        with psycopg.connect(address) as connection:
            ((size,),) = connection.execute("SELECT pg_database_size(current_database())")
        print(f"database {size / 2**20:.0f} MiB, {size / documents / 1000:.1f} kB a document, indexes and all")

        random_ = random.Random(seed)
        some = [random_.choice(make_article(random_.randrange(articles), seed=seed)[1]) for _ in range(ASKED)]
        print(f"{'question':40} {'median':>8} {'longest':>8} {'found':>6}")
        for name, asked in QUESTIONS.items():
            median, _, longest, found = ask(database, [asked(one) for one in some])
            print(f"{name:40} {median * 1000:5.1f} ms {longest * 1000:5.1f} ms {found:6.0f}")
        by_id = [random_.choice(some).id for _ in range(500)]
        began = time.perf_counter()
        for id in by_id:
            database.claim(id)
        print(f"{'one claim by its id':40} {(time.perf_counter() - began) / len(by_id) * 1000:5.1f} ms")
    return wrong


def _timed(what: str, shared: Iterable[Shared], documents: int, outcome: str) -> tuple[float, int]:
    began = time.perf_counter()
    outcomes = Counter(one.outcome for one in shared)
    seconds = time.perf_counter() - began
    told = ", ".join(f"{count:,} {name}" for name, count in outcomes.items())
    print(f"{what}: {told} in {seconds:.1f} s, {documents / seconds:,.0f} documents/s")
    return seconds, documents - outcomes[outcome]  # type: ignore[index]  # the three names here are outcomes


def _copy(address: str, folder: Path) -> float:
    """Give how long the server takes for the same documents at least, from one client."""
    files = [path.read_text("utf-8") for path in folder.rglob("*.json") if path.parent != folder]
    began = time.perf_counter()
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE plain (body jsonb)")
        with connection.cursor().copy("COPY plain FROM STDIN") as copy:
            for body in files:
                copy.write_row((body,))
    return time.perf_counter() - began


def _differences(one: Path, other: Path) -> int:
    """Give how many files of one folder the other does not have, byte for byte."""
    files = [path for path in one.rglob("*.json") if path.parent != one and ".claimtrack" not in path.parts]
    return sum((other / path.relative_to(one)).read_bytes() != path.read_bytes() for path in files)


def main() -> None:
    """Measure and print, and exit 1 where anything is wrong."""
    given = options(__doc__, claims=95_300, processes=16, updates=1000, contended=50)
    with tempfile.TemporaryDirectory(dir=given.folder) as folder, postgres_server(durable=True) as server:
        wrong = share_and_ask(server, Path(folder), claims=given.claims, seed=given.seed)
        print(f"{given.processes} processes, {given.updates} steps each on {given.contended} claims")
        summary = contend(given.processes, given.updates, given.contended, server.new_database(), seed=given.seed)
    print(summary)
    print(f"{wrong} documents left out or different")
    sys.exit(1 if wrong or summary.violations else 0)


if __name__ == "__main__":
    main()
