"""Dates as people and pages write them, into the two forms that documents hold."""

from __future__ import annotations

import datetime
import re

_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"([Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)? ?([Zz]|[+-][0-9]{2}:?[0-9]{2})?)?"
)


def to_moment(written: str) -> str | None:
    """Give the day, or the day and time with its offset (RFC 3339); None where `written` is neither.

    A time without an offset is no moment, so only its day is kept.

    >>> to_moment("2025-10-09 14:05:00+0300"), to_moment("2025-10-09T14:05"), to_moment("2025-02-30")
    ('2025-10-09T14:05:00+03:00', '2025-10-09', None)
    """
    written = written.strip()
    if not _MOMENT.fullmatch(written):
        return None
    try:
        moment = datetime.datetime.fromisoformat(written.upper().replace(" ", "T", 1).replace(" ", ""))
    except ValueError:
        return None
    return moment.date().isoformat() if moment.tzinfo is None else moment.isoformat()
