"""What the page of an article costs: milliseconds to build it, against extraction, and its size.

    python benchmarks/report.py [FILE ...]

Each figure is the median of several runs in one process, after a first run that loads the tagger and the template.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from claimtrack import extract_claims, read_article, to_html

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
FILES = ("clinic-audit.md", "flood-warning.html", "harbour-budget.txt", "plane-crash.txt", "wage-survey.json")
RUNS = 15


def milliseconds(call: Callable[[], object]) -> float:
    """Give the median of several runs, after one that is not counted."""
    took = []
    for _ in range(RUNS + 1):
        started = time.perf_counter()
        call()
        took.append((time.perf_counter() - started) * 1000)
    return statistics.median(took[1:])


def main() -> None:
    """Print the table."""
    print(f"{'article':24} {'claims':>6} {'extract ms':>10} {'page ms':>8} {'page/extract':>12} {'kB':>5}")
    for path in [Path(name) for name in sys.argv[1:]] or [SEEDS / name for name in FILES]:
        article = read_article(path)
        claims = extract_claims(article)
        extracting = milliseconds(lambda article=article: extract_claims(article))  # type: ignore[misc]
        building = milliseconds(lambda article=article, claims=claims: to_html(article, claims))  # type: ignore[misc]
        size = len(to_html(article, claims).encode()) / 1000
        share = building / extracting
        print(f"{path.name[:24]:24} {len(claims):6} {extracting:10.1f} {building:8.1f} {share:12.2f} {size:5.0f}")


if __name__ == "__main__":
    main()
