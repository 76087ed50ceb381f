"""`claimtrack validate`: check documents or a whole store."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import attrs
import click

from claimtrack.cli.options import Choice, Where, a_store_option
from claimtrack.cli.output import DONE, FINDINGS, guarded, leave, say
from claimtrack.errors import ClaimtrackError, Finding


@click.command("validate")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE...]")
@a_store_option(help="Check every document of this store.")
@click.option("--format", "form", type=Choice(["text", "jsonl"]), default="text", show_default=True)
@guarded
def command(files: tuple[Path, ...], store_path: Where | None, form: str) -> None:
    """Check documents against their schemas and rules, and print every finding with its JSON path.

    Give files (JSON, or JSON Lines ending in .jsonl; - is JSON Lines on standard input), or --store.

    \b
    Examples:
      claimtrack validate claim.json
      claimtrack extract --format jsonl article.txt | claimtrack validate -
      claimtrack validate --store newsroom
    """
    if not files and store_path is None:
        raise click.UsageError("give files to check, or --store")
    count = notes = 0
    for finding in _findings(files, store_path):
        count += 1
        notes += finding.severity == "note"
        click.echo(json.dumps(attrs.asdict(finding)) if form == "jsonl" else str(finding))
    say("valid" if not count else "1 finding" if count == 1 else f"{count} findings")
    leave(FINDINGS if count > notes else DONE)


def _findings(files: tuple[Path, ...], store_path: Where | None) -> Iterator[Finding]:
    from claimtrack.models import validate_document

    for path in files:
        if str(path) == "-" or path.suffix == ".jsonl":
            yield from _check_lines(path)
            continue
        try:
            for finding in validate_document(path):
                yield attrs.evolve(finding, source=str(path))
        except ClaimtrackError as error:
            yield Finding(code="unreadable", severity="error", message=str(error))
    if store_path is not None and not files:
        from claimtrack.store import Store

        yield from Store.open(store_path, create=False).validate()


def _check_lines(path: Path) -> Iterator[Finding]:
    from claimtrack.models import validate_document

    try:
        stream = sys.stdin.buffer if str(path) == "-" else path.open("rb")
        for number, line in enumerate(stream, start=1):
            if line.strip():
                for finding in validate_document(line):
                    yield attrs.evolve(finding, source=f"{path}:{number}")
    except OSError as error:
        yield Finding(code="unreadable", severity="error", message=f"{path}: {error.strerror}")
