"""A text in windows that fit the encoder, cut between paragraphs or sentences where one ends in time."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.extract.tagging.tokens import PARAGRAPH, Tokens
from claimtrack.extract.tagging.wordpieces import wordpieces

WINDOW = 254
"""Word pieces in a window, without the two that frame it."""

MAX_PIECES = 8
"""Of a longer word (an address, a row of letters) the encoder reads the first pieces only."""


def find_pieces(tokens: Tokens) -> list[tuple[int, ...]]:
    """Give the word pieces of each token, at least one and at most MAX_PIECES."""
    return [wordpieces(word)[:MAX_PIECES] or (100,) for word in tokens.words]


def find_windows(
    tokens: Tokens, pieces: Sequence[tuple[int, ...]], first: int = WINDOW, size: int = WINDOW
) -> tuple[tuple[int, int], ...]:
    """Give the windows of a text as token ranges `[start, stop)` that cover it in order.

    The first window has at most `first` word pieces and the others at most `size`.
    """
    import numpy as np

    reach = np.concatenate([[0], np.cumsum([len(one) for one in pieces])])
    paragraphs = np.flatnonzero(tokens.breaks == PARAGRAPH)
    sentences = np.flatnonzero(tokens.breaks)
    windows = []
    start, limit = 0, first
    while start < len(tokens):
        stop = int(np.searchsorted(reach, reach[start] + limit, side="right")) - 1
        if stop < len(tokens):
            half = int(np.searchsorted(reach, reach[start] + limit // 2))
            for cuts in (paragraphs, sentences):
                last = int(np.searchsorted(cuts, stop, side="right")) - 1
                if last >= 0 and cuts[last] > half:
                    stop = int(cuts[last])
                    break
        windows.append((start, max(stop, start + 1)))
        start, limit = windows[-1][1], size
    return tuple(windows)
