"""The page of one article: `to_html`."""

from __future__ import annotations

import base64
import functools
import hashlib
import importlib.resources
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from claimtrack.check import check_claims
from claimtrack.models import Article, Claim, Evidence
from claimtrack.report.cards import KINDS, make_cards, voice_of, words
from claimtrack.report.marks import by_place, find_paragraphs
from claimtrack.report.shown import marked_up, one_line, web_link
from claimtrack.version import __version__

if TYPE_CHECKING:
    from jinja2 import Template


def to_html(article: Article, claims: Iterable[Claim], *, evidence: Iterable[Evidence] = ()) -> str:
    """Give one self-contained HTML page of an article with its claims marked in place, each with a card beside it.

    The page needs no network and no other file. `evidence` are the documents that the claims link to; without them
    a card shows their ids. What does not add up is found by `check_claims` and stands on the cards it is about.
    Whatever came from outside is shown as text: the page's policy lets no script run but its own.

    >>> from claimtrack.extract import extract_claims
    >>> from claimtrack.read import read_article
    >>> article = read_article(text="The ferry sank, Captain Ann Silva said. <script>alert(1)</script>")
    >>> page = to_html(article, extract_claims(article, tagger="rules"))
    >>> "Ann Silva" in page, "<script>alert" in page
    (True, False)
    """
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
    return _template().render(
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


@functools.cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"shown": marked_up, "one_line": one_line, "words": words}
    style, script = _part("article.css"), _part("article.js")
    policy = (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    environment.globals |= {"style": style, "script": script, "policy": policy, "version": __version__}
    return environment.from_string(_part("article.html"))


def _part(name: str) -> str:
    return importlib.resources.files("claimtrack.report").joinpath("page", name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """Give the name by which a Content-Security-Policy knows an inline style or script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
