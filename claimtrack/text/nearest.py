"""Where in a text a passage stands that was changed: the stretch that is most like it, in time linear in the text.

Words and pairs of words of the passage vote for the places where it would have to start (the diagonals of an
alignment); only the few best places are aligned word by word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from difflib import Match, SequenceMatcher
from functools import cached_property

import attrs

from claimtrack.text.span import Span

_WORD = re.compile(r"\w+|[^\w\s]")
_BAND = 48
_MOST_PLACES = 40
"""A word that stands more often than this in a text tells no place."""
_MOST_WORDS = 400
"""Longer passages are looked for by their first and last words: aligning takes time that grows with the square."""


@attrs.frozen(slots=True)
class Near:
    """A stretch of a text that is like a passage: how like (1 is equal), and how many edits of a character apart."""

    span: Span
    similarity: float
    distance: int


class Passages:
    """A text, ready to be searched for passages that were changed.

    >>> text = "The ferry sank on Monday. Some 31 people survived, the captain said."
    >>> near = Passages(text).find_nearest("29 people survived", before="Monday. Some ", after=", the captain")[0]
    >>> near.span.of(text), near.distance
    ('31 people survived', 2)
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _words(self) -> tuple[list[str], list[Span]]:
        return _split(self.text)

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: defaultdict[str, list[int]] = defaultdict(list)
        words, spans = self._words
        for word, pair, span in zip(words, _pairs(words), spans, strict=True):
            places[word].append(span.start)
            places[pair].append(span.start)
        return places

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span in self._words[1]]

    def find_nearest(self, passage: str, *, before: str = "", after: str = "") -> tuple[Near, ...]:
        """Give up to three stretches that are like a passage and its surroundings, the likest first."""
        words, spans = _split(before + passage + after)
        first = next((n for n, span in enumerate(spans) if span.end > len(before)), len(spans))
        stop = next((n for n, span in enumerate(spans) if span.start >= len(before) + len(passage)), len(spans))
        if stop - first > _MOST_WORDS:
            half = _MOST_WORDS // 2
            keep = [*range(first + half), *range(stop - half, len(words))]
            words, spans = [words[n] for n in keep], [spans[n] for n in keep]
            stop = first + 2 * half
        length = len(before + passage + after)
        found = {
            near.span: near
            for diagonal in self._diagonals(words, spans, first, stop)
            if (near := self._align(passage, words, first, stop, diagonal, length)) is not None
        }

        def likeness(near: Near) -> float:
            from rapidfuzz.distance import Indel

            start, end = near.span.start, near.span.end
            around = Indel.normalized_similarity(
                before + after, self.text[max(0, start - len(before)) : start] + self.text[end : end + len(after)]
            )
            return near.similarity + around

        return tuple(sorted(found.values(), key=likeness, reverse=True))

    def _diagonals(self, words: list[str], spans: list[Span], first: int, stop: int) -> list[int]:
        """Give the places where the passage's first word would stand, by the votes of its words."""
        votes: defaultdict[int, float] = defaultdict(float)
        for number, (word, pair, span) in enumerate(zip(words, _pairs(words), spans, strict=True)):
            for seen in (word, pair):
                places = self._places.get(seen, ())
                if places and len(places) <= _MOST_PLACES:
                    weight = len(seen) / len(places) * (2 if first <= number < stop else 1)
                    for place in places:
                        votes[(place - span.start) // _BAND] += weight
        ranked = sorted(votes, key=lambda band: (-votes[band] - votes[band - 1] - votes[band + 1], band))
        chosen: list[int] = []
        for band in ranked:
            if all(abs(band - other) > 2 for other in chosen):
                chosen.append(band)
            if len(chosen) == 3:
                break
        return [band * _BAND + _BAND // 2 for band in chosen]

    def _align(self, passage: str, words: list[str], first: int, stop: int, diagonal: int, length: int) -> Near | None:
        """Give the stretch beside a diagonal that the passage's words fall on."""
        import bisect

        from rapidfuzz.distance import Levenshtein

        slack = _BAND + length // 4
        low = bisect.bisect_left(self._starts, diagonal - slack)
        high = bisect.bisect_left(self._starts, diagonal + length + slack)
        here, spans = self._words[0][low:high], self._words[1][low:high]
        blocks = SequenceMatcher(None, words, here, autojunk=False).get_matching_blocks()
        best: Near | None = None
        for start in _starts(blocks, first, stop):
            for end in _ends(blocks, first, stop):
                if 0 <= start <= end < len(spans):
                    span = Span(spans[start].start, spans[end].end)
                    distance = Levenshtein.distance(passage, span.of(self.text))
                    near = Near(span, 1 - distance / max(len(passage), len(span)), distance)
                    if best is None or near.similarity > best.similarity:
                        best = near
        return best


def _starts(blocks: Sequence[Match], first: int, stop: int) -> set[int]:
    """Give the words that may begin the stretch: after the word before the passage, and where its first words fall."""
    found = {block.b + first - block.a for block in blocks if block.a < first <= block.a + block.size}
    inside = [block for block in blocks if first < block.a + block.size and block.a < stop]
    return found | {block.b + first - block.a for block in inside[:2]}


def _ends(blocks: Sequence[Match], first: int, stop: int) -> set[int]:
    """Give the words that may end the stretch: before the word after the passage, and where its last words fall."""
    found = {block.b + stop - block.a - 1 for block in blocks if block.a <= stop < block.a + block.size}
    inside = [block for block in blocks if first < block.a + block.size and block.a < stop]
    return found | {block.b + stop - block.a - 1 for block in inside[-2:]}


def _pairs(words: list[str]) -> list[str]:
    """Give each word with the next one."""
    return [" ".join(words[n : n + 2]) for n in range(len(words))]


def _split(text: str) -> tuple[list[str], list[Span]]:
    matches = list(_WORD.finditer(text))
    return [match.group().casefold() for match in matches], [Span(*match.span()) for match in matches]
