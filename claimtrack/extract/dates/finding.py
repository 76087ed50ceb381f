"""Date expressions in a text, each resolved against the day of publication: `find_dates`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from claimtrack.extract.dates.days import HOLIDAYS
from claimtrack.extract.dates.meanings import (
    Resolver,
    century,
    counted,
    day_of_month,
    decade,
    holiday,
    month,
    near,
    on_the,
    period,
    quarter,
    season,
    weekday,
    written_day,
    year,
    years,
)
from claimtrack.extract.values import DateMention
from claimtrack.text import Span, Text

_MONTH = (
    "(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_WEEKDAY = "(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_ORDINAL = "(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[4-9]|20)\d\d)"
_COUNT = (
    r"(?P<count>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty"
    r"|forty|fifty|a couple of|a few|several)"
)
_BEFORE_YEAR = (
    "in|since|by|until|till|of|during|from|before|after|through|to|year|early|late|mid|fiscal|summer|autumn|spring|winter"
    "|fall|back in|and"
)


def find_dates(
    text: str | Text, within: Span | None = None, *, published: str | datetime.date | None = None
) -> tuple[DateMention, ...]:
    """Give the date expressions of a text in their order, none overlapping another, with the days that they mean.

    `published` is the day the text came out, as a date or "YYYY-MM-DD"; without it only what names its year is
    resolved. `start` and `end` are the first and the last day (inclusive). Tense and preposition decide whether
    "Friday" is the last one or the next.

    >>> text = "It opened on 3 May 2021, closed on Friday and will open again by December 25."
    >>> for date in find_dates(text, published="2025-10-09"):
    ...     print(date.span.of(text), date.granularity, date.start, date.end)
    3 May 2021 day 2021-05-03 2021-05-03
    Friday day 2025-10-03 2025-10-03
    December 25 day 2025-12-25 2025-12-25

    Raises ValueError when `published` is no day of the calendar. A time after the day ("2025-10-09T08:00:00Z") is
    left aside.
    """
    string = (text if isinstance(text, Text) else Text(text)).string
    day = _day(published)
    area = within or Span(0, len(string))
    found: list[DateMention] = []
    for form, resolve in _FORMS:
        for match in form.finditer(string, area.start, area.end):
            days = resolve(match, day)
            if days is not None:
                span = Span(*match.span("span" if "span" in form.groupindex else 0))
                found.append(
                    DateMention(
                        span=span,
                        granularity=days.granularity,
                        start=days.start.isoformat() if days.start else None,
                        end=days.end.isoformat() if days.end else None,
                    )
                )
    return tuple(_without_overlaps(found))


def _day(published: str | datetime.date | None) -> datetime.date | None:
    if not isinstance(published, str):
        return published
    try:
        return datetime.date.fromisoformat(published[:10])
    except ValueError:
        raise ValueError(f"published is {published[:40]!r}; give a day of the calendar, YYYY-MM-DD") from None


def _without_overlaps(found: list[DateMention]) -> Iterator[DateMention]:
    end = -1
    for one in sorted(found, key=lambda mention: (mention.span.start, -mention.span.end)):
        if one.span.start >= end:
            yield one
            end = one.span.end


_NO_DIGIT = r"(?![.,:/]?\d)"
_SEASON = "(?:spring|summer|autumn|winter)"
_WITHIN = "(?:[Ii]n|[Dd]uring|[Bb]y|[Ss]ince|[Uu]ntil)"
_SPAN_OF_TIME = "(?P<unit>days?|weeks?|months?|years?|decades?|fortnights?)"
_WEEKDAY_BEFORE = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? (?:the )?)?"
_MONTH_BEFORE = (
    r"(?:(?P<lead>last|next|this|this past)|[Ii]n|[Ss]ince|[Bb]y|until|during|from|before|after|through|of|to|early"
    r"|late|mid|earlier|later)[ -]"
)
_NEAR = (
    r"(?:the )?day before yesterday|the day after tomorrow|yesterday|today|tomorrow|tonight|last night"
    r"|this (?:morning|afternoon|evening)"
)
_EDGE = r"(?P<edge>(?:the (?:start|end|beginning|middle|rest|course|turn) of|earlier|later|early|late|mid-?|all) ?)?"
_TENS = "twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties"
_CENTURY = r"\d{1,2}(?:st|nd|rd|th)|seventeenth|eighteenth|nineteenth|twentieth|twenty-first"
_HOLIDAY = "|".join(sorted(map(re.escape, HOLIDAYS), key=len, reverse=True)).replace("'", "['’]")
_NO = "(?!)"  # a group that another form has and this one never fills

_WRITTEN: tuple[tuple[str, Resolver], ...] = (
    (rf"\b{_YEAR}-(?P<month>[01]\d)-(?P<day>[0-3]\d)\b", written_day),
    (rf"\b(?P<month>[0-3]?\d)/(?P<day>[0-3]?\d)/{_YEAR}\b", written_day),
    (
        rf"\b{_WEEKDAY_BEFORE}(?<![\d.,])(?P<day>[0-3]?\d){_ORDINAL}(?:[-–](?P<until>[0-3]?\d))? (?:of )?{_MONTH}"
        rf"(?:,? {_YEAR}\b)?",
        day_of_month,
    ),
    (
        rf"\b{_WEEKDAY_BEFORE}{_MONTH} (?P<day>[0-3]?\d){_ORDINAL}(?![:.,]?\d)"
        r"(?:(?:[-–]| to (?=\d+, \d))(?P<until>[0-3]?\d)\b)?"
        rf"(?:,? {_YEAR}\b)?",
        day_of_month,
    ),
    (rf"\b(?P<lead>){_MONTH}(?: of)?,? {_YEAR}\b", month),
    (rf"\b{_MONTH_BEFORE}(?P<span>{_MONTH})(?! \d)(?P<year>{_NO})?(?![\w-])", month),
    (
        rf"\b(?P<lead>(?:this )?(?:last|past|next|coming) |this )?{_WEEKDAY}"
        r"(?P<after> (?:of )?(?:last|next|this) week)?\b"
        r"(?!,? (?:[0-3]?\d |(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d))",
        weekday,
    ),
    (rf"(?i)\b(?P<near>{_NEAR})\b", near),
    (rf"\b(?P<lead>{_NO})?(?i:{_COUNT}) {_SPAN_OF_TIME}(?: ago|(?P<now> from (?:now|today)))\b", counted),
    (rf"\b(?P<lead>[Ii]n )(?i:{_COUNT}) {_SPAN_OF_TIME}(?P<now>{_NO})?(?=[.,;]| time)", counted),
    (
        rf"(?i)\b{_EDGE}(?<!\w)(?P<lead>last|previous|this|next|coming|the coming|the) "
        rf"(?P<unit>weekend|week|month|year|decade|quarter|{_SEASON})\b(?!-)",
        period,
    ),
    (rf"\b{_WITHIN} (?:the |early |late )*(?P<span>(?P<season>{_SEASON}|fall)(?: of)? {_YEAR})\b", season),
    (rf"\b{_WITHIN} the (?P<span>(?P<season>{_SEASON}))(?P<year>{_NO})?(?=[.,;]|$)", season),
    (rf"\b(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)(?: of)? {_YEAR}\b", season),
    (
        rf"\b(?:[Bb]etween |from )?(?P<span>{_YEAR}(?:[-–/]| and | to )(?P<until>(?:1[4-9]|20)\d\d|\d\d))\b{_NO_DIGIT}"
        r"(?! \w+s\b(?<!was)(?<!is))",
        years,
    ),
    (rf"\b(?i:{_BEFORE_YEAR})[ -](?:the year |the )?(?P<span>{_YEAR})\b{_NO_DIGIT}(?![%’'-]?[a-z])(?!-)", year),
    (rf"\b(?:[Tt]he )?(?:(?:early|late|mid)[ -])?(?P<decade>(?:1[4-9]|20)\d0)['’]?s\b(?P<named>{_NO})?", decade),
    (rf"\b[Tt]he (?:(?:early|late|mid)[ -])?(?:['’](?P<decade>\d0)s|(?P<named>{_TENS}))\b", decade),
    (rf"(?i)\b(?:the )?(?P<century>{_CENTURY}|last|this|next) century\b", century),
    (
        r"(?i)\b(?:the )?(?:(?P<quarter>first|second|third|fourth|final|1st|2nd|3rd|4th) quarter|Q(?P<q>[1-4]))"
        rf"(?:(?: of)? {_YEAR}\b| of (?P<which>last|this|next|the) year)?",
        quarter,
    ),
    (rf"(?i)\b(?P<lead>last |next |this )?(?P<holiday>{_HOLIDAY})\b(?:,? {_YEAR}\b)?", holiday),
    (r"\b[Oo]n (?P<span>the (?P<day>[0-3]?\d)(?:st|nd|rd|th))(?=[.,;]|$| and| when| after| before)", on_the),
)
_FORMS = tuple((re.compile(pattern), resolve) for pattern, resolve in _WRITTEN)

_MONTH_NAME = _MONTH.replace("?P<month>", "?:")
_CALENDAR = re.compile(
    rf"(?:\b[0-3]?\d{_ORDINAL}(?:[-–][0-3]?\d)? (?:of )?{_MONTH_NAME}"
    rf"|{_MONTH_NAME} [0-3]?\d{_ORDINAL}\b(?:[-–][0-3]?\d\b)?(?![:.,]?\d))(?:,? (?:1[4-9]|20)\d\d\b)?"
    r"|\b(?:1[4-9]|20)\d\d-[01]\d-[0-3]\d\b|\b[0-3]?\d/[0-3]?\d/(?:\d\d)?\d\d\b|(?:\b(?:1[4-9]|20)\d)?\d0['’]?s\b"
    r"|\b(?:A\.?D\.?|B\.?C\.?) \d+(?: (?:and|to) \d+)?|\b\d+ (?:B\.?C|A\.?D|BCE|CE)\b"
    r"|\b(?:1[89]|20)\d\d[-–/](?:(?:1[89]|20)\d\d|\d\d)\b(?![-–])"
    r"|\b[Bb]etween (?:1[0-9]|20)\d\d and (?:1[0-9]|20)\d\d\b"
    rf"|\b(?:{_CENTURY}) century\b|\b(?:first|second|third|fourth)[ -]quarter\b"
    r"|\b[Oo]n the [0-3]?\d(?:st|nd|rd|th)(?=[.,;])"
)


def calendar_spans(string: str) -> list[tuple[int, int]]:
    """Give where days, years and decades of the calendar stand, whose numbers count nothing."""
    return [match.span() for match in _CALENDAR.finditer(string)]
