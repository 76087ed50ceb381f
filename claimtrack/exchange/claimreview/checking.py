"""What is wrong with a ClaimReview, by Google's and schema.org's rules, without a network.

Sources: Google Search Central, "Fact Check (ClaimReview) structured data"; schema.org release 30.0, ClaimReview, Claim
and Rating. Google withdrew its own checker in 2025.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import attrs

from claimtrack.errors import Finding
from claimtrack.exchange.claimreview.fields import Fields, Node
from claimtrack.exchange.claimreview.findings import finding
from claimtrack.exchange.claimreview.importing import load_object
from claimtrack.exchange.claimreview.nodes import MEDIA_REVIEW, review_type, types_of
from claimtrack.exchange.claimreview.reading import Reading, read_object
from claimtrack.exchange.claimreview.sources import canonical_url, find_reviews, is_page
from claimtrack.exchange.files import to_text
from claimtrack.exchange.ratings import fold, map_rating, to_number
from claimtrack.models import Rating

NOT_CHECKED: Final = (
    "the same ClaimReview stands on one page only",
    "the site has a corrections policy, or a way to report mistakes",
    "the claim is somebody else's and not the checking site's own",
    "the analysis can be traced, with citations and references to its sources",
    "the text of the page shows the claim and what was found",
)
"""Rules of Google's that nobody can check from the object alone."""
_LONG_CLAIM = 75
_LONG_LABEL, _MANY_WORDS = 60, 6
_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "": (
        *("@context", "@type", "@id", "url", "claimReviewed", "reviewRating", "author", "datePublished"),
        *("dateModified", "itemReviewed", "publisher", "inLanguage", "keywords", "citation", "isBasedOn"),
    ),
    "itemReviewed": ("@type", "author", "datePublished", "appearance", "firstAppearance", "url", "name"),
    "reviewRating": ("@type", "alternateName", "ratingValue", "bestRating", "worstRating", "ratingExplanation"),
    "author": ("@type", "name", "url", "sameAs", "jobTitle", "affiliation"),
}
_FOLDED = {place: {name.casefold(): name for name in names} for place, names in _NAMES.items()}
_TYPES = {name.casefold(): name for name in ("Claim", "CreativeWork", "Person", "Organization", "Rating")}


def check_claimreview(review: Mapping[str, Any] | str | bytes, *, url: str | None = None) -> tuple[Finding, ...]:
    """Give what is wrong with a ClaimReview object, or with all that stand in a page or JSON text; each with the mend.

    `url` is the address of the page; a page's own canonical link serves where it is not given. What cannot be seen
    offline is listed as `not-checked`.

    >>> review = {"@type": "ClaimReview", "url": "/checks/quay", "claimReviewed": "The quay cost nothing",
    ...           "reviewRating": {"alternateName": "True", "ratingValue": 1, "bestRating": 5, "worstRating": 1}}
    >>> for finding in check_claimreview(review)[:2]:
    ...     print(finding.code, finding.message)
    url-no-scheme '/checks/quay' is no absolute address; write the whole address, with https:// and the host
    rating-label-vs-number the label 'True' means true, but 1 from 1 (worst) to 5 (best) does not; mend ...

    Raises DocumentError where a mapping is no JSON, and ReadError where bytes are no text.
    """
    findings: list[Finding] = []
    if isinstance(review, Mapping):
        node, original = load_object(review)
        findings.extend(_check_object(node, read_object(node, original), url))
    else:
        text = to_text(review)
        page = is_page(text)
        url = url or (canonical_url(text) if page else None)
        reviews = list(find_reviews(text, findings))
        for found in reviews:
            where = found.where if page or len(reviews) > 1 else None
            said = _check_object(found.node, read_object(found.node, found.original), url)
            findings.extend(attrs.evolve(one, source=where) for one in said)
        if not reviews:
            findings.append(finding("missing-required", "$", "there is no ClaimReview here"))
        if page and len(reviews) > 1:
            message = f"there are {len(reviews)} reviews on one page, and Google shows a page with one"
            findings.append(finding("several-on-page", "$", message))
    findings.extend(finding("not-checked", "$", rule) for rule in NOT_CHECKED)
    if url is None:
        findings.append(finding("not-checked", "$.url", "the address is that of the page on which the review stands"))
    order = {"error": 0, "warning": 1, "note": 2}
    return tuple(sorted(dict.fromkeys(findings), key=lambda one: order[one.severity]))


def _check_object(node: Node, reading: Reading, url: str | None) -> Iterator[Finding]:
    yield from reading.findings
    fields = Fields()
    item, item_path = fields.node(node.get("itemReviewed"), "$.itemReviewed")
    rating, rating_path = fields.node(node.get("reviewRating"), "$.reviewRating")
    yield from _check_required(node, reading)
    yield from _check_address(node, url)
    yield from _check_claim(node, rating)
    yield from _check_rating(rating, rating_path, node)
    yield from _check_item(item, item_path, node, reading)
    author = node.get("author")
    for one, where in fields.nodes(author, "$.author"):
        if isinstance(one, dict):
            yield from _check_names(one, where, "author")
    yield from _check_names(node, "$", "")
    yield from _check_names(item, item_path, "itemReviewed")
    yield from _check_names(rating, rating_path, "reviewRating")


def _check_required(node: Node, reading: Reading) -> Iterator[Finding]:
    said = {one.path for one in reading.findings}
    if review_type(node) is None:
        yield finding("missing-required", "$.@type", "there is no @type ClaimReview, and Google requires it")
    for name in ("url",) if review_type(node) == MEDIA_REVIEW else ("url", "claimReviewed", "reviewRating"):
        if f"$.{name}" not in said and node.get(name) in (None, "", [], {}):
            yield finding("missing-required", f"$.{name}", f"there is no {name}, and Google requires it")
    named = reading.claim is not None and reading.claim.reviews[0].publisher
    if not named and "$.author" not in said:
        yield finding("publisher-missing", "$.author", "there is no author with a name")


def _check_address(node: Node, page: str | None) -> Iterator[Finding]:
    ours, theirs = _host(node.get("url")), _host(page)
    if ours and theirs and ours != theirs and not ours.endswith(f".{theirs}") and not theirs.endswith(f".{ours}"):
        yield finding("url-foreign-host", "$.url", f"the review is at {ours}, and the page at {theirs}")


def _check_claim(node: Node, rating: Node) -> Iterator[Finding]:
    claim, label = node.get("claimReviewed"), rating.get("alternateName")
    if not isinstance(claim, str):
        return
    if len(claim) >= _LONG_CLAIM:
        yield finding("claim-too-long", "$.claimReviewed", f"has {len(claim)} characters")
    if isinstance(label, str) and 0 < len(label.strip()) <= _LONG_LABEL:
        word, text = re.escape(fold(label)), fold(claim)
        if re.search(rf"\A\W?{word}\W?\s?[:–—-]|[(\[:–—-]\s?{word}\W?\Z", text):
            yield finding("claim-contains-rating", "$.claimReviewed", f"the rating {label.strip()!r} stands in it")


def _check_rating(rating: Node, path: str, node: Node) -> Iterator[Finding]:
    quiet = Fields()
    label = quiet.wording(rating.get("alternateName"), path)
    if label is None or not label.strip():
        named = quiet.wording(rating.get("name"), path)
        if rating and not (named and named.strip()):
            yield finding("rating-no-label", f"{path}.alternateName", "there is no rating in words")
        label = named
    if label and (len(label) > _LONG_LABEL or len(label.split()) > _MANY_WORDS):
        yield finding("label-is-sentence", f"{path}.alternateName", f"has {len(label.split())} words")
    written = {name: quiet.number(rating.get(name), path) for name in ("ratingValue", "worstRating", "bestRating")}
    numbers = {name: to_number(text) for name, text in written.items()}
    for name, text in written.items():
        if text is not None and numbers[name] is None:
            yield finding("rating-not-numeric", f"{path}.{name}", f"{text[:40]!r} is no number")
    missing = [name for name, text in written.items() if text is None]
    if 0 < len(missing) < 3:
        yield finding("rating-scale-partial", path, f"{' and '.join(missing)} missing")
    value, worst, best = numbers["ratingValue"], numbers["worstRating"], numbers["bestRating"]
    if worst is not None and worst < 1:
        yield finding("rating-worst-below-1", f"{path}.worstRating", f"worstRating is {written['worstRating']}")
    if worst is not None and best is not None:
        if worst == best:
            yield finding("rating-scale-degenerate", path, f"worst and best are both {written['bestRating']}")
        elif worst > best:
            ends = f"worst {written['worstRating']}, best {written['bestRating']}"
            yield finding("rating-scale-inverted", path, f"the ends are swapped: {ends}")
        elif value is not None and not worst <= value <= best:
            ends = f"{written['worstRating']} to {written['bestRating']}"
            yield finding("rating-outside-scale", f"{path}.ratingValue", f"{written['ratingValue']} is not in {ends}")
    match = map_rating(
        Rating(
            label=label or None, value=written["ratingValue"], worst=written["worstRating"], best=written["bestRating"]
        ),
        url=quiet.url(node.get("url"), "$.url"),
    )
    if match.outcome == "contradictory":
        yield finding("rating-label-vs-number", path, match.why)


def _check_item(item: Node, path: str, node: Node, reading: Reading) -> Iterator[Finding]:
    if review_type(node) == MEDIA_REVIEW:
        return
    named = reading.claim is not None and any(one.name and one.name.strip() for one in reading.claim.speakers)
    if not named:
        if item.get("author") in (None, "", []):
            yield finding("claimant-missing", f"{path}.author", "nobody is named who made the claim")
        else:
            yield finding("claimant-empty-node", f"{path}.author", "the claimant has no name")
    if not item.get("appearance") and not item.get("firstAppearance"):
        yield finding("appearance-missing", path, "nothing says where the claim was made")
    types = types_of(item)
    if item and "Claim" not in types:
        shown = " and ".join(types)[:60] or "none"
        yield finding("item-type-legacy", f"{path}.@type", f"the type is {shown}")
    for author, where in Fields().nodes(item.get("author"), f"{path}.author"):
        if isinstance(author, dict):
            yield from _check_names(author, where, "author")


def _check_names(node: Node, path: str, place: str) -> Iterator[Finding]:
    """Give what is wrong with the names of fields and types, and with sameAs."""
    known = _FOLDED[place]
    for key in node:
        right = known.get(key.casefold())
        if right is not None and right != key and right not in node:
            yield finding("field-case", f"{path}.{right}", f"{key!r} stands where {right!r} belongs")
    for name in types_of(node):
        right = _TYPES.get(name.casefold()) or (review_type(node) if place == "" else None)
        if right is not None and right.casefold() == name.casefold() and right != name:
            yield finding("item-type-case", f"{path}.@type", f"{name!r} stands where {right!r} belongs")
    same = node.get("sameAs")
    for one in same if isinstance(same, list) else [same]:
        if isinstance(one, str) and one and not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:\S+\Z", one):
            yield finding("sameas-not-url", f"{path}.sameAs", f"{one[:60]!r} is no address")


def _host(url: Any) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.") if isinstance(url, str) else ""
    except ValueError:
        return ""
