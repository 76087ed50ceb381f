"""A text with its title, paragraphs, sentences, quotations and words."""

from __future__ import annotations

import pytest
from hypothesis import given

from claimtrack.text import Span, Text
from tests.news_texts import texts

BODY = "The ferry sank off Brackwater. Nobody was hurt."


def _title(text: Text) -> str | None:
    return text.title.of(text.string) if text.title is not None else None


@pytest.mark.parametrize(
    ("string", "title"),
    [
        (f"Ferry sinks\n\n{BODY}", "Ferry sinks"),
        (f"Ferry sinks\n{BODY}", "Ferry sinks"),
        (f"\n\n  Ferry sinks?\n\n{BODY}", "Ferry sinks?"),
        (BODY, None),
        (f"{BODY}\n\n{BODY}", None),
        (f"“It is safe”\n\n{BODY}", None),
        (f"{'Ferry sinks ' * 40}\n\n{BODY}", None),
        ("Ferry sinks", None),
        ("", None),
    ],
)
def test_a_first_line_that_reads_like_a_headline_is_the_title(string: str, title: str | None) -> None:
    assert _title(Text(string)) == title


@pytest.mark.parametrize("between", ["\n\n", " ", ""])
def test_a_title_that_is_given_is_found_at_the_start(between: str) -> None:
    assert _title(Text(f"Ferry sinks.{between}{BODY}", "Ferry sinks.")) == "Ferry sinks."


def test_a_title_is_found_whatever_its_white_space() -> None:
    assert _title(Text(f" Ferry\xa0 sinks\n\n{BODY}", "Ferry sinks")) == "Ferry\xa0 sinks"


def test_a_title_that_the_text_does_not_start_with_is_none() -> None:
    assert Text(BODY, "Storm sweeps coast").title is None


def test_a_title_is_a_paragraph_and_a_sentence_of_its_own() -> None:
    text = Text(f"Ferry sinks {BODY}", "Ferry sinks")
    assert text.paragraphs[0] == text.sentences[0] == text.title
    assert len(text.sentences) == 3


def test_quotations_in_a_span_are_the_outermost_that_lie_wholly_inside() -> None:
    text = Text("“We won,” he said. “They ‘never’ lost,” she said.")
    assert [one.inner.of(text.string) for one in text.quotations_in(Span(10, 49))] == ["They ‘never’ lost,"]


def test_its_representation_shows_the_first_words_and_the_length() -> None:
    assert repr(Text("Ferry sinks")) == "Text('Ferry sinks', 11 characters)"


@given(texts)
def test_sentences_lie_in_paragraphs_and_a_title_at_the_start(string: str) -> None:
    text = Text(string)
    assert all(any(paragraph.contains(one) for paragraph in text.paragraphs) for one in text.sentences)
    if text.title is not None:
        assert not string[: text.title.start].strip()
