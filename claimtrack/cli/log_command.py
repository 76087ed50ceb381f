"""`claimtrack log`: show the history of a claim."""

from __future__ import annotations

import click

from claimtrack.cli.completion import complete_ids
from claimtrack.cli.options import Choice, Where, store_option
from claimtrack.cli.output import DONE, FINDINGS, guarded, leave, say_findings


@click.command("log")
@click.argument("claim_id", metavar="ID", shell_complete=complete_ids)
@store_option
@click.option("--format", "form", type=Choice(["text", "jsonl"]), default="text", show_default=True)
@guarded
def command(claim_id: str, store_path: Where, form: str) -> None:
    """Show who did what to a claim, when and why, oldest first; and whether its history holds.

    \b
    Example:
      claimtrack log ID --store newsroom
    """
    from claimtrack.report import event_lines
    from claimtrack.store import Store
    from claimtrack.track import check_history

    claim = Store.open(store_path, create=False).claim(claim_id)
    for event in claim.events:
        if form == "jsonl":
            click.echo(event.model_dump_json(by_alias=True, exclude_none=True))
        else:
            for line in event_lines(event):
                click.echo(line)
    findings = check_history(claim)
    say_findings(findings, claim.id)
    leave(FINDINGS if any(finding.severity == "error" for finding in findings) else DONE)
