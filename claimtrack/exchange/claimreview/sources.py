"""Every review in a page or a JSON file, in its order, with what had to be mended to read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import attrs

from claimtrack.errors import DocumentError, Finding
from claimtrack.exchange.claimreview.fields import Node
from claimtrack.exchange.claimreview.nodes import find_nodes
from claimtrack.exchange.claimreview.pages import find_blocks
from claimtrack.exchange.foreign_json import write_foreign
from claimtrack.exchange.mended_json import Mended, mend_json

_MICRODATA = re.compile(r"""itemtype\s*=\s*["']?https?://schema\.org/ClaimReview\b""", re.IGNORECASE)
_CANONICAL = re.compile(r"""<link\s[^>]{0,200}?rel=["']?canonical["']?[^>]{0,500}>""", re.IGNORECASE)
_HREF = re.compile(r"""href=["']?([^"'\s>]{1,2000})""", re.IGNORECASE)


@attrs.frozen(slots=True)
class Found:
    """One review: the object, its JSON text (untouched where it stands alone), and where it was found."""

    node: Node
    original: str
    where: str


def find_reviews(text: str, findings: list[Finding]) -> Iterator[Found]:
    """Give the reviews in a page or a JSON text; `findings` takes what was mended and what could not be read."""
    if not is_page(text):
        yield from _in_json(mend_json(text), "", findings)
        return
    for block in find_blocks(text):
        if "review" not in block.text.lower():
            continue
        where = f"script in line {block.line}"
        mended = mend_json(block.text)
        if not block.closed:
            message = f"the script in line {block.line} is never closed; add </script>"
            findings.append(Finding(code="html-unclosed", severity="warning", message=message))
        yield from _in_json(mended, where, findings)
    if _MICRODATA.search(text):
        message = "the page has a ClaimReview as microdata, which is not read; write it as JSON-LD"
        findings.append(Finding(code="microdata-not-read", severity="warning", message=message))


def is_page(text: str) -> bool:
    """Tell a page from JSON: a page starts with a tag."""
    start = text.lstrip("\ufeff \t\r\n")
    return start.startswith("<") and not start.startswith(("<!--{", "<!-- {"))


def canonical_url(page: str) -> str | None:
    """Give the address that a page says it has."""
    link = _CANONICAL.search(page)
    href = _HREF.search(link[0]) if link is not None else None
    return href[1] if href is not None else None


def _in_json(mended: Mended, where: str, findings: list[Finding]) -> Iterator[Found]:
    findings.extend(attrs.evolve(one, source=where or None) for one in mended.findings)
    for value, text in mended.values:
        for number, node in enumerate(find_nodes(value), start=1):
            try:
                original = text if node is value and text is not None else write_foreign(node)
            except DocumentError as error:
                findings.extend(attrs.evolve(one, source=where or None) for one in error.findings)
                continue
            yield Found(node, original, _place(where, value, number))


def _place(where: str, value: Any, number: int) -> str:
    if isinstance(value, dict) and number == 1 and where:
        return where
    return f"{where}, object {number}" if where else f"object {number}"
