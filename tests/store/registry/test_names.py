"""When two names can be one speaker's, and how sure that is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from speaker_registry import MIN_SCORE, load_pairs, score_of, shares

from claimtrack.store.registry.comparing import RULES, SURE, compare_bodies, compare_people
from claimtrack.store.registry.forms import body_name, name_key, person_name

PEOPLE = [
    ("Putin, Vladimir", "Vladimir Putin", "same-words"),
    ("President Ilham Aliyev", "Ilham Aliyev", "same-words"),
    ("Azerbaijani President Ilham Aliyev", "Ilham Aliyev", "same-words"),
    ("Dr. Ann O'Brien", "Ann O’Brien", "same-words"),
    ("Vilém Dvořák", "Vilem Dvorak", "same-words"),
    ("Kang Min-jun", "Kang Min Jun", "same-words"),
    ("Bashir al-Hadi", "Bashir Hadi", "same-words"),
    ("Petra von der Heide", "Petra Heide", "same-words"),
    ("R.T. Quill", "R. T. Quill", "same-words"),
    ("RT Quill", "R. T. Quill", "same-words"),
    ("Rex “Red” Quill", "Rex Quill", "same-words"),
    ("Владимир Путин", "Vladimir Putin", "script"),
    ("Αλέξης Τσίπρας", "Alexis Tsipras", "script"),
    ("V. Putin", "Vladimir Putin", "initials"),
    ("V. V. Putin", "Vladimir Vladimirovich Putin", "initials"),
    ("Bill Marchetti", "William Marchetti", "given-form"),
    ("Sergei Lavrov", "Sergey Lavrov", "given-form"),
    ("Ilham Aliyev", "Ilham Aliev", "spelling"),
    ("Rosa Quill", "Rosa Maria Quill", "middle"),
    ("Tadeo Rojas", "Tadeo Rojas Vidal", "longer"),
    ("Quill Rosa", "Rosa Quill", "order"),
    ("Mr. Marchetti", "William Marchetti", "surname"),
    ("Sara Lindqvist", "Sarah Lindqvist", "sound"),
    ("Rosa Marchetti", "Rosa Marchette", "letter"),
    ("Rosa Marchetti", "Rosa Marhcetti", "letter"),
    ("Rex Quill", "Rex Quill Jr.", "generation"),
]
BODIES = [
    ("The Kremlin", "Kremlin", "same-words"),
    ("U.N. Security Council", "UN Security Council", "same-words"),
    ("Velmar Shipping Ltd.", "Velmar Shipping", "same-words"),
    ("Centre for Tides", "Center for Tides", "same-words"),
    ("US", "the United States", "same-words"),
    ("Russia's Defence Ministry", "Russian Defense Ministry", "same-words"),
    ("Foreign Ministry of Azerbaijan", "Azerbaijani Foreign Ministry", "body-order"),
    ("Tide and Rain Office", "TARO", "acronym"),
    ("Tide and Rain Office", "TRO", "acronym"),
    ("Tide and Rain Office (TRO)", "TRO", "own-acronym"),
    ("Reyle Institute", "Reyle Harbour Institute", "shorter"),
]
APART = [
    ("George W. Bush", "George H. W. Bush"),
    ("Rex Quill Jr.", "Rex Quill Sr."),
    ("Rex Quill II", "Rex Quill III"),
    ("Rosa Quill", "Ruben Quill"),
    ("John A. Marchetti", "John B. Marchetti"),
    ("Hafez al-Hadi", "Bashir al-Hadi"),
    ("Dana Ruiz", "Dara Ruiz"),
]
BODIES_APART = [
    ("Bank of Austria", "Bank of Australia"),
    ("North Korea", "South Korea"),
    ("Russian Defence Ministry", "Ukrainian Defence Ministry"),
    ("Russia", "Russian Army"),
    ("Ministry", "Ministry of Tides"),
    ("Niger", "Nigeria"),
]
_NAMES = st.text("ABVvadimruPtn .,-'’üйИ\u202e\u0301()“\"0", max_size=24)


@pytest.mark.parametrize(("one", "other", "rule"), PEOPLE)
def test_two_ways_of_naming_a_person_are_told_by_their_rule(one: str, other: str, rule: str) -> None:
    likeness = compare_people(person_name(one), person_name(other))
    assert likeness is not None
    assert likeness.rule == rule


@pytest.mark.parametrize(("one", "other", "rule"), BODIES)
def test_two_ways_of_naming_a_body_are_told_by_their_rule(one: str, other: str, rule: str) -> None:
    likeness = compare_bodies(body_name(one), body_name(other))
    assert likeness is not None
    assert likeness.rule == rule


def test_every_rule_for_names_has_its_example() -> None:
    shown = {rule for *_, rule in (*PEOPLE, *BODIES)}
    assert shown == RULES.keys() - {"role", "role-in-claims"}


def test_every_rule_stands_in_the_docs_with_its_score_and_reason() -> None:
    rows = [f"| `{rule.code}` | {rule.score} | {rule.sentence} |" for rule in RULES.values()]
    shown = (Path(__file__).parents[3] / "docs/speakers.md").read_text("utf-8").splitlines()
    assert [line for line in shown if line.startswith("| `")] == rows


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_people_with_alike_names_are_not_suggested(one: str, other: str) -> None:
    assert compare_people(person_name(one), person_name(other)) is None


@pytest.mark.parametrize(("one", "other"), BODIES_APART)
def test_two_bodies_with_alike_names_are_not_suggested(one: str, other: str) -> None:
    assert compare_bodies(body_name(one), body_name(other)) is None


@pytest.mark.parametrize(("one", "other"), [("J. Smith", "John Smith"), ("Bill Silva", "William Silva")])
def test_a_common_surname_makes_no_match_sure(one: str, other: str) -> None:
    likeness = compare_people(person_name(one), person_name(other))
    assert likeness is not None
    assert MIN_SCORE <= likeness.score < SURE


@given(_NAMES, _NAMES)
def test_names_are_as_alike_whichever_comes_first(one: str, other: str) -> None:
    people, bodies = (person_name(one), person_name(other)), (body_name(one), body_name(other))
    if all(people):
        assert compare_people(*people) == compare_people(*people[::-1])
    if all(bodies):
        assert compare_bodies(*bodies) == compare_bodies(*bodies[::-1])


@given(_NAMES.filter(lambda name: person_name(name) is not None))
def test_every_name_of_a_person_is_like_itself(name: str) -> None:
    likeness = compare_people(person_name(name), person_name(name))
    assert likeness is not None
    assert likeness.rule == "same-words"


@given(st.text(max_size=40))
def test_capitals_and_spaces_make_no_other_name(name: str) -> None:
    assert name_key(f"  {name} ") == name_key(name) or not any(map(str.isalnum, name))
    assert name_key(name_key(name)) == name_key(name)


# --- the table of judged pairs ------------------------------------------------------------------------------------


def test_what_is_called_sure_in_the_table_is_hardly_ever_wrong() -> None:
    right, wrong, missed, listed = shares(SURE)
    assert right / (right + wrong) >= 0.98, listed
    assert right / (right + missed) >= 0.65


def test_most_pairs_of_the_table_that_are_one_speaker_are_suggested() -> None:
    right, wrong, missed, listed = shares(MIN_SCORE)
    assert right / (right + missed) >= 0.9, listed
    assert right / (right + wrong) >= 0.8


def test_the_order_of_a_pair_does_not_matter() -> None:
    assert [score_of(one, other, kind) for one, other, kind, _ in load_pairs()] == [
        score_of(other, one, kind) for one, other, kind, _ in load_pairs()
    ]


def test_the_table_is_large_and_holds_both_sorts() -> None:
    pairs = load_pairs()
    assert len({frozenset(pair[:2]) for pair in pairs}) == len(pairs) >= 150
    assert 0.3 < sum(same for *_, same in pairs) / len(pairs) < 0.7
