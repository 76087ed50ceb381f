"""Two people's copies of one claim made one again: both histories kept, and what truly conflicts named.

The two branches of events stay as they are, under a merge event that has two parents. What only one side changed is
taken from that side; what both changed alike is taken once; the rest is a conflict, and a person decides.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Final, Literal, TypeVar

import attrs

from claimtrack.errors import TransitionError
from claimtrack.models import Claim, Document, Event, EventData
from claimtrack.models.vocabulary import Workflow
from claimtrack.track.digests import canonical_json, event_digest, event_id, number_of
from claimtrack.track.history import check_history, read_history
from claimtrack.track.state import State, link_key
from claimtrack.track.transitions import make_value, name_of_tool, with_state

Side = Literal["ours", "theirs"]
Item = TypeVar("Item")
AnyDocument = TypeVar("AnyDocument", bound=Document)

# On the way to a draft the further step counts; past it, and at the ends, a person has to look.
_ON_THE_WAY: Final[tuple[Workflow, ...]] = (
    "candidate",
    "triaged",
    "assigned",
    "researching",
    "awaiting_response",
    "drafted",
)
_PUBLIC_STEPS: Final = ("publish", "correct", "confirm", "supersede", "retract")
_PLAIN: Final = (
    *("article_id", "kind", "statement", "speakers", "speech_act", "attribution", "made_on", "figures", "dates"),
    "origin",
)
_KEYED: Final[dict[str, Callable[[Any], Hashable]]] = {
    "evidence": link_key,
    "reviews": lambda review: review.id,
    "relations": lambda relation: (relation.kind, relation.claim),
    "tags": lambda tag: tag,
}
_OF_STATE: Final = ("workflow", "verdict", "publication", "rating", "explanation", "assignee", "due", "review_on")


@attrs.frozen(slots=True)
class Conflict:
    """A field that both sides changed, each in its way; `base` is what it was before, or None."""

    field: str
    base: Any
    ours: Any
    theirs: Any

    def __str__(self) -> str:
        """Give one line: the field, and both values."""
        return f"{self.field}: ours {_shown(self.ours)}, theirs {_shown(self.theirs)}, before {_shown(self.base)}"


@attrs.frozen(slots=True)
class Merged:
    """The claim that a merge gives, and the conflicts, in which it holds what the preferred side says (ours)."""

    claim: Claim
    conflicts: tuple[Conflict, ...] = ()


def merge_claims(
    ours: Claim, theirs: Claim, *, base: Claim | None, by: str, at: str, prefer: Side | None = None
) -> Merged:
    """Give two copies of a claim as one, each changed since `base` (None where there was no copy in common).

    Where one history holds the other, it is kept as it is. Else both stay, under a merge event of `by` at `at`.

    >>> from claimtrack.track import triage
    >>> base = triage(Claim(id="rents-1", kind="direct", statement="Rents fell"), by="Ines", at="2025-03-04T10:00Z")
    >>> from claimtrack.track import assign, cite
    >>> ours = cite(base, "rent-index", stance="refutes", by="Ines", at="2025-03-04T11:00Z")
    >>> theirs = assign(base, "Tomas", by="Noor", at="2025-03-04T11:30Z")
    >>> merged = merge_claims(ours, theirs, base=base, by="Noor", at="2025-03-04T12:00Z")
    >>> merged.claim.workflow, len(merged.claim.events), merged.conflicts
    ('researching', 4, ())

    Raises TransitionError when the copies are of different claims, or a history does not hold.
    """
    _check(ours, theirs, base)
    merging = _Merging(ours, theirs, base)
    claim = merging.fields(prefer or "ours")
    if merging.is_split:
        claim = merging.joined(claim, prefer=prefer, by=by, at=at)
    return Merged(claim, tuple(merging.conflicts))


def merge_fields(
    ours: AnyDocument, theirs: AnyDocument, *, base: AnyDocument | None, prefer: Side | None = None
) -> tuple[AnyDocument, tuple[Conflict, ...]]:
    """Give two versions of a document without a history as one, and the conflicts that were met.

    A field that one side alone has changed since `base` is taken from that side. Without a base every difference is a
    conflict, in which the preferred side is kept, ours by default.

    >>> from claimtrack.models import Evidence
    >>> log = Evidence(id="harbour-log", kind="primary")
    >>> merged, conflicts = merge_fields(log.replace(title="Log"), log.replace(publisher="Port"), base=log)
    >>> merged.title, merged.publisher, conflicts
    ('Log', 'Port', ())
    """
    conflicts: list[Conflict] = []
    changes: dict[str, Any] = {}
    for name in type(ours).model_fields:
        mine, other = getattr(ours, name), getattr(theirs, name)
        before = None if base is None else getattr(base, name)
        if mine == other or (base is not None and other == before):
            continue
        if base is None or mine != before:
            conflicts.append(Conflict(name, before, mine, other))
            if prefer != "theirs":
                continue
        changes[name] = other
    return ours.replace(**changes), tuple(conflicts)


def _check(ours: Claim, theirs: Claim, base: Claim | None) -> None:
    for one, name in ((theirs, "theirs"), (base, "base")):
        if one is not None and one.id != ours.id:
            raise TransitionError(f"{ours.id}: {name} is another claim, {one.id}; merge copies of one claim")
    for one, name in ((ours, "ours"), (theirs, "theirs")):
        for finding in check_history(one):
            if finding.severity == "error":
                told = f"{finding.path}: {finding.message}"
                raise TransitionError(f"{one.id}: the history of {name} does not hold, so it is not merged: {told}")


class _Merging:
    """One merge at work: the events told apart, and the conflicts met so far."""

    def __init__(self, ours: Claim, theirs: Claim, base: Claim | None) -> None:
        self.ours, self.theirs, self.base = ours, theirs, base
        self.conflicts: list[Conflict] = []
        mine = {event_digest(event): event for event in ours.events}
        other = {event_digest(event): event for event in theirs.events}
        self.common = [event for digest, event in mine.items() if digest in other]
        self.our_branch = [event for digest, event in mine.items() if digest not in other]
        self.their_branch = [event for digest, event in other.items() if digest not in mine]

    @property
    def is_split(self) -> bool:
        """Whether each side has events that the other has not."""
        return bool(self.our_branch and self.their_branch)

    def fields(self, prefer: Side) -> Claim:
        """Give the claim with every field merged that does not come from the events, and the longer history."""
        changes: dict[str, Any] = {}
        for name in _PLAIN:
            values = [getattr(one, name) for one in (self.base or self.ours, self.ours, self.theirs)]
            if self.base is None and values[1] != values[2]:
                values[0] = None
            changes[name] = self._of_three(name, *values, prefer=prefer)
        for name, key in _KEYED.items():
            before: tuple[Any, ...] = getattr(self.base, name) if self.base is not None else ()
            items = [getattr(self.ours, name), getattr(self.theirs, name)]
            changes[name] = self._items(name, key, before, *items, prefer=prefer)
        further = self.theirs if self.their_branch and not self.our_branch else self.ours
        for name in ("workflow", "verdict", "publication", "events"):
            changes[name] = getattr(further, name)
        return self.ours.replace(**changes)

    def _of_three(self, name: str, base: Any, ours: Any, theirs: Any, *, prefer: Side) -> Any:
        if ours == theirs or theirs == base:
            return ours
        if ours == base:
            return theirs
        self.conflicts.append(Conflict(name, base, ours, theirs))
        return ours if prefer == "ours" else theirs

    def _items(
        self,
        name: str,
        key: Callable[[Any], Hashable],
        base: Iterable[Item],
        ours: Iterable[Item],
        theirs: Iterable[Item],
        *,
        prefer: Side,
    ) -> tuple[Item, ...]:
        """Give the items of a list that both may have added to, taken from, or changed."""
        sides = [{key(item): item for item in items} for items in (base, ours, theirs)]
        old, mine, other = sides
        added = [[one for one in side if one not in old] for side in (mine, other)]
        # The order must not hang on which side is called ours.
        added.sort(key=lambda keys: canonical_json({"keys": [str(one) for one in keys]}))
        found: list[Item] = []
        for one in dict.fromkeys((*old, *added[0], *added[1])):
            label = name if name == "tags" else f"{name} {_named(one)}"
            item = self._of_three(label, old.get(one), mine.get(one), other.get(one), prefer=prefer)
            found += [] if item is None else [item]
        return tuple(found)

    def joined(self, claim: Claim, *, prefer: Side | None, by: str, at: str) -> Claim:
        """Give the claim with both branches of events under a merge event."""
        base = read_history(self.ours.replace(events=self.common)).state
        states = {"ours": read_history(self.ours).state, "theirs": read_history(self.theirs).state}
        before = len(self.conflicts)
        kept = {name: self._of_state(name, base, states["ours"], states["theirs"], prefer) for name in _OF_STATE}
        self._look_at_steps(states["ours"], states["theirs"])
        if len(self.conflicts) > before:  # one side's state as a whole: half of each would be nobody's decision
            kept = {name: getattr(states[prefer or "ours"], name) for name in _OF_STATE}
        branches = [self.our_branch, self.their_branch]
        if self.conflicts:
            branches.sort(key=lambda branch: branch is (self.their_branch if prefer == "theirs" else self.our_branch))
        else:
            branches.sort(key=lambda branch: event_digest(branch[0]))
        event = self._event(kept, branches, prefer=prefer, by=by, at=at)
        events = (*self.common, *branches[0], *branches[1])
        merged = read_history(claim.replace(events=(*events, event)))
        # `with_state` appends the event itself.
        return with_state(claim.replace(events=events), merged.state, event)

    def _of_state(self, name: str, base: State, ours: State, theirs: State, prefer: Side | None) -> Any:
        values = [getattr(state, name) for state in (base, ours, theirs)]
        if name == "workflow" and all(value in _ON_THE_WAY for value in values):
            return max(values[1:], key=_ON_THE_WAY.index) if values[0] not in values[1:] else self._changed(*values)
        return self._of_three(name, *values, prefer=prefer or "ours")

    @staticmethod
    def _changed(base: Any, ours: Any, theirs: Any) -> Any:
        return theirs if ours == base else ours

    def _look_at_steps(self, ours: State, theirs: State) -> None:
        """Find what the fields do not show: work that a review or an end on the other side knew nothing of."""
        named = {conflict.field for conflict in self.conflicts}
        public = [
            [one.action for one in side if one.action in _PUBLIC_STEPS] for side in (self.our_branch, self.their_branch)
        ]
        if all(public) and "publication" not in named:
            self.conflicts.append(Conflict("publication", None, ", ".join(public[0]), ", ".join(public[1])))
        elif "workflow" not in named and (
            (ours.workflow not in _ON_THE_WAY and _moved(self.our_branch) and _worked(self.their_branch))
            or (theirs.workflow not in _ON_THE_WAY and _moved(self.their_branch) and _worked(self.our_branch))
        ):
            shown = [", ".join(event.action for event in branch) for branch in (self.our_branch, self.their_branch)]
            self.conflicts.append(Conflict("workflow", None, *shown))

    def _event(
        self, kept: dict[str, Any], branches: Sequence[Sequence[Event]], *, prefer: Side | None, by: str, at: str
    ) -> Event:
        data = {name: kept[name] for name in ("verdict", "publication", "rating", "explanation")}
        heads = [branch[-1] for branch in branches]
        why = None
        if self.conflicts:
            fields = ", ".join(dict.fromkeys(conflict.field for conflict in self.conflicts))
            mine = event_digest((self.their_branch if prefer == "theirs" else self.our_branch)[-1])
            why = f"both sides changed {fields}; kept the side that ends in {mine[:12]}"
        event: Event = make_value(
            Event,
            source=self.ours.id,
            id="e0",
            at=at,
            by=by,
            action="merge",
            to=kept["workflow"],
            why=why,
            tool=name_of_tool(),
            data=make_value(EventData, source=self.ours.id, **data),
            parents=tuple(event_digest(head) for head in heads),
        )
        return event.replace(id=event_id(event_digest(event), number=1 + max(number_of(head) for head in heads)))


def _moved(branch: Sequence[Event]) -> bool:
    return any(event.from_ != event.to for event in branch)


def _worked(branch: Sequence[Event]) -> bool:
    """Tell whether a branch brought what a reviewer should have seen: evidence, a verdict, an answer."""
    answered = (event.data is not None and event.data.outcome == "answered" for event in branch)
    return any(event.action in ("cite", "decide") for event in branch) or any(answered)


def _named(key: Any) -> str:
    return " ".join(str(part) for part in key if part is not None) if isinstance(key, tuple) else str(key)


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    written = value.model_dump_json(exclude_none=True) if hasattr(value, "model_dump_json") else str(value)
    return written if len(written) <= 120 else written[:117] + "..."
