"""What words tell about people, bodies, offices and countries, from the lexicons in `data/`."""

from __future__ import annotations

import functools
import re
from typing import Final, Literal

from claimtrack.data import load_lexicon, load_rows
from claimtrack.extract.noun_phrases import word_class

Gender = Literal["female", "male"]

POSSESSIVE: Final = re.compile(r"['’][sS]?\Z")
"""The ending of `Putin's`, which is no part of the name."""


_SCIENTISTS = frozenset(("scientist", "researcher", "expert", "academic", "professor"))


@functools.cache
def speaker_words(name: str) -> frozenset[str]:
    """Give one of the word lists of `data/speakers.json`."""
    return frozenset(load_lexicon("speakers")[name])


@functools.cache
def person_nouns() -> frozenset[str]:
    """Give the nouns that describe one person: `mayor`, `mother`."""
    return speaker_words("titles") | speaker_words("people")


@functools.cache
def gendered_words() -> dict[str, Gender]:
    """Give the titles and nouns that tell a gender: `Mrs.`, `spokesman`."""
    lists: dict[Gender, list[str]] = load_lexicon("speakers")["gendered"]
    return {word: gender for gender, words in lists.items() for word in words}


@functools.cache
def given_names() -> dict[str, Gender]:
    """Give the given names that tell a gender, in small letters."""
    lexicon = load_lexicon("given_names")
    lists: dict[Gender, tuple[str, str]] = {
        "female": ("female", "female_elsewhere"),
        "male": ("male", "male_elsewhere"),
    }
    return {name: gender for gender, parts in lists.items() for part in parts for name in lexicon[part]}


@functools.cache
def same_role(word: str) -> frozenset[str]:
    """Give the nouns that may name the same office as a noun: `senator` and `lawmaker`."""
    groups: list[list[str]] = load_lexicon("speakers")["same_role"]
    found = {other for group in groups if word in group for other in group}
    return frozenset(found | _SCIENTISTS if word.endswith(("ologist", "icist")) else found)


def is_epithet(noun: str) -> bool:
    """Tell whether news writes a noun instead of a name that it has given: `the billionaire`, `the striker`."""
    return noun in speaker_words("epithets") or is_occupation(noun) or noun in adjectives_of_countries()


def is_occupation(noun: str) -> bool:
    """Tell whether a noun is what somebody does for a living, so that nobody has two of them."""
    return noun in speaker_words("occupations") or noun.endswith(("ologist", "ographer"))


@functools.cache
def countries() -> dict[str, str]:
    """Give countries by their names, and by the cities that stand for their governments, in small letters.

    A house of government (`the Kremlin`) speaks under its own name.
    """
    found: dict[str, str] = {}
    for name, others, _, cities, houses in load_rows("countries"):
        for word in (name, *others.split(","), *cities.split(",")):
            found.setdefault(word.lower(), name)
        for word in houses.split(","):
            found.setdefault(word.lower(), word)
    found.pop("", None)
    return found


@functools.cache
def country_words() -> dict[str, str]:
    """Give countries by their names, adjectives and the words for their people: what `Azerbaijani` points to."""
    found = dict(countries())
    for name, _, adjectives, *_ in load_rows("countries"):
        for word in adjectives.split(","):
            found.setdefault(word.lower(), name)
    found.pop("", None)
    return found


@functools.cache
def adjectives_of_countries() -> frozenset[str]:
    """Give the words that only qualify or name people: `Russian` is no name, `Russia` is."""
    words = {word.lower() for row in load_rows("countries") for word in row[2].split(",") if word}
    return frozenset(words - countries().keys())


@functools.cache
def no_names() -> frozenset[str]:
    """Give the words that open a sentence or a phrase and are no part of a name."""
    starters: list[str] = load_lexicon("abbreviations")["starters"]
    classes = ("weekdays", "months", "auxiliaries", "determiners", "pronouns", "prepositions", "subordinators")
    return frozenset(starters).union(*(word_class(name) for name in classes))


def plain(word: str) -> str:
    """Give a word without the ending of a possessive."""
    return POSSESSIVE.sub("", word)


def nouns_of(key: str) -> frozenset[str]:
    """Give the words of a body's name, countries by their own names."""
    words = [plain(word) for word in key.split()]
    return frozenset(country_words().get(word, word) for word in words)
