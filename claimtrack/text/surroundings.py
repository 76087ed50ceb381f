"""What stands around some words, and how well it fits what stands around a place in another text."""

from __future__ import annotations

import operator
from collections.abc import Callable

import attrs

from claimtrack.text.span import Span

CLEAR = 12
"""By how many characters the surroundings of one place must fit better than those of another."""
MOST_PLACES = 1_000
"""Words that stand more often tell no place."""
_FAR = 2_000
"""How much on either side is compared at most, in characters."""
_SIDE = 64
"""How much of it counts at most."""
_WIDE = 200
"""How far the wider look goes, to each side."""


@attrs.frozen(slots=True)
class Setting:
    """The words with what stood around them, folded: in the whole text before, or in what the anchor keeps of it."""

    string: str
    span: Span
    opens: bool
    """Whether the string starts where the text did."""
    closes: bool
    """Whether it ends where the text did."""

    @property
    def whole(self) -> tuple[bool, bool]:
        """Whether the words start, and end, where a word does."""
        return not is_inside_word(self.string, self.span.start), not is_inside_word(self.string, self.span.end)

    def before(self, length: int) -> str:
        """Give what stands before the words."""
        return self.string[max(0, self.span.start - length) : self.span.start]

    def after(self, length: int) -> str:
        """Give what stands after the words."""
        return self.string[self.span.end : self.span.end + length]

    def agree(self, here: str, span: Span) -> int:
        """Give how many characters around a span are as they were; an edge of the text counts for a dozen."""
        left = common_end(self.string, self.span.start, here, span.start)
        right = common_start(self.string, self.span.end, here, span.end)
        first = self.opens and left == self.span.start == span.start
        last = self.closes and right == len(self.string) - self.span.end == len(here) - span.end
        # One side that fits for long must not outweigh the other: beside a deleted sentence it is the next one's.
        return min(left, _SIDE) + min(right, _SIDE) + CLEAR * (first + last)

    def likeness(self, here: str, place: int) -> float:
        """Give how like the wider surroundings of a place are to those before, from 0 to 1."""
        from rapidfuzz.distance import Indel

        left, right, end = self.before(_WIDE), self.after(_WIDE), place + len(self.span)
        return (
            Indel.normalized_similarity(left, here[max(0, place - len(left)) : place])
            + Indel.normalized_similarity(right, here[end : end + len(right)])
        ) / 2


def is_inside_word(text: str, place: int) -> bool:
    """Tell whether letters or digits stand on both sides of a place."""
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()


def find_all(words: str, whole: tuple[bool, bool], text: str, start: int, stop: int | None = None) -> list[int]:
    """Give where words stand between two places of a text, `MOST_PLACES` at most.

    At each end where they were whole they must be whole: "he" does not stand in "they".
    """
    places: list[int] = []
    stop = len(text) if stop is None else stop
    at = text.find(words, max(0, start), stop)
    while at >= 0 and len(places) < MOST_PLACES:
        inside = is_inside_word(text, at), is_inside_word(text, at + len(words))
        if not any(map(operator.and_, whole, inside)):
            places.append(at)
        at = text.find(words, at + 1, stop)
    return places


def common_start(left: str, at: int, right: str, to: int) -> int:
    """Give how many characters from two places on are equal, `_FAR` at most."""
    return _longest(lambda n: left[at : at + n] == right[to : to + n], min(len(left) - at, len(right) - to, _FAR))


def common_end(left: str, at: int, right: str, to: int) -> int:
    """Give how many characters before two places are equal, `_FAR` at most."""
    return _longest(lambda n: left[at - n : at] == right[to - n : to], min(at, to, _FAR))


def _longest(is_equal: Callable[[int], bool], most: int) -> int:
    """Give the greatest length up to `most` at which `is_equal` holds, which holds for every shorter one too."""
    step = 1
    low = 0
    while low < most:
        tried = min(low + step, most)
        if is_equal(tried):
            low, step = tried, step * 2
        elif step == 1:
            break
        else:
            most, step = tried - 1, 1
    return low
