"""Measure how often each rule stage is right on the PolNeAR training part, and rewrite data/rule_confidence.json.

    python benchmarks/rule_confidence.py

An attribution is right when it is matched to a gold one by the corpus' scorer (content tokens at IoU 0.5 or more,
best first) and the sources agree by the scorer's rule. Where a document stands several times, once per annotator,
the first counts. A stage that the corpus shows fewer than 20 times is left out: its share would be chance.
Needs the shared data beside the project (or at $CLAIMTRACK_SHARED).
"""

from __future__ import annotations

import collections
import importlib.util
import json
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from claimtrack.extract.rules.tagger import tag_by_rules
from claimtrack.text import Text

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("CLAIMTRACK_SHARED", ROOT.parent / "shared"))
FEWEST = 20


def load_scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_attribution", SHARED / "tools" / "score_attribution.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def count_right(part: Path, scorer: Any) -> tuple[collections.Counter[str], collections.Counter[str]]:
    """Give how often each stage was right, and how often it was used."""
    right: collections.Counter[str] = collections.Counter()
    used: collections.Counter[str] = collections.Counter()
    done: set[str] = set()
    for line in part.open(encoding="utf-8"):
        document = json.loads(line)
        if document["id"] in done:
            continue
        done.add(document["id"])
        tokens = scorer.tokens(document["text"])
        gold = [
            {name: scorer.span_tokens(tokens, one.get(name) or []) for name in ("source", "content")}
            for one in document["attributions"]
        ]
        gold = [one for one in gold if one["content"]]
        found = tag_by_rules(Text(document["text"]))
        predicted = [
            {
                "source": scorer.span_tokens(tokens, [[one.source.start, one.source.end]] if one.source else []),
                "content": scorer.span_tokens(tokens, [[piece.start, piece.end] for piece in one.content]),
            }
            for one in found
        ]
        used.update(one.stage for one in found)
        for i, j in scorer.match(gold, predicted, 0.5):
            true, ours = gold[i]["source"], predicted[j]["source"]
            if (not true and not ours) or (true & ours and scorer.iou(true, ours) >= 0.5):
                right[found[j].stage] += 1
    return right, used


def main() -> None:
    part = SHARED / "data" / "polnear" / "train.jsonl"
    if not part.is_file():
        sys.exit(f"{part} is not there; set CLAIMTRACK_SHARED to the folder that holds data/polnear")
    right, used = count_right(part, load_scorer())
    for stage, count in used.most_common():
        print(f"{stage:14} {count:6} {right[stage] / count:.3f}")
    lexicon = {
        "about": "Share of the rule tagger's attributions that were right (half of the content, and the source), "
        "by stage. Made by benchmarks/rule_confidence.py; Apache-2.0.",
        "version": 1,
        "measured_on": "PolNeAR 1.0, training part",
        "share_right": {
            stage: round(right[stage] / count, 2) for stage, count in sorted(used.items()) if count >= FEWEST
        },
    }
    path = ROOT / "claimtrack" / "data" / "rule_confidence.json"
    path.write_text(json.dumps(lexicon, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
