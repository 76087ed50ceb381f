"""`claimtrack schema`: print a JSON Schema."""

from __future__ import annotations

import json

import click

from claimtrack.cli.options import Choice


@click.command("schema")
@click.argument("kind", type=Choice(["article", "claim", "evidence", "speaker"]))
def command(kind: str) -> None:
    """Print the JSON Schema (Draft 2020-12) of a kind of document.

    \b
    Example:
      claimtrack schema claim > claim.schema.json
    """
    from claimtrack.models import json_schema

    click.echo(json.dumps(json_schema(kind), indent=2, ensure_ascii=False))
