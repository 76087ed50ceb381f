"""`claimtrack show`: show one document of a store."""

from __future__ import annotations

import click

from claimtrack.cli.completion import complete_ids
from claimtrack.cli.options import Where, store_option
from claimtrack.cli.output import DONE, FINDINGS, console, guarded, leave, say_findings


@click.command("show")
@click.argument("document_id", metavar="ID", shell_complete=complete_ids)
@store_option
@click.option("--json", "as_json", is_flag=True, help="Print the document as it is stored.")
@click.option("--text", "as_text", is_flag=True, help="Print an article's text with its claims marked in place.")
@guarded
def command(document_id: str, store_path: Where, as_json: bool, as_text: bool) -> None:
    """Show a claim, an article with its claims, or any other document of a store.

    \b
    Examples:
      claimtrack show 2025-10-09-harbour-news-ferry-sinks-off-214 --store newsroom
      claimtrack show 2025-10-09-harbour-news-ferry-sinks-off --store newsroom
      claimtrack show --text 2025-10-09-harbour-news-ferry-sinks-off --store newsroom
      claimtrack show --json 2025-10-09-harbour-news-ferry-sinks-off --store newsroom
    """
    from claimtrack.models import Article, Claim
    from claimtrack.report import article_text, claim_card, claims_table
    from claimtrack.store import Store

    store = Store.open(store_path, create=False)
    document = store.document(document_id)
    if as_text and not isinstance(document, Article):
        raise click.UsageError(f"--text shows the text of an article, and {document.id} is none")
    if as_json or not isinstance(document, Article | Claim):
        click.echo(document.to_json(), nl=False)
    elif isinstance(document, Claim):
        console().print(claim_card(document))
    else:
        listing = store.claims(article=document.id)
        claims = tuple(listing)
        console().print(article_text(document, claims) if as_text else claims_table(document, claims))
        say_findings(listing.findings)
        leave(FINDINGS if listing.findings else DONE)
