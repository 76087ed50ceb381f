"""The claims that a filter asks for: found by the index where it can be used, by reading every file where it cannot."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from pathlib import Path
from typing import Any

import attrs

from claimtrack.errors import Finding, StoreError
from claimtrack.models import Claim
from claimtrack.store.filters import ClaimFilter
from claimtrack.store.folders import Entry, Folder, Place
from claimtrack.store.index import Index, IndexUnusableError
from claimtrack.store.listing import LastArticle, Listing, Report, find_entries, list_documents
from claimtrack.store.paths import claims_folder

_EVERYTHING = ClaimFilter()


def list_claims(path: Path, asked: ClaimFilter, *, article: str | None, index: Index) -> Listing[Claim]:
    """Give the claims of the store at `path` that are asked for, of one article or of all.

    Whatever the index says, each claim is read from its file and held to the filter as it stands there.
    """
    place: Place = ("claims",) if article is None else claims_folder(article)
    articles = LastArticle(path)

    def is_wanted(claim: Mapping[str, Any]) -> bool:
        return asked.matches(claim, article=articles.facts)

    def find(root: Folder, report: Report) -> Iterable[Entry]:
        for finding in asked.speaker.findings if asked.speaker is not None else ():
            report(finding)
        if article is not None:  # its few claims are as soon read as looked up
            return find_entries(root, place)
        try:
            return _entries_at(root, index.find_places(asked))
        except IndexUnusableError as error:
            message = f"the index cannot be used, so every file is read, which takes longer: {error}"
            report(Finding(code="index-unused", severity="note", message=message))
            return find_entries(root, place)

    what = _described(asked, article)
    if asked == _EVERYTHING:
        return list_documents(path, place, what=what)
    return list_documents(path, place, what=what, wanted=is_wanted, entries=find)


def _entries_at(root: Folder, places: Iterable[tuple[Place, str]]) -> Iterator[Entry]:
    for folder, names in itertools.groupby(places, key=itemgetter(0)):
        try:
            with root.inside(folder) as opened:
                for _, name in names:
                    yield Entry((*folder, name), opened.kind(name), opened)
        except FileNotFoundError:
            continue  # removed since
        except StoreError as error:
            yield Entry(folder, "folder", root, error)


def _described(asked: ClaimFilter, article: str | None) -> str:
    given = [("article", article)] + [
        (field.name, getattr(asked, field.name)) for field in attrs.fields(ClaimFilter) if field.init
    ]
    told = ", ".join(f"{name}={getattr(value, 'wanted', value)!r}" for name, value in given if value)
    return f"claims with {told}" if told else "all claims"
