"""A history whose edits show."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack import track
from claimtrack.errors import DocumentError, TransitionError
from claimtrack.models import Claim, load_document
from claimtrack.track import check_history, claim_head, event_digest
from tests.models.mutations import changed, dropped, mutants, places
from tests.track.newsroom import CLAIM, published

WHOLE = published("corrected").claim
PLAIN = json.loads(WHOLE.to_json())


def codes(claim: Claim) -> set[str]:
    return {finding.code for finding in check_history(claim)}


def test_a_digest_can_be_computed_anew_from_the_document_alone() -> None:
    """As docs/workflow.md tells it: without id, empty lists and nulls; keys sorted, no spaces; SHA-256 of the UTF-8."""
    for event, plain in zip(WHOLE.events, PLAIN["events"], strict=True):
        kept = {name: value for name, value in plain.items() if name != "id" and value != []}
        written = json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert hashlib.sha256(written.encode()).hexdigest() == event_digest(event)
    assert [event.parents for event in WHOLE.events[1:]] == [(event_digest(one),) for one in WHOLE.events[:-1]]
    assert WHOLE.events[-1].id == f"e{len(WHOLE.events)}-{claim_head(WHOLE)[:12]}"  # type: ignore[index]


def test_a_claim_to_which_nothing_happened_has_no_head() -> None:
    assert claim_head(CLAIM) is None
    assert check_history(CLAIM) == ()


PLACES = [place for place in places(PLAIN["events"]) if place]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PLACES), st.data())
def test_any_change_of_any_event_is_found(place: tuple[str | int, ...], data: st.DataObject) -> None:
    """Whatever is changed in an event, the last too: the document is no longer valid, or its history does not hold."""
    mutant = data.draw(st.sampled_from(list(mutants(PLAIN["events"], place))))
    try:
        claim = load_document(PLAIN | {"events": mutant})
    except DocumentError:
        return
    assert isinstance(claim, Claim)
    if claim == WHOLE:
        return
    assert codes(claim)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_byte_of_the_events_that_is_changed_is_found(data: st.DataObject) -> None:
    written = WHOLE.to_json()
    start, end = written.index('"events"'), written.rindex("]")
    at = data.draw(st.integers(start, end))
    letter = data.draw(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))
    try:
        claim = load_document(written[:at] + letter + written[at + 1 :])
    except DocumentError:
        return
    assert isinstance(claim, Claim)
    assert claim == WHOLE or codes(claim)


@pytest.mark.parametrize("index", range(len(PLAIN["events"]) - 1))
def test_an_event_cut_out_of_the_middle_is_found(index: int) -> None:
    claim = load_document(dropped(PLAIN, ("events", index)))
    assert isinstance(claim, Claim)
    assert {"event-parents"} <= codes(claim)


def test_two_events_that_change_places_are_found() -> None:
    events = PLAIN["events"]
    for index in range(len(events) - 1):
        swapped = [*events[:index], events[index + 1], events[index], *events[index + 2 :]]
        claim = load_document(PLAIN | {"events": swapped})
        assert isinstance(claim, Claim)
        assert codes(claim)


def test_a_cut_tail_is_another_state_and_hidden_only_with_the_state_changed_too() -> None:
    """The digests cannot tell a history that was cut at its end: only a head recorded elsewhere can."""
    shorter = PLAIN | {"events": PLAIN["events"][:-1]}
    cut = load_document(shorter)
    assert isinstance(cut, Claim)
    assert codes(cut) == {"state-differs"}
    hidden = published("published").claim
    assert codes(hidden) == set()
    assert claim_head(hidden) == claim_head(cut) != claim_head(WHOLE)


@pytest.mark.parametrize(
    ("place", "new", "path"),
    [
        (("workflow",), "approved", "$.workflow"),
        (("verdict",), "true", "$.verdict"),
        (("publication",), "published", "$.publication"),
        (("evidence", 0, "stance"), "supports", "$.evidence[0]"),
        (("evidence", 0, "note"), "The index fell.", "$.evidence[0]"),
        (("evidence",), [], "$.evidence"),
        (("reviews", 0, "verdict"), "true", "$.reviews"),
        (("reviews",), [], "$.reviews"),
    ],
)
def test_a_state_that_the_events_do_not_lead_to_is_found_and_worked_on_no_further(
    place: tuple[Any, ...], new: Any, path: str
) -> None:
    claim = load_document(changed(PLAIN, place, new))
    assert isinstance(claim, Claim)
    assert [(finding.code, finding.path) for finding in check_history(claim)] == [("state-differs", path)]
    with pytest.raises(TransitionError, match="its history does not hold, so nothing is added"):
        track.note(claim, "Called.", by="Ines", at="2025-03-09T10:00Z")


def forged(index: int, **changes: Any) -> Claim:
    """Give the history as a forger leaves it who computes every digest anew."""
    events: list[Any] = []
    for number, event in enumerate(WHOLE.events):
        parents = (event_digest(events[-1]),) if events else ()
        event = event.replace(parents=parents, **(changes if number == index else {}))
        events.append(event.replace(id=f"e{number + 1}-{event_digest(event)[:12]}"))
    return WHOLE.replace(events=events)


@pytest.mark.parametrize(
    ("action", "changes", "words"),
    [
        ("approve", {"by": "ines"}, "somebody else must approve it"),
        ("decide", {"data": None}, "decide needs verdict"),
        ("submit", {"action": "publish"}, "publish is not possible at drafted"),
        ("triage", {"from_": "drafted"}, "says from drafted, but the events before lead to candidate"),
        ("triage", {"to": "approved"}, "says to approved, but triage leads to triaged"),
        ("cite", {"data": None}, "cite needs stance"),
        ("publish", {"data": None}, "say where it is published"),
        ("correct", {"why": None}, "correct needs why"),
    ],
)
def test_a_forger_who_computes_all_digests_anew_still_cannot_break_the_table(
    action: str, changes: dict[str, Any], words: str
) -> None:
    index = [event.action for event in WHOLE.events].index(action)
    told = [finding for finding in check_history(forged(index, **changes)) if finding.code == "event-illegal"]
    assert any(words in finding.message for finding in told)


def test_a_small_correction_with_another_verdict_is_found() -> None:
    data = WHOLE.events[-1].data
    assert data is not None
    claim = forged(len(WHOLE.events) - 1, data=data.replace(verdict="true"))
    assert "a typo cannot change the verdict" in " ".join(finding.message for finding in check_history(claim))


def test_an_event_before_its_parent_in_time_is_a_warning() -> None:
    claim = track.note(WHOLE, "Called.", by="Noor", at="2020-01-01T00:00Z")
    assert [(finding.code, finding.severity) for finding in check_history(claim)] == [("event-time", "warning")]
    track.note(claim, "Called again.", by="Noor", at="2025-04-01T00:00Z")


def test_two_histories_put_together_by_hand_have_two_ends() -> None:
    ours = track.note(WHOLE, "Called.", by="Noor", at="2025-04-01T00:00Z")
    theirs = track.note(WHOLE, "Wrote.", by="Tomas", at="2025-04-01T00:00Z")
    assert "event-heads" in codes(ours.replace(events=(*ours.events, theirs.events[-1])))


def test_a_link_that_came_with_an_import_needs_no_event() -> None:
    claim = CLAIM.replace(evidence=published("published").claim.evidence)
    assert check_history(claim) == ()
