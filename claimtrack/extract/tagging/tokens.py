"""The words of a text as the trained taggers see them: marks made plain, what the look of each word tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from claimtrack.text import Span, Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Codes = NDArray[np.int64]

LOWER, TITLE, UPPER, DIGITS, MARK = range(5)
"""The shape of a token."""

OUTSIDE, INSIDE, OPENING, CLOSING = range(4)
"""Where a token stands to the quotations of the text."""

GOES_ON, SENTENCE, PARAGRAPH, SEAM = range(4)
"""What starts at a token; a seam is a sentence that starts without a space, as in `crash.Putin`."""

_CLITIC = re.compile(r"['’](?:s|re|ve|ll|d|m)\Z", re.IGNORECASE)
_DOUBLE_MARKS: Final = dict.fromkeys("“”„«»‟″「」『』", '"')
_SINGLE_MARKS: Final = dict.fromkeys("‘‹›`´′", "'")
_PLAIN: Final = {**_DOUBLE_MARKS, **_SINGLE_MARKS, "–": "-", "―": "—"}


@attrs.frozen(slots=True, eq=False)
class Tokens:
    """The tokens of a text: `words[i]`, in small letters and with straight marks, stands at `[starts[i], ends[i])`.

    `shapes`, `quotes` and `breaks` are arrays of the codes above. `sentences` and `paragraphs` number the sentence
    and the paragraph that each token stands in.
    """

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    shapes: Codes
    quotes: Codes
    breaks: Codes
    sentences: Codes
    paragraphs: Codes

    def __len__(self) -> int:
        """Give the number of tokens."""
        return len(self.words)

    def span(self, first: int, stop: int) -> Span:
        """Give the span of the tokens `[first, stop)`."""
        return Span(self.starts[first], self.ends[stop - 1])


SPACED: Final = 0.3
"""With so many spaced sentences for each seam, a writer who puts spaces after full stops has lost paragraph breaks."""


def with_lost_paragraphs(tokens: Tokens) -> Tokens:
    """Give the tokens with seams as paragraphs, where the text puts spaces between its other sentences.

    >>> tokens = find_tokens(Text("It fell. It rose.Lind left. Nobody saw it."))
    >>> int(tokens.paragraphs[-1]), int(with_lost_paragraphs(tokens).paragraphs[-1])
    (1, 2)
    """
    import numpy as np

    seams = tokens.breaks == SEAM
    if np.count_nonzero(tokens.breaks == SENTENCE) < SPACED * np.count_nonzero(seams):
        return tokens
    breaks = np.where(seams, PARAGRAPH, tokens.breaks)
    return attrs.evolve(tokens, breaks=breaks, paragraphs=np.cumsum(breaks == PARAGRAPH))


def find_tokens(text: Text) -> Tokens:
    """Give the tokens of a text: its words, with a possessive or shortened verb split off.

    >>> find_tokens(Text("“It’s Ann Silva’s bridge.”")).words
    ('"', 'it', "'s", 'ann', 'silva', "'s", 'bridge', '.', '"')
    """
    import numpy as np

    words, starts, ends, shapes = _split(text)
    size = len(words)
    places = np.asarray(starts, dtype=np.int64)
    quotes = np.zeros(size, dtype=np.int64)
    for one in text.quotations:
        if one.depth == 0:
            first, stop = np.searchsorted(places, (one.span.start, one.span.end))
            quotes[first:stop] = INSIDE
            quotes[first : first + 1] = OPENING
            if one.closed:
                quotes[stop - 1 : stop] = CLOSING
    breaks = np.zeros(size + 1, dtype=np.int64)
    sentence_starts = [one.start for one in text.sentences]
    seams = [start > 0 and not text.string[start - 1].isspace() for start in sentence_starts]
    breaks[np.searchsorted(places, sentence_starts)] = np.where(seams, SEAM, SENTENCE)
    breaks[np.searchsorted(places, [one.start for one in text.paragraphs])] = PARAGRAPH
    breaks = breaks[:size]
    return Tokens(
        words=tuple(words),
        starts=tuple(starts),
        ends=tuple(ends),
        shapes=np.asarray(shapes, dtype=np.int64),
        quotes=quotes,
        breaks=breaks,
        sentences=np.cumsum(breaks > 0),
        paragraphs=np.cumsum(breaks == PARAGRAPH),
    )


def _split(text: Text) -> tuple[list[str], list[int], list[int], list[int]]:
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    shapes: list[int] = []
    found = text.words
    for word, lower, start, end in zip(found.texts, found.lower, found.starts, found.ends, strict=True):
        clitic = _CLITIC.search(word) if "'" in lower else None
        if clitic is not None and clitic.start() > 0:
            cut = clitic.start()
            words += (word[:cut].lower().replace("’", "'"), "'" + word[cut + 1 :].lower())
            starts += (start, start + cut)
            ends += (start + cut, end)
            shapes += (_shape(word[:cut]), LOWER)
        else:
            words.append(_PLAIN.get(lower, lower))
            starts.append(start)
            ends.append(end)
            shapes.append(_shape(word))
    return words, starts, ends, shapes


def _shape(word: str) -> int:
    first = word[0]
    if first.isalpha():
        if not first.isupper():
            return LOWER
        return UPPER if len(word) > 1 and word.isupper() else TITLE
    return DIGITS if first.isdigit() else MARK
