"""Tokens stand where they say, and tell quotations, sentences and paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.extract.tagging.tokens import (
    CLOSING,
    INSIDE,
    OPENING,
    OUTSIDE,
    PARAGRAPH,
    SEAM,
    SENTENCE,
    find_tokens,
    with_lost_paragraphs,
)
from claimtrack.extract.tagging.windows import WINDOW, find_pieces, find_windows
from claimtrack.text import Text


def test_a_possessive_is_a_token_of_its_own() -> None:
    tokens = find_tokens(Text("The mayor’s office"))
    assert tokens.words == ("the", "mayor", "'s", "office")
    assert (tokens.starts, tokens.ends) == ((0, 4, 9, 12), (3, 9, 11, 18))


def test_a_negation_stays_whole() -> None:
    assert find_tokens(Text("They don’t know")).words == ("they", "don't", "know")


@pytest.mark.parametrize("marks", ["“”", '""', "«»", "„“"])
def test_any_pair_of_quotation_marks_looks_the_same(marks: str) -> None:
    tokens = find_tokens(Text(f"{marks[0]}We won,{marks[1]} she said."))
    assert tokens.words[0] == tokens.words[4] == '"'
    assert tokens.quotes.tolist() == [OPENING, INSIDE, INSIDE, INSIDE, CLOSING, OUTSIDE, OUTSIDE, OUTSIDE]


def test_a_sentence_after_a_full_stop_without_space_starts_at_a_seam() -> None:
    tokens = find_tokens(Text("They spoke of the crash.Putin reminded Aliyev of it.\n\nTalks went on. Both left."))
    starts = {tokens.words[i]: int(tokens.breaks[i]) for i in range(len(tokens)) if tokens.breaks[i]}
    assert starts == {"they": PARAGRAPH, "putin": SEAM, "talks": PARAGRAPH, "both": SENTENCE}


@given(st.text(st.sampled_from("ab .'’“”\"\n-é\u200b😀,")))
@settings(max_examples=200, deadline=None)
def test_tokens_follow_one_another_and_windows_cover_them(string: str) -> None:
    tokens = find_tokens(Text(string))
    places = [place for pair in zip(tokens.starts, tokens.ends, strict=True) for place in pair]
    assert places == sorted(places)
    assert all(string[start:end].strip() for start, end in zip(tokens.starts, tokens.ends, strict=True))
    pieces = find_pieces(tokens)
    windows = find_windows(tokens, pieces)
    assert [index for start, stop in windows for index in range(start, stop)] == list(range(len(tokens)))


@pytest.mark.parametrize("first", [WINDOW, 100])
def test_no_window_holds_more_pieces_than_the_encoder_takes(first: int) -> None:
    tokens = find_tokens(Text("The uncontroversial councilwoman's unfathomableness persists. " * 200))
    pieces = find_pieces(tokens)
    assert max(sum(map(len, pieces[start:stop])) for start, stop in find_windows(tokens, pieces, first)) <= WINDOW


def test_a_window_ends_between_sentences() -> None:
    tokens = find_tokens(Text("The council met on Monday and voted for the bridge. " * 100))
    starts = [start for start, _ in find_windows(tokens, find_pieces(tokens))]
    assert len(starts) > 3
    assert all(tokens.breaks[start] for start in starts)


def test_a_seam_among_spaced_sentences_is_a_lost_paragraph_break() -> None:
    tokens = find_tokens(Text("The ferry sank. Nobody was hurt.Lind spoke first. She was calm."))
    assert with_lost_paragraphs(tokens).paragraphs.tolist() == [1] * 8 + [2] * 8


def test_seams_everywhere_tell_nothing_about_paragraphs() -> None:
    tokens = find_tokens(Text("The ferry sank.Nobody was hurt.Lind spoke first.She was calm."))
    assert set(with_lost_paragraphs(tokens).paragraphs.tolist()) == {1}
