"""The published schemas: equal to the models, right by the standard, and of use without claimtrack."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from claimtrack.models import DOCUMENTS, Document, json_schema, write_schemas
from tests.models.strategies import documents

PUBLISHED = Path(__file__).parents[2] / "schemas"


def test_the_published_schemas_are_those_of_the_models_byte_for_byte(tmp_path: Path) -> None:
    """`make schemas` was run after the last change of the models."""
    made = {path.name: path.read_bytes() for path in write_schemas(tmp_path)}
    assert made == {path.name: path.read_bytes() for path in PUBLISHED.iterdir()}


def test_one_command_writes_the_schemas_and_names_them(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-m", "claimtrack.models", str(tmp_path / "schemas")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert [Path(line).name for line in done.stdout.splitlines()] == [f"{kind}.schema.json" for kind in DOCUMENTS]


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_schema_follows_draft_2020_12(kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema(kind))


@settings(max_examples=100, deadline=None)
@given(documents())
def test_a_stranger_s_validator_accepts_every_valid_document(document: Document) -> None:
    """Plain jsonschema with the published file, as somebody without claimtrack would use it."""
    kind = next(name for name, model in DOCUMENTS.items() if type(document) is model)
    schema = json.loads((PUBLISHED / f"{kind}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(document.to_json()))


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Give every object schema in a schema."""
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        for child in schema.values():
            yield from objects(child)


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_everything_in_a_schema_is_described_and_closed(kind: str) -> None:
    """Each object and field says what it means, and no object takes unknown fields."""
    for one in objects(json_schema(kind)):
        assert one["additionalProperties"] is False
        assert one["description"].endswith(".")
        for name, field in one["properties"].items():
            assert field.get("description", "").endswith((".", "...")), name


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_rules_that_a_schema_cannot_say_stand_in_its_comments(kind: str) -> None:
    rules = DOCUMENTS[kind].rules
    comment = json_schema(kind).get("$comment", "")
    assert bool(rules) == bool(comment)
    assert all(str(rule.check.__doc__) in comment for rule in rules)


def test_a_caller_cannot_change_the_schema_that_validation_uses() -> None:
    json_schema("claim")["properties"].clear()
    assert "statement" in json_schema("claim")["properties"]
