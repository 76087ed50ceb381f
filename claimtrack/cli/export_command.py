"""`claimtrack export`: print claims of a store in another format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimtrack.cli.completion import complete_ids
from claimtrack.cli.options import Choice, store_option
from claimtrack.cli.output import DONE, FINDINGS, guarded, leave, say_findings
from claimtrack.errors import NotFoundError

if TYPE_CHECKING:
    from claimtrack.exchange.formats import Linked
    from claimtrack.models import Evidence
    from claimtrack.store import Store


@click.command("export")
@click.argument("ids", nargs=-1, required=True, metavar="ID...", shell_complete=complete_ids)
@store_option
@click.option(
    "--to",
    "form",
    type=Choice(["claimreview", "fact-check-page"]),
    default="claimreview",
    show_default=True,
    help="One ClaimReview object a line, or one page of Google's Fact Check Tools API.",
)
@guarded
def command(ids: tuple[str, ...], store_path: Path, form: str) -> None:
    """Print claims in another format, and say on standard error what the format does not carry.

    \b
    Examples:
      claimtrack export herald-example-0123456789ab --store newsroom
      claimtrack list --store newsroom --format ids | xargs claimtrack export --store newsroom
    """
    from claimtrack.exchange.formats import write_claims
    from claimtrack.store import Store

    store = Store(store_path, create=False)
    failed = False
    for line, findings in write_claims(_linked(store, ids), form=form):
        if line:
            click.echo(line)
        say_findings(findings)
        failed = failed or any(one.severity == "error" for one in findings)
    leave(FINDINGS if failed else DONE)


def _linked(store: Store, ids: tuple[str, ...]) -> Iterator[Linked]:
    for id in ids:
        claim = store.claim(id)
        yield claim, tuple(_evidence(store, tuple(link.evidence for link in claim.evidence if link.evidence)))


def _evidence(store: Store, ids: tuple[str, ...]) -> Iterator[Evidence]:
    for id in ids:
        try:
            yield store.evidence(id)
        except NotFoundError:  # what came with the import stands in its original
            continue
