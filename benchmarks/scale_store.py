"""How a database and the registry of speakers grow: what is slow at a hundred times the size, and what stays as it is.

Run `python benchmarks/scale_store.py --claims 1000000 --names 300000`. Claims are made up from a seed and put into one
database; at a hundredth, a tenth and all of them the same questions are asked. Names are paired as the registry pairs
them, at three sizes as well. A PostgreSQL server of its own is started in a temporary folder.
"""

from __future__ import annotations

import functools
import itertools
import random
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import psycopg
from made_up import CLAIMS_PER_ARTICLE, make_article, options
from speaker_registry import MIN_SCORE, make_names
from store_index import ASKED, QUESTIONS, ask

from claimtrack.store import Store
from claimtrack.store.home import Batch
from claimtrack.store.paths import Place, document_place
from claimtrack.store.registry.pairing import find_pairs
from tests.postgres_server import PostgresServer, postgres_server

SIZES = (100, 10, 1)
_AT_ONCE = 525
_LARGEST = """
SELECT relname, pg_relation_size(oid) AS size FROM pg_class
WHERE relnamespace = 'claimtrack'::regnamespace AND relkind IN ('r', 'i', 't') ORDER BY size DESC LIMIT 6"""


def grow(server: PostgresServer, claims: int, *, seed: int) -> None:
    """Print what a database of ever more claims costs and how fast it answers."""
    articles = [max(1, claims // size // CLAIMS_PER_ARTICLE) for size in SIZES]
    address = server.new_database()
    with Store.open(address) as store:
        made, done = _documents(seed), 0
        for several in articles:
            began, wanted = time.perf_counter(), several * (1 + CLAIMS_PER_ARTICLE)
            count = wanted - done
            while part := dict(itertools.islice(made, min(_AT_ONCE, wanted - done))):
                store._home.write(functools.partial(Batch.put, documents=part))
                done += len(part)
            seconds = time.perf_counter() - began
            store.reindex()
            print(f"\n{several * CLAIMS_PER_ARTICLE:,} claims, {done:,} documents")
            print(f"  the last {count:,} made and written at {count / seconds:,.0f} documents/s")
            _tell_sizes(address, done)
            _tell_answers(store, several, seed)


def _documents(seed: int) -> Iterator[tuple[Place, bytes]]:
    for number in itertools.count():
        article, claims = make_article(number, seed=seed)
        for document in (article, *claims):
            yield document_place(document), document.to_json().encode()


def _tell_sizes(address: str, documents: int) -> None:
    with psycopg.connect(address) as connection:
        ((size,),) = connection.execute("SELECT pg_database_size(current_database())")
        largest = connection.execute(_LARGEST).fetchall()
    print(f"  {size / 2**20:,.0f} MiB, {size / documents / 1000:.1f} kB a document; the largest:")
    print("   ", ", ".join(f"{name} {bytes / 2**20:,.0f}" for name, bytes in largest))


def _tell_answers(store: Store, articles: int, seed: int) -> None:
    random_ = random.Random(seed)
    some = [random_.choice(make_article(random_.randrange(articles), seed=seed)[1]) for _ in range(ASKED)]
    for name, asked in QUESTIONS.items():
        median, _, longest, found = ask(store, [asked(one) for one in some])
        print(f"  {name:40} {median * 1000:6.1f} ms, longest {longest * 1000:7.1f} ms, {found:.0f} found")
    token = store.changes().token
    for name, action in (
        ("one claim by its id", lambda: store.claim(some[0].id)),
        ("what changed since", lambda: store.changes(since=token)),
        ("everybody who speaks (reads every claim)", store.registry.find_speakers),
    ):
        began = time.perf_counter()
        action()
        print(f"  {name:40} {(time.perf_counter() - began) * 1000:6.1f} ms")
    print(f"  peak memory of this process {_peak_memory() / 2**20:,.0f} MiB")


def pair(names: int) -> None:
    """Print how long names take that are paired with each other."""
    print("\nnames of speakers, paired")
    for size in SIZES:
        speakers = make_names(max(2, names // size))
        began = time.process_time()
        matches = find_pairs(speakers, min_score=MIN_SCORE)
        seconds = time.process_time() - began
        print(
            f"  {len(speakers):9,} names: {seconds:7.1f} CPU s, {seconds / len(speakers) * 1e6:5.0f} µs a name, "
            f"{len(matches):,} pairs, {_peak_memory() / 2**20:,.0f} MiB"
        )


def _peak_memory() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def main() -> None:
    """Measure and print."""
    given = options(__doc__, claims=1_000_000, names=300_000)
    pair(given.names)
    with postgres_server(durable=True, folder=given.folder) as server:
        grow(server, given.claims, seed=given.seed)


if __name__ == "__main__":
    main()
