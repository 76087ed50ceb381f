"""A span counts code points, half-open."""

from __future__ import annotations

import pytest

from claimtrack.text import Span


def test_a_span_covers_the_characters_that_a_slice_would() -> None:
    assert Span(4, 9).of("The plane landed.") == "plane"


def test_a_character_outside_the_basic_plane_counts_as_one() -> None:
    assert Span(2, 7).of("🚢 ferry") == "ferry"


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (5, 4)])
def test_a_span_that_runs_backwards_or_below_zero_is_refused_with_its_numbers(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"start={start} end={end}"):
        Span(start, end)


def test_an_empty_span_is_a_place_and_true() -> None:
    assert Span(3, 3)
    assert len(Span(3, 3)) == 0


def test_spans_sort_by_start_and_then_by_end() -> None:
    assert sorted([Span(4, 9), Span(0, 5), Span(0, 3)]) == [Span(0, 3), Span(0, 5), Span(4, 9)]


@pytest.mark.parametrize(
    ("other", "contained", "overlapping"),
    [
        (Span(10, 20), True, True),
        (Span(12, 15), True, True),
        (Span(5, 12), False, True),
        (Span(20, 25), False, False),
        (Span(0, 10), False, False),
    ],
)
def test_touching_spans_do_not_overlap(other: Span, contained: bool, overlapping: bool) -> None:
    assert Span(10, 20).contains(other) is contained
    assert Span(10, 20).overlaps(other) is overlapping
