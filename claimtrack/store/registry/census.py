"""Counting through a store: who speaks in its claims, under which names and in which roles, and in how many."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

import attrs

from claimtrack.errors import Finding
from claimtrack.models import SpeakerRecord
from claimtrack.store.home import Home
from claimtrack.store.listing import list_documents
from claimtrack.store.registry.forms import name_key
from claimtrack.store.registry.known import Found, HeldRole, KnownSpeaker
from claimtrack.store.registry.roll import Roll, day_of, names_of, role_key

_ROLES_SHOWN = 20


@attrs.define(slots=True)
class _Days:
    first: str | None = None
    last: str | None = None

    def take(self, day: str | None) -> None:
        if day is not None:
            self.first = day if self.first is None else min(self.first, day)
            self.last = day if self.last is None else max(self.last, day)


@attrs.define(slots=True, eq=False)
class _Counted:
    claims: int = 0
    days: _Days = attrs.field(factory=_Days)
    names: Counter[str] = attrs.field(factory=Counter)
    kinds: Counter[str] = attrs.field(factory=Counter)
    roles: defaultdict[str, _Days] = attrs.field(factory=lambda: defaultdict(_Days))
    role_counts: Counter[str] = attrs.field(factory=Counter)


def load_roll(home: Home) -> tuple[Roll, tuple[Finding, ...]]:
    """Give the roll of a store's records, and findings on files that hold none."""
    listing = list_documents(home, ("speakers",), what="all speaker records")
    records: list[SpeakerRecord] = list(listing)
    return Roll(records), listing.findings


def find_known_speakers(home: Home) -> Found[KnownSpeaker]:
    """Give everybody who is in the registry or speaks in a claim: those with most claims first."""
    roll, findings = load_roll(home)
    census = Census(roll)
    listing = list_documents(home, ("claims",), what="all claims", wanted=census.counts)
    for _ in listing:  # the census wants none of them for itself: it only looks
        raise AssertionError
    return Found(census.known(), (*findings, *listing.findings))


class Census:
    """Counts claims, given as plain JSON, by speaker."""

    def __init__(self, roll: Roll) -> None:
        self.roll = roll
        self._by_group: defaultdict[str, _Counted] = defaultdict(_Counted)
        self._by_name: defaultdict[tuple[str, bool], _Counted] = defaultdict(_Counted)

    def counts(self, claim: Mapping[str, Any]) -> bool:
        """Count the speakers of a claim, each once; the answer is always False: no claim is asked for."""
        day = day_of(claim)
        seen = []
        for speaker in claim.get("speakers", ()):
            name, role = speaker.get("name"), speaker.get("role")
            written = name if name is not None else role
            if written is not None:
                groups = self.roll.groups_of(speaker, day)
                key = name_key(name) if name is not None else role_key(name_key(written))
                seen.append((groups, (key, name is None), written, role if name is not None else None, speaker["kind"]))
        counted: set[int] = set()  # only now, when nothing can be wrong with the claim any more
        for groups, loose, written, role, kind in seen:
            for one in [self._by_group[group] for group in groups] if groups else [self._by_name[loose]]:
                one.names[written] += 1
                one.kinds[kind] += 1
                if role is not None:
                    one.roles[role].take(day)
                    one.role_counts[role] += 1
                if id(one) not in counted:
                    counted.add(id(one))
                    one.claims += 1
                    one.days.take(day)
        return False

    def known(self) -> tuple[KnownSpeaker, ...]:
        """Give those counted so far and those in the roll, with most claims first."""
        known = [self._recorded(group) for group in self.roll.groups]
        known.extend(_named(counted, is_described) for (_, is_described), counted in self._by_name.items())
        return tuple(sorted(known, key=lambda one: (-one.claims, one.id or "~", one.name)))

    def _recorded(self, group: str) -> KnownSpeaker:
        records, counted = self.roll.groups[group], self._by_group[group]
        own = [name for record in records for name in names_of(record)]
        held = [
            HeldRole(role=role.role, since=role.since, until=role.until, in_registry=True)
            for record in records
            for role in record.roles
        ]
        return KnownSpeaker(
            id=group,
            name=records[0].name,
            kind=records[0].kind,
            records=tuple(record.id for record in records),
            names=_different((*own, *_by_use(counted.names))),
            roles=(*held, *_roles(counted)),
            claims=counted.claims,
            first=counted.days.first,
            last=counted.days.last,
            not_same_as=self.roll.apart_from(group),
        )


def _named(counted: _Counted, is_described: bool) -> KnownSpeaker:
    name, *_ = _by_use(counted.names)
    kind: Any = _by_use(counted.kinds)[0]
    return KnownSpeaker(
        name=name,
        kind=kind,
        names=(name,),
        roles=() if is_described else _roles(counted),
        claims=counted.claims,
        first=counted.days.first,
        last=counted.days.last,
        is_described=is_described,
    )


def _roles(counted: _Counted) -> tuple[HeldRole, ...]:
    shown = _by_use(counted.role_counts)[:_ROLES_SHOWN]
    return tuple(HeldRole(role=role, since=counted.roles[role].first, until=counted.roles[role].last) for role in shown)


def _by_use(counts: Counter[str]) -> list[str]:
    return sorted(counts, key=lambda word: (-counts[word], word))


def _different(names: tuple[str, ...]) -> tuple[str, ...]:
    by_key: dict[str, str] = {}
    for name in names:
        by_key.setdefault(name_key(name), name)
    return tuple(by_key.values())
