"""Every rule that joins fields: one row that breaks it, for model and schema alike, and one that keeps it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from claimtrack.errors import DocumentError
from claimtrack.models import load_document, validate_document
from claimtrack.models.schemas import models_by_name
from tests.models import examples
from tests.models.mutations import Place, changed, dropped, value_at

# kind of document, place of the object, fields changed, sentence. A change to ... is a field left out.
BROKEN: list[tuple[str, str, Place, dict[str, Any], str]] = [
    ("Anchor", "evidence", ("excerpt",), {"start": 68, "end": 68}, "start 68 is not before end 68"),
    ("Anchor", "evidence", ("excerpt",), {"exact": "44"}, "exact has 2 characters, but start and end span 13"),
    ("Article", "article", (), {"text": "Ferry refloated"}, "sha256 is not that of the text, which is "),
    ("Article", "article", (), {"published": "2025-02-29"}, "2025-02-29 is not in the calendar"),
    ("Claim", "claim", (), {"made_on": "2025-04-31T10:00Z"}, "2025-04-31 is not in the calendar"),
    ("Claim", "claim", (), {"kind": "narration"}, "a claim of kind narration has no source and no cue"),
    ("ClaimDate", "claim", ("dates", 0), {"end": "2025-06-31"}, "2025-06-31 is not in the calendar"),
    ("ClaimDate", "claim", ("dates", 0), {"end": "2025-03-03"}, "the first day 2025-03-04 is after the last"),
    ("ClaimFigure", "claim", ("figures", 0), {"low": "40"}, "a figure has either a value or bounds, not both"),
    ("ClaimFigure", "claim", ("figures", 0), {"value": ...}, "a figure needs a value, or a low or high bound"),
    ("ClaimFigure", "claim", ("figures", 1), {"low": "7/3"}, "low 7/3 is above high 2.0"),
    ("Event", "claim", ("events", 0), {"at": "2023-02-29T00:00Z"}, "2023-02-29 is not in the calendar"),
    ("EventData", "claim", ("events", 0, "data"), {"due": "2025-02-30"}, "2025-02-30 is not in the calendar"),
    ("Evidence", "evidence", (), {"retrieved": "0000-01-01T00:00Z"}, "0000-01-01 is not in the calendar"),
    ("Evidence", "evidence", (), {"text": "The ferry is afloat."}, "the excerpt does not stand in the text at "),
    ("EvidenceLink", "claim", ("evidence", 0), {"search": "the port's notices"}, "a link has either evidence"),
    ("EvidenceLink", "claim", ("evidence", 0), {"evidence": ...}, "a link has either evidence"),
    ("EvidenceLink", "claim", ("evidence", 0), {"stance": "nothing_found"}, "the stance nothing_found goes with"),
    ("EvidenceLink", "claim", ("evidence", 1), {"stance": "refutes"}, "the stance nothing_found goes with"),
    ("Review", "claim", ("reviews", 0), {"as_of": "2100-02-29"}, "2100-02-29 is not in the calendar"),
    ("Speaker", "claim", ("speakers", 0), {"name": ..., "role": None}, "a speaker of kind person needs a name or a"),
    ("SpeakerDecision", "speaker", ("same_as", 0), {"speaker": "ines-okafor-2"}, "a decision has either name"),
    ("SpeakerDecision", "speaker", ("not_same_as", 0), {"speaker": ...}, "a decision has either name"),
    ("SpeakerDecision", "speaker", ("same_as", 0), {"at": "2025-02-29T00:00Z"}, "2025-02-29 is not in the calendar"),
    ("SpeakerDecision", "speaker", ("same_as", 0), {"until": "2018-01-01"}, "the first day 2019-05-01 is after"),
    ("SpeakerRole", "speaker", ("roles", 0), {"since": "2019-11-31"}, "2019-11-31 is not in the calendar"),
    ("SpeakerRole", "speaker", ("roles", 0), {"until": "2018-01-01"}, "the first day 2019-05-01 is after the last"),
]

KEPT: list[tuple[str, str, Place, dict[str, Any]]] = [
    ("Anchor", "claim", ("figures", 0, "anchor"), {"start": 0, "end": 1, "exact": "🙂"}),
    ("Article", "article", (), {"published": "2024-02-29"}),
    ("Claim", "claim", (), {"kind": "narration", "attribution": ...}),
    ("Claim", "claim", (), {"kind": "narration", "attribution": {"content": [examples.anchor("44 passengers")]}}),
    ("ClaimDate", "claim", ("dates", 0), {"start": ...}),
    ("ClaimFigure", "claim", ("figures", 1), {"low": "2", "high": "2.00"}),
    ("ClaimFigure", "claim", ("figures", 1), {"low": "-1/3", "high": "0.3333"}),
    ("ClaimFigure", "claim", ("figures", 1), {"high": None}),
    ("Event", "claim", ("events", 0), {"at": "2024-02-29T00:00Z"}),
    ("EventData", "claim", ("events", 0, "data"), {"due": "2024-02-29"}),
    ("Evidence", "evidence", (), {"retrieved": "2024-02-29T23:59:59-11:00"}),
    ("Evidence", "evidence", (), {"text": ...}),
    ("Evidence", "evidence", (), {"excerpt": ...}),
    ("EvidenceLink", "claim", ("evidence", 0), {"evidence": None, "search": "the log", "stance": "nothing_found"}),
    ("Review", "claim", ("reviews", 0), {"published": "2000-02-29", "as_of": "2000-02-29"}),
    ("Speaker", "claim", ("speakers", 0), {"name": None}),
    ("Speaker", "claim", ("speakers", 0), {"name": None, "role": None, "kind": "unknown"}),
    ("SpeakerDecision", "speaker", ("same_as", 0), {"name": ..., "speaker": "ines-okafor-2", "since": None}),
    ("SpeakerRole", "speaker", ("roles", 0), {"since": "2025-12-31"}),
]


def bent(kind: str, place: Place, changes: dict[str, Any]) -> dict[str, Any]:
    document = examples.DOCUMENTS[kind]
    for field, new in changes.items():
        there = (*place, field)
        document = dropped(document, there) if new is ... else changed(document, there, new)
    return document


@pytest.mark.parametrize(("model", "kind", "place", "changes", "sentence"), BROKEN)
def test_a_broken_rule_is_one_finding_at_the_object_that_breaks_it(
    model: str, kind: str, place: Place, changes: dict[str, Any], sentence: str
) -> None:
    document = bent(kind, place, changes)
    (finding,) = validate_document(document)
    assert finding.message.startswith(sentence)
    assert finding.code in {rule.code for rule in models_by_name()[model].rules}
    assert finding.path == "$" + "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in place)
    with pytest.raises(DocumentError) as caught:
        load_document(document)
    assert caught.value.findings == (finding,)
    with pytest.raises(ValueError, match="(?s)" + sentence.split("(")[0]):
        models_by_name()[model].model_validate_json(json.dumps(value_at(document, place)), by_name=False)


@pytest.mark.parametrize(("model", "kind", "place", "changes"), KEPT)
def test_a_kept_rule_gives_no_finding(model: str, kind: str, place: Place, changes: dict[str, Any]) -> None:
    document = bent(kind, place, changes)
    assert validate_document(document) == ()
    load_document(document)


def test_every_rule_of_every_model_has_its_rows() -> None:
    """A new rule without a row that breaks it fails here."""
    broken = {(row[0], finding.code) for row in BROKEN for finding in validate_document(bent(*row[1:4]))}
    rules = {(name, rule.code) for name, model in models_by_name().items() for rule in model.rules}
    assert rules == broken
    assert {name for name, _ in rules} == {row[0] for row in KEPT}


def test_a_rule_says_nothing_about_fields_that_are_wrong_themselves() -> None:
    """One mistake gives one finding: a start that is no number is not also "not before the end"."""
    document = bent("evidence", ("excerpt",), {"start": "68"})
    assert [str(finding) for finding in validate_document(document)] == [
        "error type $.excerpt.start: should be a whole number, not the text '68'"
    ]


def test_rules_run_beside_other_mistakes() -> None:
    """A wrong field elsewhere does not hide a broken rule."""
    document = bent("claim", ("figures", 1), {"low": "3", "unti": "hour"})
    assert {finding.code for finding in validate_document(document)} == {"field-unknown", "rule-low-not-above-high"}
