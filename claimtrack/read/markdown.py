"""Markdown, with YAML front matter or without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from claimtrack.errors import ReadError
from claimtrack.read.draft import TITLE_LENGTH, Draft, first_line, one_line, put_title_first
from claimtrack.read.moment import to_moment

if TYPE_CHECKING:
    from yaml.nodes import Node

FRONT_MATTER = re.compile(r"---[ \t]*(\r\n|\r|\n)(?=\s*(#|[\w-]+[ \t]*:))")
_CLOSED = re.compile(r"(?:\A|\r\n|\r|\n)(---|\.\.\.)[ \t]*(?=[\r\n]|\Z)")
HEADING = re.compile(r"\s*#[ \t]+(?=[^\s#])")

_MAX_FRONT_MATTER = 20_000
_FIELDS = {
    "title": "title",
    "date": "published",
    "published": "published",
    "author": "authors",
    "authors": "authors",
    "publisher": "publisher",
    "url": "url",
    "language": "language",
    "lang": "language",
}


def read_markdown(text: str, *, title: str | None = None) -> Draft:
    """Give what a Markdown text tells: its front matter, and the body as written.

    The title is that of the front matter, else that of a first-level heading at the start; `title` overrides both.
    The body's marks stay, for its characters are counted; only those before a heading that is the title go.

    >>> read_markdown("---\\ntitle: Ferry sinks\\ndate: 2025-03-14\\n---\\nNobody was *hurt*.\\n").text
    'Ferry sinks\\n\\nNobody was *hurt*.'

    Raises ReadError with the line where the front matter is broken.
    """
    told: dict[str, Any] = {}
    opened = FRONT_MATTER.match(text)
    if opened is not None:
        closed = _CLOSED.search(text, opened.end(1))
        if closed is None:
            raise ReadError("line 1: '---' opens front matter that no line '---' closes")
        told = _read_front_matter(text[opened.end() : closed.start()])
        text = text[closed.end() :]
    body = text.strip()
    if not body:
        raise ReadError("nothing stands after the front matter; the article's body belongs there")
    title = title or told.get("title")
    if heading := HEADING.match(body):
        headline = one_line(first_line(body[heading.end() :]))
        if title in (None, headline) and len(headline) <= TITLE_LENGTH:
            title, body = headline, body[heading.end() :]
    told.pop("title", None)
    return Draft(form="markdown", text=put_title_first(title, body), title=title, **told)


def _read_front_matter(written: str) -> dict[str, Any]:
    """Give the article's fields in a YAML mapping; other fields (tags, layout) are no business of ours."""
    import yaml

    if len(written) > _MAX_FRONT_MATTER:
        raise ReadError(f"front matter has {len(written):,} characters; {_MAX_FRONT_MATTER:,} is the most")
    try:
        # Nodes, not values: every scalar stays as written (no 2025-02-30 that raises, no `no` that is False), each
        # knows its line, and an alias costs nothing however often it is used.
        root = yaml.compose(written, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise ReadError(
            f"line {line}: front matter is no YAML: {error.problem}; quote values with ': ' inside"
        ) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise ReadError(f"front matter is no YAML: {first_line(str(error))}") from None
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        raise ReadError("line 2: front matter is no list of 'field: value' lines")
    told: dict[str, Any] = {}
    for key, value in root.value:
        field = _FIELDS.get(key.value) if isinstance(key, yaml.ScalarNode) else None
        if field is None:
            continue
        line = key.start_mark.line + 2
        if field in told:
            raise ReadError(f"line {line}: front matter gives {key.value!r} twice, or under two names; keep one")
        entries = tuple(_scalars(key.value, value))
        if field == "authors":
            told[field] = entries
        elif entries:
            if len(entries) > 1 or isinstance(value, yaml.SequenceNode):
                raise ReadError(f"line {line}: front matter's {key.value!r} is a list; give one value")
            told[field] = entries[0]
        if field == "published" and entries:
            told[field] = to_moment(entries[0])
            if told[field] is None:
                raise ReadError(f"line {line}: {entries[0][:40]!r} is no date; write YYYY-MM-DD, or a time with offset")
    return told


def _scalars(name: str, node: Node) -> Iterator[str]:
    """Give the values of a scalar (none where it is null) or of a list of scalars."""
    import yaml

    entries = node.value if isinstance(node, yaml.SequenceNode) else [node]
    for entry in entries:
        if not isinstance(entry, yaml.ScalarNode):
            line = entry.start_mark.line + 2
            raise ReadError(f"line {line}: front matter's {name!r} holds more than text; write the value itself")
        empty = entry.style is None and entry.value.lower() in ("", "~", "null")
        if not empty and (value := one_line(entry.value)):
            yield value
