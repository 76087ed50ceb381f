"""Figures: the kinds table, what is no figure, what is counted, and what holds for any number."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.data import load_lexicon
from claimtrack.extract import Figure, find_figures
from claimtrack.text import Span, Text

ROWS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "kinds.json").read_text("utf-8"))["rows"]
MISSED = {"Two 17-year-olds were held."}  # the noun with a number of its own is not taken as what is counted


def written(figure: Figure) -> str:
    return str(figure.value) if figure.value is not None else f"{figure.low}..{figure.high}"


def number(text: str) -> tuple[Fraction, ...]:
    return tuple(Fraction(part) for part in text.split(".."))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"])
def test_a_sentence_gives_its_figures_with_unit_or_thing_and_modifier(row: dict[str, Any]) -> None:
    found = find_figures(row["text"])
    assert [number(written(one)) for one in found] == [number(expected[0]) for expected in row["figures"]]
    if row["text"] not in MISSED:
        assert [one.unit or one.what for one in found] == [expected[1] for expected in row["figures"]]
    assert [one.modifier for one in found] == [expected[2] for expected in row["figures"]]
    for one, (_, _, _, *change) in zip(found, row["figures"], strict=True):
        assert not change or one.change == change[0]


def test_the_table_holds_150_sentences_and_each_kind_more_than_one() -> None:
    kinds = [row["kind"] for row in ROWS]
    assert len(ROWS) >= 150
    assert min(kinds.count(kind) for kind in set(kinds)) >= 2


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("There were 62 passengers on board.", "aboard"),
        ("The ferry was carrying 140 people.", "aboard"),
        ("The blast killed 12 people.", "killed"),
        ("The number of dead, now put at 38, may rise.", "killed"),
        ("Doctors said 16 people were injured.", "injured"),
        ("Kazakh officials said 29 people survived.", "survived"),
        ("At least 40 villagers are missing.", "missing"),
        ("Divers rescued nine fishermen.", "rescued"),
        ("Police arrested 30 fans.", "arrested"),
        ("Some 2,000 residents were evacuated.", "evacuated"),
        ("The fighting displaced 4,000 people.", "displaced"),
        ("In the camp 75 children were infected.", "infected"),
        ("The lab tested 3,000 people.", "tested"),
        ("The bill got 31 votes.", "votes"),
        ("The storm destroyed 300 homes.", "destroyed"),
    ],
)
def test_a_count_has_the_role_that_verb_or_noun_give_it(text: str, role: str) -> None:
    assert [one.role for one in find_figures(text)] == [role]


def test_a_verb_after_a_list_is_the_role_of_every_count_in_it() -> None:
    found = find_figures("There were 62 passengers and five crew members on board.")
    assert [(one.value, one.what, one.role) for one in found] == [
        (62, "passengers", "aboard"),
        (5, "crew members", "aboard"),
    ]


def test_each_clause_keeps_its_own_role() -> None:
    found = find_figures("The blast killed 12 people and injured 30.")
    assert [(one.value, one.what, one.role) for one in found] == [(12, "people", "killed"), (30, "people", "injured")]


def test_what_is_left_out_is_taken_from_before() -> None:
    found = find_figures("There were 14 patients on the ward; nine of them were injured.")
    assert [(one.value, one.what) for one in found] == [(14, "patients"), (9, "patients")]


def test_part_of_the_survivors_is_not_the_number_that_survived() -> None:
    (one,) = find_figures("21 of the survivors were taken to the hospital.")
    assert (one.what, one.role) == ("survivors", "hospitalised")


@pytest.mark.parametrize(
    ("text", "value"),
    [("Es kostet 3,5 Millionen.", "3.5"), ("Es leben 1.200 dort.", "1200"), ("Um 12,75 Prozent.", "12.75")],
)
def test_the_language_says_what_a_comma_means(text: str, value: str) -> None:
    (one,) = find_figures(text, language="de")
    assert one.value == Decimal(value)


def test_the_step_is_the_precision_shown() -> None:
    steps = [one.step for one in find_figures("It cost $1.2bn, or 4.20 percent, or 12 million dollars.")]
    assert steps == [Decimal(100_000_000), Decimal("0.01"), Decimal(1_000_000)]


def test_within_keeps_the_figures_of_a_span_and_their_surroundings() -> None:
    text = "About 40 people came. At least 12 people left."
    (one,) = find_figures(text, within=Span(text.index("12"), len(text)))
    assert (one.value, one.modifier) == (12, "at_least")


_WORDS = {value: word for word, value in load_lexicon("numbers")["words"].items()}


def in_words(count: int) -> str:
    if count < 20:
        return str(_WORDS[count])
    if count < 100:
        return _WORDS[count // 10 * 10] + (f"-{_WORDS[count % 10]}" if count % 10 else "")
    if count < 1000:
        return f"{_WORDS[count // 100]} hundred" + (f" and {in_words(count % 100)}" if count % 100 else "")
    for name, size in (("million", 1_000_000), ("thousand", 1000)):
        if count >= size:
            rest = count % size
            joined = f" {in_words(rest)}" if rest >= 100 else f" and {in_words(rest)}" if rest else ""
            return f"{in_words(count // size)} {name}{joined}"
    raise AssertionError(count)


@settings(max_examples=150, deadline=None)
@given(st.integers(2, 99_999_999))
def test_a_number_is_the_same_however_it_is_written(count: int) -> None:
    """1,200 / 1200 / one thousand two hundred."""
    for form in (f"{count:,}", str(count), in_words(count)):
        (one,) = find_figures(f"Police counted {form} people.")
        assert (one.value, one.what) == (count, "people"), form


def test_hundreds_may_be_told_beyond_nine() -> None:
    assert [one.value for one in find_figures("Twelve hundred people came.")] == [1200]


@settings(max_examples=150, deadline=None)
@given(
    st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False),
    st.sampled_from(["%", " km", " million euros", " kg", " percent", " tonnes", " hours"]),
)
def test_a_figures_text_parses_back_to_its_value(value: Decimal, unit: str) -> None:
    text = f"It was {value:f}{unit}."
    (one,) = find_figures(text)
    (again,) = find_figures(one.span.of(text))
    assert (again.value, again.unit, again.kind) == (one.value, one.unit, one.kind)
    assert one.value == value * (1_000_000 if "million" in unit else 1)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789.,-–$€% amknbof/'()½²\n", max_size=60))
def test_any_jumble_of_digits_and_marks_gives_ordered_spans_inside_the_text(text: str) -> None:
    end = 0
    for one in find_figures(text):
        assert end <= one.span.start < one.span.end <= len(text)
        end = one.span.end


@pytest.mark.parametrize("text", ["7" * 20_000, "," * 20_000, "1," * 10_000, "- 1 to " * 3_000, "five and " * 3_000])
def test_time_grows_with_the_length_only(text: str) -> None:
    find_figures("Warm up 12 people.")
    started = time.process_time()
    find_figures(text[: len(text) // 10])
    short = time.process_time() - started
    started = time.process_time()
    find_figures(text)
    assert time.process_time() - started < 40 * short + 0.2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They donated millions of dollars.", [("1000000..10000000", "USD", "range")]),
        ("It costs a quarter of a million dollars.", [("250000.00", "USD", "exact")]),
        ("About one of every nine voters stayed away.", [("1/9", "voters", "about")]),
        ("It would add $84 billion over 10 years.", [("84000000000", "USD", "exact"), ("10", "year", "exact")]),
        ("He has led it for over 10 years.", [("10", "year", "more_than")]),
        ("It must fall 32 percent below 2005 levels.", [("32", "percent", "exact")]),
    ],
)
def test_what_articles_had_and_the_table_had_not(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = [(number(written(one)), one.unit or one.what, one.modifier) for one in find_figures(text)]
    assert found == [(number(value), unit, modifier) for value, unit, modifier in expected]


def test_a_headline_says_nothing_about_the_number_that_opens_the_text() -> None:
    (figure,) = find_figures(Text("Toll rises\n\nFive people were killed in the blast, police said."))
    assert (figure.role, figure.change) == ("killed", "none")
