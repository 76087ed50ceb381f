"""Who takes a step, and when: what the commands of a claim's life share."""

from __future__ import annotations

import getpass
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import attrs
import click


@attrs.frozen(slots=True)
class Signature:
    """A name, and how it was found, where nobody gave it."""

    name: str
    found: str | None = None

    def __str__(self) -> str:
        """Give the name, with the place that it is from."""
        return f"{self.name} ({self.found})" if self.found else self.name


def find_signature(given: str | None) -> Signature:
    """Give who takes a step: as given, or from $CLAIMTRACK_BY, git's user.name, or the login name, in this order."""
    if given is not None:
        return Signature(given)
    if name := os.environ.get("CLAIMTRACK_BY", "").strip():
        return Signature(name, "from $CLAIMTRACK_BY")
    if name := _git_name():
        return Signature(name, "from git's user.name")
    try:
        return Signature(getpass.getuser(), "the login name")
    except (KeyError, OSError):
        raise click.UsageError("nobody knows who you are; give --by, or set CLAIMTRACK_BY") from None


def _git_name() -> str:
    try:
        done = subprocess.run(["git", "config", "user.name"], capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()


def _at_terminal() -> bool:
    return sys.stdin.isatty()


class Asked(click.Option):
    """An option that is asked for at a terminal, and missing anywhere else."""

    def __init__(self, names: Sequence[str], **attributes: Any) -> None:
        super().__init__(names, **{"prompt": True} | attributes)

    def prompt_for_value(self, ctx: click.Context) -> Any:
        """Ask for the value, where there is somebody to ask."""
        if not _at_terminal():
            raise click.MissingParameter(ctx=ctx, param=self)
        return super().prompt_for_value(ctx)


by_option = click.option(
    "--by", metavar="NAME", help="Who does it; else $CLAIMTRACK_BY, git's user.name or the login name."
)
at_option = click.option("--at", metavar="TIME", help="When, as 2025-03-04T10:00:00+01:00; else now.")
