"""An article and its claims, made by hand so that these tests need no extraction."""

from __future__ import annotations

import hashlib
from typing import Any

from claimtrack.models import Anchor, Article, Claim, ClaimAttribution, ClaimFigure, Event, Reading, Speaker

TEXT = (
    "Ferry runs aground off Brackwater. "
    "All 62 passengers were safe, harbour master Mira Holt said. "
    "The hull held for nine hours, Tomas Reyle told reporters. "
    "The ferry left port at 5:40 a.m."
)
ID = "2025-03-14-harbour-post-ferry-runs-aground"
URL = "https://harbour-post.example/ferry"


def make_article(text: str = TEXT, **fields: Any) -> Article:
    """Give the article, with other fields where wanted."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    given = {
        "id": ID,
        "url": URL,
        "title": "Ferry runs aground off Brackwater",
        "publisher": "Harbour Post",
        "published": "2025-03-14",
        "language": "en",
        "read": Reading(form="text"),
    }
    return Article(text=text, sha256=digest, **(given | fields))


def anchor(article: Article, words: str) -> Anchor:
    """Give the place of some words in the article."""
    start = article.text.index(words)
    return Anchor(start=start, end=start + len(words), exact=words)


def make_claim(article: Article, words: str, speaker: str | None, **fields: Any) -> Claim:
    """Give the claim whose content is some words of the article."""
    place = anchor(article, words)
    given = {
        "id": f"{article.id}-{place.start}",
        "article_id": article.id,
        "kind": "narration" if speaker is None else "indirect",
        "statement": words,
        "speakers": (Speaker(name=speaker or article.publisher, kind="person" if speaker else "publisher"),),
        "attribution": ClaimAttribution(content=(place,), confidence=0.9, stage="rules", tagger="rules", version="1"),
    }
    return Claim(**(given | fields))


def make_claims(article: Article) -> tuple[Claim, ...]:
    """Give three claims: two said, one told by the paper itself."""
    passengers = ClaimFigure(anchor=anchor(article, "62"), kind="count", value=62, what="passengers", role="aboard")
    return (
        make_claim(article, "All 62 passengers were safe", "Mira Holt", figures=(passengers,)),
        make_claim(article, "The hull held for nine hours", "Tomas Reyle"),
        make_claim(article, "The ferry left port at 5:40 a.m.", None),
    )


def triaged(claim: Claim) -> Claim:
    """Give the claim after an editor has looked at it."""
    event = Event(id="e1", at="2025-03-15T09:00:00Z", by="ana", action="triage", from_="candidate", to="triaged")
    return claim.replace(workflow="triaged", events=(event,))
