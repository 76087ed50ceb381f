"""The commands: what goes to standard output, what to standard error, and the exit codes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimtrack.cli import main

SEEDS = Path(__file__).parents[2] / "seeds"
CRASH = str(SEEDS / "plane-crash.txt")
FLOOD = str(SEEDS / "flood-warning.html")


def run(*arguments: str, stdin: str | bytes | None = None, **environment: str) -> Result:
    surroundings = {"CLAIMTRACK_STORE": None, "COLUMNS": "120", **environment}
    return CliRunner(env=surroundings).invoke(main, arguments, input=stdin)


@pytest.fixture
def newsroom(tmp_path: Path) -> str:
    store = str(tmp_path / "newsroom")
    assert run("add", CRASH, FLOOD, "--store", store).exit_code == 0
    return store


def test_extract_prints_a_table_with_speakers_statements_and_figures() -> None:
    result = run("extract", CRASH)
    assert result.exit_code == 0
    for shown in ("Milena Toreva", "62 passengers", "5 crew members", "29 people", "narration", "velmarwire (outlet)"):
        assert shown in result.stdout
    assert "\x1b[" not in result.stdout  # no colours in a pipe


def test_extract_as_jsonl_prints_one_valid_document_a_line() -> None:
    lines = run("extract", "--format", "jsonl", CRASH).stdout.splitlines()
    claims = [json.loads(line) for line in lines]
    assert len(claims) > 15
    assert run("validate", "-", stdin="\n".join(lines)).exit_code == 0


def test_extract_as_json_prints_one_array_over_all_files() -> None:
    claims = json.loads(run("extract", "--format", "json", CRASH, FLOOD).stdout)
    assert {claim["article_id"][:10] for claim in claims} == {"2025-11-18", "2025-02-12"}
    assert json.loads(run("extract", "--format", "json", "nothing-here.txt").stdout) == []


def test_extract_reads_standard_input() -> None:
    result = run("extract", "--format", "jsonl", "-", stdin="The quay is closed, Ann Silva said.\n")
    assert json.loads(result.stdout)["speakers"][0]["name"] == "Ann Silva"


def test_what_a_file_does_not_say_can_be_given() -> None:
    told = ("--publisher", "Marl Valley Post", "--published", "2025-02-12")
    result = run("extract", "--format", "jsonl", *told, "-", stdin="The quay is closed, Ann Silva said.\n")
    assert json.loads(result.stdout)["article_id"].startswith("2025-02-12-marl-valley-post")


def test_one_url_is_not_given_to_two_files() -> None:
    result = run("extract", "--url", "https://wire.example/quay", CRASH, FLOOD)
    assert result.exit_code == 2
    assert "--url says something about one FILE; 2 were given" in result.stderr


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    bad = tmp_path / "scan.pdf"
    bad.write_bytes(b"%PDF-1.7 \x00\x01")
    result = run("extract", "--format", "jsonl", str(bad), "missing.txt", CRASH)
    assert result.exit_code == 1
    assert all(json.loads(line) for line in result.stdout.splitlines())
    assert len(result.stdout.splitlines()) > 15
    assert "scan.pdf" in result.stderr
    assert "missing.txt" in result.stderr
    assert "Traceback" not in result.stderr


def test_findings_on_the_text_are_said_and_are_no_failure(tmp_path: Path) -> None:
    path = tmp_path / "torn.txt"
    path.write_text("“We knew, Ann Silva said.\n\nThe quay closed in 2019.", "utf-8")
    result = run("extract", "--format", "jsonl", str(path))
    assert result.exit_code == 0
    assert "quotation-unclosed" in result.stderr


def test_wrong_usage_ends_with_two() -> None:
    assert run("extract").exit_code == 2
    assert run("extract", "--format", "xml", CRASH).exit_code == 2
    assert run("publish-everything").exit_code == 2
    assert run("list").exit_code == 2
    assert run("validate").exit_code == 2


def test_help_shows_examples_for_every_command() -> None:
    assert "claimtrack extract article.txt" in run("--help").stdout
    for command in ("extract", "add", "list", "show", "validate", "schema"):
        result = run(command, "--help")
        assert result.exit_code == 0
        assert "Example" in result.stdout


def test_adding_twice_says_that_nothing_changed(newsroom: str) -> None:
    result = run("add", CRASH, "--store", newsroom)
    assert result.exit_code == 0
    assert "nothing changed" in result.stdout


def test_the_store_can_stand_in_the_environment(newsroom: str) -> None:
    assert "Toreva" in run("list", CLAIMTRACK_STORE=newsroom).stdout


def test_list_filters_and_prints_ids_and_documents(newsroom: str) -> None:
    ids = run("list", "--store", newsroom, "--speaker", "Lindqvar", "--format", "ids").stdout.split()
    assert ids
    lines = run("list", "--store", newsroom, "--speaker", "lindqvar", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ids
    assert run("list", "--store", newsroom, "--verdict", "false", "--format", "ids").stdout == ""


def test_show_gives_a_card_a_table_or_the_stored_bytes(newsroom: str) -> None:
    claim = run("list", "--store", newsroom, "--text", "explosion", "--format", "ids").stdout.strip()
    assert "There was no sign of an explosion" in run("show", claim, "--store", newsroom).stdout
    stored = run("show", "--json", claim, "--store", newsroom).stdout
    assert (next(Path(newsroom).glob(f"claims/*/*/{claim}.json"))).read_text("utf-8") == stored
    assert "Milena Toreva" in run("show", claim.rsplit("-", 1)[0], "--store", newsroom).stdout


def test_an_unknown_id_gets_a_sentence_and_one(newsroom: str) -> None:
    for hostile in ("rents", "../../etc/passwd", "a\x00b", "con"):
        result = run("show", hostile, "--store", newsroom)
        assert result.exit_code == 1
        assert "no document with id" in result.stderr
        assert "Traceback" not in result.output


def test_reading_commands_make_no_store(tmp_path: Path) -> None:
    result = run("list", "--store", str(tmp_path / "nowhere"))
    assert result.exit_code == 1
    assert "no store" in result.stderr
    assert not (tmp_path / "nowhere").exists()


def test_validate_reports_every_finding_and_ends_with_one(tmp_path: Path) -> None:
    path = tmp_path / "claim.json"
    path.write_text('{"format": "claimtrack.claim/1", "id": "A", "kind": "direkt", "statement": ""}')
    result = run("validate", str(path), "--format", "jsonl")
    assert result.exit_code == 1
    assert [json.loads(line)["path"] for line in result.stdout.splitlines()] == ["$.id", "$.kind", "$.statement"]


def test_validate_finds_a_broken_file_in_a_store(newsroom: str) -> None:
    victim = next(Path(newsroom).glob("claims/*/*/*.json"))
    victim.write_text(victim.read_text("utf-8").replace('"candidate"', '"candidat"'), "utf-8")
    result = run("validate", "--store", newsroom)
    assert result.exit_code == 1
    assert "did you mean 'candidate'?" in result.stdout


def test_schema_prints_what_is_published() -> None:
    published = Path(__file__).parents[2] / "schemas" / "claim.schema.json"
    assert json.loads(run("schema", "claim").stdout) == json.loads(published.read_text("utf-8"))


def test_a_statement_that_is_a_script_is_shown_as_text(tmp_path: Path) -> None:
    path = tmp_path / "hostile.txt"
    path.write_text("“[red]x[/red] \x1b[2J\u202e<script>alert(1)</script>,” Ann Silva said.", "utf-8")
    shown = run("extract", str(path)).stdout
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "[red]" in shown


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    code = f"{shutil.which('sh')}"
    command = f"'{sys.executable}' -m claimtrack extract --format jsonl '{CRASH}' '{CRASH}' | head -n 1"
    done = subprocess.run([code, "-c", command], capture_output=True, text=True, env=os.environ, cwd=tmp_path)
    assert done.stdout.startswith('{"format"')
    assert "Traceback" not in done.stderr


def test_explain_shows_source_cue_and_content_in_their_sentence() -> None:
    shown = run("extract", "--explain", "--tagger", "rules", CRASH).stdout
    assert "by rules, confidence" in shown
    assert "[Velmar's Emergencies Ministry] said, {adding} ⟦that 29 people survived the crash⟧" in " ".join(
        shown.split()
    )


def test_text_without_claims_is_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("name,place\nAnn,Dessa\n", "utf-8")
    result = run("extract", str(path))
    assert result.exit_code == 0
    assert "no claims found" in result.stderr


def test_show_says_it_when_a_claim_of_the_article_is_damaged(newsroom: str) -> None:
    victim = next(Path(newsroom).glob("claims/2025/*/*.json"))
    article = victim.parent.name
    victim.write_text("{", "utf-8")
    result = run("show", article, "--store", newsroom)
    assert result.exit_code == 1
    assert victim.name in result.stderr
