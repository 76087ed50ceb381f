"""`read_article`: whatever the input is, one Article comes out."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import Any

import attrs
from pydantic import TypeAdapter, ValidationError

from claimtrack.errors import DocumentError, ReadError
from claimtrack.models import Article, Reading
from claimtrack.models.strings import Language, Line, Url
from claimtrack.read.decode import Decoded, decode
from claimtrack.read.detect import detect_form
from claimtrack.read.draft import Draft, one_line
from claimtrack.read.html import read_html
from claimtrack.read.identity import article_id, publisher_from_url
from claimtrack.read.markdown import read_markdown
from claimtrack.read.moment import to_moment
from claimtrack.read.plain import read_plain
from claimtrack.read.saved import read_saved
from claimtrack.read.source import ACCEPTED, check_size, check_text_inside, read_bytes, shown
from claimtrack.read.wire import read_wire


def read_article(
    source: str | PathLike[str] | None = None,
    *,
    text: str | bytes | None = None,
    html: str | bytes | None = None,
    url: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    authors: str | Iterable[str] = (),
    published: str | datetime.date | None = None,
    language: str | None = None,
) -> Article:
    """Give the Article in a file, a text or an HTML page; what you pass by keyword overrides what the input says.

    >>> article = read_article(text="Ferry sinks off Marl\\n\\nNobody was hurt, the coast guard said.",
    ...                        url="https://wire.example/ferry", published="2025-03-14")
    >>> article.id, article.title, article.publisher
    ('2025-03-14-wire-ferry-sinks-off', 'Ferry sinks off Marl', 'wire')

    Give exactly one of `source` (always a path), `text` and `html`. The form is detected: wire text (a first line
    `date YYYY-MM-DD URL`), plain text, Markdown with front matter, HTML (the extra `html`), an Article document.
    `article.text` holds the characters that all offsets count: those of the input, without outer blanks;
    of an HTML page, its title and its article's paragraphs.
    `article.read` says what form and encoding it had and what was guessed.

    Raises ReadError (FileMissingError where there is no file, DocumentError for a broken Article document) that says
    why and what is accepted, and MissingExtraError for HTML without the extra.
    """
    given = given_fields(
        url=url, title=title, publisher=publisher, authors=authors, published=published, language=language
    )
    if sum(one is not None for one in (source, text, html)) != 1:
        raise ReadError("give exactly one of a path, text= and html=")
    data: str | bytes
    if source is not None:
        if not isinstance(source, str | PathLike):
            raise ReadError(f"a path is a str or a Path, not {type(source).__name__}; give the article as text=...")
        name, ending, data = shown(source), Path(source).suffix, read_bytes(source)
    elif html is not None:
        name, ending, data = "html", ".html", html
    else:
        assert text is not None
        name, ending, data = "text", "", text
    return read_input(data, given, name=name, ending=ending, is_html=html is not None)


def read_input(
    data: str | bytes, given: dict[str, Any], *, name: str, ending: str = "", is_html: bool = False
) -> Article:
    """Give the Article in what a file called `name` holds, or would hold; `given` is what `given_fields` gives.

    Raises as `read_article` does.
    """
    if not isinstance(data, str | bytes):
        raise ReadError(f"{name}= takes str or bytes, not {type(data).__name__}")
    check_size(data, name)
    try:
        decoded = _decoded(data)
        form = "html" if is_html else detect_form(decoded.text, ending)
        if form == "document":
            return read_saved(decoded.text).replace(**given)  # its id stays, as ids do
        if form == "html":
            draft = read_html(decoded.text, url=given.get("url"), title=given.get("title"))
        elif form == "markdown":
            draft = read_markdown(decoded.text, title=given.get("title"))
        else:
            draft = (read_wire if form == "wire" else read_plain)(decoded.text)
        return _article(draft, given, decoded)
    except ReadError as error:
        raise ReadError(f"{name}: {error}") from None
    except DocumentError as error:
        raise DocumentError(error.findings, source=name) from None


def _decoded(data: str | bytes) -> Decoded:
    """Give the characters of the input, none of which is NUL or half a surrogate pair."""
    if isinstance(data, bytes):
        check_text_inside(data)
        decoded = decode(data)
    else:
        decoded = Decoded(data.removeprefix("\ufeff"))
    text = decoded.text
    if not text.strip():
        raise ReadError(f"there is no text in it; {ACCEPTED}")
    if "\x00" in text:
        raise ReadError(f"character {text.index(chr(0))} is NUL, which no text holds; remove it")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        code = ord(text[error.start])
        raise ReadError(
            f"character {error.start} is a lone surrogate (U+{code:04X}), so the text was decoded wrongly; pass bytes"
        ) from None
    return decoded


def given_fields(
    *,
    url: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    authors: str | Iterable[str] = (),
    published: str | datetime.date | None = None,
    language: str | None = None,
) -> dict[str, Any]:
    """Give what somebody says about an article in the forms that documents hold, without what is not said.

    Raises ReadError where no document holds such a value.
    """
    given: dict[str, Any] = {"url": url, "publisher": publisher, "language": language}
    given["title"] = title if title is None else one_line(title)
    given["authors"] = (authors,) if isinstance(authors, str) else tuple(authors)
    if isinstance(published, datetime.date):
        published = published.isoformat()
    if published is not None:
        given["published"] = to_moment(published)
        if given["published"] is None:
            raise ReadError(f"published={published!r} is no date; write YYYY-MM-DD, or a time with its offset from UTC")
    given = {field: value for field, value in given.items() if value is not None and value != ()}
    if wrong := _find_wrong(given):
        raise ReadError("; ".join(wrong.values()))
    return given


def _article(draft: Draft, given: dict[str, Any], decoded: Decoded) -> Article:
    """Give the document: the draft, what the caller says, and what follows from both."""
    told = attrs.asdict(draft, recurse=False)
    form, guessed = told.pop("form"), told.pop("guessed")
    wrong = _find_wrong(told)
    if wrong and form != "html":
        raise ReadError("; ".join(wrong.values()))
    for field in wrong:  # nobody here wrote the page, and the rest of it is good
        told[field] = () if field == "authors" else None
    guessed = [line for line in guessed if line.partition(":")[0] not in given.keys() | wrong.keys()]
    guessed += [f"{field}: the page gives none that is valid" for field in wrong if field not in given]
    if decoded.guessed:
        guessed.append(f"encoding: {decoded.encoding} fits the bytes")
    told |= given
    if told["publisher"] is None and (house := publisher_from_url(told["url"])):
        told["publisher"] = house
        guessed.append("publisher: the name in the URL's host")
    named_by = {field: told[field] for field in ("text", "title", "url", "publisher", "published")}
    return Article(
        id=article_id(**named_by),
        sha256=hashlib.sha256(told["text"].encode("utf-8")).hexdigest(),
        read=Reading(form=form, encoding=decoded.encoding, guessed=tuple(guessed)),
        **told,
    )


_WANTED: dict[str, tuple[TypeAdapter[str], str]] = {
    "url": (TypeAdapter(Url), "no absolute URL like 'https://example.org/page'"),
    "language": (TypeAdapter(Language), "no language tag like 'en' or 'pt-BR'"),
    "title": (TypeAdapter(Line), "not one line of at most 2,000 characters"),
    "publisher": (TypeAdapter(Line), "not one line of at most 2,000 characters"),
    "authors": (TypeAdapter(Line), "not one line of at most 2,000 characters"),
}


def _find_wrong(told: dict[str, Any]) -> dict[str, str]:
    """Give a sentence for each field whose value no document holds."""
    wrong = {}
    for field, (form, wanted) in _WANTED.items():
        value = told.get(field)
        for one in value if isinstance(value, tuple) else () if value is None else (value,):
            try:
                form.validate_python(one, strict=True)
            except ValidationError:
                wrong[field] = f"{field}: {shown(repr(one))} is {wanted}"
    return wrong
