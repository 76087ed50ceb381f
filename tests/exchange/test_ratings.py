"""Verdict scales: every label is reachable, every example matches, and nothing is guessed from a part of a label."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, get_args

import pytest

from claimtrack import NotFoundError, map_rating
from claimtrack.exchange import find_label, load_scale, scale_ids
from claimtrack.exchange.ratings import ORDER, fold
from claimtrack.models import Rating
from claimtrack.models.vocabulary import Verdict

FILES: dict[str, dict[str, Any]] = {
    id: json.loads((files("claimtrack.data") / "scales" / f"{id}.json").read_text("utf-8")) for id in scale_ids()
}
LABELS = [(id, row) for id, told in FILES.items() for row in told["labels"]]


@pytest.mark.parametrize("id", FILES)
def test_a_scale_says_where_it_is_from_and_what_may_be_done_with_it(id: str) -> None:
    told = FILES[id]
    assert told["id"] == id
    assert told["version"] >= 1
    assert told["about"]
    assert told["source"]
    assert told["licence"].startswith("Apache-2.0")
    assert told["languages"]


@pytest.mark.parametrize(("id", "row"), LABELS, ids=[f"{id}: {row['label']}" for id, row in LABELS])
def test_every_label_of_a_scale_is_reached_by_each_of_its_spellings(id: str, row: dict[str, Any]) -> None:
    for label in (row["label"], *row.get("also", ()), row["label"].upper(), f"  {row['label']}. "):
        match = map_rating(label, scale=id)
        assert match.verdict == row["verdict"]
        assert match.outcome == ("unmapped" if row["verdict"] is None else "mapped")
        assert match.lossy == row.get("lossy", False)
        assert match.scale == f"{id}@{FILES[id]['version']}"


@pytest.mark.parametrize("id", FILES)
def test_no_spelling_stands_twice_and_every_verdict_is_a_word_of_ours(id: str) -> None:
    spellings = [
        name for row in FILES[id]["labels"] for name in dict.fromkeys(map(fold, (row["label"], *row.get("also", ()))))
    ]
    assert len(spellings) == len(set(spellings))
    for row in FILES[id]["labels"]:
        assert row["verdict"] in (None, *get_args(Verdict))
        assert row.get("why") or (row["verdict"] is not None and not (row.get("lossy") and id != "plain-words"))


@pytest.mark.parametrize(
    ("id", "example"), [(id, one) for id, told in FILES.items() for one in told["examples"]], ids=str
)
def test_every_example_of_a_scale_comes_out_as_it_says(id: str, example: dict[str, Any]) -> None:
    assert map_rating(example["label"], scale=id).verdict == example["verdict"]


@pytest.mark.parametrize("id", FILES)
def test_a_verdict_that_a_scale_has_a_word_for_comes_back_from_that_word(id: str) -> None:
    scale = load_scale(id)
    for verdict, (label, lossy) in scale.write.items():
        assert lossy or map_rating(label, scale=id).verdict == verdict


@pytest.mark.parametrize("id", [id for id, told in FILES.items() if told.get("order")])
def test_the_order_of_a_scale_is_that_of_its_verdicts(id: str) -> None:
    ranked = sorted((row["rank"], ORDER[row["verdict"]]) for row in FILES[id]["labels"] if row["verdict"] in ORDER)
    assert [order for _, order in ranked] == sorted(order for _, order in ranked)


@pytest.mark.parametrize(
    ("label", "verdict"),
    [
        ("True but misleading", None),
        ("Trueish", None),
        ("Untrue", "false"),
        ("Not true", "false"),
        ("Correction", None),
        ("Correct Attribution", None),
        ("Correct", "true"),
        ("barely-true", "mostly_false"),
        ("Barely True", "mostly_false"),
        ("Mostly False", "mostly_false"),
        ("Falsehood", None),
        ("Falso", "false"),
        ("FALSO.", "false"),
        ("Incorrect \r", "false"),
        ("verd\u0061dero", "true"),
        ("Engan\u0303oso", "misleading"),
        ("½ true", None),
        ("", None),
        ("true" * 50_000, None),
    ],
)
def test_a_label_is_matched_whole_or_not_at_all(label: str, verdict: str | None) -> None:
    assert map_rating(label).verdict == verdict


@pytest.mark.parametrize("scale", ["snopes", "liar", "truth-o-meter", "google", "africa-check"])
@pytest.mark.parametrize("trap", ["True but misleading", "Trueish", "Correction", "Correct Attribution"])
def test_the_traps_are_true_on_no_scale(trap: str, scale: str) -> None:
    assert map_rating(trap, scale=scale).outcome == "unmapped"


def test_the_scale_of_a_publisher_counts_on_its_own_pages_and_nowhere_else() -> None:
    for url in ("https://www.snopes.com/fact-check/quay", "https://snopes.com"):
        assert map_rating("Mixture", url=url).scale == "snopes@1"
    for url in ("https://notsnopes.com/", "https://snopes.com.example/", "snopes.com", "http://[", None):
        assert map_rating("Mixture", url=url).scale == "plain-words@1"
        assert map_rating("Legend", url=url).why.startswith("'Legend' stands on no scale")
    assert map_rating("Misleading", url="https://www.newtral.es/a").verdict == "misleading"


NUMBERS = [
    ("False", "1", "5", "1", "mapped"),
    ("False", "2", "6", "1", "mapped"),
    ("Half true", "3", "5", "1", "mapped"),
    ("Mostly true", "4", "5", "1", "mapped"),
    ("False", "4", "6", "1", "contradictory"),
    ("False", "4", "6", None, "contradictory"),
    ("True", "1", "6", "1", "contradictory"),
    ("True", "1", "5", "1", "contradictory"),
    ("Half true", "5", "5", "1", "contradictory"),
    ("False", "5", "1", "5", "mapped"),  # upside down: not used
    ("False", "2", "2", "2", "mapped"),  # one step: not used
    ("False", "", "5", "1", "mapped"),
    ("False", "7", "5", "1", "mapped"),  # outside: not used
    ("False", "five", "5", "1", "mapped"),
    ("Misleading", "5", "5", "1", "mapped"),  # off the line
    ("Nobody's words", "1", "5", "1", "unmapped"),
    (None, "1", "5", "1", "unmapped"),
]


@pytest.mark.parametrize(("label", "value", "best", "worst", "outcome"), NUMBERS)
def test_a_number_can_contradict_words_and_never_stands_for_them(
    label: str | None, value: str, best: str, worst: str | None, outcome: str
) -> None:
    match = map_rating(Rating(label=label, value=value or None, best=best, worst=worst))
    assert match.outcome == outcome
    assert (match.verdict is None) == (outcome != "mapped")
    assert match.why


@pytest.mark.parametrize(
    ("value", "best", "worst", "verdict"),
    [
        ("2", "5", "1", "mostly_false"),
        ("5", "5", "1", "true"),
        ("2", "6", "1", None),
        ("2", "5", None, None),
        ("2", "1", "5", None),
        ("2.5", "5", "1", None),
        ("9" * 50, "5", "1", None),
        ("1e999999", "5", "1", None),
        ("NaN", "5", "1", None),
    ],
)
def test_on_a_declared_scale_a_complete_number_explains_unknown_words(
    value: str, best: str, worst: str | None, verdict: str | None
) -> None:
    match = map_rating(Rating(label="Shaky", value=value, best=best, worst=worst), scale="google")
    assert match.verdict == verdict
    assert match.how == ("declared_scale" if verdict else None)


def test_an_inverted_scale_goes_by_its_words_alone() -> None:
    four = Rating(label="Four Pinocchios", value="4", best="4", worst="1")
    assert map_rating(four, scale="pinocchio").verdict == "false"
    five = Rating(label="Five Pinocchios", value="4", best="4", worst="1")
    assert map_rating(five, scale="pinocchio").outcome == "unmapped"


def test_a_rating_may_name_its_own_scale_and_an_unknown_name_is_no_error() -> None:
    assert map_rating(Rating(label="pants-fire", scale="liar@1")).scale == "liar@1"
    assert map_rating(Rating(label="False", scale="the Herald's five boats")).scale == "plain-words@1"


@pytest.mark.parametrize("id", ["lair", "liar@2", "../liar", ""])
def test_an_unknown_scale_is_named_with_those_there_are(id: str) -> None:
    with pytest.raises(NotFoundError, match="scale"):
        load_scale(id)


def test_writing_a_verdict_on_a_data_sets_scale_says_what_is_lost() -> None:
    assert find_label("mostly_true", scale="fever") == ("SUPPORTS", True)
    assert find_label("true", scale="fever") == ("SUPPORTS", False)
    assert find_label("misleading", scale="fever") is None
