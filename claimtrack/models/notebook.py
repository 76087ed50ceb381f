"""How a document shows itself in a notebook: its fields as a table, what came from outside as text."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimtrack.models.base import Value

_LONG = 300


def to_table(value: Value) -> str:
    """Give a value's fields as an HTML table: those that are set, parts and long texts folded.

    >>> from claimtrack.models import Anchor
    >>> to_table(Anchor(start=4, end=9, exact="<b>67"))[:97]
    '<table><tr><th>start</th><td>4</td></tr><tr><th>end</th><td>9</td></tr><tr><th>exact</th><td><bdi'
    """
    return rows_table((name, getattr(value, name)) for name in type(value).model_fields)


def rows_table(rows: Iterable[tuple[str, object]]) -> str:
    """Give names and what they hold as an HTML table, without those that hold nothing."""
    shown = (f"<tr><th>{name}</th><td>{_cell(one)}</td></tr>" for name, one in rows if one not in (None, (), ""))
    return f"<table>{''.join(shown)}</table>"


def _cell(value: object) -> str:
    from claimtrack.models.base import Value

    if isinstance(value, Value):
        return _folded(type(value).__name__, to_table(value))
    if isinstance(value, tuple):
        if not any(isinstance(one, Value) for one in value):
            return ", ".join(map(_cell, value))
        return _folded(f"{len(value)} × {type(value[0]).__name__}", "".join(to_table(one) for one in value))
    if isinstance(value, str):
        # An isolate ends what turns the writing direction inside it.
        text = f"<bdi>{html.escape(value)}</bdi>"
        return _folded(f"<bdi>{html.escape(value[:_LONG])}</bdi>…", text) if len(value) > _LONG else text
    return html.escape(str(value))


def _folded(summary: str, inside: str) -> str:
    return f"<details><summary>{summary}</summary>{inside}</details>"
