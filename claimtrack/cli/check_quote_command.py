"""`claimtrack check-quote`: does a quotation stand in a text as it is quoted?"""

from __future__ import annotations

from pathlib import Path

import click

from claimtrack.cli.options import Where, a_store_option
from claimtrack.cli.output import DONE, FINDINGS, guarded, leave, say
from claimtrack.errors import NotFoundError


@click.command("check-quote")
@click.argument("quotation")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--evidence", metavar="ID", help="Look into the text of captured evidence, in the place of a file.")
@a_store_option(help="The folder that holds the evidence.")
@guarded
def command(quotation: str, file: Path | None, evidence: str | None, store_path: Where | None) -> None:
    """Tell whether a quotation stands in a file, or in captured evidence, as it is quoted.

    Other quotation marks, dashes and spaces, an ellipsis, words in brackets, a capital at the start and the mark at the
    end are allowed, and named. Exit code 1 says that the words do not stand there.

    \b
    Examples:
      claimtrack check-quote "The hull ... held for nine hours" release.txt
      claimtrack check-quote "29 people survived" --evidence 2025-11-19-port-release --store newsroom
    """
    from claimtrack.text import compare_quote

    text, where = _text(file, evidence, store_path)
    found = compare_quote(quotation, text)
    click.echo(f"{found.outcome}: {found.reason}")
    if found.span is not None:
        say(f"{where}, {found.span.start}–{found.span.end}: {found.span.of(text)}")
    if found.difference:
        click.echo(found.difference)
    leave(DONE if found.stands else FINDINGS)


def _text(file: Path | None, evidence: str | None, store_path: Where | None) -> tuple[str, str]:
    if (file is None) == (evidence is None):
        raise click.UsageError("give either a file or --evidence")
    if file is not None:
        from claimtrack.read import read_article

        return read_article(file).text, str(file)
    if store_path is None:
        raise click.UsageError("--evidence needs --store")
    from claimtrack.store import Store

    assert evidence is not None
    document = Store.open(store_path, create=False).evidence(evidence)
    if document.text is None:
        raise NotFoundError(f"the evidence {evidence!r} has no text; capture it again, or look into the copy")
    return document.text, evidence
