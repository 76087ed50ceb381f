"""What each form of date expression means, given the day of publication."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import cast

from claimtrack.extract.dates.days import (
    HOLIDAYS,
    MONTHS,
    SEASONS,
    WEEKDAYS,
    Days,
    century_of,
    decade_of,
    month_of,
    period_around,
    shifted,
    year_of,
)
from claimtrack.extract.dates.tenses import Direction, direction_at
from claimtrack.models.vocabulary import Granularity

_NUMBERS = {
    word: number
    for number, words in {
        1: "a an one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine",
        10: "ten", 11: "eleven", 12: "twelve", 15: "fifteen", 20: "twenty", 30: "thirty", 40: "forty", 50: "fifty",
    }.items()
    for word in words.split()
} | {"a couple of": 2}  # fmt: skip

Resolver = Callable[[re.Match[str], datetime.date | None], Days | None]


def day_of_month(match: re.Match[str], published: datetime.date | None) -> Days | None:
    """`25 December 2024`, `December 25`, `Dec. 3-5`."""
    parts = match.groupdict()
    month, first = MONTHS[parts["month"].rstrip(".").lower()], int(parts["day"])
    last = int(parts["until"]) if parts.get("until") else first
    if parts["year"]:
        return Days.of(int(parts["year"]), month, first, last)
    if Days.of(2000, month, first, last) is None:  # 2000 has a 29 February
        return None
    if published is None:
        return Days("day")
    years = [published.year + add for add in (-1, 0, 1)]
    found = [days for year in years if (days := Days.of(year, month, first, last)) is not None]
    return _choose(found, published, direction_at(match))


def _choose(candidates: list[Days], published: datetime.date, direction: Direction) -> Days | None:
    """Give the last of the candidates up to the day of publication, or the first from it on; else the nearest."""
    past = [one for one in candidates if one.start and one.start <= published]
    future = [one for one in candidates if one.end and one.end >= published]
    if direction == "future" and future:
        return future[0]
    if direction == "past" and past:
        return past[-1]

    def distance(one: Days) -> int:
        return abs((one.start - published).days) if one.start else 0

    return min(candidates, key=distance, default=None)


def written_day(match: re.Match[str], published: datetime.date | None) -> Days | None:
    """`2024-12-25`, `25/12/2024`."""
    year, month, day = (int(match[name]) for name in ("year", "month", "day"))
    if month > 12 and "/" in match[0]:
        month, day = day, month
    elif "/" in match[0] and day <= 12 and day != month:
        return Days("day")  # the third of April or the fourth of March: who knows
    return Days.of(year, month, day, day)


def month(match: re.Match[str], published: datetime.date | None) -> Days | None:
    """`March 2021`, `last March`, `by May`."""
    month = MONTHS[match["month"].rstrip(".").lower()]
    if match["year"]:
        return month_of(int(match["year"]), month)
    lead = (match["lead"] or "").lower()
    if published is None:
        return Days("month")
    years = [month_of(published.year + add, month) for add in (-2, -1, 0, 1, 2)]
    if lead.startswith("last"):
        return [one for one in years if one.end and one.end < published][-1]
    if lead.startswith("next"):
        return next(one for one in years if one.start and one.start > published)
    if lead.startswith("this"):
        return years[2]
    return _choose(years, published, direction_at(match))


def weekday(match: re.Match[str], published: datetime.date | None) -> Days | None:
    """`Friday`, `next Monday`, `Sunday of last week`."""
    if published is None:
        return Days("day")
    around = match.string[max(0, match.start() - 4) : match.end() + 2]
    if around[:4].lower() == "the " and around[-1:].isupper():
        return None  # the Friday Club
    wanted = WEEKDAYS[match["weekday"].lower()]
    back = (published.weekday() - wanted) % 7
    ahead = (wanted - published.weekday()) % 7
    lead, after = (match["lead"] or "").strip().lower(), (match["after"] or "").strip().lower()
    monday = published - datetime.timedelta(published.weekday())
    if after in ("last week", "of last week"):
        return Days.day(monday + datetime.timedelta(wanted - 7))
    if after in ("next week", "of next week"):
        return Days.day(monday + datetime.timedelta(wanted + 7))
    if after in ("this week", "of this week"):
        return Days.day(monday + datetime.timedelta(wanted))
    if lead in ("last", "past", "this past"):
        return Days.day(published - datetime.timedelta(back or 7))
    if lead in ("next", "coming", "this coming"):
        return Days.day(published + datetime.timedelta(ahead or 7))
    if lead == "this":
        return Days.day(monday + datetime.timedelta(wanted))
    if direction_at(match) == "future":
        return Days.day(published + datetime.timedelta(ahead))
    return Days.day(published - datetime.timedelta(back))


_NEAR = {
    "the day before yesterday": -2, "day before yesterday": -2, "yesterday": -1, "last night": -1, "today": 0,
    "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "tomorrow": 1,
    "the day after tomorrow": 2,
}  # fmt: skip


def near(match: re.Match[str], published: datetime.date | None) -> Days | None:
    """`yesterday`, `this morning`."""
    if published is None:
        return Days("day")
    words = " ".join(match["near"].lower().split())
    return Days.day(published + datetime.timedelta(_NEAR[words]))


def counted(match: re.Match[str], published: datetime.date | None) -> Days | None:
    """`two weeks ago`, `in three days`, `a month from now`."""
    unit = match["unit"].lower().rstrip("s")
    written = match["count"].lower()
    count = int(written) if written.isdigit() else _NUMBERS.get(written)
    if match["lead"] and direction_at(match) != "future":
        return None  # "in two days" may be a span of time, not a date
    if unit == "hour":
        return None
    if published is None or count is None:
        return Days(_GRAIN[unit])
    return shifted(published, unit, count if match["lead"] or match["now"] else -count)


_GRAIN: dict[str, Granularity] = {
    "day": "day",
    "week": "week",
    "month": "month",
    "year": "year",
    "decade": "decade",
    "fortnight": "week",
}


def period(match: re.Match[str], published: datetime.date | None) -> Days | None:
    """`last week`, `this month`, `next year`, `earlier this month`, `the end of the year`."""
    unit = match["unit"].lower()
    if published is None:
        return Days("day" if unit == "weekend" else "season" if unit in SEASONS else cast(Granularity, unit))
    lead = match["lead"].lower()
    if lead == "the" and not match["edge"]:
        return None
    step = -1 if lead in ("last", "previous") else 1 if lead in ("next", "coming", "the coming") else 0
    days = period_around(published, unit, step)
    edge = (match["edge"] or "").strip().lower()
    if step == 0 and days.start and days.end and days.start <= published <= days.end:
        if edge == "earlier":
            return Days(days.granularity, days.start, published)
        if edge == "later":
            return Days(days.granularity, published, days.end)
    return days


def season(match: re.Match[str], published: datetime.date | None) -> Days | None:
    """`summer 2023`, `the autumn`."""
    season = match["season"].lower()
    if match["year"]:
        return period_around(datetime.date(int(match["year"]), SEASONS[season], 1), season, 0)
    if published is None:
        return Days("season")
    years = [period_around(datetime.date(published.year + add, SEASONS[season], 1), season, 0) for add in (-1, 0, 1)]
    return _choose(years, published, direction_at(match))


def year(match: re.Match[str], published: datetime.date | None) -> Days | None:
    """`1997`."""
    return year_of(int(match["year"]))


def years(match: re.Match[str], published: datetime.date | None) -> Days | None:
    """`2014-2017`, `between 1600 and 1900`."""
    first, written = int(match["year"]), match["until"]
    last = int(written) if len(written) == 4 else first // 100 * 100 + int(written)
    if not first < last:
        return None
    return Days("year", datetime.date(first, 1, 1), datetime.date(last, 12, 31))


_TENS = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90,
}  # fmt: skip


def decade(match: re.Match[str], published: datetime.date | None) -> Days | None:
    """`the 1990s`, `the nineties`."""
    if match["named"]:
        return decade_of(1900 + _TENS[match["named"].lower()])
    written = int(match["decade"])
    return decade_of(written if written >= 100 else 1900 + written if written >= 30 else 2000 + written)


def century(match: re.Match[str], published: datetime.date | None) -> Days | None:
    """`the 19th century`."""
    written = match["century"].lower()
    numbers = {"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21, "seventeenth": 17}
    if written in ("last", "this", "next"):
        if published is None:
            return Days("century")
        return century_of(published.year // 100 + 1 + {"last": -1, "this": 0, "next": 1}[written])
    number = numbers.get(written) or int("".join(character for character in written if character.isdigit()))
    return century_of(number) if 1 <= number <= 99 else None


_QUARTERS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "final": 4,
    "last": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}


def quarter(match: re.Match[str], published: datetime.date | None) -> Days | None:
    """`the third quarter`, `Q2 2023`."""
    number = int(match["q"]) if match["q"] else _QUARTERS[match["quarter"].lower()]
    which = (match["which"] or "").lower()

    def of(year: int) -> Days:
        return period_around(datetime.date(year, 3 * number - 2, 1), "quarter", 0)

    if match["year"]:
        return of(int(match["year"]))
    if published is None:
        return Days("quarter")
    if which:
        return of(published.year + {"last": -1, "this": 0, "next": 1, "the": 0}[which])
    years = [of(published.year + add) for add in (-1, 0, 1)]
    return _choose(years, published, direction_at(match))


def holiday(match: re.Match[str], published: datetime.date | None) -> Days | None:
    """`Christmas Day`, `last Easter`."""
    name = match["holiday"].lower().replace("’", "'")
    rule = HOLIDAYS[name]
    if match["year"]:
        return Days.day(rule(int(match["year"])))
    if published is None:
        return Days("day")
    years = [Days.day(rule(published.year + add)) for add in (-1, 0, 1)]
    lead = (match["lead"] or "").strip().lower()
    if lead == "last":
        return [one for one in years if one.end and one.end < published][-1]
    if lead == "next":
        return next(one for one in years if one.start and one.start > published)
    return _choose(years, published, direction_at(match))


def on_the(match: re.Match[str], published: datetime.date | None) -> Days | None:
    """`on the 25th`: of this month, the one before or the one after."""
    if published is None:
        return Days("day")
    first = published.replace(day=1)
    months = [(first - datetime.timedelta(1)), first, (first + datetime.timedelta(31))]
    found = [days for one in months if (days := Days.of(one.year, one.month, int(match["day"]), int(match["day"])))]
    return _choose(found, published, direction_at(match))
