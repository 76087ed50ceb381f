"""What changed in a store since a token or a time: the values, and the tokens."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Final, Literal

import attrs

from claimtrack.errors import FilterError

Outcome = Literal["new", "changed", "gone"]

_TOKEN = re.compile(r"([0-9a-f]{8})-([0-9]{1,15})")
_KINDS: Final = {"articles": "article", "claims": "claim", "evidence": "evidence", "speakers": "speaker"}


@attrs.frozen(slots=True)
class Change:
    """One document that is new, changed or gone.

    >>> print(Change("2025-10-09-harbour-post-ferry", "article", "new"))
    article 2025-10-09-harbour-post-ferry: new
    """

    id: str
    kind: str
    outcome: Outcome

    def __str__(self) -> str:
        return f"{self.kind} {self.id}: {self.outcome}"


@attrs.frozen(slots=True)
class Changes:
    """The changes, in the order in which they were noticed, and the token to ask with the next time.

    `whole` says that every document is told, because there was nothing to compare with.
    """

    items: tuple[Change, ...]
    token: str
    whole: bool = False

    def __iter__(self) -> Iterator[Change]:
        """Give one change after the other."""
        return iter(self.items)

    def __len__(self) -> int:
        """Give the number of changes."""
        return len(self.items)


@attrs.frozen(slots=True)
class Looked:
    """What a look found: how many documents there are, and how many are new, changed or gone since the last one.

    >>> print(Looked(documents=1200, new=3, changed=1, gone=0))
    1,200 documents: 3 new, 1 changed, 0 gone
    """

    documents: int
    new: int
    changed: int
    gone: int

    def __str__(self) -> str:
        return f"{self.documents:,} documents: {self.new:,} new, {self.changed:,} changed, {self.gone:,} gone"


def read_since(since: str | datetime.datetime | None) -> str | int | None:
    """Give a token, a time in nanoseconds, or None.

    Raises FilterError on anything else.
    """
    if since is None or (isinstance(since, str) and _TOKEN.fullmatch(since)):
        return since
    try:
        moment = since if isinstance(since, datetime.datetime) else datetime.datetime.fromisoformat(since)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=datetime.UTC)
        return int(moment.timestamp() * 1_000_000) * 1000
    except (ValueError, TypeError, OverflowError):
        shown = repr(since) if len(repr(since)) <= 60 else repr(since)[:57] + "..."
        raise FilterError(
            f"{shown} is neither the token of an earlier answer nor a time; give one like 2025-03-14T09:00:00Z, "
            "or nothing to be told of every document"
        ) from None


def number_in(token: str | None, *, id: str) -> int | None:
    """Give the number in a token, or None where it is of another store, or there is none."""
    found = None if token is None else _TOKEN.fullmatch(token)
    return int(found[2]) if found is not None and found[1] == id else None


def change_at(place: str, outcome: Outcome) -> Change:
    """Give a change of the document at a place, written with slashes."""
    top, _, _ = place.partition("/")
    return Change(place.rpartition("/")[2].removesuffix(".json"), _KINDS.get(top, top), outcome)
