"""The best legal row of labels for the scores of a tagger, and how sure each label is.

Viterbi and forward-backward over a linear chain (Rabiner, "A Tutorial on Hidden Markov Models", 1989), for many
sequences at once. Every step is element by element, so a sequence's answer does not depend on its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import attrs

from claimtrack.extract.tagging.labels import LABELS, may_follow
from claimtrack.extract.tagging.tokens import PARAGRAPH, Tokens
from claimtrack.text import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]

_NEVER: Final = -1e6
_TOGETHER: Final = 64
"""Sequences of like length decoded at once: enough to be quick, few enough to bound the memory."""

LONGEST: Final = 400
"""A paragraph of more tokens is decoded in parts, cut where a sentence starts."""


@attrs.frozen(slots=True)
class Mark:
    """A tagged span: the tokens `[first, stop)`, which are `span` in the text, are a source, cue or content.

    `sure` is the mean log-probability of its labels and `weakest` the least of them.
    """

    kind: int
    first: int
    stop: int
    span: Span
    sure: float
    weakest: float


def find_marks(tokens: Tokens, scores: Scores, moves: Scores) -> tuple[Mark, ...]:
    """Give the marks that the best legal labels make, in the order of the text.

    `scores[i]` holds a score for each label of token i and `moves[a, b]` one for label b after label a. Each
    paragraph is decoded on its own, a very long one in parts.
    """
    import numpy as np

    labels = np.zeros(len(scores), dtype=np.int64)
    sure = np.zeros(len(scores))
    sequences = find_sequences(tokens)
    for group in _groups(sequences):
        padded, present, rows = _padded(scores, group)
        best = best_labels(padded, moves, present)
        logs = np.take_along_axis(log_marginals(padded, moves, present), best[:, :, None], axis=2)[:, :, 0]
        labels[rows] = best[present]
        sure[rows] = logs[present]
    return tuple(marks_of(tokens, labels, sure, [start for start, _ in sequences]))


def find_sequences(tokens: Tokens, longest: int = LONGEST) -> tuple[tuple[int, int], ...]:
    """Give the token ranges that are decoded each on its own: paragraphs, the longest ones in parts."""
    import numpy as np

    cuts = [*np.flatnonzero(tokens.breaks == PARAGRAPH).tolist(), len(tokens)]
    sentences = np.flatnonzero(tokens.breaks)
    sequences = []
    start = 0
    for end in cuts:
        while end - start > longest:
            at = int(sentences[np.searchsorted(sentences, start + longest, side="right") - 1])
            stop = at if start < at <= start + longest else start + longest
            sequences.append((start, stop))
            start = stop
        if end > start:
            sequences.append((start, end))
        start = end
    return tuple(sequences)


def best_labels(scores: Scores, moves: Scores, present: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Give the best legal labels `[sequence, token]` of scores `[sequence, token, label]` (Viterbi)."""
    import numpy as np

    legal = _legal(moves)
    count, length, _ = scores.shape
    back = np.zeros(scores.shape, dtype=np.int8)
    best = scores[:, 0] + _opening()
    stay = np.arange(len(LABELS))
    for t in range(1, length):
        paths = best[:, :, None] + legal
        here = present[:, t, None]
        back[:, t] = np.where(here, paths.argmax(axis=1), stay)
        best = np.where(here, paths.max(axis=1) + scores[:, t], best)
    labels = np.zeros((count, length), dtype=np.int64)
    rows = np.arange(count)
    labels[:, -1] = best.argmax(axis=1)
    for t in range(length - 1, 0, -1):
        labels[:, t - 1] = back[rows, t, labels[:, t]]
    return labels


def log_marginals(scores: Scores, moves: Scores, present: NDArray[np.bool_]) -> Scores:
    """Give the logarithm of each label's probability at each token, all legal rows of labels considered."""
    import numpy as np

    legal = np.exp(_legal(moves))
    forward = np.zeros(scores.shape)
    backward = np.zeros(scores.shape)
    weights = np.exp(scores - scores.max(axis=2, keepdims=True))
    state = _shares(weights[:, 0] * np.exp(_opening()))
    forward[:, 0] = state
    length = scores.shape[1]
    for t in range(1, length):
        following = _shares((state[:, :, None] * legal).sum(axis=1) * weights[:, t])
        state = np.where(present[:, t, None], following, state)
        forward[:, t] = state
    state = np.ones(scores[:, 0].shape)
    backward[:, -1] = state
    for t in range(length - 2, -1, -1):
        before = _shares(((state * weights[:, t + 1])[:, None, :] * legal).sum(axis=2))
        state = np.where(present[:, t + 1, None], before, state)
        backward[:, t] = state
    joint = forward * backward
    shares: Scores = np.log(np.maximum(joint / joint.sum(axis=2, keepdims=True), 1e-12))
    return shares


def _shares(weights: Scores) -> Scores:
    total: Scores = weights.sum(axis=1, keepdims=True)
    return weights / total


def _legal(moves: Scores) -> Scores:
    import numpy as np

    size = range(len(LABELS))
    return np.array([[moves[a, b] if may_follow(a, b) else _NEVER for b in size] for a in size])


def _opening() -> Scores:
    import numpy as np

    return np.array([0.0 if may_follow(None, label) else _NEVER for label in range(len(LABELS))])


def _groups(sequences: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    ordered = sorted((one for one in sequences if one[1] > one[0]), key=lambda one: one[1] - one[0])
    for at in range(0, len(ordered), _TOGETHER):
        yield ordered[at : at + _TOGETHER]


def _padded(scores: Scores, group: list[tuple[int, int]]) -> tuple[Scores, NDArray[np.bool_], NDArray[np.int64]]:
    """Give the scores of some sequences side by side, where there is a token, and which tokens they are."""
    import numpy as np

    starts = np.array([start for start, _ in group])
    lengths = np.array([stop - start for start, stop in group])
    steps = np.arange(lengths.max())
    present = steps < lengths[:, None]
    rows = starts[:, None] + steps
    padded = np.zeros((len(group), len(steps), scores.shape[1]))
    padded[present] = scores[rows[present]]
    return padded, present, rows[present]


def marks_of(tokens: Tokens, labels: NDArray[np.int64], sure: Scores, starts: Sequence[int]) -> Iterator[Mark]:
    """Give the spans: each begins at a B label and holds the I labels of its kind that follow in its sequence."""
    import numpy as np

    begins = np.flatnonzero(labels % 2 == 1)
    goes_on = (labels % 2 == 0) & (labels > 0)
    goes_on[list(starts)] = False
    ends = np.append(np.flatnonzero(~goes_on), len(labels))
    stops = ends[np.searchsorted(ends, begins, side="right")]
    for first, stop in zip(begins.tolist(), stops.tolist(), strict=True):
        logs = sure[first:stop]
        span = tokens.span(first, stop)
        yield Mark(int(labels[first]) // 2, first, stop, span, float(logs.mean()), float(logs.min()))
