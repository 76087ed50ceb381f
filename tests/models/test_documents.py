"""Documents as values: frozen, hashable, exact, and changed only by checked copies."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from claimtrack.errors import DocumentError
from claimtrack.models import DOCUMENTS, Anchor, Claim, ClaimFigure, Event, Speaker, load_document
from claimtrack.models.exact import format_exact, parse_exact
from tests.models import examples

CLAIM = Claim(id="rents-1", kind="direct", statement="Rents fell by 3.40 per cent")


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_document_cannot_be_changed_in_place(kind: str) -> None:
    with pytest.raises(AttributeError, match=r"frozen.* replace\(id=\.\.\.\)"):
        load_document(examples.DOCUMENTS[kind]).id = "another"


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_document_can_stand_in_a_set(kind: str) -> None:
    document = load_document(examples.DOCUMENTS[kind])
    assert len({document, load_document(document.to_json()), document.replace(id="another")}) == 2


def test_replace_gives_a_changed_copy_and_leaves_the_original() -> None:
    changed = CLAIM.replace(verdict="mostly_true", tags=("housing",))
    assert (changed.verdict, changed.tags, changed.statement) == ("mostly_true", ("housing",), CLAIM.statement)
    assert (CLAIM.verdict, CLAIM.tags) == (None, ())


def test_replace_works_where_a_field_has_another_name_in_json() -> None:
    event = Event(id="e1", at="2025-03-04T10:00Z", by="desk", action="triage", from_="candidate", to="triaged")
    assert event.replace(from_="declined").model_dump()["from"] == "declined"


def test_a_misspelt_field_gets_a_guess() -> None:
    with pytest.raises(DocumentError, match=r"there is no field 'verdit'; did you mean 'verdict'\?"):
        CLAIM.replace(verdit="true")


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"verdict": "mostly true"}, "$.verdict"),
        ({"statement": ""}, "$.statement"),
        ({"tags": "housing"}, "$.tags"),
        ({"id": "../rents"}, "$.id"),
        ({"verdit": "true"}, "$.verdit"),
        ({"made_on": "2025-02-30"}, "$"),
        ({"statement": "\ud83d"}, "$.statement"),
        ({"figures": ("62",)}, "$.figures[0]"),
    ],
)
def test_a_copy_that_would_not_be_valid_is_refused_with_the_place(changes: dict[str, Any], path: str) -> None:
    with pytest.raises(DocumentError) as caught:
        CLAIM.replace(**changes)
    assert [finding.path for finding in caught.value.findings] == [path]
    assert str(caught.value).startswith("Claim: $")


def test_the_speaker_of_a_claim_is_the_first_or_none() -> None:
    first, second = Speaker(name="Ana Lund", kind="person"), Speaker(name="Jo Park", kind="person")
    assert CLAIM.speaker is None
    assert CLAIM.replace(speakers=(first, second)).speaker == first


@pytest.mark.parametrize(
    "number",
    [
        *(math.nan, math.inf, 3.4, "3.40", True, None, Decimal("NaN"), Decimal("sNaN"), Decimal("-Infinity")),
        *(
            Decimal("1E+9999"),
            Decimal("1E-9999"),
            Decimal(10**200),
            10**5000,
            Fraction(10**5000, 7),
            Fraction(1, 10**250),
        ),
        Fraction(10**120, 10**100 + 1),
    ],
    ids=lambda number: f"{type(number).__name__}",
)
def test_a_figure_refuses_a_number_that_a_document_could_not_give_back(number: Any) -> None:
    """Floats are inexact, infinities are no numbers, and more than 200 characters are no figure of a news article."""
    with pytest.raises(ValidationError):
        ClaimFigure(anchor=Anchor(start=0, end=2, exact="62"), kind="count", value=number)


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (62, "62"),
        (Decimal("3.40"), "3.40"),
        (Decimal("1.2E+9"), "1200000000"),
        (Decimal("-0.0"), "-0.0"),
        (Fraction(1, 3), "1/3"),
        (Fraction(4, 2), "2/1"),
        (10**199, "1" + "0" * 199),
    ],
)
def test_a_figure_writes_its_number_out_in_full(number: Any, written: str) -> None:
    figure = ClaimFigure(anchor=Anchor(start=0, end=2, exact="62"), kind="count", value=number)
    assert figure.model_dump(mode="json")["value"] == written
    assert format_exact(parse_exact(written)) == written


def test_a_list_in_a_change_is_taken_for_a_tuple() -> None:
    claim = Claim(id="rents-1", kind="direct", statement="Rents fell").replace(tags=["housing"])
    assert claim.tags == ("housing",)


def test_a_claim_and_an_article_print_on_one_line() -> None:
    named = CLAIM.replace(speakers=[Speaker(kind="person", name="Ann Silva", role="mayor")])
    assert str(named) == "Ann Silva: Rents fell by 3.40 per cent"
    assert str(named.replace(speakers=[Speaker(kind="person", role="mayor")])).startswith("mayor: ")
    assert str(CLAIM).startswith("somebody: ")
    article = load_document(examples.DOCUMENTS["article"])
    assert str(article) == f"{article.id}: {article.title}"
    assert str(article.replace(title=None)) == article.id
