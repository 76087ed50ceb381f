"""Numbers in a text, exact: `find_figures`.

Numerals in digits and words are read left to right, each with what stands around it: a hedge, a scale, a unit, the
noun that is counted and its part in the event. Names with a number in them (Embraer 190), dates, clock times, scores
and numbered things (No. 3) are no figures.
"""

from __future__ import annotations

import functools
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from claimtrack.data import load_lexicon
from claimtrack.extract.dates.finding import calendar_spans
from claimtrack.extract.figures.bounds import find_change, find_modifier
from claimtrack.extract.figures.counted import counts_people, find_counted, find_role, tells_fate
from claimtrack.extract.figures.exclusions import idiom_end, is_clock, is_named, is_year, stands_alone
from claimtrack.extract.figures.linking import Found, link
from claimtrack.extract.figures.numerals import DECIMAL_COMMA, Numeral, may_start, read_numeral, touches
from claimtrack.extract.figures.ranges import Ranges
from claimtrack.extract.figures.units import Unit, find_unit
from claimtrack.extract.figures.words import find_figure_words
from claimtrack.extract.noun_phrases import Phrase, is_name
from claimtrack.extract.values import Figure
from claimtrack.models.vocabulary import FigureKind
from claimtrack.text import Span, Text, Words


def find_figures(text: str | Text, within: Span | None = None, *, language: str = "en") -> tuple[Figure, ...]:
    """Give the figures of a text in their order.

    Spans are half-open and count Unicode code points of `text`; values are exact: a Decimal, or a Fraction for parts.
    `within` keeps the figures that lie inside a span, read in the light of the whole text. `language` tells what a
    comma in a number means: "3,5" is three and a half in German.

    >>> text = "About 1,200 people fled; repairs cost $3.5 million, up at least 12% on the plan."
    >>> for figure in find_figures(text):
    ...     print(figure.span.of(text), figure.kind, figure.value, figure.unit, figure.what, figure.modifier)
    1,200 count 1200 None people about
    $3.5 million money 3500000 USD None exact
    12% percent 12 percent None at_least
    """
    string = (text if isinstance(text, Text) else Text(text)).string
    point = "," if language.partition("-")[0].lower() in DECIMAL_COMMA else "."
    found = link(_Reader(string, within, point).figures())
    return tuple(one.figure for one in found if within is None or within.contains(one.figure.span))


class _Reader:
    """Reads one text from left to right."""

    def __init__(self, string: str, within: Span | None, point: str) -> None:
        self.string = string
        self.words = find_figure_words(string)
        self.point = point
        self.first, self.stop = 0, len(self.words)
        if within is not None:
            self.first, self.stop = self.words.first_from(within.start), self.words.first_from(within.end)
        self.ranges = Ranges(self.words, self.stop, point, calendar_spans(string))

    def figures(self) -> list[Found]:
        """Give the figures, each on its own."""
        words, found = self.words, []
        index = self.first
        ordinals = _lexicon()["ordinals"]
        while index < self.stop:
            if words.lower[index] in ordinals:
                one, index = self._ordinal(index)
            elif may_start(words, index):
                one, index = self._at(index)
            else:
                index += 1
                continue
            if one is not None:
                found.append(one)
        return found

    def _at(self, index: int) -> tuple[Found | None, int]:
        """Give the figure at a word, if any, and where to go on."""
        words, stop = self.words, self.stop
        after_date = self.ranges.date_end(index)
        if after_date > index:
            return None, after_date
        idiom = idiom_end(words, index)
        if idiom is not None:
            return None, idiom
        numeral = read_numeral(words, index, stop, self.point)
        if numeral is None:
            if words.lower[index] == "half":
                return self._share(index, None), index + 1
            parts = _lexicon()["parts"].get(words.lower[index + 1]) if index + 1 < stop else None
            if words.lower[index] == "a" and parts and words.lower[index + 2 : index + 3] == ("of",):
                counted = find_counted(words, index + 2, stop, one=True, part=True)
                return self._part(index, index + 1, Fraction(1, parts), counted), index + 2
            return None, index + 1
        after = numeral.last + 1
        if after < stop and touches(words, after) and words.lower[after] in ("st", "nd", "rd", "th"):
            return self._ordinal(index)
        share = self._share(index, numeral)
        if share is not None:
            return share, share.last + 1
        chain = self.ranges.chain_end(numeral)
        if chain is not None:
            return None, chain
        upper, last = self.ranges.range_end(numeral)
        unit = find_unit(words, numeral, last, stop)
        if upper is None and unit is not None and unit.last + 1 < stop and unit.last > last:
            upper, reached = self.ranges.far_end(numeral, unit)
            if upper is not None:
                unit = attrs.evolve(unit, last=reached)
        end = max(last, unit.last if unit else last)
        return self._figure(numeral, upper, last, unit), end + 1

    # --- figures ------------------------------------------------------------------------------------------------

    def _figure(self, numeral: Numeral, upper: Numeral | None, last: int, unit: Unit | None) -> Found | None:
        words, stop = self.words, self.stop
        start = min(numeral.first, unit.first) if unit else numeral.first
        end = max(last, unit.last if unit else last)
        sign = self._sign(start)
        if unit is None and (upper is None or words.lower[start - 1] in ("aged", "ages")) and self._bare_age(numeral):
            unit = Unit("age", "year", numeral.first, last)
        if unit is not None and unit.kind == "duration" and words.lower[max(0, start - 2) : start] == ("age", "of"):
            unit = attrs.evolve(unit, kind="age")
        if is_clock(words, numeral.first, end, stop):
            return None
        counted = None
        place = end + 1
        if unit is None:
            hyphen = place + 1 < stop and words.texts[place] in "-‑" and touches(words, place)
            if hyphen and touches(words, place + 1):
                counted = self._compound(place + 1)
                if counted is None:
                    return None
            else:
                counted = find_counted(words, place, stop, numeral.value == 1) or self._sort_of(numeral, place)
        elif unit.kind == "percent" and words.lower[place : place + 1] == ("of",):
            counted = find_counted(words, place, stop)
        if unit is None and sign is None:
            fate = counted is None and tells_fate(words, end + 1)  # "40 Killed in Mill Fire"
            if is_year(words, numeral, counted) or is_named(words, numeral, end, counted, stop, fate=fate):
                return None
            if counted is None and not fate and stands_alone(words, numeral, end, stop):
                return None
        kind: FigureKind = unit.kind if unit else "count"
        floor = self._floor(start)
        modifier, hedge = find_modifier(words, sign if sign is not None else start, end, floor, stop)
        if kind == "duration" and words.lower[hedge] == "over" and not _lasts(words.lower[hedge - 1] if hedge else ""):
            modifier = "exact"  # "$84 billion over ten years"
        if modifier == "exact" and counted is not None:
            modifier, _ = find_modifier(words, hedge, counted[1], hedge, stop)  # "200 people or more"
        change = find_change(words, hedge, end if counted is None else counted[1], kind, floor=floor)
        values = self._values(numeral, upper, negative=sign is not None)
        people = (unit is None or unit.kind == "percent") and (counts_people(words, counted) or counted is None)
        role = None
        if people:
            role = find_role(words, hedge, counted[1] if counted else end, stop)
        figure = Figure(
            span=Span(words.starts[sign if sign is not None else start], words.ends[end]),
            kind=kind,
            unit=unit.unit if unit else None,
            what=_text(words, counted),
            role=role,
            modifier="range" if "low" in values else modifier,
            change=change,
            **values,
        )
        return Found(figure, hedge, counted[1] if counted else end, counted, people, words)

    def _floor(self, start: int) -> int:
        """Give the first of the eight words before a number that are in its paragraph: a headline is none of it."""
        starts, ends = self.words.starts, self.words.ends
        lowest = max(0, start - 8)
        for index in range(start, lowest, -1):
            if self.string.count("\n", ends[index - 1], starts[index]) > 1:
                return index
        return lowest

    def _values(self, numeral: Numeral, upper: Numeral | None, negative: bool) -> dict[str, Any]:
        if upper is not None:
            low, high = self.ranges.low(numeral, upper), upper.value
            if negative:
                low = -low
            return {"low": low, "high": high, "step": upper.step}
        if numeral.high is not None:
            return {"low": numeral.value, "high": numeral.high}
        return {"value": -numeral.value if negative else numeral.value, "step": numeral.step}

    def _sign(self, start: int) -> int | None:
        """Give the word that makes a number negative: `-5`, `minus 5`."""
        words = self.words
        place = start - 1
        if place >= 0 and words.texts[place] in "-−" and place > 0 and words.lower[place - 1] == "minus":
            return place - 1
        if place < 0:
            return None
        if words.lower[place] == "minus" and words.texts[start][0] in "0123456789.$€£":
            return place
        if words.texts[place] in ("-", "−") and touches(words, start) and not touches(words, place):
            return place if place == 0 or words.texts[place - 1] != ")" else None
        return None

    def _compound(self, place: int) -> Phrase | None:
        """Give the noun of `a 12-page report`."""
        word = self.words.lower[place]
        if not word.isalpha() or word in (
            "way",
            "off",
            "time",
            "sided",
            "stop",
            "fold",
            "in",
            "and",
            "to",
            "or",
            "bed",
        ):
            return None
        return place, place

    def _sort_of(self, numeral: Numeral, place: int) -> Phrase | None:
        """Give the singular noun of `a 12 page report`."""
        if numeral.is_word or place >= self.stop or self.words.lower[place] not in _compounds():
            return None
        return place, place

    def _bare_age(self, numeral: Numeral) -> bool:
        """Tell whether a number is an age by its place: `Pavol Denk, 34, said`, `aged 34`, `at the age of 34`."""
        words, first, after = self.words, numeral.first, numeral.last + 1
        if (
            numeral.scale is not None
            or not 0 < numeral.value < 125
            or numeral.value != int(numeral.value)
            or first == 0
        ):
            return False
        before = words.lower[first - 1]
        if before == "and" and first > 2 and words.lower[first - 3] == "aged":
            return True
        if before == "aged" or (before in ("age", "ages") and words.lower[after : after + 1] != ("-",)):
            return True
        if before == "of" and words.lower[max(0, first - 2)] in ("age", "ages"):
            return True
        closes = after >= len(words) or words.texts[after] in ",.;)"
        named = first > 1 and words.texts[first - 2][0].isupper() and words.texts[first - 2][-1].islower()
        if before not in (",", "(") or not closes or not named or numeral.is_word:
            return False
        # "Friday, 34," and "in Brel, 34," are no people; two names in a row or a comma after are
        return words.lower[first - 2] not in _calendar_names() and (
            (before == "(" and numeral.value >= 16) or after >= len(words) or words.texts[after] in ",.;"
        ) and (before == "," or first < 4 or is_name(words, first - 3))  # fmt: skip

    def _share(self, index: int, numeral: Numeral | None) -> Found | None:
        """Give the part that `two thirds`, `one in four`, `half of` write, exactly."""
        words, stop = self.words, self.stop
        parts: int | None = None
        top, last = 1, index
        if numeral is None:
            following = words.lower[index + 1] if index + 1 < stop else ""
            if following not in ("of", "the", "its", "their", "his", "her", "those", "all", "our"):
                return None
            if words.lower[max(0, index - 1)] in _HALVES and index > 0:
                return None
            if following == "the" and words.lower[index + 2 : index + 3] in (("time",), ("battle",)):
                return None
            parts = 2
        elif numeral.scale is None and numeral.high is None and numeral.value == int(numeral.value):
            top, last = int(numeral.value), numeral.last
            after = last + 1
            if after + 1 < stop and words.texts[after] in "-‑" and touches(words, after):
                after += 1
            if after >= stop:
                return None
            parts = _lexicon()["parts"].get(words.lower[after])
            if parts is not None and (top == 1 or words.lower[after].endswith("s")):
                last = after
            elif words.lower[after : after + 2] == ("of", "every") or (
                words.lower[after] in ("in", "out") and after + 2 < stop
            ):
                place = after + (2 if words.lower[after] == "out" and words.lower[after + 1] == "of" else 1)
                if words.lower[place] == "every":
                    place += 1
                other = read_numeral(words, place, stop, self.point)
                small = other is not None and other.value == int(other.value) and other.value <= 100_000
                spelt = numeral.is_word or words.lower[after] in ("out", "of") or words.lower[place - 1] == "every"
                dated = other is not None and self.ranges.date_end(place) > place
                if other is None or not small or dated or not (spelt or top == 1):
                    return None
                if find_unit(words, other, other.last, stop) is not None:
                    return None
                parts, last = int(other.value), other.last
            else:
                return None
        if parts is None or not 0 < top < parts:
            return None
        if top == 1 and numeral is not None and not numeral.is_word and last == numeral.last + 1:
            return None
        counted = find_counted(words, last + 1, stop, one=words.lower[last + 1 : last + 2] == ("of",), part=True)
        return self._part(index, last, Fraction(top, parts), counted)

    def _part(self, first: int, last: int, value: Fraction, counted: Phrase | None) -> Found:
        words = self.words
        floor = self._floor(first)
        modifier, hedge = find_modifier(words, first, last, floor, self.stop)
        end = counted[1] if counted else last
        figure = Figure(
            span=words.span(first, last),
            kind="fraction",
            value=value,
            what=_text(words, counted),
            modifier=modifier,
            change=find_change(words, hedge, last, "percent", floor=floor),
        )
        return Found(figure, hedge, end, counted, False, words)

    def _ordinal(self, index: int) -> tuple[Found | None, int]:
        """Give an ordinal that orders something: `the third attack`, `the 21st victim`; or `a third` of it."""
        words = self.words
        lower = words.lower[index]
        value = _lexicon()["ordinals"].get(lower)
        last = index if value is not None else index + 1
        if self.ranges.date_end(index) > index:
            return None, self.ranges.date_end(index)
        before = words.lower[index - 1] if index > 0 else ""
        following = words.lower[last + 1] if last + 1 < self.stop else ""
        if (
            before in ("a", "one", "another")
            and lower in _lexicon()["parts"]
            and following in ("of", "the", "more", "less")
        ):
            counted = find_counted(words, last + 1, self.stop, one=following == "of", part=True)
            return self._part(index - 1, last, Fraction(1, _lexicon()["parts"][lower]), counted), last + 1
        if value is None:
            digits = read_numeral(words, index, index + 1, self.point)
            if digits is None:
                return None, last + 1
            number = digits.value
        else:
            number = Decimal(value)
        lead = (
            before in ("the", "his", "her", "its", "their", "our", "a", "my") or before.endswith("'s") or value is None
        )
        noun = following.isalpha() and following not in _lexicon()["not_ordered"] and lead
        if not noun or (lower == "second" and before in ("a", "per")):
            return None, last + 1
        figure = Figure(span=words.span(index, last), kind="ordinal", value=number, what=words.texts[last + 1])
        return Found(figure, index, last, None, False, words), last + 1


_HALVES = frozenset(
    [
        "first",
        "second",
        "other",
        "latter",
        "former",
        "top",
        "bottom",
        "final",
        "better",
        "back",
        "front",
        "this",
        "that",
        "each",
        "last",
        "early",
    ]
)


def _text(words: Words, phrase: Phrase | None) -> str | None:
    if phrase is None:
        return None
    return " ".join(words.texts[phrase[0] : phrase[1] + 1])


@functools.cache
def _lexicon() -> dict[str, Any]:
    return load_lexicon("numbers")


def _lasts(before: str) -> bool:
    """Tell whether an "over" after this word is a bound: `for over ten years`."""
    return before in _lexicon()["before_over"]


@functools.cache
def _compounds() -> frozenset[str]:
    return frozenset(_lexicon()["compounds"])


@functools.cache
def _calendar_names() -> frozenset[str]:
    words = load_lexicon("words")
    return frozenset([*words["weekdays"], *words["months"]])
