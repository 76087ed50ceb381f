"""The documents in docs/ say what the code says: fields, words, finding codes and errors."""

from __future__ import annotations

import ast
import re
import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest

import claimtrack
from claimtrack import errors
from claimtrack.exchange.claimreview.findings import CODES
from claimtrack.models import Document, Value, exact, strings, vocabulary
from claimtrack.models.schemas import models_by_name
from claimtrack.models.validation import _CODES

DOCS = Path(__file__).parents[1] / "docs"
MODELS = [name for name, model in models_by_name().items() if model is not Document]
VOCABULARIES = {name: word for name, word in vars(vocabulary).items() if typing.get_origin(word) is Literal}
KINDS_OF_VALUE = {
    "id": strings.Id,
    "line": strings.Line,
    "wording": strings.Wording,
    "prose": strings.Prose,
    "URL": strings.Url,
    "day": strings.Day,
    "moment": strings.Moment,
    "instant": strings.Instant,
    "language": strings.Language,
    "digest": strings.Digest,
    "offset": strings.Offset,
    "count": strings.Count,
    "confidence": strings.Confidence,
    "exact number": exact.Exact,
}


def section(document: str, heading: str) -> str:
    """Give what stands under one heading, without what stands under the next."""
    text = (DOCS / document).read_text(encoding="utf-8")
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", text, re.DOTALL | re.MULTILINE)
    assert found, f"docs/{document} has no heading {heading!r}"
    return found[1]


def in_words(hint: Any) -> str:
    """Give the type of a field as docs/documents.md puts it."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return in_words(next(one for one in arguments if one is not types.NoneType))
    if origin is tuple:
        return "list of " + in_words(arguments[0])
    if isinstance(hint, type) and issubclass(hint, Value):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    for name, word in VOCABULARIES.items():
        if hint == word:
            return f"[{name}](glossary.md#{name.lower()})"
    if origin is Literal:
        return f'`"{arguments[0]}"`'
    return next(name for name, kind in KINDS_OF_VALUE.items() if hint == kind)


def table(name: str) -> str:
    """Give the table of a model's fields as docs/documents.md must hold it."""
    model = models_by_name()[name]
    hints = typing.get_type_hints(model, include_extras=True)
    rows = ["| field | type | meaning |", "|---|---|---|"]
    for field, told in model.model_fields.items():
        needed = ", required" if told.is_required() or field == "format" else ""
        rows.append(f"| `{told.alias or field}` | {in_words(hints[field])}{needed} | {told.description} |")
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize("name", MODELS)
def test_every_field_of_a_document_stands_in_the_docs_as_the_model_has_it(name: str) -> None:
    """The whole table is the model's: names, order, types, what is required, and the field's own description."""
    assert table(name) in section("documents.md", name)


@pytest.mark.parametrize("name", MODELS)
def test_every_rule_of_a_document_stands_in_the_docs(name: str) -> None:
    below = " ".join(section("documents.md", name).split())
    assert [rule.code for rule in models_by_name()[name].rules if str(rule.check.__doc__) not in below] == []


@pytest.mark.parametrize("kind", KINDS_OF_VALUE)
def test_every_kind_of_value_is_explained(kind: str) -> None:
    assert f"\n| {kind} | " in section("documents.md", "Kinds of value")


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_word_of_a_vocabulary_is_explained_and_no_other(name: str) -> None:
    explained = re.findall(r"^\| `(\w+)` \| \S", section("glossary.md", name), re.MULTILINE)
    assert tuple(explained) == typing.get_args(VOCABULARIES[name])


def codes_in_source() -> Iterator[str]:
    """Give the codes that the source writes: in `Finding(code=...)`, or first in a call of a helper that makes one."""
    for path in Path(claimtrack.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            named = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
            first = node.args[:1] if re.fullmatch("_?(error|finding|note|warning)", node.func.id) else []
            for one in (*named, *first):
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    yield one.value


def test_every_finding_code_stands_in_the_docs_and_no_other() -> None:
    rules = {rule.code for model in models_by_name().values() for rule in model.rules}
    documented = re.findall(r"^\| `([a-z][a-z0-9-]+)` \|", section("errors.md", "The codes"), re.MULTILINE)
    assert len(documented) == len(set(documented))
    assert set(documented) == {*codes_in_source(), *_CODES.values(), *CODES, "type", *rules}


def test_the_tree_of_errors_stands_in_the_docs_as_in_the_code() -> None:
    assert errors.__doc__
    (tree,) = re.findall(r"^    ClaimtrackError$.*?(?=\n\Z)", errors.__doc__, re.DOTALL | re.MULTILINE)
    shown = [line.strip() for line in section("errors.md", "The tree").splitlines()]
    assert [line.strip() for line in tree.splitlines() if line.strip() not in shown] == []
    named = {name for name in vars(errors) if name.endswith("Error")}
    assert named == set(re.findall(r"\w+Error\b(?! *\))", re.sub(r"\(\w+\)", "", tree)))
