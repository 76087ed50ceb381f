"""Wire text: a line `date YYYY-MM-DD URL`, the title, the body."""

from __future__ import annotations

import re

from claimtrack.errors import ReadError
from claimtrack.read.draft import TITLE_LENGTH, Draft, first_line, one_line
from claimtrack.read.moment import to_moment

DATE_LINE = re.compile(
    r"\s*date[ \t]+(?P<day>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\S{0,40})([ \t]+(?P<url>\S+))?[ \t]*(?=[\r\n]|\Z)"
)
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def read_wire(text: str) -> Draft:
    """Give what a wire text tells; its first line that is not blank matches `DATE_LINE`.

    The text runs from the title's first character to the last that is not blank, untouched between.

    >>> draft = read_wire("date 2025-03-14 https://wire.example/1\\n\\nFerry sinks\\n\\nNobody was hurt.\\n")
    >>> draft.published, draft.title, draft.text
    ('2025-03-14', 'Ferry sinks', 'Ferry sinks\\n\\nNobody was hurt.')

    Raises ReadError where the date is not in the calendar or the URL is none.
    """
    line = DATE_LINE.match(text)
    assert line is not None
    number = len(re.findall(r"\r\n|\r|\n", text[: line.start("day")])) + 1
    published, url = to_moment(line["day"]), line["url"]
    if published is None:
        raise ReadError(f"line {number}: {line['day']} is no date; the line reads 'date YYYY-MM-DD URL'")
    if url is not None and not _ABSOLUTE.match(url):
        raise ReadError(f"line {number}: {url[:80]!r} is no absolute URL; the line reads 'date YYYY-MM-DD URL'")
    body = text[line.end() :].strip()
    if not body:
        raise ReadError(f"nothing stands after the date in line {number}; a title and a body belong there")
    title = one_line(first_line(body))
    long = len(title) > TITLE_LENGTH
    return Draft(form="wire", text=body, title=None if long else title, url=url, published=published)
