"""The commands import, export and check-claimreview."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimtrack.cli import main
from tests.exchange.reviews import CLEAN, page_of
from tests.exchange.test_fact_check_tools import ANSWER, PAGE


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner(env={"CLAIMTRACK_STORE": None, "COLUMNS": "120"}).invoke(main, arguments, input=stdin)


@pytest.fixture
def page(tmp_path: Path) -> str:
    path = tmp_path / "page.html"
    path.write_text(page_of({**CLEAN, "claimReviewed": "The new quay,\u2028it was free"}), "utf-8")
    return str(path)


def test_a_page_goes_into_a_store_and_comes_out_as_it_was(tmp_path: Path, page: str) -> None:
    store = str(tmp_path / "newsroom")
    assert run("import", page, "--store", store).stdout.endswith("page.html: 1 new\n")
    assert run("import", page, "--store", store).stdout.endswith("page.html: 1 unchanged\n")
    (id,) = run("list", "--store", store, "--format", "ids").stdout.split()
    exported = run("export", id, "--store", store)
    assert exported.exit_code == 0
    assert json.loads(exported.stdout)["author"] == CLEAN["author"]
    assert run("validate", "--store", store).exit_code == 0


def test_answers_and_pages_of_the_api_go_in_and_a_page_comes_out(tmp_path: Path) -> None:
    store = str(tmp_path / "newsroom")
    answer = run("import", "--from", "fact-check-search", "-", "--store", store, stdin=json.dumps(ANSWER))
    assert answer.stdout == "-: 2 new\n"
    assert answer.exit_code == 1  # one claim of the answer has no text
    assert "error missing-required $.claims[2].text" in answer.stderr
    (tmp_path / "page.json").write_text(json.dumps(PAGE), "utf-8")
    run("import", "--from", "fact-check-page", str(tmp_path / "page.json"), "--store", store)
    ids = run("list", "--store", store, "--text", "town nothing", "--format", "ids").stdout.split()
    id = next(id for id in ids if json.loads(run("show", id, "--json", "--store", store).stdout)["evidence"])
    written = json.loads(run("export", id, "--to", "fact-check-page", "--store", store).stdout)
    assert written == {**PAGE, "claimReviewMarkups": PAGE["claimReviewMarkups"][:1]}


def test_a_claim_that_cannot_be_exported_is_named_and_the_others_come(tmp_path: Path, page: str) -> None:
    store = str(tmp_path / "newsroom")
    run("import", page, "--store", store)
    run("import", "--from", "fact-check-search", "-", "--store", store, stdin=json.dumps(ANSWER))
    ids = run("list", "--store", store, "--format", "ids").stdout.split()
    exported = run("export", *ids, "--store", store)
    assert exported.exit_code == 1
    assert len(exported.stdout.splitlines()) == 2
    assert "error not-exported" in exported.stderr


def test_the_checker_prints_each_finding_and_counts_them(page: str) -> None:
    result = run("check-claimreview", page, "--url", "https://elsewhere.example/")
    assert result.exit_code == 1
    assert "error url-foreign-host $.url: the review is at herald.example" in result.stdout
    assert result.stderr == "1 error, 0 warnings, 5 notes\n"


def test_the_checker_prints_json_for_programs() -> None:
    result = run("check-claimreview", "--format", "json", "-", stdin=json.dumps({**CLEAN, "url": "/quay"}))
    found = json.loads(result.stdout)
    assert found[0]["code"] == "url-no-scheme"
    assert result.exit_code == 1
    clean = run("check-claimreview", "-", stdin=json.dumps(CLEAN))
    assert clean.exit_code == 0


def test_a_file_that_cannot_be_read_is_a_finding_and_the_others_are_checked(page: str, tmp_path: Path) -> None:
    result = run("check-claimreview", str(tmp_path / "nothing.html"), str(tmp_path), page)
    assert result.exit_code == 1
    assert result.stdout.count("unreadable") == 2
    assert "not-checked" in result.stdout
    assert run("import", str(tmp_path / "nothing.html"), "--store", str(tmp_path / "s")).exit_code == 1
