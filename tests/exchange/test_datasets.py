"""Data sets: rows come back equal, and a label that says less than the verdict needs a policy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack import (
    Claim,
    DocumentError,
    Evidence,
    EvidenceLink,
    NotFoundError,
    Store,
    from_dataset,
    keep_imported,
    read_dataset,
    to_dataset,
)
from claimtrack.exchange.datasets import DATASETS, to_dataset_line
from claimtrack.models import Review, Speaker
from tests.models import strategies

ROWS: dict[str, list[dict[str, Any]]] = {
    "fever": [
        {
            "id": 7,
            "verifiable": "VERIFIABLE",
            "label": "REFUTES",
            "claim": "The quay of Marl was free",
            "evidence": [[[11, 12, "Marl_Quay", 3], [11, 13, "Marl", 0]], [[14, 15, "Marl_Quay", 9]]],
        },
        {
            "id": 8,
            "verifiable": "NOT VERIFIABLE",
            "label": "NOT ENOUGH INFO",
            "claim": "The mayor of Marl sails",
            "evidence": [[[16, None, None, None]]],
        },
        {"id": 9, "claim": "A row of the unlabelled part"},
    ],
    "feverous": [
        {
            "id": 21,
            "label": "SUPPORTS",
            "claim": "Marl has two ferries",
            "challenge": "Numerical Reasoning",
            "evidence": [
                {
                    "content": ["My_list_of_ferries_sentence_0", "Marl_header_cell_0_1_1"],
                    "context": {"Marl_sentence_0": ["Marl_title"]},
                }
            ],
        }
    ],
    "scifact": [
        {
            "id": 1,
            "claim": "Salt air shortens the life of paint",
            "evidence": {
                "4983": [{"sentences": [2, 5], "label": "SUPPORT"}, {"sentences": [7], "label": "SUPPORT"}],
            },
            "cited_doc_ids": [4983, 77],
        },
        {"id": 2, "claim": "Paint lengthens life", "evidence": {}, "cited_doc_ids": [77]},
        {
            "id": 3,
            "claim": "Gulls eat paint",
            "evidence": {
                "5": [{"sentences": [0], "label": "SUPPORT"}],
                "6": [{"sentences": [1], "label": "CONTRADICT"}],
            },
            "cited_doc_ids": [5, 6],
        },
    ],
    "liar": [
        {
            "id": "7.json",
            "label": "barely-true",
            "statement": 'The quay "cost nothing"',
            "subjects": "port,money",
            "speaker": "ann-silva",
            "job": "Mayor",
            "state": "Marl",
            "party": "none",
            "barely_true": "1",
            "false": "0",
            "half_true": "2",
            "mostly_true": "0",
            "pants_fire": "0",
            "context": "a speech",
        }
    ],
    "averitec": [
        {
            "claim": "The quay of Marl was free",
            "required_reannotation": False,
            "label": "Conflicting Evidence/Cherrypicking",
            "justification": "The port paid half of it.",
            "claim_date": "6-3-2025",
            "speaker": "Ann Silva",
            "original_claim_url": "https://council.example/minutes-12",
            "fact_checking_article": "https://herald.example/quay",
            "reporting_source": "Council",
            "claim_types": ["Numerical Claim"],
            "questions": [
                {
                    "question": "Who paid?",
                    "answers": [
                        {
                            "answer": "The port paid.\nHalf of it.",
                            "answer_type": "Extractive",
                            "source_url": "https://port.example/accounts",
                            "cached_source_url": "https://archive.example/1",
                            "source_medium": "Web text",
                        }
                    ],
                },
                {
                    "question": "Who else?",
                    "answers": [
                        {"answer": "No answer could be found.", "answer_type": "Unanswerable", "source_url": ""}
                    ],
                },
            ],
        }
    ],
}
ALL = [(name, row) for name, rows in ROWS.items() for row in rows]


@pytest.mark.parametrize(("name", "row"), ALL)
def test_an_untouched_row_comes_back_equal(name: str, row: dict[str, Any]) -> None:
    imported = from_dataset(row, name=name)
    (back,) = to_dataset(imported, name=name).value
    assert json.dumps(back) == json.dumps(row)
    assert imported.findings == ()


@pytest.mark.parametrize(("name", "row"), ALL)
def test_a_changed_statement_changes_that_field_alone(name: str, row: dict[str, Any]) -> None:
    (claim,) = from_dataset(row, name=name)
    (back,) = to_dataset([claim.replace(statement="The quay is new")], name=name).value
    field = "statement" if name == "liar" else "claim"
    assert back == row | {field: "The quay is new"}


def test_the_rows_say_what_they_mean() -> None:
    fever = from_dataset(ROWS["fever"][0], name="fever")
    assert [(link.stance, link.set, link.note) for link in fever[0].evidence] == [
        ("refutes", "1", "sentence 3"),
        ("refutes", "1", "sentence 0"),
        ("refutes", "2", "sentence 9"),
    ]
    assert fever[0].reviews[0].verdict == "false"
    assert fever[0].verdict is None
    feverous = from_dataset(ROWS["feverous"][0], name="feverous")
    assert [one.title for one in feverous.evidence] == ["My_list_of_ferries", "Marl"]
    liar = from_dataset(ROWS["liar"][0], name="liar")[0]
    assert (liar.reviews[0].verdict, liar.tags) == ("mostly_false", ("port", "money"))
    scifact = [from_dataset(row, name="scifact")[0] for row in ROWS["scifact"]]
    assert [claim.reviews[0].verdict if claim.reviews else None for claim in scifact] == ["true", "unproven", None]
    averitec = from_dataset(ROWS["averitec"][0], name="averitec")[0]
    assert (averitec.made_on, averitec.speaker.name if averitec.speaker else "") == ("2025-03-06", "Ann Silva")
    assert [link.stance for link in averitec.evidence] == ["context", "context", "nothing_found"]
    assert averitec.reviews[0].explanation == "The port paid half of it."


def claim_of(verdict: Any, **more: Any) -> Claim:
    return Claim(id="quay-7", kind="direct", statement="The quay was free", verdict=verdict, **more)


def test_a_lossy_label_is_refused_flagged_or_skipped_by_policy() -> None:
    claim = claim_of("mostly_false")
    with pytest.raises(DocumentError, match="choose the policy"):
        to_dataset([claim], name="fever")
    flagged, skipped = (to_dataset([claim], name="fever", policy=policy) for policy in ("flag", "skip"))  # type: ignore[arg-type]
    assert ([row["label"] for row in flagged.value], [one.code for one in flagged.findings]) == (
        ["REFUTES"],
        ["label-lossy"],
    )
    assert (skipped.value, [one.source for one in skipped.findings]) == ((), ["quay-7"])


@pytest.mark.parametrize("policy", ["refuse", "flag", "skip"])
@pytest.mark.parametrize(("verdict", "name"), [("satire", "averitec"), ("half_true", "fever"), (None, "liar")])
def test_a_verdict_without_a_label_is_skipped_and_listed_under_every_policy(
    policy: Any, verdict: Any, name: str
) -> None:
    exported = to_dataset([claim_of(verdict), claim_of("true")], name=name, policy=policy)
    assert len(exported.value) == 1
    assert [one.code for one in exported.findings] == ["label-no-target"]


_lines = strategies._lines.filter(lambda text: text == " ".join(text.split()) and text)


@settings(max_examples=80, deadline=None)
@given(
    statement=strategies._wordings.filter(str.strip),
    name=_lines,
    day=strategies._days,
    title=_lines,
    verdict=st.sampled_from(["true", "false"]),
    reason=strategies._wordings.filter(str.strip),
)
def test_a_claim_of_ours_comes_back_with_what_each_data_set_carries(
    statement: str, name: str, day: str, title: str, verdict: Any, reason: str
) -> None:
    source = Evidence(id="quay-source", title=title, url="https://port.example/accounts", kind="primary")
    notes = {
        "fever": "sentence 3",
        "feverous": "cell_0_1_1",
        "scifact": "sentences [2, 5]",
        "averitec": "Who?\nThe port",
    }
    stance: Any = "supports" if verdict == "true" else "refutes"
    for dataset in DATASETS:
        link = EvidenceLink(evidence=source.id, stance=stance, note=notes.get(dataset), set="1")
        review = Review(id="ours", url="https://herald.example/quay", explanation=reason)
        claim = claim_of(
            verdict, speakers=(Speaker(name=name, kind="person"),), made_on=day, evidence=(link,), reviews=(review,)
        ).replace(statement=statement)
        exported = to_dataset([claim], name=dataset, evidence=[source])
        assert exported.findings == ()
        again = from_dataset(exported.value[0], name=dataset)
        (back,) = again.claims
        assert (back.statement, back.reviews[0].verdict) == (statement, verdict)
        if dataset in ("liar", "averitec"):
            assert back.speaker is not None
            assert back.speaker.name == name
        if dataset == "averitec":
            assert (back.made_on, back.reviews[0].url, back.reviews[0].explanation) == (day, review.url, reason)
            assert ([one.url for one in again.evidence], back.evidence[0].note) == ([source.url], link.note)
        if dataset in ("fever", "feverous", "scifact"):
            assert [one.title for one in again.evidence] == [title]
            assert (back.evidence[0].stance, back.evidence[0].note) == (link.stance, link.note)


def test_files_of_each_data_set_are_read_and_a_bad_row_stops_no_other(tmp_path: Path) -> None:
    for name, rows in ROWS.items():
        path = tmp_path / f"{name}.txt"
        lines = [to_dataset_line(row, name=name) for row in rows]
        bad = "7" if name == "liar" else '{"claim": ""}'
        path.write_text("\n".join([bad, *lines, lines[0]]) + "\n", "utf-8")
        read = read_dataset(path, name=name)
        assert [json.loads(claim.origin.original) for claim in read if claim.origin] == rows
        assert [(one.source, one.code) for one in read.findings] == [
            ("row 1", "row-no-statement"),
            (f"row {len(rows) + 2}", "row-key-twice"),
        ]
    listed = tmp_path / "list.json"
    listed.write_text(json.dumps(ROWS["averitec"]), "utf-8")
    assert len(read_dataset(listed, name="averitec")) == 1


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_mangled_row_gives_no_traceback(data: st.DataObject) -> None:
    name, row = data.draw(st.sampled_from(ALL))
    junk: Any = st.recursive(
        st.none() | st.booleans() | st.integers(-9, 10**30) | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
        max_leaves=6,
    )
    changed = row | {data.draw(st.sampled_from(sorted(row))): data.draw(junk)}
    try:
        imported = from_dataset(changed, name=name)
    except DocumentError:
        return
    assert to_dataset(imported, name=name).value[0] == changed


def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for outcome in ("new", "unchanged"):
        for name, row in ALL:
            assert [kept.outcome for kept in keep_imported(store, from_dataset(row, name=name))] == [outcome]


def test_an_unknown_data_set_is_named() -> None:
    with pytest.raises(NotFoundError, match="no data set 'squad'"):
        from_dataset({}, name="squad")
    with pytest.raises(NotFoundError, match="no data set 'squad'"):
        to_dataset([], name="squad")
