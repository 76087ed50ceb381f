"""The pages say what the code does: columns, options, codes of rejects."""

from __future__ import annotations

import re
from pathlib import Path

from claimtrack.batch.articles import ARTICLES, VERSION
from claimtrack.batch.output import FOLDERS, JOURNAL, MANIFEST
from claimtrack.cli.batch_command import command
from claimtrack.exchange import COLUMNS

DOCS = Path(__file__).parents[2] / "docs"


def test_every_column_of_the_articles_stands_in_the_guide_with_its_meaning() -> None:
    text = (DOCS / "batch.md").read_text("utf-8")
    assert "\n".join(f"| `{column.name}` | {column.about} |" for column in ARTICLES) in text
    assert VERSION in text


def test_every_column_of_the_speakers_stands_in_the_docs_with_its_meaning() -> None:
    rows = (f"| `{one.name}` | {one.about}{' (told only)' if one.told else ''} |" for one in COLUMNS["speakers"])
    assert "\n".join(rows) in (DOCS / "exchange.md").read_text("utf-8")


def test_every_file_of_the_output_stands_in_the_guide() -> None:
    text = (DOCS / "batch.md").read_text("utf-8")
    for name in (MANIFEST, JOURNAL, ".lock", *(f"{folder}/" for folder in FOLDERS)):
        assert f"`{name}" in text


def test_every_option_of_the_command_stands_in_the_docs() -> None:
    section = (
        (DOCS / "command-line.md").read_text("utf-8").partition("\n## claimtrack batch\n")[2].partition("\n## ")[0]
    )
    documented = set(re.findall(r"`(--[a-z-]+)`", section))
    assert documented == {option for parameter in command.params for option in parameter.opts if option[:2] == "--"}
