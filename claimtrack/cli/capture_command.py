"""`claimtrack capture`: keep a page or a file as evidence."""

from __future__ import annotations

import datetime
from typing import get_args

import click

from claimtrack.cli.options import Choice, Where, store_option
from claimtrack.cli.output import DONE, FINDINGS, guarded, leave, say_findings
from claimtrack.models.vocabulary import EvidenceKind


@click.command("capture")
@click.argument("source", metavar="URL|FILE")
@store_option
@click.option(
    "--kind",
    type=Choice(get_args(EvidenceKind)),
    default="secondary",
    show_default=True,
    help="How close the source is to the matter.",
)
@click.option("--excerpt", help="The part that matters, in the words of the source.")
@click.option("--same-source-as", metavar="ID", help="Other evidence that reports the same source.")
@click.option("--id", "name", metavar="ID", help="The evidence's id, in the place of one from its day, host and title.")
@click.option(
    "--seconds", type=click.FloatRange(min=0.1), default=30.0, show_default=True, help="The most time in all."
)
@click.option(
    "--max-bytes",
    type=click.IntRange(1, 30_000_000),
    default=20_000_000,
    show_default=True,
    help="The largest content that is taken.",
)
@click.option("--allow-private", is_flag=True, help="Fetch from your own computer and network too.")
@guarded
def command(
    source: str,
    store_path: Where,
    kind: EvidenceKind,
    excerpt: str | None,
    same_source_as: str | None,
    name: str | None,
    seconds: float,
    max_bytes: int,
    allow_private: bool,
) -> None:
    """Keep a page or a file as evidence: its bytes as they are today, with their digest, and its text.

    Prints the evidence's id. A page is asked for once, at your request, so robots.txt, which speaks to crawlers, is not
    read.

    \b
    Examples:
      claimtrack capture https://port.example/releases/14 --store newsroom --kind primary
      claimtrack capture report.pdf --store newsroom --excerpt "29 survivors were taken to hospital"
    """
    from claimtrack.capture import Limits, capture_file, capture_page
    from claimtrack.store import Store

    now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if source.lower().startswith(("http://", "https://")):
        limits = Limits(max_bytes=max_bytes, seconds=seconds)
        captured = capture_page(source, retrieved=now, limits=limits, allow_private=allow_private)
    else:
        captured = capture_file(source, retrieved=now, max_bytes=max_bytes)
    store = Store.open(store_path)
    evidence = store.add_evidence(captured, kind=kind, excerpt=excerpt, same_source_as=same_source_as, id=name)
    say_findings(captured.findings, source)
    click.echo(evidence.id)
    leave(FINDINGS if any(one.severity != "note" for one in captured.findings) else DONE)
