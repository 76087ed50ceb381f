"""Each row of the table: where it begins it leads where it says, and anywhere else it is refused by name."""

from __future__ import annotations

import typing
from typing import Any

import pytest

from claimtrack import track
from claimtrack.errors import ClaimtrackError, TransitionError
from claimtrack.models.vocabulary import Action, Publication, Workflow
from claimtrack.track import MOVES, Move, compute_state, find_actions
from claimtrack.track.moves import AS_BEFORE
from tests.track.newsroom import INDEX, Desk, at, published

WORKFLOWS = typing.get_args(Workflow)
PUBLICATIONS = typing.get_args(Publication)

DETAILS: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "triage": ((), {}),
    "decline": (("not_checkable",), {}),
    "mark_duplicate": (("rents-2",), {}),
    "withdraw": ((), {"why": "Entered twice."}),
    "assign": (("Noor",), {}),
    "cite": ((INDEX,), {"stance": "supports"}),
    "contact": (("Dana Ruiz",), {}),
    "await_response": ((), {}),
    "decide": (("true",), {"words": "Right"}),
    "submit": ((), {}),
    "send_back": ((), {"why": "Which index?"}),
    "approve": ((), {"by": "Noor"}),
    "publish": (([INDEX],), {"url": "https://check.example/rents"}),
    "correct": (("typo",), {"why": "A name was misspelt."}),
    "confirm": ((), {"why": "Looked at again."}),
    "supersede": (("rents-9",), {}),
    "retract": ((), {"why": "The index was withdrawn."}),
    "reopen": ((), {"why": "The speaker said it again."}),
    "note": (("Called the ministry.",), {}),
}


def somewhere(workflow: str, publication: str) -> Desk | None:
    """Give a claim that stands at a workflow and a publication, or None where none can."""
    if publication == "unpublished":
        return at(workflow) if workflow != "closed" else None
    desk = published(publication)
    if publication != "correcting":
        return desk if workflow == "closed" else None
    steps = ["researching", "drafted", "in_review", "approved"]
    if workflow == "awaiting_response":
        return desk("contact", "Dana Ruiz")("await_response")
    if workflow not in steps:
        return None
    for step in steps[1 : steps.index(workflow) + 1]:
        action = {"drafted": "decide", "in_review": "submit", "approved": "approve"}[step]
        desk(action, *(("false",) if action == "decide" else ()), **_words(action))
    return desk


def _words(action: str) -> dict[str, Any]:
    return {"decide": {"words": "Wrong"}, "approve": {"by": "Tomas"}}.get(action, {})


STANDS = [(w, p) for w in WORKFLOWS for p in PUBLICATIONS if somewhere(w, p) is not None]


def rows(action: str, workflow: str, publication: str) -> list[Move]:
    return [one for one in MOVES if one.action == action and workflow in one.start and publication in one.publication]


def test_the_places_where_a_claim_can_stand_are_all_tried() -> None:
    assert len(STANDS) == 11 + 5 + 4
    assert (
        {action for move in MOVES for action in [move.action]} == set(DETAILS) == {*typing.get_args(Action)} - {"merge"}
    )


@pytest.mark.parametrize("action", DETAILS)
@pytest.mark.parametrize(("workflow", "publication"), STANDS)
def test_every_action_does_at_every_place_what_the_table_says(action: str, workflow: str, publication: str) -> None:
    """Allowed: the claim goes where the row leads and gains one event. Not allowed: the error names what is."""
    desk = somewhere(workflow, publication)
    assert desk is not None
    before, (details, more) = desk.claim, DETAILS[action]
    assert (before.workflow, before.publication) == (workflow, publication)
    fitting = rows(action, workflow, publication)
    if action == "await_response" and fitting and not compute_state(before).awaited:
        desk("contact", "Dana Ruiz")
        before = desk.claim
    if not fitting:
        with pytest.raises(TransitionError) as caught:
            desk(action, *details, **more)
        assert caught.value.allowed == find_actions(compute_state(before))
        assert action not in caught.value.allowed
        assert all(one in str(caught.value) for one in caught.value.allowed)
        assert desk.claim == before
        return
    after = desk(action, *details, **more).claim
    state = compute_state(before)
    move = next(one for one in fitting if one.fits(state, after.events[-1].data or track.state.NO_DATA))
    assert after.workflow == (move.end or workflow)
    wanted = move.publication[publication]
    assert after.publication == (state.before if wanted == AS_BEFORE else wanted)
    assert after.events[:-1] == before.events
    assert (after.events[-1].from_, after.events[-1].to) == (before.workflow, after.workflow)
    assert track.check_history(after) == ()


def test_an_error_is_of_the_tree_and_a_value_error() -> None:
    with pytest.raises(ValueError, match="rents-1: cannot publish here: that needs the workflow approved") as caught:
        Desk()("publish", url="https://check.example/rents")
    assert isinstance(caught.value, ClaimtrackError)


def test_every_word_of_the_table_is_of_the_vocabulary() -> None:
    for move in MOVES:
        assert {*move.start, move.end or "closed"} <= set(WORKFLOWS)
        assert {*move.publication} <= set(PUBLICATIONS)
        assert {*move.publication.values()} <= {*PUBLICATIONS, AS_BEFORE}


def test_every_workflow_but_the_first_can_be_reached_and_none_but_the_ends_of_publication_is_a_dead_end() -> None:
    assert {move.end for move in MOVES if move.end} == set(WORKFLOWS) - {"candidate"}
    stuck = {place for place in STANDS if find_actions(compute_state(somewhere(*place).claim)) in [("contact", "note")]}  # type: ignore[union-attr]
    assert stuck == {("closed", "superseded"), ("closed", "retracted")}
