"""The noun phrase beside a verb, found with closed word classes instead of a parser.

From the verb leftwards (its subject) or rightwards (an inverted subject): names, nouns and what stands inside a
phrase are taken along; determiners open a phrase; subordinators, auxiliaries and punctuation end it.
"""

from __future__ import annotations

import functools

from claimtrack.data import load_lexicon
from claimtrack.text import Words

Phrase = tuple[int, int]
"""The first and the last word of a phrase, both included."""

_WHICH_PERIOD = ("last", "this", "late", "early", "next")
_APPOSITION_OPENERS = frozenset(
    ["who", "whose", "which", "a", "an", "the", "his", "her", "its", "their", "our", "one", "another", "then", "now"]
)
_LONGEST = 25
_LONGEST_APPOSITION = 25


@functools.cache
def word_class(name: str) -> frozenset[str]:
    """Give one of the closed word classes of `data/words.json`."""
    return frozenset(load_lexicon("words")[name])


def is_word(words: Words, index: int) -> bool:
    """Tell whether it is a word or number, not a punctuation mark."""
    return words.texts[index][0].isalnum()


def is_name(words: Words, index: int) -> bool:
    """Tell whether it is written with a capital."""
    return words.texts[index][0].isupper()


def is_adverb(words: Words, index: int) -> bool:
    """Tell whether it is an adverb that stands between subject and verb."""
    word = words.lower[index]
    return word in word_class("adverbs") or (word.endswith("ly") and len(word) > 4 and not is_name(words, index))


def is_day(words: Words, index: int) -> bool:
    """Tell whether it is a weekday or a month."""
    return words.lower[index] in word_class("weekdays") or (
        words.lower[index] in word_class("months") and is_name(words, index)
    )


@functools.cache
def _closed() -> frozenset[str]:
    return word_class("subordinators") | word_class("auxiliaries") | word_class("prepositions")


def is_noun_like(words: Words, index: int) -> bool:
    """Tell whether a word can stand inside a noun phrase."""
    word = words.lower[index]
    if not is_word(words, index) or is_day(words, index):
        return False
    if is_name(words, index) and len(word) > 3 and word not in _closed():
        return True
    return word not in _closed() and not is_adverb(words, index) and word not in ("me", "him", "them", "us")


def phrase_before(words: Words, last: int, floor: int) -> Phrase | None:
    """Give the noun phrase that ends with the word `last` and starts no earlier than `floor`."""
    while last - 1 > floor and words.lower[last] in word_class("periods") and words.lower[last - 1] in _WHICH_PERIOD:
        last -= 2  # "the bank last week said"
    phrase = _phrase_before(words, last, floor)
    if phrase is None or not is_word(words, phrase[1]):
        return phrase
    return _with_relative_clause(words, phrase[0], floor) or phrase[0], phrase[1]


def _phrase_before(words: Words, last: int, floor: int) -> Phrase | None:
    if last < floor:
        return None
    if words.lower[last] in word_class("pronouns"):
        return last, last
    if words.texts[last] == ",":
        return _with_apposition_before(words, last, floor)
    if words.texts[last] in (")", "]"):
        opened = _opening_bracket(words, last, floor)
        inner = _phrase_before(words, opened - 1, floor) if opened is not None else None
        return (inner[0], last) if inner else None
    first = None
    index = last
    inside, determiners = word_class("prepositions_inside"), word_class("determiners")
    while index >= max(floor, last - _LONGEST):
        word = words.lower[index]
        if word in determiners and (first is not None or word not in ("that", "this")) and first is not None:
            first = index
            if index - 2 < floor or words.lower[index - 1] not in inside or not is_noun_like(words, index - 2):
                break
            index -= 2
        elif (word in inside and first is not None and index - 1 >= floor and is_noun_like(words, index - 1)) or (
            word == "and" and first is not None and index - 1 >= floor and _joins(words, index)
        ):
            index -= 1
        elif is_noun_like(words, index):
            first = index
            index -= 1
        elif first is not None and index > floor and _is_possessive(words, index):
            index -= 1
        else:
            break
    return (first, last) if first is not None else None


def _is_possessive(words: Words, index: int) -> bool:
    """Tell whether a mark is the apostrophe of `the harbour users’ association`, which tokens keep apart."""
    before = index - 1
    return (
        words.texts[index] in "'’"
        and words.lower[before].endswith("s")
        and words.ends[before] == words.starts[index] < words.starts[index + 1] - 1
        and is_noun_like(words, before)
    )


def _with_relative_clause(words: Words, first: int, floor: int) -> int | None:
    """Give the start of `a woodcutter who reached the wreck` for a phrase that only ends it (`the wreck`)."""
    for index in range(first - 1, max(floor, first - 9), -1):
        if words.lower[index] == "who":
            head = _phrase_before(words, index - 1, floor) if is_word(words, index - 1) else None
            return head[0] if head is not None else None
        if not is_word(words, index):
            return None
    return None


def _joins(words: Words, index: int) -> bool:
    """Tell whether an "and" joins two names or nouns of one subject."""
    left, right = index - 1, index + 1
    if not is_noun_like(words, left):
        return False
    return is_name(words, left) == is_name(words, right) or words.lower[right] in word_class("determiners")


def _opening_bracket(words: Words, last: int, floor: int) -> int | None:
    for index in range(last - 1, max(floor, last - 8) - 1, -1):
        if words.texts[index] in "([":
            return index
    return None


def _with_apposition_before(words: Words, comma: int, floor: int) -> Phrase | None:
    """Give `Ann Silva, a spokeswoman for the port` from its closing comma: name, comma, apposition."""
    for index in range(comma - 1, max(floor, comma - _LONGEST_APPOSITION) - 1, -1):
        if words.texts[index] in '"“”;:':
            return None
        if words.texts[index] == ",":
            if index + 1 == comma or not _starts_apposition(words, index + 1):
                return None
            head = _phrase_before(words, index - 1, floor) if index > floor else None
            if head is None or not (is_name(words, head[1]) or words.lower[head[0]] in word_class("determiners")):
                return None
            return head[0], comma - 1
    return None


def _starts_apposition(words: Words, index: int) -> bool:
    word = words.lower[index]
    if word in _APPOSITION_OPENERS:
        return True
    if word in _closed() or word in word_class("pronouns") or word.endswith("ing"):
        return False
    return is_word(words, index) and not is_adverb(words, index)


def phrase_after(words: Words, first: int, stop: int, apposition: bool = True) -> Phrase | None:
    """Give the noun phrase that starts with the word `first` and ends before `stop`."""
    if first >= stop:
        return None
    if words.lower[first] in word_class("pronouns") and words.lower[first] not in ("one", "both", "many", "some"):
        return first, first
    last = None
    index = first
    determiners, inside = word_class("determiners"), word_class("prepositions_inside")
    while index < min(stop, first + _LONGEST):
        word = words.lower[index]
        if word in determiners and (
            last is None or words.lower[index - 1] in inside or words.lower[index - 1] == "and"
        ):
            index += 1
            continue
        if last is not None and _is_inner_preposition(words, index, last, stop):
            index += 1
            continue
        if word == "and" and last is not None and index + 1 < stop and _joins(words, index):
            index += 1
            continue
        if last is not None and index + 1 < stop and _is_possessive(words, index):
            index += 1
            continue
        if not is_noun_like(words, index):
            break
        last = index
        index += 1
    if last is None:
        return None
    if apposition and last + 2 < stop and words.texts[last + 1] == "," and _starts_apposition(words, last + 2):
        end = _apposition_end(words, last + 2, stop)
        if end is not None and (is_name(words, last) or words.lower[first] in determiners):
            last = end
    return first, last


def _is_inner_preposition(words: Words, index: int, last: int, stop: int) -> bool:
    word = words.lower[index]
    if index != last + 1 or index + 1 >= stop or is_day(words, index + 1):
        return False
    return word == "of" or (word in word_class("prepositions_inside") and not is_name(words, last))


def _apposition_end(words: Words, first: int, stop: int) -> int | None:
    """Give the last word of an apposition, which runs to the next comma or the end."""
    for index in range(first, min(stop, first + _LONGEST_APPOSITION)):
        text = words.texts[index]
        if text in '"“”;:':
            return None
        if text in ",.!?—–":
            return index - 1
    return None
