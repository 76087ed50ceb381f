"""`claimtrack import`: keep fact-checks from other formats in a store."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from claimtrack.cli.options import Choice, Where, files_argument, store_option
from claimtrack.cli.output import DONE, FINDINGS, guarded, leave, say, say_error, say_findings
from claimtrack.errors import ClaimtrackError, ReadError

if TYPE_CHECKING:
    from claimtrack.exchange.keeping import Kept
    from claimtrack.exchange.keeping_rows import KeptRow

_OUTCOMES = ("new", "changed", "unchanged", "kept", "conflicting", "refused")
_FORMS = (
    *("claimreview", "fact-check-search", "fact-check-page"),
    *("averitec", "fever", "feverous", "scifact", "liar", "jsonl", "csv"),
)


@click.command("import")
@files_argument
@store_option
@click.option(
    "--from",
    "form",
    type=Choice(_FORMS),
    default="claimreview",
    show_default=True,
    help="What the files hold: ClaimReview markup (JSON or saved pages), answers of Google's Fact Check Tools API, "
    "rows of a data set, our own documents as JSON Lines, or a newsroom's CSV.",
)
@click.option("--mapping", type=click.Path(path_type=Path), help="What the columns of the CSV mean (JSON or YAML).")
@click.option("--preview", is_flag=True, help="Say what would become of each row of the CSV, and write nothing.")
@guarded
def command(files: tuple[Path, ...], store_path: Where, form: str, mapping: Path | None, preview: bool) -> None:
    """Keep the fact-checks in files as claims, each with its review, the evidence it names and its original.

    Importing again changes nothing; what a publisher has changed is brought up to date, and a claim that somebody has
    worked on is kept as it is. - is standard input.

    \b
    Examples:
      claimtrack import saved-page.html --store newsroom
      claimtrack import --from fact-check-search answer.json --store newsroom
      claimtrack import --from csv checks.csv --mapping checks.yaml --preview --store newsroom
    """
    if (form == "csv") != (mapping is not None):
        raise click.UsageError("--from csv needs --mapping, and nothing else takes one")
    if preview and form != "csv":
        raise click.UsageError("--preview goes with --from csv")
    if mapping is not None:
        _import_rows(files, store_path, mapping, preview=preview)
    if form == "jsonl":
        _import_lines(files, store_path)
    from claimtrack.exchange import keep_imported
    from claimtrack.exchange.files import read_text, to_text
    from claimtrack.exchange.formats import READERS
    from claimtrack.store import Store

    store = Store.open(store_path)
    failed = 0
    for path in files:
        try:
            text = to_text(sys.stdin.buffer.read()) if str(path) == "-" else read_text(path)
            imported = READERS[form](text)
        except ClaimtrackError as error:
            failed += 1
            say_error(error)
            continue
        say_findings(imported.findings, str(path))
        failed += any(one.severity == "error" for one in imported.findings)
        _tell(str(path), keep_imported(store, imported))
    leave(FINDINGS if failed else DONE)


def _import_rows(files: tuple[Path, ...], store_path: Where, mapping_path: Path, *, preview: bool) -> NoReturn:
    from claimtrack.exchange import keep_rows, load_mapping, read_rows
    from claimtrack.store import Store

    mapping = load_mapping(mapping_path)
    store = Store.open(store_path)
    failed = False
    for path in files:
        try:
            counts = _tell(str(path), keep_rows(store, read_rows(path, mapping), mapping=mapping, preview=preview))
        except ReadError as error:
            failed = True
            say_error(error)
            continue
        failed = failed or bool(counts["refused"] or counts["conflicting"])
    if preview:
        say("this was a preview: nothing was written")
    leave(FINDINGS if failed else DONE)


def _import_lines(files: tuple[Path, ...], store_path: Where) -> NoReturn:
    from claimtrack.exchange import keep_lines, read_json_lines
    from claimtrack.store import Store

    store = Store.open(store_path)
    failed = False
    for path in files:
        try:
            source = sys.stdin.buffer if str(path) == "-" else path
            counts = _tell(str(path), keep_lines(store, read_json_lines(source)))
        except ReadError as error:
            failed = True
            say_error(error)
            continue
        failed = failed or bool(counts["refused"] or counts["conflicting"])
    leave(FINDINGS if failed else DONE)


def _tell(name: str, outcomes: Iterable[Kept | KeptRow]) -> Counter[str]:
    """Say the findings of each outcome, print how many there are of each kind, and give these numbers."""
    counts: Counter[str] = Counter()
    for kept in outcomes:
        counts[kept.outcome] += 1
        say_findings(kept.findings)
    told = ", ".join(f"{counts[one]} {one}" for one in _OUTCOMES if counts[one])
    click.echo(f"{name}: {told or 'no claims'}")
    return counts
