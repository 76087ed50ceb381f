"""What a claim holds and its ClaimReview does not: found by writing it, reading it again, and comparing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from claimtrack.errors import Finding
from claimtrack.exchange.claimreview.exporting import to_claimreview
from claimtrack.exchange.claimreview.reading import PLACES, read_object
from claimtrack.models import Claim, Evidence, Review

_NOTES = {note for _, note in PLACES}
_FIELDS = (
    *("article_id", "kind", "statement", "speakers", "speech_act", "attribution", "made_on", "figures", "dates"),
    *("workflow", "publication", "relations", "tags", "events"),
)


def find_losses(claim: Claim, *, evidence: Iterable[Evidence] = (), review: str | None = None) -> tuple[Finding, ...]:
    """Give a note for each field that would not come back from the ClaimReview that `to_claimreview` gives.

    >>> from claimtrack.exchange.claimreview.importing import from_claimreview
    >>> claim = from_claimreview({"claimReviewed": "The quay cost nothing"})
    >>> [finding.path for finding in find_losses(claim.replace(workflow="triaged", tags=("port",)))]
    ['$.workflow']

    Raises what `to_claimreview` raises.
    """
    back = read_object(to_claimreview(claim, evidence=evidence, review=review), "").claim
    paths = list(_lost(claim, back, review)) if back is not None else ["$"]
    message = "a ClaimReview does not carry this; it stays in the claim"
    return tuple(Finding(code="not-carried", severity="note", message=message, path=f"$.{path}") for path in paths)


def _lost(claim: Claim, back: Claim, id: str | None) -> Iterator[str]:
    for field in _FIELDS:
        if getattr(claim, field) != getattr(back, field):
            yield field
    shown = next(one for one in claim.reviews if id in (None, one.id))
    if claim.verdict not in (None, back.reviews[0].verdict):
        yield "verdict"
    for number, link in enumerate(claim.evidence):
        if link.evidence is None or link.stance != "context" or link.set is not None or link.note not in _NOTES:
            yield f"evidence[{number}]"
    for number, one in enumerate(claim.reviews):
        if one is not shown:
            yield f"reviews[{number}]"
        else:
            yield from (f"reviews[{number}].{field}" for field in _lost_of_review(one, back.reviews[0]))


def _lost_of_review(review: Review, back: Review) -> Iterator[str]:
    for field in ("publisher", "url", "published", "modified", "verdict", "explanation", "as_of"):
        if getattr(review, field) not in (None, getattr(back, field)):
            yield field
    for field in ("label", "language", "value", "best", "worst"):
        if getattr(review.rating, field, None) not in (None, getattr(back.rating, field, None)):
            yield f"rating.{field}"
