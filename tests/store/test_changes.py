"""What changed since, whoever changed it: told by every file's status, or by the database."""

from __future__ import annotations

import datetime
import os
import shutil

import pytest

from claimtrack.errors import FilterError, StoreError
from claimtrack.models import Evidence
from tests.store import by_hand
from tests.store.news import ID, make_article, make_claims, triaged

ARTICLE = make_article()
CLAIMS = make_claims(ARTICLE)


@pytest.fixture
def newsroom(store):
    store.add(ARTICLE, CLAIMS)
    return store


def outcomes(changes):
    return sorted((change.kind, change.outcome, change.id) for change in changes)


def test_without_a_token_every_document_is_told(newsroom):
    first = newsroom.changes()
    assert first.whole
    assert outcomes(first) == [("article", "new", ID), *sorted(("claim", "new", claim.id) for claim in CLAIMS)]
    again = newsroom.changes(since=first.token)
    assert (len(again), again.whole, again.token) == (0, False, first.token)


def test_new_changed_and_gone_are_told_once(newsroom):
    token = newsroom.changes().token
    newsroom.save(triaged(CLAIMS[0]))
    newsroom.save(Evidence(id="harbour-log", kind="primary"))
    by_hand.remove(newsroom, CLAIMS[1].id)
    changes = newsroom.changes(since=token)
    assert outcomes(changes) == [
        ("claim", "changed", CLAIMS[0].id),
        ("claim", "gone", CLAIMS[1].id),
        ("evidence", "new", "harbour-log"),
    ]
    assert str(min(changes, key=str)) == f"claim {CLAIMS[0].id}: changed"
    assert outcomes(newsroom.changes(since=changes.token)) == []
    with by_hand.again(newsroom) as other:
        assert outcomes(other.changes(since=token)) == outcomes(changes)


def test_an_edit_by_hand_that_keeps_the_time_is_told_and_a_touch_is_not(newsroom):
    token = newsroom.changes().token
    by_hand.edit(newsroom, CLAIMS[0].id, "Mira Holt", "Mira Bolt", keep_time=True)
    by_hand.touch(newsroom, CLAIMS[1].id)
    assert outcomes(newsroom.changes(since=token)) == [("claim", "changed", CLAIMS[0].id)]


def test_a_claim_that_comes_back_is_not_gone(newsroom):
    token = newsroom.changes().token
    text = by_hand.read(newsroom, CLAIMS[0].id)
    by_hand.remove(newsroom, CLAIMS[0].id)
    middle = newsroom.changes(since=token)
    by_hand.put(newsroom, f"claims/2025/{ID}/{CLAIMS[0].id}.json", text)
    assert outcomes(middle) == [("claim", "gone", CLAIMS[0].id)]
    assert outcomes(newsroom.changes(since=token)) == [("claim", "new", CLAIMS[0].id)]


@pytest.mark.files
def test_a_token_of_an_index_that_is_gone_tells_everything(newsroom):
    token = newsroom.changes().token
    (newsroom.folder / ".claimtrack/index.sqlite").unlink()
    changes = newsroom.changes(since=token)
    assert changes.whole
    assert len(changes) == 4


@pytest.mark.files
def test_a_folder_that_is_gone_takes_its_documents_along(newsroom):
    token = newsroom.changes().token
    shutil.rmtree(newsroom.folder / "claims")
    assert [change.outcome for change in newsroom.changes(since=token)] == ["gone"] * 3


@pytest.mark.files
def test_since_a_time_the_files_times_tell(newsroom):
    old = datetime.datetime(2025, 3, 14, tzinfo=datetime.UTC).timestamp()
    for path in newsroom.folder.rglob("*.json"):
        os.utime(path, (old, old))
    os.utime(newsroom.folder / f"claims/2025/{ID}/{CLAIMS[0].id}.json", (old + 86400, old + 86400))
    newsroom.changes()
    newsroom.changes()  # files as young as the first look are looked at again
    since = datetime.datetime(2025, 3, 14, 12, tzinfo=datetime.UTC)
    assert outcomes(newsroom.changes(since=since)) == [("claim", "changed", CLAIMS[0].id)]
    assert outcomes(newsroom.changes(since="2025-03-16")) == []


@pytest.mark.parametrize("since", ["yesterday", "", "12345678", 5, "9" * 500])
def test_what_is_neither_token_nor_time_is_told(newsroom, since):
    with pytest.raises(FilterError, match="neither the token of an earlier answer nor a time"):
        newsroom.changes(since=since)


@pytest.mark.files
def test_without_an_index_there_is_nothing_to_compare_with(newsroom):
    (newsroom.folder / ".claimtrack/index.sqlite").mkdir()
    with pytest.raises(StoreError, match="the index cannot be used"):
        newsroom.changes()
