"""`claimtrack batch`: the claims of many articles, in a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from claimtrack.cli.options import Choice, tagger_option
from claimtrack.cli.output import DONE, FINDINGS, STOPPED, guarded, leave, say

if TYPE_CHECKING:
    from claimtrack.batch import Batch
    from claimtrack.batch.engines import EngineName
    from claimtrack.batch.manifest import Form


@click.command("batch")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="The folder to write."
)
@click.option(
    "--format",
    "form",
    type=Choice(["jsonl", "jsonl.gz", "parquet"]),
    default="jsonl",
    show_default=True,
    help="Claim documents, one a line, or tables of claims, figures and speakers.",
)
@tagger_option
@click.option(
    "--part-size",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    help="Records of the input in each part; a stop loses no more than one part.",
)
@click.option(
    "--engine",
    type=Choice(["here", "processes", "dask"]),
    default="processes",
    show_default=True,
    help="Who does the work: this process, several, or Dask. The results are the same.",
)
@click.option("--workers", type=click.IntRange(min=1), help="Number of processes.  [default: one for each core]")
@click.option("--scheduler", metavar="ADDRESS", help="A Dask scheduler that is running: tcp://10.0.0.1:8786.")
@click.option(
    "--join",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="When all is done, join the parts into single files in this folder.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of the progress.")
@guarded
def command(
    inputs: tuple[str, ...],
    output: Path,
    form: str,
    tagger: str,
    part_size: int,
    engine: str,
    workers: int | None,
    scheduler: str | None,
    join: Path | None,
    quiet: bool,
) -> None:
    """Write the claims of many articles to a folder, in parts. Stopped by anything, the same command goes on.

    INPUT is a folder, a pattern in quotation marks, or a file: an article, JSON Lines (.gz, .bz2, .xz, .zst), Parquet
    or a web archive (.warc.gz). What cannot be read is listed in the folder's rejects.

    \b
    Examples:
      claimtrack batch articles/ -o claims
      claimtrack batch news.jsonl.gz -o corpus --format parquet --tagger fast
      claimtrack batch "crawl/*.warc.gz" -o claims --engine dask --scheduler tcp://10.0.0.1:8786
    """
    from claimtrack.batch import Engine, extract_batch, join_batch
    from claimtrack.cli.progress import Teller

    try:
        chosen = Engine(cast("EngineName", engine), workers=workers, scheduler=scheduler)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    try:
        with Teller(quiet=quiet) as teller:
            batch = extract_batch(
                inputs,
                output,
                tagger=tagger,
                form=cast("Form", form),
                part_size=part_size,
                engine=chosen,
                progress=teller.tell,
            )
    except KeyboardInterrupt:
        say(f"{output}: stopped; finished parts are kept, and the same command goes on from there")
        leave(STOPPED)
    click.echo(_summary(batch))
    if join is not None:
        for path in join_batch(output, join):
            click.echo(path)
    if batch.rejected:
        say(f"{batch.output / 'rejects'}: {_count(batch.rejected, 'record')} with the reasons")
    leave(FINDINGS if batch.rejected else DONE)


def _summary(batch: Batch) -> str:
    told = ", ".join(
        (
            _count(batch.records, "record"),
            _count(batch.articles, "article"),
            f"{batch.rejected:,} rejected",
            _count(batch.claims, "claim"),
            _count(batch.figures, "figure"),
        )
    )
    return f"{batch.output}: {'' if batch.is_new else 'nothing to do, an earlier run had finished: '}{told}"


def _count(number: int, name: str) -> str:
    return f"{number:,} {name}{'' if number == 1 else 's'}"
