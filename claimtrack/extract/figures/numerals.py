"""One numeral in digits or words, read exactly: `1,200`, `3.5 million`, `twenty-five`, `two dozen`, `2½`."""

from __future__ import annotations

import functools
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from claimtrack.data import load_lexicon
from claimtrack.text import Words

MAX_DIGITS = 60
"""A longer run of digits is an identifier, not a number that somebody counted."""

DECIMAL_COMMA = frozenset(load_lexicon("numbers")["decimal_comma"])
"""Languages that write 3,5 for three and a half (Unicode CLDR 44)."""

_GROUPED = {
    point: re.compile(rf"[0-9]{{1,3}}(?:[{gaps}\u00a0\u2009\u202f’'][0-9]{{3}})+(?:[{point}][0-9]+)?\Z")
    for point, gaps in ((".", ","), (",", "."))
}
_INDIAN = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?\Z")
_PLAIN = {point: re.compile(rf"[0-9]*(?:[{point}][0-9]+)?\Z") for point in ".,"}
_SHORT_COMMA = re.compile(r"[0-9]{1,3},[0-9]{1,2}\Z")
_WORD_SCALE = Decimal(100)


@attrs.frozen(slots=True)
class Numeral:
    """A number as written in the words `[first, last]`, both included.

    `value` is exact and includes `scale` (10**6 for "million"), `step` the precision that the writing shows.
    `high` is set where the words give only an order of magnitude: "thousands".
    """

    first: int
    last: int
    value: Decimal | Fraction
    scale: Decimal | None
    step: Decimal | None
    is_word: bool
    high: Decimal | None = None


def read_numeral(words: Words, index: int, stop: int, point: str = ".") -> Numeral | None:
    """Give the numeral that starts at a word, or None. `point` is the mark before decimals.

    >>> from claimtrack.extract.figures.words import find_figure_words
    >>> words = find_figure_words("3.5 million people")
    >>> read_numeral(words, 0, len(words)).value
    Decimal('3500000')
    """
    text = words.texts[index]
    if text[0].isdigit() or (text[0] == "." and len(text) > 1):
        return _from_digits(words, index, stop, point)
    lower = words.lower[index]
    if lower in _signs():
        return Numeral(index, index, _signs()[lower], None, None, False)
    if lower in ("a", "half", "several", "tens", "hundreds") or lower in _plural_scales():
        return _loose(words, index, stop)
    if lower in _values():
        return _from_words(words, index, stop)
    return None


def may_start(words: Words, index: int) -> bool:
    """Tell at once whether a word can start a numeral at all."""
    text = words.texts[index]
    return text[0].isdigit() or words.lower[index] in _starters() or (text[0] == "." and len(text) > 1)


def touches(words: Words, index: int) -> bool:
    """Tell whether a word follows the one before it without a space."""
    return 0 < index < len(words) and words.ends[index - 1] == words.starts[index]


# --- digits -----------------------------------------------------------------------------------------------------


def _from_digits(words: Words, index: int, stop: int, point: str) -> Numeral | None:
    text = words.texts[index]
    value = _digits(text, point)
    if value is None:
        return None
    if index + 1 < stop and touches(words, index + 1) and value == int(value):
        after = words.texts[index + 1]
        if after in _signs():
            return Numeral(index, index + 1, int(value) + _signs()[after], None, None, False)
        if after in "/⁄" and index + 2 < stop and touches(words, index + 2):
            below = _digits(words.texts[index + 2], point)
            slashed = below is not None and below == int(below) and 1 < below <= 1000 and value < below
            # "9/11" and "24/7" are names; a slash makes a part where the parts are small and common
            if slashed and (value == 1 or below in (3, 4, 5, 8, 10, 16)):
                return Numeral(index, index + 2, Fraction(int(value), int(below or 1)), None, None, False)
    if index + 3 < stop and words.texts[index + 2] in ("/", "⁄") and value == int(value):
        top, below = _digits(words.texts[index + 1], point), _digits(words.texts[index + 3], point)
        if top and below and top < below <= 16 and touches(words, index + 2) and touches(words, index + 3):
            return Numeral(index, index + 3, int(value) + Fraction(int(top), int(below)), None, None, False)
    return _scaled(words, index, index, value, stop, is_word=False)


def _digits(text: str, point: str) -> Decimal | None:
    if len(text) > MAX_DIGITS or (not text.isascii() and not any(gap in text for gap in "\u00a0\u2009\u202f’")):
        return None
    if text[-1] not in "0123456789":
        return None
    if _GROUPED[point].match(text):
        kept = "".join(character for character in text if character.isdigit() or character == point)
    elif _PLAIN[point].match(text) or (point == "." and _INDIAN.match(text)):
        kept = text.replace(",", "") if point == "." else text
    elif point == "." and _SHORT_COMMA.match(text):
        kept = text.replace(",", ".")  # "3,5 percent" in English text copied from another language
    else:
        return None
    return Decimal(kept.replace(",", "."))


def _step_of(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(1)


def _scaled(words: Words, first: int, last: int, value: Decimal, stop: int, is_word: bool) -> Numeral:
    """Take the scale along that follows a number: `million`, or `bn` written to it."""
    step, scale = _step_of(value), Decimal(1)
    while last + 1 < stop and scale <= Decimal(10) ** 18:
        word = words.lower[last + 1]
        factor = _scales().get(word)
        skip = 1
        if factor is None and word == "-" and last + 2 < stop and words.lower[last + 2] in _scales():
            factor, skip = _scales()[words.lower[last + 2]], 2  # "a 400-million-year-old rock"
        if factor is None and not is_word and scale == 1:
            factor = _letter(words, last + 1, stop)
        if factor is None:
            break
        scale *= factor
        last += skip
    if scale == 1:
        return Numeral(first, last, value, None, step, is_word)
    return Numeral(first, last, _whole(value * scale), scale, _whole(step * scale), is_word)


def _letter(words: Words, place: int, stop: int) -> Decimal | None:
    """Give the scale that a letter after digits means; an `m` may also be metres."""
    word, text = words.lower[place], words.texts[place]
    factor = _lexicon()["scale_letters"].get(word)
    if factor is None:
        return None
    money = (place >= 2 and words.texts[place - 2][-1] in "$€£¥₹₽₩₴₺₸₪=") or (
        place >= 2 and words.texts[place - 2].isupper() and touches(words, place - 1)
    )  # fmt: skip
    if len(word) > 1:
        return Decimal(factor)
    if money and touches(words, place):
        return Decimal(factor)
    following = words.lower[place + 1] if place + 1 < stop else ""
    # a letter is a scale where something countable follows: "12.3m tonnes", "8 B people"
    countable = (following.endswith("s") and len(following) > 3) or following in ("people", "children", "women", "men")
    for ahead in range(place + 2, min(stop, place + 6)):
        if countable or not words.texts[ahead - 1][0].isalpha() or words.lower[ahead - 1] in _NO_NOUN:
            break
        countable = words.lower[ahead].endswith("s") and len(words.lower[ahead]) > 3
    if word == "m":
        return Decimal(factor) if countable and (touches(words, place) or text == "M") else None
    if word in "bt":
        return Decimal(factor) if (countable and text.isupper()) or (touches(words, place) and word == "b") else None
    return Decimal(factor) if touches(words, place) else None


_NO_NOUN = frozenset(
    [
        "in",
        "on",
        "at",
        "of",
        "by",
        "to",
        "for",
        "from",
        "but",
        "the",
        "a",
        "an",
        "is",
        "was",
        "were",
        "are",
        "has",
        "had",
        "with",
        "as",
        "than",
        "per",
    ]
)


def _whole(number: Decimal) -> Decimal:
    """Give a scaled number without the zeros that scaling leaves: 3.5 million is 3500000, not 3500000.0."""
    return Decimal(int(number)) if number == int(number) else number


# --- words ------------------------------------------------------------------------------------------------------


def _loose(words: Words, index: int, stop: int) -> Numeral | None:
    """`a dozen`, `half a million`, `several hundred`, `tens of thousands`."""
    word = words.lower[index]
    following = words.lower[index + 1] if index + 1 < stop else ""
    third = words.lower[index + 2] if index + 2 < stop else ""
    if word == "half" and following in ("a", "-") and third in _scales():
        return attrs.evolve(_scaled(words, index, index + 1, Decimal("0.5"), stop, is_word=True), step=None)
    if word == "a" and following in _scales():
        return _scaled(words, index, index, Decimal(1), stop, is_word=True)
    if word == "a" and following == "half" and third in _scales():
        return attrs.evolve(_scaled(words, index, index + 1, Decimal("0.5"), stop, is_word=True), step=None)
    if words.lower[index : index + 4] == ("a", "quarter", "of", "a") and index + 4 < stop:
        quarter = _scaled(words, index, index + 3, Decimal("0.25"), stop, is_word=True)
        return attrs.evolve(quarter, step=None) if quarter.scale is not None else None
    if word == "several" and following in _scales():
        factor = _scales()[following]
        return Numeral(index, index + 1, 2 * factor, factor, None, True, high=10 * factor)
    scales = _plural_scales()
    if word not in scales:
        return None
    if following == "of" and third in scales and scales[third] > scales[word]:
        factor = scales[word] * scales[third]
        return Numeral(index, index + 2, factor, factor, None, True, high=10 * factor)
    if word == "tens":
        return None
    return Numeral(index, index, scales[word], scales[word], None, True, high=10 * scales[word])


def _from_words(words: Words, index: int, stop: int) -> Numeral | None:
    """`twenty-five`, `one hundred and five`, `three million two hundred thousand`, `nine and a half`."""
    scales, values = _scales(), _values()
    total, current, last = Decimal(0), Decimal(0), index
    place = index
    while place < stop and place < index + 12:
        word = words.lower[place]
        value = values.get(word)
        if value is not None:
            inside = current % 100 == 0 or (current % 10 == 0 and value < 10 and current % 100 >= 20)
            if (place > index and not inside) or (current and current < 100 and value >= 10):
                break  # "two three" are two numbers
            current += value
        elif word in scales and (place == index or word not in ("crores", "lakhs") or current):
            factor = scales[word]
            if factor <= _WORD_SCALE:
                current = (current or 1) * factor
            else:
                total, current = total + (current or 1) * factor, Decimal(0)
        elif (word == "-" and place + 1 < stop and words.lower[place + 1] in scales) or (
            word == "and" and place + 1 < stop and _continues(words, place)
        ):
            place += 1
            continue
        else:
            break
        last = place
        place += 1
    scale = scales[words.lower[last]] if last > index and words.lower[last] in scales else None
    found = Numeral(index, last, total + current, scale, Decimal(1) if scale is None else scale, True)
    if words.lower[last + 1 : last + 4] in (("and", "a", "half"), ("and", "a", "quarter")) and last + 3 < stop:
        part = Decimal("0.5") if words.lower[last + 3] == "half" else Decimal("0.25")
        after = _scaled(words, index, last + 3, total + current + part, stop, is_word=True)
        return attrs.evolve(after, step=None)
    return found


def _continues(words: Words, place: int) -> bool:
    """Tell whether an "and" stands inside a number: `one hundred and five`, not `two and three`."""
    value = _values().get(words.lower[place + 1])
    return value is not None and value < 100 and words.lower[place - 1] in ("hundred", "thousand", "million")


@functools.cache
def _values() -> dict[str, Decimal]:
    numbers: dict[str, int] = _lexicon()["words"]
    values = {word: Decimal(value) for word, value in numbers.items()}
    for tens, value in numbers.items():
        if value >= 20:
            values |= {
                f"{tens}{hyphen}{ones}": Decimal(value + small)
                for ones, small in numbers.items()
                if 0 < small < 10
                for hyphen in "-‑"
            }
    return values


@functools.cache
def _scales() -> dict[str, Decimal]:
    return {word: Decimal(factor) for word, factor in _lexicon()["scales"].items()}


@functools.cache
def _plural_scales() -> dict[str, Decimal]:
    return {word: Decimal(factor) for word, factor in _lexicon()["plural_scales"].items()}


@functools.cache
def _signs() -> dict[str, Fraction]:
    return {sign: Fraction(value) for sign, value in _lexicon()["fraction_signs"].items()}


@functools.cache
def _starters() -> frozenset[str]:
    return frozenset([*_values(), *_plural_scales(), *_signs(), "a", "half", "several"])


@functools.cache
def _lexicon() -> dict[str, Any]:
    return load_lexicon("numbers")
