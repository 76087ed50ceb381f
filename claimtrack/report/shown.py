"""How text from outside goes into a page: as text, in its own writing direction, and never as a link to code."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from claimtrack.report.terminal import safe

# Embeddings, overrides and isolates reorder all that follows; the marks of one character (U+200E, U+200F) do not.
_CONTROL = re.compile("[\u202a-\u202e\u2066-\u2069\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def marked_up(text: str) -> Markup:
    """Give text for a page: escaped, and each reordering or control character shut up and shown by its code.

    The characters stay what they are, so what a reader copies is the text itself.

    >>> print(marked_up("<b>5 > 4</b>"))
    &lt;b&gt;5 &gt; 4&lt;/b&gt;
    >>> print(marked_up("a\\u202eb").replace("\\u202e", "[RLO]"))
    a<bdi class="control" data-code="U+202E">[RLO]</bdi>b
    """
    # A bare carriage return would come back as a newline: HTML parsers change it.
    whole = str(escape(text)).replace("\r", "&#13;")
    return Markup(_CONTROL.sub(_shut_up, whole))


def _shut_up(found: re.Match[str]) -> str:
    character = found[0]
    code = f"U+{ord(character):04X}"
    kept = character if unicodedata.category(character) == "Cf" else ""
    return f'<bdi class="control" data-code="{code}">{kept}</bdi>'


def one_line(text: str) -> str:
    """Give text for an attribute: one line, with what reorders it shown by its code.

    >>> one_line("two\\n lines \\u202e")
    'two lines \\\\u202e'
    """
    return safe(" ".join(text.split()))


def web_link(url: str | None) -> str | None:
    """Give a URL that may stand in a link, or None: only http and https with a host.

    >>> web_link("https://wire.example/crash"), web_link("javascript:alert(1)"), web_link("http:///etc/passwd")
    ('https://wire.example/crash', None, None)
    """
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and parts.hostname else None
