"""Reviews with one to four things wrong: fields dropped, retyped, nested, listed, or in other letters."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import strategies as st

from tests.exchange.reviews import CLEAN

FULL: dict[str, Any] = {
    **CLEAN,
    "dateModified": "2025-04-01T12:00:00+02:00",
    "inLanguage": "en",
    "keywords": ["port", "budget"],
    "citation": [{"@type": "CreativeWork", "url": "https://port.example/budget", "name": "Budget", "x": 1.5}],
    "reviewRating": {**CLEAN["reviewRating"], "ratingExplanation": "The port paid two thirds."},
    "itemReviewed": {**CLEAN["itemReviewed"], "appearance": ["https://post.example/quay"]},
    "sdLicense": "https://licences.example/by-nc",
}
_STRANGE = st.sampled_from(
    [
        *(None, True, 0, -1, 1.5, 10**30, "", " ", "\x00", "\ud800", "a\nb", "x" * 5000, "false", "1"),
        *([], {}, [[]], [None], ["a", "b"], [{"name": "a"}, {"name": "b"}]),
        *({"@id": "#a"}, {"@value": "a"}, {"@value": 1}, {"name": {"name": {}}}),
    ]
)
_CHANGES: dict[str, Callable[[Any, Any], Any]] = {
    "retype": lambda value, strange: strange,
    "nest": lambda value, strange: {"value": value},
    "value object": lambda value, strange: {"@value": value},
    "list": lambda value, strange: [value],
    "list of two": lambda value, strange: [value, strange],
    "second": lambda value, strange: [strange, value],
    "text": lambda value, strange: str(value),
}
_LETTERS: dict[str, Callable[[str], str]] = {"upper": str.upper, "lower": str.lower, "swapped": str.swapcase}


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Give the path of everything in a review."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in entries:
        yield (*path, key)
        yield from places(child, (*path, key))


PLACES = tuple(places(FULL))


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """Give a review with one to four changes."""
    review = copy.deepcopy(FULL)
    for place in draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=4)):
        _change(review, place, draw(st.sampled_from(["drop", *_LETTERS, *_CHANGES])), draw(_STRANGE))
    return review


def _change(review: Any, place: tuple[str | int, ...], how: str, strange: Any) -> None:
    holder = review
    for key in place[:-1]:
        if not isinstance(holder, dict | list):
            return
        try:
            holder = holder[key]  # type: ignore[call-overload]
        except (KeyError, IndexError, TypeError):
            return
    key = place[-1]
    if isinstance(holder, dict) and key in holder:
        if how == "drop":
            del holder[key]
        elif how in _LETTERS:
            renamed = {_LETTERS[how](name) if name == key else name: value for name, value in holder.items()}
            holder.clear()
            holder.update(renamed)
        else:
            holder[key] = _CHANGES[how](holder[key], copy.deepcopy(strange))
