"""Ids as places in the store and back: `articles/2025/<id>.json`, `claims/2025/<article-id>/<id>.json` and so on.

Only what has the form of an id becomes part of a path, so no id can lead out of the store.
"""

from __future__ import annotations

import re
from typing import Final, TypeGuard

from claimtrack.errors import StoreError
from claimtrack.models import Article, Claim, Document, Evidence, SpeakerRecord
from claimtrack.models.strings import ID_LENGTH

Place = tuple[str, ...]
"""Where a document stands, or a folder of documents: the names on the way from the store's own folder."""

MARKER: Final = "claimtrack.json"
"""What a store says of itself stands here."""

FORMAT: Final = "claimtrack.store/1"
"""The format that it says it has."""

FOLDERS: Final[dict[str, type[Document]]] = {
    "articles": Article,
    "claims": Claim,
    "evidence": Evidence,
    "speakers": SpeakerRecord,
}
"""The folders that hold documents, and the kind that each holds."""

DEPTH: Final = {"articles": 1, "claims": 2, "evidence": 1, "speakers": 0}
"""How many folders deep the documents stand in each."""

_NUMBERS = re.compile(r"([0-9]+)")
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
# Names that Windows takes for devices in every folder; see "Naming Files, Paths, and Namespaces" in its documentation.
_DEVICE = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
_YEAR = re.compile(r"([0-9]{4})-[0-9]{2}-[0-9]{2}(?:-|\Z)")
_OFFSET = r"(?:0|[1-9][0-9]{0,9})"
_AGAIN = r"(?:[2-9]|[1-9][0-9]{1,3})"
_IN_ARTICLE = re.compile(rf"{_OFFSET}(?:-{_AGAIN})?")
_ONE_NUMBER = re.compile(rf"(.+)-{_OFFSET}")
_TWO_NUMBERS = re.compile(rf"(.+)-{_OFFSET}-{_AGAIN}")
_IMPORTED = re.compile(r"(.+)-[0-9a-f]{12}")


def is_id(text: object) -> TypeGuard[str]:
    """Tell whether a value can be an id: small letters, digits, hyphens, at most 120, and no device name.

    >>> is_id("2025-10-09-harbour-post-ferry"), is_id("../../x"), is_id("con"), is_id("ferry\\n")
    (True, False, False, False)
    """
    return (
        isinstance(text, str)
        and len(text) <= ID_LENGTH
        and _ID.fullmatch(text) is not None
        and _DEVICE.fullmatch(text) is None
    )


def article_place(id: str) -> Place:
    """Give the place of an article.

    >>> article_place("2025-10-09-harbour-post-ferry")
    ('articles', '2025', '2025-10-09-harbour-post-ferry.json')

    Raises StoreError on what is no id, as all functions here do.
    """
    return ("articles", _year(id), f"{_checked(id)}.json")


def claims_folder(article_id: str) -> Place:
    """Give the folder of an article's claims."""
    return ("claims", _year(article_id), _checked(article_id))


def claim_places(id: str) -> tuple[Place, ...]:
    """Give the places where a claim can stand: an article's own id may end in a number, so there can be two.

    >>> claim_places("2025-10-09-harbour-post-flight-190-4")
    (('claims', '2025', '2025-10-09-harbour-post-flight-190', '2025-10-09-harbour-post-flight-190-4.json'), \
('claims', '2025', '2025-10-09-harbour-post-flight', '2025-10-09-harbour-post-flight-190-4.json'))
    >>> claim_places("google-0123456789ab")
    (('claims', 'imported', 'google', 'google-0123456789ab.json'),)
    """
    name = f"{_checked(id)}.json"
    imported = _IMPORTED.fullmatch(id)
    if imported is not None:
        return (("claims", "imported", imported[1], name),) if is_id(imported[1]) else ()
    matches = (pattern.fullmatch(id) for pattern in (_ONE_NUMBER, _TWO_NUMBERS))
    return tuple((*claims_folder(match[1]), name) for match in matches if match is not None and is_id(match[1]))


def is_claim_of(article_id: str, id: str) -> bool:
    """Tell whether a claim id is an article's id with an offset.

    >>> is_claim_of("2025-10-09-harbour-post-ferry", "2025-10-09-harbour-post-ferry-120-2")
    True
    """
    return id.startswith(f"{article_id}-") and _IN_ARTICLE.fullmatch(id, len(article_id) + 1) is not None


def claim_place(id: str, *, article_id: str | None) -> Place:
    """Give the place of a claim, in its article's folder where it has one."""
    places = claim_places(id)
    if article_id is not None and is_claim_of(article_id, id):
        return (*claims_folder(article_id), f"{id}.json")
    if not places or (article_id is not None and places[0][1] != "imported"):
        wanted = f"{article_id or '<its article>'}-<offset>"
        raise StoreError(f"the claim id {id!r} has no place in a store; give it the id {wanted} or <source>-<12 hex>")
    return places[0]


def evidence_place(id: str) -> Place:
    """Give the place of evidence."""
    return ("evidence", _year(id), f"{_checked(id)}.json")


def speaker_place(id: str) -> Place:
    """Give the place of a speaker record."""
    return ("speakers", f"{_checked(id)}.json")


def document_place(document: Document) -> Place:
    """Give the place of any document."""
    if isinstance(document, Claim):
        return claim_place(document.id, article_id=document.article_id)
    if isinstance(document, Article):
        return article_place(document.id)
    return evidence_place(document.id) if isinstance(document, Evidence) else speaker_place(document.id)


def id_at(place: Place) -> str:
    """Give the id of the document at a place: the file's name without its ending."""
    return place[-1].removesuffix(".json")


def sort_key(name: str) -> bytes:
    """Give bytes that stand in the order in which `Folder.names` gives the names; keys of a path's names can be joined.

    >>> sorted(["b-10.json", "b-9.json", "b.json"], key=sort_key)
    ['b.json', 'b-9.json', 'b-10.json']
    """
    key = _NUMBERS.sub(_number_key, name.removesuffix(".json")) + "\0\0" + name + "\0"
    return key.encode("utf-8", "surrogateescape")


def _checked(id: str) -> str:
    if not is_id(id):
        shown = repr(id) if len(repr(id)) <= 60 else repr(id)[:57] + "..."
        raise StoreError(
            f"{shown} cannot be an id: use small letters, digits and hyphens, at most {ID_LENGTH}, "
            "and no device name like 'con'"
        )
    return id


def _year(id: str) -> str:
    dated = _YEAR.match(id)
    return dated[1] if dated else "undated"


def _number_key(found: re.Match[str]) -> str:
    # What has more digits is the larger number; the order of code points is kept by UTF-8.
    digits = found[0].lstrip("0")
    return f"\0\1{chr(len(digits))}{digits}"
