"""The commands of a claim's life: what they say, what they refuse, and who signs."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from claimtrack import track
from claimtrack.cli import main
from claimtrack.cli.main import COMMANDS, LIFE, STEPS
from claimtrack.cli.steps import STEPS as MADE
from claimtrack.models import Evidence
from claimtrack.store import Store
from tests.store.news import make_article, make_claims

CLAIMS = make_claims(make_article())
ID = CLAIMS[0].id
LOG = Evidence(id="2025-03-15-coastguard-log", kind="primary", archive_url="https://archive.example/log")


def run(*arguments: str, stdin: str | None = None, **environment: str) -> Result:
    surroundings: dict[str, str | None] = {"CLAIMTRACK_STORE": None, "CLAIMTRACK_BY": None, "COLUMNS": "120"}
    return CliRunner(env=surroundings | environment).invoke(main, arguments, input=stdin)


@pytest.fixture
def newsroom(tmp_path: Path) -> str:
    store = Store(tmp_path / "newsroom")
    store.add(make_article(), CLAIMS)
    store.save(LOG)
    return str(store.folder)


def go(newsroom: str, *arguments: str, by: str = "Ines") -> Result:
    return run(*arguments, "--store", newsroom, "--by", by)


def approved(newsroom: str) -> None:
    for step in (
        ("triage", ID),
        ("assign", ID, "Ines", "--due", "2025-03-20"),
        ("cite", ID, LOG.id, "--stance", "refutes", "--note", "44, not 62."),
        (
            "decide",
            ID,
            "false",
            "--words",
            "Wrong",
            "--explanation",
            "The log has 44.",
            "--scale",
            "herald-5@1",
            "--value",
            "1",
        ),
        ("submit", ID),
    ):
        assert go(newsroom, *step).exit_code == 0
    assert go(newsroom, "approve", ID, by="Tomas").exit_code == 0


def test_every_step_of_the_life_can_be_taken_on_the_command_line(newsroom: str) -> None:
    approved(newsroom)
    for step, shown in (
        (
            ("publish", ID, "--url", "https://check.example/ferry"),
            "approved → closed, verdict false, published; publish by Tomas",
        ),
        (("correct", ID, "typo", "--why", "Reyle, not Reil."), "closed, verdict false, corrected"),
        (
            ("correct", ID, "correction", "--why", "The log is of the day before."),
            "closed → researching, verdict false, correcting",
        ),
        (
            ("contact", ID, "Mira Holt", "--due", "2025-03-20"),
            "researching, verdict false, correcting; contact by Tomas",
        ),
        (("await-response", ID), "researching → awaiting_response"),
        (("contact", ID, "Mira Holt", "--outcome", "no_answer"), "awaiting_response → researching"),
        (("confirm", ID, "--why", "It is of the day after all."), "researching → closed, verdict false, corrected"),
        (("note", ID, "Called the harbour."), "closed, verdict false, corrected; note by Tomas"),
        (("retract", ID, "--why", "The log was withdrawn."), "closed, verdict false, retracted"),
    ):
        result = go(newsroom, *step, by="Tomas")
        assert (result.exit_code, shown in result.stdout) == (0, True), (step, result.output)
    rating = Store(newsroom).claim(ID).reviews[0].rating
    assert rating is not None
    assert (rating.label, rating.value, rating.scale) == ("Wrong", "1", "herald-5@1")
    other, third = CLAIMS[1].id, CLAIMS[2].id
    for step in (
        ("decline", other, "too_vague"),
        ("reopen", other, "--why", "It was said again."),
        ("mark-duplicate", other, ID),
        ("withdraw", third, "--why", "A test."),
    ):
        assert go(newsroom, *step).exit_code == 0
    assert run("verify", "--store", newsroom).exit_code == 0


def test_a_step_that_is_not_allowed_names_what_is_and_ends_with_one(newsroom: str) -> None:
    result = go(newsroom, "publish", ID)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "possible are triage, decline, mark_duplicate, withdraw, note" in result.stderr


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (("cite", ID, "coastguard-log", "--stance", "refutes"), "no evidence with id 'coastguard-log'"),
        (("cite", ID, "../../x", "--stance", "refutes"), "no evidence with id"),
        (("triage", "ferry-1"), "no claim with id 'ferry-1'"),
        (("triage", ID, "--at", "tomorrow"), "$.at"),
        (("note", ID, "a\x00b"), "$.why"),
    ],
)
def test_a_slip_is_told_in_a_sentence(newsroom: str, step: Any, words: str) -> None:
    go(newsroom, "triage", CLAIMS[1].id)
    result = go(newsroom, *step)
    assert result.exit_code == 1
    assert words in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "step", [("decide", ID, "false"), ("withdraw", ID), ("decline", ID), ("decline", ID, "boring")]
)
def test_what_is_missing_is_asked_for_only_at_a_terminal(newsroom: str, step: Any) -> None:
    result = go(newsroom, *step)
    assert result.exit_code == 2
    assert "Error" in result.stderr


def test_at_a_terminal_what_is_missing_is_asked_for(newsroom: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claimtrack.cli.signing._at_terminal", lambda: True)
    result = run("withdraw", ID, "--store", newsroom, "--by", "Ines", stdin="Entered twice.\n")
    assert result.exit_code == 0
    assert Store(newsroom).claim(ID).events[-1].why == "Entered twice."


def test_who_signs_is_said_where_nobody_gave_a_name(newsroom: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = run("triage", ID, "--store", newsroom, CLAIMTRACK_BY="Noor Haddad")
    assert "signed Noor Haddad, from $CLAIMTRACK_BY" in first.stderr
    monkeypatch.setattr("claimtrack.cli.signing._git_name", lambda: "Git Person")
    assert "signed Git Person, from git's user.name" in run("note", ID, "x", "--store", newsroom).stderr
    monkeypatch.setattr("claimtrack.cli.signing._git_name", lambda: "")
    monkeypatch.setattr("getpass.getuser", lambda: "ihaddad")
    assert "signed ihaddad, the login name" in run("note", ID, "x", "--store", newsroom).stderr
    assert [event.by for event in Store(newsroom).claim(ID).events] == ["Noor Haddad", "Git Person", "ihaddad"]


def test_git_that_is_not_there_or_says_nothing_signs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from claimtrack.cli import signing

    def missing(*_: Any, **__: Any) -> Any:
        raise FileNotFoundError("git")

    monkeypatch.setattr(subprocess, "run", missing)
    assert signing._git_name() == ""


def test_the_queue_tells_what_waits_for_whom_and_what_is_overdue(newsroom: str) -> None:
    for claim, step in ((CLAIMS[0], ("assign", "Ines", "--due", "2025-03-20")), (CLAIMS[1], ("assign", "Tomas"))):
        go(newsroom, "triage", claim.id)
        go(newsroom, step[0], claim.id, *step[1:])
    result = run("queue", "--store", newsroom, "--at", "2025-03-21T08:00:00Z", "--format", "jsonl")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(one["claim"], one["person"], one["overdue"]) for one in lines] == [
        (CLAIMS[0].id, "Ines", True),
        (CLAIMS[1].id, "Tomas", False),
    ]
    assert "1 candidate waits for triage" in result.stderr
    for flags, count in ((["--for", "tomas"], 1), (["--overdue"], 1), (["--all"], 3)):
        shown = run("queue", "--store", newsroom, "--at", "2025-03-21T08:00:00Z", "--format", "jsonl", *flags)
        assert len(shown.stdout.splitlines()) == count
    assert "overdue" in run("queue", "--store", newsroom, "--at", "2025-03-21T08:00:00Z").stdout


def test_the_log_shows_the_history_and_whether_it_holds(newsroom: str) -> None:
    approved(newsroom)
    shown = run("log", ID, "--store", newsroom).stdout
    for part in ("Ines  cite: assigned → researching", "stance: refutes", "why: 44, not 62.", "Tomas  approve"):
        assert part in shown
    events = [json.loads(line) for line in run("log", ID, "--store", newsroom, "--format", "jsonl").stdout.splitlines()]
    assert [event["action"] for event in events] == ["triage", "assign", "cite", "decide", "submit", "approve"]
    path = next(Path(newsroom).rglob(f"{ID}.json"))
    path.write_text(path.read_text().replace("44, not 62.", "46, not 62."))
    result = run("log", ID, "--store", newsroom)
    assert (result.exit_code, "event-changed" in result.stderr) == (1, True)


def test_hostile_words_in_a_history_do_not_reach_the_terminal(newsroom: str) -> None:
    go(newsroom, "note", ID, "\x1b[2J\u202e[red]gone[/red]", by="\u202eevil")
    for command in (("log", ID), ("queue", "--all")):
        shown = run(*command, "--store", newsroom).stdout
        assert "\x1b" not in shown
        assert "\u202e" not in shown


def test_diff_shows_what_changed_since_a_copy_was_made(newsroom: str, tmp_path: Path) -> None:
    copy = tmp_path / "claim.json"
    copy.write_text(next(Path(newsroom).rglob(f"{ID}.json")).read_text())
    go(newsroom, "triage", ID)
    shown = run("diff", str(copy), "--store", newsroom).stdout
    assert "~ workflow: candidate → triaged" in shown
    assert "triage by Ines" in shown
    assert run("diff", str(copy), str(copy)).stdout == ""
    assert run("diff", str(copy)).exit_code == 2
    article = next(Path(newsroom).glob("articles/*/*.json"))
    assert "not a claim" in run("diff", str(article), str(copy)).stderr


@pytest.fixture
def copies(tmp_path: Path) -> tuple[Path, Path, Path]:
    base = track.triage(CLAIMS[0], by="Ines", at="2025-03-15T09:00Z")
    ours = track.assign(base, "Ines", by="Ines", at="2025-03-15T10:00Z")
    theirs = track.cite(base, LOG, stance="refutes", by="Tomas", at="2025-03-15T10:00Z")
    paths = tuple(tmp_path / f"{name}.json" for name in ("base", "ours", "theirs"))
    for path, claim in zip(paths, (base, ours, theirs), strict=True):
        path.write_text(claim.to_json())
    return paths  # type: ignore[return-value]


def test_merge_writes_the_claim_that_both_made(copies: tuple[Path, Path, Path]) -> None:
    base, ours, theirs = map(str, copies)
    result = run("merge", base, ours, theirs, "-o", ours, "--by", "Noor")
    assert (result.exit_code, result.output) == (0, "")
    assert run("validate", ours).exit_code == 0
    assert [event["action"] for event in json.loads(copies[1].read_text())["events"]][-1] == "merge"
    assert run("merge", base, ours, theirs, "--by", "Noor").stdout == copies[1].read_text()


def test_a_conflict_is_named_and_nothing_written_until_a_side_is_preferred(copies: tuple[Path, Path, Path]) -> None:
    base, ours, theirs = map(str, copies)
    before = track.triage(CLAIMS[0], by="Ines", at="2025-03-15T09:00Z")
    copies[2].write_text(track.assign(before, "Tomas", by="Tomas", at="2025-03-15T10:00Z").to_json())
    kept = copies[1].read_text()
    result = run("merge", base, ours, theirs, "-o", ours, "--by", "Noor")
    assert (result.exit_code, copies[1].read_text()) == (1, kept)
    assert "conflict in assignee: ours Ines, theirs Tomas" in result.stderr
    assert run("merge", base, ours, theirs, "-o", ours, "--by", "Noor", "--prefer", "theirs").exit_code == 0
    assert "both sides changed assignee" in copies[1].read_text()


def test_copies_without_a_base_are_merged_with_an_empty_one(copies: tuple[Path, Path, Path]) -> None:
    copies[0].write_text("")
    assert run("merge", *map(str, copies), "--by", "Noor").exit_code == 0


def test_git_merges_claims_by_itself(newsroom: str) -> None:
    """Two branches work on one claim, and `git merge` keeps both histories under a merge event."""

    def git(*arguments: str) -> str:
        quiet = ("-c", "user.name=Noor", "-c", "user.email=noor@herald.example", "-c", "commit.gpgsign=false")
        done = subprocess.run(["git", *quiet, *arguments], cwd=newsroom, capture_output=True, text=True, check=True)
        return done.stdout

    import sys

    git("init", "-q", "-b", "main")
    git("config", "merge.claimtrack.driver", f"'{sys.executable}' -m claimtrack merge %O %A %B -o %A --by Noor")
    Path(newsroom, ".gitattributes").write_text("claims/**/*.json merge=claimtrack\n")
    go(newsroom, "triage", ID)
    git("add", "-A")
    git("commit", "-qm", "start")
    git("checkout", "-qb", "side")
    go(newsroom, "cite", ID, LOG.id, "--stance", "refutes", by="Tomas")
    git("commit", "-qam", "cite")
    git("checkout", "-q", "main")
    go(newsroom, "assign", ID, "Ines")
    git("commit", "-qam", "assign")
    git("merge", "-q", "side", "-m", "both")
    claim = Store(newsroom).claim(ID)
    assert {event.action for event in claim.events} == {"triage", "cite", "assign", "merge"}
    assert track.check_history(claim) == ()


def test_verify_prints_heads_and_compares_them(newsroom: str, tmp_path: Path) -> None:
    approved(newsroom)
    heads = tmp_path / "heads.txt"
    printed = run("verify", "--store", newsroom, "--print-heads")
    heads.write_text(printed.stdout)
    assert printed.stdout.endswith(f"  {ID}\n")
    assert run("verify", "--store", newsroom, "--heads", str(heads)).exit_code == 0
    heads.write_text(f"{'0' * 64}  {ID}\n")
    result = run("verify", "--store", newsroom, "--heads", str(heads), "--format", "jsonl")
    assert result.exit_code == 1
    assert [json.loads(line)["code"] for line in result.stdout.splitlines()] == ["history-cut", "not-checked"]
    assert "1 fault found; 1 thing could not be checked" in result.stderr
    assert run("verify", "--store", newsroom, "--heads", str(tmp_path / "none.txt")).exit_code == 1


def test_help_lists_every_command_and_every_command_has_an_example() -> None:
    shown = run("--help").stdout
    for command in (*COMMANDS, *LIFE, *STEPS):
        assert f"\n  {command} " in shown
    for command in (*LIFE, *STEPS, "verify"):
        result = run(command, "--help")
        assert result.exit_code == 0
        assert "Example" in result.stdout
    assert all(isinstance(main.get_command(click.Context(main), step.action), click.Command) for step in MADE)  # type: ignore[attr-defined]
