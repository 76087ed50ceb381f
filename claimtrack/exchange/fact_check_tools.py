"""Google's Fact Check Tools API (v1alpha1): search answers in; pages of ClaimReview markup in and out.

A search answer has only words for a rating, and lacks much else; a page has whole numbers only. docs/exchange.md tells
what is lost on each way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Literal

import attrs

from claimtrack.errors import DocumentError, Finding
from claimtrack.exchange.claimreview.exporting import to_claimreview
from claimtrack.exchange.claimreview.fields import Fields, Node
from claimtrack.exchange.claimreview.findings import finding
from claimtrack.exchange.claimreview.importing import load_object
from claimtrack.exchange.claimreview.reading import PAGE_FORMAT, digest, one_line, read_object
from claimtrack.exchange.fact_check_pages import find_lost, from_page, to_page
from claimtrack.exchange.foreign_json import parse_foreign, write_foreign
from claimtrack.exchange.ratings import map_rating
from claimtrack.exchange.results import Exported, Imported
from claimtrack.models import Claim, Evidence, Origin, Rating, Review, Speaker

SEARCH_FORMAT: Final = "factchecktools/claims"


def from_fact_check_search(answer: Mapping[str, Any] | str) -> Imported:
    """Give the claims of an answer to `claims:search` or `claims:imageSearch`, each with all its reviews.

    An empty answer means that nothing was found, and says nothing about a claim's truth.

    >>> review = {"publisher": {"site": "herald.example"}, "url": "https://herald.example/quay",
    ...           "textualRating": "False"}
    >>> answer = {"claims": [{"text": "The quay cost nothing", "claimReview": [review]}]}
    >>> [(claim.statement, claim.reviews[0].verdict) for claim in from_fact_check_search(answer)]
    [('The quay cost nothing', 'false')]

    Raises DocumentError where the answer is no JSON object.
    """
    node, _ = load_object(answer)
    fields = Fields()
    claims: dict[str, Claim] = {}
    for found, path in _found_claims(node, fields):
        claim = _claim(found, path, fields)
        if claim is not None:
            claims[claim.id] = claim
    return Imported(tuple(claims.values()), (), tuple(fields.findings))


def from_fact_check_page(page: Mapping[str, Any] | str) -> Imported:
    """Give the claims of a ClaimReviewMarkupPage, one for each markup.

    >>> import claimtrack
    >>> review = {"@type": "ClaimReview", "claimReviewed": "The quay cost nothing", "url": "https://herald.example/quay",
    ...           "reviewRating": {"@type": "Rating", "alternateName": "False"}}
    >>> page = claimtrack.to_fact_check_page([claimtrack.from_claimreview(review)]).value
    >>> from_fact_check_page(page)[0].reviews[0].rating.label
    'False'

    Raises DocumentError where the page is no JSON object.
    """
    node, _ = load_object(page)
    claims: dict[str, Claim] = {}
    evidence: dict[str, Evidence] = {}
    findings: list[Finding] = []
    markups = node.get("claimReviewMarkups")
    alone = [one for one in markups if isinstance(one, dict)] if isinstance(markups, list) else []
    if not isinstance(markups, list) or len(alone) < len(markups):
        findings.append(finding("field-type", "$.claimReviewMarkups", "is no list of objects"))
    for markup in alone:
        single = {**node, "claimReviewMarkups": [markup]}
        reading = read_object(next(from_page(single)), write_foreign(single), form=PAGE_FORMAT)
        where = reading.claim.id if reading.claim is not None else None
        findings.extend(attrs.evolve(one, source=where) for one in reading.findings)
        if reading.claim is not None:
            claims[reading.claim.id] = reading.claim
            evidence.update((one.id, one) for one in reading.evidence)
    return Imported(tuple(claims.values()), tuple(evidence.values()), tuple(findings))


def to_fact_check_page(
    claims: Iterable[Claim], *, evidence: Iterable[Evidence] = (), lossy: Literal["flag", "refuse"] = "flag"
) -> Exported:
    """Give the ClaimReviewMarkupPage of the reviews that stand on one page, with a finding for all that it cannot hold.

    Page fields that came with an import (`name`, `versionId`) are given back.

    >>> from claimtrack.exchange.claimreview.importing import from_claimreview
    >>> claim = from_claimreview({"claimReviewed": "The quay cost nothing", "keywords": ["port"]})
    >>> exported = to_fact_check_page([claim])
    >>> exported.value["claimReviewMarkups"], exported.findings[0].path
    ([{'claimReviewed': 'The quay cost nothing'}], '$.keywords')

    Raises DocumentError with those findings where `lossy` is "refuse", and what `to_claimreview` raises.
    """
    claims, documents = tuple(claims), tuple(evidence)
    reviews = [to_claimreview(claim, evidence=documents) for claim in claims]
    page: Node = to_page(reviews)
    for number, original in enumerate(map(_original_page, claims)):
        if original is not None:
            page["claimReviewMarkups"][number] = _restored(page["claimReviewMarkups"][number], original)
            page = {**original, **page} if number == 0 else page
    findings = [
        Finding(
            code="not-carried",
            severity="warning",
            message="a page of the API has no place for this; it stays in the claim",
            path=path,
            source=claim.id,
        )
        for claim, review, back in zip(claims, reviews, from_page(page), strict=True)
        for path in find_lost(review, back)
    ]
    if findings and lossy == "refuse":
        raise DocumentError(findings)
    return Exported(page, tuple(findings))


def _original_page(claim: Claim) -> Node | None:
    if claim.origin is None or claim.origin.format != PAGE_FORMAT:
        return None
    page: Node = parse_foreign(claim.origin.original)
    return page


def _restored(markup: Node, original: Node) -> Node:
    """Give a markup as it came, with only those fields written that have changed since."""
    came: Node = original["claimReviewMarkups"][0]
    before = to_page(list(from_page(original)))["claimReviewMarkups"][0]
    changed = {key: value for key, value in markup.items() if before.get(key) != value}
    return {key: value for key, value in came.items() if key not in before or key in markup} | changed


def _found_claims(answer: Node, fields: Fields) -> Iterator[tuple[Node, str]]:
    for one, path in fields.nodes(answer.get("claims"), "$.claims"):
        if isinstance(one, dict):
            yield one, path
    for result, path in fields.nodes(answer.get("results"), "$.results"):
        if isinstance(result, dict):
            yield fields.node(result.get("claim"), f"{path}.claim")


def _claim(found: Node, path: str, fields: Fields) -> Claim | None:
    statement = fields.wording(found.get("text"), f"{path}.text")
    if statement is None:
        fields.say("missing-required", f"{path}.text", "the answer has no text for this claim, so there is none")
        return None
    claimant = fields.line(found.get("claimant"), f"{path}.claimant")
    reviews = tuple(_reviews(found, path, fields))
    url = reviews[0].url if reviews else None
    key = one_line(f"{url or ''} {statement}".strip())
    return Claim(
        id=f"factchecktools-{digest(key)}",
        kind="indirect",
        statement=statement,
        speakers=(Speaker(name=claimant, kind="unknown"),) if claimant else (),
        made_on=fields.moment(found.get("claimDate"), f"{path}.claimDate"),
        reviews=reviews,
        origin=Origin(format=SEARCH_FORMAT, key=key, original=write_foreign(found)),
    )


def _reviews(found: Node, path: str, fields: Fields) -> Iterator[Review]:
    listed = (one for one in fields.nodes(found.get("claimReview"), f"{path}.claimReview"))
    for number, (one, where) in enumerate(listed, start=1):
        if not isinstance(one, dict):
            fields.say("field-type", where, "a text stands where a review belongs")
            continue
        publisher, told_at = fields.node(one.get("publisher"), f"{where}.publisher")
        url = fields.url(one.get("url"), f"{where}.url")
        told = {
            "label": fields.wording(one.get("textualRating"), f"{where}.textualRating"),
            "language": fields.language(one.get("languageCode"), f"{where}.languageCode"),
        }
        match = map_rating(Rating(**told), url=url)
        named = "name" if publisher.get("name") else "site"
        yield Review(
            id=f"review-{number}",
            publisher=fields.line(publisher.get(named), f"{told_at}.{named}"),
            url=url,
            published=fields.moment(one.get("reviewDate"), f"{where}.reviewDate"),
            rating=Rating(**told, scale=match.scale if match.verdict else None) if any(told.values()) else None,
            verdict=match.verdict,
            mapped_by=match.how,
        )
