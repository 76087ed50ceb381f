"""The output of a batch is no part of its own input, as which it would be found when the run is gone on with."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path
from typing import Final, get_args

from claimtrack.batch.manifest import Form
from claimtrack.batch.output import FOLDERS, JOURNAL, MANIFEST
from claimtrack.errors import ReadError

_WRITTEN: Final = (
    (MANIFEST,),
    (JOURNAL,),
    *((folder, f"part-00000.{form}") for folder in FOLDERS for form in get_args(Form)),
)
"""The files of an output, as far as patterns tell them apart."""


def check_apart(inputs: Iterable[str | os.PathLike[str]], output: Path) -> None:
    """Raise ReadError where the output would become part of its own input: of a folder, or of what a pattern fits."""
    for one in inputs:
        given = Path(one)
        is_pattern = glob.has_magic(str(given)) and not given.exists()
        if output.resolve().is_relative_to(given.resolve()) or (is_pattern and _takes(given, output)):
            raise ReadError(
                f"{output}: lies in the input {one}, of which it would become a part; name a folder elsewhere"
            )


def _takes(pattern: Path, output: Path) -> bool:
    """Tell whether a pattern will fit a file of the output, or a folder on the way to it, of which all is read."""
    wanted = _parts(pattern)
    for names in _WRITTEN:
        found = _parts(output.joinpath(*names))
        if _fits(wanted, found if "**" in wanted else found[: len(wanted)]):
            return True
    return False


def _parts(path: Path) -> tuple[str, ...]:
    return Path(os.path.abspath(path)).parts


def _fits(pattern: tuple[str, ...], path: tuple[str, ...]) -> bool:
    """Tell whether a pattern finds a path, as `glob` does: a name that begins with a dot must be asked for."""
    if not pattern or not path:
        return not path and set(pattern) <= {"**"}
    if pattern[0] == "**":
        return _fits(pattern[1:], path) or (path[0][0] != "." and _fits(pattern, path[1:]))
    is_asked_for = path[0][0] != "." or pattern[0][0] == "."
    return is_asked_for and fnmatch(path[0], pattern[0]) and _fits(pattern[1:], path[1:])
