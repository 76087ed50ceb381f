"""What is reported as written is on the disk; what is not is there wholly or not at all; writers take turns."""

from __future__ import annotations

import errno
import fcntl
import multiprocessing
import os
import threading
from pathlib import Path

import pytest

from claimtrack.errors import StoreError
from claimtrack.store import Store
from claimtrack.store.files import disk
from claimtrack.store.files.folders import Folder
from tests.store import by_hand
from tests.store.news import ID, TEXT, URL, make_article, make_claim, make_claims, triaged

ARTICLE = make_article()
CLAIMS = make_claims(ARTICLE)
CALLS = ("create", "write", "sync", "sync_all", "rename", "make_folder", "truncate")


@pytest.fixture(params=["one sync for all", "a sync for each"])
def syncing(request, monkeypatch):
    """Run a test twice: where the file system is flushed as a whole, and where each file is."""
    if request.param == "a sync for each":
        monkeypatch.setattr(disk, "can_sync_all", lambda fd: False)
    else:
        monkeypatch.setattr(disk, "can_sync_all", lambda fd: True)
        monkeypatch.setattr(disk, "sync_all", lambda fd: os.sync())
    return request.param


def record(monkeypatch, before):
    """Call `before(number, name, what)` before every call that changes the disk."""
    counted = iter(range(10_000))

    def watched(name, call):
        def calling(*args, **options):
            # Descriptors are told by what they stand for, at the time of the call.
            what = [os.readlink(f"/proc/self/fd/{arg}") if type(arg) is int else arg for arg in args]
            before(next(counted), name, what)
            return call(*args, **options)

        return calling

    for name in CALLS:
        monkeypatch.setattr(disk, name, watched(name, getattr(disk, name)))


def temporaries(store):
    return list((store.folder / ".claimtrack/tmp").iterdir())


@pytest.mark.files
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="tells descriptors through /proc")
def test_bytes_are_safe_before_names_and_names_before_the_report(store, monkeypatch, syncing):
    calls = []
    record(monkeypatch, lambda _, name, what: calls.append((name, str(what[0]).removeprefix(str(store.folder)))))
    store.add(ARTICLE, CLAIMS)
    protocol = [name for name, what in calls if name in ("rename", "sync", "sync_all", "truncate")]
    written = [what for name, what in calls if name == "write" and "/tmp/" in what]
    if syncing == "one sync for all":
        assert protocol == ["sync_all", "rename", "sync_all", "rename", "rename", "rename", "sync_all", "truncate"]
        return
    assert protocol == ["sync"] * 4 + ["rename"] + ["sync"] * 3 + ["rename"] * 3 + ["sync"] * 4 + ["truncate"]
    synced = [what for name, what in calls if name == "sync"]
    assert synced[:4] == written
    assert set(synced[4:7]) == {"/articles/2025", "/articles", ""}
    assert set(synced[7:]) == {f"/claims/2025/{ID}", "/claims/2025", "/claims", ""}


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails_at_any_call_loses_nothing_and_leaves_nothing_half(tmp_path, code, syncing):
    """Every call that changes the disk fails in turn while an edited extraction is added to what is stored."""
    changed = (CLAIMS[0].replace(statement="All are safe"), *CLAIMS[1:])
    told = []
    for number in range(100):
        store = Store(tmp_path / f"newsroom-{number}")
        store.add(ARTICLE, CLAIMS[:2])

        def fail(now, name, what, number=number):
            if now == number:
                raise OSError(code, os.strerror(code))

        with pytest.MonkeyPatch.context() as monkeypatch:
            record(monkeypatch, fail)
            try:
                store.add(ARTICLE, changed)
                break
            except StoreError as error:
                told.append(str(error))
        assert temporaries(store) == []
        assert tuple(store.validate()) == ()
        assert store.claim(CLAIMS[0].id) in (CLAIMS[0], changed[0])
        assert store.claim(CLAIMS[1].id) == CLAIMS[1]
        store.add(ARTICLE, changed)
        assert tuple(store.claims()) == changed
    assert len(told) >= 10
    assert all(os.strerror(code) in message for message in told)


@pytest.mark.files
def test_after_a_failed_sync_the_file_is_not_tried_again(store, monkeypatch):
    monkeypatch.setattr(disk, "can_sync_all", lambda fd: False)
    tried = []

    def sync(fd):
        tried.append(os.fstat(fd).st_ino)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(disk, "sync", sync)
    with pytest.raises(StoreError, match="Input/output error"):
        store.add(ARTICLE, CLAIMS)
    assert len(tried) == 1


@pytest.mark.files
def test_a_full_disk_is_told_with_what_to_do(store, monkeypatch):
    def write(fd, data):
        os.write(fd, data[:100])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    store.add(ARTICLE)
    monkeypatch.setattr(disk, "write", write)
    with pytest.raises(StoreError, match="No space left on device; free some space and try again"):
        store.add(ARTICLE, CLAIMS)


@pytest.mark.files
def test_what_a_killed_writer_left_is_swept_on_the_next_open(store):
    store.add(ARTICLE, CLAIMS)
    (store.folder / ".claimtrack/tmp/0.json").write_text('{"format": "claimtrack.cl')
    (store.folder / ".claimtrack/tmp/1.json").symlink_to(store.folder / f"articles/2025/{ID}.json")
    again = Store(store.folder)
    assert temporaries(store) == []
    assert again.article(ID) == ARTICLE


@pytest.mark.files
def test_the_temporary_files_of_a_writer_at_work_are_left_alone(store):
    (store.folder / ".claimtrack/tmp/0.json").write_text("{")
    with open(store.folder / ".claimtrack/lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        Store(store.folder)
        assert len(temporaries(store)) == 1
    Store(store.folder)
    assert temporaries(store) == []


@pytest.mark.files
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="tells descriptors through /proc")
def test_folders_that_a_killed_writer_had_changed_are_synced_by_the_next(store, monkeypatch):
    """Killed between rename and sync, a document is there but may not survive a power cut."""

    class Killed(BaseException):
        pass

    def kill(_, name, what):
        if name == "sync" and what[0].endswith(ID):
            raise Killed

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(disk, "can_sync_all", lambda fd: False)
        record(patched, kill)
        with pytest.raises(Killed):
            store.add(ARTICLE, CLAIMS)
    synced = []
    record(monkeypatch, lambda _, name, what: synced.append(what[0]) if name == "sync" else None)
    assert str(store.add(ARTICLE, CLAIMS)) == f"{ID}: nothing changed"
    places = ("articles/2025", f"claims/2025/{ID}", "claims/2025", "articles", "claims", "")
    assert sorted(synced) == sorted(str(store.folder / place) for place in places)
    synced.clear()
    store.add(ARTICLE, CLAIMS)
    assert synced == []


@pytest.mark.files
def test_a_strange_note_in_the_lock_file_leads_nowhere(store):
    (store.folder / ".claimtrack/lock").write_bytes(b"../../etc\n/etc\n\xff\xfe\nclaims/2099\narticles/../..\n")
    assert str(store.add(ARTICLE)) == f"{ID}: new article"
    assert (store.folder / ".claimtrack/lock").read_bytes() == b""


# --- several writers --------------------------------------------------------------------------------------------------


def add_days(where, days, start):
    start.wait(30)
    pairs = []
    for day in days:
        article = make_article(id=f"2025-03-{day:02}-harbour-post-ferry", url=f"{URL}-{day}")
        pairs.append((article, make_claims(article)))
    for _ in Store(where).add_many(pairs, batch=8):
        pass


@pytest.mark.parametrize("days", [(range(1, 16), range(16, 31)), (range(1, 21), range(11, 31))], ids=["apart", "same"])
def test_two_processes_adding_at_once_lose_nothing(store, days):
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(2)
    writers = [context.Process(target=add_days, args=(by_hand.where(store), one, start)) for one in days]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
        assert writer.exitcode == 0
    assert len(list(store.articles())) == 30
    assert len(list(store.claims())) == 90
    assert tuple(store.validate()) == ()


def test_threads_that_give_one_claim_a_place_each_take_turns(store):
    store.add(ARTICLE)
    words = ["All", "62 passengers", "were safe", "harbour master", "The hull", "held", "nine hours", "reporters"]
    outcomes = []

    def add(content):
        claim = make_claim(ARTICLE, content, "Mira Holt", id=f"{ID}-0")
        outcomes.extend(id for id, outcome in store.add(ARTICLE, (claim,)).outcomes if outcome == "new")

    threads = [threading.Thread(target=add, args=(content,)) for content in words]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(set(outcomes)) == len(words)
    assert sorted(claim.statement for claim in store.claims()) == sorted(words)


def test_a_reader_sees_the_old_claim_or_the_new_one(store):
    store.add(ARTICLE, CLAIMS)
    versions = [CLAIMS[0], triaged(CLAIMS[0])]
    done = threading.Event()

    def write():
        for number in range(40):
            store.save(versions[number % 2], expected=store.claim(CLAIMS[0].id))
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    seen = set()
    while not done.is_set():
        seen.add(store.claim(CLAIMS[0].id).workflow)
    writer.join(30)
    assert seen <= {"candidate", "triaged"}


def test_an_edition_added_by_two_at_once_is_stored_once(store):
    store.add(ARTICLE, CLAIMS)
    edited = make_article(TEXT.replace("nine", "ten"))
    threads = [threading.Thread(target=store.add, args=(edited,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(list(store.articles())) == 2


def test_a_store_that_another_process_makes_meanwhile_is_opened(tmp_path, monkeypatch):
    """The other is quicker between the first look for the marker and the look at what else is there."""
    names, quicker = Folder.names, []

    def names_after_the_other(folder):
        if not quicker:
            quicker.append(True)
            Store(tmp_path).add(ARTICLE, CLAIMS)
        return names(folder)

    monkeypatch.setattr(Folder, "names", names_after_the_other)
    assert tuple(Store(tmp_path).claims()) == CLAIMS
