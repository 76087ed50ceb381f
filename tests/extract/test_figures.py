"""Numbers in a text: what is one, how much, of what, and what is none."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.extract import Figure, find_figures
from claimtrack.text import Span
from tests.news_texts import texts

# Text, the figure's own words, kind, value, unit, what is counted, modifier.
FIGURES = [
    ("There were 62 passengers on board.", "62", "count", "62", None, "passengers", "exact"),
    ("They had five crew members.", "five", "count", "5", None, "crew members", "exact"),
    ("The ministry said 29 people survived.", "29", "count", "29", None, "people", "exact"),
    ("It hurt 1,200 people.", "1,200", "count", "1200", None, "people", "exact"),
    ("It hurt twenty-five people.", "twenty-five", "count", "25", None, "people", "exact"),
    ("It hurt one hundred and five people.", "one hundred and five", "count", "105", None, "people", "exact"),
    ("It hurt two dozen people.", "two dozen", "count", "24", None, "people", "exact"),
    ("It hurt half a million people.", "half a million", "count", "500000", None, "people", "exact"),
    ("It hurt 3.5 million people.", "3.5 million", "count", "3500000", None, "people", "exact"),
    ("It cost $3.5 million.", "$3.5 million", "money", "3500000", "USD", None, "exact"),
    ("It cost £1.2bn.", "£1.2bn", "money", "1200000000", "GBP", None, "exact"),
    ("It cost A$40.", "A$40", "money", "40", "AUD", None, "exact"),
    ("It cost 300 euros.", "300 euros", "money", "300", "EUR", None, "exact"),
    ("Pay rose by 3.40 percent.", "3.40 percent", "percent", "3.40", "percent", None, "exact"),
    ("Pay rose by 12%.", "12%", "percent", "12", "percent", None, "exact"),
    ("Pay rose by 2 per cent.", "2 per cent", "percent", "2", "percent", None, "exact"),
    ("It fell 2 percentage points.", "2 percentage points", "percentage_point", "2", "percentage point", None, "exact"),
    ("A 54-year-old man drowned.", "54-year-old", "age", "54", "year", None, "exact"),
    ("She is 34 years old.", "34 years old", "age", "34", "year", None, "exact"),
    ("It took nine hours.", "nine hours", "duration", "9", "hour", None, "exact"),
    ("It stood at 4.2 metres.", "4.2 metres", "measure", "4.2", "metre", None, "exact"),
    ("About 40 ships left.", "40", "count", "40", None, "ships", "about"),
    ("More than 40 ships left.", "40", "count", "40", None, "ships", "more_than"),
    ("No more than 40 ships left.", "40", "count", "40", None, "ships", "at_most"),
    ("At least 40 ships left.", "40", "count", "40", None, "ships", "at_least"),
    ("Nearly 40 ships left.", "40", "count", "40", None, "ships", "nearly"),
    ("Fewer than 40 ships left.", "40", "count", "40", None, "ships", "less_than"),
    ("One person died.", "One", "count", "1", None, "person", "exact"),
]


@pytest.mark.parametrize(("text", "words", "kind", "value", "unit", "what", "modifier"), FIGURES)
def test_the_text_holds_this_figure(
    text: str, words: str, kind: str, value: str, unit: str | None, what: str | None, modifier: str
) -> None:
    (found,) = find_figures(text)
    assert found.span.of(text) == words
    assert (found.kind, found.unit, found.what, found.modifier) == (kind, unit, what, modifier)
    assert found.value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [("Two thirds of the firms left.", Fraction(2, 3)), ("One in four firms left.", Fraction(1, 4))],
)
def test_a_share_in_words_is_an_exact_fraction(text: str, value: Fraction) -> None:
    (found,) = find_figures(text)
    assert (found.kind, found.value, found.what) == ("fraction", value, "firms")


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("It needs 10-12 ships.", "10", "12", None),
        ("It needs 10 to 12 ships.", "10", "12", None),
        ("It needs between 10 and 12 ships.", "10", "12", None),
        ("It costs $5-7 billion.", "5000000000", "7000000000", "USD"),
        ("It rises between 20 and 35 millimetres.", "20", "35", "millimetre"),
    ],
)
def test_a_range_has_both_ends(text: str, low: str, high: str, unit: str | None) -> None:
    (found,) = find_figures(text)
    assert (found.low, found.high, found.unit, found.modifier) == (Decimal(low), Decimal(high), unit, "range")
    assert found.value is None


@pytest.mark.parametrize(
    ("text", "step"),
    [("It cost $1.2bn.", "100000000"), ("It cost 3.40 euros.", "0.01"), ("They saw 62 ships.", "1")],
)
def test_the_step_is_the_precision_that_the_writing_shows(text: str, step: str) -> None:
    (found,) = find_figures(text)
    assert found.step == Decimal(step)


@pytest.mark.parametrize(
    "text",
    [
        "An AZAL Embraer 190 plane flying to Grozny crashed.",
        "A Boeing 737 landed in Dessa.",
        "It happened in 1997, since 2019 and by 2028.",
        "The ferry left at 5:40 a.m. and at 9.15 p.m. again.",
        "The ferry left at 5 p.m. on Monday.",
        "It opened on May 3, on 4 June and on December 25.",
        "Divers found No. 3 engine.",
        "The line is open 24/7 for callers.",
        "The G20 met about COVID-19 in Dessa.",
        "Call 555-0199 or +44 20 7946 0999 for help.",
        "Flight 8243 was late.",
        "It stands on Route 66 near Dessa.",
        "One of them knew, and no one told her.",
        "Read https://port.example/2025/11/18/30417.html today.",
    ],
)
def test_what_only_looks_like_a_number_is_no_figure(text: str) -> None:
    assert find_figures(text) == ()


def test_a_number_after_a_place_that_counts_people_is_a_figure() -> None:
    (found,) = find_figures("They said that in Aktau 29 people survived.")
    assert (found.value, found.what) == (Decimal(29), "people")


def test_a_number_with_five_thousand_digits_is_no_figure() -> None:
    assert find_figures(f"They counted {'9' * 5000} ships.") == ()


def test_within_keeps_the_figures_inside_and_reads_what_stands_around() -> None:
    text = "They saw 62 ships. They lost five boats."
    assert [one.what for one in find_figures(text, Span(19, len(text)))] == ["boats"]


@given(st.integers(2, 999_999))
def test_a_number_with_and_without_commas_is_the_same(number: int) -> None:
    plain, grouped = (find_figures(f"They counted {written} people.") for written in (str(number), f"{number:,}"))
    assert [one.value for one in plain] == [one.value for one in grouped] == [Decimal(number)]


@given(texts)
def test_figures_are_ordered_and_lie_in_the_text(text: str) -> None:
    before = 0
    for one in find_figures(text):
        assert before <= one.span.start < one.span.end <= len(text)
        _holds_one_value(one)
        before = one.span.end


def _holds_one_value(one: Figure) -> None:
    assert (one.value is None) != (one.low is None and one.high is None)
    if one.low is not None and one.high is not None:
        assert one.low < one.high
