"""Two figures for the same thing: between speakers, between articles, between a headline and its body."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from claimtrack.check.compare import compare_figures, describe, interval_of, middle_of
from claimtrack.check.facts import Fact, same_event, same_thing
from claimtrack.check.findings import ClaimFinding, rests_on
from claimtrack.data import load_lexicon

_GROWING = frozenset(load_lexicon("roles")["growing"])
ONE_NUMBER = _GROWING | {"aboard", "survived", "trapped", "kidnapped", "unhurt"}
"""What an event has one number of; votes, seats or tests it may have many."""
_HIDING = frozenset(["at_most", "less_than"])


def find_contradictions(facts: Sequence[Fact]) -> Iterator[ClaimFinding]:
    """Find two numbers for one thing, in one article or in several; a growing toll in a later article is an update."""
    by_thing: dict[tuple[str, str | None, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.role in ONE_NUMBER and fact.figure.kind == "count" and not fact.headline:
            by_thing[fact.figure.kind, fact.role, fact.head].append(fact)
    for found in by_thing.values():
        told: set[tuple[Any, Any]] = set()
        for place, second in enumerate(found):
            for first in found[max(0, place - 50) : place]:
                key = (first.figure.value, second.figure.value)
                if key not in told and same_thing(first, second) and same_event(first, second):
                    finding = _conflict(first, second)
                    if finding is not None:
                        told |= {key, key[::-1]}
                        yield finding


def _conflict(first: Fact, second: Fact) -> ClaimFinding | None:
    result = compare_figures(first.figure, second.figure)
    if result.outcome != "differ":
        return None
    one, other = _told(first), _told(second)
    if first.article != second.article and (first.day or "") > (second.day or ""):
        first, second, one, other = second, first, other, one
    later = first.article != second.article and (first.day or "") < (second.day or "")
    grows = middle_of(second.figure) > middle_of(first.figure) and second.role in _GROWING
    if (later and grows) or first.is_update or second.is_update:
        return ClaimFinding(
            code="figure-updated",
            severity="note",
            message=f"{one}, then {other}: a number that was brought up to date",
            **_at((first, second)),
        )
    unsure = first.article != second.article or first.speaker == second.speaker
    return ClaimFinding(
        code="figure-contradiction",
        severity="warning",
        message=f"{one}, but {other}"
        + (" (if it is the same event)" if unsure and first.article != second.article else ""),
        **_at((first, second)),
    )


def _told(fact: Fact) -> str:
    who = f"{fact.speaker}: " if fact.speaker else ""
    return f"{who}{describe(fact.figure)} {(fact.role or '').replace('_', ' ')}".strip()


def find_headline_overstatements(facts: Sequence[Fact]) -> Iterator[ClaimFinding]:
    """Find a headline whose number the body does not bear out, or gives only as a limit (`up to 400`)."""
    bodies: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if not fact.headline:
            bodies[fact.article].append(fact)
    for head in facts:
        if not head.headline or head.figure.kind in ("ordinal", "age"):
            continue
        body = [one for one in bodies[head.article] if _same_subject(head, one)]
        if not body:
            continue
        results = [(one, compare_figures(head.figure, one.figure)) for one in body]
        agreeing = [one for one, result in results if result.outcome in ("agree", "agree_within_hedge")]
        if not agreeing:
            over = [one for one, result in results if result.outcome == "differ"]
            more = bool(over) and all(_says_more(head, one) for one in over)
            if over and more and (head.role or head.figure.kind != "count" or len(over) == 1):
                yield _overstated(head, over[0])
        elif head.figure.modifier == "exact" and all(one.figure.modifier in _HIDING for one in agreeing):
            yield _overstated(head, agreeing[0])


def _says_more(head: Fact, body: Fact) -> bool:
    low, high = interval_of(head.figure).low, interval_of(body.figure).high
    return low is None or high is None or low >= high


def _same_subject(head: Fact, body: Fact) -> bool:
    one, other = head.figure, body.figure
    if one.kind != other.kind or body.elsewhere or body.is_part or one.unit != other.unit or one.change != other.change:
        return False
    if one.kind != "count":
        return True
    if one.role and other.role:
        return one.role == other.role and (head.head == body.head or "people" in (head.head, body.head))
    return one.what is not None and head.head == body.head and one.role == other.role


def _overstated(head: Fact, body: Fact) -> ClaimFinding:
    return ClaimFinding(
        code="headline-overstates",
        severity="note" if body.is_update else "warning",
        message=f"the headline says {describe(head.figure)}, the body {describe(body.figure)}",
        **_at((head, body)),
    )


def _at(facts: Sequence[Fact]) -> dict[str, Any]:
    return rests_on(facts)
