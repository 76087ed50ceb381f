"""Captured sources in a store: their copies, their documents, and what verification finds."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest

from claimtrack.capture import capture_file, capture_page
from claimtrack.errors import StoreError
from claimtrack.store import Store
from tests.capture_server import page, serving
from tests.store import by_hand

warcio = pytest.importorskip("warcio")
NOW = "2025-11-19T08:30:00Z"
TEXT = "Ferry runs aground off Brackwater\n\nAll 62 passengers were safe, the “harbour master” said.\n"


@pytest.fixture
def captured(tmp_path: Path):
    path = tmp_path / "ferry.txt"
    path.write_text(TEXT, encoding="utf-8")
    return capture_file(path, retrieved=NOW)


def test_a_captured_source_has_a_document_and_a_copy_that_agree(store: Store, captured) -> None:
    evidence = store.add_evidence(
        captured, kind="primary", excerpt='All 62 passengers were safe, the "harbour master" said'
    )
    assert evidence.id == "2025-11-19-ferry-runs-aground"
    assert store.evidence(evidence.id) == evidence
    assert (evidence.kind, evidence.size, evidence.retrieved) == ("primary", len(TEXT.encode()), NOW)
    assert evidence.text[evidence.excerpt.start : evidence.excerpt.end] == evidence.excerpt.exact
    assert evidence.copy_path == f"copies/{captured.sha256[:2]}/{captured.sha256}.warc.gz"
    assert by_hand.read_copy(store, evidence) == captured.record
    assert list(store.check_copies()) == []
    assert list(store.validate()) == []


def test_the_copy_of_a_page_is_a_record_that_other_tools_read(store: Store) -> None:
    from warcio.archiveiterator import ArchiveIterator

    body = gzip.compress(TEXT.encode())
    with serving({"/ferry": page(body, kind="text/plain", Content_Encoding="gzip")}) as server:
        evidence = store.add_evidence(capture_page(f"{server.url}/ferry", retrieved=NOW, allow_private=True))
    (record,) = ArchiveIterator(io.BytesIO(by_hand.read_copy(store, evidence)))
    assert record.rec_type == "response"
    assert record.rec_headers.get_header("WARC-Target-URI") == evidence.url
    assert record.rec_headers.get_header("WARC-Date") == NOW
    assert record.http_headers.get_header("Content-Encoding") == "gzip"
    assert list(store.check_copies()) == []


def test_the_same_content_is_kept_once(store: Store, captured, snapshot) -> None:
    first = store.add_evidence(captured)
    before = snapshot()
    assert store.add_evidence(captured) == first
    assert snapshot() == before


def test_another_source_with_a_taken_id_gets_one_of_its_own(store: Store, captured, tmp_path: Path) -> None:
    store.add_evidence(captured)
    path = tmp_path / "again.txt"
    path.write_text(TEXT + "Later more.", encoding="utf-8")
    other = store.add_evidence(capture_file(path, retrieved=NOW))
    assert other.id == f"2025-11-19-ferry-runs-aground-{other.sha256[:8]}"
    with pytest.raises(StoreError, match="the id is taken"):
        store.add_evidence(capture_file(path, retrieved=NOW), id="2025-11-19-ferry-runs-aground")


def test_an_excerpt_that_does_not_stand_there_is_refused_with_the_difference(store: Store, captured) -> None:
    with pytest.raises(StoreError, match=r"does not stand in the captured text.*\[-64-\]\{\+62\+\}"):
        store.add_evidence(captured, excerpt="All 64 passengers were safe")


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda record: None, "copy-missing"),
        (lambda record: b"no record", "copy-damaged"),
        (lambda record: record[:-30], "copy-damaged"),
        (lambda record: gzip.compress(gzip.decompress(record).replace(b"62", b"26")), "copy-damaged"),
    ],
    ids=["gone", "other", "cut", "edited"],
)
def test_a_copy_that_was_touched_is_found_and_captured_anew(store: Store, captured, damage, code: str) -> None:
    evidence = store.add_evidence(captured)
    by_hand.write_copy(store, evidence, damage(by_hand.read_copy(store, evidence)))
    (finding,) = store.check_copies()
    assert (finding.code, finding.source) == (code, f"evidence/2025/{evidence.id}.json")
    store.add_evidence(captured)
    assert list(store.check_copies()) == []


def test_a_document_cannot_name_a_copy_elsewhere(store: Store, captured) -> None:
    evidence = store.add_evidence(captured)
    store.save(evidence.replace(copy_path="../../etc/passwd"))
    assert [finding.code for finding in store.check_copies()] == ["copy-missing"]
