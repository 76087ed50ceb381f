"""Cells of a CSV file that a spreadsheet shows and never runs, and the way back.

A spreadsheet takes a cell that starts with = + - @, a tab or a line break for a formula (OWASP, CSV Injection). Such
a cell gets an apostrophe in front, and so does one that starts with an apostrophe, so that each can be told from the
other.
"""

from __future__ import annotations

import re
from typing import Final

_STARTS: Final = frozenset("=+-@\t\r\n＝＋－＠'")
_NUMBER = re.compile(r"-[0-9]+(?:\.[0-9]+)?")


def to_cell(text: str) -> str:
    """Give a text as a cell that is no formula; a plain negative number stays one.

    >>> to_cell('=HYPERLINK("x")'), to_cell("-3.40"), to_cell("The quay is safe")
    ('\\'=HYPERLINK("x")', '-3.40', 'The quay is safe')
    """
    return f"'{text}" if text[:1] in _STARTS and text and not _NUMBER.fullmatch(text) else text


def from_cell(cell: str) -> str:
    """Give the text that `to_cell` made a cell of; other cells stay as they are.

    >>> from_cell("'=1+1"), from_cell("''tis so"), from_cell("'tis so")
    ('=1+1', "'tis so", "'tis so")
    """
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _STARTS and len(cell) > 1 else cell
