"""The roll: all speaker records of a store together, with what people decided about them.

Records that are confirmed to be the same make a group, told by the id that comes first. A name belongs to the groups
whose records have it, from the day and until the day that the decision on it says.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from claimtrack.models import SpeakerDecision, SpeakerRecord
from claimtrack.store.registry.forms import name_key

Term = tuple[str, str, str]
"""A group, and the first and the last day for which a name means it."""
_ARTICLE = re.compile(r"(?:the|an?) (?=.)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?=\Z|[T-])")


class Roll:
    """The records of a store by their ids, the groups that they make, and whose each name is."""

    def __init__(self, records: Iterable[SpeakerRecord] = ()) -> None:
        self.records = {record.id: record for record in sorted(records, key=lambda record: record.id)}
        self._parents = {id: id for id in self.records}
        for record in self.records.values():
            for decision in record.same_as:
                if decision.speaker in self.records:
                    self._join(record.id, decision.speaker)
        self.groups: defaultdict[str, list[SpeakerRecord]] = defaultdict(list)
        self._terms: defaultdict[str, list[Term]] = defaultdict(list)
        for record in self.records.values():
            group = self.group_of(record.id)
            self.groups[group].append(record)
            for name, since, until in _names_with_days(record):
                self._terms[name_key(name)].append((group, since, until))
        self._described: defaultdict[str, list[Term]] = defaultdict(list)
        for key, terms in self._terms.items():
            self._described[role_key(key)].extend(terms)

    def group_of(self, id: str) -> str:
        """Give the group that a record is in: the first id of those that are the same."""
        while self._parents[id] != id:
            self._parents[id] = self._parents[self._parents[id]]
            id = self._parents[id]
        return id

    def groups_of(self, speaker: Mapping[str, Any], day: str | None) -> tuple[str, ...]:
        """Give the groups that a claim's speaker is in, told by its `speaker_id`, else by its name, else by its role.

        A name can be several people's, so there can be several. A claim without a day falls outside every term.
        """
        id = speaker.get("speaker_id")
        if id in self.records:
            return (self.group_of(id),)
        name = speaker.get("name")
        if name is not None:
            terms = self._terms.get(name_key(name), ())
        else:
            role = speaker.get("role")
            terms = self._described.get(role_key(name_key(role)), ()) if role else ()
        if not terms:
            return ()
        return tuple(dict.fromkeys(group for group, since, until in terms if _is_within(day, since, until)))

    def own_keys(self, id: str) -> tuple[str, ...]:
        """Give what a decision can name a record by: its id, and the names that it has without a decision."""
        record = self.records[id]
        return (id, *map(name_key, (record.name, *record.aliases)))

    def keys_of(self, groups: frozenset[str]) -> frozenset[str]:
        """Give the keys of all names and roles that belong to groups, at whatever time."""
        named = (self._terms, self._described)
        return frozenset(
            key for terms in named for key, owners in terms.items() if any(owner[0] in groups for owner in owners)
        )

    def owners_of(self, key: str) -> tuple[str, ...]:
        """Give the records that have a name without a decision."""
        return tuple(id for id in self.records if key in self.own_keys(id)[1:])

    def confirmed_for(self, key: str) -> tuple[str, ...]:
        """Give the records for which a name is confirmed."""
        return tuple(
            id
            for id, record in self.records.items()
            if any(one.name is not None and name_key(one.name) == key for one in record.same_as)
        )

    def apart_from(self, group: str) -> frozenset[str]:
        """Give the ids, and the names in the form of `name_key`, that are told apart from a group."""
        return self._apart.get(group, frozenset())

    @functools.cached_property
    def _apart(self) -> Mapping[str, frozenset[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for record in self.records.values():
            for decision in record.not_same_as:
                found[self.group_of(record.id)].add(subject_key(decision))
                if decision.speaker in self.records:
                    found[self.group_of(decision.speaker)].add(record.id)
        return {group: frozenset(keys) for group, keys in found.items()}

    def find_contradictions(self) -> Iterator[tuple[SpeakerRecord, SpeakerDecision]]:
        """Give the decisions that tell apart what others, together, say is the same."""
        for record in self.records.values():
            group = self.group_of(record.id)
            for decision in record.not_same_as:
                if decision.speaker is not None:
                    if decision.speaker in self.records and self.group_of(decision.speaker) == group:
                        yield record, decision
                elif any(term[0] == group for term in self._terms.get(subject_key(decision), ())):
                    yield record, decision

    def _join(self, one: str, other: str) -> None:
        first, second = sorted((self.group_of(one), self.group_of(other)))
        self._parents[second] = first


def names_of(record: SpeakerRecord) -> tuple[str, ...]:
    """Give all names of a record: its own, its aliases, and those that people confirmed."""
    return tuple(dict.fromkeys(name for name, _, _ in _names_with_days(record)))


def subject_key(decision: SpeakerDecision) -> str:
    """Give what a decision is about: an id, or a name in the form of `name_key`."""
    return decision.speaker if decision.speaker is not None else name_key(decision.name or "")


def role_key(key: str) -> str:
    """Give a role without its article, as speakers without a name are known by it."""
    return _ARTICLE.sub("", key, count=1) if _ARTICLE.match(key) else key


def day_of(claim: Mapping[str, Any]) -> str | None:
    """Give the day of a claim: when it was made, else when its article was published, which the id begins with."""
    for written in (claim.get("made_on"), claim.get("article_id")):
        if isinstance(written, str) and (found := _DAY.match(written)):
            return found[0]
    return None


def _names_with_days(record: SpeakerRecord) -> Iterator[tuple[str, str, str]]:
    for name in (record.name, *record.aliases):
        yield name, "", ""
    for decision in record.same_as:
        if decision.name is not None:
            yield decision.name, decision.since or "", decision.until or ""


def _is_within(day: str | None, since: str, until: str) -> bool:
    if not since and not until:
        return True
    return day is not None and since <= day and (not until or day <= until)
