"""Which edition of an article is added: a new one, one that is stored, a revision, or another article's namesake.

Pure: what is stored comes in through a function. The same article against the same store gives the same answer, and
once that is stored, adding the article again finds it unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Literal

import attrs

from claimtrack.errors import Finding, StoreError
from claimtrack.models import Article
from claimtrack.models.strings import ID_LENGTH

# What a claim id adds to its article's id at most: "-2147483647-99".
_ROOM_FOR_CLAIMS = 14
_DIGEST = re.compile(r"-[0-9a-f]{8}(?:[0-9a-f]{8})?")


@attrs.frozen(slots=True)
class Edition:
    """An article as it stands, or is to stand, in the store."""

    article: Article
    outcome: Literal["new", "unchanged", "revised", "renamed"]
    findings: tuple[Finding, ...] = ()


def find_edition(
    article: Article,
    *,
    stored: Callable[[str], Article | None],
    siblings: Callable[[str], Iterable[str]] = lambda _: (),
) -> Edition:
    """Give the edition that an article is, next to those that `stored` gives by id.

    The same text under the same id is the stored article, whatever else differs. Another text is a new edition when
    the address is the same, or where neither has one the title: the id gets eight digits of the text's SHA-256 digest
    and `revises` names the latest edition, which `siblings` lets be found: it gives the stored ids that start like one.
    Any other is a namesake ("renamed") and gets the digits alone.

    Raises StoreError when sixteen digits do not tell two texts apart.
    """
    first = stored(article.id)
    if first is None:
        return Edition(article, "new")
    if first.sha256 == article.sha256:
        return Edition(first, "unchanged", _differences(article, first))
    revision = _same_page(article, first)
    for digits in (8, 16):
        renamed = article.replace(id=_with_digest(article, digits))
        there = stored(renamed.id)
        if there is not None and there.sha256 == article.sha256:
            same = renamed if article.revises is not None else renamed.replace(revises=there.revises)
            return Edition(there, "unchanged", _differences(same, there))
        if there is None:
            if revision and article.revises is None:
                renamed = renamed.replace(revises=_latest(first, stored=stored, siblings=siblings).id)
            return Edition(renamed, "revised" if revision else "renamed")
    raise StoreError(f"{article.id}: the text cannot be told from a stored one by its digest; give it another id")


def _latest(
    first: Article, *, stored: Callable[[str], Article | None], siblings: Callable[[str], Iterable[str]]
) -> Article:
    """Give the end of the chain of editions that starts with an article."""
    base = first.id[: ID_LENGTH - _ROOM_FOR_CLAIMS - 9].rstrip("-")
    editions = [edition for id in siblings(f"{base}-") if _DIGEST.fullmatch(id, len(base)) and (edition := stored(id))]
    after: dict[str, list[Article]] = {}
    for edition in editions:
        if edition.revises is not None:
            after.setdefault(edition.revises, []).append(edition)
    latest, seen = first, {first.id}
    while following := [one for one in after.get(latest.id, ()) if one.id not in seen]:
        latest = max(following, key=lambda one: (one.published or "", one.id))
        seen.add(latest.id)
    return latest


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
