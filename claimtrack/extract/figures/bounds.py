"""How exact a number is said to be (about, at least, ...), and whether it is a rise or a fall."""

from __future__ import annotations

import functools
from typing import Any

from claimtrack.data import load_lexicon
from claimtrack.models.vocabulary import Change, FigureKind, Modifier
from claimtrack.text import Words

_RELATIVE = ("percent", "percentage_point")
_BETWEEN = frozenset(["the", "a", "an", "another", "only", "just", "its", "their", "his", "her"])


def find_modifier(words: Words, first: int, last: int, floor: int, stop: int) -> tuple[Modifier, int]:
    """Give how exact the words around a number say it is, and the first word of the hedge before it."""
    before, after = _hedges("hedges"), _hedges("hedges_after")
    for skipped in (0, 1):
        if skipped and (first - 1 < floor or words.lower[first - 1] not in _BETWEEN):
            break
        end = first - skipped
        for length in (5, 4, 3, 2, 1):
            if end - length >= floor:
                found = before.get(words.lower[end - length : end])
                if found is not None and not (skipped and length == 1):
                    return found, end - length
    for length in (2, 1):
        if last + 1 + length <= stop:
            found = after.get(words.lower[last + 1 : last + 1 + length])
            if found is not None:
                return found, first
    return "exact", first


def find_change(words: Words, first: int, last: int, kind: FigureKind, *, floor: int = 0) -> Change:
    """Give whether a number is an amount of rise or fall: `rose 5%`, `a drop of 20 points`, `40 more`.

    Words before `floor` tell nothing about it.
    """
    lexicon = _lexicon()
    place = first - 1
    while place >= floor and first - place <= 4 and words.lower[place] in lexicon["adverbs"]:
        if words.lower[place] in ("higher", "lower"):
            break
        place -= 1
    if place >= floor:
        word = words.lower[place]
        by = "by" in words.lower[place + 1 : first]
        change = lexicon["verbs"].get(word)
        phrasal = word in ("up", "down", "add") and place > 0 and words.lower[place - 1] in lexicon["phrasal"]
        to = words.lower[last + 1 : last + 2] == ("to",) and kind in ("money", "measure")  # "added 15 cents to $2.70"
        free = by or to or kind in _RELATIVE or word not in lexicon["only_relative"]
        if change is not None and not phrasal and free:
            return change  # type: ignore[no-any-return]
        if by:  # "cut its rate by 0.5 points": what changes stands between
            start = next(back for back in range(first - 1, -1, -1) if words.lower[back] == "by")
            for back in range(start - 1, max(-1, start - 6), -1):
                if not words.texts[back][0].isalpha():
                    break
                moved: Change | None = lexicon["verbs"].get(words.lower[back])
                if moved is not None:
                    return moved
        if word == "of" and place > 0:
            noun: Change | None = lexicon["nouns"].get(words.lower[place - 1])
            if noun is not None:
                return noun
    after = last + 1
    if after < len(words) and words.lower[after] in lexicon["nouns"] and kind != "age":
        return lexicon["nouns"][words.lower[after]]  # type: ignore[no-any-return]
    if after < len(words) and kind in (*_RELATIVE, "money", "measure"):
        return lexicon["after"].get(words.lower[after], "none")  # type: ignore[no-any-return]
    return "none"


@functools.cache
def _hedges(name: str) -> dict[tuple[str, ...], Modifier]:
    return {tuple(words.split()): modifier for words, modifier in load_lexicon("numbers")[name]}


@functools.cache
def _lexicon() -> dict[str, Any]:
    raw = load_lexicon("changes")

    def both(up: str, down: str) -> dict[str, str]:
        return dict.fromkeys(raw[up], "up") | dict.fromkeys(raw[down], "down")

    return {
        "verbs": both("up", "down"),
        "nouns": both("nouns_up", "nouns_down"),
        "after": both("after_up", "after_down"),
        "adverbs": frozenset(raw["adverbs"]),
        "only_relative": frozenset(raw["only_relative"]),
        "phrasal": frozenset(raw["phrasal"]),
    }
