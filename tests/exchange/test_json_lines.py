"""JSON Lines of any size: every document comes back, and a bad line is a finding with its number."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack import Claim, DocumentError, ReadError, read_json_lines, write_json_lines
from claimtrack.exchange import to_json_line
from claimtrack.models import Document
from tests.models.strategies import documents


def ferry(number: int) -> Claim:
    return Claim(id=f"ferry-{number}", kind="direct", statement=f"Ferry {number} sailed on time")


@settings(max_examples=50, deadline=None)
@given(st.lists(documents(), max_size=4))
def test_any_documents_come_back_equal(several: list[Document]) -> None:
    file = io.BytesIO("".join(map(to_json_line, several)).encode())
    lines = list(read_json_lines(file))
    assert [line.document for line in lines] == several
    assert [line.number for line in lines] == list(range(1, len(several) + 1))


@pytest.mark.parametrize("name", ["claims.jsonl", "claims.jsonl.gz"])
def test_a_file_plain_or_packed_comes_back_and_has_the_same_bytes_again(tmp_path: Path, name: str) -> None:
    several = [ferry(number) for number in range(30)]
    assert write_json_lines(several, tmp_path / name) == 30
    assert [line.document for line in read_json_lines(tmp_path / name)] == several
    write_json_lines(several, tmp_path / f"again-{name}")
    assert (tmp_path / name).read_bytes() == (tmp_path / f"again-{name}").read_bytes()
    assert (tmp_path / name).read_bytes().startswith(b"\x1f\x8b") == name.endswith(".gz")


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (b'{"format": "claimtrack.claim/1",', "json-syntax"),
        (b'{"format": "claimtrack.claim/1", "id": "a-1", "kind": "direct"}', "field-missing"),
        (b'{"format": "claimtrack.ferry/1"}', "format-unknown"),
        (b'{"format": "claimtrack.speaker/1", "id": "a", "name": "A", "kind": "person"}', "line-other-kind"),
        (b'"' + b"x" * 600 + b'"', "line-too-long"),
        (b"\xff\xfe\x00", "json-encoding"),
        (b"[" * 500, "json-syntax"),
    ],
)
def test_a_bad_line_is_a_finding_with_its_number_and_the_others_still_come(bad: bytes, code: str) -> None:
    good = [to_json_line(ferry(number)).encode() for number in (1, 2)]
    lines = list(read_json_lines(io.BytesIO(good[0] + b"\n" + bad + b"\n" + good[1]), kind=Claim, longest=500))
    assert [line.number for line in lines] == [1, 3, 4]
    assert [line.document for line in lines] == [ferry(1), None, ferry(2)]
    assert lines[1].findings[0].code == code
    assert str(lines[1].findings[0].source).endswith(":3")


def test_the_last_line_needs_no_end_and_a_byte_order_mark_is_no_character() -> None:
    text = "\ufeff" + to_json_line(ferry(1)).rstrip("\n")
    assert [line.document for line in read_json_lines(io.BytesIO(text.encode()))] == [ferry(1)]


def test_a_packed_file_that_breaks_off_gives_what_stands_before() -> None:
    packed = gzip.compress("".join(to_json_line(ferry(number)) for number in range(2000)).encode())
    lines = list(read_json_lines(io.BytesIO(packed[: len(packed) // 2])))
    assert lines[0].document == ferry(0)
    assert [finding.code for finding in lines[-1].findings] == ["line-unreadable"]


PACKERS = {"gzip": gzip.compress, "bzip2": bz2.compress, "xz": lzma.compress}


def packer(name: str) -> Callable[[bytes], bytes]:
    if name == "zstd":
        compress: Callable[[bytes], bytes] = pytest.importorskip("zstandard").ZstdCompressor().compress
        return compress
    return PACKERS[name]


@pytest.mark.parametrize("name", [*PACKERS, "zstd"])
@pytest.mark.parametrize("rest", ["nothing", "garbage", "half a piece"])
def test_what_was_packed_whole_is_read_whatever_stands_after_it(name: str, rest: str) -> None:
    pack = packer(name)
    packed = pack(to_json_line(ferry(1)).encode()) + pack(to_json_line(ferry(2)).encode())
    after = {"nothing": b"", "garbage": b"garbage" * 9, "half a piece": pack(to_json_line(ferry(3)).encode())[:-9]}
    lines = list(read_json_lines(io.BytesIO(packed + after[rest])))
    assert [line.document for line in lines][:2] == [ferry(1), ferry(2)]
    # As the tools of bzip2 and xz do, Python passes over what begins no piece of theirs.
    passed_over = rest == "nothing" or (rest == "garbage" and name in ("bzip2", "xz"))
    assert [one.code for line in lines for one in line.findings] == ([] if passed_over else ["line-unreadable"])


def test_a_line_that_zstd_packs_into_nothing_is_passed_over_in_pieces() -> None:
    long = b'{"text": "' + b"x" * 300_000_000 + b'"}\n'
    packed = io.BytesIO(packer("zstd")(long + to_json_line(ferry(1)).encode()))
    assert len(packed.getvalue()) < 30_000
    tracemalloc.start()
    lines = list(read_json_lines(packed))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [finding.code for finding in lines[0].findings] == ["line-too-long"]
    assert lines[1].document == ferry(1)
    assert peak < 150_000_000


def test_memory_does_not_grow_with_the_number_of_lines(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    write_json_lines(map(ferry, range(10)), path)  # what is loaded once is loaded now
    list(read_json_lines(path))

    def peak(count: int) -> int:
        tracemalloc.start()
        write_json_lines(map(ferry, range(count)), path)
        assert sum(line.document is not None for line in read_json_lines(path)) == count
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    assert peak(3000) < peak(300) + 500_000


def test_a_line_without_end_is_passed_over_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_bytes(b"x" * 20_000_000 + b"\n" + to_json_line(ferry(1)).encode())
    tracemalloc.start()
    lines = list(read_json_lines(path, longest=1000))
    size = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [line.findings[0].code if line.findings else line.document for line in lines] == ["line-too-long", ferry(1)]
    assert size < 6_000_000


def test_progress_tells_how_far_the_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    count = write_json_lines(map(ferry, range(9000)), path)
    told: list[tuple[int, int]] = []
    for _ in read_json_lines(path, progress=lambda done, size: told.append((done, size))):
        pass
    size = path.stat().st_size
    assert count == 9000
    assert told[-1] == (size, size)
    assert len(told) >= size // 2_000_000
    assert sorted(told) == told


def test_what_goes_wrong_while_writing_leaves_no_file(tmp_path: Path) -> None:
    def claims() -> Iterator[Claim]:
        yield ferry(1)
        raise DocumentError(())

    with pytest.raises(DocumentError):
        write_json_lines(claims(), tmp_path / "claims.jsonl")
    assert list(tmp_path.iterdir()) == []
    for path in (tmp_path / "no" / "claims.jsonl", "a\0b"):
        with pytest.raises(ReadError):
            write_json_lines([ferry(1)], path)
    for missing in (tmp_path / "none.jsonl", tmp_path, "a\0b"):
        with pytest.raises(ReadError):
            list(read_json_lines(missing))
