"""Random steps, allowed or not, against a model that knows only the rules a newsroom would write on one page."""

from __future__ import annotations

import typing
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from claimtrack import track
from claimtrack.errors import TransitionError
from claimtrack.models import load_document
from claimtrack.models.vocabulary import Action, Verdict
from claimtrack.track import Policy, check_history, claim_head, compute_state, find_actions
from tests.track.newsroom import CLAIM, INDEX, LEAFLET, clock

PEOPLE = st.sampled_from(["Ines", "ines", "Tomas", "Noor"])
VERDICTS = st.sampled_from(typing.get_args(Verdict)[:6])
FREE: dict[str, st.SearchStrategy[tuple[tuple[Any, ...], dict[str, Any]]]] = {
    "triage": st.just(((), {})),
    "decline": st.sampled_from([("too_vague",), ("not_checkable",)]).map(lambda given: (given, {})),
    "mark_duplicate": st.sampled_from(["rents-1", "rents-2"]).map(lambda id: ((id,), {})),
    "withdraw": st.just(((), {"why": "Entered twice."})),
    "assign": PEOPLE.map(lambda person: ((person,), {})),
    "contact": st.sampled_from(["asked", "answered", "no_answer"]).map(
        lambda outcome: (("Dana Ruiz",), {"outcome": outcome, "due": "2025-03-04"})
    ),
    "await_response": st.just(((), {})),
    "submit": st.just(((), {})),
    "send_back": st.just(((), {"why": "Which index?"})),
    "confirm": st.just(((), {"why": "It stands."})),
    "supersede": st.sampled_from(["rents-1", "rents-9"]).map(lambda id: ((id,), {})),
    "retract": st.just(((), {"why": "The index was withdrawn."})),
    "reopen": st.just(((), {"why": "It was said again."})),
    "note": st.just((("Called.",), {})),
}


class Life(RuleBasedStateMachine):
    """One claim, any steps; the model is the few things that must never happen."""

    def __init__(self) -> None:
        super().__init__()
        self.claim = CLAIM
        self.now = clock()
        self.events: tuple[Any, ...] = ()
        self.public_verdict: str | None = None
        self.writers: set[str] = set()

    def take(self, action: str, *details: Any, **more: Any) -> bool:
        """Take a step, and tell whether it was allowed."""
        before, possible = self.claim, find_actions(compute_state(self.claim))
        try:
            self.claim = getattr(track, action)(self.claim, *details, at=self.now(), **more)
        except TransitionError:
            return False
        assert action in possible
        assert len(self.claim.events) == len(before.events) + 1
        return True

    @rule(by=PEOPLE, data=st.data(), action=st.sampled_from(sorted(FREE)))
    def step(self, action: str, by: str, data: st.DataObject) -> None:
        before = self.claim.workflow
        details, more = data.draw(FREE[action])
        if self.take(action, *details, by=by, **more):
            if action == "submit":
                self.writers.add(by.lower())
            if action == "reopen":
                self.writers.clear()
                assert before in ("declined", "duplicate", "withdrawn")

    @rule(by=PEOPLE, evidence=st.sampled_from([INDEX, LEAFLET]), stance=st.sampled_from(["refutes", "irrelevant"]))
    def cite(self, by: str, evidence: Any, stance: str) -> None:
        self.take("cite", evidence, stance=stance, by=by)

    @rule(by=PEOPLE)
    def search(self, by: str) -> None:
        self.take("cite", search="the ministry's figures", by=by)

    @rule(by=PEOPLE, verdict=VERDICTS)
    def decide(self, by: str, verdict: Verdict) -> None:
        before = self.claim
        if self.take("decide", verdict, words="In our words", by=by):
            self.writers.add(by.lower())
            assert before.publication in ("unpublished", "correcting")
            assert any(link.stance != "irrelevant" for link in before.evidence)

    @rule(by=PEOPLE, eyes=st.integers(1, 3))
    def approve(self, by: str, eyes: int) -> None:
        if self.take("approve", by=by, policy=Policy(eyes=eyes)):
            assert eyes == 1 or by.lower() not in self.writers
            assert self.claim.verdict is not None

    @rule(by=PEOPLE, waiver=st.sampled_from([None, "On paper only."]))
    def publish(self, by: str, waiver: str | None) -> None:
        before = self.claim
        if self.take("publish", [INDEX, LEAFLET], by=by, url="https://check.example/rents", waiver=waiver):
            assert before.workflow == "approved"
            leaflet = any(link.evidence == LEAFLET.id and link.stance != "irrelevant" for link in before.evidence)
            assert waiver or not leaflet
            self.public_verdict = self.claim.verdict

    @rule(by=PEOPLE, kind=st.sampled_from(["typo", "clarification", "update", "correction"]))
    def correct(self, by: str, kind: Any) -> None:
        if self.take("correct", kind, by=by, why="A slip.") and kind in ("update", "correction"):
            self.writers.clear()

    @precondition(lambda self: self.claim.workflow in ("researching", "drafted", "in_review", "approved"))
    @rule(by=PEOPLE)
    def hurry(self, by: str) -> None:
        """Go the next step of the main line, so that runs come to the end of it."""
        nobody = "Somebody Else"
        match self.claim.workflow:
            case "researching":
                self.cite(by, INDEX, "refutes")
                self.decide(by, "false")
            case "drafted":
                if self.take("submit", by=by):
                    self.writers.add(by.lower())
            case "in_review":
                self.take("approve", by=nobody)
            case "approved":
                self.publish(by, "On paper only.")

    @invariant()
    def state_equals_computed_state(self) -> None:
        assert [one for one in check_history(self.claim) if one.severity == "error"] == []
        assert load_document(self.claim.to_json()) == self.claim

    @invariant()
    def events_only_grow(self) -> None:
        assert self.claim.events[: len(self.events)] == self.events
        self.events = self.claim.events
        assert (claim_head(self.claim) is None) == (self.events == ())

    @invariant()
    def the_verdict_is_locked_while_published(self) -> None:
        if self.claim.publication in ("published", "corrected"):
            assert self.claim.verdict == self.public_verdict
            assert self.claim.reviews[-1].verdict == self.public_verdict

    @invariant()
    def ends_of_publication_are_ends(self) -> None:
        if self.claim.publication in ("superseded", "retracted"):
            assert find_actions(compute_state(self.claim)) == ("contact", "note")


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)


def test_the_machine_tries_every_action() -> None:
    tried = set(FREE) | {"cite", "decide", "approve", "publish", "correct"}
    assert tried == set(typing.get_args(Action)) - {"merge"}
