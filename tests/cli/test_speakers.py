"""`claimtrack speakers`: listing, suggesting, deciding, and taking back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimtrack.cli import main
from claimtrack.models import Speaker
from claimtrack.store import Store
from tests.store.news import make_article, make_claim


@pytest.fixture
def newsroom(tmp_path: Path) -> str:
    article = make_article()
    words = ("All 62 passengers were safe", "The hull held for nine hours", "The ferry left port", "at 5:40 a.m.")
    speakers = ("Mira Holt", "M. Holt", "\u202eolleH \x1b[31m Tomas Reyle".replace("\x1b", ""), None)
    store = Store(tmp_path / "newsroom")
    store.add(
        article,
        [
            make_claim(article, said, "?", speakers=(Speaker(name=name, role="harbour master", kind="person"),))
            for said, name in zip(words, speakers, strict=True)
        ],
    )
    return str(store.folder)


def run(*arguments: str, **environment: str) -> Result:
    surroundings = {"CLAIMTRACK_STORE": None, "CLAIMTRACK_BY": None, "COLUMNS": "120", **environment}
    return CliRunner(env=surroundings).invoke(main, ["speakers", *arguments])


def test_speakers_are_listed_with_their_claims_and_the_nameless_are_counted(newsroom: str) -> None:
    result = run("--store", newsroom)
    assert result.exit_code == 0
    assert "Mira Holt" in result.stdout
    assert "\\u202e" in result.stdout
    assert "\u202e" not in result.stdout
    assert result.stderr == "1 without a name left out; --all shows them\n"
    assert run("--all", CLAIMTRACK_STORE=newsroom).stderr == ""


def test_suggestions_are_printed_as_a_table_and_one_a_line(newsroom: str) -> None:
    table = run("suggest", "--store", newsroom)
    for shown in ("0.85", "Mira Holt (1)", "M. Holt (1)", "initials that fit, and the same surname"):
        assert shown in table.stdout
    (line,) = run("suggest", "--store", newsroom, "--format", "jsonl").stdout.splitlines()
    match = json.loads(line)
    assert (match["rule"], match["one"]) == ("initials", {"name": "Mira Holt", "id": None, "claims": 1})
    none = run("suggest", "--store", newsroom, "--speaker", "Reyle")
    assert (none.exit_code, none.stdout, none.stderr) == (0, "", "no names that could be one speaker\n")


def test_a_confirmed_name_is_listed_shown_and_undone(newsroom: str) -> None:
    result = run("confirm", "M. Holt", "Mira Holt", "--by", "ana", "--why", "One office.", "--store", newsroom)
    assert (result.exit_code, result.stderr) == (0, "M. Holt and Mira Holt are one speaker now: mira-holt\n")
    found = CliRunner().invoke(main, ["list", "--store", newsroom, "--speaker", "mira-holt", "--format", "ids"])
    assert len(found.stdout.splitlines()) == 2
    card = run("show", "m. holt", "--store", newsroom).stdout
    assert "same as     M. Holt – ana, " in card
    assert "One office." in card
    undone = run("undo", "M. Holt", "mira-holt", "--store", newsroom)
    assert "nothing is decided" in undone.stderr
    assert "M. Holt" not in (Path(newsroom) / "speakers/mira-holt.json").read_text()


def test_who_decides_can_stand_in_the_environment_and_must_be_known(newsroom: str) -> None:
    nobody = run("reject", "M. Holt", "Mira Holt", "--store", newsroom)
    assert nobody.exit_code == 2
    assert "CLAIMTRACK_BY" in nobody.stderr
    result = run("reject", "M. Holt", "Mira Holt", CLAIMTRACK_STORE=newsroom, CLAIMTRACK_BY="ana")
    assert result.stderr == "M. Holt and Mira Holt are told apart now: mira-holt\n"
    assert Store(newsroom).speaker("mira-holt").not_same_as[0].by == "ana"


def test_a_record_is_made_with_all_that_is_known(newsroom: str) -> None:
    roles = ("--role", "harbour master=2019-05-01..2025-12-31", "--role", "councillor=2026-01-01..", "--role", "diver")
    more = ("--alias", "M. Holt", "--identifier", "url=https://harbour.example/holt", "--note", "Not the captain.")
    result = run("add", "Mira Holt", *roles, *more, "--store", newsroom)
    assert result.stdout == "mira-holt\n"
    record = Store(newsroom).speaker("mira-holt")
    assert [(one.role, one.since, one.until) for one in record.roles] == [
        ("harbour master", "2019-05-01", "2025-12-31"),
        ("councillor", "2026-01-01", None),
        ("diver", None, None),
    ]
    assert (record.aliases, record.identifiers[0].scheme, record.note) == (("M. Holt",), "url", "Not the captain.")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("show", "Nobody Here"), 1, "nobody here is called 'Nobody Here'; `claimtrack speakers` lists the names"),
        (("undo", "M. Holt", "Mira Holt"), 1, "nothing is decided about 'M. Holt' and 'Mira Holt'"),
        (("confirm", "Nobody", "Nil", "--by", "ana"), 1, "neither 'Nobody' nor 'Nil' is a record or speaks in a claim"),
        (("confirm", "M. Holt", "Mira Holt", "--by", "ana", "--since", "May"), 1, "$.since"),
        (("add", "Mira Holt", "--role", "mayor=2025-02-30.."), 1, "2025-02-30 is not in the calendar"),
        (("add", "Mira Holt", "--identifier", "wikidata"), 1, "$.value"),
        (("suggest", "--min-score", "2"), 2, "2"),
    ],
)
def test_what_cannot_be_done_is_said_with_an_exit_code(newsroom: str, arguments, code: int, said: str) -> None:
    result = run(*arguments, CLAIMTRACK_STORE=newsroom)
    assert result.exit_code == code
    assert said in result.stderr
    assert result.stdout == ""


def test_without_a_store_the_option_is_named() -> None:
    result = run()
    assert result.exit_code == 2
    assert "CLAIMTRACK_STORE" in result.stderr


def test_a_broken_record_is_a_finding_and_the_others_are_listed(newsroom: str) -> None:
    run("add", "Mira Holt", "--store", newsroom)
    (Path(newsroom) / "speakers/mira-holt.json").write_text("{}")
    for command in ((), ("suggest",), ("show", "M. Holt")):
        result = run(*command, CLAIMTRACK_STORE=newsroom)
        assert result.exit_code == 1
        assert "M. Holt" in result.stdout
        assert "speakers/mira-holt.json: error" in result.stderr
