"""The claims that a filter asks for: looked up, and each held to the filter as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from claimtrack.models import Claim
from claimtrack.store.filters import ClaimFilter
from claimtrack.store.home import Entry, Home, Opened, Report
from claimtrack.store.listing import LastArticle, Listing, list_documents
from claimtrack.store.paths import Place, claims_folder

_EVERYTHING = ClaimFilter()


def list_claims(home: Home, asked: ClaimFilter, *, article: str | None) -> Listing[Claim]:
    """Give the claims of a store that are asked for, of one article or of all.

    Whatever an index says, each claim is read and held to the filter as it stands.
    """
    place: Place = ("claims",) if article is None else claims_folder(article)
    articles = LastArticle(home)

    def is_wanted(claim: Mapping[str, Any]) -> bool:
        return asked.matches(claim, article=articles.facts)

    def find(opened: Opened, report: Report) -> Iterable[Entry]:
        for finding in asked.speaker.findings if asked.speaker is not None else ():
            report(finding)
        # The few claims of one article are as soon read as looked up.
        return opened.find(asked, report) if article is None else opened.entries(place)

    what = _described(asked, article)
    if asked == _EVERYTHING:
        return list_documents(home, place, what=what)
    return list_documents(home, place, what=what, wanted=is_wanted, entries=find)


def _described(asked: ClaimFilter, article: str | None) -> str:
    given = [("article", article)] + [
        (field.name, getattr(asked, field.name)) for field in attrs.fields(ClaimFilter) if field.init
    ]
    told = ", ".join(f"{name}={getattr(value, 'wanted', value)!r}" for name, value in given if value)
    return f"claims with {told}" if told else "all claims"
