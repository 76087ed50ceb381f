"""Words and punctuation marks with their places: parallel lists, because a million small objects are slow."""

from __future__ import annotations

import bisect
import re

import attrs

from claimtrack.text.span import Span

_TOKEN = re.compile(
    r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?|\b[A-Z]\.(?=\s[A-Z])"  # U.S.  J. K. Rowling
    r"|\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Sen|Rep|Gov|St|Jr|Sr|Rev|Hon)\."
    r"|\d+(?:[.,:]\d+)*"
    r"|\w+(?:[’'‑-]\w+)*"
    r"|[^\w\s]"
)


@attrs.frozen(slots=True)
class Words:
    """The words and punctuation marks of a text: `texts[i]` stands at `[starts[i], ends[i])`.

    `lower[i]` is the word in small letters with a straight apostrophe.
    """

    texts: tuple[str, ...]
    lower: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        """Give the number of words and marks."""
        return len(self.texts)

    def first_from(self, offset: int) -> int:
        """Give the index of the first word that starts at or after an offset."""
        return bisect.bisect_left(self.starts, offset)

    def span(self, first: int, last: int) -> Span:
        """Give the span from the first word to the last, both included."""
        return Span(self.starts[first], self.ends[last])


def find_words(text: str) -> Words:
    """Give the words and punctuation marks of a text.

    >>> find_words("Dr. Silva's U.S. team didn't go.").texts
    ('Dr.', "Silva's", 'U.S.', 'team', "didn't", 'go', '.')
    """
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _TOKEN.finditer(text):
        texts.append(match.group())
        starts.append(match.start())
        ends.append(match.end())
    lower = tuple(word.lower().replace("’", "'") for word in texts)
    return Words(tuple(texts), lower, tuple(starts), tuple(ends))
