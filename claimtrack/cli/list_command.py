"""`claimtrack list`: list the claims of a store."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import get_args

import click

from claimtrack.cli.options import Choice, Where, store_option
from claimtrack.cli.output import DONE, FINDINGS, console, guarded, leave, say, say_findings
from claimtrack.models import Claim
from claimtrack.models.vocabulary import ClaimKind, Publication, Verdict, Workflow


@click.command("list")
@store_option
@click.option("--speaker", help="A name or a part of it, a body, a role, a country, or a record's id.")
@click.option("--text", help="Words that stand in the statement.")
@click.option("--figure", help="A number, what is counted, its role or unit, or both: 67, '67 aboard', 12%.")
@click.option(
    "--verdict", type=Choice(get_args(Verdict)), metavar="WORD", help="What was found: true, false, misleading, ..."
)
@click.option(
    "--workflow",
    type=Choice(get_args(Workflow)),
    metavar="WORD",
    help="Where the work stands: candidate, assigned, ...",
)
@click.option(
    "--publication",
    type=Choice(get_args(Publication)),
    metavar="WORD",
    help="What the public saw: published, corrected, ...",
)
@click.option("--kind", type=Choice(get_args(ClaimKind)), metavar="WORD", help="direct, indirect, mixed or narration.")
@click.option("--tag", help="A tag.")
@click.option("--evidence", help="The id of evidence that is linked.")
@click.option("--article", help="The id of an article.")
@click.option("--publisher", help="The article's publisher.")
@click.option("--since", help="The first day of publication: 2025-03-14, or 2025-03, or 2025.")
@click.option("--until", help="The last day of publication, or the month or year.")
@click.option("--made-since", help="The first day on which the claim was made.")
@click.option("--made-until", help="The last day on which the claim was made.")
@click.option(
    "--format",
    "form",
    type=Choice(["table", "jsonl", "ids"]),
    default="table",
    show_default=True,
    help="A table for people, one claim document a line, or one id a line.",
)
@guarded
def command(store_path: Where, form: str, **filters: str | None) -> None:
    """List the claims of a store that fit all the filters given.

    \b
    Examples:
      claimtrack list --store newsroom
      claimtrack list --store newsroom --speaker Silva --workflow candidate
      claimtrack list --store newsroom --figure "67 aboard" --since 2025-03
      claimtrack list --store newsroom --format ids
    """
    from claimtrack.store import Store

    wanted = {name: value for name, value in filters.items() if value is not None}
    claims = Store.open(store_path, create=False).claims(**wanted)
    if (first := next(claims, None)) is None:
        say("no claim fits; without filters all are listed" if wanted else "there are no claims in this store yet")
    else:
        _print(itertools.chain([first], claims), form)
    say_findings(claims.findings)
    leave(FINDINGS if any(finding.severity != "note" for finding in claims.findings) else DONE)


def _print(claims: Iterable[Claim], form: str) -> None:
    if form == "table":
        from claimtrack.report import listing_table

        console().print(listing_table(claims))
        return
    for claim in claims:
        click.echo(claim.id if form == "ids" else claim.model_dump_json(exclude_none=True))
