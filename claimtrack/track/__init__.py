"""A claim's life: steps that append events, the state that they lead to, and the history that shows when it is edited.

>>> from claimtrack.models import Claim
>>> from claimtrack import track
>>> claim = Claim(id="rents-1", kind="direct", statement="Rents fell by 2.5 per cent")
>>> claim = track.triage(claim, by="Ines", at="2025-03-04T10:00:00Z")
>>> claim = track.cite(claim, "rent-index", stance="refutes", by="Ines", at="2025-03-04T11:00:00Z")
>>> claim = track.decide(claim, "false", words="Wrong", by="Ines", at="2025-03-04T12:00:00Z")
>>> claim.workflow, claim.verdict, [event.action for event in claim.events]
('drafted', 'false', ['triage', 'cite', 'decide'])
"""

from claimtrack.track.comparing import Change, compare_claims
from claimtrack.track.digests import claim_head, event_digest
from claimtrack.track.history import check_history, compute_state
from claimtrack.track.merging import Conflict, Merged, merge_claims
from claimtrack.track.moves import MOVES, Move, find_actions
from claimtrack.track.policy import Policy
from claimtrack.track.state import Contact, State
from claimtrack.track.transitions import (
    approve,
    assign,
    await_response,
    cite,
    confirm,
    contact,
    correct,
    decide,
    decline,
    mark_duplicate,
    note,
    publish,
    reopen,
    retract,
    send_back,
    submit,
    supersede,
    triage,
    withdraw,
)
from claimtrack.track.waiting import Waiting, find_waiting

__all__ = [
    "MOVES",
    "Change",
    "Conflict",
    "Contact",
    "Merged",
    "Move",
    "Policy",
    "State",
    "Waiting",
    "approve",
    "assign",
    "await_response",
    "check_history",
    "cite",
    "claim_head",
    "compare_claims",
    "compute_state",
    "confirm",
    "contact",
    "correct",
    "decide",
    "decline",
    "event_digest",
    "find_actions",
    "find_waiting",
    "mark_duplicate",
    "merge_claims",
    "note",
    "publish",
    "reopen",
    "retract",
    "send_back",
    "submit",
    "supersede",
    "triage",
    "withdraw",
]
