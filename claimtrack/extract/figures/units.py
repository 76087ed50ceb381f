"""What a number measures: money, percent, time, length, ..., read from the words beside it."""

from __future__ import annotations

import functools
from fractions import Fraction
from typing import Any

import attrs

from claimtrack.data import load_lexicon
from claimtrack.extract.figures.numerals import Numeral, touches
from claimtrack.extract.figures.words import find_figure_words
from claimtrack.models.vocabulary import FigureKind
from claimtrack.text import Words

_ADJECTIVES = frozenset(
    [
        "previous",
        "more",
        "consecutive",
        "straight",
        "full",
        "additional",
        "extra",
        "further",
        "whole",
        "working",
        "long",
    ]
)


@attrs.frozen(slots=True)
class Unit:
    """What a number measures, and the words `[first, last]` that say so (the number's own included)."""

    kind: FigureKind
    unit: str | None
    first: int
    last: int


def find_unit(words: Words, numeral: Numeral, last: int, stop: int) -> Unit | None:
    """Give the unit of a number whose words end at `last` (a range ends later than its first numeral)."""
    first = numeral.first
    before = _currency_before(words, first)
    if before is not None:
        unit, first = before
        after = _match(words, last + 1, stop)
        if after is not None and after[0] == "money":  # "$500 US", "US$5 dollars"
            last = after[2]
        elif last + 1 < stop and words.texts[last + 1] in ("US", "U.S.", "CAD", "AUD") and unit == "USD":
            last += 1
            unit = {"CAD": "CAD", "AUD": "AUD"}.get(words.texts[last], unit)
        return _with_per(words, Unit("money", unit, first, last), stop)
    return _after(words, first, last, stop, numeral.high is not None)


def _currency_before(words: Words, first: int) -> tuple[str, int] | None:
    if first == 0:
        return None
    symbols = _lexicon()["currency_symbols"]
    text = words.texts[first - 1]
    close = touches(words, first)
    if text in _lexicon()["currency_codes"]:
        return {"RMB": "CNY", "YEN": "JPY"}.get(text, text), first - 1
    if text not in symbols or not (close or not text[0].isalpha() or text in ("Rs", "Rs.", "RM")):
        return None
    if first > 1 and words.texts[first - 2] + text in symbols:
        return symbols[words.texts[first - 2] + text], first - 2
    return symbols[text], first - 1


def _after(words: Words, first: int, last: int, stop: int, vague: bool) -> Unit | None:
    place = last + 1
    if place >= stop:
        return None
    if vague and words.lower[place] == "of":  # "millions of dollars"
        place += 1
    hyphen = words.texts[place] in "-‑" and touches(words, place) and touches(words, place + 1)
    if hyphen:
        place += 1
    age = _age(words, place, stop)
    if age is not None:
        return Unit("age", age[0], first, age[1])
    if place >= stop:
        return None
    found = _match(words, place, stop)
    if found is None and words.lower[place] in _ADJECTIVES:  # "50 previous years", "three straight days"
        found = _match(words, place + 1, stop)
        if found is not None and found[0] != "duration":
            found = None
    if found is None and "-a-" in words.lower[place]:  # "a 52,000 barrel-a-day refinery"
        head, _, per = words.lower[place].partition("-a-")
        if (head,) in _forms() and per in _per():
            return Unit("measure", f"{_forms()[(head,)][1]} per {_per()[per]}", first, place)
    if found is None and words.texts[place] in _lexicon()["exact_case"]:
        text = words.texts[place]
        if text[0].isalpha() or touches(words, place):
            found = ("measure", _lexicon()["exact_case"][text], place)
    if found is None:
        return None
    kind, unit, end = found
    if unit == "GBP" and kind == "money" and not _is_money(words, first, last, stop):
        kind, unit = "measure", "pound"
    if unit == "second" and words.lower[end] == "second" and not hyphen and words.texts[last].isalpha():
        return None  # "two second places"
    if end + 1 < stop and words.lower[end + 1] == "old" and kind == "duration":
        return Unit("age", unit, first, end + 1)
    if hyphen and kind == "duration" and end + 2 < stop and words.lower[end + 1 : end + 3] == ("-", "old"):
        return Unit("age", unit, first, end + 2)
    return _with_per(words, Unit(kind, unit, first, end), stop)


def _age(words: Words, place: int, stop: int) -> tuple[str, int] | None:
    """Give the unit and end of `year-old`, `-month-olds`."""
    if place >= stop:
        return None
    head, _, tail = words.lower[place].partition("-")
    if tail in ("old", "olds") and head in ("year", "month", "week", "day", "years"):
        return head.rstrip("s"), place
    return None


def _match(words: Words, place: int, stop: int) -> tuple[FigureKind, str, int] | None:
    """Give kind, unit and last word of the longest unit that starts at a word."""
    forms = _forms()
    for length in (4, 3, 2, 1):
        if place + length <= stop:
            found = forms.get(words.lower[place : place + length])
            if found is not None:
                return found[0], found[1], place + length - 1
    return None


def _is_money(words: Words, first: int, last: int, stop: int) -> bool:
    """Tell pounds of money from pounds of weight."""
    if words.lower[last].rstrip("s") in ("million", "billion", "thousand", "m", "bn", "k"):
        return True
    around = words.lower[max(0, first - 8) : min(stop, last + 8)]
    return any(word in _money_words() for word in around)


def _with_per(words: Words, unit: Unit, stop: int) -> Unit:
    """Take `per gallon`, `a month`, `/kg` along."""
    place = unit.last + 1
    if place + 1 >= stop or unit.kind not in ("money", "measure", "duration", "percent"):
        return unit
    joint = words.lower[place]
    if joint == "-" and words.lower[place + 1].startswith("a-"):  # "the $1-a-day wage"
        every = _per().get(words.lower[place + 1][2:])
        return unit if every is None else attrs.evolve(unit, unit=f"{unit.unit} per {every}", last=place + 1)
    if joint not in ("per", "a", "an", "/", "each", "every") and not (joint == "-" and words.lower[place + 1] == "a"):
        return unit
    after = place + (3 if joint == "-" else 1)
    if joint in ("each", "every") and unit.kind != "money":
        return unit
    for length in (2, 1):
        denominator = "_".join(words.lower[after : after + length])
        singular = _per().get(denominator)
        if singular is not None and after + length <= stop:
            return attrs.evolve(unit, unit=f"{unit.unit} per {singular}", last=after + length - 1)
    return unit


@functools.cache
def _per() -> dict[str, str]:
    forms = _forms()
    per = {}
    for word in _lexicon()["per"]:
        known = forms.get(tuple(word.split("_")))
        per[word] = known[1] if known is not None and known[0] in ("measure", "duration") else word.replace("_", " ")
    per["annum"] = "year"
    return per


@functools.cache
def _money_words() -> frozenset[str]:
    return frozenset(_lexicon()["money_words"])


@functools.cache
def _forms() -> dict[tuple[str, ...], tuple[FigureKind, str]]:
    """Give kind and unit by the words that write it."""
    lexicon = _lexicon()
    forms: dict[tuple[str, ...], tuple[FigureKind, str]] = {}

    def add(written: str, kind: FigureKind, unit: str) -> None:
        for form in written.split():
            forms[find_figure_words(form.replace("_", " ")).lower] = kind, unit

    for group in lexicon["units"].values():
        for unit, (_, written) in group.items():
            add(written, "measure", unit)
    for unit, (_, written) in lexicon["duration"].items():
        add(written, "duration", unit)
    for code in lexicon["currency_codes"]:
        add(code, "money", {"RMB": "CNY", "YEN": "JPY"}.get(code, code))
    for written, code in lexicon["currency_nouns"].items():
        add(written, "money", code)
    for written, code in lexicon["currency_adjectives"].items():
        adjective, _, noun = written.partition(" ")
        plural = noun if noun.endswith("s") else f"{noun}s"
        for one in (noun, plural):
            forms[(*adjective.split("_"), one)] = "money", code
    for unit, written in lexicon["small_money"].items():
        add(written, "money", unit)
    for unit, kind in (("percent", "percent"), ("percentage_point", "percentage_point"), ("basis_point", None)):
        for written in lexicon[unit]:
            add(written, kind or "percentage_point", unit.replace("_", " "))  # type: ignore[arg-type]
    del forms[("percentage",)]
    return forms


@functools.cache
def unit_factor(unit: str) -> tuple[str, Fraction] | None:
    """Give the dimension of a unit and what one of it is in that dimension's base unit, exactly.

    >>> unit_factor("kilometre"), unit_factor("degree celsius")
    (('length', Fraction(1000, 1)), None)
    """
    lexicon = _lexicon()
    for dimension, group in [*lexicon["units"].items(), ("duration", lexicon["duration"])]:
        if unit in group:
            factor = group[unit][0]
            return (dimension, Fraction(factor)) if factor else None
    return None


@functools.cache
def _lexicon() -> dict[str, Any]:
    return load_lexicon("units")
