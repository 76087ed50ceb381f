"""An article's name and its publisher, worked out from what is known about it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import urlsplit

MAX_ID = 90
"""The longest article id: claim ids add an offset and stay within their 120 characters."""

# Under these a country's registry sells names one level further down (bbc.co.uk).
_SECOND_LEVEL = frozenset(
    ("ac", "co", "com", "edu", "go", "gob", "gov", "govt", "gouv", "mil", "ne", "net", "nhs", "nom", "or", "org")
)
# Under these every name is somebody else's site.
_SHARED = frozenset(("blogspot.com", "github.io", "medium.com", "substack.com", "wordpress.com"))


def publisher_from_url(url: str | None) -> str | None:
    """Give the name in a URL's host that its owner chose, or None.

    A small rule instead of the public suffix list: it is a guess, and recorded as one.

    >>> publisher_from_url("https://www.bbc.co.uk/news/1"), publisher_from_url("https://sputnikglobe.com/2025/")
    ('bbc', 'sputnikglobe')
    """
    try:
        host = (urlsplit(url or "").hostname or "").rstrip(".")
    except ValueError:
        return None
    labels = host.split(".")
    if len(labels) < 2 or "" in labels or labels[-1].isdigit() or ":" in host:  # localhost, IP addresses
        return None
    suffix = 2 if len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL and len(labels) > 2 else 1
    if len(labels) > 2 and ".".join(labels[-2:]) in _SHARED:
        suffix = 2
    label = labels[-suffix - 1]
    if label.startswith("xn--"):
        try:
            label = label.encode("ascii").decode("idna")
        except UnicodeError:
            return label
    return label


def article_id(*, text: str, title: str | None, url: str | None, publisher: str | None, published: str | None) -> str:
    """Give the id: the day, the host's or publisher's name, and the first three words of the title.

    Where the title gives no words in ASCII letters, eight digits of the text's SHA-256 digest stand for them.

    >>> article_id(text="", title="Interests of Russia, Azerbaijan Coincide", url="https://sputnikglobe.com/1",
    ...            publisher="Sputnik", published="2025-10-09T10:00:00Z")
    '2025-10-09-sputnikglobe-interests-of-russia'
    """
    day = published[:10] if published else "undated"
    house = _slug(publisher_from_url(url) or "") or _slug(publisher or "")
    words = "-".join([slug for word in (title or "").split() if (slug := _slug(word))][:3])
    words = words[:40].strip("-") or hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]
    room = MAX_ID - len(day) - len(words) - 2
    return "-".join(part for part in (day, house[:room].strip("-"), words) if part)


def _slug(written: str) -> str:
    """Give the words in small ASCII letters and digits, with hyphens between them."""
    folded = (
        unicodedata.normalize("NFKD", re.sub(r"['’ʼ]|(?<=\d),(?=\d)", "", written))
        .encode("ascii", "ignore")
        .decode("ascii")
    )
    return "-".join(re.findall(r"[a-z0-9]+", folded.lower()))
