"""Date expressions in a text, and the days that those mean which name their year.

Expressions that need the publication date (Thursday, December 25) are found and left open.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator

from claimtrack.extract.values import DateMention
from claimtrack.models.vocabulary import Granularity
from claimtrack.text import Span

_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
_SHORT = {"Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "Jun": 6, "Jul": 7, "Aug": 8, "Sep": 9, "Sept": 9, "Oct": 10,
          "Nov": 11, "Dec": 12}  # fmt: skip
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)}|(?:{'|'.join(_SHORT)})\b\.?)"
_DAY = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[5-9]|20)[0-9]{2})"
_FORMS = (
    re.compile(r"\b(?P<year>(?:1[5-9]|20)[0-9]{2})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])\b"),
    re.compile(rf"\b{_DAY} (?:of )?{_MONTH}(?:,? {_YEAR}\b)?"),
    re.compile(rf"\b{_MONTH} {_DAY}\b(?:, {_YEAR}\b)?"),
    re.compile(rf"\b{_MONTH},? {_YEAR}\b"),
    re.compile(r"\b(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"),
    re.compile(r"\b(?P<relative>the day before yesterday|yesterday|today|tomorrow)\b", re.IGNORECASE),
    re.compile(
        r"\b(?:in|since|by|until|of|during|from|before|after) (?P<span>(?P<year>(?:1[5-9]|20)[0-9]{2}))\b(?![.,]?\d)"
    ),
)


def find_dates(text: str, within: Span | None = None) -> tuple[DateMention, ...]:
    """Give the date expressions of a text in their order; none overlaps another.

    >>> text = "It opened on 3 May 2021 and closed on Friday."
    >>> for date in find_dates(text):
    ...     print(date.span.of(text), date.granularity, date.start)
    3 May 2021 day 2021-05-03
    Friday day None
    """
    area = within or Span(0, len(text))
    found: list[DateMention] = []
    for form in _FORMS:
        for match in form.finditer(text, area.start, area.end):
            span = Span(*match.span("span" if "span" in match.groupdict() else 0))
            mention = _mention(span, match)
            if mention is not None:
                found.append(mention)
    return tuple(_without_overlaps(found))


def _without_overlaps(found: list[DateMention]) -> Iterator[DateMention]:
    end = -1
    for one in sorted(found, key=lambda mention: (mention.span.start, -mention.span.end)):
        if one.span.start >= end:
            yield one
            end = one.span.end


def _mention(span: Span, match: re.Match[str]) -> DateMention | None:
    parts = {name: value for name, value in match.groupdict().items() if value is not None}
    if "month" not in parts and "year" in parts:
        return _interval(span, "year", f"{parts['year']}-01-01", f"{parts['year']}-12-31")
    if "month" not in parts:
        return DateMention(span=span, granularity="day")
    written = parts["month"].rstrip(".")
    month = int(written) if written.isdigit() else _MONTHS.get(written) or _SHORT[written]
    year = int(parts["year"]) if "year" in parts else None
    if "day" in parts:
        try:
            day = datetime.date(year or 2000, month, int(parts["day"]))  # 2000 has a 29 February
        except ValueError:
            return None
        return (
            _interval(span, "day", day.isoformat(), day.isoformat())
            if year
            else DateMention(span=span, granularity="day")
        )
    assert year is not None
    last = calendar.monthrange(year, month)[1]
    return _interval(span, "month", f"{year}-{month:02}-01", f"{year}-{month:02}-{last}")


def _interval(span: Span, granularity: Granularity, start: str, end: str) -> DateMention:
    return DateMention(span=span, granularity=granularity, start=start, end=end)
