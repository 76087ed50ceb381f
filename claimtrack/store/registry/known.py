"""Who is known: the speakers of a store as a reader sees them, and the matches that a person is asked about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar, overload

import attrs

from claimtrack.errors import Finding
from claimtrack.models.vocabulary import SpeakerKind
from claimtrack.store.registry.comparing import SURE
from claimtrack.store.registry.forms import name_key

Value = TypeVar("Value", covariant=True)


@attrs.frozen(slots=True, kw_only=True)
class HeldRole:
    """A role of a known speaker, with the days between which it is known: by the registry, or by claims."""

    role: str
    since: str | None = None
    until: str | None = None
    in_registry: bool = False


@attrs.frozen(slots=True, kw_only=True)
class KnownSpeaker:
    """One speaker as a store knows it: records that are confirmed to be the same, or a name that claims have.

    `id` is the record's id, None for a name without a record; `names` are all names, the one to show first; `claims`
    counts the claims under any of them, `first` and `last` are the days of the earliest and the latest. Where claims
    give a role and no name ("the Azerbaijani president"), `is_described` is true and the role stands as the name.

    >>> import claimtrack, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     registry = claimtrack.Store(folder).registry
    ...     record = registry.add("Ines Okafor", aliases=["I. Okafor"])
    ...     okafor, = registry.find_speakers()
    >>> okafor.id, okafor.names, okafor.claims
    ('ines-okafor', ('Ines Okafor', 'I. Okafor'), 0)
    """

    name: str
    kind: SpeakerKind
    id: str | None = None
    records: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    roles: tuple[HeldRole, ...] = ()
    claims: int = 0
    first: str | None = None
    last: str | None = None
    is_described: bool = False
    not_same_as: frozenset[str] = frozenset()
    """Ids, and names in the form of `name_key`, that a person has told apart from this one."""

    @property
    def keys(self) -> frozenset[str]:
        """What a decision can name this speaker by: its ids, and its names in the form of `name_key`."""
        return frozenset((*self.records, *map(name_key, self.names)))


@attrs.frozen(slots=True, kw_only=True)
class SpeakerMatch:
    """Two known speakers that could be one: for a person to confirm or to reject.

    `rule` and `reason` say why, for the two `names` that are most alike; `score` is between 0 and 1. `since` and
    `until` are the days between which a role is known to be held.

    >>> import claimtrack, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     registry = claimtrack.Store(folder).registry
    ...     records = registry.add("Ines Okafor"), registry.add("Okafor, Ines")
    ...     match, = registry.find_matches()
    >>> match.rule, match.is_sure
    ('same-words', True)
    """

    one: KnownSpeaker
    other: KnownSpeaker
    names: tuple[str, str]
    rule: str
    score: float
    reason: str
    since: str | None = None
    until: str | None = None

    @property
    def is_sure(self) -> bool:
        """Whether matches of this score are hardly ever wrong; nothing is merged without a person even so."""
        return self.score >= SURE

    def __str__(self) -> str:
        """Give one line: the score, both names, and why."""
        one, other = self.names
        return f"{self.score:.2f} {one} = {other}: {self.reason}"


class Found(Sequence[Value]):
    """What was found, in order, and `findings` on the files that could not be read for it."""

    def __init__(self, items: Sequence[Value], findings: tuple[Finding, ...] = ()) -> None:
        self._items = tuple(items)
        self.findings = findings

    @overload
    def __getitem__(self, index: int) -> Value: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Value, ...]: ...
    def __getitem__(self, index: int | slice) -> Value | tuple[Value, ...]:
        """Give one of them, or some."""
        return self._items[index]

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Value]:
        return iter(self._items)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({list(self._items)!r}, findings={self.findings!r})"
