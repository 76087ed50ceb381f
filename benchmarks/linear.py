"""Time extraction on 1, 10 and 100 times a text: a seed article, and texts made to be slow.

    python benchmarks/linear.py [--length 10000]

The last column is how much longer 100 times the text takes; 100 is linear.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path

from claimtrack.extract import extract_claims, find_attributions, find_figures
from claimtrack.extract.dates.finding import find_dates
from claimtrack.read import read_article

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from tests.extract.test_linear import HOSTILE  # noqa: E402 - the same texts as the test, at full size


def seconds(run: Callable[[str], object], text: str) -> float:
    gc.collect()
    started = time.process_time()
    run(text)
    return time.process_time() - started


def row(name: str, run: Callable[[str], object], texts: list[str]) -> None:
    took = [seconds(run, text) for text in texts]
    shown = " ".join(f"{one:10.4f}" for one in took)
    print(f"{name:40} {shown} {took[-1] / max(took[0], 1e-4):8.0f}", flush=True)


def find_all(text: str, tagger: str) -> None:
    find_attributions(text, tagger=tagger)
    find_figures(text)
    find_dates(text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--length", type=int, default=10_000, help="characters of a hostile text at 1 time")
    parser.add_argument("--tagger", default="rules", choices=["accurate", "fast", "rules"])
    arguments = parser.parse_args()
    length, tagger = arguments.length, arguments.tagger
    print(f"{'text':40} {'1 x s':>10} {'10 x s':>10} {'100 x s':>10} {'100x/1x':>8}")
    body = read_article(ROOT / "seeds" / "plane-crash.txt").text.partition("\n\n")[2] + "\n\n"
    find_all(body, tagger)
    row(
        "seed article, to claims",
        lambda text: extract_claims(read_article(text=text, title="Port news", publisher="Port Daily"), tagger=tagger),
        [body, body * 10, body * 100],
    )
    for name, piece in HOSTILE.items():
        text = (piece * (length // len(piece) + 1))[:length]
        row(name, lambda one: find_all(one, tagger), [text, text * 10, text * 100])


if __name__ == "__main__":
    main()
