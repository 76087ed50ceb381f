"""The one table of a claim's life: which action leads from where to where, what the public sees, and what must hold.

docs/workflow.md prints it, and a test holds the two equal. Nothing else in the code knows what follows what.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, get_args

import attrs

from claimtrack.models import EventData
from claimtrack.models.vocabulary import Action, Publication, Workflow
from claimtrack.track import guards
from claimtrack.track.guards import Guard
from claimtrack.track.policy import Policy
from claimtrack.track.state import PUBLIC, State

Effect = Mapping[str, str]
"""What a move makes of each publication that it may meet."""
AS_BEFORE: Final = "as before"

_HIDDEN: Final[Effect] = {"unpublished": "unpublished"}
_LOCKED_AWAY: Final[Effect] = {"unpublished": "unpublished", "correcting": "correcting"}
_ANY: Final[Effect] = {one: one for one in get_args(Publication)}


@attrs.frozen(slots=True, kw_only=True)
class Move:
    """One row of the table. `end` None means that the workflow stays where it is."""

    action: Action
    start: tuple[Workflow, ...]
    end: Workflow | None
    publication: Effect
    needs: tuple[str, ...] = ()
    """The fields that the event must have: `why`, or names of its data."""
    guards: tuple[Guard, ...] = ()
    only: str = ""
    """In words, which events of the action the row is for."""
    fits: Callable[[State, EventData], bool] = lambda state, data: True

    def begins_at(self, state: State) -> bool:
        """Tell whether the row begins where a claim stands."""
        return state.workflow in self.start and state.publication in self.publication

    def end_of(self, state: State) -> Workflow:
        """Give the workflow after the move."""
        return self.end or state.workflow

    def publication_of(self, state: State) -> Publication:
        """Give the publication after the move."""
        after = self.publication[state.publication]
        if after == AS_BEFORE:
            return state.before or "published"
        return after  # type: ignore[return-value]  # a word of the vocabulary, as a test says


_ALL: Final[tuple[Workflow, ...]] = get_args(Workflow)
_ENDS: Final[tuple[Workflow, ...]] = ("declined", "duplicate", "withdrawn")
_WORK: Final[tuple[Workflow, ...]] = ("assigned", "researching", "awaiting_response", "drafted")
_OPEN: Final[tuple[Workflow, ...]] = ("candidate", "triaged", *_WORK, "in_review", "approved")
_ASKING: Final[tuple[Workflow, ...]] = (
    "researching",
    "awaiting_response",
    "drafted",
    "in_review",
    "approved",
    "closed",
)


def _small(state: State, data: EventData) -> bool:
    return data.correction in ("typo", "clarification")


def _large(state: State, data: EventData) -> bool:
    return data.correction in ("update", "correction")


def _asked(state: State, data: EventData) -> bool:
    return data.outcome == "asked"


def _answered(state: State, data: EventData) -> bool:
    return data.outcome == "answered"


def _silent(state: State, data: EventData) -> bool:
    return data.outcome == "no_answer"


def _enough(state: State, data: EventData) -> bool:
    return len(state.approvers) + 1 >= Policy(eyes=data.eyes or 2).approvals


def _not_enough(state: State, data: EventData) -> bool:
    return not _enough(state, data)


MOVES: Final[tuple[Move, ...]] = (
    Move(action="triage", start=("candidate",), end="triaged", publication=_HIDDEN),
    Move(
        action="decline",
        start=("candidate", "triaged", *_WORK),
        end="declined",
        publication=_HIDDEN,
        needs=("reason",),
    ),
    Move(
        action="mark_duplicate",
        start=("candidate", "triaged", *_WORK),
        end="duplicate",
        publication=_HIDDEN,
        needs=("claim",),
        guards=(guards.is_another_claim,),
    ),
    Move(action="withdraw", start=_OPEN, end="withdrawn", publication=_HIDDEN, needs=("why",)),
    Move(action="assign", start=("triaged",), end="assigned", publication=_HIDDEN, needs=("person",)),
    Move(action="assign", start=_WORK, end=None, publication=_LOCKED_AWAY, needs=("person",)),
    Move(
        action="cite",
        start=("triaged", "assigned"),
        end="researching",
        publication=_HIDDEN,
        needs=("stance",),
        guards=(guards.link_is_whole,),
    ),
    Move(
        action="cite",
        start=("researching", "awaiting_response", "drafted"),
        end=None,
        publication=_LOCKED_AWAY,
        needs=("stance",),
        guards=(guards.link_is_whole,),
    ),
    Move(
        action="contact",
        only="asked",
        fits=_asked,
        start=("triaged", "assigned"),
        end="researching",
        publication=_HIDDEN,
        needs=("person",),
    ),
    Move(action="contact", only="asked", fits=_asked, start=_ASKING, end=None, publication=_ANY, needs=("person",)),
    Move(
        action="contact",
        only="answered",
        fits=_answered,
        start=("awaiting_response",),
        end="researching",
        publication=_LOCKED_AWAY,
        needs=("person",),
    ),
    Move(
        action="contact",
        only="answered",
        fits=_answered,
        start=("researching", "drafted", "in_review", "approved", "closed"),
        end=None,
        publication=_ANY,
        needs=("person",),
    ),
    Move(
        action="contact",
        only="no answer",
        fits=_silent,
        start=("awaiting_response",),
        end="researching",
        publication=_LOCKED_AWAY,
        needs=("person",),
        guards=(guards.deadline_has_passed,),
    ),
    Move(
        action="contact",
        only="no answer",
        fits=_silent,
        start=("researching", "drafted", "in_review", "approved", "closed"),
        end=None,
        publication=_ANY,
        needs=("person",),
        guards=(guards.deadline_has_passed,),
    ),
    Move(
        action="await_response",
        start=("researching", "drafted"),
        end="awaiting_response",
        publication=_LOCKED_AWAY,
        guards=(guards.was_asked,),
    ),
    Move(
        action="decide",
        start=_WORK[1:],
        end="drafted",
        publication=_LOCKED_AWAY,
        needs=("verdict",),
        guards=(guards.has_words, guards.has_evidence),
    ),
    Move(
        action="submit",
        start=("drafted",),
        end="in_review",
        publication=_LOCKED_AWAY,
        guards=(guards.is_drafted, guards.has_evidence),
    ),
    Move(
        action="send_back", start=("in_review", "approved"), end="researching", publication=_LOCKED_AWAY, needs=("why",)
    ),
    Move(
        action="approve",
        only="the last one needed",
        fits=_enough,
        start=("in_review",),
        end="approved",
        publication=_LOCKED_AWAY,
        needs=("eyes",),
        guards=(guards.approver_is_not_author, guards.approves_once),
    ),
    Move(
        action="approve",
        only="more are needed",
        fits=_not_enough,
        start=("in_review",),
        end=None,
        publication=_LOCKED_AWAY,
        needs=("eyes",),
        guards=(guards.approver_is_not_author, guards.approves_once),
    ),
    Move(
        action="publish",
        start=("approved",),
        end="closed",
        publication={"unpublished": "published", "correcting": "corrected"},
        guards=(guards.has_place, guards.is_archived),
    ),
    Move(
        action="correct",
        only="typo, clarification",
        fits=_small,
        start=("closed",),
        end=None,
        publication=dict.fromkeys(PUBLIC, "corrected"),
        needs=("why", "correction"),
        guards=(guards.keeps_verdict,),
    ),
    Move(
        action="correct",
        only="update, correction",
        fits=_large,
        start=("closed",),
        end="researching",
        publication=dict.fromkeys(PUBLIC, "correcting"),
        needs=("why", "correction"),
    ),
    Move(action="confirm", start=("closed",), end=None, publication={one: one for one in PUBLIC}),
    Move(
        action="confirm",
        start=("researching", "awaiting_response", "drafted", "in_review", "approved"),
        end="closed",
        publication={"correcting": AS_BEFORE},
        needs=("why",),
        guards=(guards.verdict_stands,),
    ),
    Move(
        action="supersede",
        start=("closed", *_OPEN[3:]),
        end="closed",
        publication=dict.fromkeys((*PUBLIC, "correcting"), "superseded"),
        needs=("claim",),
        guards=(guards.is_another_claim,),
    ),
    Move(
        action="retract",
        start=("closed", *_OPEN[3:]),
        end="closed",
        publication=dict.fromkeys((*PUBLIC, "correcting"), "retracted"),
        needs=("why",),
    ),
    Move(action="reopen", start=_ENDS, end="triaged", publication=_HIDDEN, needs=("why",)),
    Move(action="note", start=_ALL, end=None, publication=_ANY, needs=("why",)),
)
"""Every row. The first that fits counts; a merge, which joins two histories, is in `merging`."""


def find_move(state: State, action: str, data: EventData) -> Move | None:
    """Give the row for an action on a claim that stands somewhere, or None where it is not allowed."""
    for move in MOVES:
        if move.action == action and move.begins_at(state) and move.fits(state, data):
            return move
    return None


def find_actions(state: State) -> tuple[Action, ...]:
    """Give the actions that are possible where a claim stands, in the order of the table.

    >>> find_actions(State())
    ('triage', 'decline', 'mark_duplicate', 'withdraw', 'note')
    """
    return tuple(dict.fromkeys(move.action for move in MOVES if move.begins_at(state)))
