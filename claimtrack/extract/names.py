"""The names that a text gives people, in full and with their roles."""

from __future__ import annotations

import functools
import re
from typing import Any, Final

import attrs

from claimtrack.data import load_lexicon
from claimtrack.extract.noun_phrases import is_name, word_class
from claimtrack.text import Text, Words

POSSESSIVE: Final = re.compile(r"['’]s?\Z")
"""The ending of `Putin's`, which is no part of the name."""

_MOST_NAMES = 20
"""More full names for one surname than this tell nobody apart."""

_LONGEST_NAME = 6


@attrs.frozen(slots=True)
class TitledName:
    """A name with a role before it, and the offset where the two start."""

    start: int
    name: str
    role: str


@functools.cache
def speaker_words(name: str) -> frozenset[str]:
    """Give one of the word lists of `data/speakers.json`."""
    return frozenset(load_lexicon("speakers")[name])


def find_full_names(text: Text) -> dict[str, tuple[str, ...]]:
    """Give the names of several words in a text by their last word in small letters, commonest first.

    >>> find_full_names(Text("Ann Silva met Bo Lind and Ann Lind. Bo Lind left."))["lind"]
    ('Bo Lind', 'Ann Lind')
    """
    counts: dict[str, dict[str, int]] = {}
    for run in _capital_runs(text):
        names = [word for word in run if word.lower() not in speaker_words("titles") | speaker_words("honorifics")]
        if 2 <= len(names) <= 4 and len(run) - len(names) < 4 and not {w.lower() for w in names} & _organizations():
            last = POSSESSIVE.sub("", names[-1])
            full = " ".join([*names[:-1], last][-3:])
            by_name = counts.setdefault(last.lower(), {})
            by_name[full] = by_name.get(full, 0) + 1
    return {last: tuple(sorted(names, key=lambda name: -names[name])[:_MOST_NAMES]) for last, names in counts.items()}


def _capital_runs(text: Text) -> list[list[str]]:
    """Give the runs of capitalised words after the last role word of each, within a sentence."""
    words = text.words
    title_end = text.title.end if text.title is not None else 0
    runs: list[list[str]] = []
    run: list[str] = []
    for index in range(words.first_from(title_end), len(words)):
        plain = words.texts[index]
        if is_name(words, index) and words.lower[index] not in _stop_words():
            if words.lower[index] in speaker_words("titles"):
                run = []
            else:
                run.append(plain)
                if not POSSESSIVE.search(plain):
                    continue
        if run:
            runs.append(run)
        run = []
    return [*runs, run] if run else runs


def find_titled_names(text: Text) -> tuple[TitledName, ...]:
    """Give where a text names somebody with a role before the name, in order.

    >>> [(one.name, one.role) for one in find_titled_names(Text("He met Sarnian President Oskar Lindqvar in Dessa."))]
    [('Oskar Lindqvar', 'Sarnian President')]
    """
    words = text.words
    found = []
    index = 0
    while index < len(words):
        if words.lower[index] in speaker_words("titles") and index + 1 < len(words) and is_name(words, index + 1):
            first = index
            while first > max(0, index - _LONGEST_NAME) and _is_beside(words, first - 1):
                first -= 1
            last = index
            stop = min(len(words), index + _LONGEST_NAME + 1)
            while last + 1 < stop and is_name(words, last + 1) and words.lower[last + 1] not in _stop_words():
                last += 1
            while index < last and words.lower[index + 1] in speaker_words("titles"):
                index += 1
            if last > index:
                name = POSSESSIVE.sub("", " ".join(words.texts[index + 1 : last + 1]))
                found.append(TitledName(words.starts[first], name, " ".join(words.texts[first : index + 1])))
            index = max(last, index)
        index += 1
    return tuple(found)


def _is_beside(words: Words, index: int) -> bool:
    """Tell whether a capitalised word stands right before the next, with one space between."""
    return is_name(words, index) and words.ends[index] + 1 == words.starts[index + 1]


@functools.cache
def _organizations() -> frozenset[str]:
    return speaker_words("organization") - {"house", "court", "nation", "state"}


@functools.cache
def _stop_words() -> frozenset[str]:
    starters: list[Any] = load_lexicon("abbreviations")["starters"]
    return frozenset(starters) | word_class("weekdays") | word_class("months") | word_class("auxiliaries")
