"""`claimtrack export`: write claims of a store in another format."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from claimtrack.cli.completion import complete_ids
from claimtrack.cli.options import Choice, Where, store_option
from claimtrack.cli.output import DONE, FINDINGS, guarded, leave, say, say_findings
from claimtrack.errors import Finding, NotFoundError

if TYPE_CHECKING:
    from claimtrack.exchange.datasets.converting import Policy
    from claimtrack.exchange.formats import Linked
    from claimtrack.models import Claim, Evidence
    from claimtrack.store import Store

_TABLES = ("csv", "figures-csv", "speakers-csv", "parquet", "figures-parquet", "speakers-parquet")
_LINES = ("claimreview", "fact-check-page", "jsonl", "annotations", "averitec", "fever", "feverous", "scifact", "liar")


@click.command("export")
@click.argument("ids", nargs=-1, metavar="[ID...]", shell_complete=complete_ids)
@store_option
@click.option("--all", "every", is_flag=True, help="Every claim of the store, instead of IDs.")
@click.option(
    "--to",
    "form",
    type=Choice([*_LINES, *_TABLES]),
    default="claimreview",
    show_default=True,
    help="One object a line; annotations: one page an article; the tables go to --output.",
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="The file to write; .gz packs it.")
@click.option(
    "--policy",
    type=Choice(["refuse", "flag", "skip"]),
    default="refuse",
    show_default=True,
    help="What to do where a data set's label says less than the verdict.",
)
@guarded
def command(ids: tuple[str, ...], store_path: Where, every: bool, form: str, output: Path | None, policy: str) -> None:
    """Write claims in another format, and say on standard error what the format does not carry.

    \b
    Examples:
      claimtrack export herald-example-0123456789ab --store newsroom
      claimtrack export --all --to csv --output claims.csv --store newsroom
      claimtrack list --store newsroom --format ids | xargs claimtrack export --to annotations --store newsroom
    """
    from claimtrack.exchange.formats import write_claims
    from claimtrack.store import Store

    if bool(ids) == every:
        raise click.UsageError("name the claims by their IDs, or all of them by --all")
    store = Store.open(store_path, create=False)
    listing = store.claims() if every else None
    claims = iter(listing) if listing is not None else map(store.claim, ids)
    if form in _TABLES:
        if output is None:
            raise click.UsageError(f"--to {form} writes a file: name it with --output")
        _write_table(claims, form, output)
        failed = False
    else:
        lines = write_claims(_linked(store, claims), form=form, policy=cast("Policy", policy), article=store.article)
        failed = _write_lines(lines, output)
    if listing is not None:
        say_findings(listing.findings)
        failed = failed or bool(listing.findings)
    leave(FINDINGS if failed else DONE)


def _write_table(claims: Iterable[Claim], form: str, output: Path) -> None:
    from claimtrack.exchange.formats import TABLES
    from claimtrack.exchange.tables import write_table

    if form.endswith("parquet") != (output.suffix == ".parquet"):
        raise click.UsageError(f"--to {form} and --output {output.name} do not go together: .parquet names Parquet")

    def tell(count: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{count:,} rows", nl=False, err=True)

    count = write_table(claims, output, rows=TABLES[form], progress=tell)
    say(f"{output}: {count:,} row{'' if count == 1 else 's'}")


def _write_lines(lines: Iterator[tuple[str, tuple[Finding, ...]]], output: Path | None) -> bool:
    from claimtrack.exchange.output_file import open_output

    failed = False

    def told() -> Iterator[str]:
        nonlocal failed
        for line, findings in lines:
            if line:
                yield line
            say_findings(findings)
            failed = failed or any(one.severity == "error" for one in findings)

    if output is None:
        for line in told():
            click.echo(line)
    else:
        with open_output(output) as file:
            for line in told():
                file.write(f"{line}\n".encode())
    return failed


def _linked(store: Store, claims: Iterable[Claim]) -> Iterator[Linked]:
    for claim in claims:
        yield claim, tuple(_evidence(store, tuple(link.evidence for link in claim.evidence if link.evidence)))


def _evidence(store: Store, ids: tuple[str, ...]) -> Iterator[Evidence]:
    for id in ids:
        try:
            yield store.evidence(id)
        except NotFoundError:  # what came with the import stands in its original
            continue
