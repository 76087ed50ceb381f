"""The digest of an event: what its successors carry, so that an edit of the past shows.

The canonical JSON of an event is RFC 8785 (JCS): the event as its document holds it, without `id`, without fields that
are null or an empty list, keys sorted, no spaces, UTF-8. The digest is its SHA-256. An event's id is `e`, its number (1
more than the highest of its parents), a hyphen, and the first 12 digits of its digest: so the last event, which no
other carries yet, shows an edit too.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any

from claimtrack.models import Claim, Event

_ID = re.compile(r"e([1-9][0-9]{0,8})-([0-9a-f]{12})")


def event_digest(event: Event) -> str:
    """Give the digest of an event, which the events after it name among their parents.

    >>> event_digest(Event(id="e1", at="2025-03-04T10:00:00Z", by="Ines", action="triage", to="triaged"))[:12]
    'bef2fe566d04'
    """
    plain = event.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"id"})
    return hashlib.sha256(canonical_json(plain)).hexdigest()


def canonical_json(value: Any) -> bytes:
    """Give the one form in which a JSON value without fractions is hashed (RFC 8785).

    >>> canonical_json({"why": "Zwei Zähler", "by": "Ines", "parents": []}).decode()
    '{"by":"Ines","why":"Zwei Zähler"}'
    """
    written = json.dumps(_without_empty(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return written.encode()


def _without_empty(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {key: _without_empty(inner) for key, inner in value.items() if inner is not None and inner != []}


def event_id(digest: str, *, number: int) -> str:
    """Give the id of an event with a digest, the `number`th on its way from the first.

    >>> event_id("3fa2" * 16, number=7)
    'e7-3fa23fa23fa2'
    """
    return f"e{number}-{digest[:12]}"


def number_of(event: Event) -> int:
    """Give the number that an event's id tells, or 0 where it tells none."""
    found = _ID.fullmatch(event.id)
    return int(found[1]) if found else 0


def find_heads(events: Sequence[Event]) -> tuple[str, ...]:
    """Give the digests of the events that no other event carries: one, where the history is whole.

    A head that is recorded elsewhere (in git, on paper) is what shows that a history was cut at its end.
    """
    digests = [event_digest(event) for event in events]
    carried = {parent for event in events for parent in event.parents}
    return tuple(digest for digest in digests if digest not in carried)


def claim_head(claim: Claim) -> str | None:
    """Give the digest of a claim's last event, or None where nothing has happened to it yet."""
    return event_digest(claim.events[-1]) if claim.events else None
