"""Whether the words around a date look back or ahead."""

from __future__ import annotations

import functools
import itertools
import re
from typing import Literal

from claimtrack.data import load_lexicon

Direction = Literal["past", "future", "unknown"]

_REACH = 110
_WORD = re.compile(r"[\w’'-]+|[.!?;,]")
_TO_COME = {("is", "to"), ("are", "to")}


def direction_at(match: re.Match[str]) -> Direction:
    """Tell from preposition and tense whether a date expression looks back or ahead.

    >>> text = "The port will reopen on Friday."
    >>> direction_at(re.search("Friday", text))
    'future'
    """
    string, start, end = match.string, match.start(), match.end()
    if "span" in match.re.groupindex:
        start, end = match.span("span")
    before = [word.lower().replace("’", "'") for word in _WORD.findall(string, max(0, start - _REACH), start)]
    after = [word.lower().replace("’", "'") for word in _WORD.findall(string, end, min(len(string), end + _REACH))]
    for place in range(len(before) - 1, -1, -1):
        if before[place] in ".!?":
            before = before[place + 1 :]
            break
    lead = [word for word in before[-3:] if word not in ("the", "early", "late", "about", "around")]
    if lead and lead[-1] in ("by", "until", "till", "before", "from") and "had" not in before:
        clue = _nearest(reversed(before[:-1]))
        if clue != "past" or lead[-1] in ("by", "until", "till"):
            return "future"
    if any(pair in _TO_COME for pair in itertools.pairwise(before)):
        return "future"  # "the ministers are to meet on Monday"
    if lead and lead[-1] == "since":
        return "past"
    clue = _nearest(reversed(before))
    return clue if clue != "unknown" else _nearest(iter(after))


def _nearest(words: object) -> Direction:
    later = None
    for word in words:  # type: ignore[attr-defined]
        if word in ".!?;":
            break
        if word in _words("ahead"):
            return "future"
        if later is None and _is_past(word):
            later = "past"
            # "was due on Friday" and "is expected to be opened on Friday" look ahead: read one clause on
            if word in ("was", "were", "had", "has", "have", "been"):
                return "past"
            continue
        if later is not None and word in (",", "that", "who", "which", "and", "but", "when", "after"):
            return "past"
        if later is not None and word in ("be", "to", "is", "are"):
            continue
    return "past" if later else "unknown"


def _is_past(word: str) -> bool:
    return (
        word in _words("back")
        or word in _irregular()
        or (word.endswith("ed") and len(word) > 3 and word not in _words("not_past"))
    )


@functools.cache
def _irregular() -> frozenset[str]:
    events = load_lexicon("events")
    return frozenset(events["past"]) | frozenset(events["irregular_participles"])


@functools.cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load_lexicon("tenses")[name])
