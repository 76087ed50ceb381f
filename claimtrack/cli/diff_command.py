"""`claimtrack diff`: show what differs between two versions of a claim."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimtrack.cli.options import Where, a_store_option
from claimtrack.cli.output import guarded

if TYPE_CHECKING:
    from claimtrack.models import Claim


@click.command("diff")
@click.argument("old", metavar="OLD", type=click.Path(path_type=Path))
@click.argument("new", metavar="[NEW]", required=False, type=click.Path(path_type=Path))
@a_store_option(help="Without NEW: compare with the claim that this store holds.")
@guarded
def command(old: Path, new: Path | None, store_path: Where | None) -> None:
    """Show what differs between two versions of a claim, field by field: + new, - gone, ~ another.

    \b
    Examples:
      claimtrack diff yesterday/claim.json claim.json
      claimtrack diff claim.json --store newsroom
    """
    from claimtrack.report.terminal import safe
    from claimtrack.track import compare_claims

    before = read_claim(old)
    if new is not None:
        after = read_claim(new)
    elif store_path is not None:
        from claimtrack.store import Store

        after = Store.open(store_path, create=False).claim(before.id)
    else:
        raise click.UsageError("give a second file, or --store")
    for change in compare_claims(before, after):
        click.echo(safe(str(change)))


def read_claim(path: Path) -> Claim:
    """Give the claim in a file; raises ReadError where there is another document in it."""
    from claimtrack.errors import ReadError
    from claimtrack.models import Claim, load_document

    document = load_document(path)
    if not isinstance(document, Claim):
        raise ReadError(f"{path}: holds {document.format}, not a claim; give the file of a claim")
    return document
