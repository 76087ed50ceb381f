"""Heads of histories as lines of text, to be kept elsewhere: what shows that a history was cut at its end.

One line a claim, `<digest of its last event>  <claim id>`, as sha256sum writes them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from claimtrack.errors import ReadError

_LINE = re.compile(r"([0-9a-f]{64})  ([a-z0-9][a-z0-9-]*)")


def format_heads(heads: Mapping[str, str]) -> str:
    """Give the heads by claim id as lines, in the order of the ids.

    >>> print(format_heads({"rents-1": "3f" * 32}), end="")
    3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f  rents-1
    """
    return "".join(f"{heads[id]}  {id}\n" for id in sorted(heads))


def parse_heads(text: str) -> dict[str, str]:
    """Give the heads by claim id that lines hold; empty lines and those that start with # are passed over.

    Raises ReadError on any other line.
    """
    heads: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line.rstrip())
        if found is None:
            raise ReadError(
                f"line {number}: {line[:60]!r} is no head: a line is 64 digits, two spaces and a claim's id"
            )
        heads[found[2]] = found[1]
    return heads
