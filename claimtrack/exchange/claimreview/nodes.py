"""Which objects of a JSON value are reviews of claims or media: at the top, in lists, in `@graph`, in a data feed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

CLAIM_REVIEW = "ClaimReview"
MEDIA_REVIEW = "MediaReview"
_FOLDED = {CLAIM_REVIEW.casefold(): CLAIM_REVIEW, MEDIA_REVIEW.casefold(): MEDIA_REVIEW}


def types_of(node: dict[str, Any]) -> tuple[str, ...]:
    """Give the types of an object, without the address of schema.org.

    >>> types_of({"@type": ["Review", "https://schema.org/ClaimReview"]})
    ('Review', 'ClaimReview')
    """
    written = node.get("@type")
    names = written if isinstance(written, list) else (written,)
    return tuple(_short(name) for name in names if isinstance(name, str))


def review_type(node: dict[str, Any]) -> str | None:
    """Give ClaimReview or MediaReview where an object says that it is one, in whatever case."""
    found = {_FOLDED.get(name.casefold()) for name in types_of(node)}
    return next((name for name in (CLAIM_REVIEW, MEDIA_REVIEW) if name in found), None)


def find_nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Give the reviews in a JSON value, in its order; a review inside another stays a part of it."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            if review_type(item) is not None:
                yield item
            else:
                waiting.extend(reversed(item.values()))
        elif isinstance(item, list):
            waiting.extend(reversed(item))


def _short(name: str) -> str:
    for start in ("https://schema.org/", "http://schema.org/", "schema:"):
        if name.startswith(start):
            return name[len(start) :]
    return name
