"""ClaimReview in and out: an untouched object comes back equal, and a changed claim changes nothing else."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from claimtrack import (
    Claim,
    DocumentError,
    Evidence,
    EvidenceLink,
    NotFoundError,
    Speaker,
    check_claimreview,
    find_losses,
    from_claimreview,
    read_claimreviews,
    to_claimreview,
    to_claimreview_json,
    validate_document,
)
from claimtrack.models import Rating, Review
from tests.exchange.reviews import CLEAN, DIRTY, page_of, real_reviews

REAL = real_reviews()


def same(left: Any, right: Any) -> bool:
    """Equal, with the order of keys and the types of values."""
    return json.dumps(left) == json.dumps(right)


@pytest.mark.parametrize("row", DIRTY, ids=[row["what"] for row in DIRTY])
def test_an_untouched_object_comes_back_equal_with_order_and_types(row: dict[str, Any]) -> None:
    assert same(to_claimreview(from_claimreview(row["review"])), row["review"])


@pytest.mark.skipif(not REAL, reason="CLAIMTRACK_SHARED names no folder with data/claimreview/real.json")
def test_every_real_object_comes_back_equal_and_gives_a_valid_claim() -> None:
    counts: Counter[str] = Counter()
    for review in REAL:
        claim = from_claimreview(review)
        assert same(to_claimreview(claim), review)
        assert validate_document(claim.to_json()) == ()
        assert find_losses(claim) == ()
        counts.update(finding.code for finding in check_claimreview(review))
    assert len(REAL) == 38
    assert counts["rating-label-vs-number"] == 1
    assert counts["url-no-scheme"] == 1


def test_a_claim_has_speaker_evidence_review_and_the_untouched_original() -> None:
    claim = from_claimreview(CLEAN)
    assert claim.speakers == (Speaker(name="Ann Silva", kind="person", role="Mayor"),)
    assert claim.made_on == "2025-03-04"
    (review,) = claim.reviews
    assert (review.publisher, review.published, review.verdict) == ("Harbour Herald", "2025-03-06", "false")
    assert (review.rating.label, review.rating.value, review.mapped_by) == ("False", "1", "exact_label")
    assert claim.verdict is None  # the publisher's finding is not ours
    assert [(link.stance, link.note) for link in claim.evidence] == [("context", "first appearance of the claim")]
    assert json.loads(claim.origin.original) == CLEAN
    assert validate_document(claim.to_json()) == ()


def test_the_same_review_has_the_same_id_and_another_claim_on_its_page_has_another() -> None:
    one = from_claimreview(CLEAN)
    assert one.id == from_claimreview(json.dumps(CLEAN, indent=4)).id
    assert one.id.startswith("herald-example-")
    assert one.id != from_claimreview({**CLEAN, "claimReviewed": "The quay is safe"}).id


def test_the_text_of_an_object_is_kept_character_by_character() -> None:
    text = '{ "claimReviewed":"El mu\\u0065lle",\n\t"score": 1.50, "n": 1e400, "m": 1.0, "k": 1 }'
    claim = from_claimreview(text)
    assert to_claimreview_json(claim) == text
    changed = to_claimreview_json(claim.replace(statement="El puerto"))
    assert changed == '{"claimReviewed": "El puerto", "score": 1.50, "n": 1E+400, "m": 1.0, "k": 1}'
    assert to_claimreview(claim)["score"] == Decimal("1.50")


def test_half_a_letter_beside_exact_digits_comes_back_too() -> None:
    text = '{"claimReviewed": "The quay", "x": "\\ud800", "n": 1.50, "m": ["é"]}'
    claim = from_claimreview(text)
    assert to_claimreview_json(claim) == text
    written = to_claimreview_json(claim.replace(statement="El muelle"))
    assert written == '{"claimReviewed": "El muelle", "x": "\\ud800", "n": 1.50, "m": ["\\u00e9"]}'


def test_only_what_was_changed_is_written() -> None:
    review = {**CLEAN, "postTerms": {"x": None}, "image": {"height": "", "width": 1.0}}
    claim = from_claimreview(review)
    changed = claim.replace(
        statement="The quay was free",
        made_on="2025-03-05",
        tags=("port",),
        reviews=(claim.reviews[0].replace(modified="2025-04-01", publisher="The Herald"),),
    )
    written = to_claimreview(changed)
    expected = json.loads(json.dumps(review))
    expected["claimReviewed"] = "The quay was free"
    expected["itemReviewed"]["datePublished"] = "2025-03-05"
    expected["author"]["name"] = "The Herald"
    expected |= {"dateModified": "2025-04-01", "keywords": ["port"]}
    assert same(written, expected)


def test_a_number_keeps_the_type_that_the_publisher_gave_it() -> None:
    for given, wanted in ((1, 2), ("1", "2")):
        rating = {**CLEAN["reviewRating"], "ratingValue": given}
        claim = from_claimreview({**CLEAN, "reviewRating": rating})
        review = claim.reviews[0].replace(rating=claim.reviews[0].rating.replace(value="2"))
        assert to_claimreview(claim.replace(reviews=(review,)))["reviewRating"]["ratingValue"] == wanted


def test_a_claimant_who_stays_keeps_what_the_publisher_wrote() -> None:
    ann = {"@type": "Person", "name": "Ann Silva", "image": "/ann.png"}
    port = {"@type": "Organization", "name": "Port Authority", "x": 1}
    claim = from_claimreview({**CLEAN, "itemReviewed": {"@type": "Claim", "author": [ann, port]}})
    first, second = claim.speakers
    renamed = claim.replace(speakers=(first.replace(role="Mayor"), second))
    assert to_claimreview(renamed)["itemReviewed"]["author"] == [{**ann, "jobTitle": "Mayor"}, port]
    alone = to_claimreview(claim.replace(speakers=(second,)))
    assert alone["itemReviewed"]["author"] == [port]
    assert "author" not in to_claimreview(claim.replace(speakers=()))["itemReviewed"]


def test_evidence_that_is_added_is_cited_and_evidence_that_is_taken_away_goes() -> None:
    claim = from_claimreview({**CLEAN, "citation": ["https://port.example/budget", "https://port.example/minutes"]})
    assert len(claim.evidence) == 3
    audit = Evidence(id="audit", url="https://audit.example/2025", title="Audit of the port", kind="primary")
    links = (claim.evidence[0], claim.evidence[2], EvidenceLink(evidence="audit", stance="refutes"))
    written = to_claimreview(claim.replace(evidence=links), evidence=[audit])
    assert written["citation"] == [
        "https://port.example/minutes",
        {"@type": "CreativeWork", "url": "https://audit.example/2025", "name": "Audit of the port"},
    ]
    with pytest.raises(NotFoundError, match="audit"):
        to_claimreview(claim.replace(evidence=links))


def test_a_claim_of_our_own_becomes_a_review_without_errors() -> None:
    claim = Claim(
        id="quay-1",
        kind="direct",
        statement="The quay cost nothing",
        speakers=(Speaker(name="Ann Silva", kind="person", role="Mayor", on_behalf_of="Port Karvel"),),
        reviews=(Review(id="ours", url="https://herald.example/quay", publisher="Herald", verdict="mostly_false"),),
    )
    written = to_claimreview(claim)
    assert written["reviewRating"] == {
        "@type": "Rating",
        "ratingValue": 2,
        "bestRating": 5,
        "worstRating": 1,
        "alternateName": "Mostly false",
    }
    assert [one for one in check_claimreview(written) if one.severity == "error"] == []
    assert from_claimreview(written).reviews[0].verdict == "mostly_false"


def test_a_verdict_off_the_line_is_written_in_words_and_never_as_a_number() -> None:
    review = Review(id="ours", url="https://herald.example/quay", verdict="misleading")
    claim = Claim(id="quay-1", kind="direct", statement="The quay cost nothing", reviews=(review,))
    assert to_claimreview(claim)["reviewRating"] == {"@type": "Rating", "alternateName": "Misleading"}


@pytest.mark.parametrize("reviews", [(), (Review(id="ours"),), (Review(id="ours", verdict="not_checkable"),)])
def test_a_claim_without_anything_to_show_is_refused(reviews: tuple[Review, ...]) -> None:
    with pytest.raises(DocumentError):
        to_claimreview(Claim(id="quay-1", kind="direct", statement="The quay cost nothing", reviews=reviews))


def test_what_a_claimreview_cannot_carry_is_told_field_by_field() -> None:
    review = Review(id="ours", rating=Rating(label="Rated by hand"), verdict="false", as_of="2025-03-01")
    claim = Claim(id="quay-1", kind="direct", statement="It is shut", workflow="approved", reviews=(review,))
    assert [one.path for one in find_losses(claim)] == [
        "$.kind",
        "$.workflow",
        "$.reviews[0].verdict",
        "$.reviews[0].as_of",
    ]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ('{"claimReviewed": "a", "claimReviewed": "b"}', "json-duplicate-key"),
        ('{"claimReviewed": "a", "n": ' + "9" * 5000 + "}", "json-number"),
        ('{"claimReviewed": "a", "n": NaN}', "json-number"),
        ('{"claimReviewed": "a", "n": ' + "[" * 100_000, "json-too-deep"),
        ('{"claimReviewed": "a", "n": ' + '{"a":' * 300 + "1" + "}" * 301, "json-too-deep"),
        ('{"claimReviewed": "a"', "json-syntax"),
        ({"claimReviewed": "a", "n": 10**50}, "json-number"),
        ({"claimReviewed": "a", "n": float("inf")}, "json-number"),
        ({"claimReviewed": "a", 1: "b"}, "json-type"),
        ({"claimReviewed": "a", "n": {1, 2}}, "json-type"),
        ([{"claimReviewed": "a"}], "type"),
        ({"url": "https://herald.example"}, "missing-required"),
        ({"claimReviewed": ""}, "missing-required"),
        ({"claimReviewed": 5}, "field-type"),
    ],
)
def test_what_cannot_be_a_claim_is_one_clear_error(given: Any, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        from_claimreview(given)
    assert caught.value.findings[0].code == code


def test_a_page_gives_a_tuple_of_its_claims() -> None:
    page = f'<h1>Quay</h1><script type="application/ld+json">{json.dumps(CLEAN)}</script>'
    claim = from_claimreview(CLEAN)
    assert from_claimreview(page) == (claim,)
    assert from_claimreview(json.dumps([CLEAN])) == (claim,)
    assert from_claimreview(json.dumps({"@graph": [CLEAN]})) == (claim,)
    assert from_claimreview("<h1>No review here</h1>") == from_claimreview("[]") == ()


def test_circles_and_depths_are_errors_and_no_tracebacks() -> None:
    review: dict[str, Any] = {"claimReviewed": "a"}
    review["self"] = review
    for strange in (1, Decimal("1.50"), "\ud800", {1}):
        deep: Any = strange
        for _ in range(600):
            deep = {"a": deep}
        for given in ({**review, "b": strange}, {"claimReviewed": "a", "b": deep}):
            with pytest.raises(DocumentError):
                from_claimreview(given)


def test_a_media_review_is_kept_and_handed_through() -> None:
    media = {
        "@type": "MediaReview",
        "originalMediaContextDescription": "The quay on the day it was opened",
        "mediaAuthenticityCategory": ["DecontextualizedContent"],
        "itemReviewed": {"@type": "MediaReviewItem", "mediaItemAppearance": [{"@type": "ImageObject", "x": 1}]},
    }
    inside = {**CLEAN, "associatedMediaReview": media}
    read = read_claimreviews(text=page_of(inside, media))
    assert [claim.statement for claim in read] == [CLEAN["claimReviewed"], "The quay on the day it was opened"]
    assert [to_claimreview(claim) for claim in read] == [inside, media]


def test_one_review_in_two_forms_gives_two_claims_and_twice_the_same_gives_one() -> None:
    read = read_claimreviews(text=page_of(CLEAN, CLEAN, {**CLEAN, "title": "Who paid for the quay?"}))
    assert len(read) == len({claim.id for claim in read}) == 2
    assert [one.code for one in read.findings] == ["review-repeated", "review-repeated"]
