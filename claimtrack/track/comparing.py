"""Two versions of a claim, field by field."""

from __future__ import annotations

from typing import Any

import attrs

from claimtrack.errors import TransitionError
from claimtrack.models import Claim, Event, Value
from claimtrack.track.state import link_key


@attrs.frozen(slots=True)
class Change:
    """One field that is not the same: its JSON path, and what stood and stands there (None for nothing)."""

    path: str
    old: Any
    new: Any

    def __str__(self) -> str:
        """Give one line: `+` for what is new, `-` for what is gone, `~` for what is another."""
        if self.old is None:
            return f"+ {self.path}: {_shown(self.new)}"
        if self.new is None:
            return f"- {self.path}: {_shown(self.old)}"
        return f"~ {self.path}: {_shown(self.old)} → {_shown(self.new)}"


def compare_claims(old: Claim, new: Claim) -> tuple[Change, ...]:
    """Give what differs between two versions of a claim, in the order of its fields.

    Links, reviews, events and tags are told apart by what names them, so that one more is one change.

    >>> from claimtrack.track import note, triage
    >>> old = triage(Claim(id="rents-1", kind="direct", statement="Rents fell"), by="Ines", at="2025-03-04T10:00Z")
    >>> new = note(old, "Called.", by="Noor", at="2025-03-04T11:00Z").replace(tags=("housing",))
    >>> for change in compare_claims(old, new):
    ...     print(change)
    + tags: housing
    + events: e2-... note by Noor

    Raises TransitionError when they are versions of different claims.
    """
    if old.id != new.id:
        raise TransitionError(f"{old.id} and {new.id} are different claims; compare two versions of one")
    changes: list[Change] = []
    for name in Claim.model_fields:
        before, after = getattr(old, name), getattr(new, name)
        if before == after:
            continue
        if isinstance(before, tuple):
            changes += _items(name, before, after)
        else:
            changes.append(Change(name, before, after))
    return tuple(changes)


def _items(name: str, old: tuple[Any, ...], new: tuple[Any, ...]) -> list[Change]:
    before, after = {_key(one): one for one in old}, {_key(one): one for one in new}
    found = [
        Change(name, before.get(key), after.get(key))
        for key in dict.fromkeys((*before, *after))
        if before.get(key) != after.get(key)
    ]
    return found or [Change(name, "one order", "another order")]


def _key(item: Any) -> Any:
    if hasattr(item, "stance"):
        return link_key(item)
    if hasattr(item, "id"):
        return item.id
    return (item.kind, item.claim) if hasattr(item, "claim") else item


def _shown(value: Any) -> str:
    if isinstance(value, Event):
        return f"{value.id} {value.action} by {value.by}"
    if isinstance(value, Value):
        return value.model_dump_json(exclude_none=True)
    return str(value)
