"""What nobody should send: each gets a clear finding or error, quickly, and never another library's exception."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from claimtrack.errors import DocumentError, FileMissingError, ReadError
from claimtrack.models import Speaker, load_document, validate_document
from claimtrack.models.parse import MAX_BYTES, MAX_FINDINGS, parse_json
from tests.models import examples

START = '{"format": "claimtrack.claim/1", "id": "ferry-1", "kind": "direct", "statement": "Nobody was hurt"'


@contextmanager
def quickly(seconds: float = 5.0) -> Iterator[None]:
    """Fail when the block takes longer than anything on a document of this size should."""
    started = time.perf_counter()
    yield
    assert time.perf_counter() - started < seconds


def codes(source: Any) -> set[str]:
    """Give the codes of the findings, after checking that loading refuses with the very same."""
    with quickly():
        findings = validate_document(source)
    with quickly(), pytest.raises(DocumentError) as caught:
        load_document(source)
    assert caught.value.findings == findings
    assert all(finding.path and finding.path.startswith("$") for finding in findings)
    assert all(len(str(finding)) < 1000 for finding in findings), "a message repeats what it was sent"
    return {finding.code for finding in findings}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 100_000, "json-too-deep"),
        ("[" * 100_000 + "]" * 100_000, "json-too-deep"),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "json-too-deep"),
        (START + ', "tags": ' + "[" * 70 + "]" * 70 + "}", "json-too-deep"),
        (START + ', "tags": [' + "7" * 5000 + "]}", "json-number"),
        (START + ', "tags": [0.' + "7" * 5000 + "]}", "json-number"),
        (START + ', "tags": [1e999]}', "json-number"),
        (START + ', "tags": [NaN]}', "json-number"),
        (START + ', "tags": [Infinity, -Infinity]}', "json-number"),
        (START + ', "kind": "indirect"}', "json-duplicate-key"),
        (START + ', "origin": {"key": "a", "key": "a"}}', "json-duplicate-key"),
        (START + ', "tags": ["\\ud83d"]}', "text-surrogate"),
        (START + ', "\\udc00": 1}', "text-surrogate"),
        (START + ', "tags": ["flood\\u0000s"]}', "text-nul"),
        (START + ', "tags\\u0000": 1}', "text-nul"),
        (START + ', "tags": ["flood\x00s"]}', "json-syntax"),
        (START + ', "tags": ["flood\ns"]}', "json-syntax"),
        (START, "json-syntax"),
        (START + "} {}", "json-syntax"),
        (START + ", }", "json-syntax"),
        ("{'format': 'claimtrack.claim/1'}", "json-syntax"),
        ("[]", "type"),
        ("{}", "format-missing"),
        ('{"format": null}', "format-missing"),
        ('{"format": "claimtrack.claim/9"}', "format-unknown"),
        ('{"format": ["claimtrack.claim/1"]}', "format-unknown"),
        ('{"@type": "ClaimReview"}', "format-missing"),
    ],
    ids=lambda value: value[-40:] if len(value) < 200 else f"{value[:3]}x{len(value)}",
)
def test_json_that_parsers_disagree_about_or_choke_on_is_refused(text: str, code: str) -> None:
    assert codes(text) == {code}
    assert codes(text.encode()) == {code}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "cp037"])
def test_bytes_that_are_not_utf_8_are_refused(encoding: str) -> None:
    assert codes((START + ', "tags": ["crue à Besançon"]}').encode(encoding)) <= {"json-encoding", "json-syntax"}


def test_a_byte_that_is_not_utf_8_is_named_by_its_place() -> None:
    (finding,) = validate_document(START.encode() + b', "tags": ["caf\xe9"]}')
    assert finding.code == "json-encoding"
    assert finding.message == f"byte {len(START) + 15} is not UTF-8; save the file as UTF-8"


@pytest.mark.parametrize("value", [None, 62, "62", True, [], ["a"]])
def test_json_that_is_no_object_is_named_for_what_it_is(value: Any) -> None:
    assert codes(json.dumps(value).encode()) == {"type"}


@pytest.mark.parametrize("source", [None, 62, [], {1: "x"}, {"format": object()}, {"x": 10**5000}, {"x": float("nan")}])
def test_python_values_that_json_lacks_are_findings_too(source: Any) -> None:
    assert codes(source) <= {"type", "json-type", "json-number", "format-missing"}


def test_a_mapping_that_holds_itself_is_refused() -> None:
    endless: dict[str, Any] = {"format": "claimtrack.claim/1"}
    endless["origin"] = endless
    assert codes(endless) == {"json-too-deep"}


def test_any_mapping_is_taken_as_a_document() -> None:
    assert load_document(MappingProxyType(examples.SPEAKER)) == load_document(examples.SPEAKER)


MEGABYTES = "9" * 10_000_000


@pytest.mark.parametrize(
    "change",
    [
        {"id": MEGABYTES},
        {"kind": MEGABYTES},
        {MEGABYTES: 1},
        {"tags": [MEGABYTES]},
        {"made_on": MEGABYTES},
        {"article_id": MEGABYTES + "!"},
        {"reviews": [{"id": "r1", "url": "a" * 10_000_000}]},
        {"reviews": [{"id": "r1", "rating": {"language": "en" + "-aa" * 1_000_000}}]},
    ],
    ids=lambda change: next(iter(change))[:10],
)
def test_ten_megabytes_in_one_string_are_refused_quickly_and_not_repeated(change: dict[str, Any]) -> None:
    document = json.loads(START + "}") | change
    assert codes(json.dumps(document)) <= {"form", "length", "choice", "field-unknown"}


def test_ten_megabytes_of_statement_are_only_long() -> None:
    document = json.dumps(json.loads(START + "}") | {"statement": "Nobody was hurt. " * 600_000})
    with quickly():
        assert validate_document(document) == ()
    with quickly():
        assert len(load_document(document).to_json()) > 10_000_000


def test_more_than_a_document_can_be_is_not_even_parsed(tmp_path: Path) -> None:
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    for use in (load_document, validate_document):
        with quickly(), pytest.raises(ReadError, match="larger than"):
            use(path)
    assert codes(b"{" * (MAX_BYTES + 1)) == {"json-too-large"}


@pytest.mark.parametrize(
    "more",
    [
        {f"field{number}": 1 for number in range(100_000)},
        {"tags": [1] * 200_000},
        {"tags": ["\x00"] * 200_000},
        {"figures": [{}] * 5000},
        {"attribution": {"content": [{"start": "4", "end": 9, "exact": "crash"}] * 5000}},
        {"speakers": [{"kind": "person"}] * 5000},
    ],
    ids=lambda more: next(iter(more)),
)
def test_endless_mistakes_end_in_a_finding_that_says_there_are_more(more: dict[str, Any]) -> None:
    source = START + ", " + json.dumps(more)[1:]
    assert "findings-cut" in codes(source)
    assert len(validate_document(source)) == MAX_FINDINGS + 1


def test_endless_duplicate_keys_are_cut_too() -> None:
    assert codes("[" + ", ".join(['{"a": 1, "a": 2}'] * 100_000) + "]") == {"json-duplicate-key", "findings-cut"}


@pytest.mark.parametrize(
    "name",
    [
        *("../../etc/passwd", "/etc/passwd", "..", ".", "", "ferry-1\n", "Ferry", "ferry_1", "ferry 1", "-ferry"),
        *("ferry.json", "férry", "ferry\u2044x", "c:ferry", "ferry\\x", "٦٢", "a" * 121),
    ],
)
@pytest.mark.parametrize("field", ["id", "article_id"])
def test_an_id_can_only_be_a_file_name(name: str, field: str) -> None:
    document = json.loads(START + "}") | {field: name}
    assert codes(document) <= {"form", "length"}


@pytest.mark.parametrize(
    "number", ["1e3", "1E+400", ".5", "5.", "1,000", "0x10", "+5", " 5", "5\n", "1/0", "1/-3", "٦٢", "NaN"]
)
def test_a_figure_is_only_a_plain_decimal_or_fraction(number: str) -> None:
    document = json.loads(json.dumps(examples.CLAIM))
    document["figures"][0]["value"] = number
    assert codes(document) == {"form"}
    assert number.strip() in validate_document(document)[0].message


def test_all_mistakes_are_reported_at_once_with_their_paths() -> None:
    document = json.loads(json.dumps(examples.CLAIM))
    document["statment"] = document.pop("statement")
    document["kind"] = "dirct"
    document["figures"][0]["value"] = 44
    document["figures"][1]["high"] = "-2"
    document["events"][0]["data"]["due"] = "tomorrow"
    document["attribution"]["content"] = []
    document["speakers"][0]["confidence"] = True
    document["speakers"][0]["mention"]["start"] = -1
    document["reviews"][0]["rating"]["best "] = "5"
    assert {(finding.path, finding.message) for finding in validate_document(document)} == {
        ("$", "the field 'statement' is missing"),
        ("$.statment", "there is no field 'statment' here; did you mean 'statement'?"),
        ("$.kind", "'dirct' is not one of the choices; did you mean 'direct'?"),
        ("$.figures[0].value", "should be text in quotation marks, not the number 44"),
        ("$.figures[1]", "low 0 is above high -2"),
        (
            "$.events[0].data.due",
            "'tomorrow' does not have the form of a day, YYYY-MM-DD, or a time with its offset, YYYY-MM-DDThh:mm:ssZ",
        ),
        ("$.attribution.content", "needs at least 1 item"),
        ("$.speakers[0].confidence", "should be a number, not true"),
        ("$.speakers[0].mention.start", "-1 is below 0"),
        ("$.reviews[0].rating['best ']", "there is no field 'best ' here; did you mean 'best'?"),
    }


@pytest.mark.parametrize(
    ("field", "hint"),
    [
        ("speaker", "did you mean 'speakers'?"),
        ("Statement", "did you mean 'statement'?"),
        ("zzz", "known are format, id"),
    ],
)
def test_an_unknown_field_is_named_with_the_nearest_known_one(field: str, hint: str) -> None:
    (finding,) = validate_document(json.loads(START + "}") | {field: "x"})
    assert (finding.code, finding.path) == ("field-unknown", f"$.{field}")
    assert hint in finding.message


def test_a_choice_that_is_nothing_like_the_known_ones_lists_them() -> None:
    (finding,) = validate_document(json.loads(START + "}") | {"verdict": 5})
    assert finding.message == "should be text in quotation marks, not the number 5"
    (finding,) = validate_document(json.loads(START + "}") | {"verdict": "🤷"})
    assert finding.message.endswith("misattributed, satire, not_checkable")


def test_the_error_shows_the_first_findings_and_counts_the_rest() -> None:
    with pytest.raises(DocumentError, match=r"; and 15 more$") as caught:
        load_document(START + ", " + json.dumps({f"field{number}": 1 for number in range(20)})[1:])
    assert len(caught.value.findings) == 20


@pytest.mark.parametrize("use", [load_document, validate_document])
@pytest.mark.parametrize("source", ["no-such-file.json", "x" * 300, "", "62", "null", "a\ud800b", Path("no/such/file")])
def test_a_path_without_a_file_is_said_with_what_to_give(use: Callable[[Any], Any], source: Any) -> None:
    with pytest.raises(ReadError):
        use(source)


def test_a_missing_file_is_also_the_built_in_error_for_it() -> None:
    with pytest.raises(FileNotFoundError, match="no such file; give a JSON file"):
        load_document("no-such-file.json")
    assert issubclass(FileMissingError, ReadError)


def test_a_folder_or_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe"):
        with quickly(), pytest.raises(ReadError, match="not a file"):
            load_document(path)


@pytest.mark.parametrize("source", ["Nobody was hurt. " * 1000, "a\x00b"])
def test_text_that_is_neither_json_nor_a_path_is_a_finding(source: str) -> None:
    assert codes(source) == {"json-syntax"}


def test_findings_name_the_file_they_are_about(tmp_path: Path) -> None:
    path = tmp_path / "ferry-1.json"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"ferry-1\.json: \$: the field 'format' is missing") as caught:
        load_document(path)
    assert caught.value.source == str(path)


def test_a_value_with_findings_is_still_given_back_for_those_who_want_to_look() -> None:
    value, findings = parse_json('{"id": "a", "id": "b"}')
    assert value == {"id": "b"}
    assert [finding.code for finding in findings] == ["json-duplicate-key"]


def test_there_is_one_nought_so_that_a_document_has_one_form() -> None:
    assert Speaker(kind="person", name="Ines Okafor", confidence=-0.0).model_dump_json(include={"confidence"}) == (
        '{"confidence":0.0}'
    )
