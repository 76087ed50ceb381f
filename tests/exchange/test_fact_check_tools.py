"""Google's Fact Check Tools API: answers in with all that they lack, pages out and in without inventing anything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claimtrack import (
    DocumentError,
    Imported,
    Store,
    from_claimreview,
    from_fact_check_page,
    from_fact_check_search,
    keep_imported,
    to_claimreview,
    to_fact_check_page,
    validate_document,
)
from tests.exchange.reviews import CLEAN, DIRTY, page_of

ANSWER: dict[str, Any] = {
    "claims": [
        {
            "text": "Did the new quay cost the town nothing?",
            "claimant": "Ann Silva, Port Authority",
            "claimDate": "2025-03-04T00:00:00Z",
            "claimReview": [
                {
                    "publisher": {"site": "herald.example"},
                    "url": "https://herald.example/checks/quay",
                    "title": "The quay was not a present: two thirds came from…",
                    "reviewDate": "2025-03-06T00:00:00Z",
                    "textualRating": "False",
                    "languageCode": "en",
                },
                {"publisher": {"name": "Port Post", "site": "post.example"}, "textualRating": "Mostly made up"},
            ],
        },
        {"text": "The quay is safe"},
        {"claimReview": [{"url": "https://herald.example/nothing"}]},
    ],
    "nextPageToken": "CAo",
}
PAGE: dict[str, Any] = {
    "name": "pages/1a2b",
    "pageUrl": "https://herald.example/checks/quay",
    "publishDate": "2025-03-06",
    "versionId": "7",
    "claimReviewAuthor": {"name": "Harbour Herald", "imageUrl": "https://herald.example/logo.png"},
    "claimReviewMarkups": [
        {
            "url": "https://herald.example/checks/quay#one",
            "claimReviewed": "The new quay cost the town nothing",
            "claimDate": "2025-03-04",
            "claimLocation": "Town council",
            "claimFirstAppearance": "https://council.example/minutes",
            "claimAppearances": ["https://post.example/quay", "https://radio.example/quay"],
            "claimAuthor": {"name": "Ann Silva", "jobTitle": "Mayor", "sameAs": "https://council.example/silva"},
            "rating": {"textualRating": "False", "ratingValue": 1, "worstRating": 1, "bestRating": 5},
        },
        {"claimReviewed": "The quay is safe", "rating": {"textualRating": "Unproven"}},
    ],
}


def test_an_answer_gives_a_claim_for_each_text_with_all_its_reviews() -> None:
    read = from_fact_check_search(ANSWER)
    first, second = read
    assert first.statement == "Did the new quay cost the town nothing?"
    assert first.speaker.name == "Ann Silva, Port Authority"
    assert [(one.publisher, one.verdict) for one in first.reviews] == [("herald.example", "false"), ("Port Post", None)]
    assert second.reviews == ()
    assert [finding.path for finding in read.findings] == ["$.claims[2].text"]
    assert json.loads(first.origin.original) == ANSWER["claims"][0]
    for claim in read:
        assert validate_document(claim.to_json()) == ()


def test_an_image_search_is_read_like_any_other() -> None:
    (claim,) = from_fact_check_search({"results": [{"claim": ANSWER["claims"][0]}, {}]}).claims
    assert claim.id == from_fact_check_search(ANSWER)[0].id


def test_an_answer_without_hits_is_no_claim_and_no_finding() -> None:
    read = from_fact_check_search("{}")
    assert (read.claims, read.findings) == ((), ())


@pytest.mark.parametrize(
    "answer", ['{"claims": 5}', '{"claims": ["a"]}', '{"claims": [{"text": "A", "claimReview": [3]}]}']
)
def test_an_answer_of_the_wrong_shape_is_no_traceback(answer: str) -> None:
    from_fact_check_search(answer)


def test_a_claim_from_an_answer_becomes_a_review_without_numbers() -> None:
    claim = from_fact_check_search(ANSWER)[0]
    assert to_claimreview(claim)["reviewRating"] == {"@type": "Rating", "alternateName": "False"}
    other = to_claimreview(claim, review="review-2")
    assert other["reviewRating"] == {"@type": "Rating", "alternateName": "Mostly made up"}


def test_a_page_in_and_out_again_is_the_same_page() -> None:
    read = from_fact_check_page(PAGE)
    exported = to_fact_check_page(read)
    assert json.dumps(exported.value) == json.dumps(PAGE)
    assert exported.findings == ()
    assert [claim.reviews[0].verdict for claim in read] == ["false", "unproven"]
    assert [len(claim.evidence) for claim in read] == [3, 0]


def test_only_what_was_changed_is_written_to_a_page() -> None:
    first, second = from_fact_check_page(PAGE)
    changed = to_fact_check_page([first.replace(statement="The quay was free"), second]).value
    expected = json.loads(json.dumps(PAGE))
    expected["claimReviewMarkups"][0]["claimReviewed"] = "The quay was free"
    assert changed == expected


def test_a_page_becomes_claimreview_objects_that_hold_all_of_it() -> None:
    claim = from_fact_check_page(PAGE)[0]
    review = to_claimreview(claim)
    assert review["itemReviewed"]["name"] == "Town council"
    assert review["author"]["image"] == "https://herald.example/logo.png"
    assert to_fact_check_page([from_claimreview(review)]).findings == ()


def test_what_a_page_cannot_hold_is_told_or_refused() -> None:
    rating = {"@type": "Rating", "alternateName": "Shaky", "ratingValue": "2.5", "bestRating": 5, "worstRating": 1}
    claim = from_claimreview({**CLEAN, "reviewRating": rating, "sdLicense": "https://licences.example/by"})
    exported = to_fact_check_page([claim])
    assert {finding.path for finding in exported.findings} == {
        "$.author.url",
        "$.reviewRating.ratingValue",
        "$.sdLicense",
    }
    assert "ratingValue" not in exported.value["claimReviewMarkups"][0]["rating"]
    with pytest.raises(DocumentError, match="sdLicense"):
        to_fact_check_page([claim], lossy="refuse")


@pytest.mark.parametrize("row", DIRTY, ids=[row["what"] for row in DIRTY])
def test_a_dirty_review_becomes_a_page_and_every_loss_is_told(row: dict[str, Any]) -> None:
    exported = to_fact_check_page([from_claimreview(row["review"])])
    text = json.dumps(exported.value, ensure_ascii=False)
    lost = {finding.path for finding in exported.findings}
    for key in ("claimReviewed", "url"):
        value = row["review"].get(key)
        if isinstance(value, str):
            assert json.dumps(value, ensure_ascii=False) in text or f"$.{key}" in lost


def test_importing_again_changes_nothing_and_work_is_never_overwritten(tmp_path: Path) -> None:
    from claimtrack import read_claimreviews

    store = Store(tmp_path / "newsroom")

    def keep(review: dict[str, Any]) -> list[str]:
        return [kept.outcome for kept in keep_imported(store, read_claimreviews(text=page_of(review)))]

    assert keep(CLEAN) == ["new"]
    assert keep(CLEAN) == ["unchanged"]
    corrected = {**CLEAN, "dateModified": "2025-05-01"}
    assert keep(corrected) == ["changed"]
    (claim,) = store.claims()
    assert claim.reviews[0].modified == "2025-05-01"
    store.save(claim.replace(tags=("port",)))
    assert keep(corrected) == ["kept"]
    assert keep({**CLEAN, "dateModified": "2025-06-01"}) == ["kept"]
    assert store.claim(claim.id).tags == ("port",)
    assert [one.id for one in map(store.evidence, [link.evidence for link in claim.evidence if link.evidence])]
    assert list(store.validate()) == []


def test_a_review_in_another_form_does_not_take_the_place_of_the_first(tmp_path: Path) -> None:
    store = Store(tmp_path / "newsroom")
    claim = from_claimreview(CLEAN)
    page = to_fact_check_page([claim]).value
    (first,) = keep_imported(store, Imported((claim,)))
    (second,) = keep_imported(store, from_fact_check_page(page))
    assert (first.outcome, second.outcome, first.id == second.id) == ("new", "kept", True)
    assert second.findings[0].message.startswith("the review is stored as it came from schema.org/ClaimReview")


def test_an_answer_is_kept_and_brought_up_to_date_too(tmp_path: Path) -> None:
    store = Store(tmp_path / "newsroom")
    for answer, wanted in ((ANSWER, "new"), (ANSWER, "unchanged")):
        assert {kept.outcome for kept in keep_imported(store, from_fact_check_search(answer))} == {wanted}
    dated = json.loads(json.dumps(ANSWER))
    dated["claims"][1]["claimDate"] = "2025-01-01T00:00:00Z"
    assert [kept.outcome for kept in keep_imported(store, from_fact_check_search(dated))] == ["unchanged", "changed"]
