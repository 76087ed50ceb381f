"""ClaimReview measured: objects a second beside pydantic alone, a review in a megabyte of page, and mutated objects.

python benchmarks/exchange.py                  speed
python benchmarks/exchange.py --mutations 10000   each mutated object held to its promises
python benchmarks/exchange.py --real           findings by code on the real objects under CLAIMTRACK_SHARED
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from claimtrack import check_claimreview, from_claimreview, read_claimreviews, to_claimreview
from claimtrack.models import Claim
from tests.exchange.mutations import FULL
from tests.exchange.reviews import DIRTY, page_of, real_reviews


def rate(work: Callable[[Any], Any], items: list[Any]) -> float:
    """Give items a second of CPU time, the best of five rounds of at least half a second."""
    best = 0.0
    for _ in range(5):
        done, began = 0, time.process_time()
        while (took := time.process_time() - began) < 0.5:
            for item in items:
                work(item)
            done += len(items)
        best = max(best, done / took)
    return best


def measure_speed() -> None:
    sets = {"own, with every mapped field": [FULL], "own, dirty": [row["review"] for row in DIRTY]}
    if real_reviews():
        sets["real"] = real_reviews()
    for name, reviews in sets.items():
        texts = [json.dumps(review, ensure_ascii=False) for review in reviews if "\\ud83d" not in json.dumps(review)]
        claims = [from_claimreview(review) for review in reviews]
        stored = [claim.to_json() for claim in claims]
        ours, text = rate(from_claimreview, reviews), rate(from_claimreview, texts)
        back, model = rate(to_claimreview, claims), rate(Claim.model_validate_json, stored)
        checked = rate(check_claimreview, reviews)
        print(
            f"{name}: from {ours:,.0f}/s (text {text:,.0f}/s), to {back:,.0f}/s, check {checked:,.0f}/s; "
            f"pydantic reads the claims at {model:,.0f}/s ({ours / model:.2f} of it)"
        )
    paragraph = "<div class='story'><p>The quay was paid for by the port.</p><img alt=\"a 'b'\"></div>\n" * 6000
    page = f"<html><body>{paragraph}{page_of(FULL)}{paragraph}</body></html>"
    found = rate(lambda text: read_claimreviews(text=text), [page])
    print(f"one review in a page of {len(page):,} characters: {1000 / found:.1f} ms")


def measure_mutations(count: int) -> None:
    from hypothesis import HealthCheck, Phase, given, settings

    from tests.exchange.losses import held
    from tests.exchange.mutations import mutated

    counts: Counter[str] = Counter()
    objects = 0

    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(mutated())
    def run(review: dict[str, Any]) -> None:
        nonlocal objects
        objects += 1
        counts.update({finding.code for finding in held(review)})

    run()
    print(f"{objects:,} mutated objects: no traceback, every loss a finding")
    print_codes(counts)


def count_real() -> None:
    reviews = real_reviews()
    counts: Counter[str] = Counter()
    equal = 0
    for review in reviews:
        equal += json.dumps(to_claimreview(from_claimreview(review))) == json.dumps(review)
        counts.update({finding.code for finding in check_claimreview(review)})
    print(f"{len(reviews)} real objects, {equal} come back equal")
    verdicts = Counter(str(from_claimreview(review).reviews[0].verdict) for review in reviews)
    print(", ".join(f"{name} {count}" for name, count in verdicts.most_common()))
    print_codes(counts)


def print_codes(counts: Counter[str]) -> None:
    for code, count in sorted(counts.items()):
        print(f"| `{code}` | {count} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutations", type=int)
    parser.add_argument("--real", action="store_true")
    options = parser.parse_args()
    if options.mutations:
        measure_mutations(options.mutations)
    elif options.real:
        count_real()
    else:
        measure_speed()


if __name__ == "__main__":
    main()
