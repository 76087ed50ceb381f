"""`claimtrack import`: keep fact-checks from other formats in a store."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from claimtrack.cli.options import Choice, files_argument, store_option
from claimtrack.cli.output import DONE, FINDINGS, guarded, leave, say_error, say_findings
from claimtrack.errors import ClaimtrackError


@click.command("import")
@files_argument
@store_option
@click.option(
    "--from",
    "form",
    type=Choice(["claimreview", "fact-check-search", "fact-check-page"]),
    default="claimreview",
    show_default=True,
    help="What the files hold: ClaimReview markup (JSON or saved pages), or answers of Google's Fact Check Tools API.",
)
@guarded
def command(files: tuple[Path, ...], store_path: Path, form: str) -> None:
    """Keep the fact-checks in files as claims, each with its review, the evidence it names and its original.

    Importing again changes nothing; what a publisher has changed is brought up to date, and a claim that somebody has
    worked on is kept as it is. - is standard input.

    \b
    Examples:
      claimtrack import saved-page.html --store newsroom
      claimtrack import --from fact-check-search answer.json --store newsroom
    """
    from claimtrack.exchange import keep_imported
    from claimtrack.exchange.files import read_text, to_text
    from claimtrack.exchange.formats import READERS
    from claimtrack.store import Store

    store = Store(store_path)
    failed = 0
    for path in files:
        try:
            text = to_text(sys.stdin.buffer.read()) if str(path) == "-" else read_text(path)
            imported = READERS[form](text)
        except ClaimtrackError as error:
            failed += 1
            say_error(error)
            continue
        say_findings(imported.findings, str(path))
        failed += any(one.severity == "error" for one in imported.findings)
        counts: Counter[str] = Counter()
        for kept in keep_imported(store, imported):
            counts[kept.outcome] += 1
            say_findings(kept.findings)
        told = ", ".join(f"{counts[name]} {name}" for name in ("new", "changed", "unchanged", "kept") if counts[name])
        click.echo(f"{path}: {told or 'no claims'}")
    leave(FINDINGS if failed else DONE)
