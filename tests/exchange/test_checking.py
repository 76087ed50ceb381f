"""check_claimreview: each thing that goes wrong in real markup is found by its code, and nothing else is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from claimtrack import check_claimreview, from_claimreview, read_claimreviews
from claimtrack.exchange.claimreview.findings import CODES
from tests.exchange.reviews import CLEAN, DIRTY, page_of


def codes(review: Any, **options: str) -> list[str]:
    return sorted({one.code for one in check_claimreview(review, **options)} - {"not-checked"})


@pytest.mark.parametrize("row", DIRTY, ids=[row["what"] for row in DIRTY])
def test_a_dirty_review_is_found_out_and_read_as_far_as_it_goes(row: dict[str, Any]) -> None:
    assert codes(row["review"]) == sorted(row["codes"])
    claim = from_claimreview(row["review"])
    seen = {
        "statement": claim.statement,
        "speaker": claim.speaker.name if claim.speaker else None,
        "verdict": claim.reviews[0].verdict,
        "published": claim.reviews[0].published,
        "evidence": len(claim.evidence),
    }
    assert {name: seen[name] for name in row["expect"]} == row["expect"]


def test_every_code_is_met_in_a_test() -> None:
    met = {code for row in DIRTY for code in row["codes"]}
    assert set(CODES) - met == {"url-foreign-host", "several-on-page", "not-checked"}


def test_every_finding_says_how_to_mend_it() -> None:
    for row in DIRTY:
        for finding in check_claimreview(row["review"]):
            severity, mend = CODES[finding.code]
            assert finding.message.endswith(mend)
            assert finding.severity == severity


def test_the_rules_that_nobody_can_check_offline_are_listed_and_not_passed_over() -> None:
    told = [one for one in check_claimreview(CLEAN) if one.code == "not-checked"]
    assert len(told) == 6
    assert {one.severity for one in told} == {"note"}
    assert "url-foreign-host" not in codes(CLEAN)


@pytest.mark.parametrize("page", ["https://herald.example/checks/quay", "https://www.herald.example/x"])
def test_a_review_on_its_own_site_is_well(page: str) -> None:
    assert codes(CLEAN, url=page) == []


@pytest.mark.parametrize("page", ["https://elsewhere.example/checks/quay", "https://notherald.example/"])
def test_a_review_of_another_site_is_an_error(page: str) -> None:
    assert codes(CLEAN, url=page) == ["url-foreign-host"]


def test_a_page_says_itself_where_it_stands() -> None:
    page = '<link rel="canonical" href="https://elsewhere.example/a">' + page_of(CLEAN)
    assert codes(page) == ["url-foreign-host"]


def test_several_reviews_on_one_page_are_told_apart_by_their_place() -> None:
    found = check_claimreview(page_of(CLEAN, {**CLEAN, "url": "/checks/quay"}))
    (error,) = (one for one in found if one.severity == "error")
    assert (error.code, error.source) == ("url-no-scheme", "script in line 1")
    assert "several-on-page" in {one.code for one in found}


def test_a_text_without_a_review_is_an_error() -> None:
    assert codes("<p>The quay was opened on Friday.</p>") == ["missing-required"]
    assert codes('{"@type": "NewsArticle"}') == ["missing-required"]


def test_the_claim_may_hold_the_word_of_the_rating_in_its_sentence() -> None:
    assert codes({**CLEAN, "claimReviewed": "The mayor's false teeth cost the town nothing"}) == []
    assert codes({**CLEAN, "claimReviewed": "It is false that the quay cost nothing"}) == []
    assert codes({**CLEAN, "claimReviewed": "The quay cost nothing (False)"}) == ["claim-contains-rating"]


def test_broken_markup_is_named_with_the_line_of_its_script() -> None:
    page = '<html>\n\n<script type="application/ld+json">{"@type": "ClaimReview", </script>'
    (finding,) = (one for one in check_claimreview(page) if one.code == "json-syntax")
    assert finding.source == "script in line 3"


def test_what_the_checker_finds_when_reading_is_what_the_import_finds() -> None:
    for row in DIRTY:
        imported = {one.code for one in read_claimreviews(text=json.dumps(row["review"])).findings}
        assert imported <= set(row["codes"])
