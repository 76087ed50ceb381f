"""Roles as words that can be compared: `the Azerbaijani president` is the role of `President of Azerbaijan`."""

from __future__ import annotations

import attrs

from claimtrack.extract.noun_phrases import word_class
from claimtrack.extract.speakers.lexicon import (
    adjectives_of_countries,
    country_words,
    person_nouns,
    plain,
    same_role,
    speaker_words,
)
from claimtrack.text import Words


@attrs.frozen(slots=True, kw_only=True)
class Role:
    """A role as written, its head noun, and what tells it from other roles of that name."""

    first: int
    last: int
    written: str
    head: str
    countries: frozenset[str]
    other_office: frozenset[str]
    modifiers: frozenset[str]
    proper: frozenset[str]
    """Those of the modifiers that are written with a capital."""
    age: str | None


def read_role(words: Words, first: int, last: int) -> Role:
    """Give the role that the words `[first, last]` describe.

    >>> from claimtrack.text import find_words
    >>> role = read_role(find_words("the former Azerbaijani vice-president for energy"), 0, 5)
    >>> role.head, sorted(role.countries), sorted(role.other_office), sorted(role.modifiers)
    ('vice-president', ['Azerbaijan'], ['former'], ['energy'])
    """
    low = words.lower
    head = head_of(words, first, last)
    found_countries, modifiers, other, proper = set(), set(), set(), set()
    age = None
    index = first
    while index <= last:
        word = plain(low[index])
        pair = f"{word} {plain(low[index + 1])}" if index < last else ""
        if pair in country_words():
            found_countries.add(country_words()[pair])
            index += 1
        elif word in country_words() and words.texts[index][0].isupper():
            found_countries.add(country_words()[word])
        elif word == "year-old" and index - 2 >= first and words.texts[index - 2].isdigit():
            age = words.texts[index - 2]  # `58-year-old` is three words
        elif word in speaker_words("other_office"):
            other.add("former" if word in ("ex", "then-vice") else word)
        elif index != head and word[:1].isalpha() and word not in _empty():
            modifiers.add(word)
            if words.texts[index][0].isupper():
                proper.add(word)
        index += 1
    return Role(
        first=first,
        last=last,
        written=" ".join(words.texts[first : last + 1]),
        head=plain(low[head]),
        countries=frozenset(found_countries),
        other_office=frozenset(other),
        modifiers=frozenset(modifiers),
        proper=frozenset(proper),
        age=age,
    )


def head_of(words: Words, first: int, last: int) -> int:
    """Give the index of the noun that a phrase is about: the last before any preposition."""
    for index in range(first + 1, last + 1):
        if words.lower[index] in word_class("prepositions_inside") or words.lower[index] in speaker_words("after_head"):
            return index - 1
    return last


def names_a_person(words: Words, head: int) -> bool:
    """Tell whether a head noun describes one person."""
    return plain(words.lower[head]) in person_nouns()


def agreement(wanted: Role, held: Role) -> float | None:
    """Give how well a role fits a description, or None where it cannot be meant.

    Above 0, the two name one office; what only one of them says counts for little, what contradicts counts much.
    """
    if wanted.head == held.head:
        score = 2.0
    elif (
        wanted.head in same_role(held.head)
        or held.head in same_role(wanted.head)
        or (wanted.head in adjectives_of_countries() and held.countries)
    ):
        score = 1.2  # `the Pole` is whoever holds a Polish office
    elif wanted.head in held.proper:
        score = 1.5  # `the detective` is Detective Sergeant Bo Lind
    else:
        return None
    if wanted.countries and held.countries:
        if not wanted.countries & held.countries:
            return None
        score += 1.5
    elif wanted.countries:
        score -= 0.5
    if wanted.other_office - {"former"} != held.other_office - {"former"}:
        return None if wanted.other_office - {"former"} else score - 1.8
    if "former" in wanted.other_office:
        score += 0.8 if "former" in held.other_office else -0.6
    shared = wanted.modifiers & held.modifiers
    if wanted.proper and held.proper and not wanted.proper & held.modifiers:
        score -= 2.5  # the Republican nominee is no Libertarian one
    elif shared:
        score += 2.2 if wanted.proper & shared else 1.2
    elif wanted.modifiers and held.modifiers:
        score -= 1.0
    elif wanted.modifiers:
        score -= 0.3
    return score


def _empty() -> frozenset[str]:
    return word_class("determiners") | word_class("prepositions_inside") | speaker_words("honorifics")
