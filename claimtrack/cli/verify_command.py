"""`claimtrack verify`: check a whole store, its histories, copies and anchors."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import attrs
import click

from claimtrack.cli.options import Choice, Where, store_option
from claimtrack.cli.output import DONE, FINDINGS, guarded, leave, say


@click.command("verify")
@store_option
@click.option("--heads", "heads_path", type=click.Path(path_type=Path), help="Heads of histories that were recorded.")
@click.option("--print-heads", is_flag=True, help="Print the heads that are there now, to be recorded elsewhere.")
@click.option("--format", "form", type=Choice(["text", "jsonl"]), default="text", show_default=True)
@guarded
def command(store_path: Where, heads_path: Path | None, print_heads: bool, form: str) -> None:
    """Verify a store: schemas, references, histories and states, copies of evidence, anchors; every finding is printed.

    What could not be checked is said (not-checked) and never counted as fine. A history that was cut at its end shows
    only against heads that were recorded elsewhere: --print-heads gives them, --heads compares.

    \b
    Examples:
      claimtrack verify --store newsroom
      claimtrack verify --store newsroom --print-heads > heads.txt
      claimtrack verify --store newsroom --heads heads.txt
    """
    from claimtrack.errors import ReadError
    from claimtrack.store import Store
    from claimtrack.store.heads import format_heads, parse_heads

    heads = None
    if heads_path is not None:
        try:
            heads = parse_heads(heads_path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise ReadError(f"{heads_path}: cannot be read: {error}") from None
    looked_at = wrong = open_ends = 0
    seen: dict[str, str] = {}

    def progress(count: int) -> None:
        nonlocal looked_at
        looked_at = count
        if count % 1000 == 0 and sys.stderr.isatty():
            click.echo(f"\r{count} documents", err=True, nl=False)

    for finding in Store.open(store_path, create=False).verify(heads=heads, progress=progress, seen=seen):
        open_ends += finding.code == "not-checked"
        wrong += finding.severity != "note"
        line = json.dumps(attrs.asdict(finding)) if form == "jsonl" else str(finding)
        click.echo(line, err=print_heads)
    if print_heads:
        click.echo(format_heads(seen), nl=False)
    result = "no fault found" if not wrong else f"{wrong} {'fault' if wrong == 1 else 'faults'} found"
    left = f"; {open_ends} {'thing' if open_ends == 1 else 'things'} could not be checked" if open_ends else ""
    say(f"{looked_at} documents looked at: {result}{left}")
    leave(FINDINGS if wrong else DONE)
