"""What the fast tagger sees of each token: short strings, one column for each kind of thing seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import attrs

from claimtrack.extract.tagging.tokens import Tokens

SURE_CUE: Final = 3
"""A word in this bucket or above is taken for a cue when distances to cues are counted."""

FAR: Final = 30
"""Distances, in tokens, are not told apart beyond this."""

_STEPS: Final = [str(min(step, 5 if step < 8 else 6 if step < 15 else 7)) for step in range(FAR + 1)]
_COPULAS: Final = {"that", "to", "whether", "if", "how", "why", "what", "as", "by"}


@attrs.frozen(slots=True)
class WordKinds:
    """How often, from 0 (never) to 5, training data use a word in a cue and in a source."""

    cue: Mapping[str, int]
    source: Mapping[str, int]


def features_of(tokens: Tokens, kinds: WordKinds, hints: list[str]) -> Iterator[list[str]]:
    """Give the features column by column: item i of column k is what feature k says about token i.

    `hints` tells what the rules make of each token.
    One column at a time, because all of them together take hundreds of times the memory of the text.
    """
    words = list(tokens.words)
    cue = [kinds.cue.get(word, 0) for word in words]
    digit = list(map(str, cue))
    source = [str(kinds.source.get(word, 0)) for word in words]
    shape = list(map(str, tokens.shapes.tolist()))
    quote = list(map(str, tokens.quotes.tolist()))
    breaks = list(map(str, tokens.breaks.tolist()))
    suffix = [word[-3:] for word in words]
    before1, before2 = _moved(words, -1), _moved(words, -2)
    after1, after2 = _moved(words, 1), _moved(words, 2)
    near = _joined(_moved(digit, -2), _moved(digit, -1), digit, _moved(digit, 1), _moved(digit, 2))
    people = _joined(_moved(source, -2), _moved(source, -1), source, _moved(source, 1), _moved(source, 2))
    looks = _joined(_moved(shape, -2), _moved(shape, -1), shape, _moved(shape, 1), _moved(shape, 2))
    marks = _joined(_moved(quote, -1), quote, _moved(quote, 1))
    last, since, seen = _cues_before(tokens, cue)
    following, until, ahead = _cues_after(tokens, cue)
    place = _places(tokens)
    first = _firsts(tokens, words)
    small = list(map("".join, zip(quote, breaks, strict=True)))
    yield words
    yield before1
    yield after1
    yield before2
    yield after2
    yield _joined(before1, words, by=" ")
    yield _joined(words, after1, by=" ")
    yield _joined(before1, after1, by=" ")
    yield suffix
    yield _moved(suffix, -1)
    yield _moved(suffix, 1)
    yield _joined(looks, breaks)
    yield _joined(shape, digit, source)
    yield _joined(marks, breaks, _moved(breaks, 1))
    yield _joined(near, quote)
    yield _joined(people, quote)
    yield _joined(near, people)
    yield _joined(last, since)
    yield _joined(following, until)
    yield _joined(last, following, quote, by=" ")
    yield _joined(since, until, quote, shape)
    yield _joined(seen, since, quote, breaks)
    yield _joined(ahead, until, quote, breaks)
    yield _joined(seen, ahead, quote)
    yield _joined(place, shape, small)
    yield _joined(words, quote)
    yield _joined(words, since, until)
    yield _joined(words, _moved(digit, -1), _moved(digit, 1))
    yield _joined(first, place, quote)
    yield _joined(suffix, shape, _moved(shape, -1))
    yield hints
    yield _joined(_moved(hints, -1), hints, _moved(hints, 1))
    yield _joined(hints, marks)
    yield _joined(hints, digit, source)
    yield _joined(hints, since, until)
    yield _joined(hints, shape, breaks)


def _moved(column: list[str], by: int) -> list[str]:
    """Give each token what the token `by` places on has."""
    edge = ["^"] * min(abs(by), len(column))
    return column[by:] + edge if by > 0 else edge + column[:by]


def _joined(*columns: Iterable[str], by: str = "") -> list[str]:
    return list(map(by.join, zip(*columns, strict=True)))


def _cues_before(tokens: Tokens, cue: list[int]) -> tuple[list[str], list[str], list[str]]:
    """Give for each token the last cue before it in its sentence, how far back it is, and what came between."""
    return _cues(tokens.words, cue, tokens.breaks.tolist(), range(len(cue)))


def _cues_after(tokens: Tokens, cue: list[int]) -> tuple[list[str], list[str], list[str]]:
    # Read backwards, a sentence "starts" at the token after which the next one does.
    ends = [*tokens.breaks.tolist()[1:], 1]
    columns = _cues(tokens.words, cue, ends, range(len(cue) - 1, -1, -1))
    return columns[0][::-1], columns[1][::-1], columns[2][::-1]


def _cues(
    words: tuple[str, ...], cue: list[int], breaks: list[int], order: range
) -> tuple[list[str], list[str], list[str]]:
    names, steps, between = [], [], []
    name, step, commas, joins = "-", FAR, 0, ""
    for index in order:
        if breaks[index]:
            name, step, commas, joins = "-", FAR, 0, ""
        names.append(name)
        steps.append("-" if name == "-" else _STEPS[step])
        between.append(f"{commas}{joins}")
        word = words[index]
        if cue[index] >= SURE_CUE:
            name, step, commas, joins = word, 0, 0, ""
        elif word == ",":
            commas = min(2, commas + 1)
        elif word == '"':
            joins = joins[-1:] + '"'
        elif word in _COPULAS and len(joins) < 2:
            joins += word[0]
        step = min(FAR, step + 1)
    return names, steps, between


def _places(tokens: Tokens) -> list[str]:
    """Give each token's place in its sentence: the first few apart, the rest together."""
    places = []
    place = 0
    for one in tokens.breaks.tolist():
        place = 0 if one else place + 1
        places.append(str(min(place, 4)) if place < 8 else "5")
    return places


def _firsts(tokens: Tokens, words: list[str]) -> list[str]:
    """Give each token the first word of its sentence."""
    firsts = []
    first = ""
    for word, one in zip(words, tokens.breaks.tolist(), strict=True):
        if one:
            first = word
        firsts.append(first)
    return firsts
