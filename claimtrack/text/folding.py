"""A text in the form in which spaces, quotation marks and dashes are the same however they are typed."""

from __future__ import annotations

import bisect
import re
import unicodedata

import attrs

from claimtrack.text.span import Span

# Each alternative that can match spaces takes a bounded number of them, or all: the time stays linear.
_VARIANT = re.compile(
    r"(?P<dash>\s{0,2}(?:[‐‑‒–—―−﹘－]|-{2,3}|(?<=\s)-(?=\s))\s{0,2})"
    r"|(?P<space>[^\S ]\s*| \s+)"
    r"|(?P<double>[“”„‟«»″〝〞＂])"
    r"|(?P<single>[‘’‚‛‹›′`´＇])"
    r"|(?P<ellipsis>…|\.(?: \.){2})"
    r"|(?P<unseen>[\u00ad\u200b-\u200f\u2060\ufeff]+)"
    r"|(?P<composed>[^\W\d_][\u0300-\u036f]{1,8}|[\ufb00-\ufb06])"
)
_PLAIN = {"dash": "-", "space": " ", "double": '"', "single": "'", "ellipsis": "...", "unseen": ""}


@attrs.frozen(slots=True)
class Folded:
    """A folded text, and where each of its pieces stands in the text that it was made from.

    >>> folded = fold("“All safe” –\\n she said")
    >>> folded.string, folded.span(Span(11, 14))
    ('"All safe"-she said', Span(start=14, end=17))
    """

    string: str
    _pieces: tuple[tuple[int, int, int, int], ...]
    """For each replaced piece: its start and end in the folded string, then in the original."""

    def start(self, place: int) -> int:
        """Give the place in the original of the character at a place of the folded string."""
        number = bisect.bisect_right(self._pieces, place, key=lambda piece: piece[0]) - 1
        if number < 0:
            return place
        _, end, before, after = self._pieces[number]
        return before if place < end else after + place - end

    def span(self, span: Span) -> Span:
        """Give the span in the original of a span of the folded string, which is not empty."""
        last = span.end - 1
        number = bisect.bisect_right(self._pieces, last, key=lambda piece: piece[0]) - 1
        if number < 0:
            return span
        _, end, _, after = self._pieces[number]
        return Span(self.start(span.start), after if last < end else after + span.end - end)

    def place(self, original: int) -> int:
        """Give the place in the folded string of a place in the original."""
        number = bisect.bisect_right(self._pieces, original, key=lambda piece: piece[2]) - 1
        if number < 0:
            return original
        start, end, _, after = self._pieces[number]
        return start if original < after else end + original - after


def fold(text: str) -> Folded:
    """Give a text with one kind of space, quotation mark and dash, composed letters, and nothing unseen.

    >>> fold("the  “well\\u00adknown” café").string
    'the "wellknown" café'
    """
    written: list[str] = []
    pieces: list[tuple[int, int, int, int]] = []
    length = done = 0
    for match in _VARIANT.finditer(text):
        kind, found = match.lastgroup, match.group()
        assert kind is not None
        plain = _PLAIN[kind] if kind in _PLAIN else unicodedata.normalize("NFKC", found)
        start = length + match.start() - done
        written += (text[done : match.start()], plain)
        done, length = match.end(), start + len(plain)
        if len(plain) != len(found):
            pieces.append((start, length, match.start(), done))
    written.append(text[done:])
    return Folded("".join(written), tuple(pieces))
