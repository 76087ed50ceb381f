"""Schema and model give one answer on every document, right or wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.errors import DocumentError
from claimtrack.models import DOCUMENTS, Document, Value, load_document, validate_document
from claimtrack.models.schemas import models_by_name
from tests.models import examples
from tests.models.mutations import Place, mutants, places
from tests.models.strategies import documents


def verdict(document: dict[str, Any]) -> bool:
    """Tell whether a document is valid, after checking that model and schema say the same and say it alike."""
    written = json.dumps(document)
    findings = validate_document(written)
    if not findings:
        load_document(written)
        return True
    with pytest.raises(DocumentError) as caught:
        load_document(written)
    assert caught.value.findings == findings
    return False


def distinct_places(document: dict[str, Any]) -> list[Place]:
    """Give one place for every field and item of the document's models, and none twice."""
    found: dict[tuple[str, ...], Place] = {}
    for place in places(document):
        found.setdefault(tuple("[]" if isinstance(key, int) else key for key in place), place)
    return [place for place in found.values() if place]


def around(document: dict[str, Any], place: Place) -> dict[str, Any]:
    """Give the document with what its model requires and the place's own field only: small, so quick to check."""
    model = DOCUMENTS[document["format"].split(".")[1].split("/")[0]]
    needed = {name for name, field in model.model_fields.items() if field.is_required()}
    return {name: value for name, value in document.items() if name in needed | {"format", place[0]}}


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_every_single_change_to_a_full_document_gets_one_answer(kind: str) -> None:
    """Each field dropped, renamed, retyped, out of range or out of form: model and schema agree."""
    document = examples.DOCUMENTS[kind]
    answers = {True: 0, False: 0}
    for place in distinct_places(document):
        for mutant in mutants(around(document, place), place):
            answers[verdict(mutant)] += 1
    assert answers[True] > 100, "hardly any change was harmless: the changes are too coarse to show a disagreement"
    assert answers[False] > 500


def test_the_full_documents_fill_every_field_of_every_model() -> None:
    """What is changed above is every field there is: a new one without an example shows here."""
    filled: set[tuple[str, str]] = set()

    def walk(value: Any) -> None:
        if isinstance(value, Value):
            for name in type(value).model_fields:
                child = getattr(value, name)
                if child not in (None, ()):
                    filled.add((type(value).__name__, name))
                walk(child)
        elif isinstance(value, tuple):
            for child in value:
                walk(child)

    for document in examples.DOCUMENTS.values():
        walk(load_document(document))
    models = [model for model in models_by_name().values() if model is not Document]
    assert filled == {(model.__name__, name) for model in models for name in model.model_fields}


@settings(max_examples=100, deadline=None)
@given(documents(), st.data())
def test_a_changed_document_of_any_content_gets_one_answer(document: Document, data: st.DataObject) -> None:
    """Documents from hypothesis are valid for both, and still get one answer after any change at one place."""
    plain = json.loads(document.to_json())
    assert verdict(plain)
    place = data.draw(st.sampled_from([one for one in places(plain) if one]))
    for mutant in mutants(plain, place):
        verdict(mutant)
