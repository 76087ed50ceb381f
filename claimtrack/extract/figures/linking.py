"""What one figure tells of the next: a shared verb, a noun left out, a unit said once."""

from __future__ import annotations

from typing import Any

import attrs

from claimtrack.extract.noun_phrases import Phrase
from claimtrack.extract.values import Figure
from claimtrack.text import Words


@attrs.frozen(slots=True)
class Found:
    """A figure with the words it stands in and the noun phrase that it counts."""

    figure: Figure
    first: int
    last: int
    counted: Phrase | None
    people: bool
    words: Words


def link(found: list[Found]) -> list[Found]:
    """Give each count what its neighbours say: the role in `62 passengers and five crew on board`, `nine of them`."""
    linked = list(found)
    for place in range(len(linked) - 1, -1, -1):  # a shared verb after a list belongs to all of it
        one = linked[place]
        if one.people and one.figure.role is None and place + 1 < len(linked):
            other = linked[place + 1]
            if other.people and other.figure.role is not None and _joined(one, other):
                linked[place] = _with(one, role=other.figure.role)
    for place, one in enumerate(linked):
        if place == 0 or one.figure.kind not in ("count", "percent", "money", "measure"):
            continue
        earlier = linked[place - 1]
        if one.people and one.figure.role is None and earlier.people and earlier.figure.role and _joined(earlier, one):
            one = linked[place] = _with(one, role=earlier.figure.role)
        if one.figure.change == "none" != earlier.figure.change and _restates(earlier, one):
            one = linked[place] = _with(one, change=earlier.figure.change)
        if (
            _between(earlier, one) == ("(",)
            and one.figure.modifier == "exact"
            and one.figure.unit
            and earlier.figure.unit
        ):
            # "over 7.5 million crowns ($1.1 million)"
            one = linked[place] = _with(one, modifier=earlier.figure.modifier)
        if one.figure.kind == "count" and one.counted is None:
            between = _between(earlier, one)
            bare = one.figure.unit is None and one.figure.what is None
            if (
                bare
                and earlier.figure.unit
                and _goes_on(between)
                and earlier.figure.kind in ("money", "measure", "percent")
            ):
                linked[place] = _with(one, kind=earlier.figure.kind, unit=earlier.figure.unit)
            elif bare and (one.figure.role or _of_them(one) or _elides(one)):
                head = next((past.figure.what for past in reversed(linked[:place]) if _gives_noun(past, one)), None)
                linked[place] = _with(one, what=head)
    for place in range(len(linked) - 2, -1, -1):  # "280 million of the 1.5 billion shekels", "8 or $9"
        one, other = linked[place], linked[place + 1]
        if one.figure.kind == "count" and one.figure.what is None and other.figure.kind == "money":
            between = other.words.lower[one.last + 1 : other.words.first_from(other.figure.span.start)]
            if between in (("of", "the"), ("of", "its"), ("of", "a"), ("or",), ("to",)):
                linked[place] = _with(one, kind="money", unit=other.figure.unit)
        elif (
            one.figure.kind == other.figure.kind == "count" and one.counted is None and _between(one, other) in _SHARED
        ):
            linked[place] = _with(one, what=other.figure.what)
    return linked


_SHARED = (("to",), ("of", "the"), ("of",), ("out", "of"))


def _goes_on(between: tuple[str, ...]) -> bool:
    return between in (("to",), ("and",), ("or",)) or (
        len(between) <= 3 and between[-1:] == ("to",) and "." not in between
    )


def _elides(found: Found) -> bool:
    """Tell whether the noun is left out because it was just said: `up from 2.4 million`, `95,800 who`."""
    words = found.words
    before = words.lower[found.first - 1] if found.first else ""
    after = words.lower[found.last + 1] if found.last + 1 < len(words) else ""
    return before in ("from", "with", "than", "against") or after in ("who", "whose")


def _with(found: Found, **changes: Any) -> Found:
    return attrs.evolve(found, figure=attrs.evolve(found.figure, **changes))


def _between(one: Found, other: Found) -> tuple[str, ...]:
    return one.words.lower[one.last + 1 : other.first]


def _joined(one: Found, other: Found) -> bool:
    """Tell whether two counts stand in one list."""
    return _between(one, other) in (("and",), (",",), (",", "and"), ("or",), ("as", "well", "as"), ("plus",), ("with",))


def _restates(one: Found, other: Found) -> bool:
    """Tell whether a second number says the same rise again: `8 points, or 0.2%`, `by 5% and 6%`."""
    between = _between(one, other)
    if between in (("or",), (",", "or"), (",",), (",", "and"), ("(",), ("and",)):
        return one.figure.kind == other.figure.kind or between[-1] in ("or", "(")
    return between[-1:] == ("by",) and len(between) <= 6 and "." not in between


def _of_them(found: Found) -> bool:
    after = found.words.lower[found.last + 1 : found.last + 3]
    return after in (("of", "them"), ("of", "those"), ("of", "whom"), ("of", "these"))


def _gives_noun(past: Found, one: Found) -> bool:
    if past.figure.what is None or past.figure.kind != "count":
        return False
    near = 60 if past.people else 30
    return one.first - past.last < near and (past.people or _elides(one) or _of_them(one))
