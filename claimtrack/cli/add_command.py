"""`claimtrack add`: keep articles and their claims in a store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimtrack.cli.options import Where, about_articles, article_options, files_argument, store_option, tagger_option
from claimtrack.cli.output import DONE, FINDINGS, guarded, leave, say_findings

if TYPE_CHECKING:
    from claimtrack.cli.reading import Reading
    from claimtrack.models import Article, Claim


@click.command("add")
@files_argument
@store_option
@article_options
@tagger_option
@guarded
def command(files: tuple[Path, ...], store_path: Where, tagger: str, **about: str | None) -> None:
    """Keep articles and their claims in the folder of a store, which is made where there is none.

    Adding an article again changes nothing; an article whose text has changed is kept as a new edition, and what became
    of each claim of the edition before is told.

    \b
    Examples:
      claimtrack add article.txt --store newsroom
      CLAIMTRACK_STORE=newsroom claimtrack add articles/*.html
    """
    from claimtrack.cli.reading import Reading
    from claimtrack.store import Store

    store = Store.open(store_path)
    reading = Reading(files, tagger, about_articles(files, about))
    refused = 0
    for added in store.add_many(_pairs(reading)):
        click.echo(str(added))
        for one in added.carried:
            if one.outcome != "unchanged":
                click.echo(f"  {one}")
        say_findings(added.findings)
        refused += added.article_outcome == "refused" or any(one.severity == "error" for one in added.findings)
    leave(FINDINGS if reading.failed or refused else DONE)


def _pairs(reading: Reading) -> Iterator[tuple[Article, tuple[Claim, ...]]]:
    for path, article, extraction in reading:
        say_findings(extraction.findings, str(path))
        yield article, extraction.claims
