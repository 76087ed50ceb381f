"""A folder and another store brought together: what goes over, what is merged, and what is named and left alone."""

from __future__ import annotations

import itertools
import json
import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimtrack import track
from claimtrack.capture import capture_file
from claimtrack.errors import StoreError
from claimtrack.models import Evidence, SpeakerRecord
from claimtrack.store import Store, sharing, version_of
from tests.store import by_hand
from tests.store.news import ID, make_article, make_claim, make_claims

ARTICLE = make_article()
CLAIMS = make_claims(ARTICLE)
LOG = Evidence(id="2025-03-15-coastguard-log", kind="primary", title="Log", archive_url="https://archive.example/log")
AT = "2025-03-15T09:00:00Z"
LATER = "2025-03-16T09:00:00Z"


@pytest.fixture
def newsroom(tmp_path):
    """Give a folder with an article, three claims and a log."""
    newsroom = Store(tmp_path / "folder")
    newsroom.add(ARTICLE, CLAIMS)
    newsroom.save(LOG)
    return newsroom


@pytest.fixture
def team(newsroom, store):
    """Give the other store, a folder or a database, once it has all that the newsroom has."""
    push(newsroom, store)
    return store


def push(newsroom, store, **more):
    """Give the outcomes, and all findings by their codes."""
    return _told(newsroom.push(store, by="Noor", at=LATER, **more))


def pull(newsroom, store, **more):
    return _told(newsroom.pull(store, by="Noor", at=LATER, **more))


def _told(shared):
    shared = list(shared)
    return dict(Counter(one.outcome for one in shared)), [finding for one in shared for finding in one.findings]


def everything(store):
    """Give all documents of a store as their files have them."""
    kinds = (store.articles(), store.claims(), store.speakers())
    found = {document.id: document.to_json() for listing in kinds for document in listing}
    return found | {LOG.id: store.evidence(LOG.id).to_json()}


def noted(store, words, *, claim=CLAIMS[0].id, by="Ines"):
    store.update(claim, track.note, words, by=by, at=AT)


# --- what only one side has changed -------------------------------------------------------------------------------


def test_what_a_folder_has_comes_out_of_the_other_store_byte_for_byte(newsroom, store, tmp_path):
    newsroom.save(SpeakerRecord(id="mira-holt", name="Mira Holt", kind="person"))
    assert push(newsroom, store) == ({"new": 6}, [])
    assert everything(store) == everything(newsroom)
    desk = Store(tmp_path / "desk")
    assert pull(desk, store) == ({"new": 6}, [])
    files = [path.relative_to(newsroom.folder) for path in newsroom.folder.rglob("*.json")]
    assert len(files) == 7
    assert all((desk.folder / file).read_bytes() == (newsroom.folder / file).read_bytes() for file in files)
    assert list(store.validate()) == []


def test_sharing_again_changes_nothing(newsroom, team):
    before = everything(team)
    assert push(newsroom, team) == ({"unchanged": 5}, [])
    assert pull(newsroom, team) == ({"unchanged": 5}, [])
    assert everything(team) == everything(newsroom) == before


def test_a_claim_that_the_folder_alone_has_changed_goes_over(newsroom, team):
    noted(newsroom, "Called the harbour.")
    assert push(newsroom, team) == ({"changed": 1, "unchanged": 4}, [])
    assert everything(team) == everything(newsroom)


def test_a_claim_that_the_other_side_alone_has_changed_is_newer_and_comes_by_pulling(newsroom, team):
    noted(team, "Called the harbour.")
    assert push(newsroom, team) == ({"newer": 1, "unchanged": 4}, [])
    assert len(team.claim(CLAIMS[0].id).events) == 1
    assert pull(newsroom, team) == ({"changed": 1, "unchanged": 4}, [])
    assert everything(team) == everything(newsroom)


def test_what_the_other_side_has_alone_is_left_by_pushing(newsroom, team):
    other = make_article("The quay reopens. It is safe, Ana Bell said.", id="2025-04-02-valley-echo-quay", url=None)
    team.add(other, [make_claim(other, "It is safe", "Ana Bell")])
    assert push(newsroom, team) == ({"unchanged": 5}, [])
    assert pull(newsroom, team) == ({"new": 2, "unchanged": 5}, [])


def test_a_file_laid_out_by_hand_goes_over_in_its_canonical_form(newsroom, store):
    path = newsroom.folder / f"claims/2025/{ID}/{CLAIMS[0].id}.json"
    path.write_text(json.dumps(json.loads(path.read_text()), separators=(",", ":")))
    push(newsroom, store)
    assert store.claim(CLAIMS[0].id) == CLAIMS[0]
    assert push(newsroom, store) == ({"unchanged": 5}, [])


# --- what both sides have changed ---------------------------------------------------------------------------------


def test_the_events_of_both_sides_are_kept_under_a_merge(newsroom, team):
    noted(newsroom, "Called the harbour.")
    noted(team, "The log is signed.", by="Tomas")
    assert push(newsroom, team) == ({"merged": 1, "unchanged": 4}, [])
    events = team.claim(CLAIMS[0].id).events
    assert sorted(event.action for event in events) == ["merge", "note", "note"]
    assert {event.why for event in events} >= {"Called the harbour.", "The log is signed."}
    assert (events[-1].by, events[-1].at) == ("Noor", LATER)
    assert pull(newsroom, team) == ({"changed": 1, "unchanged": 4}, [])
    assert everything(team) == everything(newsroom)
    assert [finding for finding in team.verify() if finding.severity != "note"] == []


def test_pulling_merges_into_the_folder_and_pushing_then_brings_it_over(newsroom, team):
    noted(newsroom, "Called the harbour.")
    noted(team, "The log is signed.", by="Tomas")
    assert pull(newsroom, team) == ({"merged": 1, "unchanged": 4}, [])
    assert len(team.claim(CLAIMS[0].id).events) == 1
    assert push(newsroom, team) == ({"changed": 1, "unchanged": 4}, [])
    assert everything(team) == everything(newsroom)


def decided(store, verdict, by):
    for step, details in (
        (track.triage, ()),
        (track.assign, (by,)),
        (track.cite, (LOG,)),
        (track.decide, (verdict,)),
    ):
        more = {"stance": "refutes"} if step is track.cite else {"words": verdict} if step is track.decide else {}
        store.update(CLAIMS[0].id, step, *details, by=by, at=AT, **more)


def test_two_verdicts_conflict_and_are_named_and_left_alone(newsroom, team):
    decided(newsroom, "false", "Ines")
    decided(team, "true", "Tomas")
    mine, theirs = everything(newsroom), everything(team)
    outcomes, findings = push(newsroom, team)
    assert outcomes == {"conflicting": 1, "unchanged": 4}
    verdict = next(one for one in findings if one.path == "$.verdict")
    assert (verdict.code, verdict.severity) == ("share-conflict", "error")
    assert verdict.source == f"claims/2025/{ID}/{CLAIMS[0].id}.json"
    assert "ours false, theirs true" in verdict.message
    assert pull(newsroom, team)[0] == {"conflicting": 1, "unchanged": 4}
    assert (everything(newsroom), everything(team)) == (mine, theirs)


@pytest.mark.parametrize(("prefer", "kept"), [("ours", "false"), ("theirs", "true")])
@pytest.mark.parametrize("way", [push, pull], ids=["push", "pull"])
def test_ours_is_always_the_folders_side(newsroom, team, way, prefer, kept):
    decided(newsroom, "false", "Ines")
    decided(team, "true", "Tomas")
    outcomes, findings = way(newsroom, team, prefer=prefer)
    assert outcomes == {"merged": 1, "unchanged": 4}
    assert {finding.severity for finding in findings} == {"warning"}
    (pull if way is push else push)(newsroom, team)
    assert everything(newsroom) == everything(team)
    claim = team.claim(CLAIMS[0].id)
    assert claim.verdict == kept
    assert {event.by for event in claim.events} == {"Ines", "Tomas", "Noor"}


def test_fields_of_evidence_that_one_side_changed_are_both_kept(newsroom, team):
    newsroom.save(LOG.replace(title="Log of the coastguard"))
    team.save(LOG.replace(publisher="Coastguard"))
    assert push(newsroom, team) == ({"merged": 1, "unchanged": 4}, [])
    assert team.evidence(LOG.id) == LOG.replace(title="Log of the coastguard", publisher="Coastguard")


def test_a_field_of_a_record_that_both_changed_conflicts(newsroom, store):
    holt = SpeakerRecord(id="mira-holt", name="Mira Holt", kind="person")
    newsroom.save(holt)
    push(newsroom, store)
    newsroom.save(holt.replace(note="Harbour master until May.", aliases=("M. Holt",)))
    store.save(holt.replace(note="Harbour master until June."))
    outcomes, (finding,) = push(newsroom, store)
    assert outcomes == {"conflicting": 1, "unchanged": 5}
    assert (finding.path, finding.source) == ("$.note", "speakers/mira-holt.json")
    push(newsroom, store, prefer="theirs")
    merged = holt.replace(note="Harbour master until June.", aliases=("M. Holt",))
    assert store.speaker("mira-holt") == merged
    pull(newsroom, store)
    assert newsroom.speaker("mira-holt") == merged


@pytest.mark.parametrize("prefer", [None, "ours", "theirs"])
def test_two_articles_under_one_id_conflict_whatever_is_preferred(newsroom, store, prefer):
    store.add(ARTICLE.replace(title="Ferry aground"))
    outcomes, (finding,) = push(newsroom, store, prefer=prefer)
    assert outcomes == {"conflicting": 1, "new": 4}
    assert (finding.path, finding.severity) == ("$.title", "error")
    assert store.article(ID).title == "Ferry aground"


@pytest.mark.parametrize("prefer", [None, "ours", "theirs"])
def test_an_article_that_was_edited_after_it_was_shared_conflicts(newsroom, team, prefer):
    by_hand.edit(newsroom, ID, 'Ferry runs aground off Brackwater",', 'Ferry aground",')
    outcomes, (finding,) = push(newsroom, team, prefer=prefer)
    assert outcomes == {"conflicting": 1, "unchanged": 4}
    assert (finding.path, finding.severity) == ("$.title", "error")
    assert team.article(ID) == ARTICLE


def test_another_word_than_the_two_sides_is_refused(newsroom, store):
    with pytest.raises(ValueError, match="no side is called 'our'; did you mean 'ours'"):
        list(newsroom.push(store, by="Noor", prefer="our"))


# --- nothing is lost ----------------------------------------------------------------------------------------------


def test_what_somebody_saves_in_between_is_not_overwritten(newsroom, team, monkeypatch):
    noted(newsroom, "Called the harbour.")
    write = type(team._home).write

    def write_late(self, fill, **more):
        monkeypatch.undo()
        noted(team, "The log is signed.", by="Tomas")  # after the two were compared, before the lock is taken
        return write(self, fill, **more)

    monkeypatch.setattr(type(team._home), "write", write_late)
    assert push(newsroom, team)[0] == {"merged": 1, "unchanged": 4}
    assert {event.action for event in team.claim(CLAIMS[0].id).events} == {"note", "merge"}
    assert len(team.claim(CLAIMS[0].id).events) == 3


@pytest.mark.parametrize("way", [push, pull], ids=["push", "pull"])
def test_what_is_edited_while_it_is_read_is_not_remembered_as_shared(newsroom, team, monkeypatch, way):
    """The versions were equal when they were asked for; words that come afterwards go over, now or the next time."""
    (newsroom.folder / ".claimtrack/shared.sqlite").unlink()
    source, target = (newsroom, team) if way is push else (team, newsroom)
    with source._home.opened() as opened:
        kind = type(opened)
    read_many = kind.read_many

    def read_late(self, places):
        monkeypatch.undo()
        noted(source, "Called the harbour.")
        return read_many(self, places)

    monkeypatch.setattr(kind, "read_many", read_late)
    way(newsroom, team)
    for _ in range(2):
        push(newsroom, team)
        pull(newsroom, team)
    assert [event.why for event in source.claim(CLAIMS[0].id).events] == ["Called the harbour."]
    assert everything(target) == everything(source)


def test_a_history_that_git_put_back_overwrites_no_event_of_the_team(newsroom, team):
    before = by_hand.read(newsroom, CLAIMS[0].id)
    noted(newsroom, "Called the harbour.")
    push(newsroom, team)
    by_hand.write(newsroom, CLAIMS[0].id, before)
    assert push(newsroom, team) == ({"newer": 1, "unchanged": 4}, [])
    assert [event.why for event in team.claim(CLAIMS[0].id).events] == ["Called the harbour."]
    assert pull(newsroom, team)[0]["unchanged"] == 4
    assert everything(newsroom) == everything(team)


def test_a_history_that_a_backup_put_back_overwrites_no_event_of_the_folder(newsroom, team):
    before = by_hand.read(team, CLAIMS[0].id)
    noted(newsroom, "Called the harbour.")
    push(newsroom, team)
    by_hand.write(team, CLAIMS[0].id, before)
    assert pull(newsroom, team) == ({"newer": 1, "unchanged": 4}, [])
    assert push(newsroom, team) == ({"changed": 1, "unchanged": 4}, [])
    assert everything(newsroom) == everything(team)
    assert [event.why for event in team.claim(CLAIMS[0].id).events] == ["Called the harbour."]


def test_without_its_memory_a_folder_still_merges_histories(newsroom, team):
    noted(newsroom, "Called the harbour.")
    noted(team, "The log is signed.", by="Tomas")
    (newsroom.folder / ".claimtrack/shared.sqlite").unlink()
    assert push(newsroom, team) == ({"merged": 1, "unchanged": 4}, [])
    assert len(team.claim(CLAIMS[0].id).events) == 3


def test_without_its_memory_a_folder_overwrites_nothing(newsroom, team):
    newsroom.save(CLAIMS[1].replace(statement="The hull held"))
    (newsroom.folder / ".claimtrack/shared.sqlite").unlink()
    outcomes, (finding,) = push(newsroom, team)
    assert outcomes == {"conflicting": 1, "unchanged": 4}
    assert finding.path == "$.statement"
    assert team.claim(CLAIMS[1].id) == CLAIMS[1]


@pytest.mark.parametrize("damage", [b"rents" * 3000, b""], ids=["scribbled", "empty"])
def test_a_damaged_memory_is_told_or_counts_as_none(newsroom, team, damage):
    (newsroom.folder / ".claimtrack/shared.sqlite").write_bytes(damage)
    if damage:
        with pytest.raises(StoreError, match="delete the file if it is damaged"):
            push(newsroom, team)
        return
    assert push(newsroom, team) == ({"unchanged": 5}, [])


def test_a_file_that_holds_no_document_is_refused_and_stops_no_other(newsroom, store):
    path = newsroom.folder / f"claims/2025/{ID}/{CLAIMS[0].id}.json"
    path.write_text("{")
    outcomes, (finding,) = push(newsroom, store)
    assert outcomes == {"refused": 1, "new": 4}
    assert (finding.code, finding.source) == ("json-syntax", f"claims/2025/{ID}/{CLAIMS[0].id}.json")


def test_a_link_in_the_place_of_a_file_is_refused_and_stops_no_other(newsroom, store, tmp_path):
    path = newsroom.folder / f"claims/2025/{ID}/{CLAIMS[0].id}.json"
    path.rename(tmp_path / "elsewhere.json")
    path.symlink_to(tmp_path / "elsewhere.json")
    outcomes, (finding,) = push(newsroom, store)
    assert outcomes == {"refused": 1, "new": 4}
    assert (finding.code, finding.source) == ("unreadable", f"claims/2025/{ID}/{CLAIMS[0].id}.json")
    assert pull(newsroom, store)[0]["unchanged"] == 4


def test_a_folder_that_cannot_be_looked_into_is_told(newsroom, store, tmp_path):
    folder = newsroom.folder / f"claims/2025/{ID}"
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    outcomes, (finding,) = push(newsroom, store)
    assert outcomes == {"refused": 1, "new": 2}
    assert (finding.code, finding.source) == ("unreadable", f"claims/2025/{ID}")


@pytest.mark.parametrize("name", [b"caf\xe9.json", b"Ferry 12.json", b"con.json"])
def test_a_file_whose_name_is_no_id_is_refused(newsroom, store, name):
    path = os.fsencode(newsroom.folder) + b"/evidence/undated/" + name
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(LOG.to_json())
    outcomes, (finding,) = push(newsroom, store)
    assert outcomes == {"refused": 1, "new": 5}
    assert finding.code == "misplaced"


def test_a_document_in_the_wrong_folder_is_refused(newsroom, store):
    by_hand.move(newsroom, CLAIMS[0].id, f"claims/2025/2025-03-14-echo-quay/{CLAIMS[0].id}.json")
    outcomes, (finding,) = push(newsroom, store)
    assert outcomes == {"refused": 1, "new": 4}
    assert finding.code == "misplaced"


def test_a_claim_is_not_shared_before_its_article(newsroom, store):
    (newsroom.folder / f"articles/2025/{ID}.json").write_text("{")
    outcomes, findings = push(newsroom, store)
    assert outcomes == {"refused": 4, "new": 1}
    assert Counter(finding.code for finding in findings) == {"not-shared": 3, "json-syntax": 1}
    assert "is not in the store; add the article first" in findings[-1].message
    assert list(store.claims()) == []


def test_copies_go_over_with_the_evidence_that_names_them(newsroom, store, tmp_path):
    page = tmp_path / "release.txt"
    page.write_text("29 passengers were taken to hospital, the port said on Friday.")
    evidence = newsroom.add_evidence(capture_file(page, retrieved=AT), id="port-release")
    push(newsroom, store)
    assert list(store.check_copies()) == []
    desk = Store(tmp_path / "desk")
    pull(desk, store)
    copies = [(one.folder / str(evidence.copy_path)).read_bytes() for one in (newsroom, desk)]
    assert copies[0] == copies[1]


def test_a_copy_that_another_folder_has_follows_later(newsroom, store, tmp_path):
    page = tmp_path / "release.txt"
    page.write_text("29 passengers were taken to hospital, the port said on Friday.")
    evidence = newsroom.add_evidence(capture_file(page, retrieved=AT), id="port-release")
    copy = newsroom.folder / str(evidence.copy_path)
    copy.rename(tmp_path / "kept")
    outcomes, (finding,) = push(newsroom, store)
    assert outcomes == {"new": 6}
    assert (finding.code, finding.source) == ("copy-missing", "evidence/undated/port-release.json")
    (tmp_path / "kept").rename(copy)
    assert push(newsroom, store) == ({"unchanged": 6}, [])
    assert list(store.check_copies()) == []


def test_a_damaged_copy_is_told_and_not_carried(newsroom, store, tmp_path):
    page = tmp_path / "release.txt"
    page.write_text("29 passengers were taken to hospital, the port said on Friday.")
    evidence = newsroom.add_evidence(capture_file(page, retrieved=AT), id="port-release")
    copy = newsroom.folder / str(evidence.copy_path)
    copy.write_bytes(copy.read_bytes()[:40])
    _, (finding,) = push(newsroom, store)
    assert finding.code == "copy-damaged"
    assert [one.code for one in store.check_copies()] == ["copy-missing"]


def test_sharing_that_is_stopped_is_taken_up_again(newsroom, store, monkeypatch):
    monkeypatch.setattr(sharing, "_AT_ONCE", 1)
    assert len(list(itertools.islice(newsroom.push(store, by="Noor", at=LATER), 3))) == 3
    outcomes, _ = push(newsroom, store)
    assert outcomes["unchanged"] >= 3
    assert sum(outcomes.values()) == 5
    assert everything(store) == everything(newsroom)


def test_a_killed_push_and_a_killed_pull_leave_whole_documents_and_the_next_does_the_rest(newsroom, store, tmp_path):
    for number in range(40):
        article = make_article(
            f"Berth {number} is closed, Ana Bell said.", id=f"2025-05-01-echo-berth-{number}", url=None
        )
        newsroom.add(article, [make_claim(article, f"Berth {number} is closed", "Ana Bell")])
    desk = Store(tmp_path / "desk")
    address = str(store._home)
    random_ = random.Random(7)
    context = multiprocessing.get_context("spawn")
    for way, folder in (("push", newsroom.folder), ("pull", desk.folder)):
        for _ in range(3):
            started = context.Event()
            process = context.Process(target=_share_slowly, args=(way, folder, address, started))
            process.start()
            started.wait(30)
            time.sleep(random_.uniform(0, 0.15))
            os.kill(process.pid or 0, signal.SIGKILL)
            process.join()
            one = store if way == "push" else desk
            assert [finding for finding in one.validate() if finding.code not in ("leftover",)] == []
        (push if way == "push" else pull)(newsroom if way == "push" else desk, store)
    assert everything(store) == everything(newsroom) == everything(desk)


def _share_slowly(way: str, folder: Path, address: str, started: multiprocessing.synchronize.Event) -> None:
    sharing._AT_ONCE = 2  # type: ignore[misc]
    with Store.open(address) as other:
        store = Store(folder)
        started.set()
        for _ in getattr(store, way)(other, by="Noor"):
            pass


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["here", "there", "push", "pull"]),
        st.integers(0, 2),
        st.sampled_from(["note", "tag", "untag", "cite"]),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(plan=EDITS)
def test_whatever_both_sides_do_nothing_that_anybody_wrote_is_lost(plan, tmp_path_factory):
    """Notes and links of both sides are all there in the end, in both stores, and every history holds."""
    folder = tmp_path_factory.mktemp("both")
    here, there = Store(folder / "here"), Store(folder / "there")
    here.add(ARTICLE, CLAIMS)
    here.save(LOG)
    for claim in CLAIMS:
        here.update(claim.id, track.triage, by="Noor", at=AT)
    push(here, there)
    written: set[str] = set()
    for number, (side, index, what) in enumerate(plan):
        if side in ("push", "pull"):
            (push if side == "push" else pull)(here, there)
            continue
        store, id = here if side == "here" else there, CLAIMS[index].id
        if what == "tag":
            claim = store.claim(id)
            store.save(claim.replace(tags=tuple(sorted({*claim.tags, f"tag-{number % 3}"}))), expected=claim)
        elif what == "untag":
            claim = store.claim(id)
            store.save(claim.replace(tags=claim.tags[1:]), expected=claim)
        elif what == "cite":
            words = f"Cited {number}."
            store.update(id, track.cite, stance="nothing_found", search=words, by=side, at=AT)
            written.add(words)
        else:
            store.update(id, track.note, f"Note {number}.", by=side, at=AT)
            written.add(f"Note {number}.")
    for way in (push, pull, push):
        outcomes, _ = way(here, there, prefer="ours")
    assert set(outcomes) == {"unchanged"}
    assert everything(here) == everything(there)
    claims = list(here.claims())
    told = {event.why for claim in claims for event in claim.events}
    told |= {link.search for claim in claims for link in claim.evidence}
    assert written <= told
    assert [finding for finding in here.verify() if finding.severity == "error"] == []
    assert len({version_of(claim) for claim in claims}) == 3
