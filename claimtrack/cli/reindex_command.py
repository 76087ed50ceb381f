"""`claimtrack reindex`: bring the index of a store up to date."""

from __future__ import annotations

import click

from claimtrack.cli.options import Where, store_option
from claimtrack.cli.output import guarded


@click.command("reindex")
@store_option
@click.option("--full", is_flag=True, help="Read every file again, whatever its times say.")
@guarded
def command(store_path: Where, full: bool) -> None:
    """Bring the index of a store up to date with its files, and say what changed.

    The index sees to itself: it is made when it is missing or damaged, and looks for changes before it answers. With
    --full it trusts no time and reads everything again.

    \b
    Examples:
      claimtrack reindex --store newsroom
      claimtrack reindex --full --store newsroom
    """
    from claimtrack.store import Store

    click.echo(Store.open(store_path, create=False).reindex(full=full))
