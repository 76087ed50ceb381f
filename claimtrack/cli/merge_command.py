"""`claimtrack merge`: make two people's copies of a claim one again."""

from __future__ import annotations

from pathlib import Path

import click

from claimtrack.cli.diff_command import read_claim
from claimtrack.cli.options import Choice
from claimtrack.cli.output import DONE, FINDINGS, guarded, leave, say
from claimtrack.cli.signing import at_option, by_option, find_signature


@click.command("merge")
@click.argument("base", metavar="BASE", type=click.Path(path_type=Path))
@click.argument("ours", metavar="OURS", type=click.Path(path_type=Path))
@click.argument("theirs", metavar="THEIRS", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the claim here, not to standard output.")
@click.option("--prefer", type=Choice(["ours", "theirs"]), help="Which side to keep where they conflict.")
@by_option
@at_option
@guarded
def command(
    base: Path, ours: Path, theirs: Path, output: Path | None, prefer: str | None, by: str | None, at: str | None
) -> None:
    """Merge two copies of a claim, each changed since BASE: both histories are kept, links united.

    Where the copies conflict, each conflict is named, nothing is written and the exit code is 1, unless --prefer says
    which side to keep. An empty BASE stands for copies that have none in common. docs/workflow.md tells how git uses
    this by itself.

    \b
    Examples:
      claimtrack merge base.json mine.json yours.json -o merged.json
      claimtrack merge base.json mine.json yours.json -o merged.json --prefer theirs
    """
    from claimtrack.errors import ReadError
    from claimtrack.store.store import now
    from claimtrack.track import merge_claims

    is_empty = base.is_file() and base.stat().st_size == 0
    merged = merge_claims(
        read_claim(ours),
        read_claim(theirs),
        base=None if is_empty else read_claim(base),
        by=find_signature(by).name,
        at=at or now(),
        prefer=prefer,  # type: ignore[arg-type]  # click has held it to the two words
    )
    for conflict in merged.conflicts:
        say(f"conflict in {conflict}" + (f"; kept {prefer}" if prefer else ""))
    if merged.conflicts and prefer is None:
        say("nothing was written; --prefer ours or --prefer theirs takes one side where they conflict")
        leave(FINDINGS)
    if output is None:
        click.echo(merged.claim.to_json(), nl=False)
    else:
        try:
            output.write_text(merged.claim.to_json(), "utf-8", newline="\n")
        except OSError as error:
            raise ReadError(f"{output}: cannot be written: {error.strerror}; name another file") from None
    leave(DONE)
