"""`claimtrack report`: make the page of an article, or of a store."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from claimtrack.cli.options import Where, a_store_option, about_articles, article_options, tagger_option
from claimtrack.cli.output import DONE, FINDINGS, guarded, leave, say, say_findings
from claimtrack.cli.signing import at_option

if TYPE_CHECKING:
    from claimtrack.errors import Finding
    from claimtrack.models import Article, Claim, Evidence
    from claimtrack.report import Contents
    from claimtrack.store import Store


@click.command("report")
@click.argument("article", metavar="ARTICLE_OR_STORE")
@click.option(
    "-o",
    "--output",
    type=click.Path(allow_dash=True),
    default="-",
    help="The file to write the page to; of a store also a folder, `pages/`, for its page and one of each article.  "
    "[default: standard output]",
)
@a_store_option(
    help="A store: ARTICLE is then the id of an article in it, shown with all that is known of its claims.",
    by_environment=False,
)
@at_option
@article_options
@tagger_option
@guarded
def command(
    article: str, output: str, store_path: Where | None, at: str | None, tagger: str, **about: str | None
) -> None:
    """Make one HTML page of an article, its claims marked in place with a card for each, or of a whole store.

    An article is a file as `claimtrack extract` reads it, or with --store an id. A store is a folder, or a database by
    its address: its page has counts, what waits and what is overdue --at a time, figures that several articles report,
    and a list of the claims.
    A page is one file that needs no network.

    \b
    Examples:
      claimtrack report article.txt -o page.html
      claimtrack report 2025-10-09-harbour-news-ferry-sinks-off --store newsroom -o page.html
      claimtrack report newsroom -o page.html
      claimtrack report newsroom -o pages/
    """
    from claimtrack.report import to_html
    from claimtrack.store.database import is_database, shown

    if store_path is None and (Path(article).is_dir() or is_database(article)):
        if given := [f"--{name}" for name, value in about.items() if value is not None]:
            raise click.UsageError(f"{given[0]} says something about an article; {shown(article)} is a store")
        _report_store(article, output, at)
    if at is not None:
        raise click.UsageError("--at is for the page of a store: what is overdue")
    if Path(output).is_dir():
        raise click.UsageError(f"{output} is a folder; name a file for the page")
    if store_path is not None:
        if given := [f"--{name}" for name, value in about.items() if value is not None]:
            raise click.UsageError(f"{given[0]} says something about a file; with --store ARTICLE is an id")
        document, claims, evidence, findings = _from_store(article, store_path)
    else:
        document, claims, findings = _from_file(article, tagger, about)
        evidence = ()
    say_findings(findings, None if store_path else article)
    page = to_html(document, claims, evidence=evidence)
    _put(output, page, len(claims))
    leave(FINDINGS if any(one.severity == "error" for one in findings) else DONE)


def _report_store(where: Where, output: str, at: str | None) -> NoReturn:
    """Write the page of a store, and where the output is a folder a page for each of its articles."""
    from claimtrack.report import read_contents, store_page
    from claimtrack.store import Store

    store = Store.open(where, create=False)
    held = read_contents(store)
    say_findings(held.findings)
    if output.endswith(("/", os.sep)) or Path(output).is_dir():
        _write_articles(Path(output, "articles"), held, store)
        _put(str(Path(output, "index.html")), store_page(held, at=at, pages="articles/"), len(held.claims))
    else:
        _put(output, store_page(held, at=at), len(held.claims))
    leave(FINDINGS if held.findings else DONE)


def _write_articles(folder: Path, held: Contents, store: Store) -> None:
    from claimtrack.errors import ClaimtrackError
    from claimtrack.report import to_html

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ClaimtrackError(f"cannot make {folder}: {error.strerror}") from None
    claims: dict[str | None, list[Claim]] = {}
    for claim in held.claims:
        claims.setdefault(claim.article_id, []).append(claim)
    for id, article in held.articles.items():
        own = claims.get(id, [])
        evidence = {one.id: one for claim in own for one in store.cited(claim)}
        _write(folder / f"{id}.html", to_html(article, own, evidence=evidence.values()))
    say(f"{folder}: {len(held.articles)} page{'' if len(held.articles) == 1 else 's'} of articles")


def _put(output: str, page: str, count: int) -> None:
    if output == "-":
        click.echo(page, nl=False)
    else:
        _write(Path(output), page)
        say(f"{output}: {count} claim{'' if count == 1 else 's'}, {len(page.encode()) / 1000:.0f} kB")


def _from_file(
    article: str, tagger: str, about: dict[str, str | None]
) -> tuple[Article, Sequence[Claim], tuple[Finding, ...]]:
    from claimtrack.extract import extract_claims
    from claimtrack.read import read_article

    path = Path(article)
    told = about_articles((path,), about)
    document = read_article(text=sys.stdin.buffer.read(), **told) if article == "-" else read_article(path, **told)
    extraction = extract_claims(document, tagger=tagger)
    return document, extraction, extraction.findings


def _from_store(
    article: str, where: Where
) -> tuple[Article, Sequence[Claim], tuple[Evidence, ...], tuple[Finding, ...]]:
    from claimtrack.errors import NotFoundError
    from claimtrack.store import Store

    store = Store.open(where, create=False)
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
