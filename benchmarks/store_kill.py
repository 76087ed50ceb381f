"""Writers killed at random moments: nothing that was reported is lost, and nothing is half.

Run `python benchmarks/store_kill.py --kills 200`. Each round starts a process that adds articles in batches and
reports each one, kills it with SIGKILL at a random moment, opens the store again and looks at every file. The next
writer starts at the first article that was not reported. Exits 1 on any violation.
"""

from __future__ import annotations

import multiprocessing
import random
import re
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

import attrs
from made_up import make_article, options

from claimtrack.store import Store
from claimtrack.store.paths import document_place

KILLS_PER_STORE = 20
LONGEST_LIFE = 0.2
"""Seconds: long enough for several batches."""


@attrs.frozen
class Summary:
    """What was seen."""

    kills: int
    mid_write: int
    reported: int
    files: int
    violations: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(
            (
                f"{self.kills} writers killed, {self.mid_write} of them in the middle of a batch",
                f"{self.reported:,} articles reported as added; {self.files:,} files looked at after the kills",
                f"{len(self.violations)} violations",
                *self.violations,
            )
        )


def add_forever(folder: Path, seed: int, first: int, reports: Connection) -> None:
    """Add articles from `first` on and report the number of each one that is safe."""
    store = Store(folder)
    reports.send_bytes(b"ready")
    numbers = iter(range(first, 1_000_000_000))
    pairs = (make_article(number, seed=seed) for number in range(first, 1_000_000_000))
    for _ in store.add_many(pairs, batch=60):
        reports.send_bytes(str(next(numbers)).encode())


def kill_writers(kills: int, folder: Path, *, seed: int = 1) -> Summary:
    """Give what was seen when so many writers were killed, in stores under an empty folder."""
    random_ = random.Random(seed)
    # A server that has the library loaded forks each writer, so that rounds are short.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["claimtrack.store"])
    mid_write = reported = files = 0
    violations: list[str] = []
    for number in range(kills):
        home = folder / f"newsroom-{number // KILLS_PER_STORE}"
        if number % KILLS_PER_STORE == 0:
            next_article = 0
            Store(home)
        reader, writer = context.Pipe(duplex=False)
        process = context.Process(target=add_forever, args=(home, seed, next_article, writer))
        process.start()
        writer.close()
        reader.recv_bytes()
        time.sleep(random_.uniform(0, LONGEST_LIFE))
        process.kill()
        process.join()
        first, next_article = next_article, _last_report(reader, next_article - 1) + 1
        reader.close()
        process.close()
        reported += next_article - first
        mid_write += any((home / ".claimtrack/tmp").iterdir()) or (home / ".claimtrack/lock").stat().st_size > 0
        seen, wrong = check_store(home, seed, next_article)
        files += seen
        violations.extend(f"kill {number}: {sentence}" for sentence in wrong)
    return Summary(kills, mid_write, reported, files, tuple(violations))


def _last_report(reader: Connection, last: int) -> int:
    while True:
        try:
            last = int(reader.recv_bytes())
        except (EOFError, OSError):
            return last


def check_store(home: Path, seed: int, reported: int) -> tuple[int, list[str]]:
    """Open a store after a kill; give how many files it has, and what is wrong with it."""
    store = Store(home, create=False)
    wrong = [str(finding) for finding in store.validate()]
    wrong.extend(f"{path.name} is left in tmp" for path in (home / ".claimtrack/tmp").iterdir())
    files = [path for top in ("articles", "claims") for path in (home / top).rglob("*.json")]
    # What was not reported may be there too, but whole: the batch that was being written.
    begun = {int(found[1]) for path in files if (found := re.search(r"-number-([0-9]+)-is-late", path.name))}
    expected: dict[Path, bytes] = {}
    for number in begun.union(range(reported)):
        article, claims = make_article(number, seed=seed)
        added = {home.joinpath(*document_place(one)): one.to_json().encode() for one in (article, *claims)}
        if number < reported:
            wrong.extend(f"{path.name} was reported and is not there" for path in added if not path.exists())
        expected.update(added)
    wrong.extend(f"{path.name} is not what was added" for path in files if expected.get(path) != path.read_bytes())
    return len(files), wrong


def main() -> None:
    """Kill, print, and exit 1 on a violation."""
    given = options(__doc__, kills=200)
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        summary = kill_writers(given.kills, Path(folder), seed=given.seed)
    print(summary)
    sys.exit(1 if summary.violations else 0)


if __name__ == "__main__":
    main()
