"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from claimtrack.errors import did_you_mean

_Command = TypeVar("_Command", bound=Callable[..., Any])


class Choice(click.Choice[str]):
    """A word of a vocabulary; for a wrong one the nearest is named."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """Give the message, with all the words."""
        known = [str(choice) for choice in self.choices]
        guess = did_you_mean(str(value), known) or "."
        return f"{str(value)!r} is not one of the words{guess} The words are: {', '.join(known)}."


Where = Path | str
"""The folder of a store, or the address of a database."""


class StorePlace(click.Path):
    """A folder, or the address of a database, which is no path."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, file_okay=False)
        self.name = "store"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Give the folder, as a path, or the address."""
        from claimtrack.store.database import is_database

        if isinstance(value, str) and is_database(value):
            return value
        return super().convert(value, param, ctx)


def a_store_option(*, help: str, required: bool = False, by_environment: bool = True) -> Callable[[_Command], _Command]:
    """Give the option that says which store is meant; `by_environment` lets $CLAIMTRACK_STORE say it."""
    return click.option(
        "--store",
        "store_path",
        type=StorePlace(),
        envvar="CLAIMTRACK_STORE" if by_environment else None,
        show_envvar=by_environment,
        required=required,
        help=help,
    )


store_option = a_store_option(
    required=True, help="The folder that holds the documents, or a database: postgresql://user@host/name."
)

files_argument = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")

tagger_option = click.option(
    "--tagger",
    type=Choice(["accurate", "fast", "rules"]),
    default="accurate",
    show_default=True,
    help="How attributions are found: a small encoder, a CRF, or rules alone.",
)

_ABOUT_ARTICLES = (
    click.option("--url", help="Where the article stands; for one FILE."),
    click.option("--title", help="Its headline; for one FILE."),
    click.option("--publisher", help="Who published it."),
    click.option("--published", metavar="DATE", help="When it was published: 2025-11-18, or with time and offset."),
    click.option("--language", metavar="TAG", help="Its language: en, pt-BR."),
)


def article_options(command: _Command) -> _Command:
    """Give a command the options that say about articles what their files do not."""
    for option in reversed(_ABOUT_ARTICLES):
        command = option(command)
    return command


def about_articles(files: tuple[Path, ...], given: dict[str, str | None]) -> dict[str, str]:
    """Give what was said about the articles; a url or a title can be that of one file only."""
    about = {name: value for name, value in given.items() if value is not None}
    if len(files) > 1 and (single := about.keys() & {"url", "title"}):
        raise click.UsageError(f"--{min(single)} says something about one FILE; {len(files)} were given")
    return about
