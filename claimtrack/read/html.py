"""A saved HTML page: its metadata, and the article's text without menus, footers and scripts."""

from __future__ import annotations

import functools
import re
import unicodedata
from types import ModuleType
from typing import Any

from claimtrack.errors import MissingExtraError, ReadError
from claimtrack.read.draft import TITLE_LENGTH, Draft, first_line, one_line, put_title_first
from claimtrack.read.moment import to_moment

# News pages have 2,000 to 6,000 elements, and the extraction takes 40 microseconds for each.
_MAX_ELEMENTS = 30_000
# libxml2 leaves out what is nested deeper than 256.
_MAX_DEPTH = 250
# libxml2 needs time quadratic in the attributes of one element.
_MAX_ATTRIBUTES = 500


def read_html(text: str, *, url: str | None = None, title: str | None = None) -> Draft:
    """Give what an HTML page tells. The text is the title, a blank line, and the paragraphs with blank lines between.

    Raises MissingExtraError without trafilatura, and ReadError where the page holds no article, or is built so that
    taking it apart would never end.
    """
    trafilatura = _library()
    if not re.search(r"(?i)<(html|body)\b", text):
        text = f"<html><body>{text}</body></html>"
    _check_attributes(text)
    try:
        tree = trafilatura.load_html(text)
        if tree is None:
            raise ReadError("this is no HTML page; give text=... for plain text")
        _check_size(tree)
        facts = _metadata(tree)
        stand_ins = _protect(tree)
        page = trafilatura.bare_extraction(
            tree,
            url=url,
            include_comments=False,
            with_metadata=True,
            # The limit is fixed: the library's own is today, and the same page must read the same tomorrow.
            date_extraction_params={"original_date": True, "extensive_search": False, "max_date": "2100-01-01"},
        )
    except ReadError:
        raise
    except Exception as error:  # the library meets every page on the web; whatever it stumbles over is the page's
        raise ReadError(f"the page could not be taken apart ({type(error).__name__}); save its text alone") from None
    back = str.maketrans({stand_in: char for char, stand_in in stand_ins.items()})
    body = _paragraphs((page.text or "").translate(back)) if page is not None else ""
    if not body:
        raise ReadError("no article text was found in this page; save its text alone")
    headline = one_line((page.title or "").translate(back))
    if title is None and headline and len(headline) <= TITLE_LENGTH:
        start = one_line(first_line(body))
        # Metadata may spell the headline with plain spaces where the page has others.
        title = start if start.split() == headline.split() else headline
    guessed = []
    published = facts.get("published")
    if published is None and page.date:
        published = page.date
        guessed.append("published: worked out from the page")
    publisher = facts.get("publisher")
    if publisher is None and page.sitename and "." not in page.sitename:
        publisher = page.sitename
        guessed.append("publisher: worked out from the page")
    return Draft(
        form="html",
        text=put_title_first(title, body),
        title=title,
        url=facts.get("url") or page.url,
        publisher=publisher,
        authors=tuple(name for name in map(one_line, (page.author or "").translate(back).split(";")) if name),
        published=published,
        language=facts.get("language"),
        guessed=tuple(guessed),
    )


@functools.cache
def _library() -> ModuleType:
    """Give the extraction library, told to keep quiet where nobody listens."""
    import logging

    try:
        import trafilatura
    except ImportError as error:
        raise MissingExtraError(f"HTML pages need the extra: pip install 'claimtrack[html]' ({error})") from None
    for name in ("trafilatura", "htmldate", "justext"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    return trafilatura


def _check_attributes(text: str) -> None:
    """Raise ReadError where one tag seems to have hundreds of attributes."""
    for piece in text.split(">"):
        if len(piece) < 2 * _MAX_ATTRIBUTES or not (opened := re.search(r"<[A-Za-z]", piece)):
            continue
        tag = re.sub(r"\"[^\"]*\"|'[^']*'", "''", piece[opened.start() :])  # values may be long
        if sum(1 for _ in re.finditer(r"[\s\"'/][^\s\"'/=]", tag)) > _MAX_ATTRIBUTES:
            raise ReadError(f"an element with over {_MAX_ATTRIBUTES:,} attributes is no article; save its text alone")


def _check_size(tree: Any) -> None:
    """Raise ReadError where the page has too many elements, or too deep ones."""
    level, seen, depth = [tree], 0, 0
    while level:
        seen, depth = seen + len(level), depth + 1
        if seen > _MAX_ELEMENTS:
            raise ReadError(f"the page has over {_MAX_ELEMENTS:,} elements; save the article alone")
        if depth > _MAX_DEPTH:
            raise ReadError(f"the page is nested deeper than {_MAX_DEPTH} elements; save its text alone")
        level = [child for element in level for child in element]


def _metadata(tree: Any) -> dict[str, str]:
    """Give what the page's head says outright."""

    def first(*paths: str) -> str | None:
        return next((one_line(found) for path in paths for found in tree.xpath(path) if one_line(found)), None)

    moment = first(
        "//meta[@property='article:published_time' or @name='article:published_time']/@content",
        "//meta[@itemprop='datePublished' or @name='datePublished' or @name='parsely-pub-date']/@content",
    )
    if moment is None:
        linked = " ".join(tree.xpath("//script[@type='application/ld+json']/text()"))
        found = re.search(r'"datePublished"\s*:\s*"([^"]{1,60})"', linked)
        moment = found[1] if found else None
    told = {
        "published": to_moment(moment) if moment else None,
        "publisher": first("//meta[@property='og:site_name' or @name='og:site_name']/@content"),
        "url": first("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"),
        "language": (first("/html/@lang") or "").replace("_", "-"),
    }
    return {field: value for field, value in told.items() if value}


def _protect(tree: Any) -> dict[str, str]:
    """Put stand-ins for the characters that the library would drop, and give them by the character they stand for.

    It turns every space into a plain one and drops what does not print, and with that the joiners in emoji and
    Persian words and the direction marks of Arabic and Hebrew. Letters that the page does not use pass untouched.
    Soft hyphens and zero-width spaces only hint at layout: they may go.
    """
    pieces = [piece for element in tree.iter() for piece in (element.text, element.tail) if piece and piece.strip()]
    used = set("".join(pieces))
    lost = sorted(
        char
        for char in used - set(" \u00ad\u200b\ufeff")
        if not char.isprintable() and unicodedata.category(char) in ("Cf", "Zs")
    )
    free = (chr(code) for code in range(0x10600, 0x10737) if chr(code) not in used)  # Linear A
    stand_ins = dict(zip(lost, free, strict=False))
    table = str.maketrans(stand_ins)
    if stand_ins:
        for element in tree.iter():
            if element.text and element.text.strip():
                element.text = element.text.translate(table)
            if element.tail and element.tail.strip():
                element.tail = element.tail.translate(table)
    return stand_ins


def _paragraphs(text: str) -> str:
    """Give the library's lines, each of which is a paragraph, with blank lines between."""
    return "\n\n".join(line.strip() for line in text.split("\n") if line.strip())
