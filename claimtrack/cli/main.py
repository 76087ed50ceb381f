"""The `claimtrack` command and its sub-commands, each in a module of its own that is imported when it runs."""

from __future__ import annotations

import importlib
from typing import Final

import click

from claimtrack.errors import did_you_mean
from claimtrack.version import __version__

COMMANDS: Final = {
    "extract": "Print the claims of articles, without keeping anything.",
    "add": "Keep articles and their claims in a store.",
    "list": "List the claims of a store.",
    "speakers": "List who speaks in a store, and decide who is the same as whom.",
    "show": "Show one document of a store.",
    "import": "Keep fact-checks from other formats in a store.",
    "export": "Print the claims of a store in another format.",
    "check-claimreview": "Check ClaimReview markup, offline.",
    "validate": "Check documents, or a whole store, and report every finding.",
    "schema": "Print the JSON Schema of a kind of document.",
}
"""The sub-commands with their one-line help, so that `--help` imports none of them."""


class _Lazy(click.Group):
    """Imports a sub-command when it is asked for: start-up time counts in scripts."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"claimtrack.cli.{cmd_name.replace('-', '_')}_command")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            guess = did_you_mean(args[0], COMMANDS) or f"; there are {', '.join(COMMANDS)}"
            ctx.fail(f"there is no command {args[0]!r}{guess}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.version_option(__version__, prog_name="claimtrack")
def main() -> None:
    """Split news articles into attributed claims, and keep each as a validated JSON document.

    \b
    Examples:
      claimtrack extract article.txt
      claimtrack extract --format jsonl articles/*.txt > claims.jsonl
      claimtrack add articles/*.html --store newsroom
      claimtrack list --store newsroom --speaker "Ann Silva"

    Exit codes: 0 done, 1 findings (something could not be read, or is not valid), 2 wrong usage.
    """
