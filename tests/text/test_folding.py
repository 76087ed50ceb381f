"""Folded texts: one kind of space, mark and dash, and a way back to the text as it stands."""

from __future__ import annotations

import pytest
from hypothesis import given

from claimtrack.text import Span, fold
from tests.news_texts import texts


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("“All safe,” she said", '"All safe," she said'),
        ("it’s ‘new’", "it's 'new'"),
        ("nine\u00a0 hours\n\nlater", "nine hours later"),
        ("the ferry – an old one—sank", "the ferry-an old one-sank"),
        ("a well-known ship", "a well-known ship"),
        ("and then… nothing", "and then... nothing"),
        ("har\u00adbour\u200b", "harbour"),
        ("Cafe\u0301 and ﬁre", "Café and fire"),
    ],
)
def test_what_is_only_typed_differently_is_the_same(written: str, plain: str) -> None:
    assert fold(written).string == plain


@given(texts)
def test_every_character_of_a_folded_text_leads_back_to_its_own(text: str) -> None:
    folded = fold(text)
    for place in range(len(folded.string)):
        span = folded.span(Span(place, place + 1))
        assert 0 <= span.start <= span.end <= len(text)
        assert folded.start(place) == span.start
    if folded.string:
        assert fold(folded.span(Span(0, len(folded.string))).of(text)).string == folded.string
