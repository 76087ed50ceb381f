"""`claimtrack push` and `claimtrack pull`: a folder and a database brought together."""

from __future__ import annotations

from collections import Counter
from typing import Any, Literal, get_args

import click

from claimtrack.cli.options import Choice, StorePlace, Where, a_store_option
from claimtrack.cli.output import DONE, FINDINGS, guarded, leave, say, say_findings
from claimtrack.cli.signing import at_option, by_option, find_signature

_HELP = """{what}

What only one side has changed goes over, what the other alone has changed is left and counted as newer. What both have
changed is merged: claims event by event, under a merge event of whoever does it. What conflicts is named and left as it
is, and the exit code is 1, unless --prefer says which side is kept. Nothing is deleted; done again, it does the rest.

A password belongs into ~/.pgpass or $PGPASSWORD, not into the address.

\b
Examples:
  claimtrack {name} postgresql://desk@db.example/newsroom --store newsroom
  claimtrack {name} postgresql://desk@db.example/newsroom --store newsroom --prefer theirs
"""
_WHAT = {
    "push": "Bring the documents of a folder into OTHER, a database or another store; it is made where it is missing.",
    "pull": "Bring the documents of OTHER, a database or another store, into a folder; it is made where it is missing.",
}


def make_command(name: Literal["push", "pull"]) -> click.Command:
    """Give the command for one of the two ways."""

    @click.command(name, help=_HELP.format(name=name, what=_WHAT[name]))
    @click.argument("other", metavar="OTHER", type=StorePlace())
    @a_store_option(help="The folder.", required=True)
    @click.option(
        "--prefer", type=Choice(["ours", "theirs"]), help="Keep the folder's side (ours) where they conflict."
    )
    @by_option
    @at_option
    @guarded
    def command(other: Where, store_path: Where, prefer: str | None, by: str | None, at: str | None) -> None:
        _share(name, other, store_path, by=find_signature(by).name, at=at, prefer=prefer)

    made: click.Command = command
    return made


def _share(name: str, other: Where, where: Where, **terms: Any) -> None:
    from claimtrack.store import Store
    from claimtrack.store.sharing import ShareOutcome

    is_push = name == "push"
    if isinstance(where, str):
        raise click.UsageError("--store is the folder, and the database is OTHER")
    here, there = Store.open(where, create=not is_push), Store.open(other, create=is_push)
    counts: Counter[str] = Counter()
    with there:
        for shared in (here.push if is_push else here.pull)(there, **terms):
            counts[shared.outcome] += 1
            if shared.outcome == "merged":
                click.echo(str(shared))
            say_findings(shared.findings)
    told = ", ".join(f"{counts[one]:,} {one}" for one in get_args(ShareOutcome) if counts[one])
    total = sum(counts.values())
    click.echo(f"{total:,} {'document' if total == 1 else 'documents'}: {told or 'nothing to do'}")
    if counts["newer"]:
        back = "pull brings it here" if is_push else "push brings it there"
        say(f"{counts['newer']:,} newer on the other side of this way; {back}")
    leave(FINDINGS if counts["conflicting"] or counts["refused"] else DONE)
