"""A run that is stopped by anything goes on with the same command, and ends up with the bytes of an undisturbed one."""

from __future__ import annotations

import contextlib
import errno
import functools
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from claimtrack import BatchError, Progress, ReadError, extract_batch
from claimtrack.batch import running
from tests.batch.news import files_of, lines_of, record, write_lines

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills copies of this process")
resource = pytest.importorskip("resource")
FORMS = pytest.mark.parametrize("form", ["jsonl", "parquet"])


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    records = [*map(record, range(30)), b"{", record(3), *map(record, range(30, 48))]
    return write_lines(tmp_path_factory.mktemp("news") / "news.jsonl", records)


@pytest.fixture(scope="module")
def undisturbed(news: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], dict[str, bytes]]:
    folder = tmp_path_factory.mktemp("undisturbed")
    for form in ("jsonl", "parquet"):
        run(news, folder / form, form)
    return lambda form: files_of(folder / form)


def run(news: Path, output: Path, form: Any = "jsonl", **options: Any) -> Any:
    return extract_batch(news, output, tagger="rules", part_size=12, form=form, **options)


def in_a_copy(work: Callable[[], object]) -> int:
    """Give the process, a copy of this one, that does the work and ends with 0, or 1 where it raised."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return child


def was_killed(child: int) -> bool:
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


@FORMS
def test_a_run_killed_at_random_moments_ends_up_the_same(
    form: str, news: Path, undisturbed: Callable[[str], dict[str, bytes]], tmp_path: Path
) -> None:
    moments, kills = random.Random(7), 0
    while True:
        child = in_a_copy(lambda: run(news, tmp_path / "claims", form))
        time.sleep(moments.uniform(0, 0.02 * (kills + 1)))
        os.kill(child, signal.SIGKILL)
        if not was_killed(child):
            break
        kills += 1
    assert kills > 3
    assert files_of(tmp_path / "claims") == undisturbed(form)


@FORMS
@pytest.mark.parametrize("first", [1, 2, 3])
def test_a_run_killed_where_it_touches_a_file_ends_up_the_same(
    first: int, form: str, news: Path, undisturbed: Callable[[str], dict[str, bytes]], tmp_path: Path
) -> None:
    """The first run is killed at an early touch, the next at a later one of its own, and so on."""
    output = tmp_path / "claims"
    kills = 0

    def killed_at(touch: int) -> None:
        seen = 0

        def watch(event: str, told: tuple[Any, ...]) -> None:
            nonlocal seen
            if event in ("open", "os.rename", "os.mkdir", "os.remove", "os.truncate") and str(output) in str(told[0]):
                seen += 1
                if seen == touch:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        run(news, output, form)

    while was_killed(in_a_copy(functools.partial(killed_at, first + 3 * kills))):
        kills += 1
    assert kills > 5
    assert files_of(output) == undisturbed(form)


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """Give a disk of 100 kilobytes, or skip the test where none can be had."""
    folder.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", folder], capture_output=True
    )
    if not mounted or mounted.returncode != 0:
        pytest.skip("no file system can be mounted here; files that are too large stand in for it")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


@FORMS
def test_a_full_disk_stops_the_run_with_a_clear_message_and_with_room_it_goes_on(
    form: str, news: Path, undisturbed: Callable[[str], dict[str, bytes]], tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk") as disk:
        with pytest.raises(
            BatchError, match=rf"{os.strerror(errno.ENOSPC)}.*; [12] parts? .* kept: run the same again"
        ):
            run(news, disk / "claims", form)
        assert list(disk.rglob("*.part")) == []
        subprocess.run(["mount", "-o", "remount,size=10m", disk], check=True)
        run(news, disk / "claims", form)
        assert files_of(disk / "claims") == undisturbed(form)


@FORMS
def test_a_file_that_cannot_grow_stops_the_run_and_leaves_nothing_half(
    form: str, news: Path, undisturbed: Callable[[str], dict[str, bytes]], tmp_path: Path
) -> None:
    output, (before, most) = tmp_path / "claims", resource.getrlimit(resource.RLIMIT_FSIZE)
    for limit in (100, 3_000, 8_000):
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, most))
        try:
            with pytest.raises(BatchError, match=os.strerror(errno.EFBIG)):
                run(news, output, form)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))
        assert list(output.rglob("*.part")) == []
    run(news, output, form)
    assert files_of(output) == undisturbed(form)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="tells descriptors through /proc")
@FORMS
def test_a_part_counts_when_its_files_and_their_names_are_on_the_device(
    form: str, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order of what is brought to the device: bytes, place, name of each file, then the line of the journal."""
    calls: list[tuple[str, str]] = []
    fsync, replace, write = os.fsync, Path.replace, os.write

    def told(call: str, fd: int) -> None:
        name = os.path.relpath(os.readlink(f"/proc/self/fd/{fd}"), tmp_path.resolve() / "claims")
        calls.append((call, re.sub(r"\.[0-9a-f]+\.part$", ".part", name)))

    def watched_fsync(fd: int) -> None:
        told("sync", fd)
        fsync(fd)

    def watched_write(fd: int, data: Any) -> int:
        told("write", fd)
        return write(fd, data)

    def watched_replace(path: Path, target: Any) -> Path:
        calls.append(("place", os.path.relpath(target, tmp_path / "claims")))
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(os, "write", watched_write)
    monkeypatch.setattr(Path, "replace", watched_replace)
    run(news, tmp_path / "claims", form)

    written = [place for place, call in enumerate(calls) if call == ("write", "parts.jsonl")]
    assert len(written) == 5
    for number, place in enumerate(written):
        names = json.loads((tmp_path / "claims/parts.jsonl").read_bytes().splitlines()[number])["files"]
        before = calls[:place]
        for name in names:
            waiting = ("sync", f"{name}.part")
            steps = [waiting, ("place", name), ("sync", os.path.dirname(name))]
            seen = [max(at for at, call in enumerate(before) if call == step) for step in steps]
            assert seen == sorted(seen)
        assert calls[place + 1] == ("sync", "parts.jsonl")
    assert calls.index(("place", "manifest.json")) < written[0]
    assert calls[-3:] == [("sync", "manifest.json.part"), ("place", "manifest.json"), ("sync", ".")]


def stopped(news: Path, output: Path) -> None:
    """Run until two parts are finished, and stop there."""

    def stop(progress: Progress) -> None:
        if progress.records > 24:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(news, output, progress=stop)


def test_what_is_finished_is_not_done_again(news: Path, tmp_path: Path) -> None:
    stopped(news, tmp_path / "claims")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "claims/claims").iterdir()}
    assert len(before) == 2
    seen: list[Progress] = []
    batch = run(news, tmp_path / "claims", progress=seen.append)
    assert (batch.records, seen[0].kept) == (50, 24)
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_a_finished_run_does_nothing_more(news: Path, tmp_path: Path) -> None:
    first = run(news, tmp_path / "claims")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.json*")}
    again = run(news, tmp_path / "claims", progress=lambda progress: pytest.fail("it reads again"))
    assert (first.is_new, again.is_new) == (True, False)
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert (again.records, again.claims, again.findings) == (first.records, first.claims, first.findings)


@pytest.mark.parametrize("finish", [True, False], ids=["finished", "stopped"])
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"tagger": "fast"}, "the tagger was rules 1, and is now fast 2"),
        ({"form": "jsonl.gz"}, "the format was jsonl, and is now jsonl.gz"),
        ({"part_size": 13}, "the size of the parts was 12, and is now 13"),
    ],
    ids=["tagger", "form", "part_size"],
)
def test_another_plan_is_refused_and_the_difference_is_named(
    change: dict[str, Any], said: str, finish: bool, news: Path, tmp_path: Path
) -> None:
    output = tmp_path / "claims"
    run(news, output) if finish else stopped(news, output)
    before = files_of(output)
    with pytest.raises(BatchError, match=rf"{said}; go on with what it was, or name another folder"):
        extract_batch(news, output, **({"tagger": "rules", "part_size": 12} | change))
    assert files_of(output) == before


def test_another_input_is_refused(news: Path, tmp_path: Path) -> None:
    own = Path(shutil.copy(news, tmp_path / "news.jsonl"))
    stopped(own, tmp_path / "claims")
    with own.open("ab") as file:
        file.write(json.dumps(record(99)).encode() + b"\n")
    with pytest.raises(BatchError, match="was begun with another plan: the input was"):
        run(own, tmp_path / "claims")


def test_a_change_in_the_middle_of_a_large_input_is_noticed(tmp_path: Path) -> None:
    """The fingerprint looks at a file's edges; what lies between is held to the digests of the finished parts."""
    own = write_lines(tmp_path / "news.jsonl", [record(number) | {"rest": "x" * 8000} for number in range(50)])
    stopped(own, tmp_path / "claims")
    written = own.read_bytes()
    own.write_bytes(written.replace(b"Report 8 from", b"Report 6 from"))
    assert own.stat().st_size == len(written)
    said = r"the input has changed: records 1 to 12 are no longer .*; 2 parts are finished and kept$"  # and no "go on"
    with pytest.raises(BatchError, match=said):
        run(own, tmp_path / "claims")
    own.write_bytes(written)
    run(own, tmp_path / "claims")


def test_a_part_that_was_tampered_with_is_refused(news: Path, tmp_path: Path) -> None:
    stopped(news, tmp_path / "claims")
    part = tmp_path / "claims/claims/part-00001.jsonl"
    with part.open("ab") as file:
        file.write(b"{}\n")
    with pytest.raises(BatchError, match=r"part-00001.jsonl: is not there as it was written"):
        run(news, tmp_path / "claims")


def test_a_part_whose_articles_are_no_json_any_more_is_refused_without_the_advice_to_go_on(
    news: Path, tmp_path: Path
) -> None:
    stopped(news, tmp_path / "claims")
    part = tmp_path / "claims/articles/part-00001.jsonl"
    part.write_bytes(b"x" * part.stat().st_size)
    with pytest.raises(BatchError, match=r"part-00001.jsonl: cannot be read: .*; 2 parts are finished and kept$"):
        run(news, tmp_path / "claims")


@pytest.mark.parametrize("inputs", [["news.jsonl"], [{"given": "news.jsonl", "bytes": "12"}], {}, None])
def test_a_manifest_that_was_edited_by_hand_is_another_plan(inputs: Any, news: Path, tmp_path: Path) -> None:
    stopped(news, tmp_path / "claims")
    path = tmp_path / "claims/manifest.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | {"inputs": inputs}))
    with pytest.raises(BatchError, match=r"was begun with another plan: the input was .*, and is now "):
        run(news, tmp_path / "claims")


def test_a_finished_folder_whose_journal_was_cut_is_refused(news: Path, tmp_path: Path) -> None:
    run(news, tmp_path / "claims")
    journal = tmp_path / "claims/parts.jsonl"
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:-1]))
    with pytest.raises(BatchError, match=r"parts.jsonl: is not there as it was written"):
        run(news, tmp_path / "claims")


def test_a_second_run_in_the_same_folder_is_refused_while_the_first_is_at_work(news: Path, tmp_path: Path) -> None:
    def begin_another(progress: Progress) -> None:
        with pytest.raises(BatchError, match="another run is at work in this folder"):
            run(news, tmp_path / "claims")

    run(news, tmp_path / "claims", progress=begin_another)


def test_a_folder_that_holds_something_else_is_left_alone(news: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(BatchError, match="holds other files already"):
        run(news, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    (tmp_path / "notes.txt").rename(tmp_path / "claims")
    with pytest.raises(BatchError, match="holds other files already"):
        run(news, tmp_path)
    (tmp_path / "manifest.json").write_text('{"name": "a web app"}')
    with pytest.raises(BatchError, match="no manifest of"):
        run(news, tmp_path)


def test_an_output_inside_its_own_input_is_refused(news: Path, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"lies in the input .*; name a folder elsewhere"):
        extract_batch(news.parent, news.parent / "claims", tagger="rules")
    assert not (news.parent / "claims").exists()


@pytest.mark.parametrize(
    "pattern", ["**/*.jsonl", "data/*", "d*/**", "**/part-*", "data/claims/claims/*", "[d]ata/*/m*"]
)
def test_an_output_that_a_pattern_would_find_is_refused_before_anything_is_written(
    pattern: str, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first run would find nothing there yet, and the second the parts of the first."""
    (tmp_path / "data").mkdir()
    for name in ("data/news.jsonl", "part-1.jsonl", "data/manifest.jsonl"):
        shutil.copy(news, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ReadError, match=r"data/claims: lies in the input .*; name a folder elsewhere"):
        run(pattern, Path("data/claims"))  # type: ignore[arg-type]
    assert not (tmp_path / "data/claims").exists()


@pytest.mark.parametrize(
    "pattern", ["**/news*.jsonl", "data/*.jsonl", "data/**/[!mp]*.jsonl", "*/news.jsonl", "**/.*.jsonl"]
)
def test_an_output_beside_what_a_pattern_finds_is_taken_and_gone_on_with(
    pattern: str, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    for name in ("data/news.jsonl", "data/.news.jsonl"):
        shutil.copy(news, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    stopped(pattern, Path("data/claims"))  # type: ignore[arg-type]
    assert run(pattern, Path("data/claims")).records == 50  # type: ignore[arg-type]
    assert run(pattern, Path("data/claims")).is_new is False  # type: ignore[arg-type]


def test_a_file_of_the_output_is_no_input(news: Path, tmp_path: Path) -> None:
    run(news, tmp_path / "claims")
    (tmp_path / "link").symlink_to("claims")
    for given in (tmp_path / "claims/claims/part-00000.jsonl", tmp_path / "link/claims/part-00000.jsonl"):
        with pytest.raises(ReadError, match=r"part-00000.jsonl: lies in the output .*; name a folder elsewhere"):
            run(given, tmp_path / "claims")


def test_a_file_that_comes_while_the_run_is_at_work_is_no_input(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would get the numbers of others, and a manifest that does not know it."""
    folder = tmp_path / "news"
    folder.mkdir()
    shutil.copy(news, folder / "b.jsonl")

    def add_a_file(*told: Any) -> None:
        write_lines(folder / "a.jsonl", [record(99)])
        write_manifest(*told)

    write_manifest = running.write_manifest
    with monkeypatch.context() as patched:
        patched.setattr(running, "write_manifest", add_a_file)
        assert run(folder, tmp_path / "claims").records == 50
    with pytest.raises(BatchError, match=r"the input was .*, and is now "):
        run(folder, tmp_path / "claims")


def test_a_journal_whose_last_line_is_torn_loses_that_line_alone(
    news: Path, undisturbed: Callable[[str], dict[str, bytes]], tmp_path: Path
) -> None:
    stopped(news, tmp_path / "claims")
    journal = tmp_path / "claims/parts.jsonl"
    whole = journal.read_bytes()
    for cut in (1, 2, 40, len(whole.splitlines()[-1])):
        journal.write_bytes(whole[:-cut])
        stopped_at: list[Progress] = []

        def stop(progress: Progress, seen: list[Progress] = stopped_at) -> None:
            seen.append(progress)
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            run(news, tmp_path / "claims", progress=stop)
        assert stopped_at[0].kept == 12
        assert journal.read_bytes() == whole.splitlines(keepends=True)[0]
    run(news, tmp_path / "claims")
    assert files_of(tmp_path / "claims") == undisturbed("jsonl")
    assert [row["record"] for row in lines_of(tmp_path / "claims", "rejects")] == [31, 32]
