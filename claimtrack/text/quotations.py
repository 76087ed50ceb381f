"""Quotation marks of all usual kinds, paired also where one is missing.

Marks are paired within a paragraph, because a missing mark must not turn the rest of the text inside out. A
quotation that runs on opens each of its paragraphs with a mark and closes only the last. One pass, linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from claimtrack.errors import Finding
from claimtrack.text.span import Span

_PAIRS = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "‹": "›",
    "「": "」",
    "『": "』",
    "‘": "’",
    '"': '"',
    "'": "'",
    "``": "''",
    "''": "''",
}
_CLOSE_TO_OPEN: dict[str, tuple[str, ...]] = {}
for _open, _closers in _PAIRS.items():
    for _mark in (_closers,) if _closers == "''" else _closers:
        _CLOSE_TO_OPEN[_mark] = (*_CLOSE_TO_OPEN.get(_mark, ()), _open)
_MARK = re.compile(r"``|''|[“”„«»‹›「」『』‘’\"']")
_ELIDED = re.compile(r"['’‘](?:\d0s|em|til|tis|twas|n|cause|round)\b", re.IGNORECASE)


@attrs.frozen(slots=True)
class Quotation:
    """One quotation: `span` with its marks, `inner` without them.

    `closed` tells whether its closing mark is there; `goes_on` that the next paragraph opens with a mark again
    and continues it; `depth` is 0 for a quotation that stands in no other.
    """

    span: Span
    inner: Span
    mark: str
    closed: bool
    goes_on: bool
    depth: int


@attrs.define(slots=True)
class _Open:
    """A mark that waits for its partner."""

    mark: str
    start: int
    inner_start: int
    depth: int


def find_quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """Give the quotations of a text in the order of their opening marks.

    A mark that never closes gives a quotation to the end of its paragraph with `closed` false.

    >>> text = "She said “we ‘never’ knew” and left."
    >>> [q.inner.of(text) for q in find_quotations(text, [Span(0, len(text))])]
    ['we ‘never’ knew', 'never']
    """
    found: list[Quotation] = []
    for index, paragraph in enumerate(paragraphs):
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        found.extend(sorted(_in_paragraph(text, paragraph, following), key=lambda one: (one.span.start, one.depth)))
    return tuple(found)


def check_quotations(quotations: Sequence[Quotation]) -> tuple[Finding, ...]:
    """Give a finding for each quotation mark that is opened and never closed.

    >>> text = 'She said “we knew.'
    >>> [f.code for f in check_quotations(find_quotations(text, [Span(0, len(text))]))]
    ['quotation-unclosed']
    """
    return tuple(
        Finding(
            code="quotation-unclosed",
            severity="warning",
            message=f"the quotation mark {one.mark} is opened here and not closed in its paragraph",
            start=one.span.start,
            end=one.inner.start,
        )
        for one in quotations
        if not one.closed and not one.goes_on
    )


def _in_paragraph(text: str, paragraph: Span, following: Span | None) -> Iterator[Quotation]:
    waiting: list[_Open] = []
    open_count: dict[str, int] = {}
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        mark, start, end = match.group(), match.start(), match.end()
        before = text[start - 1] if start > paragraph.start else " "
        after = text[end] if end < paragraph.end else " "
        openers = _CLOSE_TO_OPEN.get(mark, ())
        closes = any(open_count.get(one) for one in openers)
        if closes and _may_close(mark, before, after):
            # Whatever was opened inside and not closed was no quotation mark, or its partner is missing.
            while True:
                opened = waiting.pop()
                open_count[opened.mark] -= 1
                if opened.mark in openers:
                    break
            yield Quotation(
                Span(opened.start, end), Span(opened.inner_start, start), opened.mark, True, False, opened.depth
            )
        elif mark in _PAIRS and _may_open(text, mark, start, before, after):
            waiting.append(_Open(mark, start, end, len(waiting)))
            open_count[mark] = open_count.get(mark, 0) + 1
    for opened in waiting:
        if opened.mark in ("'", "‘"):  # an apostrophe far more often than a forgotten mark
            continue
        goes_on = opened.depth == 0 and following is not None and text.startswith(opened.mark, following.start)
        yield Quotation(
            Span(opened.start, paragraph.end),
            Span(opened.inner_start, paragraph.end),
            opened.mark,
            False,
            goes_on,
            opened.depth,
        )


def _may_close(mark: str, before: str, after: str) -> bool:
    if mark in ("'", "’"):
        return not before.isspace() and not after.isalnum()
    if mark in ('"', "''"):
        # `said "stop` inside an open quotation opens another.
        return not ((before.isspace() or before in "([") and after.isalnum())
    return True


def _may_open(text: str, mark: str, start: int, before: str, after: str) -> bool:
    if after.isspace() and mark in ('"', "'", "‘", "''"):
        return False
    if mark in ("'", "‘"):
        return not before.isalnum() and not _ELIDED.match(text, start)
    return True
