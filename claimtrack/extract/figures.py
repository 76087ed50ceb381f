"""Numbers in a text, exact: `find_figures`.

Numerals in digits and words are read left to right over the words of the text, with what stands around them: a
hedge before, a scale, a unit, and the noun that is counted. Names with a number in them (Embraer 190), years, days
of the month, clock times and numbered things (No. 3) are no figures.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from claimtrack.data import load_lexicon
from claimtrack.extract.noun_phrases import is_day, is_name, is_noun_like, is_word, word_class
from claimtrack.extract.numerals import Numeral, read_numeral
from claimtrack.extract.values import Figure
from claimtrack.models.vocabulary import FigureKind, Modifier
from claimtrack.text import Span, Text, Words


@attrs.frozen(slots=True)
class _Unit:
    """What a number measures, and the last word that says so."""

    kind: FigureKind
    unit: str | None
    last: int
    first: int


def find_figures(text: str | Text, within: Span | None = None) -> tuple[Figure, ...]:
    """Give the figures of a text in their order.

    Spans are half-open and count Unicode code points of `text`; values are exact Decimals. `within` keeps the
    figures that lie inside a span, read in the light of the whole text.

    >>> text = "About 1,200 people fled; repairs cost $3.5 million, 12% more than planned."
    >>> for figure in find_figures(text):
    ...     print(figure.span.of(text), figure.kind, figure.value, figure.unit, figure.what, figure.modifier)
    1,200 count 1200 None people about
    $3.5 million money 3500000 USD None exact
    12% percent 12 percent None exact
    """
    prepared = text if isinstance(text, Text) else Text(text)
    first, stop = 0, len(prepared.words)
    if within is not None:
        first, stop = prepared.words.first_from(within.start), prepared.words.first_from(within.end)
    found = _figures(prepared.words, first, stop)
    return tuple(one for one in found if within is None or within.contains(one.span))


def _figures(words: Words, first: int, stop: int) -> Iterator[Figure]:
    index = first
    while index < stop:
        numeral = read_numeral(words, index, stop)
        if numeral is None:
            index += 1
            continue
        share = _share(words, numeral, stop)
        if share is not None:
            yield share
            index = words.first_from(share.span.end)
            continue
        upper = _range_end(words, numeral, stop)
        last = upper.last if upper is not None else numeral.last
        unit = _unit(words, numeral, last, stop)
        if _is_figure(words, numeral, last, unit, stop):
            yield _figure(words, numeral, upper, unit, first, stop)
        index = max(last, unit.last if unit else last) + 1


def _figure(words: Words, numeral: Numeral, upper: Numeral | None, unit: _Unit | None, floor: int, stop: int) -> Figure:
    last = max(upper.last if upper else numeral.last, unit.last if unit else 0)
    start = min(numeral.first, unit.first) if unit else numeral.first
    counted = _counted(words, last + 1, stop, one=numeral.value == 1) if unit is None else None
    modifier = _modifier(words, start, floor)
    value: dict[str, Any] = {"value": numeral.value, "step": numeral.step}
    if upper is not None:
        value, modifier = {"low": _low_end(numeral, upper), "high": upper.value, "step": upper.step}, "range"
    return Figure(
        span=words.span(start, last),
        kind=unit.kind if unit else "count",
        unit=unit.unit if unit else None,
        what=_text(words, counted),
        modifier=modifier,
        **value,
    )


def _text(words: Words, phrase: tuple[int, int] | None) -> str | None:
    if phrase is None:
        return None
    return " ".join(words.texts[phrase[0] : phrase[1] + 1])


def _share(words: Words, numeral: Numeral, stop: int) -> Figure | None:
    """Give the fraction that `two thirds` and `one in four` write, exactly."""
    after = numeral.last + 1
    if after >= stop or numeral.value != int(numeral.value) or numeral.scale is not None:
        return None
    parts = _lexicon()["parts"].get(words.lower[after])
    last = after
    if parts is None and words.lower[after] == "in" and numeral.is_word and after + 1 < stop:
        other = read_numeral(words, after + 1, stop)
        if other is not None and other.value == int(other.value) and other.value <= 1000:
            parts, last = int(other.value), other.last
    if parts is None or not 0 < numeral.value < parts:
        return None
    counted = _counted(words, last + 1, stop, one=False)
    return Figure(
        span=words.span(numeral.first, last),
        kind="fraction",
        value=Fraction(int(numeral.value), parts),
        what=_text(words, counted),
    )


# --- what stands around a number --------------------------------------------------------------------------------


def _range_end(words: Words, numeral: Numeral, stop: int) -> Numeral | None:
    """Give the upper end of `10-12`, `10 to 12`, `between 10 and 12`."""
    joint = numeral.last + 1
    if joint + 1 >= stop:
        return None
    before = words.lower[numeral.first - 1] if numeral.first > 0 else ""
    mark = words.lower[joint]
    tight = mark in "-–—" and words.starts[joint] == words.ends[numeral.last]
    if not (tight or (mark == "to" and before != "from") or (mark == "and" and before == "between")):
        return None
    following = joint + 1
    if words.texts[following] in _lexicon()["currency_symbols"]:
        following += 1
    upper = read_numeral(words, following, stop)
    return upper if upper is not None and _low_end(numeral, upper) < upper.value else None


def _low_end(lower: Numeral, upper: Numeral) -> Decimal:
    """Give the lower end of a range; in "$5-7 billion" the scale belongs to both ends."""
    if upper.scale is None or lower.scale is not None or lower.value >= 1000:
        return lower.value
    return lower.value * upper.scale


def _unit(words: Words, numeral: Numeral, last: int, stop: int) -> _Unit | None:
    lexicon = _lexicon()
    start = numeral.first
    if start > 0 and words.ends[start - 1] == words.starts[start]:
        symbol = words.texts[start - 1]
        first = start - 1
        if first > 0 and words.ends[first - 1] == words.starts[first]:
            prefixed = words.texts[first - 1] + symbol
            if prefixed in lexicon["currency_symbols"]:
                return _Unit("money", lexicon["currency_symbols"][prefixed], last, first - 1)
        if symbol in lexicon["currency_symbols"]:
            return _Unit("money", lexicon["currency_symbols"][symbol], last, first)
    if words.lower[last].endswith(("-year-old", "-year-olds")):
        return _Unit("age", "year", last, start)
    after = last + 1
    if after >= stop:
        return None
    word = words.lower[after]
    if word in lexicon["percent"]:
        if word == "percent" and after + 1 < stop and words.lower[after + 1] in ("point", "points"):
            return _Unit("percentage_point", "percentage point", after + 1, start)
        return _Unit("percent", "percent", after, start)
    following = words.lower[after + 1] if after + 1 < stop else ""
    if word == "per" and following == "cent":
        return _Unit("percent", "percent", after + 1, start)
    if word == "percentage" and following in ("point", "points"):
        return _Unit("percentage_point", "percentage point", after + 1, start)
    if word == "-" and following in ("year-old", "year-olds"):
        return _Unit("age", "year", after + 1, start)
    if following == "old" and word in ("years", "year"):
        return _Unit("age", "year", after + 1, start)
    if word in lexicon["currency_words"]:
        return _Unit("money", lexicon["currency_words"][word], after, start)
    if word in ("us", "u.s.") and following in ("dollar", "dollars"):
        return _Unit("money", "USD", after + 1, start)
    if word == "°" and following and words.starts[after + 1] == words.ends[after]:
        word, after = word + following, after + 1
    for kind in ("duration", "measure"):
        if word in lexicon["units"][kind]:
            return _Unit(kind, lexicon["units"][kind][word], after, start)
    return None


def _modifier(words: Words, start: int, floor: int) -> Modifier:
    """Give how exact the words before a number say that it is."""
    hedges = _hedges()
    for length in (3, 2, 1):
        if start - length >= floor:
            found = hedges.get(words.lower[start - length : start])
            if found is not None:
                return found
    return "exact"


def _counted(words: Words, index: int, stop: int, one: bool) -> tuple[int, int] | None:
    """Give the noun phrase that is counted: up to four words, ending with its plural."""
    if index < stop and words.lower[index] == "of" and index + 1 < stop:
        index += 2 if words.lower[index + 1] in word_class("determiners") else 1
    last = None
    for place in range(index, min(stop, index + 5)):
        if not is_noun_like(words, place) or not is_word(words, place) or words.texts[place][0].isdigit():
            break
        if _is_plural(words.lower[place]):
            last = place
        elif last is not None:
            break
        elif one and not is_name(words, place):
            return index, place
    return (index, last) if last is not None else None


def _is_plural(word: str) -> bool:
    return word in _lexicon()["plurals"] or (word.endswith("s") and not word.endswith(("ss", "us", "is", "'s")))


# --- what is no figure ------------------------------------------------------------------------------------------


def _is_figure(words: Words, numeral: Numeral, last: int, unit: _Unit | None, stop: int) -> bool:
    before = words.lower[numeral.first - 1] if numeral.first > 0 else ""
    after = words.lower[last + 1] if last + 1 < stop else ""
    touching = numeral.first > 0 and words.ends[numeral.first - 1] == words.starts[numeral.first]
    if unit is not None and unit.kind in ("money", "percent", "percentage_point", "age"):
        return True
    if (touching and before in "+-–/.#:@_") or (after == "/" and words.starts[last + 1] == words.ends[last]):
        return False
    if after in ("a.m", "p.m", "am", "pm", "a.m.", "p.m.", "th", "st", "nd", "rd", "o'clock", "gmt"):
        return False
    if before == "." and words.lower[numeral.first - 2] in ("no", "nos", "art", "vol", "sec"):
        return False
    if _is_day_of_month(words, numeral, last, stop) or before.rstrip(".") in _lexicon()["named_by_number"]:
        return False
    if numeral.is_word and numeral.value == 1:
        return unit is not None or _counts_one(words, numeral, last, stop)
    counted = _counted(words, last + 1, stop, one=False)
    if counted is None and unit is None and (before[:1].isdigit() or after[:1].isdigit()):
        return False  # the groups of a telephone number
    if _looks_like_year(words, numeral, unit, counted):
        return False
    if numeral.first > 0 and _is_inner_name(words, numeral.first - 1):
        # "Embraer 190 plane" has a name before it; "in Aktau 29 people" counts people.
        return unit is not None or (counted is not None and numeral.is_word) or _counts_people(words, counted)
    return not (after == "-" and unit is None and words.starts[last + 1] == words.ends[last])


def _is_inner_name(words: Words, index: int) -> bool:
    """Tell whether a word is written with a capital that its place does not explain."""
    if not is_name(words, index) or is_day(words, index) or words.lower[index] in word_class("determiners"):
        return False
    if words.lower[index] in word_class("prepositions") | word_class("subordinators") | word_class("adverbs"):
        return False
    return index > 0 and words.texts[index - 1] not in '.!?"“”:'


def _counts_people(words: Words, counted: tuple[int, int] | None) -> bool:
    return counted is not None and words.lower[counted[1]] in _lexicon()["plurals"]


def _is_day_of_month(words: Words, numeral: Numeral, last: int, stop: int) -> bool:
    months = word_class("months")
    if numeral.first > 0 and words.lower[numeral.first - 1] in months and is_name(words, numeral.first - 1):
        return True
    after = last + 1
    if after < stop and words.lower[after] == "of":
        after += 1
    return after < stop and words.lower[after] in months and is_name(words, after)


def _looks_like_year(words: Words, numeral: Numeral, unit: _Unit | None, counted: tuple[int, int] | None) -> bool:
    text = words.texts[numeral.first]
    if unit is not None or numeral.last != numeral.first or not (len(text) == 4 and text.isdecimal()):
        return False
    if not 1500 <= int(text) <= 2100:
        return False
    before = words.lower[numeral.first - 1] if numeral.first > 0 else ""
    return counted is None or before in ("in", "since", "by", "the", "of", "from", "until", "for", "to", "and", ",")


def _counts_one(words: Words, numeral: Numeral, last: int, stop: int) -> bool:
    """Tell "one person died" from the pronoun in "one of them", "no one", "one day"."""
    before = words.lower[numeral.first - 1] if numeral.first > 0 else ""
    after = last + 1
    if after >= stop or not is_noun_like(words, after) or is_name(words, after):
        return False
    if before in word_class("determiners") or before in ("no", "the", "this", "that", "which", "any"):
        return False
    return words.lower[after] not in _lexicon()["not_counted_by_one"] and words.lower[after] not in ("of",)


@functools.cache
def _lexicon() -> dict[str, Any]:
    return load_lexicon("numbers")


@functools.cache
def _hedges() -> dict[tuple[str, ...], Modifier]:
    return {tuple(words.split()): modifier for words, modifier in _lexicon()["hedges"]}
