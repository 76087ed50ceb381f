"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

store_option = click.option(
    "--store",
    "store_path",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="CLAIMTRACK_STORE",
    required=True,
    show_envvar=True,
    help="The folder that holds the documents.",
)

files_argument = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")

tagger_option = click.option(
    "--tagger",
    type=click.Choice(["accurate", "fast", "rules"]),
    default="accurate",
    show_default=True,
    help="How attributions are found: a small encoder, a CRF, or rules alone.",
)
