"""Where things go: results to standard output, everything that is said to standard error."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NoReturn, ParamSpec, TypeVar

import click

from claimtrack.errors import ClaimtrackError, DocumentError, FilterError, Finding

if TYPE_CHECKING:
    from rich.console import Console

DONE, FINDINGS, USAGE, STOPPED = 0, 1, 2, 130
"""The exit codes: all done; findings of severity error, or an input that could not be used; wrong usage; Ctrl-C."""

_Result = TypeVar("_Result")
_Parameters = ParamSpec("_Parameters")


def console() -> Console:
    """Give a console on standard output that honours pipes and NO_COLOR, and prints no markup of others."""
    from rich.console import Console

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 120
    return Console(markup=False, highlight=False, emoji=False, width=width)


def say(message: str) -> None:
    """Print a message for people to standard error."""
    from claimtrack.report.terminal import safe

    click.echo(safe(message), err=True)


def say_findings(findings: Iterable[Finding], source: str | None = None) -> None:
    """Print findings to standard error, one a line."""
    for finding in findings:
        say(f"{source}: {finding}" if source and not finding.source else str(finding))


def say_error(error: ClaimtrackError) -> None:
    """Print an error to standard error; every finding of a document on its own line."""
    if isinstance(error, DocumentError):
        say_findings(error.findings, error.source)
    else:
        say(f"error: {error}")


def guarded(command: Callable[_Parameters, _Result]) -> Callable[_Parameters, _Result]:
    """Turn the library's errors into a message and exit code 1; 2 for a filter that nothing can fit."""

    @functools.wraps(command)
    def run(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> _Result:
        try:
            return command(*args, **kwargs)
        except ClaimtrackError as error:
            say_error(error)
            leave(USAGE if isinstance(error, FilterError) else FINDINGS)

    return run


def leave(code: int) -> NoReturn:
    """End the command with an exit code."""
    click.get_current_context().exit(code)
