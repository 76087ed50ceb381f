"""English is told from other languages, so that English cues are never looked for where they mean nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claimtrack.extract import extract_claims, find_attributions
from claimtrack.read import read_article
from claimtrack.text import is_english
from tests.extract.articles import shared

OTHERS: dict[str, str] = json.loads((Path(__file__).parent / "languages.json").read_text("utf-8"))


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_not_taken_for_english(language: str) -> None:
    assert not is_english(OTHERS[language])


def test_english_is_known_also_with_foreign_names_and_words() -> None:
    assert is_english("Präsident Müller said that the Brücke would be closed, and that the works had begun in May.")
    assert is_english("")
    assert is_english("Ferry sinks off Port Elba")


def test_text_in_another_language_gets_a_finding_and_its_quotations() -> None:
    claims = extract_claims(read_article(text=OTHERS["Russian"]))
    assert [finding.code for finding in claims.findings] == ["language-not-english"]
    assert [claim.statement for claim in claims] == ["Мы не знали об этом и очень сожалеем"]


def test_english_cues_are_never_applied_to_another_language() -> None:
    text = OTHERS["German"] + " Said sagte, das Problem (the problem) said er nicht, und added Value sei kein Wort."
    assert find_attributions(text) == ()
    assert find_attributions(text, tagger="rules") == ()


def test_a_name_and_a_colon_before_a_quotation_name_its_source() -> None:
    text = "Анна Петрова: «Мы не знали об этом и очень сожалеем о случившемся». Мост закрыт на неделю."
    (found,) = find_attributions(text)
    assert found.source is not None
    assert found.source.of(text) == "Анна Петрова"


def test_every_article_of_the_english_corpus_is_taken_for_english() -> None:
    lines = shared("data/polnear/dev.jsonl").read_text("utf-8").splitlines()
    assert [one["id"] for one in map(json.loads, lines) if not is_english(one["text"])] == []
