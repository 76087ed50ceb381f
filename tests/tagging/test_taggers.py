"""The trained taggers find who said what, give the same spans every time, and bear any text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.extract import Attribution, Tagger
from claimtrack.extract.tagging import tag_accurately, tag_fast
from claimtrack.extract.tagging.encoder import load_encoder
from claimtrack.extract.tagging.tokens import find_tokens
from claimtrack.text import Span, Text

TAGGERS = [tag_accurately, tag_fast]

ARTICLE = """Ferry Grounds off Port Marrow

A ferry with 212 people aboard ran aground on Sunday, the coast guard said.

“Everyone is off the vessel and nobody is hurt,” Captain Lena Osei told reporters in the harbour. “We owe that to the \
crew.”

Transport Minister Paul Renner said that the ship had passed its inspection in March, adding that the report would be \
published within a week.

According to the shipping company, a pump had failed shortly before noon.
"""


def shown(found: tuple[Attribution, ...], text: str) -> list[str]:
    def words(*spans: Span | None) -> str:
        return " + ".join(one.of(text) for one in spans if one)

    return [f"{words(one.source)} | {words(one.cue)} | {words(*one.content)}" for one in found]


def test_the_accurate_tagger_reads_an_article_as_a_person_would() -> None:
    assert shown(tag_accurately(Text(ARTICLE)), ARTICLE) == [
        "the coast guard | said | A ferry with 212 people aboard ran aground on Sunday",
        "Captain Lena Osei | told | “Everyone is off the vessel and nobody is hurt,” + “We owe that to the crew.”",
        "Transport Minister Paul Renner | said | that the ship had passed its inspection in March",
        "Transport Minister Paul Renner | adding | that the report would be published within a week",
        "the shipping company | According to | a pump had failed shortly before noon",
    ]


def test_the_fast_tagger_finds_the_quotation_and_its_speaker() -> None:
    found = shown(tag_fast(Text(ARTICLE)), ARTICLE)
    assert any(
        line.startswith("Captain Lena Osei |") and "“Everyone is off the vessel and nobody is hurt,”" in line
        for line in found
    )


@pytest.mark.parametrize("tagger", TAGGERS)
@pytest.mark.parametrize("marks", ["“”", '""', "«»"])
def test_any_pair_of_quotation_marks_gives_the_same_attributions(tagger: Tagger, marks: str) -> None:
    string = ARTICLE.replace("“", marks[0]).replace("”", marks[1])
    assert tagger(Text(string)) == tagger(Text(ARTICLE))


@pytest.mark.parametrize("tagger", TAGGERS)
def test_a_lost_space_after_a_full_stop_does_not_join_two_speakers(tagger: Tagger) -> None:
    string = "Police said that two people died in the crash.Mayor Ann Silva said that the road will stay closed."
    assert [line.split(" | ")[0] for line in shown(tagger(Text(string)), string)] == [
        "Police",
        "Mayor Ann Silva",
    ]


@pytest.mark.parametrize("tagger", TAGGERS)
def test_the_headline_is_read_by_the_rules(tagger: Tagger) -> None:
    string = "Talks Were Useful - Putin\n\nThe talks were useful, Russian President Vladimir Putin said on Thursday."
    first = tagger(Text(string))[0]
    assert (first.stage, first.source.of(string)) == ("headline-dash", "Putin")


@pytest.mark.parametrize("tagger", TAGGERS)
def test_the_same_text_gives_the_same_spans_after_other_texts(tagger: Tagger) -> None:
    alone = tagger(Text(ARTICLE))
    tagger(Text("“No,” said the minister. " * 40))
    assert tagger(Text(ARTICLE)) == alone


def test_scores_do_not_depend_on_the_number_of_threads() -> None:
    tokens = find_tokens(Text(ARTICLE * 3))
    assert (load_encoder(1).scores(tokens) == load_encoder(2).scores(tokens)).all()


@pytest.mark.parametrize("tagger", TAGGERS)
def test_a_plain_quotation_is_found_with_much_confidence_but_never_certainty(tagger: Tagger) -> None:
    (found,) = tagger(Text("“The bridge is safe,” said Mayor Ann Silva."))
    assert 0.75 < found.confidence < 1


HOSTILE = [
    "",
    "   \n\n ",
    "“" * 10_000,
    '"' * 9_999,
    "a" * 100_000,
    "-".join(["co"] * 20_000),
    "said " * 5_000,
    "\x00\x07\ud800\u202e\u200b",
    "Путин сказал, что переговоры прошли хорошо. «Мы довольны», — добавил он.",
    "日本の首相は「合意した」と述べた。" * 50,
    "🙂" * 500,
    "he said.She said.They said." * 300,
    "\n\n".join(["Yes."] * 3_000),
]


@pytest.mark.parametrize("tagger", TAGGERS)
@pytest.mark.parametrize("string", HOSTILE, ids=range(len(HOSTILE)))
def test_spans_stay_inside_any_text(tagger: Tagger, string: str) -> None:
    check_spans(tagger(Text(string)), string)


NEWS = ["said ", "“", "”", '"', ".", " ", "\n\n", "Ann ", "the bridge ", "’s", "\ud800", "-"]


@given(st.lists(st.sampled_from(NEWS)).map("".join))
@settings(max_examples=60, deadline=None)
def test_spans_stay_inside_random_news(string: str) -> None:
    for tagger in TAGGERS:
        check_spans(tagger(Text(string)), string)


def check_spans(found: tuple[Attribution, ...], string: str) -> None:
    for one in found:
        assert one.content
        for span in (one.source, one.cue, *one.content):
            if span is not None:
                assert 0 <= span.start < span.end <= len(string)
        assert list(one.content) == sorted(one.content)


@pytest.mark.parametrize("tagger", TAGGERS)
def test_time_grows_with_the_text_and_no_faster(tagger: Tagger) -> None:
    def seconds(times: int) -> float:
        text = ARTICLE * times
        started = time.process_time()
        tagger(Text(text))
        return time.process_time() - started

    seconds(1)
    small = min(seconds(5) for _ in range(3))
    assert seconds(50) < 25 * small


def test_a_text_of_a_novels_length_is_left_to_the_quick_tagger() -> None:
    text = Text("The bridge is safe, Mayor Ann Silva said. " * 5600)
    assert {one.stage for one in tag_accurately(text)} == {"crf"}
