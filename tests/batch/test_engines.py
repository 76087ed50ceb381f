"""Every engine gives the same bytes, with any number of workers and any number of tasks under way."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import multiprocessing
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claimtrack import BatchError, Engine, MissingExtraError, Progress, extract_batch
from claimtrack.batch import on_dask, running
from claimtrack.extract import processes
from tests.batch.news import files_of, record, write_lines

LINES = pytest.mark.parametrize("whole", ["jsonl"], indirect=True)
ENGINES = [Engine("processes", workers=1), Engine("processes", workers=2), Engine("dask", workers=2)]


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty records, some of them broken and one of them there twice."""
    broken = [b"{", {"html": 7}, record(3), {"text": "x\ud800"}]
    path = tmp_path_factory.mktemp("news") / "news.jsonl"
    return write_lines(path, [*map(record, range(40)), *broken, *map(record, range(40, 56))])


@pytest.fixture(scope="module", params=["jsonl", "parquet"])
def whole(request: pytest.FixtureRequest, news: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What this process makes of them."""
    output = tmp_path_factory.mktemp("whole") / "claims"
    batch = extract_batch(news, output, tagger="fast", form=request.param, part_size=17)
    assert (batch.records, batch.articles, batch.rejected, batch.parts) == (60, 56, 4, 4)
    return request.param, output


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: f"{engine.name}-{engine.workers}")
def test_every_engine_gives_the_same_bytes(
    engine: Engine, whole: tuple[str, Path], news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form, output = whole
    monkeypatch.setattr(
        running, "TASK", dict.fromkeys(running.TASK, 5)
    )  # several tasks a part, so that they can overtake one another
    extract_batch(news, tmp_path / "claims", tagger="fast", form=form, part_size=17, engine=engine)  # type: ignore[arg-type]
    assert files_of(tmp_path / "claims") == files_of(output)


@LINES
@pytest.mark.parametrize("ahead", [1, 9])
def test_the_number_of_tasks_under_way_changes_nothing(
    ahead: int, whole: tuple[str, Path], news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form, output = whole
    monkeypatch.setattr(processes, "AHEAD", ahead)
    monkeypatch.setattr(running, "TASK", dict.fromkeys(running.TASK, 1))
    engine = Engine("processes", workers=2)
    extract_batch(news, tmp_path / "claims", tagger="fast", form=form, part_size=17, engine=engine)  # type: ignore[arg-type]
    assert files_of(tmp_path / "claims") == files_of(output)


def kill_a_worker(killed: list[int]) -> None:
    """Kill one worker of this process, where there is one."""
    for worker in multiprocessing.active_children()[:1]:
        worker.kill()
        killed.append(worker.pid or 0)


@LINES
@pytest.mark.skipif(sys.platform == "win32", reason="kills with SIGKILL")
def test_a_killed_worker_of_a_pool_stops_the_run_with_a_clear_message_and_it_can_be_gone_on_with(
    whole: tuple[str, Path], news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form, output = whole
    monkeypatch.setattr(running, "TASK", dict.fromkeys(running.TASK, 1))
    killed: list[int] = []

    def kill_late(progress: Progress) -> None:
        if progress.records == 20:
            kill_a_worker(killed)

    told = {"tagger": "fast", "form": form, "part_size": 17, "engine": Engine("processes", workers=2)}
    with pytest.raises(BatchError, match=r"a worker was killed.*; stopped after record 2\d; 1 part is finished"):
        extract_batch(news, tmp_path / "claims", progress=kill_late, **told)  # type: ignore[arg-type]
    assert killed
    assert len((tmp_path / "claims/parts.jsonl").read_bytes().splitlines()) == 1
    extract_batch(news, tmp_path / "claims", **told)  # type: ignore[arg-type]
    assert files_of(tmp_path / "claims") == files_of(output)


@LINES
@pytest.mark.skipif(sys.platform == "win32", reason="kills with SIGKILL")
def test_dask_does_the_work_of_a_killed_worker_again(
    whole: tuple[str, Path],
    news: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    form, output = whole
    monkeypatch.setattr(running, "TASK", dict.fromkeys(running.TASK, 1))
    killed: list[int] = []

    def kill_once(progress: Progress) -> None:
        if progress.records >= 20 and not killed:
            kill_a_worker(killed)

    engine = Engine("dask", workers=2)
    extract_batch(news, tmp_path / "claims", tagger="fast", form=form, part_size=17, engine=engine, progress=kill_once)  # type: ignore[arg-type]
    assert killed
    assert files_of(tmp_path / "claims") == files_of(output)
    assert capfd.readouterr().err == ""  # Dask tells nothing of it


@contextlib.contextmanager
def cluster_of_threads() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=1,
        threads_per_worker=2,
        processes=False,
        dashboard_address="127.0.0.1:0",
        host="127.0.0.1",
        protocol="tcp",
        silence_logs=50,
    ) as cluster:
        yield cluster


@LINES
def test_a_cluster_that_is_there_is_used(whole: tuple[str, Path], news: Path, tmp_path: Path) -> None:
    _, output = whole
    with cluster_of_threads() as cluster:
        engine = Engine("dask", scheduler=cluster.scheduler_address)
        extract_batch(news, tmp_path / "claims", tagger="fast", part_size=17, engine=engine)
    assert files_of(tmp_path / "claims") == files_of(output)


CLUSTER = """
import distributed, time
if __name__ == "__main__":
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, host="127.0.0.1", protocol="tcp", dashboard_address=":0"
    ) as cluster:
        print(cluster.scheduler_address, flush=True)
        time.sleep(300)
"""


def test_a_scheduler_that_is_lost_on_the_way_stops_the_run_with_a_clear_message(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(on_dask, "_PATIENCE", 2)
    monkeypatch.setattr(running, "TASK", dict.fromkeys(running.TASK, 1))
    with subprocess.Popen([sys.executable, "-c", CLUSTER], stdout=subprocess.PIPE, text=True) as cluster:
        assert cluster.stdout is not None
        address = cluster.stdout.readline().strip()

        def lose(progress: Progress) -> None:
            if progress.records == 20:
                cluster.kill()

        capfd.readouterr()
        engine = Engine("dask", scheduler=address)
        with pytest.raises(BatchError, match=r"Dask gave up: .*; 1 part is finished and kept: run the same again"):
            extract_batch(news, tmp_path / "claims", tagger="rules", part_size=17, engine=engine, progress=lose)
    assert capfd.readouterr().err == ""


def test_a_scheduler_whose_workers_have_all_left_stops_the_run(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(on_dask, "_ALONE", 1)
    monkeypatch.setattr(running, "TASK", dict.fromkeys(running.TASK, 1))
    with cluster_of_threads() as cluster:

        def dismiss(progress: Progress) -> None:
            if progress.records == 20:
                cluster.scale(0)
                while cluster.scheduler.workers:
                    time.sleep(0.05)

        engine = Engine("dask", scheduler=cluster.scheduler_address)
        said = r"has had no worker for \d+ seconds; start some; .*; 1 part is finished and kept: run the same again"
        with pytest.raises(BatchError, match=said):
            extract_batch(news, tmp_path / "claims", tagger="rules", part_size=17, engine=engine, progress=dismiss)


@LINES
def test_a_scheduler_whose_workers_are_replaced_in_time_is_waited_for(
    whole: tuple[str, Path], news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, output = whole
    monkeypatch.setattr(on_dask, "_ALONE", 60)
    monkeypatch.setattr(on_dask, "_LOOKS", 300)
    monkeypatch.setattr(running, "TASK", dict.fromkeys(running.TASK, 1))
    with cluster_of_threads() as cluster:

        def replace(progress: Progress) -> None:
            if progress.records == 20:
                cluster.scale(0)
                while cluster.scheduler.workers:
                    time.sleep(0.05)
                threading.Timer(1, cluster.scale, (1,)).start()

        engine = Engine("dask", scheduler=cluster.scheduler_address)
        extract_batch(news, tmp_path / "claims", tagger="fast", part_size=17, engine=engine, progress=replace)
    assert files_of(tmp_path / "claims") == files_of(output)


def test_a_worker_of_another_version_that_joins_on_the_way_stops_the_run(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "TASK", dict.fromkeys(running.TASK, 1))
    with cluster_of_threads() as cluster:

        def join(progress: Progress) -> None:
            if progress.records == 20:
                monkeypatch.setattr(on_dask, "_version", lambda: "0.0.1")

        engine = Engine("dask", scheduler=cluster.scheduler_address)
        said = (
            r"a worker has claimtrack 0.0.1, and this is .*; install the same on both; .*; 1 part is finished and kept$"
        )
        with pytest.raises(BatchError, match=said):
            extract_batch(news, tmp_path / "claims", tagger="rules", part_size=17, engine=engine, progress=join)


@pytest.mark.parametrize("kind", [asyncio.CancelledError, concurrent.futures.CancelledError])
def test_work_that_is_cancelled_is_a_clear_error(kind: type[BaseException]) -> None:
    """That of asyncio is no Exception."""
    with pytest.raises(BatchError, match="Dask gave up: CancelledError: claimtrack-1"), on_dask._explained():
        raise kind("claimtrack-1")


def test_a_script_without_a_guard_is_not_told_to_run_again(tmp_path: Path) -> None:
    """It would end the same for ever."""
    write_lines(tmp_path / "news.jsonl", [record(1)])
    script = (
        "import claimtrack\n"
        "claimtrack.extract_batch('news.jsonl', 'claims', engine=claimtrack.Engine('processes', workers=1))\n"
    )
    (tmp_path / "script.py").write_text(script)
    done = subprocess.run([sys.executable, "script.py"], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert 'a script needs the line if __name__ == "__main__":' in done.stderr
    assert "run the same again" not in done.stderr


def test_a_scheduler_that_is_not_there_is_a_clear_error(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(on_dask, "_PATIENCE", 1)
    for address in ("tcp://127.0.0.1:9", "nowhere"):
        with pytest.raises(BatchError, match=rf"the Dask scheduler at {address} cannot be used .*; see that it runs"):
            extract_batch(news, tmp_path / "claims", engine=Engine("dask", scheduler=address), tagger="rules")


def test_without_dask_the_extra_is_named(news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'claimtrack\[dask\]'"):
        extract_batch(news, tmp_path / "claims", engine=Engine("dask"), tagger="rules")


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("dsk", {}, "no engine is called 'dsk'; did you mean 'dask'"),
        ("here", {"workers": 2}, "here is one process"),
        ("processes", {"workers": 0}, "at least one process"),
        ("processes", {"scheduler": "tcp://127.0.0.1:8786"}, "a scheduler is for dask, not for processes"),
        ("dask", {"workers": 2, "scheduler": "tcp://127.0.0.1:8786"}, "leave workers out"),
    ],
)
def test_an_engine_whose_options_do_not_go_together_is_refused(
    name: str, options: dict[str, object], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        Engine(name, **options)  # type: ignore[arg-type]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="tells processes through /proc")
def test_workers_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    """A coordinator that is killed takes its workers along: nobody is left who waits for work without end."""
    script = (
        "import time\nfrom claimtrack.extract.processes import map_in_processes\n"
        "if __name__ == '__main__':\n"
        "    for _ in map_in_processes(time.sleep, [0] * 4 + [60] * 8, workers=2):\n        print('up', flush=True)\n"
    )
    (tmp_path / "script.py").write_text(script)
    process = subprocess.Popen([sys.executable, tmp_path / "script.py"], stdout=subprocess.PIPE)
    assert process.stdout is not None
    with process.stdout:
        process.stdout.readline()
        below = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("ascii").split()
        workers = [pid for pid in below if b"pipe_handle" in Path(f"/proc/{pid}/cmdline").read_bytes()]
        process.kill()
        process.wait()
    assert len(workers) == 2
    give_up = time.monotonic() + 10
    while (left := [pid for pid in workers if _is_at_work(pid)]) and time.monotonic() < give_up:
        time.sleep(0.05)
    assert left == []


def _is_at_work(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(") ")[2][0] not in "ZX"
    except OSError:
        return False


def test_a_run_that_is_given_up_ends_its_workers_at_once() -> None:
    results = processes.map_in_processes(time.sleep, [0.0, 60.0, 60.0, 60.0], workers=2)
    next(results)
    assert len(multiprocessing.active_children()) == 2
    began = time.monotonic()
    results.close()
    assert time.monotonic() - began < 20
    assert multiprocessing.active_children() == []


def test_a_run_that_is_given_up_while_workers_send_their_results_ends_as_well() -> None:
    """Half a result stays in the pipe, and its other half never comes."""
    script = (
        "from claimtrack.extract.processes import map_in_processes\n"
        "if __name__ == '__main__':\n"
        "    results = map_in_processes(bytes, [100_000_000] * 8, workers=2)\n    next(results)\n    results.close()\n"
    )
    subprocess.run([sys.executable, "-c", script], timeout=30, check=True)
