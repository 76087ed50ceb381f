"""Several at once: threads with one store, forked children, processes at the same claims. Nothing is lost."""

from __future__ import annotations

import multiprocessing
import os
import random
import threading
import warnings
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from claimtrack import track
from claimtrack.errors import ConflictError
from claimtrack.models import Claim
from claimtrack.store import Store
from tests.store import by_hand
from tests.store.news import ID, URL, make_article, make_claims

CLAIMS = make_claims(make_article())
AT = "2025-03-15T09:00:00Z"


def test_eight_threads_use_one_store(newsroom):
    def work(number):
        article = make_article(id=f"2025-03-15-harbour-post-ferry-{number}", url=f"{URL}-{number}")
        newsroom.add(article, make_claims(article))
        newsroom.update(f"{article.id}-35", track.triage, by=f"desk {number}", at=AT)
        found = newsroom.claims(workflow="triaged", article=article.id).count()
        return found, newsroom.claim(f"{article.id}-35").events[0].by

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(work, range(24))) == [(1, f"desk {number}") for number in range(24)]
    assert newsroom.claims(speaker="Holt").count() == 25
    assert 1 <= len(newsroom._home._connections._free) <= 8


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing forks here")
def test_a_forked_child_does_not_disturb_its_parents_connection(newsroom):
    def pid():
        with newsroom._home._connections.one() as connection:
            return connection.info.backend_pid

    before = pid()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # newer Pythons warn of forks beside threads
        child = os.fork()
        if child == 0:
            outcome = 1
            try:
                newsroom.close()  # what is not its own it may not even close
                mine = pid()
                newsroom.update(CLAIMS[0], track.triage, by="child", at=AT)
                newsroom.close()
                outcome = 0 if mine != before else 2
            finally:
                os._exit(outcome)
    assert newsroom.claim(CLAIMS[1].id) == CLAIMS[1]
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert pid() == before
    assert newsroom.claim(CLAIMS[0].id).events[0].by == "child"


def test_of_many_who_save_a_new_document_at_once_each_sees_what_the_other_wrote(newsroom):
    """Where both find nothing, one is quicker; the other's save is done again, and refused."""
    new = [Claim(id=f"fact-desk-{n:012}", kind="indirect", statement="All 62 passengers were safe") for n in range(20)]
    start, errors = threading.Barrier(8), []

    def note(number):
        try:
            for claim in new:
                start.wait(30)
                save(claim, number)
        except Exception as error:
            errors.append(error)
            start.abort()

    def save(claim, number):
        while True:
            try:
                newsroom.save(track.note(claim, f"Note {number}.", by=f"desk {number}", at=AT))
                return
            except ConflictError:
                claim = newsroom.claim(claim.id)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(note, range(8)))
    assert errors == []
    noted = [sorted(event.why for event in claim.events) for claim in newsroom.claims() if claim.article_id is None]
    assert noted == [[f"Note {number}." for number in range(8)]] * 20


def test_of_many_who_expect_nothing_of_a_claim_no_event_is_lost(newsroom):
    """Each reads, adds its note and saves, without a version: what would lose an event is refused, and done again."""

    def note(number):
        while True:
            claim = newsroom.claim(CLAIMS[0].id)
            try:
                newsroom.save(track.note(claim, f"Note {number}.", by=f"desk {number}", at=AT))
                return
            except ConflictError:
                continue

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(note, range(24)))
    whys = sorted(event.why for event in newsroom.claim(CLAIMS[0].id).events)
    assert whys == sorted(f"Note {number}." for number in range(24))


def test_an_article_and_steps_on_its_claims_at_once_leave_a_store_in_order(newsroom):
    """Adding keeps the store to itself, saving shares it; neither may wait for the other in a circle."""
    stop = threading.Event()

    def add():
        number = 0
        while not stop.is_set():
            article = make_article(id=f"2025-03-15-harbour-post-ferry-{number}", url=f"{URL}-{number}")
            newsroom.add(article, make_claims(article))
            number += 1
        return number

    def step(claim):
        for number in range(15):
            newsroom.update(claim.id, track.note, f"Note {number}.", by="Noor", at=AT)

    with ThreadPoolExecutor(4) as threads:
        adding = threads.submit(add)
        list(threads.map(step, CLAIMS))
        stop.set()
        added = adding.result(60)
    assert newsroom.articles().count() == added + 1
    assert [len(newsroom.claim(claim.id).events) for claim in CLAIMS] == [15, 15, 15]
    assert [finding for finding in newsroom.verify() if finding.severity != "note"] == []


def _note(where, ids, name, count):
    chosen = random.Random(name)
    with Store.open(where, create=False) as store:
        for number in range(count):
            while True:
                claim = store.claim(chosen.choice(ids))
                try:
                    store.update(claim, track.note, f"Note {name}-{number}.", by=f"desk {name}", at=AT)
                    break
                except ConflictError:
                    continue


def test_four_processes_at_the_same_claims_lose_nothing_and_make_nothing_twice(newsroom):
    context = multiprocessing.get_context("spawn")
    ids = [claim.id for claim in CLAIMS[:2]]
    desks = [context.Process(target=_note, args=(by_hand.where(newsroom), ids, name, 25)) for name in "abcd"]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join(60)
    assert [desk.exitcode for desk in desks] == [0, 0, 0, 0]
    told = Counter(str(event.why) for claim in newsroom.claims(article=ID) for event in claim.events)
    assert told == {f"Note {name}-{number}.": 1 for name in "abcd" for number in range(25)}
    assert [finding for finding in newsroom.verify() if finding.severity != "note"] == []
