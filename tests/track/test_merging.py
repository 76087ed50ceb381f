"""Two people's copies of one claim made one: nothing lost, and what truly conflicts named."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack import track
from claimtrack.errors import TransitionError
from claimtrack.models import Claim, EvidenceLink, Relation
from claimtrack.track import check_history, compute_state, event_digest, find_actions, merge_claims
from tests.track.newsroom import INDEX, LEAFLET, Desk, at, published

WHEN = "2025-04-01T09:00:00Z"


def merge(base: Claim | None, ours: Claim, theirs: Claim, prefer: Any = None) -> track.Merged:
    merged = merge_claims(ours, theirs, base=base, by="Noor", at=WHEN, prefer=prefer)
    assert check_history(merged.claim) == ()
    return merged


def go(claim: Claim, *steps: tuple[str, Any]) -> Claim:
    """Take steps, each an action and its details, on a branch."""
    for number, (action, more) in enumerate(steps):
        details = dict(more)
        given = details.pop("given", ())
        claim = getattr(track, action)(claim, *given, **({"by": "Ines", "at": f"2025-03-20T10:{number:02}Z"} | details))
    return claim


def test_both_histories_stay_under_a_merge_event_with_two_parents() -> None:
    base = at("researching").claim
    ours = go(base, ("cite", {"given": (LEAFLET,), "stance": "context"}))
    theirs = go(
        base, ("assign", {"given": ("Tomas",), "by": "Tomas"}), ("note", {"given": ("Called.",), "by": "Tomas"})
    )
    claim = merge(base, ours, theirs).claim
    assert {*ours.events, *theirs.events} < {*claim.events}
    assert len(claim.events) == len(base.events) + 1 + 2 + 1
    last = claim.events[-1]
    assert (last.action, last.by, last.at, last.why) == ("merge", "Noor", WHEN, None)
    assert set(last.parents) == {event_digest(ours.events[-1]), event_digest(theirs.events[-1])}
    assert [link.evidence for link in claim.evidence] == [INDEX.id, LEAFLET.id]
    assert compute_state(claim).assignee == "Tomas"


def test_after_a_merge_the_work_goes_on() -> None:
    base = at("researching").claim
    ours = go(base, ("decide", {"given": ("false",), "words": "Wrong"}))
    theirs = go(base, ("cite", {"given": (LEAFLET,), "stance": "context", "by": "Tomas"}))
    claim = merge(base, ours, theirs).claim
    assert (claim.workflow, claim.verdict) == ("drafted", "false")
    claim = go(claim, ("submit", {}))
    with pytest.raises(TransitionError, match="somebody else"):
        go(claim, ("approve", {"by": "Ines"}))
    claim = go(claim, ("approve", {"by": "Tomas"}))
    assert check_history(claim)[0].code == "event-time"  # the branches' steps are of March, the merge is of April


def test_merging_what_is_equal_changes_nothing() -> None:
    for claim in (Desk().claim, at("drafted").claim, published("corrected").claim):
        for base in (claim, None):
            assert merge(base, claim, claim) == track.Merged(claim)


def test_a_side_that_did_nothing_takes_the_other_as_it_is() -> None:
    base = at("researching").claim
    theirs = go(base, ("decide", {"given": ("false",), "words": "Wrong"})).replace(tags=("housing",))
    assert merge(base, base, theirs) == track.Merged(theirs)
    assert merge(base, theirs, base) == track.Merged(theirs)


def test_fields_that_no_event_tells_of_are_merged_one_by_one() -> None:
    base = at("triaged").claim.replace(tags=("housing", "old"))
    same = Relation(kind="repeats", claim="rents-7")
    ours = base.replace(tags=("housing", "old", "rents"), made_on="2025-03-01", relations=(same,))
    theirs = base.replace(tags=("housing", "north"), statement="Rents fell by 2.5 per cent")
    claim = merge(base, ours, theirs).claim
    assert set(claim.tags) == {"housing", "rents", "north"}
    assert (claim.made_on, claim.statement, claim.relations) == ("2025-03-01", "Rents fell by 2.5 per cent", (same,))


@pytest.mark.parametrize(
    ("ours", "theirs", "field"),
    [
        (
            ("decide", {"given": ("false",), "words": "Wrong"}),
            ("decide", {"given": ("true",), "words": "Right"}),
            "verdict",
        ),
        (
            ("decide", {"given": ("false",), "words": "Wrong"}),
            ("decide", {"given": ("false",), "words": "No"}),
            "rating",
        ),
        (("decline", {"given": ("too_vague",)}), ("decide", {"given": ("true",), "words": "Right"}), "workflow"),
        (("decline", {"given": ("too_vague",)}), ("cite", {"given": (LEAFLET,), "stance": "refutes"}), "workflow"),
        (("decline", {"given": ("too_vague",)}), ("withdraw", {"why": "Entered twice."}), "workflow"),
        (("assign", {"given": ("Noor",)}), ("assign", {"given": ("Tomas",)}), "assignee"),
        (
            ("cite", {"given": (INDEX,), "stance": "supports"}),
            ("cite", {"given": (INDEX,), "stance": "context"}),
            "evidence rent-index-march",
        ),
    ],
)
def test_what_both_changed_in_their_own_way_is_a_conflict(ours: Any, theirs: Any, field: str) -> None:
    """The conflict is named; the claim holds our side, or the one preferred, as a whole; both histories stay."""
    base = at("researching").claim
    mine, other = go(base, ours), go(base, theirs)
    for prefer, side in ((None, mine), ("ours", mine), ("theirs", other)):
        merged = merge(base, mine, other, prefer)
        assert field in [conflict.field for conflict in merged.conflicts]
        claim = merged.claim
        assert (claim.workflow, claim.verdict) == (side.workflow, side.verdict)
        assert {*side.evidence} <= {*claim.evidence}
        assert {*mine.events, *other.events} < {*claim.events}
        assert str(claim.events[-1].why).startswith("both sides changed ")
        assert all(str(conflict).startswith(f"{conflict.field}: ours ") for conflict in merged.conflicts)


@pytest.mark.parametrize(
    "work", [("cite", {"given": (LEAFLET,), "stance": "supports"}), ("decide", {"given": ("true",), "words": "Right"})]
)
def test_work_that_the_reviewer_did_not_see_is_a_conflict(work: Any) -> None:
    base = at("drafted").claim
    ours = go(base, ("submit", {}), ("approve", {"by": "Tomas"}))
    assert merge(base, ours, go(base, work)).conflicts != ()
    assert merge(base, go(base, work), ours).conflicts != ()
    assert merge(base, ours, go(base, ("note", {"given": ("Called.",)}))).conflicts == ()


def test_an_answer_that_came_while_the_check_was_approved_is_a_conflict() -> None:
    base = at("in_review").claim
    answered = go(base, ("contact", {"given": ("Dana Ruiz",), "outcome": "answered"}))
    assert [one.field for one in merge(base, go(base, ("approve", {"by": "Tomas"})), answered).conflicts] == [
        "workflow"
    ]


def test_published_twice_is_a_conflict() -> None:
    base = at("approved").claim
    sides = [
        go(base, ("publish", {"given": ([INDEX],), "url": f"https://check.example/{name}", "by": name}))
        for name in "ab"
    ]
    assert "publication" in [conflict.field for conflict in merge(base, *sides).conflicts]


def test_a_link_made_without_an_event_is_merged_too() -> None:
    base = at("researching").claim
    by_hand = EvidenceLink(evidence="port-log", stance="context")
    theirs = go(base, ("cite", {"given": (LEAFLET,), "stance": "refutes"}))
    claim = merge(base, base.replace(evidence=(*base.evidence, by_hand)), theirs).claim
    assert {link.evidence for link in claim.evidence} == {INDEX.id, LEAFLET.id, "port-log"}


def test_copies_with_nothing_in_common_keep_all_and_name_what_differs() -> None:
    ours = at("triaged").claim
    theirs = go(Desk().claim, ("triage", {"by": "Tomas"})).replace(statement="Rents fell")
    merged = merge(None, ours, theirs)
    assert [conflict.field for conflict in merged.conflicts] == ["statement"]
    assert "event-parents" not in {finding.code for finding in check_history(ours)}


def test_copies_of_different_claims_and_broken_histories_are_refused() -> None:
    claim = at("drafted").claim
    with pytest.raises(TransitionError, match="theirs is another claim, rents-2"):
        merge(claim, claim, claim.replace(id="rents-2"))
    with pytest.raises(TransitionError, match="the history of theirs does not hold"):
        merge(claim, claim, claim.replace(verdict="true"))


# --- any branches -------------------------------------------------------------------------------------------------

STEPS: list[tuple[str, dict[str, Any]]] = [
    ("note", {"given": ("Called.",)}),
    ("cite", {"given": (INDEX,), "stance": "supports"}),
    ("cite", {"given": (LEAFLET,), "stance": "context"}),
    ("cite", {"search": "the ministry's figures"}),
    ("contact", {"given": ("Dana Ruiz",)}),
    ("contact", {"given": ("Dana Ruiz",), "outcome": "answered"}),
    ("await_response", {}),
    ("assign", {"given": ("Tomas",)}),
    ("decide", {"given": ("false",), "words": "Wrong"}),
    ("decide", {"given": ("true",), "words": "Right"}),
    ("submit", {}),
    ("send_back", {"why": "Which index?"}),
    ("approve", {"by": "Noor"}),
    ("publish", {"given": ([INDEX],), "url": "https://check.example/rents", "waiver": "On paper."}),
    ("correct", {"given": ("typo",), "why": "A slip."}),
    ("correct", {"given": ("update",), "why": "New figures."}),
    ("decline", {"given": ("too_vague",)}),
    ("retract", {"why": "Withdrawn."}),
]


@st.composite
def branches(draw: st.DrawFn) -> tuple[Claim, Claim, Claim]:
    base = at(draw(st.sampled_from(["triaged", "researching", "drafted", "in_review", "approved", "closed"]))).claim
    sides = []
    for name in ("Ines", "Tomas"):
        claim = base
        for number, (action, more) in enumerate(draw(st.lists(st.sampled_from(STEPS), max_size=4))):
            if action in find_actions(compute_state(claim)):
                details = {"by": name, "at": f"2025-03-21T10:{number:02}Z"} | more
                given = details.pop("given", ())
                try:
                    claim = getattr(track, action)(claim, *given, **details)
                except TransitionError:
                    continue
        sides.append(claim)
    return base, sides[0], sides[1]


@settings(max_examples=150, deadline=None)
@given(branches())
def test_any_two_branches_merge_without_losing_an_event_and_in_either_order(sides: tuple[Claim, Claim, Claim]) -> None:
    base, ours, theirs = sides
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert {*ours.events, *theirs.events} <= {*one.claim.events}
    assert {link.evidence or link.search for link in (*ours.evidence, *theirs.evidence)} == {
        link.evidence or link.search for link in one.claim.evidence
    }
    assert {conflict.field for conflict in one.conflicts} == {conflict.field for conflict in other.conflicts}
    if not one.conflicts:
        assert one.claim == other.claim
    again = merge(base, one.claim, ours)
    assert again == track.Merged(one.claim)


@settings(max_examples=60, deadline=None)
@given(branches(), branches())
def test_merges_of_merges_hold(sides: tuple[Claim, Claim, Claim], more: tuple[Claim, Claim, Claim]) -> None:
    """Two people who merged the same branches apart from each other can still be merged."""
    base, ours, theirs = sides
    first = merge_claims(ours, theirs, base=base, by="Noor", at=WHEN).claim
    second = merge_claims(theirs, ours, base=base, by="Tomas", at=WHEN, prefer="ours").claim
    merge(base, first, second)
