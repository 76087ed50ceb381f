"""Every form of input gives the claims that its articles give alone, and what is broken is a reject with its place."""

from __future__ import annotations

import bz2
import datetime
import functools
import gzip
import json
import lzma
import os
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import claimtrack
from claimtrack import (
    BatchError,
    FileMissingError,
    ReadError,
    TaggerError,
    join_batch,
    read_article,
)
from claimtrack.read.source import MAX_ARTICLE_BYTES
from tests.batch.news import claims_alone, lines_of, record, rejects_of, report, write_lines

SEEDS = Path(__file__).parents[2] / "seeds"
ARTICLES = [read_article(**record(number)) for number in range(4)]
PAGE = (
    '<html lang="en"><head><title>{0}</title><meta property="article:published_time" content="2025-04-07">'
    "</head><body><article><h1>{0}</h1><p>The quay costs £{1} million, Mayor Ann Silva said on Monday.</p>"
    "<p>“We counted {1} boats at the quay,” she told reporters in the town hall.</p></article></body></html>"
)


def extract_batch(inputs: Any, output: Path, **options: Any) -> Any:
    """Extract by rules, where nothing else is said."""
    return claimtrack.extract_batch(inputs, output, **({"tagger": "rules"} | options))


def zstd(data: bytes) -> bytes:
    found: bytes = pytest.importorskip("zstandard").ZstdCompressor().compress(data)
    return found


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": functools.partial(lzma.compress, preset=0),
    ".zst": zstd,
}


@pytest.mark.parametrize("ending", PACKERS)
def test_json_lines_of_every_packing_give_their_claims(ending: str, tmp_path: Path) -> None:
    plain = write_lines(tmp_path / "plain", [record(0), record(1), json.loads(ARTICLES[2].to_json()), b"", record(3)])
    path = tmp_path / f"news.jsonl{ending}"
    path.write_bytes(PACKERS[ending](plain.read_bytes()[:800]) + PACKERS[ending](plain.read_bytes()[800:]))
    batch = extract_batch(path, tmp_path / "claims")
    assert lines_of(tmp_path / "claims", "claims") == claims_alone(ARTICLES)
    assert (batch.records, batch.articles, batch.rejected) == (4, 4, 0)
    assert [row["source"] for row in lines_of(tmp_path / "claims", "articles")] == [f"{path}:{n}" for n in (1, 2, 3, 5)]


@pytest.mark.parametrize("ending", [ending for ending in PACKERS if ending])
def test_packed_lines_that_break_off_are_read_to_there_and_the_rest_is_one_reject(ending: str, tmp_path: Path) -> None:
    noise = [record(number) | {"rest": os.urandom(40_000).hex()} for number in range(40)]
    packed = PACKERS[ending](write_lines(tmp_path / "plain", noise).read_bytes())
    for number, cut in enumerate((len(packed) // 2, len(packed) - 3)):
        path = tmp_path / f"news{number}.jsonl{ending}"
        path.write_bytes(packed[:cut])
        batch = extract_batch(path, tmp_path / f"claims{number}")
        (last,) = rejects_of(tmp_path / f"claims{number}")
        assert last[2] == ["line-unreadable"]
        assert last[0] == batch.records == batch.articles + 1
        assert batch.articles > (10 if ending != ".bz2" else 3)


def test_a_folder_gives_all_articles_under_it_in_order(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    (folder / "b").mkdir(parents=True)
    for seed in ("plane-crash.txt", "clinic-audit.md", "wage-survey.json"):
        (folder / "b" / seed).write_bytes((SEEDS / seed).read_bytes())
    (folder / "a.txt").write_text(report(1))
    write_lines(folder / "c.jsonl", [record(2)])
    (folder / ".DS_Store").write_bytes(b"\x00")
    batch = extract_batch(folder, tmp_path / "claims")
    order = [
        folder / "a.txt",
        *(folder / "b" / name for name in ("clinic-audit.md", "plane-crash.txt", "wage-survey.json")),
    ]
    assert (batch.articles, batch.rejected) == (5, 0)
    assert [row["source"] for row in lines_of(tmp_path / "claims", "articles")] == [
        *map(str, order),
        f"{folder}/c.jsonl:1",
    ]
    alone = [*map(read_article, order), read_article(**record(2))]
    assert lines_of(tmp_path / "claims", "claims") == claims_alone(alone)


def test_a_file_and_its_folder_may_have_any_name_that_the_system_takes(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9 [1]")
    folder.mkdir()
    (folder / "quay.txt").write_text(report(1))
    for number, given in enumerate((folder, folder / "quay.txt")):
        batch = extract_batch(given, tmp_path / f"claims{number}")
        (row,) = lines_of(tmp_path / f"claims{number}", "articles")
        assert (batch.articles, row["source"]) == (1, str(tmp_path) + r"/caf\udce9 [1]/quay.txt")
        assert extract_batch(given, tmp_path / f"claims{number}").is_new is False


def test_a_pattern_gives_the_files_that_fit(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"quay-{number}.txt").write_text(report(number))
    (tmp_path / "other.txt").write_text(report(9))
    batch = extract_batch(str(tmp_path / "quay-*.txt"), tmp_path / "out" / "claims")
    assert batch.articles == 3


@pytest.mark.parametrize("given", ["none.jsonl", "none-*.txt", "empty", "pipe.jsonl"])
def test_an_input_that_is_not_there_is_an_error_before_anything_is_written(given: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe.jsonl")
    with pytest.raises(ReadError if given[0] in "ep" else FileMissingError, match=given.replace("*", ".")):
        extract_batch(tmp_path / given, tmp_path / "claims")
    assert not (tmp_path / "claims").exists()


def test_wrong_options_are_errors_before_anything_is_written(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "news.jsonl", [record(1)])
    with pytest.raises(TaggerError, match="no tagger is called"):
        extract_batch(path, tmp_path / "claims", tagger="fst")
    with pytest.raises(ValueError, match="did you mean 'parquet'"):
        extract_batch(path, tmp_path / "claims", form="parqet")
    with pytest.raises(ValueError, match="at least one record"):
        extract_batch(path, tmp_path / "claims", part_size=0)
    with pytest.raises(ReadError, match="no input"):
        extract_batch([], tmp_path / "claims")
    assert not (tmp_path / "claims").exists()


# --- Parquet ----------------------------------------------------------------------------------------------------------


def write_parquet(path: Path, columns: dict[str, list[Any]], **options: Any) -> Path:
    arrow = pytest.importorskip("pyarrow")
    import pyarrow.parquet

    pyarrow.parquet.write_table(arrow.table(columns), path, **options)
    return path


def test_rows_of_parquet_give_their_claims_whatever_the_types_of_their_columns(tmp_path: Path) -> None:
    days = [datetime.date(2025, 4, 1), datetime.date(2025, 4, 2)]
    path = write_parquet(
        tmp_path / "news.parquet",
        {
            "text": [report(0), report(1)],
            "publisher": ["Port Daily", "Port Daily"],
            "published": days,
            "authors": [["Ann Reed", "Tom Reed"], None],
            "id": [71, 72],
            "views": [1.5, 2.5],
        },
    )
    extract_batch(path, tmp_path / "claims")
    assert lines_of(tmp_path / "claims", "claims") == claims_alone(ARTICLES[:2])
    rows = lines_of(tmp_path / "claims", "articles")
    assert [(row["source"], row["key"], row["authors"]) for row in rows] == [
        (f"{path}#1", "71", ["Ann Reed", "Tom Reed"]),
        (f"{path}#2", "72", []),
    ]


def test_a_moment_in_a_table_is_the_article_s_day(tmp_path: Path) -> None:
    moments = [datetime.datetime(2025, 4, 1, 8, 30), datetime.datetime(2025, 4, 2, 8, 30, tzinfo=datetime.UTC)]
    for number, moment in enumerate(moments):
        path = write_parquet(tmp_path / f"{number}.parquet", {"text": [report(number)], "published": [moment]})
        extract_batch(path, tmp_path / f"claims{number}")
        (row,) = lines_of(tmp_path / f"claims{number}", "articles")
        assert row["published"][:10] == f"2025-04-0{number + 1}"
        assert row["findings"] == []


def test_a_cell_of_parquet_that_is_not_utf_8_rejects_its_row_alone(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    import pyarrow.parquet

    texts = arrow.array([report(0).encode(), b"caf\xe9", report(1).encode()], arrow.binary())
    texts = arrow.Array.from_buffers(arrow.string(), 3, texts.buffers())
    pyarrow.parquet.write_table(arrow.table({"text": texts}), tmp_path / "news.parquet")
    batch = extract_batch(tmp_path / "news.parquet", tmp_path / "claims")
    assert batch.articles == 2
    assert rejects_of(tmp_path / "claims") == [(2, "news.parquet#2", ["record-unreadable"])]


def test_parquet_that_is_damaged_in_the_middle_is_read_to_there(tmp_path: Path) -> None:
    records = [record(number) for number in range(300)]
    columns = {name: [one[name] for one in records] for name in records[0]}
    path = write_parquet(
        tmp_path / "news.parquet", columns, row_group_size=100, compression="none", use_dictionary=False
    )
    damaged = bytearray(path.read_bytes())
    place = damaged.index(b"Report 150 from")
    start = damaged.rindex(b"Report 100 from", 0, place) - 40
    damaged[start : start + 40] = b"\xff" * 40
    path.write_bytes(damaged)
    batch = extract_batch(path, tmp_path / "claims")
    assert (batch.articles, rejects_of(tmp_path / "claims")) == (100, [(101, "news.parquet#101", ["input-damaged"])])


def test_a_file_that_is_no_parquet_is_one_reject_beside_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    write_lines(tmp_path / "b.jsonl", [record(1)])
    extract_batch([tmp_path / "a.parquet", tmp_path / "b.jsonl"], tmp_path / "claims")
    assert rejects_of(tmp_path / "claims") == [(1, "a.parquet#1", ["input-damaged"])]


# --- web archives -----------------------------------------------------------------------------------------------------


def warc_record(kind: str, number: int, block: bytes) -> bytes:
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://port-daily.example/{number}\r\n"
        f"WARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2025-04-07T10:00:00Z\r\n"
        f"Content-Type: application/http;msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def write_archive(path: Path, pages: list[bytes], *headers: str) -> Path:
    """Give the path of an archive: for each page the question, the answer, and another answer of no use."""
    pytest.importorskip("warcio")
    records = []
    for number, body in enumerate(pages):
        answer = "\r\n".join(("HTTP/1.1 200 OK", "Content-Type: text/html", *headers, "", "")).encode() + body
        records.append(warc_record("request", number, b"GET / HTTP/1.1\r\nHost: port-daily.example\r\n\r\n"))
        records.append(warc_record("response", number, answer))
        records.append(
            warc_record("response", number, b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nGone")
        )
    path.write_bytes(b"".join(gzip.compress(one) if path.suffix == ".gz" else one for one in records))
    return path


@pytest.mark.parametrize("ending", [".warc", ".warc.gz"])
def test_the_pages_of_a_web_archive_give_their_claims(ending: str, tmp_path: Path) -> None:
    pages = [PAGE.format(f"Quay report {number}", number + 2).encode() for number in range(3)]
    path = write_archive(tmp_path / f"news{ending}", pages)
    batch = extract_batch(path, tmp_path / "claims")
    assert (batch.records, batch.rejected) == (3, 0)
    alone = [read_article(html=page, url=f"https://port-daily.example/{number}") for number, page in enumerate(pages)]
    assert lines_of(tmp_path / "claims", "claims") == claims_alone(alone)
    rows = lines_of(tmp_path / "claims", "articles")
    assert [(row["source"], row["key"], row["published"]) for row in rows] == [
        (f"{path}#{3 * number + 2}", f"<urn:uuid:{number}>", "2025-04-07") for number in range(3)
    ]


def test_a_page_is_read_as_its_server_sends_it(tmp_path: Path) -> None:
    page = PAGE.format("Quay report", 7)
    packed = zlib.compressobj(wbits=31)
    body = packed.compress(page.encode("cp1252")) + packed.flush()
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(body[at : at + 99]), body[at : at + 99]) for at in range(0, len(body), 99))
    told = ("Content-Encoding: gzip", "Transfer-Encoding: chunked")
    extract_batch(write_archive(tmp_path / "news.warc", [chunks + b"0\r\n\r\n"], *told), tmp_path / "claims")
    statements = [claim["statement"] for claim in lines_of(tmp_path / "claims", "claims")]
    assert statements[0] == "The quay costs £7 million"


def test_a_page_that_unpacks_to_more_than_any_article_is_a_reject(tmp_path: Path) -> None:
    bomb = gzip.compress(b"<html><body>" + b" " * 400_000_000)
    path = write_archive(tmp_path / "news.warc", [bomb], "Content-Encoding: gzip")
    extract_batch(path, tmp_path / "claims")
    assert rejects_of(tmp_path / "claims") == [(1, "news.warc#2", ["record-unreadable"])]
    assert f"larger than {MAX_ARTICLE_BYTES:,} bytes" in (tmp_path / "claims/rejects/part-00000.jsonl").read_text()


@pytest.mark.parametrize("ending", [".warc", ".warc.gz"])
def test_a_web_archive_that_breaks_off_anywhere_is_read_to_there(ending: str, tmp_path: Path) -> None:
    pages = [PAGE.format(f"Quay report {number}", number + 2).encode() for number in range(3)]
    whole = write_archive(tmp_path / f"whole{ending}", pages).read_bytes()
    for cut in range(int(len(whole) * 0.45), int(len(whole) * 0.7), 41):
        path = tmp_path / f"{cut}{ending}"
        path.write_bytes(whole[:cut])
        batch = extract_batch(path, tmp_path / f"claims{cut}")
        codes = [codes for _, _, codes in rejects_of(tmp_path / f"claims{cut}")]
        assert (batch.articles, codes) in ((1, [["input-damaged"]]), (2, [["input-damaged"]])), cut


def test_what_is_no_web_archive_is_one_reject(tmp_path: Path) -> None:
    (tmp_path / "news.warc.gz").write_bytes(b"<html>no archive</html>" * 100)
    extract_batch(tmp_path / "news.warc.gz", tmp_path / "claims")
    assert rejects_of(tmp_path / "claims") == [(1, "news.warc.gz#1", ["input-damaged"])]


# --- single files -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["jsonl", "jsonl.gz", "parquet"])
def test_parts_are_joined_into_single_files(form: str, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "news.jsonl", [*map(record, range(7)), b"{"])
    extract_batch(path, tmp_path / "parts", form=form, part_size=3)
    extract_batch(path, tmp_path / "one", form=form)
    joined = join_batch(tmp_path / "parts", tmp_path / "whole")
    kinds = ("articles", "claims", "figures", "speakers") if form == "parquet" else ("articles", "claims")
    assert [one.name for one in joined] == sorted([*(f"{kind}.{form}" for kind in kinds), "rejects.jsonl"])
    for one in joined:
        kind, _, ending = one.name.partition(".")
        assert read_any(one) == read_any(tmp_path / "one" / kind / f"part-00000.{ending}")


def test_rejects_of_an_earlier_batch_do_not_stay_beside_what_was_joined_later(tmp_path: Path) -> None:
    """They would pass for its own."""
    for name, more in (("old", [b"{"]), ("new", [])):
        path = write_lines(tmp_path / f"{name}.jsonl", [record(1), *more])
        extract_batch(path, tmp_path / name)
        join_batch(tmp_path / name, tmp_path / "whole")
    assert sorted(path.name for path in (tmp_path / "whole").iterdir()) == ["articles.jsonl", "claims.jsonl"]


def read_any(path: Path) -> Any:
    if path.suffix == ".parquet":
        import pyarrow.parquet

        return pyarrow.parquet.read_table(path)
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def test_parts_that_are_unfinished_or_damaged_are_not_joined(tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="no finished batch"):
        join_batch(tmp_path, tmp_path / "whole")
    extract_batch(write_lines(tmp_path / "news.jsonl", [record(1)]), tmp_path / "parts")
    part = tmp_path / "parts/claims/part-00000.jsonl"
    part.write_bytes(part.read_bytes().replace(b"Silva", b"Salva").replace(b"Reed", b"Read"))
    with pytest.raises(BatchError, match="nothing was joined"):
        join_batch(tmp_path / "parts", tmp_path / "whole")
    assert not (tmp_path / "whole").exists()
