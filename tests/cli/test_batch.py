"""`claimtrack batch`: what it prints, how it ends, and what it says on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from claimtrack import Progress
from claimtrack.cli import main, progress
from tests.batch.news import files_of, record, write_lines


def run(*arguments: Any) -> Any:
    return CliRunner().invoke(main, ["batch", *map(str, arguments)])


@pytest.fixture
def news(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "news.jsonl", map(record, range(5)))


def test_the_command_writes_the_folder_and_says_what_it_came_to(news: Path, tmp_path: Path) -> None:
    output = tmp_path / "claims"
    result = run(news, "-o", output, "--tagger", "rules", "--engine", "here")
    assert result.exit_code == 0
    assert result.stdout == f"{output}: 5 records, 5 articles, 0 rejected, 15 claims, 10 figures\n"
    again = run(news, "-o", output, "--tagger", "rules", "--engine", "here")
    assert (again.exit_code, "nothing to do, an earlier run had finished: 5 records" in again.stdout) == (0, True)


def test_rejects_are_told_and_end_with_code_1(tmp_path: Path) -> None:
    news = write_lines(tmp_path / "news.jsonl", [record(1), b"{"])
    result = run(news, "-o", tmp_path / "claims", "--tagger", "rules", "--engine", "here")
    assert (result.exit_code, "rejects: 1 record with the reasons" in result.stderr) == (1, True)


def test_single_files_are_joined_at_the_end(news: Path, tmp_path: Path) -> None:
    result = run(
        news, "-o", tmp_path / "parts", "--format", "parquet", "--part-size", 2, "--tagger", "rules",
        "--engine", "here", "--join", tmp_path / "corpus",
    )  # fmt: skip
    assert result.exit_code == 0
    names = ["articles.parquet", "claims.parquet", "figures.parquet", "speakers.parquet"]
    assert sorted(path.name for path in (tmp_path / "corpus").iterdir()) == names
    assert result.stdout.splitlines()[1:] == [str(tmp_path / "corpus" / name) for name in names]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--engine", "dsk"], 2, "did you mean 'dask'?"),
        (["--engine", "here", "--workers", "2"], 2, "here is one process"),
        (["--scheduler", "tcp://127.0.0.1:1"], 2, "a scheduler is for dask"),
        (["--part-size", "0"], 2, "--part-size"),
        (["--format", "csv"], 2, "The words are: jsonl, jsonl.gz, parquet"),
    ],
)
def test_wrong_options_are_wrong_usage(arguments: list[str], code: int, said: str, news: Path, tmp_path: Path) -> None:
    result = run(news, "-o", tmp_path / "claims", *arguments)
    assert (result.exit_code, said in result.stderr) == (code, True)
    assert not (tmp_path / "claims").exists()


def test_another_run_s_folder_is_an_error_that_says_what_differs(news: Path, tmp_path: Path) -> None:
    run(news, "-o", tmp_path / "claims", "--tagger", "rules", "--engine", "here")
    result = run(news, "-o", tmp_path / "claims", "--tagger", "fast", "--engine", "here")
    assert (result.exit_code, "the tagger was rules 1, and is now fast 2" in result.stderr) == (1, True)


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
@pytest.mark.parametrize("engine", ["here", "processes", "dask"])
def test_ctrl_c_ends_with_130_and_says_how_to_go_on(engine: str, tmp_path: Path) -> None:
    """As a terminal does, the signal goes to every process of the group."""
    news = write_lines(tmp_path / "news.jsonl", map(record, range(3000)))
    command = [sys.executable, "-m", "claimtrack", "batch", news, "-o", tmp_path / "claims", "--tagger", "rules"]
    command += ["--part-size", "100", "--engine", engine, *(["--workers", "2"] if engine != "here" else [])]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    journal, give_up = tmp_path / "claims/parts.jsonl", time.monotonic() + 30
    while not (journal.exists() and journal.stat().st_size) and time.monotonic() < give_up:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, b"")
    assert (
        err.decode()
        == f"{tmp_path / 'claims'}: stopped; finished parts are kept, and the same command goes on from there\n"
    )
    assert list((tmp_path / "claims").rglob("*.part")) == []
    assert 0 < len(journal.read_bytes().splitlines()) < 30


def test_a_line_every_half_minute_tells_of_speed_and_the_time_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = 1000.0
    monkeypatch.setattr(progress.time, "monotonic", lambda: now)
    with progress.Teller(quiet=False) as teller, progress.Teller(quiet=True) as silent:
        for seconds in range(0, 70, 10):
            now = 1000.0 + seconds
            told = Progress(
                records=500 + 10 * seconds, kept=500, rejected=3, claims=4000, place=20_000 + 100 * seconds, size=50_000
            )
            teller.tell(told)
            silent.tell(told)
    assert capsys.readouterr().err.splitlines() == [
        "800 records, 4,000 claims, 3 rejected; 10.0 records/s, 4 min left",
        "1,100 records, 4,000 claims, 3 rejected; 10.0 records/s, 4 min left",
    ]


def test_a_terminal_is_shown_a_bar(news: Path, tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "claimtrack", "batch", news, "-o", tmp_path / "claims", "--tagger", "rules"]
    try:
        done = subprocess.run([*command, "--engine", "here"], stdout=subprocess.PIPE, stderr=slave, timeout=60)
        os.close(slave)
        shown = os.read(master, 100_000).decode()
    finally:
        os.close(master)
    assert done.returncode == 0
    assert "5 records, 15 claims, 0 rejected" in shown
    assert "100%" in shown
    assert len(files_of(tmp_path / "claims")) == 5
