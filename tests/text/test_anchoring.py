"""Anchors in an edited text: found again with a named outcome, and never on other words without a word about it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.models import Anchor
from claimtrack.text import Span, fold, match_anchor, match_anchors
from tests.news_texts import texts

TEXT = (
    "Ferry runs aground off Brackwater\n\n"
    "All 62 passengers were safe, harbour master Mira Holt said. "
    "The hull held for nine hours, Tomas Reyle told reporters.\n\n"
    "“Nobody was asked about the pumps,” Reyle said. The company did not comment – it never does."
)


def anchor(words: str, text: str = TEXT, *, after: int = 0) -> Anchor:
    start = text.index(words, after)
    return Anchor.at(Span(start, start + len(words)), text)


def outcome(words: str, text: str, *, known: bool = True) -> tuple[str, str | None]:
    match = match_anchor(anchor(words), text, before=TEXT if known else None)
    return match.outcome, match.span and match.span.of(text)


@pytest.mark.parametrize("known", [True, False])
def test_words_that_nobody_touched_are_exact(known: bool) -> None:
    assert outcome("The hull held for nine hours", TEXT, known=known) == ("exact", "The hull held for nine hours")


@pytest.mark.parametrize("known", [True, False])
def test_words_that_stand_elsewhere_have_moved(known: bool) -> None:
    edited = TEXT.replace("All 62 passengers were safe", "All 62 passengers and five dogs were safe")
    assert outcome("The hull held for nine hours", edited, known=known) == ("moved", "The hull held for nine hours")


def test_a_paragraph_that_was_moved_takes_its_anchors_along() -> None:
    title, first, last = TEXT.split("\n\n")
    assert outcome("Nobody was asked about the pumps", "\n\n".join((title, last, first)))[0] == "moved"


@pytest.mark.parametrize("known", [True, False])
def test_other_quotation_marks_dashes_and_spaces_are_normalised(known: bool) -> None:
    edited = TEXT.replace("“", '"').replace("”", '"').replace(" – ", "—").replace("hull held", "hull\u00a0held")
    assert outcome("“Nobody was asked about the pumps,”", edited, known=known)[0] == "normalised"
    assert outcome("did not comment – it never does", edited, known=known) == (
        "normalised",
        "did not comment—it never does",
    )
    assert outcome("The hull held for nine hours", edited, known=known)[0] == "normalised"


@pytest.mark.parametrize("known", [True, False])
def test_edited_words_are_changed_and_the_distance_is_told(known: bool) -> None:
    edited = TEXT.replace("for nine hours", "for eleven hours")
    match = match_anchor(anchor("The hull held for nine hours"), edited, before=TEXT if known else None)
    assert match.outcome == "changed"
    assert match.span is not None
    assert match.span.of(edited) == "The hull held for eleven hours"
    assert match.distance == 5
    assert not match.found


def test_a_figure_that_was_put_in_the_place_of_another_is_changed() -> None:
    assert outcome("62", TEXT.replace("62", "64")) == ("changed", "64")


@pytest.mark.parametrize("known", [True, False])
def test_words_of_a_sentence_that_was_deleted_are_lost(known: bool) -> None:
    edited = TEXT.replace(" The hull held for nine hours, Tomas Reyle told reporters.", "")
    assert outcome("The hull held for nine hours", edited, known=known) == ("lost", None)


def test_of_two_sentences_with_the_same_words_the_deleted_one_is_lost() -> None:
    said = "The gates were shut at noon, the port said."
    before = f"{said} Rain fell. Nobody left.\n\n{said} More came."
    edited = before[before.index("Rain") :]
    first, second = anchor("The gates were shut", before), anchor("The gates were shut", before, after=5)
    matches = match_anchors((first, second), edited, before=before)
    assert [match.outcome for match in matches] == ["lost", "moved"]


def test_a_short_word_is_not_found_in_another_sentence() -> None:
    edited = TEXT.replace("harbour master Mira Holt said", "it was announced")
    assert outcome("said", edited)[0] in ("lost", "changed")


def test_a_pronoun_is_not_found_inside_a_longer_word() -> None:
    before = "The pumps failed, he wrote. They were new."
    assert (
        match_anchor(anchor("he", before, after=15), "The pumps failed. They were new.", before=before).outcome
        == "lost"
    )


def test_without_the_text_before_words_that_stand_twice_are_ambiguous() -> None:
    match = match_anchor(Anchor(start=500, end=504, exact="said"), "He said no. She said yes.")
    assert (match.outcome, match.span) == ("ambiguous", None)
    assert [span.start for span in match.candidates] == [3, 16]
    assert "2 places" in match.reason


def test_a_short_word_in_quite_other_surroundings_is_not_taken_for_it() -> None:
    lone = Anchor(
        start=40, end=44, exact="said", prefix="the mayor of Norhaven, who ", suffix=" nothing about the storm"
    )
    assert match_anchor(lone, "Nobody knows what the captain said to the owners.").outcome == "ambiguous"


def test_the_same_distance_from_both_neighbours_tells_which_is_meant() -> None:
    text = "A man said: the hull of the ferry held for hours. A man said: the pumps of the ferry were old."
    shifted = "News. " + text
    kept = [anchor("the hull of the ferry held for hours", text), anchor("the pumps of the ferry were old", text)]
    lone = Anchor(start=text.rindex("said"), end=text.rindex("said") + 4, exact="said")
    outcomes = match_anchors((kept[0], lone, kept[1]), shifted)
    assert [match.outcome for match in outcomes] == ["moved"] * 3
    assert outcomes[1].span == Span(shifted.rindex("said"), shifted.rindex("said") + 4)


def test_an_anchor_that_never_fitted_its_text_is_looked_for_by_its_words() -> None:
    wrong = Anchor(start=3, end=31, exact="The hull held for nine hours")
    assert match_anchor(wrong, TEXT, before=TEXT).outcome == "moved"


def test_words_that_begin_within_a_run_of_blanks_are_exact() -> None:
    text = "Berth 12 -  34"
    match = match_anchor(Anchor.at(Span(11, 14), text), text, before=text)
    assert (match.outcome, match.span) == ("exact", Span(11, 14))


@given(texts.filter(str.strip), st.data())
def test_any_anchor_in_its_own_text_is_exact(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if not fold(text[start:end]).string.strip():
        return
    match = match_anchor(Anchor.at(Span(start, end), text), text, before=text)
    assert match.outcome in ("exact", "ambiguous")
    assert match.span in (Span(start, end), None)


@given(texts, texts, st.data())
def test_what_is_found_holds_the_words_whatever_the_texts(before: str, text: str, data: st.DataObject) -> None:
    if not before:
        return
    start = data.draw(st.integers(0, len(before) - 1))
    made = Anchor.at(Span(start, min(len(before), start + 30)), before)
    match = match_anchor(made, text, before=data.draw(st.sampled_from((before, None))))
    if match.found:
        assert match.span is not None
        assert fold(match.span.of(text)).string.strip() == fold(made.exact).string.strip()
    assert all(0 <= span.start < span.end <= len(text) for span in match.candidates)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "said " * 20_000,
        " " * 100_000,
        "-" * 100_000,
        "“”" * 50_000,
        "He said. " * 11_000,
        "a\u0301" * 50_000,
    ],
    ids=["letters", "words", "blanks", "dashes", "marks", "sentences", "accents"],
)
def test_hostile_texts_take_no_more_than_a_moment(text: str) -> None:
    began = time.process_time()
    match_anchors((Anchor.at(Span(50_000, 50_020), text), Anchor.at(Span(70_000, 70_003), text)), text[5:], before=text)
    assert time.process_time() - began < 5


def test_edited_articles_keep_their_anchors() -> None:
    """A part of `benchmarks/anchors.py`: what became of each anchor is known from how the text was edited."""
    import anchors

    score = anchors.score(60, 7, with_corpus=False)
    assert score.anchors > 1_000
    assert score.right / score.anchors >= 0.98
    assert score.silent == 0
