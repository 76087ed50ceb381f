"""Each call that changes the disk fails, or is the last of a process that is killed: what was stored stays whole.

The calls of the store go through one module and are made to fail there. SQLite makes its own; strace fails those,
where it is there.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from claimtrack.errors import ConflictError, StoreError
from claimtrack.store import Store
from claimtrack.store.files import disk
from tests.store.crash.recording import record
from tests.store.crash.scenes import ARTICLE, CLAIMS, add_article, add_changed_claims, save_claim
from tests.store.test_index import by_reading, told

WRITES = (add_changed_claims, add_article, save_claim)
DESK = Path(__file__).with_name("updating.py")

EVERY = int(os.environ.get("CLAIMTRACK_EVERY", "4"))
"""Which of SQLite's calls fail: every one takes minutes."""

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="tells descriptors through /proc")


@pytest.fixture(params=["one sync for all", "a sync for each"])
def syncing(request, monkeypatch):
    together = request.param == "one sync for all"
    monkeypatch.setattr(disk, "can_sync_all", lambda fd: together)
    monkeypatch.setattr(disk, "sync_all", lambda fd: None)  # nobody cuts the power here


def new_store(folder):
    store = Store(folder)
    store.add(ARTICLE, CLAIMS[:2])
    return store


def check(store, before, after):
    """Hold a store to what must be so after a fault: each claim as before or as afterwards, and nothing else."""
    again = Store(store.folder, create=False)
    assert tuple(again.validate()) == ()
    assert list((store.folder / ".claimtrack/tmp").iterdir()) == []
    claims = {claim.id: claim.to_json() for claim in again.claims()}
    assert before.keys() <= claims.keys() <= before.keys() | after.keys()
    assert all(json in (before.get(id), after.get(id)) for id, json in claims.items())
    assert told(again.claims(text="e")) == by_reading(again, text="e")
    return claims


def outcome_of(write, folder):
    store = new_store(folder)
    before = {claim.id: claim.to_json() for claim in store.claims()}
    with pytest.MonkeyPatch.context() as patched:
        recording = record(patched, folder)
        write(store, recording)
    return before, {claim.id: claim.to_json() for claim in store.claims()}, len(recording.calls)


@pytest.mark.parametrize("write", WRITES, ids=lambda write: write.__name__)
@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC], ids=errno.errorcode.get)
def test_a_disk_that_fails_at_any_call_leaves_each_claim_old_or_new(write, code, tmp_path, syncing):
    before, after, calls = outcome_of(write, tmp_path / "whole")
    failures = 0
    for number in range(calls):
        store = new_store(tmp_path / str(number))

        def fail(now, name, path, number=number):
            if now == number:
                raise OSError(code, os.strerror(code))

        with pytest.MonkeyPatch.context() as patched:
            recording = record(patched, store.folder, fail)
            told_why = ""
            try:
                write(store, recording)
            except StoreError as error:
                failures += 1
                told_why = str(error)
        assert (os.strerror(code) in told_why) != bool(recording.reports)
        claims = check(store, before, after)
        assert claims == after or not recording.reports
        with contextlib.suppress(ConflictError):  # it was in its place already
            write(Store(store.folder), recording)
        assert {claim.id: claim.to_json() for claim in store.claims()} == after
    assert failures >= calls - 3  # making a folder that is there, and removing what is gone, may fail


@pytest.mark.parametrize("write", WRITES, ids=lambda write: write.__name__)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_writer_killed_at_any_call_leaves_each_claim_old_or_new(write, moment, tmp_path, syncing):
    before, after, calls = outcome_of(write, tmp_path / "whole")
    for number in range(calls):
        store = new_store(tmp_path / str(number))
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            _write_and_die(write, store, number + (moment == "after"), writer)
        os.close(writer)
        reported = os.read(reader, 100)
        os.close(reader)
        _, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL
        claims = check(store, before, after)
        assert claims == after or not reported


def _write_and_die(write, store, number, reports):
    def kill(now, name, path):
        if now == number:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        recording = record(pytest.MonkeyPatch(), store.folder, kill)
        recording.on_report = lambda: os.write(reports, b"reported")
        write(store, recording)
    finally:
        os.kill(os.getpid(), signal.SIGKILL)


# --- the index: SQLite's own calls ------------------------------------------------------------------------------------


def can_trace(folder):
    if shutil.which("strace") is None:
        return False
    done = subprocess.run(["strace", "-f", "-o", "/dev/null", "true"], cwd=folder, capture_output=True)
    return done.returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("calls", "fault", "most"),
    [
        ("pwrite64", "signal=KILL", 80),
        ("pwrite64", "error=ENOSPC", 80),
        ("fsync,fdatasync", "error=EIO", 8),
        ("fsync,fdatasync", "signal=KILL", 8),
        ("unlink", "error=EIO", 5),
        ("unlink", "signal=KILL", 5),
    ],
)
def test_an_index_update_that_fails_at_any_call_changes_no_answer(calls, fault, most, tmp_path):
    """One run for all calls of a kind: the process that is to fail at its nth makes so many fewer of its own before."""
    if not can_trace(tmp_path):
        pytest.skip("needs strace")
    numbers = range(0, most, EVERY)
    for number in numbers:
        store = new_store(tmp_path / str(number))
        store.reindex()
        store.save(CLAIMS[0].replace(tags=("ferries",)), expected=CLAIMS[0])
    traced = ["strace", "-f", "-o", str(tmp_path / "trace"), "-e", f"trace={calls}"]
    traced += ["-e", f"inject={calls}:{fault}:when={most + 1}"]
    command = [*traced, sys.executable, str(DESK), str(tmp_path), str(most), str(EVERY), calls]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    trace = (tmp_path / "trace").read_text()
    hit = trace.count("(INJECTED)") if fault.startswith("error") else trace.count("killed by SIGKILL")
    assert 0 < hit < len(numbers)  # the last have fewer calls than that: each call was hit once
    for number in numbers:
        store = Store(tmp_path / str(number), create=False)
        listing = store.claims(tag="ferries")
        assert [claim.id for claim in listing] == [CLAIMS[0].id]
        assert listing.findings == ()
        assert told(store.claims(text="e")) == by_reading(store, text="e")
        assert tuple(store.validate()) == ()
