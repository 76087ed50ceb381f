"""A corpus made from a seed: reports put together from the paragraphs of the example articles, each unlike any other.

Names and numbers are drawn anew for each report, so that speakers and figures differ. Where the shared data is beside
the project, or at $CLAIMTRACK_SHARED, every second article is one of PolNeAR's held-out ones under another headline.
"""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from made_up import FIRST, LAST, PUBLISHERS

import claimtrack

ROOT = Path(__file__).parents[1]
POLNEAR = Path(os.environ.get("CLAIMTRACK_SHARED", ROOT.parent / "shared")) / "data" / "polnear" / "dev.jsonl"
SEEDS = ("plane-crash.txt", "harbour-budget.txt", "clinic-audit.md", "wage-survey.json")
PARAGRAPHS = 14
"""As many as make an article of four hundred words."""


def make_records(count: int, *, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Give so many records, always the same ones."""
    seeds = [claimtrack.read_article(ROOT / "seeds" / name) for name in SEEDS]
    names = sorted(
        {
            speaker.name
            for article in seeds
            for claim in claimtrack.extract_claims(article, tagger="fast")
            for speaker in claim.speakers
            if speaker.name and speaker.kind == "person" and len(speaker.name.split()) == 2
        }
    )
    paragraphs = [part for article in seeds for part in article.text.split("\n\n")[1:] if len(part.split()) > 8]
    others = [json.loads(line)["text"] for line in POLNEAR.open(encoding="utf-8")] if POLNEAR.is_file() else []
    for number in range(count):
        drawn = random.Random(f"{seed}/{number}")
        told = {
            "id": f"made-{number}",
            "publisher": drawn.choice(PUBLISHERS),
            "published": f"20{10 + number % 15}-{1 + number % 12:02}-{1 + number % 28:02}",
        }
        headline = f"{drawn.choice(LAST)} report number {number}: what is known by now"
        if others and number % 2:
            body = others[number // 2 % len(others)]
        else:
            body = _renamed("\n\n".join(drawn.sample(paragraphs, PARAGRAPHS)), names, drawn)
        yield told | {"text": f"{headline}\n\n{body}"}


def _renamed(text: str, names: list[str], drawn: random.Random) -> str:
    for name in names:
        first, last = drawn.choice(FIRST), drawn.choice(LAST)
        text = text.replace(name, f"{first} {last}").replace(name.split()[1], last)
    return re.sub(r"(?<![\w.,:])[1-9][0-9]{0,2}(?![\w,:]|\.[0-9])", lambda _: str(drawn.randrange(2, 900)), text)
