"""`import` and `export` on the command line: every form of file, and what goes wrong is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimtrack import read_table
from claimtrack.cli import main
from claimtrack.exchange.formats import TABLES

SEEDS = Path(__file__).parents[2] / "seeds"


def run(store: Path, *words: str | Path) -> Result:
    return CliRunner().invoke(main, [*map(str, words), "--store", str(store)])


@pytest.fixture
def store(tmp_path: Path) -> Path:
    assert run(tmp_path / "store", "add", SEEDS / "plane-crash.txt").exit_code == 0
    return tmp_path / "store"


def test_json_lines_go_from_one_store_to_another_and_are_unchanged_the_second_time(store: Path, tmp_path: Path) -> None:
    lines = tmp_path / "claims.jsonl.gz"
    assert run(store, "export", "--all", "--to", "jsonl", "--output", lines).exit_code == 0
    again = run(store, "import", "--from", "jsonl", lines)
    assert (again.exit_code, again.stdout.endswith(" unchanged\n")) == (0, True)
    elsewhere = run(tmp_path / "other", "import", "--from", "jsonl", lines)
    assert elsewhere.exit_code == 1
    assert "is not in the store" in elsewhere.stderr


@pytest.mark.parametrize("form", TABLES)
def test_every_table_is_written_and_can_be_read(store: Path, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"table.{form.rpartition('-')[2]}"
    done = run(store, "export", "--all", "--to", form, "--output", path)
    assert done.exit_code == 0, done.output
    rows = list(read_table(path, rows=TABLES[form]))
    assert rows
    assert all(row.value is not None for row in rows)
    assert f"{len(rows)} rows" in done.stderr


def test_annotations_are_a_page_an_article(store: Path) -> None:
    done = run(store, "export", "--all", "--to", "annotations")
    (page,) = done.stdout.splitlines()
    assert json.loads(page)["type"] == "AnnotationPage"


@pytest.mark.parametrize(
    "words",
    [
        ["export"],
        ["export", "--all", "a-1"],
        ["export", "--all", "--to", "csv"],
        ["export", "--all", "--to", "csv", "--output", "a.parquet"],
        ["import", "--from", "csv", "a.csv"],
        ["import", "--preview", "a.json"],
    ],
)
def test_wrong_usage_is_said(store: Path, words: list[str]) -> None:
    assert run(store, *words).exit_code == 2


def test_a_claim_without_a_verdict_is_left_out_of_a_data_set_and_listed(store: Path) -> None:
    done = run(store, "export", "--all", "--to", "averitec")
    assert done.stdout == ""
    assert "label-no-target" in done.stderr
