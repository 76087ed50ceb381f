"""The `claimtrack` command and its sub-commands, each in a module of its own that is imported when it runs."""

from __future__ import annotations

import importlib
from typing import Final

import click

from claimtrack.errors import did_you_mean
from claimtrack.version import __version__

COMMANDS: Final = {
    "extract": "Print the claims of articles, without keeping anything.",
    "batch": "Write the claims of many articles to a folder, and go on after a stop.",
    "add": "Keep articles and their claims in a store.",
    "list": "List the claims of a store.",
    "speakers": "List who speaks in a store, and decide who is the same as whom.",
    "show": "Show one document of a store.",
    "report": "Make an HTML page of an article with its claims marked, or of a store.",
    "import": "Keep fact-checks from other formats in a store.",
    "export": "Print the claims of a store in another format.",
    "check-claimreview": "Check ClaimReview markup, offline.",
    "capture": "Keep a page or a file as evidence.",
    "check-quote": "Tell whether a quotation stands in a text as it is quoted.",
    "validate": "Check documents, or a whole store, and report every finding.",
    "push": "Bring the documents of a folder into a team's database.",
    "pull": "Bring the documents of a database into a folder.",
    "reindex": "Bring the index of a store up to date with its files.",
    "verify": "Check a store with its histories, copies of evidence and anchors.",
    "schema": "Print the JSON Schema of a kind of document.",
}
"""The sub-commands with their one-line help, so that `--help` imports none of them."""

LIFE: Final = {
    "queue": "Show what waits for whom, and what is overdue.",
    "log": "Show the history of a claim.",
    "diff": "Show what differs between two versions of a claim.",
    "merge": "Make two people's copies of a claim one again.",
}
STEPS: Final = {
    "triage": "Judge a claim to be worth checking.",
    "decline": "Decline to check a claim, for a reason.",
    "mark-duplicate": "Say that another claim is the same and carries the work.",
    "withdraw": "Withdraw a claim that should not have been entered.",
    "assign": "Assign a claim to a person.",
    "cite": "Link evidence, or a search that found nothing.",
    "contact": "Note that somebody was asked, has answered, or did not.",
    "await-response": "Wait for the answer of those who were asked.",
    "decide": "Give a verdict in your own words.",
    "submit": "Hand a draft to somebody else for review.",
    "send-back": "Send a check back to its author.",
    "approve": "Approve a check that somebody else wrote.",
    "publish": "Say that an approved check was published, and where.",
    "correct": "Correct a published check.",
    "confirm": "Say that a published check was looked at again and stands.",
    "supersede": "Say that another claim's check takes the place of a published one.",
    "retract": "Take a published check back; its text stays.",
    "reopen": "Take up a claim again that was declined, withdrawn or a duplicate.",
    "note": "Add a note to a claim's history.",
}
"""The steps of a claim's life, which `steps` makes; docs/workflow.md tells which follows which."""


class _Lazy(click.Group):
    """Imports a sub-command when it is asked for: start-up time counts in scripts."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*COMMANDS, *LIFE, *STEPS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in STEPS:
            steps = importlib.import_module("claimtrack.cli.steps")
            step: click.Command = steps.make_command(next(one for one in steps.STEPS if one.action == cmd_name))
            return step
        if cmd_name not in COMMANDS and cmd_name not in LIFE:
            return None
        module = importlib.import_module(f"claimtrack.cli.{cmd_name.replace('-', '_')}_command")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        known = self.list_commands(ctx)
        if args[0] not in known and not args[0].startswith("-"):
            guess = did_you_mean(args[0], known) or "; `claimtrack --help` lists all"
            ctx.fail(f"there is no command {args[0]!r}{guess}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))
        with formatter.section("The life of a claim"):
            formatter.write_dl([*LIFE.items(), *STEPS.items()])


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
      claimtrack report article.txt -o page.html

    Exit codes: 0 done, 1 findings (something could not be read, or is not valid), 2 wrong usage.
    """
