"""`claimtrack speakers`: who speaks in a store, who could be the same, and what people decide about it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, get_args

import click

from claimtrack.cli.options import Choice, Where, a_store_option, store_option
from claimtrack.cli.output import DONE, FINDINGS, console, guarded, leave, say, say_findings
from claimtrack.models.vocabulary import SpeakerKind

if TYPE_CHECKING:
    from claimtrack.models import SpeakerRole
    from claimtrack.store import Store
    from claimtrack.store.registry import SpeakerMatch

_by_option = click.option(
    "--by", envvar="CLAIMTRACK_BY", required=True, show_envvar=True, help="Who decides: your name or address."
)
_why_option = click.option("--why", help="The reason, kept with the decision.")


@click.group("speakers", invoke_without_command=True)
@a_store_option(help="The folder that holds the documents.")
@click.option("--all", "everybody", is_flag=True, help="List nameless sources and bare descriptions, too.")
@click.pass_context
@guarded
def command(context: click.Context, store_path: Where | None, everybody: bool) -> None:
    """List who speaks in a store, and decide who is the same as whom. Nothing is merged by itself.

    \b
    Examples:
      claimtrack speakers --store newsroom
      claimtrack speakers suggest --store newsroom
      claimtrack speakers confirm "M. Holt" "Mira Holt" --by ana --store newsroom
    """
    if context.invoked_subcommand is not None:
        return
    if store_path is None:
        raise click.UsageError("Missing option '--store' (env var: 'CLAIMTRACK_STORE').")
    from claimtrack.report import speakers_table

    found = _open(store_path).registry.find_speakers()
    shown = [one for one in found if everybody or one.id is not None or not one.is_described]
    console().print(speakers_table(shown))
    if len(shown) < len(found):
        say(f"{len(found) - len(shown)} without a name left out; --all shows them")
    say_findings(found.findings)
    leave(FINDINGS if found.findings else DONE)


@command.command("suggest")
@store_option
@click.option("--min-score", type=click.FloatRange(0, 1), default=0.5, show_default=True, help="From 0 to 1.")
@click.option("--speaker", help="Only those that this name, or part of one, stands in.")
@click.option(
    "--format",
    "form",
    type=Choice(["table", "jsonl"]),
    default="table",
    show_default=True,
    help="A table for people, or one suggestion a line.",
)
@guarded
def suggest(store_path: Where, min_score: float, speaker: str | None, form: str) -> None:
    """List names that could be one speaker, likeliest first, each with the reason.

    \b
    Examples:
      claimtrack speakers suggest --store newsroom
      claimtrack speakers suggest --store newsroom --speaker Holt --min-score 0.8
    """
    from claimtrack.report import matches_table

    found = _open(store_path).registry.find_matches(speaker=speaker, min_score=min_score)
    if form == "jsonl":
        for match in found:
            click.echo(json.dumps(_as_json(match), ensure_ascii=False))
    elif found:
        console().print(matches_table(found))
    else:
        say("no names that could be one speaker")
    say_findings(found.findings)
    leave(FINDINGS if found.findings else DONE)


@command.command("show")
@click.argument("speaker", metavar="NAME")
@store_option
@guarded
def show(speaker: str, store_path: Where) -> None:
    """Show a speaker, by a name or the id of a record: all names, roles, and who decided what.

    \b
    Example:
      claimtrack speakers show "Mira Holt" --store newsroom
    """
    from claimtrack.errors import NotFoundError
    from claimtrack.report import speaker_card
    from claimtrack.store.registry import name_key

    store = _open(store_path)
    found = store.registry.find_speakers()
    asked = [one for one in found if speaker in one.records or name_key(speaker) in one.keys]
    if not asked:
        raise NotFoundError(f"nobody here is called {speaker[:80]!r}; `claimtrack speakers` lists the names")
    for one in asked:
        console().print(speaker_card(one, [store.speaker(id) for id in one.records]))
    say_findings(found.findings)
    leave(FINDINGS if found.findings else DONE)


@command.command("add")
@click.argument("name", metavar="NAME")
@store_option
@click.option("--kind", type=Choice(get_args(SpeakerKind)), default="person", show_default=True)
@click.option("--alias", "aliases", multiple=True, help="Another name; may be given several times.")
@click.option("--role", "roles", multiple=True, help="ROLE, ROLE=SINCE.. or ROLE=SINCE..UNTIL; several times.")
@click.option("--identifier", "identifiers", multiple=True, help="SCHEME=VALUE, such as wikidata=Q42; several times.")
@click.option("--note", help="Anything else worth knowing.")
@guarded
def add(
    name: str,
    store_path: Where,
    kind: SpeakerKind,
    aliases: tuple[str, ...],
    roles: tuple[str, ...],
    identifiers: tuple[str, ...],
    note: str | None,
) -> None:
    """Make a record for a speaker, and print its id.

    \b
    Example:
      claimtrack speakers add "Mira Holt" --role "harbour master=2019-05-01.." --store newsroom
    """
    from claimtrack.models import Identifier

    parted = (one.partition("=") for one in identifiers)
    record = _open(store_path).registry.add(
        name,
        kind=kind,
        aliases=aliases,
        roles=[_role(written) for written in roles],
        identifiers=[
            Identifier(scheme="?", value="?").replace(scheme=scheme, value=value) for scheme, _, value in parted
        ],
        note=note,
    )
    click.echo(record.id)


@command.command("confirm")
@click.argument("one", metavar="NAME")
@click.argument("other", metavar="NAME")
@store_option
@_by_option
@_why_option
@click.option("--since", help="Only in claims from this day on: a role passes on.")
@click.option("--until", help="Only in claims up to this day.")
@guarded
def confirm(one: str, other: str, store_path: Where, **decision: str | None) -> None:
    """Say that two names, or records, are one speaker. `undo` takes it back.

    \b
    Examples:
      claimtrack speakers confirm "M. Holt" "Mira Holt" --by ana --store newsroom
      claimtrack speakers confirm "the harbour master" mira-holt --since 2019-05-01 --by ana --store newsroom
    """
    by = decision.pop("by") or ""
    record = _open(store_path).registry.confirm(one, other, by=by, **decision)
    say(f"{one} and {other} are one speaker now: {record.id}")


@command.command("reject")
@click.argument("one", metavar="NAME")
@click.argument("other", metavar="NAME")
@store_option
@_by_option
@_why_option
@guarded
def reject(one: str, other: str, store_path: Where, by: str, why: str | None) -> None:
    """Say that two names, or records, are different speakers: they are not suggested again.

    \b
    Example:
      claimtrack speakers reject "Ana Silva" "Anna Silva" --by ana --store newsroom
    """
    record = _open(store_path).registry.reject(one, other, by=by, why=why)
    say(f"{one} and {other} are told apart now: {record.id}")


@command.command("undo")
@click.argument("one", metavar="NAME")
@click.argument("other", metavar="NAME")
@store_option
@guarded
def undo(one: str, other: str, store_path: Where) -> None:
    """Take back what was confirmed or rejected about two names or records: what was one is two again.

    \b
    Example:
      claimtrack speakers undo "M. Holt" mira-holt --store newsroom
    """
    records = _open(store_path).registry.undo(one, other)
    say(f"nothing is decided about {one} and {other} any more: {', '.join(record.id for record in records)}")


def _open(path: Where) -> Store:
    from claimtrack.store import Store

    return Store.open(path, create=False)


def _as_json(match: SpeakerMatch) -> dict[str, Any]:
    sides = zip(match.names, (match.one, match.other), strict=True)
    one, other = ({"name": name, "id": speaker.id, "claims": speaker.claims} for name, speaker in sides)
    days = {"since": match.since, "until": match.until}
    return {"score": match.score, "rule": match.rule, "reason": match.reason, "one": one, "other": other} | days


def _role(written: str) -> SpeakerRole:
    from claimtrack.models import SpeakerRole

    role, _, days = written.partition("=")
    since, _, until = days.partition("..")
    return SpeakerRole(role="?").replace(role=role, since=since or None, until=until or None)
