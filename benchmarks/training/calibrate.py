"""Fit the confidence of the trained taggers on the articles that were held out of their training.

    python calibrate.py POLNEAR/train.jsonl ../../claimtrack/data/attribution-confidence.json [--check dev.jsonl]

A logistic regression with a small ridge: an attribution counts as right when it shares half of the tokens of its
content and half of those of its source with one of the annotator's.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from corpus import Document, Gold, read_documents, split_documents

from claimtrack.extract.tagging.confidence import describe_link
from claimtrack.extract.tagging.linking import Link
from claimtrack.extract.tagging.taggers import find_links
from claimtrack.text import Text

RIDGE = 2.0


def examples_of(documents: Sequence[Document], stage: str) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Give what each found attribution looks like, and whether it is right."""
    rows, right = [], []
    for document in documents:
        text = Text(document.text)
        for link, kind in find_links(text, stage):
            rows.append(describe_link(link, kind))
            right.append(any(is_right(link, gold) for gold in document.attributions))
    return list(rows[0]), np.array([list(row.values()) for row in rows]), np.array(right, dtype=np.float64)


def is_right(link: Link, gold: Gold) -> bool:
    """Tell whether an attribution is the annotator's, by half of its content and of its source."""
    content = {place for one in link.content for place in range(one.span.start, one.span.end)}
    source = set(range(link.source.span.start, link.source.span.end)) if link.source else set()
    return _overlap(content, gold["content"]) >= 0.5 and _overlap(source, gold["source"]) >= 0.5


def _overlap(found: set[int], pieces: tuple[tuple[int, int], ...]) -> float:
    wanted = {place for start, end in pieces for place in range(start, end)}
    either = found | wanted
    return len(found & wanted) / len(either) if either else 1.0


def fit(rows: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Give the weights of a logistic regression, by Newton's method."""
    weights = np.zeros(rows.shape[1])
    ridge = np.full(rows.shape[1], RIDGE)
    ridge[0] = 1e-6
    for _ in range(50):
        share = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (share - right) + ridge * weights
        bend = (rows * (share * (1 - share))[:, None]).T @ rows + np.diag(ridge)
        weights -= np.linalg.solve(bend, slope)
    return weights


def reliability(share: np.ndarray, right: np.ndarray) -> list[tuple[float, int, float, float]]:
    """Give for each tenth of confidence: its lower edge, how many, the mean confidence, the share that is right."""
    table = []
    for edge in np.arange(0, 1, 0.1):
        inside = (share >= edge) & (share < edge + 0.1 + 1e-9 * (edge > 0.85))
        if inside.any():
            table.append(
                (round(float(edge), 1), int(inside.sum()), float(share[inside].mean()), float(right[inside].mean()))
            )
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("train", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--check", type=Path, help="a part on which to print the reliability of what was fitted")
    arguments = parser.parse_args()
    _, held_out = split_documents(read_documents(arguments.train))
    fitted = {}
    for stage in ("encoder", "crf"):
        names, rows, right = examples_of(held_out, stage)
        weights = fit(rows, right)
        fitted[stage] = {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}
        print(f"{stage}: {len(right)} attributions, {right.mean():.3f} right")
        if arguments.check:
            _, rows, right = examples_of(read_documents(arguments.check), stage)
        for edge, count, mean, share in reliability(1 / (1 + np.exp(-rows @ weights)), right):
            print(f"  from {edge:.1f}: {count:5d}  mean confidence {mean:.3f}  right {share:.3f}")
    arguments.out.write_text(json.dumps(fitted, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
