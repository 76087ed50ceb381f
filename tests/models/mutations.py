"""One thing wrong (or only odd) in a document: every place, and what may stand there instead."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

Place = tuple[str | int, ...]


def places(value: Any, at: Place = ()) -> Iterator[Place]:
    """Give the place of every value inside a JSON value, its own first."""
    yield at
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in entries:
        yield from places(child, (*at, key))


def value_at(value: Any, place: Place) -> Any:
    """Give the value that stands at a place."""
    for key in place:
        value = value[key]
    return value


def changed(document: dict[str, Any], place: Place, new: Any) -> dict[str, Any]:
    """Give a copy of the document with another value at one place; a field that is not there yet is added."""
    document = copy.deepcopy(document)
    value_at(document, place[:-1])[place[-1]] = new
    return document


def dropped(document: dict[str, Any], place: Place) -> dict[str, Any]:
    """Give a copy of the document without what stands at one place."""
    document = copy.deepcopy(document)
    del value_at(document, place[:-1])[place[-1]]
    return document


def mutants(document: dict[str, Any], place: Place) -> Iterator[dict[str, Any]]:
    """Give copies of a document that differ at one place: dropped, renamed, retyped, out of range, out of form."""
    key = place[-1]
    value = value_at(document, place)
    yield dropped(document, place)
    if isinstance(key, str):
        for name in (key + "s", key[:-1], key.upper(), key + "_", key + "\n", ""):
            if name not in value_at(document, place[:-1]):
                yield changed(dropped(document, place), (*place[:-1], name), value)
    for new in (*_AWKWARD, *_near(value)):
        yield changed(document, place, new)


_AWKWARD: tuple[Any, ...] = (
    *(None, True, False, 0, 1, 2, -1, 12, 1.0, 0.5, 1.5, -0.0, 1e300, 5e-324, 2**31 - 1, 2**31, 10**30),
    *("", " ", "x", "X", "12", "-1", "1.0", "0.50", "1e3", "1/3", "1/0", "+1", "01", "NaN", "true", "null", "a b"),
    *("2025-02-29", "2025-13-01", "2025-1-1", "0000-01-01", "2025-03-04T25:00Z", "2025-03-04T10:00", "20250304"),
    *("1999-12-31", "2999-12-31", "../../x", "a" * 120, "a" * 121, "a" * 2001, "9" * 201, "١٢", "１２", "é", "\u2028"),
    *("https://herald.example", "https://herald.example/a b", "javascript:alert(1)", "person", "narration", "unknown"),
    *("nothing_found", "direct", "closed", "false", [], {}, [None], [[]], ["x"], [1], {"x": 1}),
)


def _near(value: Any) -> Iterator[Any]:
    """Give what a slip would make of this very value."""
    yield [value]
    yield {"value": value}
    yield str(value)
    if isinstance(value, str):
        yield from (value + "\n", "\n" + value, value + "\r\n", value + " ", " " + value, value + "\x00", value * 2)
        yield from (value.upper(), value.title(), value[:-1], value[1:], value.replace("-", "–"), value + "\x7f")
    elif isinstance(value, bool | int | float):
        yield from (float(value), -value, value + 1, value - 1, value + 0.5)
    elif isinstance(value, list):
        yield from (value + value, value[:-1], [*value, None], {str(index): one for index, one in enumerate(value)})
    elif isinstance(value, dict):
        yield from (list(value), list(value.values()), {}, value | {"note2": "x"}, value | {"format": "x"})
