"""What a number counts, and the part that the counted play in an event: killed, aboard, survived."""

from __future__ import annotations

import functools
from typing import Any

from claimtrack.data import load_lexicon
from claimtrack.extract.noun_phrases import Phrase, is_name, is_noun_like, is_word, word_class
from claimtrack.text import Words

_CLAUSE_ENDS = frozenset('.;:!?"“”()—')
_REACH = 9


def find_counted(words: Words, index: int, stop: int, one: bool = False, part: bool = False) -> Phrase | None:
    """Give the noun phrase that is counted: up to six words, ending with its plural."""
    start = index
    if start < stop and words.lower[start] == "of":
        one = one and part  # "one of the attackers" counts attackers, "half of the crew" a crew
        start += 1
        while start < stop and words.lower[start] in word_class("determiners"):
            start += 1
    while start < stop and words.lower[start] in ("more", "other", "additional", "further") and index == start:
        start, index = start + 1, index + 1
    if words.lower[start : start + 1] == ("times",):
        return start, start
    last = None
    for place in range(start, min(stop, start + 7)):
        word = words.lower[place]
        if last is None and word in ("and", ",") and place > start and _joins_adjectives(words, place, stop):
            continue
        if not is_word(words, place) or not is_noun_like(words, place) or words.texts[place][0].isdigit():
            break
        if word in _lexicon()["not_counted"] and word not in ("dead", "wounded", "injured", "missing"):
            break
        if is_plural(word) and word not in ("dead", "wounded", "injured", "missing"):
            if last is not None and words.lower[last] not in _lexicon()["plural_modifiers"]:
                break
            last = place
        elif is_plural(word) and place == start:
            last = place
        elif last is not None:
            break
        elif one and (part or not is_name(words, place)):
            return start, _singular_end(words, place, stop)
    return (start, last) if last is not None else None


def _singular_end(words: Words, place: int, stop: int) -> int:
    end = place
    while end + 1 < min(stop, place + 3) and is_noun_like(words, end + 1) and is_word(words, end + 1):
        if words.lower[end + 1] in _lexicon()["not_counted"] or words.lower[end + 1].endswith(("ed", "ing", "s")):
            break
        end += 1
    return end


def _joins_adjectives(words: Words, place: int, stop: int) -> bool:
    """Tell whether an "and" joins what stands before one noun: `Kia and Hyundai vehicles`."""
    if place + 2 >= stop or not is_word(words, place + 1) or words.texts[place + 1][0].isdigit():
        return False
    return any(
        is_plural(words.lower[ahead]) and is_noun_like(words, ahead) and is_noun_like(words, ahead - 1)
        for ahead in range(place + 2, min(stop, place + 4))
    )


def is_plural(word: str) -> bool:
    """Tell whether a word looks like a plural noun."""
    lexicon = _lexicon()
    if word in lexicon["plurals"]:
        return True
    return word.endswith("s") and len(word) > 2 and word not in lexicon["not_plural"] and not word.endswith(
        ("ss", "us", "is", "'s")
    )  # fmt: skip


def counts_people(words: Words, phrase: Phrase | None) -> bool:
    """Tell whether the counted are people (or what shares their fate: homes, cars)."""
    if phrase is None:
        return False
    head = words.lower[phrase[1]]
    return head in _lexicon()["people"] or head in _lexicon()["nouns"]


def find_role(words: Words, first: int, last: int, stop: int) -> str | None:
    """Give the role that the words around a count say, the nearest first: a noun, the verb after, the verb before."""
    lexicon = _lexicon()
    noun: str | None = lexicon["nouns"].get(words.lower[last])
    if noun is not None and "of" not in words.lower[first:last]:  # "21 of the survivors" says what became of them later
        return noun
    before = _role_before(words, first)
    for place in range(last + 1, min(stop, last + 1 + _REACH)):
        word = words.lower[place]
        if word in _CLAUSE_ENDS or (word == "," and words.lower[place + 1 : place + 2] != ("including",)):
            break
        if word in ("and", "but", "while") and before is not None:
            break
        found = _phrase_at(words, place, "after")
        if found is not None and not (words.lower[place - 1] in ("the", "a", "those") and place > last + 1):
            if before is not None and place > last + 3:
                break
            return found
        if word in ("that", "which", "to", "by", "before", "after") and place > last + 1:
            break
    return before


def _role_before(words: Words, first: int) -> str | None:
    for place in (first, first - 1, first - 2, first - 3):
        if place < 1 or (place < first and words.lower[place] not in _lexicon()["between"]):
            return None
        for length in (7, 6, 5, 4, 3, 2, 1):
            role = _phrases("before").get(words.lower[max(0, place - length) : place])
            if role is not None:
                return role
    return None


def tells_fate(words: Words, place: int) -> bool:
    """Tell whether the words at a place say what became of people: `killed`, `taken to hospital`."""
    return _phrase_at(words, place, "after") is not None


def _phrase_at(words: Words, place: int, where: str) -> str | None:
    phrases = _phrases(where)
    for length in (5, 4, 3, 2, 1):
        found = phrases.get(words.lower[place : place + length])
        if found is not None:
            return found
    return None


@functools.cache
def _phrases(where: str) -> dict[tuple[str, ...], str]:
    table: dict[str, list[str]] = load_lexicon("roles")[where]
    return {tuple(phrase.split()): role for role, phrases in table.items() for phrase in phrases}


@functools.cache
def _lexicon() -> dict[str, Any]:
    numbers, roles = load_lexicon("numbers"), load_lexicon("roles")
    return {
        "plurals": frozenset(numbers["plurals"]),
        "not_plural": frozenset(numbers["not_plural"]),
        "not_counted": frozenset(numbers["not_counted"]),
        "people": frozenset(roles["people"]),
        "between": frozenset(roles["between"]),
        "plural_modifiers": frozenset(numbers["plural_modifiers"]),
        "nouns": {noun: role for role, nouns in roles["nouns"].items() for noun in nouns},
    }
