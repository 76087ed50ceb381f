"""Decoding gives the best legal row of labels, whatever the scores and the neighbours."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.extract.tagging.decoding import best_labels, find_marks, find_sequences, log_marginals
from claimtrack.extract.tagging.labels import CONTENT, CUE, LABELS, SOURCE, may_follow
from claimtrack.extract.tagging.tokens import find_tokens
from claimtrack.text import Span, Text

SIZE = len(LABELS)


def scores(seed: int, length: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 4, (length, SIZE))


def moves(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 2, (SIZE, SIZE))


def whole(rows: np.ndarray) -> np.ndarray:
    return np.ones((1, len(rows)), dtype=bool)


def is_legal(labels: tuple[int, ...]) -> bool:
    return all(may_follow(before, label) for before, label in zip((None, *labels), labels, strict=False))


def worth(labels: tuple[int, ...], rows: np.ndarray, chain: np.ndarray) -> float:
    steps = sum(chain[a, b] for a, b in itertools.pairwise(labels))
    return float(sum(rows[t, label] for t, label in enumerate(labels)) + steps)


@given(st.integers(0, 10**6), st.integers(1, 40))
@settings(max_examples=60, deadline=None)
def test_labels_are_always_legal(seed: int, length: int) -> None:
    rows = scores(seed, length)
    assert is_legal(tuple(best_labels(rows[None], moves(seed), whole(rows))[0].tolist()))


@pytest.mark.parametrize("seed", range(6))
def test_no_other_legal_row_of_labels_is_worth_more(seed: int) -> None:
    rows, chain = scores(seed, 4), moves(seed)
    legal = [labels for labels in itertools.product(range(SIZE), repeat=4) if is_legal(labels)]
    best = max(legal, key=lambda labels: worth(labels, rows, chain))
    assert tuple(best_labels(rows[None], chain, whole(rows))[0].tolist()) == best


@pytest.mark.parametrize("seed", range(3))
def test_marginals_are_the_shares_of_all_legal_rows(seed: int) -> None:
    rows, chain = scores(seed, 4), moves(seed)
    legal = [labels for labels in itertools.product(range(SIZE), repeat=4) if is_legal(labels)]
    weights = np.exp([worth(labels, rows, chain) for labels in legal])
    expected = np.zeros((4, SIZE))
    for labels, weight in zip(legal, weights / weights.sum(), strict=True):
        expected[range(4), labels] += weight
    found = np.exp(log_marginals(rows[None], chain, whole(rows))[0])
    np.testing.assert_allclose(found, expected, atol=1e-9)


def test_marks_are_the_runs_of_labels() -> None:
    """A content goes on over I labels, and a B label starts another."""
    tokens = find_tokens(Text("Silva said the bridge is safe"))
    rows = np.zeros((6, SIZE))
    for index, label in enumerate([1, 3, 5, 6, 5, 6]):
        rows[index, label] = 9
    marks = find_marks(tokens, rows, np.zeros((SIZE, SIZE)))
    assert [(one.kind, one.first, one.stop) for one in marks] == [
        (SOURCE, 0, 1),
        (CUE, 1, 2),
        (CONTENT, 2, 4),
        (CONTENT, 4, 6),
    ]
    assert marks[2].span == Span(11, 21)
    assert all(-0.1 < one.weakest <= one.sure <= 0 for one in marks)


def test_a_paragraph_decodes_the_same_alone_and_among_others() -> None:
    paragraphs = [
        "The mayor said the bridge is safe.",
        "Nobody was hurt, police said on Monday.",
        "Yes.",
    ]
    text = "\n\n".join(paragraphs)
    tokens = find_tokens(Text(text))
    rows, chain = scores(7, len(tokens)), moves(7)
    together = [(one.kind, one.first, one.stop) for one in find_marks(tokens, rows, chain)]
    apart = []
    at = 0
    for paragraph in paragraphs:
        alone = find_tokens(Text(paragraph))
        apart += [(m.kind, m.first + at, m.stop + at) for m in find_marks(alone, rows[at : at + len(alone)], chain)]
        at += len(alone)
    assert together == apart


def test_a_paragraph_without_end_is_decoded_in_parts() -> None:
    tokens = find_tokens(Text("The council met. " * 400))
    sequences = find_sequences(tokens)
    assert max(stop - start for start, stop in sequences) <= 400
    assert sequences[0][0] == 0
    assert all(before[1] == after[0] for before, after in itertools.pairwise(sequences))
    assert sequences[-1][1] == len(tokens)
