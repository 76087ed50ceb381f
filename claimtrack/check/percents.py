"""Percents: parts of a whole, a change against its two levels, a share against its two counts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from claimtrack.check.compare import Interval, describe, interval_of, middle_of, shown
from claimtrack.check.facts import Fact
from claimtrack.check.findings import ClaimFinding, rests_on

_ROUNDING = Fraction(1)
_PARTS = frozenset(["voted_for", "voted_against", "abstained", "undecided", "killed", "survived", "injured", "missing"])
_WHOLE = re.compile(
    r"\b(?:the (?:rest|remaining|remainder)|undecided|did not know|don't know|no opinion|abstain\w*|unsure"
    r"|other parties|spoil\w*|blank)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:more than one|multiple (?:answers|choices)|several answers|both|compared|while in|respectively|up from"
    r"|down from|from \d|last year|year earlier|previous)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"(?:,? or |\(|, which is |, that is |, i\.e\. |, about |, or about |, some )\s*(?:about |nearly |some )?\Z"
)
_FROM = re.compile(r"\bfrom (?:about |nearly |around |some |a |[A-Z]{0,3}[$€£¥])*\Z")
_TO = re.compile(r"\bto (?:about |nearly |around |some |[A-Z]{0,3}[$€£¥])*\Z")


def _claims(facts: Sequence[Fact]) -> Iterator[list[Fact]]:
    by_claim: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_claim[fact.claim.id].append(fact)
    yield from by_claim.values()


def _sentences(facts: Sequence[Fact]) -> Iterator[list[Fact]]:
    """Give the facts of each claim, cut where its statement starts a new sentence."""
    for found in _claims(facts):
        group: list[Fact] = []
        for one in found:
            if group and re.search(r"[.!?;]\s", _text_between(group[-1], one)):
                yield group
                group = []
            group.append(one)
        yield group


def _text_between(first: Fact, second: Fact) -> str:
    gap = second.figure.anchor.start - first.figure.anchor.end
    if 0 <= gap <= 32:
        return first.after[:gap]
    return first.after + second.before


def find_percent_overruns(facts: Sequence[Fact]) -> Iterator[ClaimFinding]:
    """Find parts of one whole that do not make 100 percent."""
    for found in _sentences(facts):
        parts = [
            one
            for one in found
            if one.figure.kind == "percent" and one.figure.change == "none" and one.figure.unit == "percent"
        ]
        if len(parts) < 2:
            continue
        statement = parts[0].claim.statement
        roles = [one.role for one in parts]
        whole = bool(_WHOLE.search(statement)) or (
            len(set(roles)) == len(roles) and all(role in _PARTS for role in roles)
        )
        apart = len({one.figure.what for one in parts if one.figure.what}) > 1
        if not whole or apart or _SEVERAL.search(statement):
            continue
        intervals = [interval_of(one.figure) for one in parts]
        low = sum((one.low for one in intervals if one.low is not None), Fraction(0))
        highs = [one.high for one in intervals if one.high is not None]
        total = sum((middle_of(one.figure) for one in parts), Fraction(0))
        over = low > 100 + _ROUNDING
        bounded = len(highs) == len(parts) and _rest_is_given(parts)
        under = bounded and sum(highs, Fraction(0)) < 100 - _ROUNDING
        if over or under:
            formula = " + ".join(shown(middle_of(one.figure)) for one in parts)
            yield ClaimFinding(
                code="percent-total",
                severity="warning",
                message=f"{formula} = {shown(total)} percent, where the parts should make 100",
                formula=formula,
                derived=total,
                **_at(parts),
            )


def _rest_is_given(parts: Sequence[Fact]) -> bool:
    return any(re.search(r"\bthe (?:remaining|other|remainder,?|rest,?)\s*\Z", one.before) for one in parts)


def find_change_mismatches(facts: Sequence[Fact]) -> Iterator[ClaimFinding]:
    """Find a rise or fall that does not fit the two levels told with it: `up 20% from 100 to 150`."""
    for found in _sentences(facts):
        before = [one for one in found if _FROM.search(one.before) and (one.figure.kind != "percent" or _levels(found))]
        after = [one for one in found if _TO.search(one.before)]
        if len(before) != 1 or len(after) != 1:
            continue
        first, last = before[0], after[0]
        if first is last or (
            first.figure.unit != last.figure.unit and None not in (first.figure.unit, last.figure.unit)
        ):
            continue
        changes = [one for one in found if one not in (first, last) and one.figure.change != "none"]
        start, end = interval_of(first.figure), interval_of(last.figure)
        if None in (start.low, start.high, end.low, end.high) or (start.low or 0) <= 0:
            continue
        for change in changes[:1]:
            if re.search(r"\b(?:and|but|while|whereas)\b|;", _text_between(*sorted((change, first), key=_place))):
                continue
            sign = 1 if change.figure.change == "up" else -1
            real = middle_of(last.figure) - middle_of(first.figure)
            told = interval_of(change.figure)
            if change.figure.kind == "percent" and first.figure.kind != "percent":
                bounds = _percent_bounds(start, end, sign)
                real = real / middle_of(first.figure) * 100
            elif change.figure.unit == first.figure.unit or change.figure.kind == "percentage_point":
                bounds = _difference_bounds(start, end, sign)
            else:
                continue
            if not Interval(*bounds, hedged=True).meets(told):
                direction = "rise" if sign > 0 else "fall"
                unit = " percent" if change.figure.kind == "percent" else ""
                yield ClaimFinding(
                    code="change-mismatch",
                    severity="warning",
                    message=f"a {direction} of {describe(change.figure)} is told, but from {describe(first.figure)} to"
                    f" {describe(last.figure)} is a change of {shown(real)}{unit}",
                    derived=real,
                    **_at((change, first, last)),
                )


def _place(fact: Fact) -> int:
    return fact.figure.anchor.start


def _levels(found: Sequence[Fact]) -> bool:
    return any(one.figure.kind == "percentage_point" for one in found)


def _percent_bounds(start: Interval, end: Interval, sign: int) -> tuple[Fraction, Fraction]:
    assert start.low
    assert start.high
    assert end.low is not None
    assert end.high is not None
    ratios = [(end.low / start.high - 1) * 100 * sign, (end.high / start.low - 1) * 100 * sign]
    return min(ratios) - Fraction(1, 2), max(ratios) + Fraction(1, 2)


def _difference_bounds(start: Interval, end: Interval, sign: int) -> tuple[Fraction, Fraction]:
    assert start.low is not None
    assert start.high is not None
    assert end.low is not None
    assert end.high is not None
    ends = [(end.low - start.high) * sign, (end.high - start.low) * sign]
    return min(ends), max(ends)


def find_share_mismatches(facts: Sequence[Fact]) -> Iterator[ClaimFinding]:
    """Find a percent that is not the share its two counts make: `30 of the 120 houses, or 40 percent`."""
    for found in _sentences(facts):
        for place in range(len(found) - 2):
            part, whole, share = found[place : place + 3]
            if share.figure.kind != "percent" or part.figure.kind != "count" or whole.figure.kind != "count":
                continue
            of = re.fullmatch(
                r"\s*(?:out )?of (?:the |its |a total of |all |some |about )*", _text_between(part, whole)
            )
            said = _SHARE.search(share.before)
            if not of or not said or not middle_of(whole.figure):
                continue
            real = middle_of(part.figure) / middle_of(whole.figure) * 100
            exact = part.figure.modifier == whole.figure.modifier == "exact"
            spare = Fraction(1, 2) if exact else real / 10
            if not Interval(real - spare, real + spare, hedged=True).meets(interval_of(share.figure)):
                yield ClaimFinding(
                    code="share-mismatch",
                    severity="warning",
                    message=f"{describe(part.figure)} of {describe(whole.figure)} is {shown(real)} percent,"
                    f" not {describe(share.figure)}",
                    derived=real,
                    formula=f"{shown(middle_of(part.figure))} / {shown(middle_of(whole.figure))}",
                    **_at((part, whole, share)),
                )


def _at(facts: Sequence[Fact]) -> dict[str, Any]:
    return rests_on(facts)
