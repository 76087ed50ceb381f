"""docs/workflow.md holds the table of the code, row for row, and the README of the commands holds each step."""

from __future__ import annotations

import typing
from pathlib import Path

from claimtrack.cli import main as cli
from claimtrack.cli.main import STEPS
from claimtrack.cli.steps import STEPS as COMMANDS
from claimtrack.models.vocabulary import Publication, Workflow
from claimtrack.track import MOVES, Move

PAGE = Path(__file__).parents[2] / "docs" / "workflow.md"


def row(move: Move) -> str:
    """Give a row of the table as docs/workflow.md must hold it."""
    action = f"`{move.action}`" + (f" ({move.only})" if move.only else "")
    start = "any" if set(move.start) == set(typing.get_args(Workflow)) else ", ".join(move.start)
    if set(move.publication) == set(typing.get_args(Publication)):
        public = "any"
    else:
        public = ", ".join(one if one == to else f"{one} → {to}" for one, to in move.publication.items())
    needs = ", ".join(f"`{name}`" for name in move.needs)
    guards = " ".join(str(guard.__doc__) for guard in move.guards)
    return f"| {action} | {start} | {move.end or 'stays'} | {public} | {needs} | {guards} |"


def test_the_page_holds_the_table_of_the_code() -> None:
    wanted = "\n".join(map(row, MOVES))
    text = PAGE.read_text(encoding="utf-8")
    assert wanted in text, f"docs/workflow.md must hold these rows:\n{wanted}"
    assert text.count("\n| `") - text.count("\n| `$") >= len(MOVES)


def test_every_action_but_a_merge_is_a_command_of_its_own() -> None:
    actions = {move.action.replace("_", "-") for move in MOVES}
    assert actions == set(STEPS) == {step.action for step in COMMANDS}
    assert cli is not None
