"""What the code reads: lexicons and tables. README.md beside this file gives source and licence of each."""

from __future__ import annotations

import functools
import json
from importlib.resources import files
from typing import Any


@functools.cache
def load_lexicon(name: str) -> dict[str, Any]:
    """Give the lexicon `<name>.json` of this folder.

    >>> "said" in load_lexicon("abbreviations")["starters"]
    False
    """
    loaded: dict[str, Any] = json.loads((files(__package__) / f"{name}.json").read_text("utf-8"))
    return loaded


@functools.cache
def load_rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Give the rows of the table `<name>.tsv` of this folder, without comments and blank lines.

    >>> load_rows("cues")[0][0]
    'say'
    """
    lines = (files(__package__) / f"{name}.tsv").read_text("utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))
