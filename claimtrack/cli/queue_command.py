"""`claimtrack queue`: show what waits for whom."""

from __future__ import annotations

import json

import click

from claimtrack.cli.options import Choice, Where, store_option
from claimtrack.cli.output import DONE, FINDINGS, console, guarded, leave, say, say_findings
from claimtrack.cli.signing import at_option


@click.command("queue")
@store_option
@click.option("--for", "person", metavar="NAME", help="What a person can do next, and may.")
@click.option("--overdue", is_flag=True, help="Only what should be done by now.")
@click.option("--all", "everything", is_flag=True, help="Candidates too, which wait for somebody to look at them.")
@at_option
@click.option("--format", "form", type=Choice(["table", "jsonl"]), default="table", show_default=True)
@guarded
def command(store_path: Where, person: str | None, overdue: bool, everything: bool, at: str | None, form: str) -> None:
    """Show what waits for whom, and what is overdue; the most urgent first.

    \b
    Examples:
      claimtrack queue --store newsroom
      claimtrack queue --store newsroom --for 'Ines Okafor'
      claimtrack queue --store newsroom --overdue
    """
    from claimtrack.report import queue_table
    from claimtrack.store import Store
    from claimtrack.store.store import now
    from claimtrack.track import find_waiting

    claims = Store.open(store_path, create=False).claims()
    candidates = 0
    found = []
    for one in find_waiting(claims, at=at or now()):
        candidates += one.step == "triage"
        if (one.step == "triage" and not everything) or (overdue and not one.overdue):
            continue
        if person is None or one.is_for(person):
            found.append(one)
    found.sort(key=lambda one: (not one.overdue, one.due or "9", one.claim.id))
    if form == "jsonl":
        for one in found:
            told = {"claim": one.claim.id, "step": one.step, "person": one.person, "due": one.due}
            click.echo(json.dumps(told | {"overdue": one.overdue}, ensure_ascii=False))
    else:
        console().print(queue_table(found))
    if candidates and not everything:
        waiting = "1 candidate waits" if candidates == 1 else f"{candidates} candidates wait"
        say(f"{waiting} for triage; --all lists them")
    say_findings(claims.findings)
    leave(FINDINGS if claims.findings else DONE)
