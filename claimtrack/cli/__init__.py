"""The command line: arguments in; JSON, tables and exit codes out."""

from claimtrack.cli.main import main

__all__ = ["main"]
