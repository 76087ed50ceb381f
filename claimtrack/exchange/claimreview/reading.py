"""One ClaimReview object as a claim with its evidence: the typed view. The original goes along untouched.

A pure function: the same object always gives the same claim, so what was changed later shows by comparing the two.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

import attrs

from claimtrack.errors import Finding
from claimtrack.exchange.claimreview.fields import Fields, Node
from claimtrack.exchange.claimreview.nodes import MEDIA_REVIEW, review_type, types_of
from claimtrack.exchange.ratings import map_rating
from claimtrack.models import Claim, Evidence, EvidenceLink, Origin, Rating, Review, Speaker
from claimtrack.models.vocabulary import SpeakerKind

FORMAT: Final = "schema.org/ClaimReview"
MEDIA_FORMAT: Final = "schema.org/MediaReview"
PAGE_FORMAT: Final = "factchecktools/page"
REVIEW_ID: Final = "claimreview"
FIRST_APPEARANCE: Final = "first appearance of the claim"
APPEARANCE: Final = "appearance of the claim"
CITED: Final = "cited by the review"
PLACES: Final = (
    (("itemReviewed", "firstAppearance"), FIRST_APPEARANCE),
    (("itemReviewed", "appearance"), APPEARANCE),
    (("itemReviewed", "url"), APPEARANCE),
    (("citation",), CITED),
    (("isBasedOn",), CITED),
)
"""Where a ClaimReview names sources, and the note that the link to each bears."""
_KINDS: Final[dict[str, SpeakerKind]] = {"Person": "person", "Organization": "organization"}
_NO_NAME = re.compile(r"[^a-z0-9]+")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")


@attrs.frozen(slots=True)
class Reading:
    """What one object says: the claim (None where it holds none), the evidence it names, and what was not placed."""

    claim: Claim | None
    evidence: tuple[Evidence, ...]
    findings: tuple[Finding, ...]


def read_object(node: Node, original: str, *, form: str | None = None) -> Reading:
    """Give the claim of an object; `original` is its JSON text, kept as it is, and `form` the format of that."""
    fields = Fields()
    item, item_path = fields.node(node.get("itemReviewed"), "$.itemReviewed")
    media = review_type(node) == MEDIA_REVIEW
    statement = fields.wording(node.get("claimReviewed"), "$.claimReviewed")
    if statement is None and media:
        statement = fields.wording(node.get("originalMediaContextDescription"), "$.originalMediaContextDescription")
    speakers = tuple(_speakers(fields, item.get("author"), f"{item_path}.author"))
    made_on = fields.moment(item.get("datePublished"), f"{item_path}.datePublished")
    review = _review(fields, node)
    evidence, links = _evidence(fields, node, item, item_path)
    tags = tuple(_tags(fields, node.get("keywords")))
    if statement is None:
        fields.say("missing-required", "$.claimReviewed", "there is no wording of the claim")
        return Reading(None, evidence, tuple(fields.findings))
    key = _key(node, statement, original)
    claim = Claim(
        id=f"{source_of(review.url)}-{digest(key)}",
        kind="indirect",
        statement=statement,
        speakers=speakers,
        made_on=made_on,
        evidence=links,
        reviews=(review,),
        tags=tags,
        origin=Origin(format=form or (MEDIA_FORMAT if media else FORMAT), key=key, original=original),
    )
    return Reading(claim, evidence, tuple(fields.findings))


def publisher_of(node: Node) -> str:
    """Give the field that names the publisher: `publisher` where there is one with a name, else `author`."""
    publisher = node.get("publisher")
    name = publisher.get("name") if isinstance(publisher, dict) else None
    return "publisher" if isinstance(name, str) and name else "author"


def digest(key: str) -> str:
    """Give the twelve letters by which an imported document is told."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def source_of(url: str | None) -> str:
    """Give the publisher's host as the first part of an id.

    >>> source_of("https://www.herald.example/checks/quay")
    'herald-example'
    """
    try:
        host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    slug = _NO_NAME.sub("-", host).strip("-")
    return slug if "-" in slug and len(slug) <= 80 else "claimreview"


def one_line(text: str) -> str:
    """Give a text on one line of at most 500 characters, told from others that begin as it does."""
    line = _CONTROLS.sub(" ", text)
    return line if len(line) <= 500 else f"{line[:400]}... {digest(line)}"


def evidence_id(work: Any, *, cited: bool) -> str | None:
    """Give the id of the evidence that one entry of a field stands for, or None."""
    evidence = _source(Fields(), work, "$", cited=cited) if isinstance(work, dict | str) else None
    return evidence.id if evidence is not None else None


def _key(node: Node, statement: str, original: str) -> str:
    """Give what the object is known by: its page and the claim, because one page may hold several reviews."""
    url = node.get("url")
    if not isinstance(url, str) or not url.strip():
        return f"sha256:{hashlib.sha256(original.encode('utf-8', 'surrogatepass')).hexdigest()}"
    return one_line(f"{url.strip()} {statement}")


def _speakers(fields: Fields, value: Any, path: str) -> Iterator[Speaker]:
    """Give the claimants; what says nothing about anybody is none."""
    for one, where in fields.nodes(value, path):
        if isinstance(one, str):
            name = fields.line(one, where)
            if name:
                yield Speaker(name=name, kind="unknown")
            continue
        kind: SpeakerKind = next((_KINDS[name] for name in types_of(one) if name in _KINDS), "unknown")
        names = one.get("name")
        others: tuple[str, ...] = ()
        if isinstance(names, list):
            lines = [fields.line(name, f"{where}.name") for name in names if isinstance(name, str)]
            others = tuple(name for name in lines[1:] if name)
        name = fields.line(names, f"{where}.name")
        role = fields.line(one.get("jobTitle"), f"{where}.jobTitle")
        behalf = _name(fields, one.get("affiliation"), f"{where}.affiliation")
        if name or role:
            yield Speaker(name=name, kind=kind, role=role, on_behalf_of=behalf, alternatives=others)
        elif behalf:
            yield Speaker(kind="unknown", on_behalf_of=behalf)
        elif set(one) == {"@id"}:
            fields.say("reference-only", where, "the claimant is only referred to")


def _name(fields: Fields, value: Any, path: str) -> str | None:
    """Give the name of the first person or body in a field."""
    found = list(fields.nodes(value, path)) if value is not None else []
    if len(found) > 1:
        fields.say("multi-valued", path, f"there are {len(found)}")
    for one, where in found[:1]:
        if isinstance(one, str):
            return fields.line(one, where)
        name = fields.line(one.get("name"), f"{where}.name")
        if name is None and set(one) == {"@id"}:
            fields.say("reference-only", where, "it is only referred to")
        elif name is None:
            fields.say("field-type", where, "the object has no name")
        return name
    return None


def _review(fields: Fields, node: Node) -> Review:
    given, path = fields.node(node.get("reviewRating"), "$.reviewRating")
    labelled = "alternateName" if given.get("alternateName") not in (None, "", []) else "name"
    told = {
        "label": fields.wording(given.get(labelled), f"{path}.{labelled}"),
        "language": fields.language(node.get("inLanguage"), "$.inLanguage"),
        "value": fields.number(given.get("ratingValue"), f"{path}.ratingValue"),
        "best": fields.number(given.get("bestRating"), f"{path}.bestRating"),
        "worst": fields.number(given.get("worstRating"), f"{path}.worstRating"),
    }
    rating = Rating(**told)
    url = fields.url(node.get("url"), "$.url")
    match = map_rating(rating, url=url)
    if match.verdict is not None:
        rating = Rating(**told, scale=match.scale)
    who = publisher_of(node)
    return Review(
        id=REVIEW_ID,
        publisher=_name(fields, node.get(who), f"$.{who}"),
        url=url,
        published=fields.moment(node.get("datePublished"), "$.datePublished"),
        modified=fields.moment(node.get("dateModified"), "$.dateModified"),
        rating=rating if given or rating.language else None,
        verdict=match.verdict,
        mapped_by=match.how,
        explanation=fields.wording(given.get("ratingExplanation"), f"{path}.ratingExplanation"),
    )


def _evidence(
    fields: Fields, node: Node, item: Node, item_path: str
) -> tuple[tuple[Evidence, ...], tuple[EvidenceLink, ...]]:
    """Give the sources that the object names, each once, and the links to them."""
    found: dict[str, Evidence] = {}
    links: dict[str, EvidenceLink] = {}
    for place, note in PLACES:
        holder, path = (item, item_path) if len(place) == 2 else (node, "$")
        value = holder.get(place[-1])
        if value is None:
            continue
        for one, where in fields.nodes(value, f"{path}.{place[-1]}"):
            evidence = _source(fields, one, where, cited=note == CITED)
            if evidence is not None and evidence.id not in links:
                found[evidence.id] = evidence
                links[evidence.id] = EvidenceLink(evidence=evidence.id, stance="context", note=note)
    return tuple(found.values()), tuple(links.values())


def _source(fields: Fields, one: Node | str, path: str, *, cited: bool) -> Evidence | None:
    kind: Any = "secondary" if cited else "primary"
    if isinstance(one, str):
        text = fields.line(one, path)
        if text is None:
            return None
        address = text.strip()
        if ":" in address and " " not in address and (url := fields.url(address, path)):
            return Evidence(id=f"{source_of(url)}-{digest(url)}", url=url, kind=kind)
        if not cited:
            fields.say("url-no-scheme", path, "this is no absolute address")
            return None
        return Evidence(id=f"claimreview-{digest(text)}", title=text, kind=kind)
    url = fields.url(one.get("url") or one.get("@id"), f"{path}.url")
    titled = "name" if one.get("name") else "headline"
    title = fields.line(one.get(titled), f"{path}.{titled}")
    if url is None and title is None:
        fields.say("field-type", path, "there is neither an address nor a title")
        return None
    return Evidence(
        id=f"{source_of(url)}-{digest(url or title or '')}",
        url=url,
        title=title,
        publisher=_name(fields, one.get("publisher"), f"{path}.publisher"),
        published=fields.moment(one.get("datePublished"), f"{path}.datePublished"),
        archive_url=fields.url(one.get("archivedAt"), f"{path}.archivedAt"),
        kind=kind,
    )


def _tags(fields: Fields, value: Any) -> Iterator[str]:
    """Give the keywords: the texts of a list, or one text taken apart at its commas, as schema.org has it."""
    values = [part.strip() for part in value.split(",")] if isinstance(value, str) else value
    for one, where in fields.nodes(values, "$.keywords"):
        tag = fields.line(one.get("name") if isinstance(one, dict) else one, where)
        if tag:
            yield tag
        elif isinstance(one, dict):
            fields.say("field-type", where, "the object has no name")
