"""What is written with a number and is no figure: names, years, clock times, numbered things, idioms."""

from __future__ import annotations

import functools
from typing import Any

from claimtrack.data import load_lexicon
from claimtrack.extract.figures.counted import counts_people
from claimtrack.extract.figures.numerals import Numeral, touches
from claimtrack.extract.figures.words import find_figure_words
from claimtrack.extract.noun_phrases import Phrase, is_day, is_name, is_noun_like, word_class
from claimtrack.text import Words

_CLOCK_AFTER = frozenset(["a.m", "p.m", "am", "pm", "a.m.", "p.m.", "o'clock", "gmt", "utc", "est", "hrs"])
_YEAR_BEFORE = frozenset(
    [
        "in",
        "since",
        "by",
        "the",
        "of",
        "from",
        "until",
        "for",
        "to",
        "and",
        ",",
        "during",
        "after",
        "before",
        "through",
        "late",
        "early",
        "mid",
    ]
)


def idiom_end(words: Words, index: int) -> int | None:
    """Give the first word after the idiom that a number word stands in: `24/7`, `at one point`."""
    for back, idiom in _idioms().get(words.lower[index], ()):
        start = index - back
        if start >= 0 and words.lower[start : start + len(idiom)] == idiom:
            return max(index + 1, start + len(idiom))
    return None


def is_clock(words: Words, first: int, last: int, stop: int) -> bool:
    """Tell whether a number is a time of day, or glued to what makes it a code."""
    after = words.lower[last + 1] if last + 1 < stop else ""
    if after in _CLOCK_AFTER and words.texts[first][0].isdigit():
        return True
    if after in ("noon", "midnight"):
        return True
    if first > 0 and touches(words, first) and words.texts[first - 1] in "/.#:@_=" and words.texts[first - 1] != "=":
        return True
    if last + 1 < stop and touches(words, last + 1) and after in "/#@_:&":
        return not (last + 2 < stop and words.texts[last + 2][0].isdigit() is False and after == "/")
    if last + 1 < stop and touches(words, last + 1) and words.texts[last + 1].isalpha() and not after.endswith("s"):
        return False
    hyphen = first > 1 and touches(words, first) and words.texts[first - 1] in "-–" and touches(words, first - 1)
    return hyphen and words.lower[first - 2] not in ("minus", "sub", "under", "mid")


def is_year(words: Words, numeral: Numeral, counted: Phrase | None) -> bool:
    """Tell whether four digits without a unit are a year."""
    text = words.texts[numeral.first]
    if numeral.last != numeral.first or not (len(text) == 4 and text.isdecimal()) or not 1400 <= int(text) <= 2150:
        return False
    before = words.lower[numeral.first - 1] if numeral.first > 0 else ""
    if counted is None:
        return int(text) >= 1800 or before in _YEAR_BEFORE
    if before in ("in", "since", "the", "of", "from", "until", "during", "late", "early") and int(text) >= 1800:
        return True
    if words.lower[counted[1]] in _lexicon()["levels"]:
        return True
    return is_name(words, counted[0]) or (1900 <= int(text) <= 2050 and counted[1] > counted[0])


def is_named(words: Words, numeral: Numeral, last: int, counted: Phrase | None, stop: int, *, fate: bool) -> bool:
    """Tell whether a number is part of a name or a mere label: `Embraer 190`, `No. 3`, `787 Dreamliner`."""
    first = numeral.first
    before = words.lower[first - 1] if first > 0 else ""
    named = _lexicon()["named_by_number"]
    plain_digits = not numeral.is_word and numeral.scale is None and words.texts[first].isdecimal()
    if before in ("no.", "nos.", "#") or (
        before == "." and words.lower[first - 2] in ("no", "nos", "art", "vol", "sec")
    ):
        return True
    label = before.rstrip(".") in named
    if label and (plain_digits or (first > 0 and is_name(words, first - 1) and counted is None)):
        return not (
            words.lower[first - 1] == "under" or (counts_people(words, counted) and not is_name(words, first - 1))
        )
    if numeral.is_word and numeral.value == 1 and numeral.scale is None:
        return not _counts_one(words, numeral, last, counted)
    if numeral.is_word and counted is None and before in ("the", "these", "those", "other", "first", "last", "of"):
        return True
    if first > 0 and _is_inner_name(words, first - 1) and numeral.scale is None:
        # "Embraer 190 plane" has a name before it; "in Aktau 29 people" counts people.
        return not (
            (counted is not None and numeral.is_word)
            or counts_people(words, counted)
            or (not plain_digits and not numeral.is_word)
        )
    following = last + 1
    if plain_digits and following < stop and is_name(words, following) and counted is None and not fate:
        return True
    return plain_digits and following < stop and words.texts[following] == ")" and before == "("


def stands_alone(words: Words, numeral: Numeral, last: int, stop: int) -> bool:
    """Tell whether a number without unit and noun is no more than a mark: `(4)`, `1.` before a list."""
    first = numeral.first
    beside = words.texts[max(0, first - 1)], words.texts[min(last + 1, len(words) - 1)]
    if words.texts[first].isdecimal() and any(word.isdecimal() for word in beside if word is not words.texts[first]):
        return True  # the groups of a telephone number
    if not numeral.is_word and (numeral.scale is not None or numeral.value >= 1000 or "." in words.texts[first][:-1]):
        return len(words.texts[first]) > 15
    before = words.lower[first - 1] if first > 0 else ""
    if before in ("(", "[", "#", "*", "@", ":", "+", "=", "&", "-", "/", "'", "’", '"'):
        return True
    if numeral.is_word:
        return before in ("the", "all", "these", "those", "or", "plus") or first == last == 0 == stop
    return before == "" or words.texts[first - 1] in ".!?\n"


def _is_inner_name(words: Words, index: int) -> bool:
    """Tell whether a word is written with a capital that its place does not explain."""
    if not is_name(words, index) or is_day(words, index) or words.lower[index] in word_class("determiners"):
        return False
    if words.lower[index] in word_class("prepositions") | word_class("subordinators") | word_class("adverbs"):
        return False
    return words.lower[index] not in _lexicon()["words"] and (
        (index > 0 and words.texts[index - 1] not in '.!?"“”:') or words.lower[index] not in _OPENERS
    )


_OPENERS = frozenset(
    [
        "about",
        "around",
        "some",
        "nearly",
        "almost",
        "over",
        "roughly",
        "approximately",
        "at",
        "more",
        "up",
        "only",
        "just",
        "all",
        "between",
        "among",
        "another",
        "exactly",
        "precisely",
        "perhaps",
        "estimated",
        "fewer",
        "less",
        "no",
        "not",
        "well",
        "still",
        "once",
        "now",
        "today",
        "later",
        "last",
        "next",
        "early",
        "nearly",
        "including",
        "killing",
        "he",
        "she",
        "they",
        "it",
        "we",
        "you",
        "i",
        "there",
        "here",
        "what",
        "who",
    ]
)


def _counts_one(words: Words, numeral: Numeral, last: int, counted: Phrase | None) -> bool:
    """Tell "one person died" from the pronoun in "one of them", "no one", "one day"."""
    before = words.lower[numeral.first - 1] if numeral.first > 0 else ""
    if last > numeral.last:
        return True
    after = words.lower[last + 1] if last + 1 < len(words) else ""
    if before in _lexicon()["before_pronoun_one"]:
        return False
    if after == "of":
        return counted is not None and counted[1] > counted[0] - 1 and words.lower[last + 2] not in ("those", "these")
    if counted is None or after in _lexicon()["not_counted_by_one"] or is_name(words, last + 1):
        return False
    return is_noun_like(words, last + 1)


@functools.cache
def _idioms() -> dict[str, tuple[tuple[int, tuple[str, ...]], ...]]:
    table: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    numbers = _lexicon()["words"]
    for idiom in _lexicon()["idioms"]:
        words = find_figure_words(idiom).lower
        for place, word in enumerate(words):
            if word[0].isdigit() or word in numbers or word in ("a", "half"):
                table.setdefault(word, []).append((place, words))
    return {word: tuple(found) for word, found in table.items()}


@functools.cache
def _lexicon() -> dict[str, Any]:
    lexicon = dict(load_lexicon("numbers"))
    for name in ("named_by_number", "before_pronoun_one", "not_counted_by_one"):
        lexicon[name] = frozenset(lexicon[name])
    return lexicon
