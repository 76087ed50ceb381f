"""Which form an input has."""

from __future__ import annotations

import re

from claimtrack.models.vocabulary import InputForm
from claimtrack.read.markdown import FRONT_MATTER, HEADING
from claimtrack.read.wire import DATE_LINE

_HTML = re.compile(r"(?i)\s*(<\?xml\b[^>]*>\s*)?(<!--.{0,2000}?-->\s*)?<(!doctype\s+html|html|head|body)\b", re.DOTALL)
_JSON = re.compile(r"\s*(\{\s*[\"}]|\[\s*[\[{\"])")  # `{"` opens no article, while "[Updated]" may
_ENDINGS: dict[str, InputForm] = {
    ".json": "document",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
}


def detect_form(text: str, ending: str = "") -> InputForm:
    """Give the form of an input by its first characters, else by its file's ending, else plain text.

    >>> detect_form("date 2025-03-14\\nFerry sinks"), detect_form("<!DOCTYPE html><title>Ferry sinks</title>")
    ('wire', 'html')
    """
    if DATE_LINE.match(text):
        return "wire"
    if _HTML.match(text):
        return "html"
    if _JSON.match(text):
        return "document"
    if FRONT_MATTER.match(text):
        return "markdown"
    named = _ENDINGS.get(ending.lower())
    return named or ("markdown" if HEADING.match(text) else "text")
