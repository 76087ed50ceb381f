"""Sums inside one article: parts of those aboard, and what became of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import attrs

from claimtrack.check.compare import Interval, describe, interval_of, middle_of, shown
from claimtrack.check.facts import Fact, same_event
from claimtrack.check.findings import ClaimFinding, doubted, rests_on

_FATES = ("killed", "survived", "missing")
_SURVIVORS = ("injured", "hospitalised", "unhurt")
_CREW = frozenset(["crew", "crewmen", "pilots", "attendants", "sailors", "drivers"])


@attrs.frozen(slots=True)
class _Group:
    """What one article says of those aboard one vehicle."""

    parts: tuple[Fact, ...]
    total: Fact | None
    fates: dict[str, Fact]
    several: bool

    @property
    def aboard(self) -> tuple[Interval, Fraction, str, tuple[Fact, ...]] | None:
        """How many were aboard: what is allowed, the number, how it is said, and from which facts."""
        if self.total is not None:
            return (
                interval_of(self.total.figure),
                middle_of(self.total.figure),
                shown(middle_of(self.total.figure)),
                (self.total,),
            )
        if len(self.parts) < 2:
            return None
        number = sum((middle_of(one.figure) for one in self.parts), Fraction(0))
        formula = " + ".join(describe(one.figure) for one in self.parts)
        return _sum([interval_of(one.figure) for one in self.parts]), number, formula, self.parts


def find_sum_mismatches(facts: Sequence[Fact]) -> Iterator[ClaimFinding]:
    """Find passengers and crew that do not make the number said to be aboard."""
    for group in _groups(facts):
        if group.total is None or len(group.parts) < 2:
            continue
        summed = _sum([interval_of(one.figure) for one in group.parts])
        if not summed.meets(interval_of(group.total.figure)):
            number = sum((middle_of(one.figure) for one in group.parts), Fraction(0))
            formula = " + ".join(describe(one.figure) for one in group.parts)
            used = (*group.parts, group.total)
            yield ClaimFinding(
                code="sum-mismatch",
                severity=doubted(used),
                message=f"{formula} = {shown(number)} aboard, but {describe(group.total.figure)} are said to be aboard",
                formula=formula,
                derived=number,
                **_at(used),
            )


def find_fate_overruns(facts: Sequence[Fact]) -> Iterator[ClaimFinding]:
    """Find more dead, survivors and missing than were aboard, or more injured than survived."""
    for group in _groups(facts):
        fates = [group.fates[role] for role in _FATES if role in group.fates]
        aboard = group.aboard
        if aboard is not None and fates and not group.several:
            allowed, number, formula, sources = aboard
            summed = _sum([interval_of(one.figure) for one in fates])
            told = " + ".join(f"{describe(one.figure)} {one.role}" for one in fates)
            total = sum((middle_of(one.figure) for one in fates), Fraction(0))
            more = summed.low is not None and allowed.high is not None and summed.low >= allowed.high
            settled = {"killed", "survived"} <= set(group.fates)
            less = settled and summed.high is not None and allowed.low is not None and summed.high <= allowed.low
            if more or less:
                said = "more" if more else "fewer"
                yield ClaimFinding(
                    code="fates-mismatch",
                    severity=doubted((*fates, *sources)),
                    message=f"{told} = {shown(total)}, {said} than the {shown(number)} aboard",
                    formula=f"{formula} against {told}",
                    **_at((*fates, *sources)),
                )
        survived = group.fates.get("survived")
        for role in _SURVIVORS:
            part = group.fates.get(role)
            if survived is None or part is None or group.several:
                continue
            low, high = interval_of(part.figure).low, interval_of(survived.figure).high
            if low is not None and high is not None and low >= high:
                yield ClaimFinding(
                    code="fates-mismatch",
                    severity=doubted((part, survived)),
                    message=f"{describe(part.figure)} {role}, more than the {describe(survived.figure)} who survived",
                    **_at((part, survived)),
                )


def find_derived_figures(facts: Sequence[Fact]) -> Iterator[ClaimFinding]:
    """Find what follows from the figures of one article: 62 + 5 = 67 aboard, 67 - 29 = 38 not among the survivors."""
    for group in _groups(facts):
        aboard = group.aboard
        if aboard is None or group.several:
            continue
        _, number, formula, sources = aboard
        if group.total is None:
            yield ClaimFinding(
                code="figure-derived",
                severity="note",
                message=f"{shown(number)} aboard, derived from {formula}",
                derived=number,
                formula=formula,
                **_at(sources),
            )
        survived, killed = group.fates.get("survived"), group.fates.get("killed")
        for fate, told in ((survived, "not among the survivors"), (killed, "not among the dead")):
            if fate is None or (fate is killed and survived is not None) or not _is_exact((fate, *sources)):
                continue
            rest = number - middle_of(fate.figure)
            if rest > 0:
                yield ClaimFinding(
                    code="figure-derived",
                    severity="note",
                    message=f"{shown(rest)} {told}, derived from {shown(number)} aboard - {describe(fate.figure)}",
                    derived=rest,
                    formula=f"{shown(number)} - {shown(middle_of(fate.figure))}",
                    **_at((*sources, fate)),
                )


def _is_exact(facts: Sequence[Fact]) -> bool:
    return all(one.figure.modifier == "exact" for one in facts)


def _groups(facts: Sequence[Fact]) -> Iterator[_Group]:
    """Give, article by article, those aboard and what became of them."""
    by_article: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.figure.kind == "count" and fact.role and not fact.elsewhere and not fact.headline:
            by_article[fact.article].append(fact)
    for found in by_article.values():
        aboard = [one for one in found if one.role == "aboard" and not one.is_part]
        totals = [one for one in aboard if one.head == "people"]
        parts = _parts([one for one in aboard if one.head != "people"])
        if totals and parts:
            parts = tuple(one for one in parts if same_event(one, totals[0]))
        fates: dict[str, Fact] = {}
        for one in found:
            known = one.head in ("people", "passengers") or (one.head in ("members",) and not aboard)
            if one.role in (*_FATES, *_SURVIVORS) and known and not one.is_part and _fits(one, aboard):
                fates.setdefault(one.role, one)
        several = len({one.figure.value for one in totals}) > 1 or _repeats(aboard)
        yield _Group(parts, totals[0] if totals else None, fates, several)


def _fits(fate: Fact, aboard: Sequence[Fact]) -> bool:
    return all(same_event(fate, one) for one in aboard[:1])


def _parts(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Give the parts of those aboard, each noun once: passengers and crew."""
    by_head: dict[str, Fact] = {}
    for one in facts:
        crew = one.head in _CREW or (one.figure.what or "").lower().startswith("crew")
        if crew or one.head in (
            "passengers",
            "passenger",
            "adults",
            "children",
            "soldiers",
            "tourists",
            "men",
            "women",
        ):
            by_head.setdefault("crew" if crew else one.head, one)
    near = list(by_head.values())
    if len(near) < 2 or len({one.claim.id for one in near}) > 1:
        return tuple(near) if len(near) < 2 else tuple(one for one in near if one.claim.id == near[0].claim.id)
    if "passengers" in by_head and any(one in by_head for one in ("children", "adults", "men", "women")):
        return tuple(by_head[name] for name in ("passengers", "crew") if name in by_head)
    return tuple(near)


def _repeats(facts: Sequence[Fact]) -> bool:
    """Tell whether one noun is counted aboard twice with different numbers: two vehicles, or a contradiction."""
    seen: dict[str, Any] = {}
    return any(seen.setdefault(one.head, one.figure.value) != one.figure.value for one in facts)


def _sum(intervals: Sequence[Interval]) -> Interval:
    """Give the interval of a sum; exact counts add up exactly."""
    lows = [one.low for one in intervals]
    highs = [one.high for one in intervals]
    spare = Fraction(len(intervals) - 1, 2)  # each exact count brings half a step on either side
    exact = not any(one.hedged for one in intervals)
    low = sum((end for end in lows if end is not None), Fraction(0)) if None not in lows else None
    high = sum((end for end in highs if end is not None), Fraction(0)) if None not in highs else None
    if low is not None:
        low += spare if exact else 0
    if high is not None:
        high -= spare if exact else 0
    return Interval(low, high, hedged=not exact)


def _at(facts: Sequence[Fact]) -> dict[str, Any]:
    return rests_on(facts)
