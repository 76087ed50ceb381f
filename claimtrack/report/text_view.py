"""The article in the terminal: its text with the claims marked in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claimtrack.models import Article, Claim
from claimtrack.report.marks import Piece, by_place, find_paragraphs
from claimtrack.report.terminal import safe

if TYPE_CHECKING:
    from rich.console import Group

_CONTENT, _NARRATED, _SOURCE, _CUE = "green", "dim", "bold magenta", "italic yellow"


def article_text(article: Article, claims: Sequence[Claim]) -> Group:
    """Give an article's text with sources bold, cues slanted, contents coloured, figures underlined.

    The number after a content is the claim's, in the order of the text.
    """
    from rich.console import Group
    from rich.text import Text

    paragraphs = []
    for paragraph in find_paragraphs(article, dict(enumerate(by_place(claims), 1))):
        shown = Text(style="bold" if paragraph.is_headline else "")
        for run in paragraph.runs:
            underlined = " underline" if run.notes else ""
            for piece in run.pieces:
                words = "\n".join(safe(line) for line in piece.text.split("\n"))
                shown.append(words, style=(_style(piece) + underlined).strip())
                for number in piece.ends:
                    shown.append(f" [{number}]", style="dim")
        paragraphs += [shown, Text("")]
    return Group(*paragraphs)


def _style(piece: Piece) -> str:
    if piece.source:
        return _SOURCE
    if piece.cue:
        return _CUE
    if piece.content:
        return _NARRATED if piece.narrated else _CONTENT
    return ""
