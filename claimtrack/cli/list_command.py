"""`claimtrack list`: list the claims of a store."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from claimtrack.cli.options import store_option
from claimtrack.cli.output import DONE, FINDINGS, console, guarded, leave, say_findings
from claimtrack.models.vocabulary import ClaimKind, Publication, Verdict, Workflow


@click.command("list")
@store_option
@click.option("--speaker", help="A name or a part of it, a body, a role, a country, or a record's id.")
@click.option("--article", help="The id of an article.")
@click.option("--kind", type=click.Choice(get_args(ClaimKind)))
@click.option("--verdict", type=click.Choice(get_args(Verdict)))
@click.option("--workflow", type=click.Choice(get_args(Workflow)))
@click.option("--publication", type=click.Choice(get_args(Publication)))
@click.option("--tag", help="A tag.")
@click.option("--text", help="Words that stand in the statement.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "ids"]),
    default="table",
    show_default=True,
    help="A table for people, one claim document a line, or one id a line.",
)
@guarded
def command(store_path: Path, form: str, **filters: str | None) -> None:
    """List the claims of a store that fit all the filters given.

    \b
    Examples:
      claimtrack list --store newsroom
      claimtrack list --store newsroom --speaker Silva --workflow candidate
      claimtrack list --store newsroom --format ids
    """
    from claimtrack.report import listing_table
    from claimtrack.store import Store

    wanted = {name: value for name, value in filters.items() if value is not None}
    claims = Store(store_path, create=False).claims(**wanted)
    if form == "table":
        console().print(listing_table(claims))
    else:
        for claim in claims:
            click.echo(claim.id if form == "ids" else claim.model_dump_json(exclude_none=True))
    say_findings(claims.findings)
    leave(FINDINGS if claims.findings else DONE)
