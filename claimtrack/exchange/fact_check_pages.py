"""The `pages` of Google's Fact Check Tools API (v1alpha1) and ClaimReview objects, one made from the other.

What a page cannot hold is left out here, and found by turning the page back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

Node = dict[str, Any]

_NUMBERS: Final = ("ratingValue", "worstRating", "bestRating")
_CLAIM: Final = (("claimReviewed", "claimReviewed"), ("url", "url"))
_ITEM: Final = (("datePublished", "claimDate"), ("name", "claimLocation"))
_AUTHOR: Final = (("name", "name"), ("jobTitle", "jobTitle"), ("image", "imageUrl"), ("sameAs", "sameAs"))
_RATING: Final = (
    ("alternateName", "textualRating"),
    *((name, name) for name in _NUMBERS),
    ("ratingExplanation", "ratingExplanation"),
    ("image", "imageUrl"),
)
_LARGEST = 2**31


def to_markup(review: Node) -> Node:
    """Give one entry of `claimReviewMarkups` for a ClaimReview object: what the API has a field for.

    >>> to_markup({"claimReviewed": "The quay cost nothing", "reviewRating": {"ratingValue": "1", "bestRating": 4.5}})
    {'claimReviewed': 'The quay cost nothing', 'rating': {'ratingValue': 1}}
    """
    markup = {theirs: review[ours] for ours, theirs in _CLAIM if isinstance(review.get(ours), str)}
    item = _node(review.get("itemReviewed"))
    markup |= {theirs: item[ours] for ours, theirs in _ITEM if isinstance(item.get(ours), str)}
    first = [*_addresses(item.get("firstAppearance"))]
    if first:
        markup["claimFirstAppearance"] = first[0]
    appearances = [*first[1:], *_addresses(item.get("appearance"))]
    if appearances:
        markup["claimAppearances"] = appearances
    author = _node(item.get("author"))
    named = {theirs: author[ours] for ours, theirs in _AUTHOR if isinstance(author.get(ours), str)}
    if named:
        markup["claimAuthor"] = named
    rating = _node(review.get("reviewRating"))
    shown: Node = {}
    for ours, theirs in _RATING:
        value = _whole(rating.get(ours)) if ours in _NUMBERS else rating.get(ours)
        if isinstance(value, int if ours in _NUMBERS else str):
            shown[theirs] = value
    if shown:
        markup["rating"] = shown
    return markup


def to_page(reviews: list[Node]) -> Node:
    """Give a ClaimReviewMarkupPage for the reviews of one page."""
    page: Node = {}
    first = reviews[0] if reviews else {}
    if isinstance(first.get("url"), str):
        page["pageUrl"] = first["url"].partition("#")[0]
    if isinstance(first.get("datePublished"), str):
        page["publishDate"] = first["datePublished"]
    author = _node(first.get("author"))
    told = {
        theirs: author[ours]
        for ours, theirs in (("name", "name"), ("image", "imageUrl"))
        if isinstance(author.get(ours), str)
    }
    if told:
        page["claimReviewAuthor"] = told
    page["claimReviewMarkups"] = [to_markup(review) for review in reviews]
    return page


def from_page(page: Node) -> Iterator[Node]:
    """Give the ClaimReview object of each markup of a page; no field is made up.

    >>> list(from_page({"claimReviewMarkups": [{"claimReviewed": "The quay cost nothing"}]}))
    [{'@context': 'https://schema.org', '@type': 'ClaimReview', 'claimReviewed': 'The quay cost nothing'}]
    """
    markups = page.get("claimReviewMarkups")
    for markup in markups if isinstance(markups, list) else ():
        if isinstance(markup, dict):
            yield _from_markup(markup, page)


def find_lost(review: Node, back: Node) -> Iterator[str]:
    """Give the JSON paths of what stands in a review and not in what came back from a page."""
    kept = dict(_leaves(back))
    for path, value in _leaves(review):
        if path not in kept or str(kept[path]) != str(value):
            yield path


def _from_markup(markup: Node, page: Node) -> Node:
    review: Node = {"@context": "https://schema.org", "@type": "ClaimReview"}
    if "url" not in markup and "pageUrl" in page:
        review["url"] = page["pageUrl"]
    review |= {ours: markup[theirs] for ours, theirs in _CLAIM if theirs in markup}
    writer = _node(page.get("claimReviewAuthor"))
    if writer:
        told = {ours: writer[theirs] for ours, theirs in (("name", "name"), ("image", "imageUrl")) if theirs in writer}
        review["author"] = {"@type": "Organization", **told}
    if "publishDate" in page:
        review["datePublished"] = page["publishDate"]
    item = {ours: markup[theirs] for ours, theirs in _ITEM if theirs in markup}
    author = _node(markup.get("claimAuthor"))
    if author:
        item["author"] = {ours: author[theirs] for ours, theirs in _AUTHOR if theirs in author}
    if "claimFirstAppearance" in markup:
        item["firstAppearance"] = markup["claimFirstAppearance"]
    if "claimAppearances" in markup:
        item["appearance"] = markup["claimAppearances"]
    if item:
        review["itemReviewed"] = {"@type": "Claim", **item}
    rating = _node(markup.get("rating"))
    if rating:
        shown = {ours: rating[theirs] for ours, theirs in _RATING if theirs in rating}
        review["reviewRating"] = {"@type": "Rating", **shown}
    return review


def _node(value: Any) -> Node:
    if isinstance(value, list):
        value = next((one for one in value if isinstance(one, dict)), None)
    return value if isinstance(value, dict) else {}


def _addresses(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        url = one.get("url") if isinstance(one, dict) else one
        if isinstance(url, str) and url:
            yield url


def _whole(value: Any) -> int | None:
    """Give a number as the API's 32-bit integer, where it is one."""
    if isinstance(value, str) and 0 < len(value) < 12 and value.isascii() and value.removeprefix("-").isdigit():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and -_LARGEST <= value < _LARGEST:
        return value
    return None


def _leaves(value: Any) -> Iterator[tuple[str, Any]]:
    """Give what stands at the ends of a review with its path; an address stands for the work that it names."""
    waiting = [("$", value)]
    while waiting:
        path, item = waiting.pop()
        if isinstance(item, dict):
            waiting.extend((f"{path}.{key}", child) for key, child in item.items() if key not in ("@type", "@context"))
        elif isinstance(item, list):
            waiting.extend((f"{path}[{index}]" if len(item) > 1 else path, one) for index, one in enumerate(item))
        elif item is not None and item != "":
            yield path.removesuffix(".url") if "ppearance" in path else path, item
