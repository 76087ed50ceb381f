"""ClaimReview out: the original where there is one, with only those fields written that were changed in the claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from claimtrack.errors import DocumentError, NotFoundError
from claimtrack.exchange.claimreview.fields import Fields, Node
from claimtrack.exchange.claimreview.findings import finding
from claimtrack.exchange.claimreview.reading import (
    APPEARANCE,
    FIRST_APPEARANCE,
    FORMAT,
    MEDIA_FORMAT,
    PAGE_FORMAT,
    PLACES,
    evidence_id,
    publisher_of,
    read_object,
)
from claimtrack.exchange.fact_check_pages import from_page
from claimtrack.exchange.foreign_json import parse_foreign, write_foreign
from claimtrack.exchange.ratings import ORDER, PLAIN, find_label
from claimtrack.models import Claim, Evidence, Rating, Review, Speaker

_TYPES = {"person": "Person", "organization": "Organization", "group": "Organization", "publisher": "Organization"}
_NOTHING = Review(id="nothing")


def to_claimreview(claim: Claim, *, evidence: Iterable[Evidence] = (), review: str | None = None) -> Node:
    """Give a claim and its review (the first, or the one with the id `review`) as a ClaimReview object.

    An imported claim gives its original back, with only the fields written that have changed since. A number whose
    digits a float would lose is a Decimal in it. `evidence` holds the documents that the claim links to.

    >>> from claimtrack.exchange.claimreview.importing import from_claimreview
    >>> claim = from_claimreview({"claimReviewed": "The quay cost nothing", "postTerms": {"x": 1}})
    >>> to_claimreview(claim.replace(statement="The quay was free"))
    {'claimReviewed': 'The quay was free', 'postTerms': {'x': 1}}

    Raises DocumentError where the claim has no review, or a review without words for its rating, and NotFoundError
    where there is no review with that id, or an evidence document is missing.
    """
    shown = _review(claim, review)
    node = original_of(claim)
    before = read_object(node, "").claim if node is not None else None
    if node is None:
        node = {"@context": "https://schema.org", "@type": "ClaimReview"}
    _write(node, claim, shown, before=before, evidence=evidence)
    return node


def to_claimreview_json(claim: Claim, *, evidence: Iterable[Evidence] = (), review: str | None = None) -> str:
    """Give what `to_claimreview` gives as JSON text: the original's own characters where nothing has changed.

    >>> import claimtrack
    >>> claim = claimtrack.from_claimreview('{"@type":  "ClaimReview", "claimReviewed": "The quay cost nothing"}')
    >>> to_claimreview_json(claim)
    '{"@type":  "ClaimReview", "claimReviewed": "The quay cost nothing"}'
    """
    node = to_claimreview(claim, evidence=evidence, review=review)
    if claim.origin is not None and claim.origin.format != PAGE_FORMAT and node == original_of(claim):
        return claim.origin.original
    return write_foreign(node)


def original_of(claim: Claim) -> Node | None:
    """Give the object that a claim came from, where it came from a ClaimReview in one form or another."""
    origin = claim.origin
    if origin is None or origin.format not in (FORMAT, MEDIA_FORMAT, PAGE_FORMAT):
        return None
    value = parse_foreign(origin.original)
    if origin.format == PAGE_FORMAT:
        value = next(from_page(value), None)
    return value if isinstance(value, dict) else None


def _review(claim: Claim, id: str | None) -> Review:
    for review in claim.reviews:
        if id in (None, review.id):
            return review
    if id is not None:
        raise NotFoundError(f"{claim.id}: no review with id {id!r}; there are {[one.id for one in claim.reviews]}")
    message = f"{claim.id} has no review, and a ClaimReview is one"
    raise DocumentError([finding("missing-required", "$.reviews", message)])


def _write(node: Node, claim: Claim, review: Review, *, before: Claim | None, evidence: Iterable[Evidence]) -> None:
    was = before.reviews[0] if before is not None else _NOTHING
    _put(node, "url", review.url, was.url)
    if before is None or claim.statement != before.statement:
        key = "claimReviewed" if before is None or node.get("claimReviewed") else "originalMediaContextDescription"
        node[key] = claim.statement
    item = _first(node.get("itemReviewed"))
    made = {"@type": "Claim"} if item is None else item
    speakers = before.speakers if before is not None else ()
    if claim.speakers != speakers:
        _write_speakers(made, claim.speakers, speakers)
    _put(made, "datePublished", claim.made_on, before.made_on if before is not None else None)
    if item is None and len(made) > 1:
        node["itemReviewed"] = item = made
    if review.publisher != was.publisher:
        _write_name(node, publisher_of(node), review.publisher)
    _put(node, "datePublished", review.published, was.published)
    _put(node, "dateModified", review.modified, was.modified)
    _write_rating(node, review, was, claim.id)
    tags = before.tags if before is not None else ()
    if claim.tags != tags:
        _put(node, "keywords", list(claim.tags) or None, ())
    _write_evidence(node, claim, before, {one.id: one for one in evidence})


def _put(node: Node, key: str, value: Any, before: Any) -> None:
    """Write a field that has changed; a field that has gone is taken out."""
    if value == before:
        return
    if value is None:
        node.pop(key, None)
    else:
        node[key] = value


def _first(value: Any) -> Node | None:
    """Give the object that was read from a field: the first in it."""
    return next((one for one, _ in Fields().nodes(value, "$") if isinstance(one, dict)), None)


def _write_name(holder: Node, key: str, name: str | None) -> None:
    value = holder.get(key)
    node = next((one for one, _ in Fields().nodes(value, "$")), None)
    if name is None:
        holder.pop(key, None)
    elif isinstance(node, dict):
        node["name"] = name
    elif isinstance(value, list) and value and value[0] is node:
        value[0] = name
    else:
        holder[key] = {"@type": "Organization", "name": name}


def _write_speakers(item: Node, speakers: Sequence[Speaker], before: Sequence[Speaker]) -> None:
    """Write the claimants: the objects of those who stayed are kept as they are."""
    stood = [one for one, _ in Fields().nodes(item.get("author"), "$")]
    nodes = [one for one in stood if one and set(one) != {"@id"}] if len(stood) != len(before) else stood
    known = dict(zip(before, nodes, strict=False)) if len(nodes) == len(before) else {}
    people: list[Any] = []
    for place, speaker in enumerate(speakers):
        if speaker in known:
            people.append(known[speaker])
            continue
        old = before[place] if place < len(before) and before[place] not in speakers else None
        person = _person(speaker, old, known.get(old) if old is not None else None)
        if person:
            people.append(person)
    if not people:
        item.pop("author", None)
    else:
        item["author"] = people[0] if len(people) == 1 and not isinstance(item.get("author"), list) else people


def _person(speaker: Speaker, before: Speaker | None, node: Any) -> Node:
    person: Node = node if isinstance(node, dict) else {}
    was = before if before is not None and person else Speaker(kind="unknown")
    if speaker.kind != was.kind and speaker.kind in _TYPES:
        person["@type"] = _TYPES[speaker.kind]
    _put(person, "name", speaker.name, was.name)
    _put(person, "jobTitle", speaker.role, was.role)
    if speaker.on_behalf_of != was.on_behalf_of:
        _write_name(person, "affiliation", speaker.on_behalf_of)
    return person if set(person) - {"@type"} else {}


def _write_rating(node: Node, review: Review, was: Review, claim_id: str) -> None:
    rating, before = _rating(review), was.rating or Rating()
    if rating is None:
        if was.rating is not None:
            node.pop("reviewRating", None)
        elif was is _NOTHING:
            message = f"{claim_id}: the review has neither a label nor a verdict that can be shown"
            raise DocumentError([finding("rating-no-label", "$.reviews", message)])
        return
    _put(node, "inLanguage", rating.language, before.language)
    stood = _first(node.get("reviewRating"))
    given: Node = {"@type": "Rating"} if stood is None else stood
    for key, value, old in (
        ("ratingValue", rating.value, before.value),
        ("bestRating", rating.best, before.best),
        ("worstRating", rating.worst, before.worst),
    ):
        if value != old:
            _put(given, key, _as_written(value, given.get(key)), None)
    named = "name" if given.get("alternateName") in (None, "", []) and given.get("name") else "alternateName"
    _put(given, named, rating.label, before.label)
    _put(given, "ratingExplanation", review.explanation, was.explanation)
    if stood is None and len(given) > 1:
        node["reviewRating"] = given


def _rating(review: Review) -> Rating | None:
    """Give the rating to show: the publisher's own, or the words and number that Google has for the verdict."""
    rating = review.rating
    if (rating is not None and rating.label is not None) or review.verdict is None:
        return rating
    found = find_label(review.verdict, scale="google") or find_label(review.verdict, scale=PLAIN)
    if found is None or review.verdict == "not_checkable":
        return rating
    given = rating or Rating()
    if review.verdict in ORDER and given.value is None:
        given = given.replace(value=str(ORDER[review.verdict]), worst="1", best="5")
    return given.replace(label=found[0])


def _as_written(value: str | None, before: Any) -> str | int | None:
    """Give a number as Google wants it, as an integer where it is one, but a text where there was a text."""
    whole = value is not None and len(value) < 16 and value.removeprefix("-").isascii() and value.lstrip("-").isdigit()
    if value is None or not whole or isinstance(before, str) or str(int(value)) != value:
        return value
    return int(value)


def _write_evidence(node: Node, claim: Claim, before: Claim | None, documents: Mapping[str, Evidence]) -> None:
    were = {link.evidence for link in before.evidence} if before is not None else set()
    are = {link.evidence for link in claim.evidence}
    item = _first(node.get("itemReviewed"))
    for place, note in PLACES if were - are else ():
        holder = item if len(place) == 2 else node
        if holder is not None and place[-1] in holder:
            kept = _without(holder[place[-1]], were - are, cited=note not in (APPEARANCE, FIRST_APPEARANCE))
            _put(holder, place[-1], kept, ())
    for link in claim.evidence:
        if link.evidence is None or link.evidence in were:
            continue
        if link.evidence not in documents:
            raise NotFoundError(f"{claim.id} links the evidence {link.evidence!r}; pass its document in evidence=")
        if link.note in (APPEARANCE, FIRST_APPEARANCE):
            if item is None:
                node["itemReviewed"] = item = {"@type": "Claim"}
            first = link.note == FIRST_APPEARANCE and "firstAppearance" not in item
            _append(item, "firstAppearance" if first else "appearance", _work(documents[link.evidence]))
        else:
            _append(node, "citation", _work(documents[link.evidence]))


def _without(value: Any, ids: set[str | None], *, cited: bool) -> Any:
    if isinstance(value, list):
        kept = (_without(one, ids, cited=cited) for one in value)
        return [one for one in kept if one is not None] or None
    return None if evidence_id(value, cited=cited) in ids else value


def _append(holder: Node, key: str, value: Node) -> None:
    stood = holder.get(key)
    if stood is None:
        holder[key] = value
    else:
        holder[key] = [*stood, value] if isinstance(stood, list) else [stood, value]


def _work(evidence: Evidence) -> Node:
    work: Node = {"@type": "CreativeWork"}
    _put(work, "url", evidence.url, None)
    _put(work, "name", evidence.title, None)
    if evidence.publisher is not None:
        work["publisher"] = {"@type": "Organization", "name": evidence.publisher}
    _put(work, "datePublished", evidence.published, None)
    _put(work, "archivedAt", evidence.archive_url, None)
    return work
