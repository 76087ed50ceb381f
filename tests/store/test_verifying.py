"""A whole store verified, and what could not be checked told apart from what is in order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claimtrack import track
from claimtrack.capture import capture_file
from claimtrack.errors import ConflictError, ReadError, StoreError, TransitionError
from claimtrack.models import Claim, Evidence, EvidenceLink, Relation
from claimtrack.store import Store
from claimtrack.store.heads import format_heads, parse_heads
from tests.store import by_hand
from tests.store.news import make_article, make_claims

ARTICLE = make_article()
CLAIMS = make_claims(ARTICLE)
LOG = Evidence(id="2025-03-15-coastguard-log", kind="primary", archive_url="https://archive.example/log")


@pytest.fixture
def newsroom(store: Store) -> Store:
    """Give a store with one claim that was decided, submitted and approved."""
    store.add(ARTICLE, CLAIMS)
    store.save(LOG)
    claim = store.update(CLAIMS[0], track.triage, by="Ines", at="2025-03-15T09:00:00Z")
    claim = store.update(claim, track.cite, LOG, stance="supports", by="Ines", at="2025-03-15T09:10:00Z")
    claim = store.update(claim, track.decide, "true", words="Right", by="Ines", at="2025-03-15T10:00:00Z")
    claim = store.update(claim, track.submit, by="Ines", at="2025-03-15T10:05:00Z")
    store.update(claim, track.approve, by="Tomas", at="2025-03-15T11:00:00Z")
    return store


def codes(store: Store, **more: Any) -> list[str]:
    return [finding.code for finding in store.verify(**more) if finding.severity != "note"]


def left_open(store: Store, **more: Any) -> list[str]:
    return [finding.message for finding in store.verify(**more) if finding.code == "not-checked"]


def rewrite(store: Store, id: str, /, **changes: Any) -> None:
    """Change fields of a stored document as an editor would, by hand."""
    changed = json.loads(by_hand.read(store, id)) | changes
    by_hand.write(store, id, json.dumps(changed, indent=2, ensure_ascii=False) + "\n")


# --- steps in a store ---------------------------------------------------------------------------------------------


def test_a_step_is_in_the_store_when_it_returns_with_the_time_of_the_clock(newsroom: Store) -> None:
    claim = newsroom.update(CLAIMS[1].id, track.triage, by="Noor")
    assert newsroom.claim(claim.id) == claim
    assert claim.events[0].at.endswith("Z")


def test_a_claim_that_somebody_else_has_changed_is_not_overwritten(newsroom: Store) -> None:
    read = newsroom.claim(CLAIMS[1].id)
    newsroom.update(read, track.triage, by="Noor")
    with pytest.raises(ConflictError, match="was changed meanwhile"):
        newsroom.update(read, track.decline, "too_vague", by="Ines")
    assert newsroom.claim(read.id).workflow == "triaged"


def test_a_step_that_is_not_allowed_leaves_the_store_as_it_was(newsroom: Store, snapshot: Any) -> None:
    before = snapshot()
    with pytest.raises(TransitionError):
        newsroom.update(CLAIMS[1].id, track.submit, by="Noor")
    assert snapshot() == before


def test_publishing_looks_the_evidence_up(newsroom: Store) -> None:
    url = "https://check.example/ferry"
    newsroom.save(LOG.replace(archive_url=None))
    with pytest.raises(TransitionError, match="no archived copy of 2025-03-15-coastguard-log in the store"):
        newsroom.update(CLAIMS[0].id, track.publish, by="Tomas", url=url)
    newsroom.save(LOG)
    assert newsroom.update(CLAIMS[0].id, track.publish, by="Tomas", url=url).publication == "published"


def test_the_store_says_how_many_eyes(newsroom: Store) -> None:
    assert newsroom.policy.eyes == 2
    by_hand.write_marker(newsroom, '{"format": "claimtrack.store/1", "eyes": 3}')
    assert newsroom.policy.eyes == 3
    assert codes(newsroom) == ["eyes-too-few"]
    by_hand.write_marker(newsroom, '{"format": "claimtrack.store/1", "eyes": 1}')
    claim = newsroom.update(CLAIMS[1].id, track.triage, by="Ines")
    claim = newsroom.update(claim, track.cite, search="the port's log", by="Ines")
    claim = newsroom.update(claim, track.decide, "unproven", words="No proof", by="Ines")
    claim = newsroom.update(newsroom.update(claim, track.submit, by="Ines"), track.approve, by="Ines")
    assert claim.workflow == "approved"
    assert codes(newsroom) == []


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ('"eyes": 0', "a whole number from 1 to 9"),
        ('"eyes": "two"', "a whole number from 1 to 9"),
        ('"eyes": true', "a whole number"),
        ('"ayes": 2', "no field 'ayes' here"),
    ],
)
def test_a_policy_that_cannot_be_read_is_no_policy(newsroom: Store, more: str, words: str) -> None:
    by_hand.write_marker(newsroom, '{"format": "claimtrack.store/1", ' + more + "}")
    with pytest.raises(StoreError, match=words):
        newsroom.update(CLAIMS[0].id, track.approve, by="Noor")


# --- verify -------------------------------------------------------------------------------------------------------


def test_a_store_that_only_the_library_wrote_is_in_order_and_what_is_open_is_said(newsroom: Store) -> None:
    assert codes(newsroom) == []
    assert left_open(newsroom) == [
        "1 history has no recorded head, so a cut at its end would not show",
        "1 document of evidence has no captured copy to compare",
    ]
    assert list(newsroom.validate()) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"workflow": "closed"}, "state-differs"),
        ({"verdict": "false"}, "state-differs"),
        ({"publication": "published"}, "state-differs"),
        ({"evidence": []}, "state-differs"),
        ({"statement": "All 63 passengers were safe", "events": []}, "state-differs"),
    ],
)
def test_an_edit_by_hand_that_no_event_tells_of_is_found(newsroom: Store, changes: dict[str, Any], code: str) -> None:
    rewrite(newsroom, CLAIMS[0].id, **changes)
    assert code in codes(newsroom)
    sources = {str(finding.source) for finding in newsroom.verify() if finding.code == code}
    assert [source.endswith(f"{CLAIMS[0].id}.json") for source in sources] == [True]


def test_an_edited_event_is_found_in_the_store(newsroom: Store) -> None:
    by_hand.edit(newsroom, CLAIMS[0].id, '"by": "Tomas"', '"by": "Noor"')
    assert codes(newsroom) == ["event-changed"]


def test_a_history_cut_at_its_end_shows_against_a_recorded_head(newsroom: Store) -> None:
    heads: dict[str, str] = {}
    list(newsroom.verify(seen=heads))
    claim = newsroom.claim(CLAIMS[0].id)
    earlier = track.triage(CLAIMS[0], by="Ines", at="2025-03-15T09:00:00Z")
    by_hand.write(newsroom, claim.id, earlier.to_json())
    assert codes(newsroom) == []
    assert codes(newsroom, heads=heads) == ["history-cut"]
    by_hand.remove(newsroom, claim.id)
    assert codes(newsroom, heads=heads) == ["history-cut"]


def test_a_history_that_went_on_holds_its_recorded_head(newsroom: Store) -> None:
    heads: dict[str, str] = {}
    list(newsroom.verify(seen=heads))
    newsroom.update(CLAIMS[0].id, track.note, "Called the harbour master.", by="Noor")
    assert codes(newsroom, heads=heads) == []
    assert not any("recorded head" in message for message in left_open(newsroom, heads=heads))


def test_heads_are_lines_that_can_be_kept_anywhere() -> None:
    heads = {"ferry-2": "0a" * 32, "ferry-1": "3f" * 32}
    assert parse_heads("# of 4 March\n\n" + format_heads(heads)) == heads
    for line in ("ferry-1", "3f  ferry-1", f"{'3f' * 32}  ../x", "3F" * 32 + "  ferry-1"):
        with pytest.raises(ReadError, match=r"line 1: .* is no head"):
            parse_heads(line)


@pytest.mark.parametrize(
    ("change", "code", "severity"),
    [
        (
            lambda claim: claim.replace(evidence=(EvidenceLink(evidence="nowhere", stance="context"),)),
            "evidence-missing",
            "error",
        ),
        (
            lambda claim: claim.replace(relations=(Relation(kind="repeats", claim=f"{ARTICLE.id}-9999"),)),
            "claim-missing",
            "warning",
        ),
        (
            lambda claim: claim.replace(speakers=(claim.speakers[0].replace(speaker_id="mira-holt"),)),
            "speaker-missing",
            "warning",
        ),
        (
            lambda claim: track.mark_duplicate(claim, f"{ARTICLE.id}-9999", by="Ines", at="2025-03-15T09:00Z"),
            "claim-missing",
            "warning",
        ),
    ],
)
def test_a_reference_to_what_is_nowhere_is_found_by_validate_and_verify(
    newsroom: Store, change: Any, code: str, severity: str
) -> None:
    newsroom.save(change(newsroom.claim(CLAIMS[2].id)))
    for found in (newsroom.validate(), newsroom.verify()):
        told = [(finding.code, finding.severity) for finding in found if finding.severity != "note"]
        assert told == [(code, severity)]


def test_evidence_of_a_source_that_is_nowhere_is_found(newsroom: Store) -> None:
    newsroom.save(LOG.replace(same_source_as="2025-03-15-press-release"))
    assert codes(newsroom) == ["evidence-missing"]


def test_an_anchor_that_does_not_stand_where_it_says_is_found(newsroom: Store) -> None:
    claim = json.loads(CLAIMS[1].to_json())
    content = claim["attribution"]["content"][0]
    content["start"] += 1
    content["end"] += 1
    rewrite(newsroom, CLAIMS[1].id, attribution=claim["attribution"])
    assert codes(newsroom) == ["anchor-mismatch"]


def test_a_claim_whose_article_is_gone_has_anchors_that_could_not_be_looked_up(newsroom: Store) -> None:
    by_hand.remove(newsroom, ARTICLE.id)
    assert set(codes(newsroom)) == {"article-missing"}
    assert "3 claims have anchors and no article to look them up in" in left_open(newsroom)


def test_a_copy_of_evidence_is_compared_with_its_digest(newsroom: Store, tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    log.write_text("15 of 44 ashore by 16:00")
    evidence = newsroom.add_evidence(capture_file(log, retrieved="2025-03-15T10:00:00Z"))
    assert codes(newsroom) == []
    by_hand.write_copy(newsroom, evidence, by_hand.read_copy(newsroom, evidence)[:-9])
    assert codes(newsroom) == ["copy-damaged"]
    by_hand.write_copy(newsroom, evidence, None)
    assert codes(newsroom) == ["copy-missing"]


@pytest.mark.parametrize(
    "place", ["../../etc/passwd", "claimtrack.json", "copies/../claimtrack.json", "/etc/passwd", "copies//x"]
)
def test_a_copy_outside_its_place_is_never_read(newsroom: Store, place: str) -> None:
    newsroom.save(LOG.replace(sha256="3f" * 32, copy_path=place))
    (finding,) = [one for one in newsroom.verify() if one.severity == "error"]
    assert (finding.code, "is not where the copy of this content lies" in finding.message) == ("copy-missing", True)


@pytest.mark.parametrize(
    ("left", "code"),
    [("[]", "type"), pytest.param("{", "json-syntax", marks=pytest.mark.files)],
    ids=["no object", "no JSON"],
)
def test_what_is_no_document_is_told_and_counted_as_not_checked(newsroom: Store, left: str, code: str) -> None:
    by_hand.write(newsroom, CLAIMS[0].id, left)
    assert codes(newsroom) == [code]
    assert "1 file holds no document that could be checked any further" in left_open(newsroom)


def test_progress_counts_the_documents(newsroom: Store) -> None:
    counted: list[int] = []
    list(newsroom.verify(progress=counted.append))
    assert counted == [1, 2, 3, 4, 5]


def test_an_event_of_another_program_that_follows_no_rule_is_found(newsroom: Store) -> None:
    claim = newsroom.claim(CLAIMS[0].id)
    assert isinstance(claim, Claim)
    events = json.loads(claim.to_json())["events"]
    rewrite(newsroom, claim.id, events=[event | {"parents": []} for event in events])
    assert "event-illegal" in codes(newsroom)
