"""`claimtrack check-claimreview`: check ClaimReview markup, offline."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import attrs
import click

from claimtrack.cli.options import Choice, files_argument
from claimtrack.cli.output import DONE, FINDINGS, guarded, leave, say
from claimtrack.errors import ClaimtrackError, Finding


@click.command("check-claimreview")
@files_argument
@click.option("--url", help="The address of the page, to hold the review's own against.")
@click.option("--format", "form", type=Choice(["text", "json"]), default="text", show_default=True)
@guarded
def command(files: tuple[Path, ...], url: str | None, form: str) -> None:
    """Check ClaimReview markup by Google's and schema.org's rules; each finding says how to mend it.

    FILE is JSON or a saved page; - is standard input. Nothing is fetched: rules that cannot be checked without a
    network, or a reader, are listed as not-checked.

    \b
    Examples:
      claimtrack check-claimreview saved-page.html --url https://herald.example/checks/quay
      claimtrack check-claimreview --format json review.json
    """
    found = [finding for path in files for finding in _check(path, url)]
    if form == "json":
        click.echo(json.dumps([attrs.asdict(one) for one in found], ensure_ascii=False, indent=2))
    else:
        for one in found:
            click.echo(str(one))
    counts = {grave: sum(one.severity == grave for one in found) for grave in ("error", "warning", "note")}
    say(", ".join(f"{count} {grave}{'' if count == 1 else 's'}" for grave, count in counts.items()))
    leave(FINDINGS if counts["error"] or counts["warning"] else DONE)


def _check(path: Path, url: str | None) -> list[Finding]:
    from claimtrack.exchange import check_claimreview
    from claimtrack.exchange.files import read_text, to_text

    try:
        text = to_text(sys.stdin.buffer.read()) if str(path) == "-" else read_text(path)
        found = check_claimreview(text, url=url)
    except ClaimtrackError as error:
        return [Finding(code="unreadable", severity="error", message=str(error), source=str(path))]
    return [attrs.evolve(one, source=f"{path}: {one.source}" if one.source else str(path)) for one in found]
