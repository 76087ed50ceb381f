"""Whether a document may take the place of the one that is stored: nobody's work is overwritten unseen."""

from __future__ import annotations

import hashlib

from claimtrack.errors import ConflictError, DocumentError, StoreError
from claimtrack.models import Claim, Document, Event
from claimtrack.store.content import decode_document
from claimtrack.store.home import Batch
from claimtrack.store.paths import Place, article_place, claim_places


def version_of(document: Document) -> str:
    """Give the version of a document: the SHA-256 digest of its canonical JSON, the bytes of its file.

    >>> from claimtrack.models import Evidence
    >>> log = Evidence(id="harbour-log", kind="primary", title="Harbour log")
    >>> version_of(log) == version_of(log.replace(title="Harbour log")) != version_of(log.replace(title="Log"))
    True
    """
    return hashlib.sha256(document.to_json().encode()).hexdigest()


def check_version(
    document: Document, before: bytes | None, *, place: Place, expected: Document | str | None = None
) -> None:
    """Raise ConflictError where saving a document would undo what somebody else has stored; call it under the lock.

    With `expected` the stored document must be that one, or have that version. Without it the stored claim must have
    no event that the new one lacks: history only grows.
    """
    stored: Document | None = None
    if before is not None:
        try:
            stored = decode_document(before, place)
        except DocumentError:
            if expected is None:
                return  # what cannot be read is mended by saving
    if expected is None:
        lost = find_lost_events(stored, document)
        if lost:
            _raise(document, stored, f"the event {lost[0].action!r} by {lost[0].by} at {lost[0].at} is missing")
        return
    version = expected if isinstance(expected, str) else version_of(expected)
    if stored is None or version_of(stored) != version:
        _raise(document, stored, f"you had read {_short(version)}", version=version, is_there=before is not None)


def find_lost_events(before: Document | None, after: Document) -> tuple[Event, ...]:
    """Give the events of a claim that another version of it does not have: history only grows."""
    if not isinstance(before, Claim) or not isinstance(after, Claim):
        return ()
    return tuple(event for event in before.events if event not in after.events)


def check_claim(batch: Batch, claim: Claim, place: Place) -> None:
    """Raise StoreError where a claim's article is not in the store, or its id is taken at another place."""
    if claim.article_id is not None and batch.read(article_place(claim.article_id)) is None:
        raise StoreError(f"{claim.id}: its article {claim.article_id!r} is not in the store; add the article first")
    for other in claim_places(claim.id):
        if other != place and batch.read(other) is not None:
            raise StoreError(f"{claim.id}: the id is taken by {'/'.join(other)}; give the claim another offset")


def _raise(
    document: Document, stored: Document | None, had: str, *, version: str | None = None, is_there: bool = True
) -> None:
    held = None if stored is None else version_of(stored)
    if stored is None:
        now = "a file that cannot be read" if is_there else "nothing under this id"
    else:
        now = f"version {_short(held)}{_last_event(stored)}"
    mine = version_of(document)
    raise ConflictError(
        f"{document.id} was changed meanwhile: {had}, and the store now holds {now}; your version {_short(mine)} was "
        "not saved: read the document again and make the change there, or merge the two",
        id=document.id,
        expected=version,
        stored=held,
    )


def _short(version: str | None) -> str:
    return (version or "")[:12]


def _last_event(stored: Document) -> str:
    if not isinstance(stored, Claim) or not stored.events:
        return ""
    last = stored.events[-1]
    return f" (last event {last.action!r} by {last.by} at {last.at})"
