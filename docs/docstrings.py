"""Tells the site that the `>>>` lines of a docstring are code: Markdown would read them as quotations."""

from __future__ import annotations

import re
from typing import Any

from griffe import Extension, Object

_EXAMPLE = re.compile(r"^>>> .*(?:\n\S.*|\n {2,}.*|\n(?=\n>>> ))*", re.MULTILINE)


class FencedExamples(Extension):
    """Puts a fence around every example; a blank line ends one, as in doctest."""

    def on_object(self, *, obj: Object, **_: Any) -> None:
        """Change the docstring of one object."""
        if obj.docstring:
            obj.docstring.value = fenced(obj.docstring.value)


def fenced(text: str) -> str:
    """Give a docstring with its examples as blocks of code."""
    return _EXAMPLE.sub(lambda found: f"```pycon\n{found[0].rstrip()}\n```", text)
