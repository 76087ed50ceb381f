"""ClaimReview in: one object as one claim; a page or a file as all its claims, with evidence and findings."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from typing import Any, overload

import attrs

from claimtrack.errors import DocumentError, Finding, ReadError
from claimtrack.exchange.claimreview.reading import digest, read_object
from claimtrack.exchange.claimreview.sources import find_reviews
from claimtrack.exchange.files import read_text, to_text
from claimtrack.exchange.foreign_json import parse_foreign, write_foreign
from claimtrack.exchange.results import Imported
from claimtrack.models import Claim, Evidence


@overload
def from_claimreview(review: Mapping[str, Any]) -> Claim: ...
@overload
def from_claimreview(review: str) -> Claim | tuple[Claim, ...]: ...
def from_claimreview(review: Mapping[str, Any] | str) -> Claim | tuple[Claim, ...]:
    """Give the claim of one ClaimReview object, a mapping or its JSON text; of a whole page, a tuple of its claims.

    >>> claim = from_claimreview({"@type": "ClaimReview", "url": "https://herald.example/quay",
    ...     "claimReviewed": "The quay cost nothing", "reviewRating": {"alternateName": "False"}})
    >>> claim.id, claim.reviews[0].verdict, claim.origin.format
    ('herald-example-...', 'false', 'schema.org/ClaimReview')

    The original stands in `.origin`, untouched. A text that is no JSON object, or one that only holds a `@graph`, is
    taken for a page; `read_claimreviews` gives the evidence and the findings of a page as well.

    Raises DocumentError where an object has no wording of the claim, or is no JSON.
    """
    if isinstance(review, str) and not review.lstrip("\ufeff \t\r\n").startswith("{"):
        return read_claimreviews(text=review).claims
    node, original = load_object(review)
    if isinstance(review, str) and "@graph" in node and "claimReviewed" not in node:
        return read_claimreviews(text=review).claims
    reading = read_object(node, original)
    if reading.claim is None:
        raise DocumentError(reading.findings, source="ClaimReview")
    return reading.claim


def read_claimreviews(source: str | PathLike[str] | None = None, *, text: str | bytes | None = None) -> Imported:
    """Give the claims of all ClaimReviews in a page or JSON file (or its `text`), with their evidence and findings.

    They are found as JSON-LD at the top, in lists, in `@graph` and in data feeds, also where the JSON around them is
    broken. Nothing is fetched. A MediaReview is a claim too where it tells the context that was claimed.

    >>> page = '''<p>Port news</p><script type="application/ld+json">{"@graph": [{"@type": ["ClaimReview"],
    ... "claimReviewed": "The quay cost nothing", "url": "https://herald.example/quay",}]}</script>'''
    >>> read = read_claimreviews(text=page)
    >>> [claim.statement for claim in read], [finding.code for finding in read.findings]
    (['The quay cost nothing'], ['json-trailing-comma'])

    Raises ReadError where there is no text to read, or neither or both of `source` and `text` are given.
    """
    if (source is None) == (text is None):
        raise ReadError("give either a path or text=")
    page = to_text(text) if text is not None else read_text(source or "")
    findings: list[Finding] = []
    claims: dict[str, Claim] = {}
    evidence: dict[str, Evidence] = {}
    for found in find_reviews(page, findings):
        reading = read_object(found.node, found.original)
        claim = reading.claim
        where = claim.id if claim is not None else found.where
        findings.extend(attrs.evolve(one, source=where) for one in reading.findings)
        if claim is None:
            continue
        stored = claims.get(claim.id)
        if stored is not None:
            claim = _again(claim, stored, findings)
        claims[claim.id] = claim
        evidence.update((one.id, one) for one in reading.evidence)
    return Imported(tuple(claims.values()), tuple(evidence.values()), tuple(findings))


def load_object(review: Mapping[str, Any] | str) -> tuple[dict[str, Any], str]:
    """Give an object from a caller as plain JSON values, and its JSON text.

    Raises DocumentError where it is no JSON object, or would not come back as it is.
    """
    if isinstance(review, str):
        original = review.strip()
        node = parse_foreign(original)
    else:
        original = write_foreign(review)
        node = parse_foreign(original)
        if node != review:
            message = "holds what JSON does not (a key that is no string, a tuple); it would not come back as it is"
            raise DocumentError([Finding(code="json-type", severity="error", message=message, path="$")])
    if not isinstance(node, dict):
        message = "a ClaimReview is a JSON object; read_claimreviews() finds those in lists and pages"
        raise DocumentError([Finding(code="type", severity="error", message=message, path="$")])
    return node, original


def _again(claim: Claim, stored: Claim, findings: list[Finding]) -> Claim:
    """Give a claim whose page and wording were met before: the same one, or another form of it under its own id."""
    if claim == stored:
        message = "the same review stands twice; it was taken once"
    else:
        message = "the same page and claim stand in another object too; both were taken: keep one of them"
    findings.append(Finding(code="review-repeated", severity="note", message=message, source=claim.id))
    if claim == stored or claim.origin is None:
        return claim
    source = claim.id.rpartition("-")[0]
    return claim.replace(id=f"{source}-{digest(claim.origin.key + claim.origin.original)}")
