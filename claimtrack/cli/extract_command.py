"""`claimtrack extract`: print the claims of articles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimtrack.cli.options import Choice, about_articles, article_options, files_argument, tagger_option
from claimtrack.cli.output import DONE, FINDINGS, console, guarded, leave, say_findings

if TYPE_CHECKING:
    from claimtrack.extract import Extraction
    from claimtrack.models import Article


@click.command("extract")
@files_argument
@click.option(
    "--format",
    "form",
    type=Choice(["table", "json", "jsonl"]),
    default="table",
    show_default=True,
    help="A table for people, one JSON array, or one claim document a line.",
)
@click.option("--explain", is_flag=True, help="Show each claim in its sentence, with source, cue and content marked.")
@article_options
@tagger_option
@guarded
def command(files: tuple[Path, ...], form: str, explain: bool, tagger: str, **about: str | None) -> None:
    """Print the claims of articles: who said what, with which figures, and where it stands.

    FILE is wire text, plain text, Markdown, a saved HTML page or an Article document; - is standard input.

    \b
    Examples:
      claimtrack extract article.txt
      claimtrack extract --explain article.txt
      claimtrack extract --format json article.txt
      claimtrack extract --format jsonl articles/*.txt > claims.jsonl
    """
    from claimtrack.cli.reading import Reading

    reading = Reading(files, tagger, about_articles(files, about))
    documents: list[str] = []
    for path, article, claims in reading:
        say_findings(claims.findings, str(path))
        if form == "jsonl":
            for claim in claims:
                click.echo(claim.model_dump_json(exclude_none=True))
        elif form == "json":
            documents.extend(claim.to_json().rstrip("\n") for claim in claims)
        elif explain:
            _print_explained(article, claims)
        else:
            _print_table(article, claims)
    if form == "json":
        inner = ",\n".join(documents)
        click.echo(f"[\n{inner}\n]" if documents else "[]")
    leave(FINDINGS if reading.failed else DONE)


def _print_explained(article: Article, claims: Extraction) -> None:
    from claimtrack.report import explained_claims

    console().print(explained_claims(article, claims))


def _print_table(article: Article, claims: Extraction) -> None:
    from claimtrack.report import claims_table

    out = console()
    out.print(claims_table(article, claims))
    speakers = {one.name for claim in claims for one in claim.speakers if one.name}
    figures = sum(len(claim.figures) for claim in claims)
    counts = ((len(claims), "claim"), (len(speakers), "named speaker"), (figures, "figure"))
    out.print(", ".join(f"{count} {name}{'' if count == 1 else 's'}" for count, name in counts) + "\n")
