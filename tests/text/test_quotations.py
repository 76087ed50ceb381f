"""Quotation marks pair within a paragraph, whatever is missing."""

from __future__ import annotations

import pytest
from hypothesis import given

from claimtrack.text import Quotation, check_quotations, find_paragraphs, find_quotations
from tests.news_texts import texts


def _quotations(text: str) -> tuple[Quotation, ...]:
    return find_quotations(text, find_paragraphs(text))


# One row a case: the text, and the inside of its quotations in the order of their opening marks.
ROWS = [
    ("curly", "She said “we knew” and left.", ["we knew"]),
    ("straight", 'She said "we knew" and left.', ["we knew"]),
    ("German", "Sie sagte „wir wussten es“ und ging.", ["wir wussten es"]),
    ("Polish", "Powiedziała „wiemy” i wyszła.", ["wiemy"]),
    ("French", "Elle a dit « nous savions » et partit.", [" nous savions "]),
    ("single French", "Elle a dit ‹nous savions› et partit.", ["nous savions"]),
    ("Japanese", "彼女は「知っていた」と言った。", ["知っていた"]),
    ("white corners", "彼女は『知っていた』と言った。", ["知っていた"]),
    ("single curly", "She said ‘we knew’ and left.", ["we knew"]),
    ("single straight", "She said 'we knew' and left.", ["we knew"]),
    ("typewriter", "She said ``we knew'' and left.", ["we knew"]),
    ("doubled apostrophes", "She said ''we knew'' and left.", ["we knew"]),
    ("nested", "She said “we ‘never’ knew” and left.", ["we ‘never’ knew", "never"]),
    ("nested straight", "She said \"we 'never' knew\" and left.", ["we 'never' knew", "never"]),
    ("an apostrophe", "She didn’t say it's theirs.", []),
    ("an apostrophe inside", "She said “we didn’t know” and left.", ["we didn’t know"]),
    ("a plural's apostrophe", "The patients’ council met in the users' hall.", []),
    ("left-out letters", "It was ’til the ’90s, rock ’n’ roll.", []),
    ("two in one paragraph", "“We won,” he said. “They lost.”", ["We won,", "They lost."]),
    ("a missing inner mark", "She said “we ‘never knew” and left.", ["we ‘never knew"]),
    ("a closing mark alone", "She said we knew” and left.", []),
    ("brackets around", "She left (“we knew”).", ["we knew"]),
    ("empty", "She said “” and left.", [""]),
]


@pytest.mark.parametrize(("text", "inner"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_the_text_holds_these_quotations(text: str, inner: list[str]) -> None:
    assert [one.inner.of(text) for one in _quotations(text)] == inner


def test_the_span_holds_the_marks_and_inner_does_not() -> None:
    text = "She said “we knew” and left."
    (found,) = _quotations(text)
    assert (found.span.of(text), found.inner.of(text), found.mark) == ("“we knew”", "we knew", "“")


def test_depth_counts_the_quotations_around() -> None:
    text = "“We ‘never’ knew,” she said. ‘Nor I.’"
    assert [one.depth for one in _quotations(text)] == [0, 1, 0]


def test_a_missing_closing_mark_spoils_its_own_paragraph_only() -> None:
    text = "She said “we knew.\n\nHe said “we did not” and left."
    first, second = _quotations(text)
    assert (first.closed, first.inner.of(text)) == (False, "we knew.")
    assert (second.closed, second.inner.of(text)) == (True, "we did not")


def test_a_missing_closing_mark_is_a_finding_with_its_place() -> None:
    text = "She said “we knew."
    (finding,) = check_quotations(_quotations(text))
    assert (finding.code, finding.severity, finding.start, finding.end) == ("quotation-unclosed", "warning", 9, 10)


def test_a_quotation_over_paragraphs_opens_each_and_closes_the_last() -> None:
    text = "“The quay is old.\n\n“The cranes are locked.\n\n“We ask for a wall.”"
    found = _quotations(text)
    assert [one.goes_on for one in found] == [True, True, False]
    assert [one.closed for one in found] == [False, False, True]
    assert check_quotations(found) == ()


@given(texts)
def test_quotations_lie_in_the_text_and_their_insides_in_them(text: str) -> None:
    paragraphs = find_paragraphs(text)
    for one in find_quotations(text, paragraphs):
        assert one.span.contains(one.inner)
        assert any(paragraph.contains(one.span) for paragraph in paragraphs)
        assert one.span.of(text).startswith(one.mark)
        assert one.depth >= 0


@given(texts)
def test_two_closed_quotations_are_apart_or_one_in_the_other(text: str) -> None:
    found = [one.span for one in _quotations(text) if one.closed]
    for one in found:
        for other in found:
            assert not one.overlaps(other) or one.contains(other) or other.contains(one)
