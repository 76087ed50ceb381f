"""What is broken is a reject with its place and its reason, and no other record is lost; ids are given once."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest

import claimtrack
from claimtrack import (
    BatchError,
    MissingExtraError,
    extract_claims,
    join_batch,
    read_article,
)
from claimtrack.models.parse import MAX_BYTES
from claimtrack.read.source import MAX_ARTICLE_BYTES
from tests.batch.news import claims_alone, files_of, lines_of, record, rejects_of, report, write_lines

ARTICLES = [read_article(**record(number)) for number in range(4)]


def extract_batch(inputs: Any, output: Path, **options: Any) -> Any:
    """Extract by rules, where nothing else is said."""
    return claimtrack.extract_batch(inputs, output, **({"tagger": "rules"} | options))


HOSTILE: list[tuple[str, Any, str]] = [
    ("no JSON", b'{"text": "The quay', "json-syntax"),
    ("no object", [1, 2], "record-unreadable"),
    ("no text", {"title": "Quay"}, "record-unreadable"),
    ("an empty text", {"text": "  \n"}, "record-unreadable"),
    ("a number for a text", {"text": 7}, "record-unreadable"),
    ("a list for a page", {"html": ["<p>"]}, "record-unreadable"),
    ("bytes that are no text", b"\xff\xfe\x00", "json-encoding"),
    ("NUL", {"text": "The quay\x00 is safe"}, "text-nul"),
    ("half a surrogate pair", b'{"text": "The quay \\ud800 is safe"}', "text-surrogate"),
    ("a key twice", b'{"text": "a", "text": "b"}', "json-duplicate-key"),
    ("nesting without end", b'{"text": "a", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "json-too-deep"),
    ("a number without end", b'{"text": "a", "x": ' + b"9" * 5000 + b"}", "json-number"),
    (
        "another document",
        {"format": "claimtrack.speaker/1", "id": "a", "name": "A", "kind": "person"},
        "line-other-kind",
    ),
    ("an unknown document", {"format": "claimtrack.article/9", "text": "a"}, "format-unknown"),
    ("a broken article", json.loads(ARTICLES[0].to_json()) | {"sha256": "0" * 64}, "rule-digest-matches-text"),
    ("a page without an article", {"html": "<html><body><script>1</script></body></html>"}, "record-unreadable"),
    ("more text than any article", {"text": "The quay is safe. " * (MAX_ARTICLE_BYTES // 18 + 9)}, "record-unreadable"),
    ("a line without end", b'{"text": "' + b"x" * MAX_BYTES + b'"}', "line-too-long"),
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of them, each between two good ones."""
    folder = tmp_path_factory.mktemp("hostile")
    records = [one for number, (_, bad, _) in enumerate(HOSTILE) for one in (record(number), bad)]
    extract_batch(write_lines(folder / "news.jsonl", [*records, record(99)]), folder / "claims")
    return folder / "claims"


@pytest.mark.parametrize("number", range(len(HOSTILE)), ids=[name for name, _, _ in HOSTILE])
def test_a_hostile_record_is_a_reject_with_its_reason(number: int, hostile: Path) -> None:
    found = {row["record"]: row for row in lines_of(hostile, "rejects")}[2 * number + 2]
    assert found["source"].endswith(f"news.jsonl:{2 * number + 2}")
    assert HOSTILE[number][2] in [finding["code"] for finding in found["findings"]]
    assert len(json.dumps(found)) < 20_000


def test_hostile_records_stop_no_other(hostile: Path) -> None:
    good = [*range(len(HOSTILE)), 99]
    assert [row["record"] for row in lines_of(hostile, "articles")] == [2 * place + 1 for place in range(len(good))]
    alone = [read_article(**record(number)) for number in good]
    assert lines_of(hostile, "claims") == claims_alone(alone)


def test_files_that_are_no_articles_are_rejects_of(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "b.txt").symlink_to("nowhere")
    os.mkfifo(folder / "c.txt")
    (folder / "d.txt").write_bytes(b"x" * (MAX_ARTICLE_BYTES + 1))
    (folder / "e.txt").write_text(report(1))
    (folder / os.fsdecode(b"f\xff.txt")).write_text(report(2))
    batch = extract_batch(folder, tmp_path / "claims")
    assert [(name, codes) for _, name, codes in rejects_of(tmp_path / "claims")] == [
        (f"{name}.txt", ["record-unreadable"]) for name in "abcd"
    ]
    assert [Path(row["source"]).name for row in lines_of(tmp_path / "claims", "articles")] == ["e.txt", "f\\udcff.txt"]
    assert batch.articles == 2


def test_an_extraction_that_raises_anything_is_a_reject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from claimtrack.batch import extracting

    def extract_or_fail(article: Any, *, tagger: str) -> Any:
        if "Report 1 " in article.text:
            raise RecursionError("deep in a library")
        return extract_claims(article, tagger=tagger)

    monkeypatch.setattr(extracting, "extract_claims", extract_or_fail)
    extract_batch(write_lines(tmp_path / "news.jsonl", map(record, range(3))), tmp_path / "claims")
    assert rejects_of(tmp_path / "claims") == [(2, "news.jsonl:2", ["extraction-failed"])]
    (row,) = lines_of(tmp_path / "claims", "rejects")
    assert "RecursionError: deep in a library" in row["findings"][0]["message"]


@pytest.mark.parametrize("failure", [MemoryError(), OSError(errno.EMFILE, "Too many open files")], ids=repr)
def test_a_machine_that_fails_stops_the_run_and_rejects_nothing(
    failure: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from claimtrack.batch import extracting

    def fail(article: Any, *, tagger: str) -> Any:
        raise failure

    news = write_lines(tmp_path / "news.jsonl", map(record, range(3)))
    with monkeypatch.context() as patched:
        patched.setattr(extracting, "extract_claims", fail)
        with pytest.raises(BatchError, match=r"news.jsonl:1: the machine failed here, .*; 0 parts are finished"):
            extract_batch(news, tmp_path / "claims")
    assert extract_batch(news, tmp_path / "claims").articles == 3


def test_a_library_that_is_missing_stops_the_run_instead_of_rejecting_every_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from claimtrack.read import html

    html._library.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'claimtrack\[html\]'"):
        extract_batch(write_lines(tmp_path / "news.jsonl", [{"html": "<p>Quay</p>"}]), tmp_path / "claims")
    html._library.cache_clear()


def test_a_field_that_fits_no_document_is_left_out_with_a_finding(tmp_path: Path) -> None:
    wrong = {"published": "last Friday", "language": "English!", "url": 7, "authors": [1], "title": {"main": "Quay"}}
    batch = extract_batch(write_lines(tmp_path / "news.jsonl", [record(1) | wrong]), tmp_path / "claims")
    (row,) = lines_of(tmp_path / "claims", "articles")
    assert (row["publisher"], batch.findings) == ("Port Daily", {"cell-not-placed": 5})
    assert [line.split()[2] for line in row["findings"]] == [
        "$.url:", "$.title:", "$.authors:", "$.published:", "$.language:"
    ]  # fmt: skip


# --- ids --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_an_article_that_comes_twice_counts_once_and_another_of_the_same_name_gets_an_id_of_its_own(
    form: str, tmp_path: Path
) -> None:
    """As in a store: three reports of one day whose headlines begin alike, one of them there again in a later part."""
    told = {"publisher": "Port Daily", "published": "2025-04-07"}
    texts = [f"Quay is safe: part {number}\n\nThe quay costs {number} euros, Ann Silva said." for number in (1, 2, 3)]
    lines = [{"text": text} | told for text in (*texts, texts[1], texts[0])]
    batch = extract_batch(write_lines(tmp_path / "news.jsonl", lines), tmp_path / "parts", part_size=2, form=form)
    articles = [read_article(text=text, **told) for text in texts]  # type: ignore[arg-type]
    assert {article.id for article in articles} == {"2025-04-07-port-daily-quay-is-safe"}
    ids = [articles[0].id, *(f"{article.id}-{article.sha256[:8]}" for article in articles[1:])]
    renamed = [article.replace(id=id) for article, id in zip(articles, ids, strict=True)]
    assert (batch.articles, batch.findings["article-twice"]) == (3, 2)
    assert rejects_of(tmp_path / "parts") == [
        (4, "news.jsonl:4", ["article-twice"]),
        (5, "news.jsonl:5", ["article-twice"]),
    ]
    if form == "jsonl":
        assert [row["article_id"] for row in lines_of(tmp_path / "parts", "articles")] == ids
        assert lines_of(tmp_path / "parts", "claims") == claims_alone(renamed)
    else:
        from claimtrack import to_frame

        join_batch(tmp_path / "parts", tmp_path / "whole")
        import pyarrow.parquet

        claims = [claim for article in renamed for claim in extract_claims(article, tagger="rules")]
        for rows in ("claims", "figures", "speakers"):
            found = pyarrow.parquet.read_table(tmp_path / "whole" / f"{rows}.parquet")
            assert found.to_pylist() == to_frame(claims, rows=rows, library="arrow").to_pylist()  # type: ignore[arg-type]


def test_ids_are_known_again_after_a_stop(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "news.jsonl", [record(number % 4) for number in range(12)])

    def stop(progress: Any) -> None:
        if progress.records > 6:
            raise KeyboardInterrupt

    for form in ("jsonl", "jsonl.gz", "parquet"):
        with pytest.raises(KeyboardInterrupt):
            extract_batch(path, tmp_path / form, form=form, part_size=3, progress=stop)
        extract_batch(path, tmp_path / form, form=form, part_size=3)
        extract_batch(path, tmp_path / f"{form} at once", form=form, part_size=3)
        assert files_of(tmp_path / form) == files_of(tmp_path / f"{form} at once")
        assert [number for number, _, _ in rejects_of(tmp_path / form)] == list(range(5, 13))
