"""Streams and tables measured: seconds, megabytes a second, and memory at its highest, on one core.

python benchmarks/exchange_stream.py --gigabytes 2        JSON Lines, out and in
python benchmarks/exchange_stream.py --claims 100000      CSV and Parquet, out and in
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from claimtrack import Claim, extract_claims, read_article, read_json_lines, read_table, write_json_lines, write_table

SEEDS = Path(__file__).parents[1] / "seeds"


def claims_of(count: int) -> Iterator[Claim]:
    """Give claims as they are extracted from the example articles, each with an id of its own."""
    articles = [read_article(path) for path in sorted(SEEDS.glob("*.txt"))]
    found = [claim for article in articles for claim in extract_claims(article, tagger="rules")]
    for number in range(count):
        claim = found[number % len(found)]
        yield claim.model_copy(update={"id": f"stream-{number}", "article_id": None})  # checked already: time is ours


def measured(name: str, work: Callable[[], int], path: Path) -> None:
    began, used = time.perf_counter(), time.process_time()
    count = work()
    took, used = time.perf_counter() - began, time.process_time() - used
    size = path.stat().st_size / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    print(
        f"{name}: {count:,} in {took:.1f} s, {used:.1f} s of CPU ({count / used:,.0f}/s); {size:,.0f} MB "
        f"({size / used:.1f} MB/s of CPU); peak memory so far {peak:,.0f} MB",
        flush=True,
    )


def measure_stream(gigabytes: float, folder: Path) -> None:
    path = folder / "claims.jsonl"
    sample = sum(len(claim.model_dump_json(exclude_none=True)) + 1 for claim in claims_of(2000)) / 2000
    count = int(gigabytes * 1e9 / sample)
    measured("JSON Lines out", lambda: write_json_lines(claims_of(count), path), path)
    with path.open("r+b") as file:  # lines that cannot be read, here and there
        for part in range(1, 10):
            file.seek(path.stat().st_size * part // 10)
            file.readline()
            file.write(b"#")
    findings: list[str] = []

    def read() -> int:
        good = 0
        for line in read_json_lines(path, progress=lambda done, size: None):
            good += line.document is not None
            findings.extend(f"{line.number}: {one.code}" for one in line.findings)
        return good

    measured("JSON Lines in", read, path)
    print(f"{len(findings)} bad lines found: {', '.join(findings)}")


def measure_tables(count: int, folder: Path) -> None:
    for name in ("claims.csv", "claims.parquet"):
        path = folder / name
        measured(f"{name} out", lambda path=path: write_table(claims_of(count), path), path)  # type: ignore[misc]
        measured(
            f"{name} in",
            lambda path=path: sum(row.value is not None for row in read_table(path)),  # type: ignore[misc]
            path,
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--gigabytes", type=float)
    parser.add_argument("--claims", type=int)
    parser.add_argument("--folder", type=Path)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=told.folder) as folder:
        if told.claims:
            measure_tables(told.claims, Path(folder))
        if told.gigabytes:
            measure_stream(told.gigabytes, Path(folder))


if __name__ == "__main__":
    main()
