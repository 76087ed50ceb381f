"""The store beside TinyDB and plain sqlite3, in one run on the same claims.

Run `python benchmarks/store_peers.py --claims 10000` (needs `pip install 'claimtrack[benchmarks]'`). Every system keeps
the same JSON documents. The store answers with validated Claim objects, the others with plain dictionaries; what each
promises after a power cut is printed with its times. TinyDB writes its whole file for each change, so it is given few.
"""

from __future__ import annotations

import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from made_up import CLAIMS_PER_ARTICLE, make_article, options

from claimtrack.models import Article, Claim
from claimtrack.store import Store

Pairs = Sequence[tuple[Article, tuple[Claim, ...]]]


class Peer(Protocol):
    """What is asked of each system."""

    promise: str
    updates: int

    def insert(self, pairs: Pairs) -> None:
        """Keep articles and claims, in batches."""

    def by_id(self, id: str) -> object:
        """Give one claim."""

    def filtered(self, speaker: str, verdict: str) -> int:
        """Give how many claims of a speaker have a verdict, having read them."""

    def text(self, words: str) -> int:
        """Give how many claims have words in their statement, having read them."""

    def update(self, claim: Claim) -> None:
        """Keep another version of a claim."""


class ClaimtrackPeer:
    """This library: files, and the index."""

    promise, updates = "durable, files people can read", 300

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder / "newsroom")

    def insert(self, pairs: Pairs) -> None:
        """Add with the index brought up to date at the end."""
        for _ in self.store.add_many(pairs):
            pass
        self.store.reindex()

    def by_id(self, id: str) -> object:
        """Read its file."""
        return self.store.claim(id)

    def filtered(self, speaker: str, verdict: str) -> int:
        """Ask the index and read what it finds."""
        return self.store.claims(speaker=speaker, verdict=verdict).count()

    def text(self, words: str) -> int:
        """Ask the index and read what it finds."""
        return self.store.claims(text=words).count()

    def update(self, claim: Claim) -> None:
        """Save it under the lock."""
        self.store.save(claim)


class SqlitePeer:
    """One table of JSON texts with columns for what is asked, and FTS5."""

    promise, updates = "durable (WAL, synchronous FULL)", 300

    def __init__(self, folder: Path) -> None:
        self.db = sqlite3.connect(folder / "claims.sqlite")
        self.db.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
            "CREATE TABLE claim (number INTEGER PRIMARY KEY, id TEXT UNIQUE, speaker TEXT, verdict TEXT, json TEXT);"
            "CREATE INDEX asked ON claim (speaker, verdict);"
            "CREATE VIRTUAL TABLE words USING fts5(statement, tokenize = 'trigram')"
        )

    def insert(self, pairs: Pairs) -> None:
        """Insert each batch in a transaction."""
        for start in range(0, len(pairs), 15):
            with self.db:
                for claim in (claim for _, claims in pairs[start : start + 15] for claim in claims):
                    speaker = claim.speaker.name if claim.speaker else None
                    row = (claim.id, speaker, claim.verdict, claim.to_json())
                    cursor = self.db.execute("INSERT INTO claim (id, speaker, verdict, json) VALUES (?, ?, ?, ?)", row)
                    self.db.execute(
                        "INSERT INTO words (rowid, statement) VALUES (?, ?)", (cursor.lastrowid, claim.statement)
                    )

    def _read(self, query: str, *values: str) -> int:
        return len([json.loads(row[0]) for row in self.db.execute(query, values)])

    def by_id(self, id: str) -> object:
        """Select one row."""
        return self._read("SELECT json FROM claim WHERE id = ?", id)

    def filtered(self, speaker: str, verdict: str) -> int:
        """Select by two columns."""
        return self._read("SELECT json FROM claim WHERE speaker = ? AND verdict = ?", speaker, verdict)

    def text(self, words: str) -> int:
        """Match the phrase."""
        return self._read(
            "SELECT json FROM claim WHERE number IN (SELECT rowid FROM words WHERE words MATCH ?)", f'"{words}"'
        )

    def update(self, claim: Claim) -> None:
        """Update one row."""
        with self.db:
            self.db.execute("UPDATE claim SET json = ? WHERE id = ?", (claim.to_json(), claim.id))


class TinyPeer:
    """TinyDB as its documentation has it."""

    promise, updates = "none (no fsync, one file rewritten)", 5

    def __init__(self, folder: Path) -> None:
        import tinydb

        self.asked = tinydb.Query()
        self.db = tinydb.TinyDB(folder / "claims.json")

    def insert(self, pairs: Pairs) -> None:
        """Insert all at once: each call would write the whole file again."""
        self.db.insert_multiple(claim.model_dump(mode="json") for _, claims in pairs for claim in claims)

    def by_id(self, id: str) -> object:
        """Search for one."""
        return self.db.get(self.asked.id == id)

    def filtered(self, speaker: str, verdict: str) -> int:
        """Search with two conditions."""
        return len(
            self.db.search(self.asked.speakers.any(self.asked.name == speaker) & (self.asked.verdict == verdict))
        )

    def text(self, words: str) -> int:
        """Search with a test of the statement."""
        return len(self.db.search(self.asked.statement.test(lambda statement: words in statement)))

    def update(self, claim: Claim) -> None:
        """Update one document."""
        self.db.update(claim.model_dump(mode="json"), self.asked.id == claim.id)


def measure(claims: int, folder: Path, *, seed: int = 1) -> str:
    """Give the table of what each system did in a second."""
    pairs = [make_article(number, seed=seed) for number in range(max(1, claims // CLAIMS_PER_ARTICLE))]
    lines = [
        "| | insert/s | by id/s | filter/s | text/s | update/s | after a power cut |",
        "|---|---|---|---|---|---|---|",
    ]
    found: set[tuple[int, ...]] = set()
    for name, make in (("claimtrack", ClaimtrackPeer), ("sqlite3", SqlitePeer), ("TinyDB", TinyPeer)):
        (folder / name).mkdir()
        rates, answers, promise = _try(make(folder / name), pairs, random.Random(seed))
        found.add(answers)
        told = (f"{rate:,.{1 if rate < 20 else 0}f}" for rate in rates)
        lines.append(f"| {name} | {' | '.join(told)} | {promise} |")
    if len(found) != 1:
        sys.exit(f"the systems found different claims: {found}")
    return "\n".join(lines)


def _try(peer: Peer, pairs: Pairs, random_: random.Random) -> tuple[list[float], tuple[int, ...], str]:
    """Give a system's rates, what it found first, and what it promises."""
    began = time.perf_counter()
    peer.insert(pairs)
    insert = sum(len(made) for _, made in pairs) / (time.perf_counter() - began)
    all_claims = [claim for _, made in pairs for claim in made]
    some = random_.choices(all_claims, k=peer.updates)
    names = [one.speaker.name or "" for one in some if one.speaker]
    texts = [" ".join(one.statement.split()[5:11]) for one in some]
    rates = [
        insert,
        _rate(peer.by_id, [one.id for one in some]),
        _rate(lambda name: peer.filtered(name, "false"), names),
        _rate(peer.text, texts),
        _rate(peer.update, [one.replace(tags=("again",)) for one in some]),
    ]
    answers = (*(peer.filtered(name, "false") for name in names[:5]), *map(peer.text, texts[:5]))
    return rates, answers, peer.promise


def _rate(action: Callable[[Any], object], values: Sequence[Any]) -> float:
    times = []
    for value in values:
        began = time.perf_counter()
        action(value)
        times.append(time.perf_counter() - began)
    return 1 / statistics.median(times)


def main() -> None:
    """Measure and print."""
    given = options(__doc__, claims=10_000)
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        print(measure(given.claims, Path(folder), seed=given.seed))


if __name__ == "__main__":
    main()
