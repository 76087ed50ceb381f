"""For any mutated review: no traceback, nothing lost in silence. For any claim of ours: out and back, nothing lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimtrack import (
    Claim,
    ClaimtrackError,
    DocumentError,
    Evidence,
    EvidenceLink,
    Speaker,
    check_claimreview,
    find_losses,
    from_claimreview,
    read_claimreviews,
    to_claimreview,
    to_claimreview_json,
    to_fact_check_page,
)
from claimtrack.exchange.ratings import ORDER, load_scale
from claimtrack.models import Rating, Review
from tests.exchange.losses import held
from tests.exchange.mutations import FULL, mutated
from tests.exchange.reviews import page_of
from tests.models import strategies

EXAMPLES = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.slow
@EXAMPLES
@given(mutated())
def test_a_mutated_review_gives_no_traceback_and_every_loss_is_a_finding(review: dict[str, Any]) -> None:
    held(review)


@pytest.mark.slow
@EXAMPLES
@given(mutated())
def test_a_mutated_review_on_a_page_comes_back_equal(review: dict[str, Any]) -> None:
    for claim in read_claimreviews(text=page_of(review)):
        assert json.dumps(to_claimreview(claim)) == json.dumps(review)
        to_fact_check_page([claim])


@EXAMPLES
@given(st.text(max_size=300) | st.binary(max_size=300), st.integers(0, 200))
def test_any_text_and_any_cut_of_a_page_is_read_or_refused(noise: str | bytes, cut: int) -> None:
    for text in (noise, page_of(FULL)[cut:], page_of(FULL)[:-cut]):
        try:
            read_claimreviews(text=text)
            check_claimreview(text)
        except ClaimtrackError:
            pass


_lines = strategies._lines.filter(str.strip)
_wordings = strategies._wordings.filter(str.strip)
_labels = st.sampled_from(
    [(entry.verdict, entry.label) for entry in load_scale("plain-words").labels if entry.verdict != "not_checkable"]
)
_notes = st.sampled_from(["appearance of the claim", "cited by the review"])


@st.composite
def reviewed_claims(draw: st.DrawFn) -> tuple[Claim, tuple[Evidence, ...]]:
    """Give a claim as a newsroom would publish it, with the evidence that it links to."""
    verdict, label = draw(_labels)
    numbers = {}
    if verdict in ORDER and draw(st.booleans()):
        numbers = {"value": str(ORDER[verdict]), "best": "5", "worst": "1"}
    review = Review(
        id="ours",
        publisher=draw(_lines),
        url=draw(st.sampled_from(["https://herald.example/quay", "https://herald.example/q#a"])),
        published=draw(st.none() | strategies._days | strategies._instants),
        modified=draw(st.none() | strategies._days | strategies._instants),
        rating=Rating(label=label, language=draw(st.none() | strategies._languages), **numbers),
        verdict=verdict,
        explanation=draw(st.none() | _wordings),
    )
    people = st.builds(
        Speaker,
        name=_lines,
        kind=st.sampled_from(["person", "organization", "unknown"]),
        role=st.none() | _lines,
        on_behalf_of=st.none() | _lines,
    )
    titles = draw(st.lists(_lines.filter(lambda line: ":" not in line), max_size=3, unique=True))
    urls = [f"https://port.example/{number}" for number in range(len(titles))]
    evidence = tuple(
        Evidence(
            id=f"paper-{number}",
            url=url,
            title=title,
            publisher=draw(st.none() | _lines),
            published=draw(st.none() | strategies._days),
            kind="primary",
        )
        for number, (url, title) in enumerate(zip(urls, titles, strict=True))
    )
    claim = Claim(
        id="quay-1",
        kind="indirect",
        statement=draw(_wordings),
        speakers=tuple(draw(st.lists(people, max_size=3))),
        made_on=draw(st.none() | strategies._days | strategies._instants),
        evidence=tuple(EvidenceLink(evidence=one.id, stance="context", note=draw(_notes)) for one in evidence),
        reviews=(review,),
        tags=tuple(draw(st.lists(_lines, max_size=3))),
    )
    return claim, evidence


@pytest.mark.slow
@EXAMPLES
@given(reviewed_claims())
def test_a_claim_of_ours_comes_back_with_all_that_is_mapped_and_without_an_error(
    made: tuple[Claim, tuple[Evidence, ...]],
) -> None:
    claim, evidence = made
    text = to_claimreview_json(claim, evidence=evidence)
    assert [one for one in check_claimreview(text) if one.severity == "error"] == []
    assert find_losses(claim, evidence=evidence) == ()
    back = from_claimreview(text)
    for field in ("statement", "speakers", "made_on", "tags"):
        assert getattr(back, field) == getattr(claim, field)
    (theirs,), (ours,) = back.reviews, claim.reviews
    assert theirs.replace(id="ours", rating=theirs.rating.replace(scale=None), mapped_by=None) == ours
    documents = {one.url: one for one in read_claimreviews(text=text).evidence}
    notes = {link.evidence: link.note for link in back.evidence}
    for document, link in zip(evidence, claim.evidence, strict=True):
        same = documents[document.url]
        assert (same.title, same.publisher, same.published) == (document.title, document.publisher, document.published)
        assert notes[same.id] == link.note


@pytest.mark.slow
@EXAMPLES
@given(mutated(), st.integers(0, 3), st.booleans())
def test_whatever_is_changed_in_an_import_comes_back_from_what_is_written(
    review: dict[str, Any], people: int, keep: bool
) -> None:
    try:
        claim = from_claimreview(review)
    except DocumentError:
        return
    rating = (claim.reviews[0].rating or Rating()).replace(
        label="Mostly False", value="2", best="5", worst="1", language="de", scale=None
    )
    theirs = claim.reviews[0].replace(
        publisher="The Port Post",
        url="https://post.example/quay",
        published="2025-01-02",
        modified="2025-01-03",
        explanation="The port paid.",
        rating=rating,
    )
    speakers = [Speaker(name=f"Ann {n}", kind="person", role="Mayor", on_behalf_of="Port") for n in range(people)]
    changed = claim.replace(
        statement="The quay was free",
        speakers=[*speakers, *(claim.speakers if keep else ())],
        made_on="2024-01-01",
        tags=["port", "a, b"],
        reviews=[theirs],
        evidence=claim.evidence[:1],
    )
    again = from_claimreview(to_claimreview(changed))
    for field in ("statement", "speakers", "made_on", "tags", "evidence"):
        assert getattr(again, field) == getattr(changed, field)
    for field in ("publisher", "url", "published", "modified", "explanation"):
        assert getattr(again.reviews[0], field) == getattr(theirs, field)
    assert again.reviews[0].rating.replace(scale=None) == rating


@EXAMPLES
@given(mutated(), _wordings, st.lists(_lines, max_size=2))
def test_a_change_reaches_an_imported_review_and_nothing_else_moves(
    review: dict[str, Any], statement: str, tags: list[str]
) -> None:
    try:
        claim = from_claimreview(review)
    except DocumentError:
        return
    written = to_claimreview(claim.replace(statement=statement, tags=tags))
    again = from_claimreview(written)
    assert (again.statement, list(again.tags)) == (statement, tags)
    rest = {key: value for key, value in review.items() if key not in ("claimReviewed", "keywords")}
    assert {key: value for key, value in written.items() if key not in ("claimReviewed", "keywords")} == rest
