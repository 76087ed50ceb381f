"""`claimtrack report`: make the page of an article."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimtrack.cli.options import about_articles, article_options, tagger_option
from claimtrack.cli.output import DONE, FINDINGS, guarded, leave, say, say_findings

if TYPE_CHECKING:
    from claimtrack.errors import Finding
    from claimtrack.models import Article, Claim, Evidence


@click.command("report")
@click.argument("article", metavar="ARTICLE")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    default="-",
    help="The file to write the page to.  [default: standard output]",
)
@click.option(
    "--store",
    "store_path",
    type=click.Path(path_type=Path, file_okay=False),
    help="A store's folder: ARTICLE is then the id of an article in it, shown with all that is known of its claims.",
)
@article_options
@tagger_option
@guarded
def command(article: str, output: Path, store_path: Path | None, tagger: str, **about: str | None) -> None:
    """Make one HTML page of an article: its text with the claims marked in place, and a card for each.

    ARTICLE is a file as `claimtrack extract` reads it, or with --store the id of an article. The page is one file that
    needs no network.

    \b
    Examples:
      claimtrack report article.txt -o page.html
      claimtrack report 2025-10-09-harbour-news-ferry-sinks-off --store newsroom -o page.html
    """
    from claimtrack.report import to_html

    if store_path is not None:
        if given := [f"--{name}" for name, value in about.items() if value is not None]:
            raise click.UsageError(f"{given[0]} says something about a file; with --store ARTICLE is an id")
        document, claims, evidence, findings = _from_store(article, store_path)
    else:
        document, claims, findings = _from_file(article, tagger, about)
        evidence = ()
    say_findings(findings, None if store_path else article)
    page = to_html(document, claims, evidence=evidence)
    if str(output) == "-":
        click.echo(page, nl=False)
    else:
        _write(output, page)
        count = len(claims)
        say(f"{output}: {count} claim{'' if count == 1 else 's'}, {len(page.encode()) / 1000:.0f} kB")
    leave(FINDINGS if any(one.severity == "error" for one in findings) else DONE)


def _from_file(
    article: str, tagger: str, about: dict[str, str | None]
) -> tuple[Article, Sequence[Claim], tuple[Finding, ...]]:
    from claimtrack.extract import extract_claims
    from claimtrack.read import read_article

    path = Path(article)
    if path.is_dir():
        raise click.UsageError(f"{article} is a folder; give a file, or an article's id with --store {article}")
    told = about_articles((path,), about)
    document = read_article(text=sys.stdin.buffer.read(), **told) if article == "-" else read_article(path, **told)
    extraction = extract_claims(document, tagger=tagger)
    return document, extraction, extraction.findings


def _from_store(
    article: str, folder: Path
) -> tuple[Article, Sequence[Claim], tuple[Evidence, ...], tuple[Finding, ...]]:
    from claimtrack.errors import NotFoundError
    from claimtrack.store import Store

    store = Store(folder, create=False)
    document = store.article(article)
    listing = store.claims(article=document.id)
    claims = tuple(listing)
    evidence: dict[str, Evidence] = {}
    for id in dict.fromkeys(link.evidence for claim in claims for link in claim.evidence if link.evidence):
        try:
            evidence[id] = store.evidence(id)
        except NotFoundError as missing:
            say(f"{missing}; its id stands on the page instead")
    return document, claims, tuple(evidence.values()), listing.findings


def _write(output: Path, page: str) -> None:
    from claimtrack.errors import ClaimtrackError

    try:
        output.write_text(page, encoding="utf-8", newline="")
    except OSError as error:
        raise ClaimtrackError(f"cannot write {output}: {error.strerror}") from None
