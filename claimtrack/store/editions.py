"""Which edition of an article is added: a new one, one that is stored, a revision, or another article's namesake.

Pure: what is stored comes in through a function. The same article against the same store gives the same answer, and
once that is stored, adding the article again finds it unchanged.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import attrs

from claimtrack.errors import Finding, StoreError
from claimtrack.models import Article
from claimtrack.models.strings import ID_LENGTH

# What a claim id adds to its article's id at most: "-2147483647-99".
_ROOM_FOR_CLAIMS = 14


@attrs.frozen(slots=True)
class Edition:
    """An article as it stands, or is to stand, in the store."""

    article: Article
    outcome: Literal["new", "unchanged", "revised", "renamed"]
    findings: tuple[Finding, ...] = ()


def find_edition(article: Article, *, stored: Callable[[str], Article | None]) -> Edition:
    """Give the edition that an article is, next to those that `stored` gives by id.

    The same text under the same id is the stored article, whatever else differs. Another text is a new edition when
    the address is the same, or where neither has one the title: the id gets eight digits of the text's SHA-256 digest
    and `revises` names the stored article. Any other is a namesake ("renamed") and gets the digits alone.

    Raises StoreError when sixteen digits do not tell two texts apart.
    """
    first = stored(article.id)
    if first is None:
        return Edition(article, "new")
    if first.sha256 == article.sha256:
        return Edition(first, "unchanged", _differences(article, first))
    revision = _same_page(article, first)
    for digits in (8, 16):
        changes = {"id": _with_digest(article, digits)}
        if revision and article.revises is None:
            changes["revises"] = first.id
        renamed = article.replace(**changes)
        there = stored(renamed.id)
        if there is None:
            return Edition(renamed, "revised" if revision else "renamed")
        if there.sha256 == article.sha256:
            return Edition(there, "unchanged", _differences(renamed, there))
    raise StoreError(f"{article.id}: the text cannot be told from a stored one by its digest; give it another id")


def _same_page(article: Article, stored: Article) -> bool:
    if article.url is None and stored.url is None:
        return article.title is not None and article.title == stored.title
    return article.url == stored.url


def _with_digest(article: Article, digits: int) -> str:
    base = article.id[: ID_LENGTH - _ROOM_FOR_CLAIMS - digits - 1].rstrip("-")
    return f"{base}-{article.sha256[:digits]}"


def _differences(article: Article, stored: Article) -> tuple[Finding, ...]:
    fields = [name for name in Article.model_fields if getattr(article, name) != getattr(stored, name)]
    if not fields:
        return ()
    message = f"the stored article has the same text and was kept; it differs in {', '.join(fields)}"
    return (Finding(code="article-kept", severity="note", message=message),)
