"""What waits for whom: the queue of a newsroom, worked out from where each claim stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import attrs

from claimtrack.models import Claim
from claimtrack.track.guards import has_passed
from claimtrack.track.history import compute_state
from claimtrack.track.people import same_person
from claimtrack.track.state import State

Step = Literal["triage", "assign", "research", "answer", "submit", "approve", "publish", "review"]


@attrs.frozen(slots=True)
class Waiting:
    """A claim that waits: for which step, for whom (None where it is anybody's), until when, and whether that is over.

    `without` are those who may not take the step: the authors of what is to be approved, and who approved it already.
    """

    claim: Claim
    step: Step
    person: str | None = None
    due: str | None = None
    overdue: bool = False
    without: tuple[str, ...] = ()

    def is_for(self, person: str) -> bool:
        """Tell whether a person can take the step, or has it waiting for them."""
        if any(same_person(person, one) for one in self.without):
            return False
        return self.person is None or same_person(person, self.person)


def find_waiting(claims: Iterable[Claim], *, at: str) -> Iterator[Waiting]:
    """Give what waits among claims, one after the other, at a moment; what is done with waits for nothing.

    >>> from claimtrack.track import assign, triage
    >>> claim = triage(Claim(id="rents-1", kind="direct", statement="Rents fell"), by="Ines", at="2025-03-04T10:00Z")
    >>> claim = assign(claim, "Tomas", due="2025-03-05", by="Ines", at="2025-03-04T10:05Z")
    >>> for one in find_waiting([claim], at="2025-03-06T09:00Z"):
    ...     print(one.step, one.person, one.overdue)
    research Tomas True
    """
    for claim in claims:
        found = _waits(claim, compute_state(claim)) if claim.events else Waiting(claim, "triage")
        if found is None:
            continue
        over = found.due is not None and has_passed(found.due, at=at)
        if found.step == "review":  # the day itself is the day to look
            over = found.due is not None and (has_passed(found.due, at=at) or at.startswith(found.due))
            if not over:
                continue
        yield attrs.evolve(found, overdue=over)


def _waits(claim: Claim, state: State) -> Waiting | None:
    author = state.authors[-1] if state.authors else None
    match state.workflow:
        case "candidate":
            return Waiting(claim, "triage")
        case "triaged":
            return Waiting(claim, "assign")
        case "assigned" | "researching":
            return Waiting(claim, "research", state.assignee, state.due)
        case "awaiting_response" if state.awaited:
            dues = [contact.due for contact in state.awaited if contact.due is not None]
            people = ", ".join(contact.person for contact in state.awaited)
            return Waiting(claim, "answer", people, min(dues, default=None))
        case "awaiting_response":
            return Waiting(claim, "research", state.assignee, state.due)
        case "drafted":
            return Waiting(claim, "submit", state.assignee or author, state.due)
        case "in_review":
            return Waiting(claim, "approve", None, state.due, without=(*state.authors, *state.approvers))
        case "approved":
            return Waiting(claim, "publish", None, state.due)
        case "closed" if state.review_on is not None:
            return Waiting(claim, "review", state.assignee, state.review_on)
    return None
