"""A document written and read again is the same document, in the same bytes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from claimtrack.models import DOCUMENTS, Article, Claim, Document, Evidence, SpeakerRecord, load_document
from tests.models import examples
from tests.models.strategies import documents


@settings(max_examples=200, deadline=None)
@given(documents())
def test_a_document_read_back_is_equal_and_writes_the_same_bytes(document: Document) -> None:
    written = document.to_json()
    again = load_document(written)
    assert again == document
    assert again.to_json() == written
    assert hash(again) == hash(document)


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_the_bytes_are_indented_json_in_model_order_with_a_newline_at_the_end(kind: str) -> None:
    document = load_document(examples.DOCUMENTS[kind])
    written = document.to_json()
    plain = json.loads(written)
    assert written == json.dumps(plain, indent=2, ensure_ascii=False) + "\n"
    assert list(plain) == list(DOCUMENTS[kind].model_fields)


def test_absent_values_are_left_out_and_empty_lists_are_shown() -> None:
    claim = Claim(id="rents-1", kind="direct", statement="Rents fell by 2%")
    assert json.loads(claim.to_json()) == {
        "format": "claimtrack.claim/1",
        "id": "rents-1",
        "kind": "direct",
        "statement": "Rents fell by 2%",
        "speech_act": "asserted",
        "workflow": "candidate",
        "publication": "unpublished",
        **{name: [] for name in ("speakers", "figures", "dates", "evidence")},
        **{name: [] for name in ("reviews", "relations", "tags", "events")},
    }


def test_null_and_a_byte_order_mark_are_read_and_not_written_back() -> None:
    written = '{"format": "claimtrack.speaker/1", "id": "a-lund", "name": "A. Lund", "kind": "person", "note": null}'
    record = load_document(b"\xef\xbb\xbf" + written.encode())
    assert record == SpeakerRecord(id="a-lund", name="A. Lund", kind="person")
    assert record.to_json().startswith('{\n  "format"')
    assert "note" not in record.to_json()


@pytest.mark.parametrize("number", ["3.40", "0.00", "-0", "1/3", "3/1", "12345678901234567890.10"])
def test_a_number_keeps_the_digits_it_was_written_with(number: str) -> None:
    claim = json.loads(json.dumps(examples.CLAIM))
    claim["figures"][0]["value"] = number
    assert json.loads(load_document(claim).to_json())["figures"][0]["value"] == number


def test_a_document_is_read_from_a_path_text_bytes_or_a_mapping(tmp_path: Path) -> None:
    article = load_document(examples.ARTICLE)
    path = tmp_path / "article.json"
    path.write_text(article.to_json(), encoding="utf-8")
    sources = (path, str(path), article.to_json(), article.to_json().encode(), "\n" + article.to_json())
    assert {load_document(source) for source in sources} == {article}


@pytest.mark.parametrize(
    ("kind", "model"), [("article", Article), ("claim", Claim), ("evidence", Evidence), ("speaker", SpeakerRecord)]
)
def test_the_format_field_decides_the_model(kind: str, model: type[Document]) -> None:
    assert type(load_document(examples.DOCUMENTS[kind])) is model
