"""The published JSON Schemas (Draft 2020-12), derived from the models.

`python -m claimtrack.models.schemas FOLDER` writes them; a test keeps `schemas/` equal to the models.
"""

from __future__ import annotations

import copy
import functools
import json
import sys
from pathlib import Path
from typing import Any, Final

from claimtrack.models.article import Article
from claimtrack.models.base import Document, Value
from claimtrack.models.claim import Claim
from claimtrack.models.evidence import Evidence
from claimtrack.models.speaker import SpeakerRecord

DOCUMENTS: Final[dict[str, type[Document]]] = {
    "article": Article,
    "claim": Claim,
    "evidence": Evidence,
    "speaker": SpeakerRecord,
}
"""The documents by the name of their kind."""

FORMATS: Final[dict[str, type[Document]]] = {
    model.model_fields["format"].default: model for model in DOCUMENTS.values()
}
"""The documents by what stands in their `format` field."""


@functools.cache
def _schema(kind: str) -> dict[str, Any]:
    model = DOCUMENTS[kind]
    derived = model.model_json_schema(by_alias=True)
    _tidy(derived)
    derived["required"] = ["format", *derived.get("required", [])]
    name, version = model.model_fields["format"].default.split("/")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{name.replace('.', ':')}:{version}",
        "title": model.__name__,
        **derived,
    }


def json_schema(kind: str) -> dict[str, Any]:
    """Give the JSON Schema of one kind of document: "article", "claim", "evidence" or "speaker".

    >>> json_schema("claim")["title"]
    'Claim'

    Raises KeyError for another kind.
    """
    return copy.deepcopy(_schema(kind))


def _tidy(schema: Any) -> None:
    """Take away the titles that pydantic makes from field names: they say nothing."""
    if isinstance(schema, dict):
        for properties in (schema.get("properties"), schema.get("$defs")):
            for one in (properties or {}).values():
                one.pop("title", None)
        for child in schema.values():
            _tidy(child)
    elif isinstance(schema, list):
        for child in schema:
            _tidy(child)


@functools.cache
def models_by_name() -> dict[str, type[Value]]:
    """Give every model that a schema's `$defs` can name."""
    found: dict[str, type[Value]] = {}
    waiting: list[type[Value]] = [Value]
    while waiting:
        for model in waiting.pop().__subclasses__():
            found[model.__name__] = model
            waiting.append(model)
    return found


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write `<kind>.schema.json` for every kind of document and give the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for kind in DOCUMENTS:
        path = folder / f"{kind}.schema.json"
        path.write_text(json.dumps(_schema(kind), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        paths.append(path)
    return tuple(paths)


if __name__ == "__main__":
    for written in write_schemas(Path(sys.argv[1])):
        print(written)
