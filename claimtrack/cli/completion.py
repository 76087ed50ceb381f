"""What the shell offers where an id belongs: the names of the files in the store that is given."""

from __future__ import annotations

import itertools
from pathlib import Path

import click

MOST = 200
"""More than this many ids help nobody who presses the tab key."""


def complete_ids(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Give the ids of claims and articles that begin so; no document is opened; without a folder there are none."""
    store = ctx.params.get("store_path")
    if not isinstance(store, Path) or not all(char.isalnum() or char == "-" for char in incomplete):
        return []
    places = (f"claims/*/*/{incomplete}*.json", f"articles/*/{incomplete}*.json")
    files = itertools.chain.from_iterable(Path(store).glob(place) for place in places)
    return sorted(path.stem for path in itertools.islice(files, MOST))
