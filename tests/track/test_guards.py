"""What a standards editor would not let pass, beyond what follows what."""

from __future__ import annotations

from typing import Any

import pytest

from claimtrack import track
from claimtrack.errors import DocumentError, TransitionError
from claimtrack.models import Evidence, Rating
from claimtrack.track import Policy, compute_state
from tests.track.newsroom import INDEX, LEAFLET, ONE_PAIR, Desk, at, published


def refused(desk: Desk, reason: str, action: str, /, *details: Any, **more: Any) -> None:
    before = desk.claim
    with pytest.raises(TransitionError, match=reason):
        desk(action, *details, **more)
    assert desk.claim is before


def test_a_draft_needs_evidence_or_a_search_that_found_nothing() -> None:
    desk = at("triaged")("contact", "Dana Ruiz")
    refused(desk, "nothing is cited that bears on the claim", "decide", "unproven", words="We found nothing")
    desk("cite", LEAFLET, stance="irrelevant")
    refused(desk, "nothing is cited that bears on the claim", "decide", "unproven", words="We found nothing")
    desk("cite", search="the ministry's figures for March")("decide", "unproven", words="We found nothing")
    assert (desk.claim.workflow, desk.claim.evidence[-1].stance) == ("drafted", "nothing_found")


def test_a_verdict_comes_with_the_reviewers_own_words() -> None:
    refused(at("researching"), "needs the reviewer's own words", "decide", "false")
    refused(at("researching"), "needs the reviewer's own words", "decide", "false", rating=Rating(value="1"))
    scale = Rating(value="1", best="5", worst="1", scale="herald-5@1")
    claim = at("researching")("decide", "false", words="Wrong", rating=scale).claim
    assert compute_state(claim).rating == scale.replace(label="Wrong")


@pytest.mark.parametrize("name", ["Ines", "ines", " INES", "In\u200bes", "Ｉｎｅｓ"])
def test_who_decided_or_submitted_does_not_approve_however_the_name_is_spelt(name: str) -> None:
    refused(at("in_review"), "somebody else must approve it", "approve", by=name)
    drafted = at("drafted")("submit", by="Tomas")
    refused(drafted, "somebody else", "approve", by="Tomas")
    assert drafted("approve", by="Noor").claim.workflow == "approved"


def test_one_pair_of_eyes_lets_the_author_approve_and_the_event_says_so() -> None:
    claim = at("in_review")("approve", policy=ONE_PAIR).claim
    assert claim.workflow == "approved"
    assert claim.events[-1].data is not None
    assert claim.events[-1].data.eyes == 1


def test_three_pairs_of_eyes_need_two_others() -> None:
    three = Policy(eyes=3)
    desk = at("in_review")("approve", by="Tomas", policy=three)
    assert desk.claim.workflow == "in_review"
    refused(desk, "tomas has approved it already", "approve", by="tomas", policy=three)
    refused(desk, "somebody else", "approve", by="Ines", policy=three)
    assert desk("approve", by="Noor", policy=three).claim.workflow == "approved"


def test_approvals_end_when_the_check_is_sent_back() -> None:
    three = Policy(eyes=3)
    desk = at("in_review")("approve", by="Tomas", policy=three)("send_back", by="Noor", why="Which index?")
    desk("decide", "false", words="Wrong")("submit")("approve", by="Tomas", policy=three)
    assert desk.claim.workflow == "in_review"


@pytest.mark.parametrize("eyes", [0, 10, -1, True, 2.0, "2", None])
def test_a_policy_is_a_number_of_people(eyes: Any) -> None:
    with pytest.raises(TransitionError, match="a whole number from 1 to 9"):
        Policy(eyes=eyes)


def test_publishing_needs_a_copy_of_all_that_bears_on_it_or_a_waiver() -> None:
    desk = at("researching")("cite", LEAFLET, stance="context")("decide", "false", words="Wrong")("submit")
    desk("approve", by="Tomas")
    url = "https://check.example/rents"
    refused(desk, "no archived copy of rent-index-march, party-leaflet and documents", "publish", url=url)
    refused(desk, "no archived copy of party-leaflet in the store", "publish", [INDEX, LEAFLET], url=url)
    claim = desk("publish", [INDEX, LEAFLET], url=url, waiver="The leaflet was handed out on paper.").claim
    assert claim.publication == "published"
    assert claim.events[-1].data is not None
    assert claim.events[-1].data.waiver == "The leaflet was handed out on paper."


def test_a_captured_copy_is_an_archived_copy_and_a_digest_alone_is_not() -> None:
    url = "https://check.example/rents"
    digest = Evidence(id=INDEX.id, kind="primary", sha256="3f" * 32)
    refused(at("approved"), "no archived copy", "publish", [digest], url=url)
    captured = digest.replace(copy_path="copies/3f/3f.warc.gz")
    assert at("approved")("publish", [captured], url=url).claim.publication == "published"


def test_a_check_of_searches_alone_is_published_with_a_waiver() -> None:
    desk = at("triaged")("cite", search="the ministry's figures")("decide", "unproven", words="No proof")("submit")
    desk("approve", by="Tomas")
    refused(desk, "only searches; give waiver", "publish", url="https://check.example/rents")
    desk("publish", url="https://check.example/rents", waiver="Nothing was found that could be kept.")


def test_the_first_publication_says_where_and_the_next_may_be_there_again() -> None:
    refused(at("approved"), "say where it is published", "publish", [INDEX])
    desk = published("correcting")("decide", "true", words="Right")("submit")("approve", by="Tomas")
    desk("publish", [INDEX])
    (review,) = desk.claim.reviews
    assert (review.url, review.verdict) == ("https://check.example/rents", "true")
    assert review.rating is not None
    assert (review.rating.label, review.modified) == ("Right", desk.claim.events[-1].at)


def test_while_published_the_verdict_is_locked() -> None:
    for desk in (published("published"), published("corrected")):
        refused(desk, "that needs the workflow", "decide", "true", words="Right")
        refused(desk, "that needs the workflow", "cite", LEAFLET, stance="supports")


@pytest.mark.parametrize("kind", ["typo", "clarification"])
def test_a_small_correction_changes_words_at_once_and_never_the_verdict(kind: Any) -> None:
    claim = published("published")(
        "correct", kind, why="Said more clearly.", words="Not so", explanation="It rose."
    ).claim
    assert (claim.workflow, claim.publication, claim.verdict) == ("closed", "corrected", "false")
    (review,) = claim.reviews
    assert review.rating is not None
    assert (review.rating.label, review.explanation, review.verdict) == ("Not so", "It rose.", "false")


@pytest.mark.parametrize("kind", ["update", "correction"])
def test_a_large_correction_goes_the_whole_way_again_past_another_pair_of_eyes(kind: Any) -> None:
    desk = published("published")("correct", kind, why="The index is of February; wrong since 4 March.")
    assert (desk.claim.workflow, desk.claim.publication, desk.claim.verdict) == ("researching", "correcting", "false")
    desk("decide", "true", words="Right", by="Tomas")("submit", by="Tomas")
    refused(desk, "somebody else", "approve", by="Tomas")
    claim = desk("approve", by="Ines")("publish", [INDEX]).claim
    assert (claim.workflow, claim.publication, claim.verdict) == ("closed", "corrected", "true")


def test_a_correction_says_what_was_wrong() -> None:
    with pytest.raises(TypeError):
        published("published")("correct", "typo")
    with pytest.raises(DocumentError):
        published("published")("correct", "typo", why="")
    with pytest.raises(DocumentError, match="correction"):
        published("published")("correct", "mistake", why="A slip.")


def test_a_correction_that_was_not_needed_ends_where_it_began() -> None:
    desk = published("correcting")("decide", "false", words="Quite wrong")
    claim = desk("confirm", why="The index is of March after all.").claim
    assert (claim.workflow, claim.publication) == ("closed", "published")
    assert claim.reviews[0].rating is not None
    assert claim.reviews[0].rating.label == "Wrong"
    changed = published("correcting")("decide", "true", words="Right")
    refused(changed, "the verdict is now true, and false is published", "confirm", why="Never mind.")


def test_what_was_published_ends_in_public_and_not_in_silence() -> None:
    for publication in ("published", "correcting", "corrected"):
        refused(published(publication), "cannot decline", "decline", "too_vague")
        refused(published(publication), "cannot withdraw", "withdraw", why="A slip.")
        refused(published(publication), "cannot mark_duplicate", "mark_duplicate", "rents-2")


def test_nothing_is_its_own_duplicate_or_successor() -> None:
    refused(at("triaged"), "the other claim is this one", "mark_duplicate", "rents-1")
    refused(published("published"), "the other claim is this one", "supersede", "rents-1")


def test_no_answer_is_noted_only_when_the_deadline_is_over() -> None:
    desk = at("researching")
    refused(desk, "Dana Ruiz was not asked", "contact", "Dana Ruiz", outcome="no_answer")
    desk("contact", "Dana Ruiz")
    refused(desk, "was given no deadline", "contact", "dana ruiz", outcome="no_answer")
    desk("contact", "Dana Ruiz", due="2025-03-04")
    refused(desk, "has until 2025-03-04 to answer", "contact", "Dana Ruiz", outcome="no_answer")
    claim = track.contact(desk.claim, "Dana Ruiz", outcome="no_answer", by="Ines", at="2025-03-05T00:00:00Z")
    assert compute_state(claim).awaited == ()


def test_a_deadline_can_be_a_time_of_day_in_another_zone() -> None:
    desk = at("researching")("contact", "Dana Ruiz", due="2025-03-04T17:00:00+01:00")
    with pytest.raises(TransitionError, match="has until"):
        track.contact(desk.claim, "Dana Ruiz", outcome="no_answer", by="Ines", at="2025-03-04T15:59:59Z")
    track.contact(desk.claim, "Dana Ruiz", outcome="no_answer", by="Ines", at="2025-03-04T16:00:00Z")


@pytest.mark.parametrize("outcome", ["answered", "no_answer"])
def test_an_answer_or_its_absence_takes_the_work_on_again(outcome: str) -> None:
    desk = at("awaiting_response")
    claim = track.contact(desk.claim, "Dana Ruiz", outcome=outcome, by="Ines", at="2025-03-09T10:00Z")  # type: ignore[arg-type]
    assert claim.workflow == "researching"


def test_nobody_waits_for_somebody_who_was_not_asked() -> None:
    refused(at("researching"), "contact somebody first", "await_response")


def test_citing_again_changes_the_link_and_the_history_keeps_both() -> None:
    claim = at("researching")("cite", INDEX, stance="partly_supports", note="In the north it fell.").claim
    assert [(link.stance, link.note) for link in claim.evidence] == [("partly_supports", "In the north it fell.")]
    assert [event.data.stance for event in claim.events if event.action == "cite" and event.data] == [
        "refutes",
        "partly_supports",
    ]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"evidence": INDEX}, "cite needs what the evidence says"),
        ({"stance": "supports"}, "cite either evidence"),
        ({"evidence": INDEX, "search": "the port"}, "cite either evidence"),
        ({"evidence": INDEX, "stance": "nothing_found"}, "nothing_found goes with a search"),
        ({"search": "the port", "stance": "refutes"}, "nothing_found goes with a search"),
    ],
)
def test_a_link_names_evidence_with_its_stance_or_a_search(given: dict[str, Any], words: str) -> None:
    refused(at("researching"), words, "cite", **given)


@pytest.mark.parametrize(
    ("action", "details", "more"),
    [
        ("note", ("\x00",), {}),
        ("note", ("",), {}),
        ("note", ("\ud83d",), {}),
        ("note", (7,), {}),
        ("triage", (), {"by": "a\nb"}),
        ("triage", (), {"by": ""}),
        ("triage", (), {"by": "x" * 2001}),
        ("decline", ("boring",), {}),
        ("mark_duplicate", ("../../etc/passwd",), {}),
        ("note", ("fine",), {"by": None}),
    ],
)
def test_a_value_that_no_document_holds_is_refused_with_its_place(action: str, details: Any, more: Any) -> None:
    with pytest.raises(DocumentError) as caught:
        Desk()(action, *details, **more)
    assert caught.value.source == "rents-1"


@pytest.mark.parametrize("when", ["yesterday", "2025-02-30T10:00Z", "2025-03-04", "2025-03-04T10:00", "", None])
def test_a_time_has_a_day_of_the_calendar_and_an_offset(when: Any) -> None:
    with pytest.raises(DocumentError):
        track.note(Desk().claim, "Called.", by="Ines", at=when)


def test_hostile_words_are_kept_as_words() -> None:
    text = '"}], \u202e<script>alert(1)</script> \x1b[31m {"workflow": "approved"}'
    claim = Desk()("note", text).claim
    assert claim.events[-1].why == text
    assert track.check_history(claim) == ()
    assert claim.workflow == "candidate"
