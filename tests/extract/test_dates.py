"""Date expressions, and the days of those that name their year."""

from __future__ import annotations

import pytest
from hypothesis import given

from claimtrack.extract.dates.finding import find_dates
from claimtrack.text import Span
from tests.news_texts import texts


@pytest.mark.parametrize(
    ("text", "words", "granularity", "start", "end"),
    [
        ("It opened on 3 May 2021.", "3 May 2021", "day", "2021-05-03", "2021-05-03"),
        ("It opened on May 3, 2021.", "May 3, 2021", "day", "2021-05-03", "2021-05-03"),
        ("It opened on 2021-05-03.", "2021-05-03", "day", "2021-05-03", "2021-05-03"),
        ("It opened in February 2024.", "February 2024", "month", "2024-02-01", "2024-02-29"),
        ("It opened in 1997.", "1997", "year", "1997-01-01", "1997-12-31"),
    ],
)
def test_a_date_with_its_year_is_an_interval(text: str, words: str, granularity: str, start: str, end: str) -> None:
    (found,) = find_dates(text)
    assert (found.span.of(text), found.granularity, found.start, found.end) == (words, granularity, start, end)


@pytest.mark.parametrize("words", ["Thursday", "December 25", "25 December", "yesterday", "the day before yesterday"])
def test_a_date_that_needs_the_publication_date_is_found(words: str) -> None:
    text = f"The ferry sank {words}."
    (found,) = find_dates(text)
    assert found.span.of(text) == words


@pytest.mark.parametrize("text", ["It opened on 31 February 2021.", "Ann May said so.", "They paid 1997 euros."])
def test_what_is_no_day_is_no_date_with_a_start(text: str) -> None:
    assert [one for one in find_dates(text) if one.start is not None and one.granularity == "day"] == []


def test_dates_within_a_part_lie_in_it() -> None:
    text = "It opened on 3 May 2021 and closed on Friday."
    assert [one.span.of(text) for one in find_dates(text, Span(24, len(text)))] == ["Friday"]


@given(texts)
def test_dates_are_ordered_and_lie_in_the_text(text: str) -> None:
    before = 0
    for one in find_dates(text):
        assert before <= one.span.start < one.span.end <= len(text)
        before = one.span.end
