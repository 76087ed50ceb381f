"""Claims on their article as a page of W3C Web Annotations, which annotation tools read, and their anchors back.

W3C Web Annotation Data Model (2017): each piece of a claim is a target with a quote and a position selector; positions
count Unicode code points, as ours do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from pydantic import ValidationError

from claimtrack.errors import DocumentError, Finding
from claimtrack.exchange.results import Exported
from claimtrack.models import Anchor, Article, Claim
from claimtrack.models.base import findings_from_pydantic

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
_CLAIM: Final = "urn:claimtrack:claim:"
_ARTICLE: Final = "urn:claimtrack:article:"


def to_annotations(article: Article, claims: Iterable[Claim]) -> Exported:
    """Give an AnnotationPage with one annotation for each claim on its article.

    >>> from claimtrack.extract import extract_claims
    >>> from claimtrack.read import read_article
    >>> article = read_article(text="“The quay is safe,” said Ann Silva.")
    >>> page = to_annotations(article, extract_claims(article)).value
    >>> page["type"], page["items"][0]["target"]["selector"][0]["exact"]
    ('AnnotationPage', '“The quay is safe,”')

    A claim that does not stand in this article is left out, and a finding says so.
    """
    items, findings = [], []
    for claim in claims:
        pieces = claim.attribution.content if claim.attribution is not None else ()
        if not pieces or claim.article_id != article.id or any(not _stands(piece, article) for piece in pieces):
            message = "the claim has no place in this article, so it was left out"
            findings.append(Finding(code="not-anchored", severity="warning", message=message, source=claim.id))
            continue
        items.append(_annotation(article, claim, pieces))
    page = {"@context": CONTEXT, "id": f"{_ARTICLE}{article.id}#claims", "type": "AnnotationPage", "items": items}
    return Exported(page, tuple(findings))


def from_annotations(page: Mapping[str, Any]) -> dict[str, tuple[Anchor, ...]]:
    """Give the anchors of each annotation in a page, by the id of its claim, or by the annotation's own id.

    Raises DocumentError where a selector is no anchor.
    """
    found: dict[str, tuple[Anchor, ...]] = {}
    for number, item in enumerate(_listed(page.get("items"))):
        if isinstance(item, Mapping):
            try:
                anchors = tuple(_anchors(item.get("target")))
            except ValidationError as error:
                raise DocumentError(findings_from_pydantic(error), source=f"items[{number}]") from None
            if anchors:
                found[str(item.get("id", number)).removeprefix(_CLAIM)] = anchors
    return found


def _stands(piece: Anchor, article: Article) -> bool:
    return article.text[piece.start : piece.end] == piece.exact


def _annotation(article: Article, claim: Claim, pieces: tuple[Anchor, ...]) -> dict[str, Any]:
    bodies = [{"type": "TextualBody", "value": claim.statement, "purpose": "describing", "format": "text/plain"}]
    bodies += [_body(one.name or one.role or "", "identifying") for one in claim.speakers if one.name or one.role]
    bodies += [_body(claim.verdict, "assessing")] if claim.verdict is not None else []
    bodies += [_body(tag, "tagging") for tag in claim.tags]
    source = article.url or f"{_ARTICLE}{article.id}"
    targets = [{"source": source, "selector": _selectors(piece)} for piece in pieces]
    return {
        "id": f"{_CLAIM}{claim.id}",
        "type": "Annotation",
        "motivation": "describing",
        "body": bodies,
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _body(text: str, purpose: str) -> dict[str, str]:
    return {"type": "TextualBody", "value": text, "purpose": purpose, "format": "text/plain"}


def _selectors(piece: Anchor) -> list[dict[str, Any]]:
    quote = {"type": "TextQuoteSelector", "exact": piece.exact, "prefix": piece.prefix, "suffix": piece.suffix}
    return [quote, {"type": "TextPositionSelector", "start": piece.start, "end": piece.end}]


def _anchors(targets: Any) -> Iterator[Anchor]:
    for target in _listed(targets):
        told: dict[str, Any] = {}
        for selector in _listed(target.get("selector") if isinstance(target, Mapping) else None):
            if isinstance(selector, Mapping):
                told |= {name: selector[name] for name in Anchor.model_fields if name in selector}
        if told:
            yield Anchor(**told)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
