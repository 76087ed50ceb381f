"""What one form of input tells about an article, before it becomes a document."""

from __future__ import annotations

import re

import attrs

from claimtrack.models.vocabulary import InputForm

TITLE_LENGTH = 2000
"""The most characters that a title has; the documents allow no more."""


@attrs.frozen(slots=True, kw_only=True)
class Draft:
    """The text of an article and what the input says about it. `guessed` holds lines like `title: how`."""

    form: InputForm
    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    language: str | None = None
    guessed: tuple[str, ...] = ()


def first_line(text: str) -> str:
    """Give the text up to its first line break.

    >>> first_line("Ferry sinks\\r\\nNobody was hurt.")
    'Ferry sinks'
    """
    end = re.search(r"[\r\n]", text)
    return text[: end.start()] if end else text


def one_line(written: str) -> str:
    """Give a title or name on one line, with each run of blanks and each control character as one space.

    >>> one_line("Ferry\\n   sinks ")
    'Ferry sinks'
    """
    return re.sub(r"[\s\x00-\x1f\x7f]{2,}|[\x00-\x1f\x7f]", " ", written).strip()


def put_title_first(title: str | None, body: str) -> str:
    """Give the body with the title before it, unless it starts with that title already.

    >>> put_title_first("Ferry sinks", "Nobody was hurt.")
    'Ferry sinks\\n\\nNobody was hurt.'
    >>> put_title_first("Ferry sinks", "Ferry sinks\\nNobody was hurt.")
    'Ferry sinks\\nNobody was hurt.'
    """
    if title is None or one_line(first_line(body)) == title:
        return body
    return f"{title}\n\n{body}"
