"""Pages to look at in a browser: `to_html`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import overload

from claimtrack.models import Article, Claim, Evidence
from claimtrack.report.article_page import article_page
from claimtrack.report.store_page import read_contents, store_page
from claimtrack.store import Store


@overload
def to_html(shown: Article, claims: Iterable[Claim], *, evidence: Iterable[Evidence] = ()) -> str: ...
@overload
def to_html(shown: Store, *, at: str | None = None, pages: str | None = None) -> str: ...
def to_html(
    shown: Article | Store,
    claims: Iterable[Claim] = (),
    *,
    evidence: Iterable[Evidence] = (),
    at: str | None = None,
    pages: str | None = None,
) -> str:
    """Give one self-contained HTML page: of an article with its claims marked in place, or of a whole store.

    The page needs no network and no other file. Whatever came from outside is shown as text: the page's policy lets no
    script run but its own.

    Of an article: `evidence` are the documents that the claims link to; without them a card shows their ids. What does
    not add up is found by `check_claims` and stands on the cards it is about.

    Of a store: counts with what they are out of, what waits and is overdue `at` a time (now, where none is given),
    figures that several articles report, and a list of all claims. `pages` is the folder, as a link from the page, in
    which each article has its own page, `<id>.html`; without it an article's name leads to its address on the web.

    >>> from claimtrack.extract import extract_claims
    >>> from claimtrack.read import read_article
    >>> article = read_article(text="The ferry sank, Captain Ann Silva said. <script>alert(1)</script>")
    >>> page = to_html(article, extract_claims(article, tagger="rules"))
    >>> "Ann Silva" in page, "<script>alert" in page
    (True, False)
    """
    if isinstance(shown, Store):
        return store_page(read_contents(shown), at=at, pages=pages)
    return article_page(shown, claims, evidence=evidence)
