"""Two numbers that belong together: `10-12`, `between 10 and 12`; and those that only stand so, scores and moves."""

from __future__ import annotations

import bisect
import functools
from decimal import Decimal
from fractions import Fraction

from claimtrack.data import load_lexicon
from claimtrack.extract.figures.bounds import find_modifier
from claimtrack.extract.figures.counted import find_counted
from claimtrack.extract.figures.exclusions import is_year
from claimtrack.extract.figures.numerals import Numeral, read_numeral, touches
from claimtrack.extract.figures.units import Unit, find_unit
from claimtrack.extract.values import Number
from claimtrack.text import Words


class Ranges:
    """Finds the upper ends of ranges in the words of one text; `taken` is where its dates stand."""

    def __init__(self, words: Words, stop: int, point: str, taken: list[tuple[int, int]]) -> None:
        self.words, self.stop, self.point, self.taken = words, stop, point, taken
        self._starts = [start for start, _ in taken]

    def date_end(self, index: int) -> int:
        """Give the first word after the date that a word stands in, or the word itself."""
        start = self.words.starts[index]
        place = bisect.bisect_right(self._starts, start) - 1
        if place < 0 or self.taken[place][1] <= start:
            return index
        return max(index + 1, self.words.first_from(self.taken[place][1]))

    def chain_end(self, numeral: Numeral) -> int | None:
        """Give where a score, a telephone number or another chain of numbers ends: `2-1`, `555-0142`, `10-4-3`."""
        words, stop = self.words, self.stop
        place, links = numeral.last + 1, 0
        while place + 1 < stop and words.texts[place] in "-–" and touches(words, place):
            if not (words.texts[place + 1][0].isdigit() and touches(words, place + 1)):
                break
            links += 1
            place += 2
        if links == 0:
            return None
        if links > 1:
            return place
        upper = read_numeral(words, place - 1, stop, self.point)
        if upper is None or numeral.is_word:
            return None
        if upper.value > numeral.value or (upper.scale is not None and numeral.scale is None):
            if find_unit(words, numeral, upper.last, stop) is not None or upper.scale is not None:
                return None
            if find_counted(words, upper.last + 1, stop) is not None and upper.value < 10 * max(1, numeral.value):
                return None
            if find_modifier(words, numeral.first, upper.last, 0, stop)[0] != "exact":
                return None
        return place

    def range_end(self, numeral: Numeral) -> tuple[Numeral | None, int]:
        """Give the upper end of `10-12`, `10 to 12`, `between 10 and 12`, and the last word of the range."""
        words, joint = self.words, numeral.last + 1
        if joint + 1 >= self.stop:
            return None, numeral.last
        mark = words.lower[joint]
        before = words.lower[numeral.first - 1] if numeral.first > 0 else ""
        tight = mark in ("-", "–", "—", "‑") and touches(words, joint) and touches(words, joint + 1)
        if tight and words.lower[joint + 1] == "to" and joint + 3 < self.stop:  # "five-to-six"
            joint, mark = joint + 2, "to"
        spaced = mark == "–" and not tight and words.texts[joint + 1][0].isdigit()
        pair = mark == "or" and numeral.is_word
        if not (tight or spaced or pair or mark == "to" or (mark == "and" and self._opens_range(numeral.first))):
            return None, numeral.last
        if mark == "to" and self._moves(numeral.first):
            return None, numeral.last
        upper, end = self._number_after(joint + 1)
        if upper is None or (upper.value <= self.low(numeral, upper)):
            return None, numeral.last
        if mark == "to" and before in _symbols() and self._shifts(numeral.first):
            return None, numeral.last
        if is_year(words, numeral, None) and before in ("in", "of", "since", "during") and not tight:
            return None, numeral.last
        if pair and Fraction(upper.value) > 2 * Fraction(max(1, numeral.value)):
            return None, numeral.last
        return upper, end

    def far_end(self, numeral: Numeral, unit: Unit) -> tuple[Numeral | None, int]:
        """Give the upper end of a range whose ends both have a unit: `1 percent to 1.5 percent`."""
        words, joint = self.words, unit.last + 1
        mark = words.lower[joint]
        tight = mark in ("-", "–") and touches(words, joint) and touches(words, joint + 1)
        if not (mark == "to" or tight or (mark == "and" and self._opens_range(unit.first))) or joint + 1 >= self.stop:
            return None, unit.last
        if mark == "to" and (self._moves(unit.first) or self._shifts(unit.first)):
            return None, unit.last
        upper, end = self._number_after(joint + 1)
        if upper is None or upper.value <= numeral.value:
            return None, unit.last
        other = find_unit(words, upper, upper.last, self.stop)
        if other is None or other.kind != unit.kind or (other.unit or "").split(" per ")[0] != unit.unit:
            return None, unit.last
        return upper, max(end, other.last)

    def _number_after(self, place: int) -> tuple[Numeral | None, int]:
        words = self.words
        while place + 1 < self.stop and (
            words.texts[place] in _symbols() or (words.texts[place] in "-−" and words.texts[place + 1][0].isdigit())
        ):
            place += 1
        upper = read_numeral(words, place, self.stop, self.point)
        if upper is None or self.date_end(place) > place:
            return None, place
        return upper, upper.last

    def _opens_range(self, first: int) -> bool:
        words = self.words
        place = first - 1
        while place >= 0 and (words.texts[place] in _symbols() or words.lower[place] == "about"):
            place -= 1
        return place >= 0 and words.lower[place] == "between"

    def _moves(self, first: int) -> bool:
        """Tell whether `from 5 to 7` is a move between two values and no range."""
        words, place = self.words, first - 1
        while place >= 0 and words.texts[place] in _symbols():
            place -= 1
        if place < 0 or words.lower[place] != "from":
            return False
        for back in range(place - 1, max(-1, place - 8), -1):
            if words.texts[back] in ".;!?":
                return False
            if words.lower[back] in _moving():
                return True
        return False

    def _shifts(self, first: int) -> bool:
        """Tell whether `by $5 million to $9 million` goes from an amount of change to the level reached."""
        lower = self.words.lower
        return any(lower[place] == "by" or lower[place] in _moving() for place in range(max(0, first - 3), first))

    def low(self, lower: Numeral, upper: Numeral) -> Number:
        """Give the lower end of a range; in "$5-7 billion" the scale belongs to both ends."""
        if upper.scale is None or lower.scale is not None or lower.value >= 1000:
            return lower.value
        return lower.value * upper.scale if isinstance(lower.value, Decimal) else lower.value * Fraction(upper.scale)


@functools.cache
def _symbols() -> frozenset[str]:
    units = load_lexicon("units")
    return frozenset([*units["currency_symbols"], "US", "A", "C", "R", "NZ", "HK"])


@functools.cache
def _moving() -> frozenset[str]:
    changes = load_lexicon("changes")
    return frozenset([*changes["up"], *changes["down"], "going", "went", "moved", "changed", "revised", "goes", "go"])
