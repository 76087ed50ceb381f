"""Claims are documents: anchors fit the text, ids stay, and the same article always gives the same claims."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from hypothesis import given, settings

from claimtrack.extract import Attribution, Extraction, extract_claims
from claimtrack.models import Anchor, Article, Claim, validate_document
from claimtrack.read import read_article
from claimtrack.text import Span, Text
from tests.extract.articles import SEEDS, article_of, claims_of, shared
from tests.news_texts import texts


def _statements(text: str) -> list[str]:
    return [claim.statement for claim in claims_of(text)]


def _anchors(claim: Claim) -> list[Anchor]:
    attribution = claim.attribution
    assert attribution is not None
    found = [attribution.source, attribution.cue, *attribution.content, *(one.mention for one in claim.speakers)]
    found += [one.anchor for one in claim.figures] + [one.anchor for one in claim.dates]
    return [one for one in found if one is not None]


def _check(article: Article, claims: Extraction) -> None:
    for claim in claims:
        for anchor in _anchors(claim):
            assert article.text[anchor.start : anchor.end] == anchor.exact
            assert article.text[: anchor.start].endswith(anchor.prefix)
            assert article.text[anchor.end :].startswith(anchor.suffix)
    assert len({claim.id for claim in claims}) == len(claims)


# --- wording ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("“We won,” said Ann Silva.", "We won"),
        ("Silva said that the bridge was “not safe at all”.", "the bridge was “not safe at all”"),
        ("“We do not know,” Silva said, “and I will not guess.”", "We do not know, and I will not guess."),
        ("“We have patched it,” Silva said. “Every winter we paid.”", "We have patched it. Every winter we paid."),
        ("Mayor Ann Silva of Dessa said the old bridge\nis safe and dry.", "the old bridge is safe and dry"),
        ("„Wir wissen es nicht“, said Ann Silva.", "Wir wissen es nicht"),
    ],
)
def test_a_statement_has_no_outer_marks_no_joining_that_and_no_line_breaks(text: str, statement: str) -> None:
    assert _statements(text) == [statement]


def test_a_statement_out_of_markdown_has_no_mark_up() -> None:
    text = "# Quay\n\nThe quay **must** be [rebuilt](https://port.example/quay) by *May*, Ann Silva said."
    (claim,) = extract_claims(read_article(text=f"---\npublisher: Port Daily\n---\n{text}"))
    assert claim.statement == "The quay must be rebuilt by May"


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Silva said that the bridge was safe.", "asserted"),
        ("Silva denied that the bridge was old.", "denied"),
        ("Silva has flatly denied that the bridge was old.", "denied"),
        ("Silva asked why the bridge was shut.", "asked"),
        ("Silva promised that the bridge would reopen.", "promised"),
        ("Silva expressed condolences to the families.", "expressed"),
    ],
)
def test_the_speech_act_follows_the_verb(text: str, act: str) -> None:
    assert [claim.speech_act for claim in claims_of(text)] == [act]


# --- ids and narration --------------------------------------------------------------------------------------------


def test_an_id_is_the_articles_and_the_offset_of_the_content() -> None:
    article = article_of("The bridge is safe, Silva said. It is old, she said.")
    assert [claim.id for claim in extract_claims(article)] == [f"{article.id}-0", f"{article.id}-32"]


def test_a_second_claim_at_the_same_place_has_a_2_behind_its_id() -> None:
    article = article_of("The bridge is safe, Silva said.")
    twice = tuple(
        Attribution(source=None, cue=None, content=(Span(0, end),), kind="indirect", confidence=0.5, stage="mine")
        for end in (10, 18)
    )
    ids = [claim.id for claim in extract_claims(article, tagger=lambda text: twice)]
    assert ids == [f"{article.id}-0", f"{article.id}-0-2"]


@pytest.mark.parametrize(
    "text",
    [
        "The plan passed by 31 votes.",
        "The bridge opened in 1932.",
        "The ferry sank off Brackwater.",
        "The black boxes were sent home.",
    ],
)
def test_a_checkable_sentence_of_the_outlet_is_its_claim(text: str) -> None:
    (claim,) = claims_of(text)
    assert claim.speaker is not None
    assert (claim.kind, claim.speaker.kind, claim.speaker.name) == ("narration", "publisher", "Port Daily")
    assert claim.statement == text


@pytest.mark.parametrize("text", ["It is lovely there.", "Who paid for the 31 ships?", "More soon."])
def test_a_sentence_that_states_nothing_checkable_is_no_claim(text: str) -> None:
    assert len(claims_of(text)) == 0


def test_a_figure_belongs_to_the_claim_whose_content_holds_it() -> None:
    claims = claims_of("There were 62 people aboard, the ministry said, adding that 29 people survived.")
    assert [[str(one.value) for one in claim.figures] for claim in claims] == [["62"], ["29"]]


def test_an_unclosed_quotation_mark_is_a_finding_and_the_other_claims_still_come_out() -> None:
    claims = claims_of("Silva said: “We won.\n\nThe bridge is safe, Lind said.")
    assert [finding.code for finding in claims.findings] == ["quotation-unclosed"]
    assert [claim.statement for claim in claims] == ["We won.", "The bridge is safe"]


def test_a_quotation_that_nobody_says_is_a_note_with_its_place() -> None:
    text = "The council met on Monday.\n\n“No more delays at the port!”\n\nThe rain had stopped by noon."
    claims = extract_claims(article_of(text), tagger=lambda _: ())
    (finding,) = claims.findings
    assert (finding.code, finding.severity) == ("quotation-without-speaker", "note")
    assert text[finding.start : finding.end] == "“No more delays at the port!”"


@pytest.mark.parametrize("quoted", ["Winter in Dessa", "green deal"])
def test_titles_and_single_terms_in_quotation_marks_need_no_speaker(quoted: str) -> None:
    claims = extract_claims(article_of(f"The council talked of “{quoted}” on Monday."), tagger=lambda _: ())
    assert claims.findings == ()


# --- the sequence -------------------------------------------------------------------------------------------------


def test_an_extraction_is_a_sequence_of_claims() -> None:
    claims = claims_of("The bridge is safe, Silva said. It is old, she said.")
    assert len(claims) == 2
    assert list(claims) == [claims[0], claims[1]] == list(claims[:2])
    assert claims[-1] in claims
    assert claims.index(claims[1]) == 1
    assert repr(claims) == f"<Extraction of {claims.article_id}: 2 claims, 0 findings>"


def test_a_tagger_of_ones_own_is_named_in_the_claims() -> None:
    def first_word(text: Text) -> tuple[Attribution, ...]:
        return (
            Attribution(source=None, cue=None, content=(Span(0, 3),), kind="indirect", confidence=0.5, stage="word"),
        )

    claim = extract_claims(article_of("The bridge is safe."), tagger=first_word)[0]
    assert claim.attribution is not None
    assert (claim.attribution.tagger, claim.attribution.stage, claim.statement) == ("first_word", "word", "The")


# --- purity -------------------------------------------------------------------------------------------------------


def test_the_same_article_gives_the_same_claims_in_any_process() -> None:
    seed = SEEDS / "plane-crash.txt"
    program = (
        "import sys, claimtrack; "
        "print(*(c.to_json() for c in claimtrack.extract_claims(claimtrack.read_article(sys.argv[1]))), sep='')"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", program, str(seed)],
            env={**os.environ, "PYTHONHASHSEED": seed_of_hash, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed_of_hash in ("1", "2")
    }
    here = "".join(claim.to_json() for claim in extract_claims(read_article(seed)))
    assert {one.decode().strip() for one in printed} == {here.strip()}


# --- any text -----------------------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(texts)
def test_every_anchor_of_every_claim_quotes_the_text_exactly(text: str) -> None:
    if not text.strip():
        return
    article = article_of(text)
    _check(article, extract_claims(article))


@settings(max_examples=20)
@given(texts)
def test_every_claim_is_a_valid_document(text: str) -> None:
    if not text.strip():
        return
    for claim in extract_claims(article_of(text)):
        assert validate_document(claim) == ()


@pytest.mark.parametrize(
    "text",
    [
        "The 🚢 bridge is safe,\r\n“Ann\xa0Silva” said. قال الرئيس «نعم». It cost\xa0$3\xa0million.\r\n",
        "\ufeffThe bridge is safe, Ann Silva said.",
        "ＴＨＥ bridge is safe, İstanbul’s Ministry said. ﬁve people died.",
    ],
    ids=["emoji, right to left, no-break spaces, CRLF", "a mark in front", "letters that change length"],
)
def test_anchors_count_code_points_in_any_script(text: str) -> None:
    article = article_of(text)
    claims = extract_claims(article)
    assert len(claims) > 0
    _check(article, claims)


# --- real articles ------------------------------------------------------------------------------------------------


def test_a_wire_article_gives_its_speakers_and_figures() -> None:
    (path,) = shared("data/seed").glob("*.txt")
    article = read_article(path)
    claims = extract_claims(article)
    _check(article, claims)
    names = {claim.speaker.name for claim in claims if claim.speaker is not None}
    kinds = {claim.speaker.kind for claim in claims if claim.speaker is not None}
    figures = {(str(one.value), one.what) for claim in claims for one in claim.figures}
    assert len(claims) >= 24
    assert {"Vladimir Putin", "Ilham Aliyev", "Kazakhstan's emergencies ministry"} <= names
    assert "publisher" in kinds
    assert {("62", "passengers"), ("5", "crew members"), ("29", "people")} <= figures
    assert "190" not in {value for value, _ in figures}


def test_the_president_of_a_wire_article_is_each_time_the_right_one_of_two() -> None:
    (path,) = shared("data/seed").glob("*.txt")
    by_mention = {
        (one.mention.start, one.mention.exact.lower()): one.name
        for claim in extract_claims(read_article(path))
        for one in claim.speakers
        if one.mention is not None
    }
    names = [name for (_, mention), name in sorted(by_mention.items()) if mention == "the president"]
    assert names == ["Vladimir Putin", "Vladimir Putin", "Ilham Aliyev"]


@pytest.mark.slow
def test_annotated_articles_of_politics_run_without_error_and_validate() -> None:
    path = shared("data/polnear/dev.jsonl")
    for line in path.read_text("utf-8").splitlines()[::6]:
        article = read_article(text=json.loads(line)["text"], publisher="Port Daily")
        claims = extract_claims(article)
        _check(article, claims)
        assert all(validate_document(claim) == () for claim in claims[::10])
