"""A whole store looked through."""

from __future__ import annotations

import fcntl
import shutil

import pytest

from claimtrack.store import Store
from tests.store import by_hand
from tests.store.news import ID, make_article, make_claims

ARTICLE = make_article()
CLAIMS = make_claims(ARTICLE)
CLAIM_FILE = f"claims/2025/{ID}/{CLAIMS[0].id}.json"


@pytest.fixture
def newsroom(store):
    store.add(ARTICLE, CLAIMS)
    return store


def findings(store):
    return [(finding.code, finding.source) for finding in store.validate()]


def test_a_store_that_was_only_written_by_the_library_is_in_order(newsroom, platform):
    assert findings(newsroom) == []


def test_every_fault_of_a_document_is_told_with_its_path(newsroom):
    by_hand.edit(newsroom, CLAIMS[0].id, '"candidate"', '"canditate"')
    by_hand.edit(newsroom, CLAIMS[0].id, '"statement"', '"statment"')
    told = {(finding.source, finding.path) for finding in newsroom.validate()}
    assert {(CLAIM_FILE, "$.workflow"), (CLAIM_FILE, "$.statment")} <= told
    assert "did you mean 'statement'" in " ".join(finding.message for finding in newsroom.validate())


@pytest.mark.parametrize(
    ("left", "code"),
    [("[]", "type"), pytest.param("{", "json-syntax", marks=pytest.mark.files)],
    ids=["no object", "no JSON"],
)
def test_one_broken_document_hides_no_other(newsroom, left, code):
    for claim in CLAIMS[:2]:
        by_hand.write(newsroom, claim.id, left)
    assert findings(newsroom) == [(code, f"claims/2025/{ID}/{claim.id}.json") for claim in CLAIMS[:2]]


@pytest.mark.parametrize(
    "target",
    [
        f"claims/2024/{ID}/{CLAIMS[0].id}.json",
        f"claims/2025/2025-03-14-valley-echo/{CLAIMS[0].id}.json",
        f"claims/{CLAIMS[0].id}.json",
        f"claims/2025/{ID}/{ID}-7.json",
        f"articles/2025/{CLAIMS[0].id}.json",
    ],
)
def test_a_file_in_the_wrong_place_is_told(newsroom, target):
    by_hand.move(newsroom, CLAIMS[0].id, target)
    assert findings(newsroom) == [("misplaced", target)]


def test_a_claim_without_its_article_is_told(newsroom):
    by_hand.remove(newsroom, ID)
    assert findings(newsroom) == [("article-missing", f"claims/2025/{ID}/{claim.id}.json") for claim in CLAIMS]


@pytest.mark.files
@pytest.mark.parametrize(
    "name", ["rents.txt", "articles/2025/notes.txt", f"claims/2025/{ID}/old/{CLAIMS[0].id}.json", "claim/x.json"]
)
def test_what_is_no_part_of_a_store_is_told_and_not_read(newsroom, name):
    path = newsroom.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{")
    ((code, source),) = findings(newsroom)
    assert code == "unknown"
    assert name.startswith(source)
    assert list(newsroom.claims()) == list(CLAIMS)


@pytest.mark.files
def test_hidden_files_and_copies_are_left_alone(newsroom):
    for name in (".git/config", f"claims/2025/{ID}/.DS_Store", "copies/ab/abcd"):
        path = newsroom.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("[core]")
    assert findings(newsroom) == []


@pytest.mark.files
def test_a_leftover_is_told_unless_a_writer_is_at_work(newsroom):
    (newsroom.folder / ".claimtrack/tmp/0.json").write_text("{")
    assert findings(newsroom) == [("leftover", ".claimtrack/tmp/0.json")]
    with open(newsroom.folder / ".claimtrack/lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert findings(newsroom) == []


@pytest.mark.files
def test_a_store_fresh_out_of_git_has_no_lock_and_is_in_order(newsroom):
    shutil.rmtree(newsroom.folder / ".claimtrack")
    store = Store(newsroom.folder, create=False)
    assert findings(store) == []
    assert not (newsroom.folder / ".claimtrack").exists()
    assert str(store.add(ARTICLE, CLAIMS)) == f"{ID}: nothing changed"


@pytest.mark.files
@pytest.mark.parametrize("cut", range(0, 900, 61))
def test_a_torn_file_is_told_wherever_it_is_cut(newsroom, cut):
    path = newsroom.folder / CLAIM_FILE
    data = path.read_bytes()
    path.write_bytes(data[:cut] + b"\x00" * (len(data) - cut))
    assert {source for _, source in findings(newsroom)} == {CLAIM_FILE}
