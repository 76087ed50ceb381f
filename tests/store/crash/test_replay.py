"""A power cut at any moment, in every state that it can leave: nothing reported is lost, nothing is half."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from claimtrack.store.files import disk
from tests.store.crash import bugs
from tests.store.crash.recording import Call
from tests.store.crash.replay import crash_states
from tests.store.crash.scenes import SCENES, find_violations, play

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="tells descriptors through /proc")


@pytest.fixture(params=["one sync for all", "a sync for each"])
def syncing(request, monkeypatch):
    """Run a test twice: where the file system is flushed as a whole, and where each file is."""
    together = request.param == "one sync for all"
    monkeypatch.setattr(disk, "can_sync_all", lambda fd: together)
    monkeypatch.setattr(disk, "sync_all", lambda fd: os.sync())
    return request.param


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_after_a_power_cut_nothing_is_lost_and_nothing_is_half(scene, tmp_path, monkeypatch, syncing):
    played = play(scene, tmp_path / "newsroom", monkeypatch)
    assert len(played.recording.calls) >= 6
    assert played.recording.reports
    assert list(find_violations(played, tmp_path)) == []


@pytest.mark.parametrize("bug", bugs.BUGS, ids=lambda bug: bug.__name__)
def test_a_writer_that_breaks_a_rule_is_caught(bug, tmp_path, monkeypatch):
    """A replay that sees nothing wrong with these would prove nothing."""
    monkeypatch.setattr(disk, "sync_all", lambda fd: os.sync())
    caught = []
    for number, scene in enumerate(SCENES):
        with monkeypatch.context() as patched:
            fail = bugs.fail_the_first_sync() if bug is bugs.file_used_again_after_a_failed_sync else lambda *_: None
            # The scene is set up by a writer that breaks no rule.
            played = play(scene, tmp_path / f"newsroom-{number}", patched, fail, plant=bug)
        scratch = tmp_path / str(number)
        scratch.mkdir()
        caught += list(find_violations(played, scratch))[:1]
    assert caught, bug.__doc__


# --- the model of the disk --------------------------------------------------------------------------------------------


def states(*calls, before=()):
    return [tree for number, tree in crash_states(dict(before), calls) if number == len(calls)]


def test_bytes_that_are_not_synced_may_be_missing_half_or_zeros():
    found = states(Call("create", "a"), Call("write", "a", b"news"))
    assert sorted(tree.get("a", b"-") for tree in found) == [b"", b"\0\0\0\0", b"-", b"ne", b"news"]


def test_a_synced_file_has_its_bytes_and_not_yet_its_name():
    found = states(Call("create", "a"), Call("write", "a", b"news"), Call("sync", "a"))
    assert sorted(tree.get("a", b"-") for tree in found) == [b"-", b"news"]


def test_a_name_is_safe_when_its_folder_is_synced_and_the_folder_itself_is_there():
    made = (Call("make_folder", "f"), Call("create", "f/a"), Call("sync", "f"))
    assert sorted(len(tree) for tree in states(*made)) == [0, 2]
    assert [len(tree) for tree in states(*made, Call("sync", "."))] == [2]


def test_a_rename_happens_whole_or_not_at_all():
    calls = (Call("create", "t"), Call("write", "t", b"new"), Call("sync", "t"), Call("rename", "t", to="a"))
    found = states(*calls, before={"a": b"old"})
    assert {tree["a"] for tree in found} == {b"old", b"new"}
    assert {tree["a"] for tree in states(*calls, Call("sync", "."), before={"a": b"old"})} == {b"new"}


def test_a_sync_that_failed_has_lost_the_bytes_for_good():
    failed = Call("sync", "a", failed=True)
    calls = (Call("create", "a"), Call("sync", "."), Call("write", "a", b"news"), failed, Call("sync", "a"))
    assert [tree["a"] for tree in states(*calls)] == [b""]
