"""The labels of tokens: outside, or the beginning or inside of a source, a cue or a content."""

from __future__ import annotations

from typing import Final

LABELS: Final = ("O", "B-SOURCE", "I-SOURCE", "B-CUE", "I-CUE", "B-CONTENT", "I-CONTENT")
"""Label 2k+1 begins a span of kind k and label 2k+2 goes on with it."""

SOURCE, CUE, CONTENT = range(3)
"""The kinds of spans."""


def may_follow(before: int | None, label: int) -> bool:
    """Tell whether a label may stand after another, or first; `I-CUE` only goes on after `B-CUE` or `I-CUE`.

    >>> may_follow(LABELS.index("B-CUE"), LABELS.index("I-CUE")), may_follow(None, LABELS.index("I-CUE"))
    (True, False)
    """
    if label == 0 or label % 2 == 1:
        return True
    return before in (label - 1, label)
