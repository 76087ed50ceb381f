"""What waits for whom, and since when it should not."""

from __future__ import annotations

from typing import Any

import pytest

from claimtrack.errors import TransitionError
from claimtrack.models import Claim
from claimtrack.track import compare_claims, find_waiting
from tests.track.newsroom import CLAIM, INDEX, Desk, at, published


def waits(claim: Claim, when: str = "2025-03-10T09:00:00Z") -> Any:
    found = list(find_waiting([claim], at=when))
    return found[0] if found else None


@pytest.mark.parametrize(
    ("workflow", "step", "person"),
    [
        ("candidate", "triage", None),
        ("triaged", "assign", None),
        ("assigned", "research", "Ines"),
        ("researching", "research", "Ines"),
        ("awaiting_response", "answer", "Dana Ruiz"),
        ("drafted", "submit", "Ines"),
        ("in_review", "approve", None),
        ("approved", "publish", None),
    ],
)
def test_every_open_claim_waits_for_one_step(workflow: str, step: str, person: str | None) -> None:
    found = waits(at(workflow).claim)
    assert (found.step, found.person) == (step, person)


@pytest.mark.parametrize("workflow", ["declined", "duplicate", "withdrawn", "closed"])
def test_what_is_done_with_waits_for_nothing(workflow: str) -> None:
    assert waits(at(workflow).claim) is None


def test_nobody_is_shown_their_own_check_to_approve() -> None:
    found = waits(at("in_review").claim)
    assert [found.is_for(person) for person in ("INES", "Tomas")] == [False, True]


def test_an_answer_is_overdue_when_its_deadline_is_over() -> None:
    claim = at("awaiting_response").claim
    assert [waits(claim, when).overdue for when in ("2025-03-06T23:59:59Z", "2025-03-07T00:00:00Z")] == [False, True]


def test_a_published_check_waits_again_from_the_day_on_which_to_look_at_it() -> None:
    claim = at("approved")("publish", [INDEX], by="Tomas", url="https://check.example/1", review_on="2025-09-01").claim
    assert waits(claim, "2025-08-31T23:00:00Z") is None
    found = waits(claim, "2025-09-01T00:00:00Z")
    assert (found.step, found.overdue) == ("review", True)
    confirmed = Desk(claim)("confirm", by="Tomas", review_on="2026-09-01").claim
    assert waits(confirmed, "2025-09-01T00:00:00Z") is None


def test_a_correction_that_was_begun_waits_like_any_other_work() -> None:
    assert waits(published("correcting").claim).step == "research"


def test_two_versions_are_compared_field_by_field() -> None:
    old, new = at("researching").claim, at("drafted").claim
    assert [str(change).split(":")[0] for change in compare_claims(old, new)] == [
        "~ workflow",
        "+ verdict",
        "+ events",
    ]
    assert [str(change).split(":")[0] for change in compare_claims(new, old)] == [
        "~ workflow",
        "- verdict",
        "- events",
    ]
    assert compare_claims(new, new) == ()


def test_a_link_that_changed_its_stance_is_one_change() -> None:
    old = at("researching").claim
    link = old.evidence[0].replace(stance="supports")
    (change,) = compare_claims(old, old.replace(evidence=(link,)))
    assert (change.path, change.old, change.new) == ("evidence", old.evidence[0], link)


def test_an_order_that_changed_is_told() -> None:
    old = CLAIM.replace(tags=("rents", "housing"))
    assert [str(one) for one in compare_claims(old, old.replace(tags=("housing", "rents")))] == [
        "~ tags: one order → another order"
    ]


def test_versions_of_different_claims_are_not_compared() -> None:
    with pytest.raises(TransitionError, match="are different claims"):
        compare_claims(CLAIM, CLAIM.replace(id="rents-2"))
