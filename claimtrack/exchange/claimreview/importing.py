"""ClaimReview in: one object as one claim, a page or file as all its claims with evidence and findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from claimtrack.errors import DocumentError, Finding
from claimtrack.exchange.claimreview.reading import read_object
from claimtrack.exchange.foreign_json import parse_foreign, write_foreign
from claimtrack.models import Claim


def from_claimreview(review: Mapping[str, Any] | str) -> Claim:
    """Give the claim of one ClaimReview object, a mapping or its JSON text; the original stands in `.origin`.

    >>> claim = from_claimreview({"@type": "ClaimReview", "url": "https://herald.example/quay",
    ...     "claimReviewed": "The quay cost nothing", "reviewRating": {"alternateName": "False"}})
    >>> claim.id, claim.reviews[0].verdict, claim.origin.format
    ('herald-example-9f1f8c1a2c4e', 'false', 'schema.org/ClaimReview')

    Raises DocumentError where there is no JSON object, or no wording of the claim in it.
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
    reading = read_object(node, original)
    if reading.claim is None:
        raise DocumentError(reading.findings, source="ClaimReview")
    return reading.claim
