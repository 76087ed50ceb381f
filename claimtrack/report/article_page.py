"""The page of one article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from claimtrack.check import check_claims
from claimtrack.models import Article, Claim, Evidence
from claimtrack.report.cards import KINDS, make_cards, voice_of
from claimtrack.report.marks import by_place, find_paragraphs
from claimtrack.report.rendering import render
from claimtrack.report.shown import web_link


def article_page(article: Article, claims: Iterable[Claim], *, evidence: Iterable[Evidence] = ()) -> str:
    """Give the page of an article with its claims marked in place, each with a card beside it."""
    ordered = by_place(claims)
    numbered = dict(enumerate(ordered, 1))
    voices = tuple(dict.fromkeys(voice_of(speaker) for claim in ordered for speaker in claim.speakers))
    cards = make_cards(
        article,
        numbered,
        findings=check_claims(ordered, articles=[article]),
        evidence={one.id: one for one in evidence},
        voices=voices,
    )
    remarks = Counter(remark.severity for card in cards for remark in card.remarks)
    return render(
        "article",
        article=article,
        title=article.title or "An article without a title",
        url=web_link(article.url),
        paragraphs=tuple(find_paragraphs(article, numbered)),
        cards=cards,
        voices=voices,
        kinds={kind: KINDS[kind] for kind in KINDS if any(claim.kind == kind for claim in ordered)},
        verdicts=tuple(dict.fromkeys(card.verdict for card in cards)),
        figures=sum(len(claim.figures) for claim in ordered),
        rated=sum(claim.verdict is not None for claim in ordered),
        warnings=remarks["warning"] + remarks["error"],
        notes=remarks["note"],
    )
