"""Dates: the table of expressions, direction, and what holds for any text."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.extract import find_dates

TABLE: dict[str, Any] = json.loads((Path(__file__).parent / "dates.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("text", "words", "granularity", "start", "end"), TABLE["rows"], ids=[row[0] for row in TABLE["rows"]]
)
def test_an_expression_means_its_days(text: str, words: str, granularity: str, start: str, end: str) -> None:
    found = {one.span.of(text).lower(): one for one in find_dates(text, published=TABLE["published"])}
    (one,) = (date for said, date in found.items() if words.lower() in said or said in words.lower())
    assert (one.granularity, one.start, one.end) == (granularity, start, end)


@pytest.mark.parametrize("text", TABLE["no_dates"])
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert find_dates(text, published=TABLE["published"]) == ()


def test_without_a_day_of_publication_only_named_years_are_resolved() -> None:
    found = find_dates("It opened on 3 May 2021, shut on Friday and reopens next month.")
    assert [(one.granularity, one.start) for one in found] == [("day", "2021-05-03"), ("day", None), ("month", None)]


def test_a_day_that_is_not_in_the_calendar_is_no_date() -> None:
    assert find_dates("The note is dated 31 February 2024.", published="2025-10-09") == () or all(
        one.granularity != "day" for one in find_dates("The note is dated 31 February 2024.", published="2025-10-09")
    )


def test_a_publication_day_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="published"):
        find_dates("It closed on Friday.", published="last week")


@settings(max_examples=100, deadline=None)
@given(
    st.dates(datetime.date(1950, 1, 1), datetime.date(2090, 1, 1)), st.sampled_from([row[0] for row in TABLE["rows"]])
)
def test_start_is_never_after_end_whatever_the_day_of_publication(day: datetime.date, text: str) -> None:
    for one in find_dates(text, published=day):
        assert one.start is None or one.end is None or one.start <= one.end


@settings(max_examples=100, deadline=None)
@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2090, 1, 1)))
def test_a_weekday_in_the_past_lies_in_the_seven_days_up_to_publication(day: datetime.date) -> None:
    (one,) = find_dates("The court ruled on Friday.", published=day)
    assert one.start is not None
    found = datetime.date.fromisoformat(one.start)
    assert found.weekday() == 4
    assert 0 <= (day - found).days < 7
