"""Words and punctuation marks."""

from __future__ import annotations

import pytest
from hypothesis import given

from claimtrack.text import Span, find_words
from tests.news_texts import texts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dr. Silva’s team didn't go.", ["Dr.", "Silva’s", "team", "didn't", "go", "."]),
        ("U.S. and U.N. envoys", ["U.S.", "and", "U.N.", "envoys"]),
        ("J. K. Rowe", ["J.", "K.", "Rowe"]),
        ("$1,200.50 at 5:40", ["$", "1,200.50", "at", "5:40"]),
        ("a 54-year-old man", ["a", "54", "-", "year-old", "man"]),
        ("twenty-five “ships”", ["twenty-five", "“", "ships", "”"]),
        ("the crash.Putin said", ["the", "crash", ".", "Putin", "said"]),
        ("速報 🚢!", ["速報", "🚢", "!"]),
    ],
)
def test_the_text_falls_into_these_words(text: str, words: list[str]) -> None:
    assert list(find_words(text).texts) == words


def test_lower_writes_small_letters_and_straight_apostrophes() -> None:
    assert find_words("Silva’s U.S. Team").lower == ("silva's", "u.s.", "team")


def test_the_first_word_from_an_offset_is_the_next_one_that_starts() -> None:
    words = find_words("The ferry sank.")
    assert [words.first_from(offset) for offset in (0, 1, 4, 5, 15)] == [0, 1, 1, 2, 4]


def test_a_span_runs_over_both_words() -> None:
    text = "The ferry sank."
    assert find_words(text).span(1, 2) == Span(4, 14)


@given(texts)
def test_every_character_that_is_not_blank_belongs_to_one_word(text: str) -> None:
    words = find_words(text)
    covered = bytearray(len(text))
    for start, end, word in zip(words.starts, words.ends, words.texts, strict=True):
        assert text[start:end] == word
        assert not any(covered[start:end])
        covered[start:end] = b"x" * (end - start)
    assert all(covered[place] or character.isspace() for place, character in enumerate(text))
