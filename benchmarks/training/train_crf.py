"""Train the linear-chain CRF of the fast tagger on PolNeAR and write it small.

python train_crf.py POLNEAR/train.jsonl ../../claimtrack/data/attribution-fast.npz
"""

from __future__ import annotations

import argparse
import collections
import itertools
import random
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pycrfsuite
from corpus import Document, glue, label_tokens, read_documents, split_documents, vary
from wire import read_wire, write_article

from claimtrack.extract.tagging.features import WordKinds, features_of
from claimtrack.extract.tagging.hints import find_hints
from claimtrack.extract.tagging.labels import LABELS
from claimtrack.extract.tagging.tokens import Tokens, find_tokens
from claimtrack.text import Text

Example = tuple[Tokens, list[str], list[int]]
"""Tokens, what the rules make of them, and their labels."""

SEED = 20
WIRE_ARTICLES = 150
"""How many articles of wire copy are shown."""
LEAST = 0.01
"""Features that weigh less are left out: six in seven, for nothing lost on the held-out articles."""


def examples_of(documents: list[Document]) -> Iterator[Example]:
    """Give tokens and labels of every document and of a glued copy of each, and of wire copy."""
    chance = random.Random(SEED)
    wire = read_wire()
    shapes = list(documents)
    for one in documents:
        dice = chance.random()
        shapes.append(glue(one, sentences=dice < 0.8, chance=chance if dice < 0.2 else None))
    shapes += (vary(write_article(wire, chance), chance) for _ in range(WIRE_ARTICLES))
    for one in shapes:
        text = Text(one.text)
        tokens = find_tokens(text)
        yield tokens, find_hints(text, tokens), label_tokens(tokens, one.attributions)


def learn_kinds(examples: list[Example]) -> WordKinds:
    """Give how often each word stands in a cue and in a source, as buckets."""
    seen: collections.Counter[str] = collections.Counter()
    cue: collections.Counter[str] = collections.Counter()
    source: collections.Counter[str] = collections.Counter()
    for tokens, _, labels in examples:
        seen.update(tokens.words)
        cue.update(word for word, label in zip(tokens.words, labels, strict=True) if label in (3, 4))
        source.update(word for word, label in zip(tokens.words, labels, strict=True) if label in (1, 2))

    def buckets(part: collections.Counter[str]) -> dict[str, int]:
        # Two pseudo-counts: a word seen once in a cue is no sure cue.
        shares = {word: part[word] / (seen[word] + 2) for word in part if part[word] > 1}
        return {word: int(np.searchsorted((0.02, 0.08, 0.2, 0.45, 0.7), share)) for word, share in shares.items()}

    cues, sources = ({word: kind for word, kind in sorted(buckets(one).items()) if kind} for one in (cue, source))
    return WordKinds(cues, sources)


def train(
    examples: list[Example], kinds: WordKinds, iterations: int
) -> tuple[list[tuple[str, np.ndarray]], np.ndarray]:
    """Give the weights: for each column the strings with their rows, and the transitions."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.0, "c2": 1.0, "feature.minfreq": 3, "max_iterations": iterations})
    for tokens, hints, labels in examples:
        rows = list(
            zip(
                *([f"{k:02d}{one}" for one in column] for k, column in enumerate(features_of(tokens, kinds, hints))),
                strict=True,
            )
        )
        cuts = [*np.flatnonzero(tokens.breaks == 2), len(tokens)]
        for start, stop in itertools.pairwise(cuts):
            trainer.append(rows[start:stop], [str(label) for label in labels[start:stop]])
    with tempfile.NamedTemporaryFile(suffix=".crfsuite") as file:
        trainer.train(file.name)
        tagger = pycrfsuite.Tagger()
        tagger.open(file.name)
        info = tagger.info()
    states: dict[str, np.ndarray] = {}
    for (feature, label), weight in info.state_features.items():
        states.setdefault(feature, np.zeros(len(LABELS), np.float32))[int(label)] = weight
    transitions = np.zeros((len(LABELS), len(LABELS)), np.float32)
    for (before, after), weight in info.transitions.items():
        transitions[int(before), int(after)] = weight
    return sorted(states.items()), transitions


def write(out: Path, states: list[tuple[str, np.ndarray]], transitions: np.ndarray, kinds: WordKinds) -> None:
    """Write the weights in eight bits each, without the features that weigh next to nothing."""
    weights = np.stack([row for _, row in states])
    # A constant over the labels changes nothing, so the spread is what a feature weighs.
    weights -= weights.mean(axis=1, keepdims=True)
    heavy = np.abs(weights).max(axis=1)
    kept = np.flatnonzero(heavy >= LEAST)
    scales = (heavy[kept] / 127).astype(np.float16)
    np.savez_compressed(
        out,
        names=_stored(states[index][0] for index in kept),
        weights=np.round(weights[kept] / scales[:, None].astype(np.float32)).clip(-127, 127).astype(np.int8),
        scales=scales,
        transitions=transitions,
        cue=_stored(f"{kind}{word}" for word, kind in kinds.cue.items()),
        source=_stored(f"{kind}{word}" for word, kind in kinds.source.items()),
    )
    print(f"{len(kept)} of {len(states)} features, {out.stat().st_size} bytes")


def _stored(lines: Iterable[str]) -> np.ndarray:
    return np.frombuffer("\n".join(lines).encode(), np.uint8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("train", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--iterations", type=int, default=90)
    arguments = parser.parse_args()
    documents, _ = split_documents(read_documents(arguments.train))
    examples = list(examples_of(documents))
    kinds = learn_kinds(examples)
    write(arguments.out, *train(examples, kinds, arguments.iterations), kinds)


if __name__ == "__main__":
    main()
