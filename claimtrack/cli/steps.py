"""The commands of a claim's life, one for each step: `claimtrack cite`, `decide`, `publish`, ...

They are alike: a claim's id, what the step needs, who and when. So they are made from one table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, get_args

import attrs
import click

from claimtrack.cli.completion import complete_ids
from claimtrack.cli.options import Choice, Where, store_option
from claimtrack.cli.output import guarded, say
from claimtrack.cli.signing import Asked, at_option, by_option, find_signature
from claimtrack.models.vocabulary import ContactOutcome, CorrectionKind, DeclineReason, Stance, Verdict

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


@attrs.frozen(slots=True)
class Step:
    """One command: its action, what it says about itself, an example, and its own arguments and options."""

    action: str
    tells: str
    example: str
    takes: tuple[Decorator, ...] = ()


def _argument(name: str, **more: Any) -> Decorator:
    return click.argument(name, metavar=name.upper() if more.get("required", True) else f"[{name.upper()}]", **more)


def _why(help: str = "The reason.", *, needed: bool = False) -> Decorator:
    return click.option("--why", help=help, **({"cls": Asked} if needed else {}))


def _word(vocabulary: Any) -> click.Choice[str]:
    return Choice(get_args(vocabulary))


_WORDS: Final = (
    click.option("--words", help="The verdict in your own words, as readers see it."),
    click.option("--explanation", help="The reasons, as they are published."),
)

STEPS: Final = (
    Step("triage", "Judge a claim to be worth checking.", "claimtrack triage ID", (_why(),)),
    Step(
        "decline",
        "Decline to check a claim, for a reason.",
        "claimtrack decline ID not_checkable --why 'A forecast.'",
        (_argument("reason", type=_word(DeclineReason)), _why("More about it.")),
    ),
    Step(
        "mark-duplicate",
        "Say that another claim is the same and carries the work.",
        "claimtrack mark-duplicate ID ORIGINAL",
        (_argument("original"), _why()),
    ),
    Step(
        "withdraw",
        "Withdraw a claim that should not have been entered.",
        "claimtrack withdraw ID --why 'A test.'",
        (_why(needed=True),),
    ),
    Step(
        "assign",
        "Assign a claim to a person.",
        "claimtrack assign ID 'Ines Okafor' --due 2025-03-07",
        (_argument("person"), click.option("--due", help="The day, or time, by which it should be done."), _why()),
    ),
    Step(
        "cite",
        "Link evidence with what it says about a claim, or a search that found nothing.",
        "claimtrack cite ID 2025-04-02-rent-index --stance refutes --note 'The index rose.'",
        (
            _argument("evidence", required=False),
            click.option("--stance", type=_word(Stance), help="What it says about the claim."),
            click.option("--search", help="In the place of EVIDENCE: what was looked for in vain, and where."),
            click.option("--note", help="Why."),
            click.option("--set", help="The name of a set of links that count only together."),
        ),
    ),
    Step(
        "contact",
        "Note that somebody was asked, has answered, or gave no answer by the deadline.",
        "claimtrack contact ID 'Dana Ruiz' --due 2025-03-06T17:00+01:00",
        (
            _argument("person"),
            click.option("--outcome", type=_word(ContactOutcome), default="asked", show_default=True),
            click.option("--due", help="The day, or time, by which an answer is asked for."),
            _why("How, and what was said."),
        ),
    ),
    Step("await-response", "Wait for the answer of those who were asked.", "claimtrack await-response ID", (_why(),)),
    Step(
        "decide",
        "Give a verdict in your own words.",
        "claimtrack decide ID false --words Wrong --explanation 'The index rose by 1.1 per cent.'",
        (
            _argument("verdict", type=_word(Verdict)),
            click.option("--words", cls=Asked, help="The verdict in your own words, as readers see it."),
            _WORDS[1],
            click.option("--scale", help="The scale of --value, with its version: herald-5@1."),
            click.option("--value", help="The verdict as a number on the scale."),
            click.option("--best", help="The best number of the scale."),
            click.option("--worst", help="The worst number of the scale."),
            _why("A remark for colleagues."),
        ),
    ),
    Step("submit", "Hand a draft to somebody else for review.", "claimtrack submit ID", (_why("A remark."),)),
    Step(
        "send-back",
        "Send a check back to its author.",
        "claimtrack send-back ID --why 'Which index?'",
        (_why(needed=True),),
    ),
    Step("approve", "Approve a check that somebody else wrote.", "claimtrack approve ID", (_why("A remark."),)),
    Step(
        "publish",
        "Say that an approved check was published, and where.",
        "claimtrack publish ID --url https://check.example/rents",
        (
            click.option("--url", help="Where it is published; may be left out when it is published there again."),
            click.option("--publisher", help="Who publishes it."),
            click.option("--waiver", help="Why, though evidence has no archived copy."),
            click.option("--review-on", help="The day on which to look at it again."),
            _why("A remark."),
        ),
    ),
    Step(
        "correct",
        "Correct a published check: a typo or clarification at once, an update or correction by checking again.",
        "claimtrack correct ID typo --why 'The minister is called Ruiz, not Reiz.'",
        (
            _argument("kind", type=_word(CorrectionKind)),
            _why("The note that readers see: what was wrong, and since when.", needed=True),
            *_WORDS,
        ),
    ),
    Step(
        "confirm",
        "Say that a published check was looked at again and stands.",
        "claimtrack confirm ID --review-on 2026-03-04",
        (click.option("--review-on", help="The next day on which to look at it."), _why()),
    ),
    Step(
        "supersede",
        "Say that another claim's check takes the place of a published one.",
        "claimtrack supersede ID SUCCESSOR",
        (_argument("successor"), _why()),
    ),
    Step(
        "retract",
        "Take a published check back; its text stays.",
        "claimtrack retract ID --why 'The index was withdrawn.'",
        (_why(needed=True),),
    ),
    Step(
        "reopen",
        "Take up a claim again that was declined, withdrawn or a duplicate.",
        "claimtrack reopen ID --why 'It was said again.'",
        (_why(needed=True),),
    ),
    Step("note", "Add a note to a claim's history.", "claimtrack note ID 'Called the ministry.'", (_argument("text"),)),
)
"""The steps in the order of a claim's life."""


def make_command(step: Step) -> click.Command:
    """Give the command for a step."""

    def take(claim_id: str, store_path: Where, by: str | None, at: str | None, **given: Any) -> None:
        _take(step.action.replace("-", "_"), claim_id, store_path, find_signature(by), at, given)

    run: Callable[..., Any] = guarded(take)
    claim_id = click.argument("claim_id", metavar="ID", shell_complete=complete_ids)
    decorators: tuple[Decorator, ...] = (at_option, by_option, store_option, *reversed(step.takes), claim_id)
    for decorate in decorators:
        run = decorate(run)
    help = f"{step.tells}\n\n\b\nExample:\n  {step.example} --store newsroom"
    return click.command(step.action, help=help)(run)


def _take(action: str, claim_id: str, where: Where, who: Any, at: str | None, given: dict[str, Any]) -> None:
    from claimtrack import track
    from claimtrack.models import Rating
    from claimtrack.report.terminal import safe
    from claimtrack.store import Store

    store = Store.open(where, create=False)
    before = store.claim(claim_id)
    if given.get("evidence") is not None:
        store.evidence(given["evidence"])  # a slip in an id is better told now than found by `claimtrack validate`
    more = {name: value for name, value in given.items() if value is not None}
    scale = {name: more.pop(name) for name in ("scale", "value", "best", "worst") if name in more}
    if action == "decide" and scale:
        more["rating"] = Rating(**scale)
    details = [
        more.pop(name)
        for name in ("reason", "original", "person", "verdict", "kind", "successor", "text")
        if name in more
    ]
    claim = store.update(before, getattr(track, action), *details, by=who.name, at=at, **more)
    moved = f"{before.workflow} → {claim.workflow}" if before.workflow != claim.workflow else claim.workflow
    verdict = f", verdict {claim.verdict}" if claim.verdict is not None else ""
    shown = f", {claim.publication}" if claim.publication != "unpublished" else ""
    click.echo(safe(f"{claim.id}: {moved}{verdict}{shown}; {action.replace('_', ' ')} by {who.name}"))
    if who.found:
        say(f"signed {who.name}, {who.found}; --by gives another name")
