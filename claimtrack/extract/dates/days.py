"""Intervals of days: months, quarters, seasons, weeks, and the holidays that news dates itself by."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable

import attrs

from claimtrack.models.vocabulary import Granularity

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name} | {
    name.lower(): number for number, name in enumerate(calendar.month_abbr) if name
} | {"sept": 9}  # fmt: skip
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The month in which a season of the northern half of the earth begins, as weather services count."""


@attrs.frozen(slots=True)
class Days:
    """An interval of days, both ends included, and how fine the expression for it is."""

    granularity: Granularity
    start: datetime.date | None = None
    end: datetime.date | None = None

    @classmethod
    def day(cls, day: datetime.date) -> Days:
        """Give the interval of one day."""
        return cls("day", day, day)

    @classmethod
    def of(cls, year: int, month: int, first: int, last: int) -> Days | None:
        """Give days of one month, or None where the calendar has no such day."""
        try:
            return cls("day", datetime.date(year, month, first), datetime.date(year, month, max(first, last)))
        except ValueError:
            return None


def month_of(year: int, month: int) -> Days:
    """Give a month."""
    last = calendar.monthrange(year, month)[1]
    return Days("month", datetime.date(year, month, 1), datetime.date(year, month, last))


def year_of(year: int) -> Days:
    """Give a year."""
    return Days("year", datetime.date(year, 1, 1), datetime.date(year, 12, 31))


def decade_of(year: int) -> Days:
    """Give the ten years that a year ending in 0 begins: the 1990s."""
    return Days("decade", datetime.date(year, 1, 1), datetime.date(year + 9, 12, 31))


def century_of(number: int) -> Days:
    """Give a century: the 20th runs from 1901 to 2000."""
    return Days("century", datetime.date(100 * number - 99, 1, 1), datetime.date(100 * number, 12, 31))


def period_around(day: datetime.date, unit: str, step: int) -> Days:
    """Give the week, month, quarter, season, year or decade that a day lies in, or the `step`th after it.

    >>> period_around(datetime.date(2025, 10, 9), "week", -1).start.isoformat()
    '2025-09-29'
    """
    monday = day - datetime.timedelta(day.weekday())
    if unit == "week":
        start = monday + datetime.timedelta(7 * step)
        return Days("week", start, start + datetime.timedelta(6))
    if unit == "weekend":
        saturday = monday + datetime.timedelta(5 + 7 * step)
        return Days("day", saturday, saturday + datetime.timedelta(1))
    if unit == "month":
        months = day.year * 12 + day.month - 1 + step
        return month_of(months // 12, months % 12 + 1)
    if unit == "quarter":
        quarters = day.year * 4 + (day.month - 1) // 3 + step
        year, first = quarters // 4, quarters % 4 * 3 + 1
        end = month_of(year, first + 2).end
        return Days("quarter", datetime.date(year, first, 1), end)
    if unit == "decade":
        return decade_of((day.year // 10 + step) * 10)
    if unit in SEASONS:
        return _season(day, unit, step)
    return year_of(day.year + step)


def _season(day: datetime.date, season: str, step: int) -> Days:
    """Give this year's season, the last one that is over, or the next one that is to come."""

    def of(year: int) -> Days:
        first = SEASONS[season]
        last = month_of(year + (first + 1) // 12, (first + 1) % 12 + 1).end
        return Days("season", datetime.date(year, first, 1), last)

    years = [of(day.year + add) for add in (-2, -1, 0, 1)]
    if step < 0:
        return [one for one in years if one.end and one.end < day][-1]
    if step > 0:
        return next(one for one in years if one.start and one.start > day)
    running = [one for one in years if one.start and one.end and one.start <= day <= one.end]
    return running[0] if running else years[2]


def shifted(day: datetime.date, unit: str, count: int) -> Days:
    """Give the day, or the week, month or year, that lies so many days, weeks, ... away."""
    if unit == "day":
        return Days.day(day + datetime.timedelta(count))
    if unit == "fortnight":
        return period_around(day, "week", 2 * count)
    if unit == "decade":
        return year_of(day.year + 10 * count)
    return period_around(day, unit, count)


def _easter(year: int) -> datetime.date:
    """Give Easter Sunday (the anonymous Gregorian computus; Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return datetime.date(year, month, day + 1)


def _fixed(month: int, day: int) -> Callable[[int], datetime.date]:
    return lambda year: datetime.date(year, month, day)


def _from_easter(days: int) -> Callable[[int], datetime.date]:
    return lambda year: _easter(year) + datetime.timedelta(days)


def _nth(month: int, weekday: int, nth: int) -> Callable[[int], datetime.date]:
    def of(year: int) -> datetime.date:
        first = datetime.date(year, month, 1)
        return first + datetime.timedelta((weekday - first.weekday()) % 7 + 7 * (nth - 1))

    return of


HOLIDAYS: dict[str, Callable[[int], datetime.date]] = {
    "new year's day": _fixed(1, 1),
    "new year's eve": _fixed(12, 31),
    "epiphany": _fixed(1, 6),
    "valentine's day": _fixed(2, 14),
    "international women's day": _fixed(3, 8),
    "st patrick's day": _fixed(3, 17),
    "st. patrick's day": _fixed(3, 17),
    "may day": _fixed(5, 1),
    "july fourth": _fixed(7, 4),
    "fourth of july": _fixed(7, 4),
    "bastille day": _fixed(7, 14),
    "halloween": _fixed(10, 31),
    "armistice day": _fixed(11, 11),
    "veterans day": _fixed(11, 11),
    "christmas eve": _fixed(12, 24),
    "christmas day": _fixed(12, 25),
    "boxing day": _fixed(12, 26),
    "christmas": _fixed(12, 25),
    "good friday": _from_easter(-2),
    "easter sunday": _from_easter(0),
    "easter monday": _from_easter(1),
    "easter": _from_easter(0),
    "ash wednesday": _from_easter(-46),
    "pentecost": _from_easter(49),
    "thanksgiving": _nth(11, 3, 4),
    "thanksgiving day": _nth(11, 3, 4),
    "labor day": _nth(9, 0, 1),
    "martin luther king day": _nth(1, 0, 3),
}
