"""A claim's events read from the first to the last: the state that they lead to, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from claimtrack.errors import Finding, Severity
from claimtrack.models import Claim, Event
from claimtrack.track.digests import event_digest, event_id, number_of
from claimtrack.track.guards import instant
from claimtrack.track.moves import find_actions, find_move
from claimtrack.track.state import NO_DATA, State, apply_event, cited_link, link_key


@attrs.frozen(slots=True)
class History:
    """What reading a claim's events gives: the state that they lead to, their digests, and all that is wrong."""

    state: State
    digests: tuple[str, ...]
    findings: tuple[Finding, ...]


def compute_state(claim: Claim) -> State:
    """Give the state that a claim's events lead to, whatever the claim itself says about it.

    >>> compute_state(Claim(id="rents-1", kind="direct", statement="Rents fell")).workflow
    'candidate'
    """
    return read_history(claim).state


def check_history(claim: Claim) -> tuple[Finding, ...]:
    """Give what is wrong with a claim's events, and where its stored state is not what they lead to.

    >>> claim = Claim(id="rents-1", kind="direct", statement="Rents fell", verdict="true")
    >>> for finding in check_history(claim):
    ...     print(finding)
    error state-differs $.verdict: says true, but the events lead to no verdict; restore the document, or decide it anew
    """
    return read_history(claim).findings


def start_state(claim: Claim) -> State:
    """Give the state before the first event: a candidate, with the links that came otherwise than by citing."""
    cited = {link_key(link) for event in claim.events if (link := cited_link(event)) is not None}
    return State(id=claim.id, links=tuple(link for link in claim.evidence if link_key(link) not in cited))


def read_history(claim: Claim) -> History:
    """Give the history that a claim's events make."""
    reader = _Reader(claim)
    for index, event in enumerate(claim.events):
        reader.take(index, event)
    heads = [digest for digest in reader.digests if digest not in reader.carried]
    if len(heads) > 1:
        shown = ", ".join(head[:12] for head in heads)
        reader.findings += _finding(
            "event-heads", f"the history has {len(heads)} ends ({shown}); merge them", "$.events"
        )
    reader.findings.extend(_compare(claim, reader.state))
    return History(reader.state, tuple(reader.digests), tuple(reader.findings))


class _Reader:
    """Reads events in their order. After a fault it goes on as the event says, so that all faults are found."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.start = self.state = start_state(claim)
        self.digests: list[str] = []
        self.carried: set[str] = set()
        self.findings: list[Finding] = []
        self._places: dict[str, int] = {}
        self._states: list[State] = []

    def take(self, index: int, event: Event) -> None:
        path, digest = f"$.events[{index}]", event_digest(event)
        parents = self._find_parents(index, event, path)
        number = 1 + max((number_of(self.claim.events[parent]) for parent in parents), default=0)
        if event.id != event_id(digest, number=number):
            message = "the event was changed after it was written; restore it from git or another copy"
            self.findings += _finding("event-changed", message, path)
        before = self._states[parents[-1]] if parents else self.start
        self.state = self._merge(event, parents, path) if event.action == "merge" else self._step(before, event, path)
        last = self.claim.events[parents[-1]] if parents else None
        if last is not None and event.action != "merge" and instant(event.at) < instant(last.at):
            self.findings += _finding(
                "event-time", f"{event.at} is before the event before it, {last.at}", path, severity="warning"
            )
        self._states.append(self.state)
        self.digests.append(digest)
        self.carried.update(event.parents)
        self._places[digest] = index

    def _find_parents(self, index: int, event: Event, path: str) -> list[int]:
        # Two copies that had no event in common have a first event each, until a merge.
        wanted = 2 if event.action == "merge" else min(1, len(event.parents))
        found = [self._places[parent] for parent in event.parents if parent in self._places]
        if len(found) < len(event.parents):
            message = "what it names as the event before is not there, or was changed, moved or cut out"
            self.findings += _finding("event-parents", message, path + ".parents")
        elif len(event.parents) != wanted or len(set(found)) != wanted:
            message = f"names {len(event.parents)} events before it; {event.action} follows {wanted}, which differ"
            self.findings += _finding("event-parents", message, path + ".parents")
        return found or ([index - 1] if index and event.parents else [])

    def _step(self, before: State, event: Event, path: str) -> State:
        data = event.data or NO_DATA
        move = find_move(before, event.action, data)
        if event.from_ != before.workflow:
            message = f"says from {event.from_ or 'nowhere'}, but the events before lead to {before.workflow}"
            self.findings += _finding("event-illegal", message, path + ".from")
        if move is None:
            possible = ", ".join(find_actions(before))
            message = (
                f"{event.action} is not possible at {before.workflow}, {before.publication}; possible are {possible}"
            )
            self.findings += _finding("event-illegal", message, path)
            return apply_event(before, event)
        if event.to != move.end_of(before):
            message = f"says to {event.to or 'nowhere'}, but {event.action} leads to {move.end_of(before)}"
            self.findings += _finding("event-illegal", message, path + ".to")
        for name in move.needs:
            if getattr(event if name == "why" else data, name) is None:
                self.findings += _finding("event-illegal", f"{event.action} needs {name}", path)
        for guard in move.guards:
            # What an import linked before the first event cannot be told from what was cited anew later.
            if guard.__name__ == "has_evidence" and self.claim.origin is not None:
                continue
            if (sentence := guard(before, event, None)) is not None:
                self.findings += _finding("event-illegal", sentence, path)
        return apply_event(before, event, publication=move.publication_of(before))

    def _merge(self, event: Event, parents: Sequence[int], path: str) -> State:
        """Give the state after a merge: what it keeps of the two ends, and everything else that their events told."""
        data, ends = event.data or NO_DATA, [self._states[parent] for parent in parents]
        kept = (("workflow", event.to), ("verdict", data.verdict), ("publication", data.publication))
        for name, value in kept:
            if value not in [getattr(end, name) for end in ends]:
                self.findings += _finding(
                    "event-illegal", f"a merge keeps the {name} of one of its sides, not {value}", path
                )
        state = self.start
        for index in sorted(self._ancestors(parents)):
            one = self.claim.events[index]
            state = apply_event(state, one, publication=self._states[index].publication)
        return apply_event(state, event, publication=data.publication)

    def _ancestors(self, parents: Sequence[int]) -> set[int]:
        found: set[int] = set()
        waiting = list(parents)
        while waiting:
            index = waiting.pop()
            if index not in found:
                found.add(index)
                known = self.claim.events[index].parents
                waiting.extend(self._places[parent] for parent in known if parent in self._places)
        return found


def _finding(code: str, message: str, path: str, *, severity: Severity = "error") -> tuple[Finding]:
    return (Finding(code=code, severity=severity, message=message, path=path),)


def _compare(claim: Claim, state: State) -> Iterator[Finding]:
    """Give a finding for each field of a claim that is not as its events say."""
    for name in ("workflow", "verdict", "publication"):
        stored, computed = getattr(claim, name), getattr(state, name)
        if stored != computed:
            remedy = {"verdict": "or decide it anew"}.get(name, "or take the step again")
            yield from _finding(
                "state-differs",
                f"says {stored or 'no ' + name}, but the events lead to {computed or 'no ' + name}; "
                f"restore the document, {remedy}",
                f"$.{name}",
            )
    stored_links = {link_key(link): (index, link) for index, link in enumerate(claim.evidence)}
    for link in state.links:
        index, stored = stored_links.get(link_key(link), (None, None))
        if stored is None:
            yield from _finding(
                "state-differs", f"the link to {link.evidence or link.search!r} was cited and is not here", "$.evidence"
            )
        elif stored != link:
            yield from _finding(
                "state-differs", "is not as it was cited; cite it again to change it", f"$.evidence[{index}]"
            )
    if len(stored_links) < len(claim.evidence):
        yield from _finding("state-differs", "the same evidence is linked twice in one set", "$.evidence")
    if state.review is not None and state.review not in claim.reviews:
        yield from _finding(
            "state-differs", f"our own review {state.review.id} is not as it was published", "$.reviews"
        )
