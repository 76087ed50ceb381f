"""Two figures compared by what they allow."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.check import compare_figures
from claimtrack.extract import Figure, find_figures


def figure(text: str) -> Figure:
    (one,) = find_figures(text)
    return one


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        ("29 people survived", "29 people survived", "agree"),
        ("29 people survived", "30 people survived", "differ"),
        ("It rose to 4.2 percent", "It rose to 4.23 percent", "agree"),
        ("It rose to 4.2 percent", "It rose to 4.3 percent", "differ"),
        ("It cost $1.2bn", "It cost $1,230,000,000", "agree"),
        ("It cost $1.2bn", "It cost $1.3bn", "differ"),
        ("About 40 people came", "43 people came", "agree_within_hedge"),
        ("About 40 people came", "60 people came", "differ"),
        ("At least 40 people came", "900 people came", "agree_within_hedge"),
        ("More than 40 people came", "40 people came", "differ"),
        ("Fewer than 40 people came", "45 people came", "differ"),
        ("No more than 40 people came", "40 people came", "agree_within_hedge"),
        ("Between 10 and 15 people came", "12 people came", "agree_within_hedge"),
        ("It is 10 km away", "It is 6.2 miles away", "agree"),
        ("It is 10 km away", "It is 8 miles away", "differ"),
        ("It cost 10 euros", "It cost 10 dollars", "unit_mismatch"),
        ("It fell 2 percent", "It fell 2 percentage points", "unit_mismatch"),
        ("It is 10 km away", "It weighs 10 kg", "unit_mismatch"),
        ("It cost 10 euros", "It is 10 km away", "not_comparable"),
        ("12 people were killed", "12 people were injured", "not_comparable"),
        ("62 passengers came", "five pilots came", "not_comparable"),
        ("It rose 3 percent", "It fell 3 percent", "not_comparable"),
        ("It rose 3 percent", "It was 3 percent", "not_comparable"),
    ],
)
def test_two_figures_stand_to_each_other_as_their_wording_allows(first: str, second: str, outcome: str) -> None:
    result = compare_figures(figure(first), figure(second))
    assert result.outcome == outcome, result
    assert (result.difference is not None) == (outcome == "differ")
    assert result.reason


def test_the_difference_is_the_second_minus_the_first_in_the_first_ones_unit() -> None:
    assert compare_figures(figure("It is 10 km away"), figure("It is 12,000 metres away")).difference == 2
    assert compare_figures(figure("It is 12 km away"), figure("It is 10 km away")).difference == Fraction(-2)


_TEXTS = st.builds(
    "{} {} people survived".format,
    st.sampled_from(["", "About", "At least", "More than", "Fewer than", "Nearly"]),
    st.integers(2, 60),
)


@settings(max_examples=150, deadline=None)
@given(_TEXTS, _TEXTS)
def test_the_order_of_two_figures_does_not_change_the_outcome(first: str, second: str) -> None:
    one, other = compare_figures(figure(first), figure(second)), compare_figures(figure(second), figure(first))
    assert one.outcome == other.outcome
    assert one.difference is None or one.difference == -(other.difference or 0)
