"""Saving: what somebody else has stored meanwhile is not overwritten, and the refusal names both versions."""

from __future__ import annotations

import threading

import pytest

from claimtrack.errors import ConflictError, StoreError
from claimtrack.models import Event, Evidence
from claimtrack.store import version_of
from tests.store import by_hand
from tests.store.news import make_article, make_claims, triaged

ARTICLE = make_article()
CLAIMS = make_claims(ARTICLE)


@pytest.fixture
def newsroom(store):
    store.add(ARTICLE, CLAIMS)
    return store


def test_a_claim_that_nobody_touched_is_saved(newsroom):
    changed = CLAIMS[0].replace(tags=("ferries",))
    newsroom.save(changed, expected=CLAIMS[0])
    newsroom.save(changed.replace(tags=()), expected=version_of(changed))
    assert newsroom.claim(CLAIMS[0].id) == CLAIMS[0]


@pytest.mark.parametrize("as_version", [False, True], ids=["the claim", "its version"])
def test_a_claim_that_changed_meanwhile_is_refused_with_both_versions(newsroom, as_version):
    theirs = triaged(CLAIMS[0])
    newsroom.save(theirs, expected=CLAIMS[0])
    expected = version_of(CLAIMS[0]) if as_version else CLAIMS[0]
    with pytest.raises(ConflictError) as caught:
        newsroom.save(CLAIMS[0].replace(tags=("ferries",)), expected=expected)
    error = caught.value
    assert (error.id, error.expected, error.stored) == (CLAIMS[0].id, version_of(CLAIMS[0]), version_of(theirs))
    for told in (
        error.id,
        error.expected[:12],
        error.stored[:12],
        "last event 'triage' by ana",
        "read the document again",
    ):
        assert told in str(error)
    assert isinstance(error, StoreError)
    assert newsroom.claim(CLAIMS[0].id) == theirs


def test_saving_what_is_stored_already_still_minds_what_was_expected(newsroom):
    theirs = triaged(CLAIMS[0])
    newsroom.save(theirs)
    with pytest.raises(ConflictError):
        newsroom.save(theirs, expected=CLAIMS[0])


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (None, "nothing under this id"),
        ('{"statement": 62}', "a file that cannot be read"),
        pytest.param("{", "a file that cannot be read", marks=pytest.mark.files),
    ],
    ids=["gone", "no claim", "no JSON"],
)
def test_a_claim_that_is_gone_or_broken_is_no_version(newsroom, left, told):
    if left is None:
        by_hand.remove(newsroom, CLAIMS[0].id)
    else:
        by_hand.write(newsroom, CLAIMS[0].id, left)
    with pytest.raises(ConflictError, match=told) as caught:
        newsroom.save(CLAIMS[0], expected=CLAIMS[0])
    assert caught.value.stored is None
    newsroom.save(CLAIMS[0])
    assert newsroom.claim(CLAIMS[0].id) == CLAIMS[0]


@pytest.mark.files
def test_a_file_that_is_laid_out_differently_is_the_same_version(newsroom):
    by_hand.edit(newsroom, CLAIMS[0].id, "\n  ", "\n      ")
    newsroom.save(CLAIMS[0].replace(tags=("ferries",)), expected=CLAIMS[0])
    assert newsroom.claim(CLAIMS[0].id).tags == ("ferries",)


def test_without_a_version_no_event_is_lost(newsroom):
    newsroom.save(triaged(CLAIMS[0]))
    with pytest.raises(ConflictError, match="the event 'triage' by ana at 2025-03-15T09:00:00Z is missing"):
        newsroom.save(CLAIMS[0].replace(tags=("ferries",)))
    more = (*triaged(CLAIMS[0]).events, Event(id="e2", at="2025-03-16T09:00:00Z", by="ben", action="note"))
    newsroom.save(triaged(CLAIMS[0]).replace(events=more))
    assert len(newsroom.claim(CLAIMS[0].id).events) == 2


def test_any_document_can_be_held_to_a_version(newsroom):
    log = Evidence(id="2025-03-16-harbour-log", kind="primary", title="Harbour log")
    newsroom.save(log)
    newsroom.save(log.replace(title="Log of the harbour"), expected=log)
    with pytest.raises(ConflictError):
        newsroom.save(log.replace(title="Logbook"), expected=log)


def test_of_many_who_read_the_same_version_one_is_saved(newsroom):
    outcomes = []

    def save(number):
        try:
            newsroom.save(CLAIMS[0].replace(tags=(f"by {number}",)), expected=CLAIMS[0])
            outcomes.append(number)
        except ConflictError:
            outcomes.append(None)

    threads = [threading.Thread(target=save, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    (won,) = [number for number in outcomes if number is not None]
    assert len(outcomes) == 8
    with by_hand.again(newsroom) as other:
        assert other.claim(CLAIMS[0].id).tags == (f"by {won}",)
