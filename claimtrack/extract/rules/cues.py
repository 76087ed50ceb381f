"""The reporting verbs and phrases that attribute, and where they stand in a text."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import attrs

from claimtrack.data import load_lexicon, load_rows
from claimtrack.text import Words

_VOWELS = "aeiou"
_DOUBLED = frozenset(load_lexicon("words")["doubled_verbs"])
"""Verbs that double their last consonant: stress decides, which spelling does not show."""


@attrs.frozen(slots=True)
class Cue:
    """One form of a reporting verb: its lemma, the frames it takes, and which form it is."""

    lemma: str
    frames: frozenset[str]
    form: str
    """One of base, s, ing, past."""
    often_noun: bool


@attrs.frozen(slots=True)
class CueAt:
    """A cue in a text: the words `[first, last]`, both included."""

    first: int
    last: int
    cue: Cue


@functools.cache
def cue_forms() -> dict[tuple[str, ...], Cue]:
    """Give every form of every reporting verb, as a tuple of small-letter words.

    >>> cue_forms()["pointed", "out"].lemma
    'point out'
    """
    forms: dict[tuple[str, ...], Cue] = {}
    for row in load_rows("cues"):
        lemma, frames, irregular, noun = (*row, "", "", "")[:4]
        verb, *particles = lemma.split()
        for form, word in _inflect(verb, irregular.split()):
            words = tuple(word.split("_")) if "_" in word else (word, *particles)
            forms.setdefault(words, Cue(lemma, frozenset(frames.split()), form, noun == "noun"))
    return forms


def _inflect(verb: str, irregular: list[str]) -> Iterator[tuple[str, str]]:
    """Give the forms of a verb by the spelling rules of English, with its irregular past where it has one."""
    last, before = verb[-1], verb[-2]
    stem = verb + last if verb in _DOUBLED else verb[:-1] if last == "e" and before not in "eoy" else verb
    if last == "y" and before not in _VOWELS:
        third, past = verb[:-1] + "ies", verb[:-1] + "ied"
    else:
        third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
        past = verb + "d" if last == "e" else stem + "ed"
    yield "base", verb
    yield "s", third
    yield "ing", stem + "ing"
    for word in dict.fromkeys(irregular or [past]):
        yield "past", word


def find_cues(words: Words, first: int, stop: int) -> Iterator[CueAt]:
    """Give the cues among the words `[first, stop)`, longest first at each place."""
    forms, starts = cue_forms(), _first_words()
    index = first
    lower = words.lower
    while index < stop:
        if lower[index] in starts:
            for length in range(min(4, stop - index), 0, -1):
                cue = forms.get(lower[index : index + length])
                if cue is not None:
                    yield CueAt(index, index + length - 1, cue)
                    index += length - 1
                    break
        index += 1


@functools.cache
def _first_words() -> frozenset[str]:
    return frozenset(words[0] for words in cue_forms())
