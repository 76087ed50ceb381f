"""The benchmarks of the store, at a reduced size."""

from __future__ import annotations

import sys

import pytest

made_up = pytest.importorskip("made_up")
store_kill = pytest.importorskip("store_kill") if sys.platform != "win32" else None
store_scale = pytest.importorskip("store_scale") if sys.platform != "win32" else None
store_index = pytest.importorskip("store_index") if sys.platform != "win32" else None
store_contention = pytest.importorskip("store_contention") if sys.platform != "win32" else None
store_database = pytest.importorskip("store_database") if sys.platform != "win32" else None
scale_store = pytest.importorskip("scale_store") if sys.platform != "win32" else None
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills and measures as Linux and macOS do")


@pytest.mark.slow
def test_writers_killed_at_random_moments_lose_nothing_that_they_reported(tmp_path):
    summary = store_kill.kill_writers(20, tmp_path)
    assert summary.violations == ()
    assert summary.kills == 20
    assert summary.mid_write > 0
    assert summary.reported > 0


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:500]), "is not what was added"),
        (lambda path: path.unlink(), "was reported and is not there"),
        (lambda path: path.write_bytes(path.read_bytes().replace(b"Ferry", b"Barge")), "is not what was added"),
    ],
    ids=["half", "lost", "changed"],
)
def test_the_look_after_a_kill_sees_what_is_wrong(tmp_path, damage, told):
    store = store_kill.Store(tmp_path)
    added = [store.add(*made_up.make_article(number)) for number in range(3)]
    assert store_kill.check_store(tmp_path, 1, 2) == (63, [])
    damage(tmp_path / "articles" / added[1].article_id[:4] / f"{added[1].article_id}.json")
    assert told in " ".join(store_kill.check_store(tmp_path, 1, 2)[1])


@pytest.mark.slow
def test_two_thousand_claims_are_added_found_listed_and_in_order(tmp_path):
    figures = store_scale.measure(2000, tmp_path)
    assert figures.claims == 2000
    assert figures.findings == 0
    assert 0 < figures.listed < 2000
    assert figures.by_id_median < 0.001


@pytest.mark.slow
def test_every_question_finds_something_and_no_change_is_missed(tmp_path):
    figures = store_index.measure(2400, tmp_path)
    assert figures.missed == 0
    assert figures.documents == 2520
    assert all(found > 0 for name, (*_, found) in figures.questions.items() if name.startswith(("figure", "full")))


@pytest.mark.slow
def test_processes_that_change_the_same_claims_lose_nothing_and_make_nothing_twice(tmp_path):
    summary = store_contention.contend(4, 60, 5, tmp_path / "newsroom")
    assert summary.violations == 0
    assert summary.updates == 240
    assert summary.conflicts > 0


@pytest.mark.slow
def test_a_database_takes_all_that_a_folder_has_and_gives_it_back(server, tmp_path, capsys):
    assert store_database.share_and_ask(server, tmp_path, claims=400, seed=1) == 0
    told = capsys.readouterr().out
    assert "push: 420 new" in told
    assert "pull: 420 new" in told


@pytest.mark.slow
def test_a_database_that_grows_is_asked_at_each_size(server, capsys):
    scale_store.grow(server, 2000, seed=1)
    told = capsys.readouterr().out
    assert [line for line in told.splitlines() if line.endswith("documents")] == [
        "20 claims, 21 documents",
        "200 claims, 210 documents",
        "2,000 claims, 2,100 documents",
    ]
