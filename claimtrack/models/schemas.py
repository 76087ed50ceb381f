"""The published JSON Schemas (Draft 2020-12), derived from the models.

`python -m claimtrack.models FOLDER` writes them; a test keeps `schemas/` equal to the models.
"""

from __future__ import annotations

import copy
import functools
import json
from pathlib import Path
from typing import Any, Final

from claimtrack.errors import NotFoundError, did_you_mean
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
    derived["required"] = ["format", *derived.get("required", [])]
    name, version = model.model_fields["format"].default.split("/")
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{name.replace('.', ':')}:{version}",
        "title": model.__name__,
    }
    for name, one in [(model.__name__, derived), *derived.get("$defs", {}).items()]:
        if rules := models_by_name()[name].rules:
            one["$comment"] = " ".join(("Beyond this schema:", *(str(rule.check.__doc__) for rule in rules)))
    return head | _tidy(derived)


def json_schema(kind: str) -> dict[str, Any]:
    """Give the JSON Schema of one kind of document: "article", "claim", "evidence" or "speaker".

    >>> json_schema("claim")["title"]
    'Claim'

    Raises NotFoundError for another kind.
    """
    if kind not in DOCUMENTS:
        guess = did_you_mean(str(kind), DOCUMENTS) or f"; there are {', '.join(DOCUMENTS)}"
        raise NotFoundError(f"no kind of document is called {kind!r}{guess}")
    return copy.deepcopy(_schema(kind))


_ORDER = (
    *("description", "$comment", "$ref", "anyOf", "type", "const", "enum", "pattern", "maxLength"),
    *("minimum", "maximum", "items", "minItems", "properties", "required", "additionalProperties", "default", "$defs"),
)


def _tidy(schema: dict[str, Any]) -> dict[str, Any]:
    """Give a schema of pydantic's in the form that people read: meaning first, then shape, and nothing twice."""
    tidy = {keyword: value for keyword, value in schema.items() if keyword != "title"}  # made from the field's name
    plain, *null = tidy.get("anyOf", [{}])
    if null == [{"type": "null"}] and "type" in plain:  # an object stays a choice of two: its shape is elsewhere
        del tidy["anyOf"]
        tidy |= plain | {"type": [plain["type"], "null"]}
        if "enum" in plain:
            tidy["enum"] = [*plain["enum"], None]
    if tidy.get("default", ...) is None or "const" in tidy:  # null means absent, and `format` is always written
        del tidy["default"]
    if "items" in tidy:
        tidy["items"] = _tidy(tidy["items"])
    for named in ("properties", "$defs"):
        if named in tidy:
            tidy[named] = {name: _tidy(one) for name, one in tidy[named].items()}
    return {keyword: tidy[keyword] for keyword in sorted(tidy, key=_ORDER.index)}


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
