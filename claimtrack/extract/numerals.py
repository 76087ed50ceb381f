"""One numeral in digits or words, read exactly: `1,200`, `3.5 million`, `twenty-five`, `two dozen`."""

from __future__ import annotations

import functools
import re
from decimal import Decimal
from typing import Any

import attrs

from claimtrack.data import load_lexicon
from claimtrack.text import Words

MAX_DIGITS = 60
"""A longer run of digits is an identifier, not a number that somebody counted."""

_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?\Z")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?\Z")


_AGES = ("-year-old", "-year-olds")


@attrs.frozen(slots=True)
class Numeral:
    """A number as written in the words `[first, last]`, both included.

    `value` is exact and includes `scale` (10**6 for "million"), `step` the precision that the writing shows.
    """

    first: int
    last: int
    value: Decimal
    scale: Decimal | None
    step: Decimal
    is_word: bool


def read_numeral(words: Words, index: int, stop: int) -> Numeral | None:
    """Give the numeral that starts at a word, or None.

    >>> from claimtrack.text import find_words
    >>> words = find_words("3.5 million people")
    >>> read_numeral(words, 0, len(words)).value
    Decimal('3500000')
    """
    text = words.texts[index]
    if text[0].isdigit():
        plain = _from_digits(text)
        if plain is None:
            return None
        return _scaled(words, index, index, plain, stop, is_word=False)
    if words.lower[index] in ("a", "half") and index + 1 < stop:
        return _from_article(words, index, stop)
    if words.lower[index].endswith(_AGES):
        years = _word_value(words.lower[index].rsplit("-year-", 1)[0])
        return None if years is None else Numeral(index, index, years, None, Decimal(1), True)
    if _word_value(words.lower[index]) is None:
        return None
    return _from_words(words, index, stop)


def _from_digits(text: str) -> Decimal | None:
    if len(text) > MAX_DIGITS or not text.isascii():
        return None
    if _GROUPED.match(text):
        return Decimal(text.replace(",", ""))
    return Decimal(text) if _PLAIN.match(text) else None


def _step_of(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(1)


def _scaled(words: Words, first: int, last: int, value: Decimal, stop: int, is_word: bool) -> Numeral:
    """Take the scale along that follows a number: `million`, or `bn` written to it."""
    step, scale = _step_of(value), Decimal(1)
    while last + 1 < stop:
        word = words.lower[last + 1]
        factor = _lexicon()["scales"].get(word)
        if factor is None and words.starts[last + 1] == words.ends[last] and not is_word:
            factor = _lexicon()["scale_letters"].get(word)
        if factor is None:
            break
        scale *= Decimal(factor)
        last += 1
        if scale > Decimal(10) ** 18:
            break
    if scale == 1:
        return Numeral(first, last, value, None, step, is_word)
    return Numeral(first, last, _whole(value * scale), scale, _whole(step * scale), is_word)


def _whole(number: Decimal) -> Decimal:
    """Give a scaled number without the zeros that scaling leaves: 3.5 million is 3500000, not 3500000.0."""
    return Decimal(int(number)) if number == int(number) else number


def _from_article(words: Words, index: int, stop: int) -> Numeral | None:
    """`a dozen`, `a hundred`, `half a million`."""
    word, following = words.lower[index], words.lower[index + 1]
    scales = _lexicon()["scales"]
    if word == "half" and following == "a" and index + 2 < stop and words.lower[index + 2] in scales:
        return attrs.evolve(_scaled(words, index, index + 1, Decimal("0.5"), stop, is_word=True), step=Decimal(1))
    if word == "a" and following in scales:
        return _scaled(words, index, index, Decimal(1), stop, is_word=True)
    return None


def _from_words(words: Words, index: int, stop: int) -> Numeral | None:
    """`twenty-five`, `one hundred and five`, `three million two hundred thousand`."""
    scales = _lexicon()["scales"]
    total, current, last = Decimal(0), Decimal(0), index
    place = index
    while place < stop and place < index + 12:
        word = words.lower[place]
        value = _word_value(word)
        if value is not None:
            if current % 100 != 0 and not (current % 10 == 0 and value < 10 and current % 100 >= 20):
                break  # "two three" are two numbers
            current += value
        elif word in scales:
            factor = Decimal(scales[word])
            if factor <= 100:
                current = (current or 1) * factor
            else:
                total, current = total + (current or 1) * factor, Decimal(0)
        elif word == "and" and place + 1 < stop and _continues(words, place, total, current):
            place += 1
            continue
        else:
            break
        last = place
        place += 1
    scale = Decimal(scales[words.lower[last]]) if last > index and words.lower[last] in scales else None
    return Numeral(index, last, total + current, scale, Decimal(1), True)


def _continues(words: Words, place: int, total: Decimal, current: Decimal) -> bool:
    """Tell whether an "and" stands inside a number: `one hundred and five`, not `two and three`."""
    value = _word_value(words.lower[place + 1])
    return value is not None and value < 100 and words.lower[place - 1] in ("hundred", "thousand", "million")


@functools.cache
def _word_value(word: str) -> Decimal | None:
    numbers = _lexicon()["words"]
    if word in numbers:
        return Decimal(numbers[word])
    tens, hyphen, ones = word.partition("-")
    if hyphen and numbers.get(tens, 0) >= 20 and 0 < numbers.get(ones, 0) < 10:
        return Decimal(numbers[tens] + numbers[ones])
    return None


@functools.cache
def _lexicon() -> dict[str, Any]:
    return load_lexicon("numbers")
