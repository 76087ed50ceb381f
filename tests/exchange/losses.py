"""What stands in a review and is neither in the claim that it gives nor in a finding: there should be nothing."""

from __future__ import annotations

import json
import re
from typing import Any

from claimtrack import DocumentError, check_claimreview, from_claimreview, to_claimreview, validate_document
from claimtrack.errors import Finding

_NO_LOSS = ("not-checked", "appearance-missing")
_SEEN = {
    "$.claimReviewed": lambda claim: claim.statement,
    "$.url": lambda claim: claim.reviews[0].url,
    "$.datePublished": lambda claim: claim.reviews[0].published,
    "$.dateModified": lambda claim: claim.reviews[0].modified,
    "$.inLanguage": lambda claim: claim.reviews[0].rating and claim.reviews[0].rating.language,
    "$.author": lambda claim: claim.reviews[0].publisher,
    "$.keywords": lambda claim: claim.tags,
    "$.citation": lambda claim: [link for link in claim.evidence if link.note == "cited by the review"],
    "$.reviewRating.alternateName": lambda claim: claim.reviews[0].rating and claim.reviews[0].rating.label,
    "$.reviewRating.ratingValue": lambda claim: claim.reviews[0].rating and claim.reviews[0].rating.value,
    "$.reviewRating.bestRating": lambda claim: claim.reviews[0].rating and claim.reviews[0].rating.best,
    "$.reviewRating.worstRating": lambda claim: claim.reviews[0].rating and claim.reviews[0].rating.worst,
    "$.reviewRating.ratingExplanation": lambda claim: claim.reviews[0].explanation,
    "$.itemReviewed.datePublished": lambda claim: claim.made_on,
    "$.itemReviewed.author": lambda claim: claim.speakers,
    "$.itemReviewed.firstAppearance": lambda claim: [one for one in claim.evidence if "first" in (one.note or "")],
    "$.itemReviewed.appearance": lambda claim: [one for one in claim.evidence if one.note == "appearance of the claim"],
}


def held(review: Any) -> tuple[Finding, ...]:
    """Read a review and hold what comes out to what it promises; give the findings of the checker."""
    try:
        findings = check_claimreview(review)
        claim = from_claimreview(review)
    except DocumentError as error:
        if not error.findings:
            raise AssertionError("an error without a finding") from error
        return error.findings
    back = to_claimreview(claim)
    assert json.dumps(back) == json.dumps(review)
    assert validate_document(claim.to_json()) == ()
    for path, seen in _SEEN.items():
        if _full(review, path) and not seen(claim):
            said = {re.sub(r"\[\d+\]", "", one.path or "") for one in findings if one.code not in _NO_LOSS}
            near = [one for one in said if one != "$" and (one.startswith(path) or path.startswith(one))]
            assert near, f"{path} was lost without a finding"
    return findings


def _full(review: Any, path: str) -> bool:
    """Tell whether anything stands at a path of the review, in whatever letters the names are written."""
    values = [review]
    for name in path.split(".")[1:]:
        values = [one for value in values for one in (value if isinstance(value, list) else [value])]
        values = [
            child
            for value in values
            if isinstance(value, dict)
            for key, child in value.items()
            if key.casefold() == name.casefold()
        ]
    return any(_holds_something(value) for value in values)


def _holds_something(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_holds_something(child) for key, child in value.items() if key not in ("@type", "@id"))
    if isinstance(value, list):
        return any(map(_holds_something, value))
    return bool(value.strip("\x00 \n")) if isinstance(value, str) else value is not None
