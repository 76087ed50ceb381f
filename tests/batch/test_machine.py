"""Where the machine fails the run stops, rejects nothing, and goes on when it is well; damage is a reject still."""

from __future__ import annotations

import bz2
import contextlib
import errno
import gzip
import io
import json
import lzma
import os
import random
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import claimtrack
from claimtrack import BatchError, Progress, join_batch, read_json_lines, write_json_lines
from claimtrack.batch import joining
from claimtrack.store.files import disk, lock
from tests.batch.news import files_of, record, rejects_of, report, write_lines

resource = pytest.importorskip("resource")


def extract_batch(inputs: Any, output: Path, **options: Any) -> Any:
    return claimtrack.extract_batch(inputs, output, **({"tagger": "rules"} | options))


class BadSector(io.FileIO):
    """A file that cannot be read in its middle, as on a disk that fails or a network drive that was lost."""

    def readinto(self, buffer: Any) -> int | None:
        if 40_000 < self.tell() < os.fstat(self.fileno()).st_size - 40_000:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return super().readinto(memoryview(buffer)[:8192])


@contextlib.contextmanager
def bad_sector(path: Path) -> Iterator[None]:
    """Let every file but one be read."""
    opened = Path.open

    def open_badly(self: Path, mode: str = "r", *rest: Any, **options: Any) -> Any:
        if self == path:
            return io.BufferedReader(BadSector(path))
        return opened(self, mode, *rest, **options)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Path, "open", open_badly)
        yield


def zstd(data: bytes) -> bytes:
    found: bytes = pytest.importorskip("zstandard").ZstdCompressor().compress(data)
    return found


def archive(pages: int) -> bytes:
    """Give a web archive of pages that no packing makes small."""
    records = []
    for number in range(pages):
        noise = random.Random(number).randbytes(5000).hex()
        page = f"<html><body><article><p>{report(number)}</p><!-- {noise} --></article></body></html>"
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}".encode()
        head = (
            f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://port-daily.example/{number}\r\n"
            f"WARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2025-04-07T10:00:00Z\r\n"
            f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        records.append(head.encode() + answer + b"\r\n\r\n")
    return b"".join(records)


def lines() -> bytes:
    noise = random.Random(1)
    records = (record(number) | {"rest": noise.randbytes(5000).hex()} for number in range(100, 140))
    return b"".join(json.dumps(one).encode() + b"\n" for one in records)


FILES: dict[str, Callable[[], bytes]] = {
    "quay.txt": lambda: (report(1) + "\n\nThe quay is old." * 9000).encode(),
    "news.jsonl": lines,
    "news.jsonl.gz": lambda: gzip.compress(lines()),
    "news.jsonl.bz2": lambda: bz2.compress(lines()),
    "news.jsonl.xz": lambda: lzma.compress(lines(), preset=0),
    "news.jsonl.zst": lambda: zstd(lines()),
    "crawl.warc": lambda: archive(40),
    "crawl.warc.gz": lambda: gzip.compress(archive(40)),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_the_machine_cannot_read_in_its_middle_stops_the_run_until_it_can(
    name: str, tmp_path: Path
) -> None:
    news = write_lines(tmp_path / "news.jsonl", map(record, range(3)))
    path = tmp_path / "bad" / name
    path.parent.mkdir()
    path.write_bytes(FILES[name]())
    with (
        bad_sector(path),
        pytest.raises(BatchError, match=rf"{name}: the machine failed here, .*{os.strerror(errno.EIO)}"),
    ):
        extract_batch([news, path], tmp_path / "claims")
    batch = extract_batch([news, path], tmp_path / "claims")
    assert (batch.is_new, batch.rejected) == (True, 0)
    extract_batch([news, path], tmp_path / "undisturbed")
    assert files_of(tmp_path / "claims") == files_of(tmp_path / "undisturbed")


@pytest.mark.parametrize("name", [*FILES, "news.parquet"])
def test_a_file_that_cannot_be_opened_for_want_of_room_stops_the_run(name: str, tmp_path: Path) -> None:
    """All files of a first record's are open; then no further one can be."""
    news = write_lines(tmp_path / "news.jsonl", map(record, range(60)))
    path = tmp_path / "next" / name
    path.parent.mkdir()
    if name.endswith(".parquet"):
        arrow = pytest.importorskip("pyarrow")
        import pyarrow.parquet

        pyarrow.parquet.write_table(arrow.table({"text": [report(99)]}), path)
    else:
        path.write_bytes(FILES[name]())
    before, most = resource.getrlimit(resource.RLIMIT_NOFILE)

    def let_no_more_be_opened(progress: Progress) -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, most))

    extract_batch([news, path], tmp_path / "undisturbed")  # what is imported late is imported now
    try:
        with pytest.raises(BatchError, match=rf"{name}: the machine failed here, .*{os.strerror(errno.EMFILE)}"):
            extract_batch([news, path], tmp_path / "claims", progress=let_no_more_be_opened)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (before, most))
    extract_batch([news, path], tmp_path / "claims")
    assert files_of(tmp_path / "claims") == files_of(tmp_path / "undisturbed")


def test_a_file_that_cannot_be_read_at_the_beginning_stops_the_run_before_anything_is_written(tmp_path: Path) -> None:
    """Its fingerprint would be another one tomorrow."""
    if not Path("/proc/self/mem").exists():
        pytest.skip("has no file that cannot be read")
    (tmp_path / "quay.txt").symlink_to("/proc/self/mem")
    with pytest.raises(BatchError, match=r"quay.txt: the machine failed here, not the file: "):
        extract_batch(tmp_path / "quay.txt", tmp_path / "claims")
    assert not (tmp_path / "claims").exists()


def test_a_file_that_is_gone_when_its_turn_comes_stops_the_run(tmp_path: Path) -> None:
    news = write_lines(tmp_path / "news.jsonl", map(record, range(60)))
    for name in ("quay.txt", "next.jsonl"):
        path = write_lines(tmp_path / name, [record(99)])

        def remove(progress: Progress, path: Path = path) -> None:
            path.unlink(missing_ok=True)

        with pytest.raises(BatchError, match=rf"{name}: the machine failed here, .*{os.strerror(errno.ENOENT)}"):
            extract_batch([news, path], tmp_path / f"claims of {name}", progress=remove)


def test_damage_without_a_failure_of_the_machine_is_a_reject_still(tmp_path: Path) -> None:
    for name in ("news.jsonl.gz", "news.jsonl.bz2", "news.jsonl.xz", "crawl.warc.gz"):
        whole = bytearray(FILES[name]())
        whole[len(whole) // 2 : len(whole) // 2 + 200] = b"\xff" * 200
        (tmp_path / name).write_bytes(whole)
        extract_batch(tmp_path / name, tmp_path / f"claims of {name}")
        assert len(rejects_of(tmp_path / f"claims of {name}")) == 1, name


def test_lines_outside_of_a_batch_tell_it_as_a_finding(tmp_path: Path) -> None:
    for name in ("news.jsonl", "news.jsonl.gz"):
        path = tmp_path / name
        path.write_bytes(FILES[name]())
        with bad_sector(path):
            *_, last = read_json_lines(path)
        assert [finding.code for finding in last.findings] == ["line-unreadable"]


# --- the output -------------------------------------------------------------------------------------------------------


def test_a_drive_that_brings_no_folder_to_the_device_is_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = disk.sync

    def sync_files(fd: int) -> None:
        if stat.S_ISDIR(os.fstat(fd).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        sync(fd)

    monkeypatch.setattr(disk, "sync", sync_files)
    news = write_lines(tmp_path / "news.jsonl", map(record, range(3)))
    assert extract_batch(news, tmp_path / "claims").articles == 3


def test_a_drive_without_locks_is_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(fd: int, *, wait: bool) -> bool:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(lock, "_take", fail)
    news = write_lines(tmp_path / "news.jsonl", map(record, range(3)))
    with pytest.raises(
        BatchError, match=rf"cannot be locked: {os.strerror(errno.ENOLCK)}; name a folder on another disk"
    ):
        extract_batch(news, tmp_path / "claims")


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_a_part_that_cannot_be_read_is_named_when_parts_are_joined(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its digest is right, and then the machine fails."""
    news = write_lines(tmp_path / "news.jsonl", map(record, range(3)))
    extract_batch(news, tmp_path / "parts", form=form)
    digest_of = joining.digest_of

    def lose(path: Path) -> str:
        found = digest_of(path)
        if path.parent.name == "claims":
            path.unlink()
        return found

    monkeypatch.setattr(joining, "digest_of", lose)
    with pytest.raises(
        BatchError, match=rf"claims/part-00000.{form}: the part cannot be read: .*{os.strerror(errno.ENOENT)}"
    ):
        join_batch(tmp_path / "parts", tmp_path / "whole")
    assert list((tmp_path / "whole").glob("*.part")) == []


def test_a_file_that_a_killed_process_of_the_same_number_left_half_stops_no_export(tmp_path: Path) -> None:
    """In containers the number of a process is often the same."""
    (tmp_path / f"claims.jsonl.{os.getpid()}.part").write_bytes(b"half")
    assert write_json_lines((), tmp_path / "claims.jsonl") == 0
