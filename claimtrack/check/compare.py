"""Whether two figures say the same: `compare_figures`."""

from __future__ import annotations

import functools
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import attrs

from claimtrack.data import load_lexicon
from claimtrack.errors import wrong_type
from claimtrack.extract.figures.units import unit_factor
from claimtrack.extract.values import Figure
from claimtrack.models import ClaimFigure

Outcome = Literal["agree", "agree_within_hedge", "differ", "unit_mismatch", "not_comparable"]

_HEDGE = Fraction(1, 10)
"""What "about" and "nearly" allow on a side, as a share of the value: newsrooms round to one or two digits."""


@attrs.frozen(slots=True, kw_only=True)
class Comparison:
    """How two figures stand to each other.

    `difference` is the second minus the first in the first one's unit where they differ; `reason` says why in a
    sentence.

    >>> import claimtrack
    >>> low, high = claimtrack.find_figures("Police said 12 people were killed; the mayor said 19 people were killed.")
    >>> result = claimtrack.compare_figures(low, high)
    >>> result.outcome, int(result.difference), result.reason
    ('differ', 7, '12 people and 19 people differ by 7')
    """

    outcome: Outcome
    reason: str
    difference: Fraction | None = None


@attrs.frozen(slots=True)
class Interval:
    """What a figure allows, in one unit; None is without end. `hedged` where words and not digits widen it."""

    low: Fraction | None
    high: Fraction | None
    hedged: bool

    def meets(self, other: Interval) -> bool:
        """Tell whether the two share more than an end that neither shows: 29 (28.5 to 29.5) and 30 do not."""
        low = max((end for end in (self.low, other.low) if end is not None), default=None)
        high = min((end for end in (self.high, other.high) if end is not None), default=None)
        return low is None or high is None or low < high or (low == high and self.hedged and other.hedged)


def compare_figures(first: Figure | ClaimFigure, second: Figure | ClaimFigure) -> Comparison:
    """Give whether two figures agree, by what they allow: digits shown, hedges, bounds and ranges.

    "4.2 percent" allows 4.15 to 4.25; "about" allows a tenth on either side. Units convert exactly within a kind
    (kilometres and miles); currencies never do.

    >>> from claimtrack.extract import find_figures
    >>> short, exact, long = find_figures("It is about 10 km away; 9.9 km, to be exact; or 25 miles by road.")
    >>> compare_figures(short, exact).outcome
    'agree_within_hedge'
    >>> result = compare_figures(exact, long)
    >>> result.outcome, float(result.difference)
    ('differ', 30.3336)
    >>> print(result.reason)
    9.9 kilometre and 25 mile differ by 30.33 kilometre
    """
    for figure in (first, second):
        if not isinstance(figure, Figure | ClaimFigure):
            raise wrong_type("compare_figures", "figures", figure, hint="find_figures gives them, and claims have them")
    cannot = _not_comparable(first, second)
    if cannot is not None:
        return cannot
    factor = _factor(first.unit, second.unit)
    if factor is None:
        return Comparison(
            outcome="unit_mismatch",
            reason=f"{_unit_name(first)} and {_unit_name(second)} do not convert into each other",
        )
    one, other = interval_of(first), interval_of(second, factor)
    said = f"{describe(first)} and {describe(second)}"
    if one.meets(other):
        if one.hedged or other.hedged:
            return Comparison(outcome="agree_within_hedge", reason=f"{said} agree within what their wording allows")
        return Comparison(outcome="agree", reason=f"{said} agree to the digits shown")
    difference = middle_of(second) * factor - middle_of(first)
    unit = f" {first.unit}" if first.unit else ""
    return Comparison(
        outcome="differ", reason=f"{said} differ by {shown(abs(difference))}{unit}", difference=difference
    )


def interval_of(figure: Figure | ClaimFigure, factor: Fraction = Fraction(1)) -> Interval:
    """Give what a figure allows, times a factor."""
    if figure.value is None:
        low = Fraction(figure.low) * factor if figure.low is not None else None
        high = Fraction(figure.high) * factor if figure.high is not None else None
        return Interval(low, high, hedged=True)
    value = Fraction(figure.value) * factor
    half = Fraction(figure.step) * factor / 2 if figure.step is not None else Fraction(0)
    around = abs(value) * _HEDGE
    whole = isinstance(figure.value, Decimal) and figure.value == int(figure.value)
    step = half if half and not (whole and figure.kind == "count" and figure.step == 1) else Fraction(1, 2) * factor
    beyond = step if whole and figure.kind == "count" else Fraction(0)  # more than 40 people are at least 41
    match figure.modifier:
        case "about":
            return Interval(value - around, value + around, hedged=True)
        case "nearly":
            return Interval(value - around, value, hedged=True)
        case "at_least":
            return Interval(value - half, None, hedged=True)
        case "more_than":
            return Interval(value + beyond, None, hedged=True)
        case "at_most":
            return Interval(None, value + half, hedged=True)
        case "less_than":
            return Interval(None, value - beyond, hedged=True)
    if isinstance(figure.value, Fraction):  # "a third" is seldom exact to the digit
        return Interval(value * Fraction(95, 100), value * Fraction(105, 100), hedged=True)
    return Interval(value - step, value + step, hedged=False)


def middle_of(figure: Figure | ClaimFigure) -> Fraction:
    """Give the value, or the middle of a range."""
    if figure.value is not None:
        return Fraction(figure.value)
    ends = [Fraction(end) for end in (figure.low, figure.high) if end is not None]
    return sum(ends, Fraction(0)) / len(ends)


def head_of(what: str | None) -> str:
    """Give the noun that a count is about, one word for all ways to say people.

    >>> head_of("crew members"), head_of("survivors"), head_of(None)
    ('members', 'people', 'people')
    """
    if what is None:
        return "people"
    head = what.lower().split()[-1]
    return "people" if head in _everybody() else head


@functools.cache
def _everybody() -> frozenset[str]:
    return frozenset(load_lexicon("roles")["everybody"])


def describe(figure: Figure | ClaimFigure) -> str:
    """Give a figure in a few words for a message: `about 10 kilometre`, `62 passengers`."""
    if figure.value is not None:
        number = shown(Fraction(figure.value))
    else:
        number = f"{shown(Fraction(figure.low or 0))} to {shown(Fraction(figure.high or 0))}"
    hedge = "" if figure.modifier in ("exact", "range") else figure.modifier.replace("_", " ") + " "
    return f"{hedge}{number}{' ' + (figure.unit or figure.what or '') if figure.unit or figure.what else ''}"


def shown(number: Fraction) -> str:
    """Give a number for a message, to two decimals at most."""
    if number.denominator == 1:
        return f"{number.numerator:,}"
    return f"{float(number):,.2f}".rstrip("0").rstrip(".")


def _not_comparable(first: Figure | ClaimFigure, second: Figure | ClaimFigure) -> Comparison | None:
    reason = None
    if first.kind != second.kind:
        if {first.kind, second.kind} == {"percent", "percentage_point"}:
            return Comparison(
                outcome="unit_mismatch", reason="a percent of a value and a percentage point are different units"
            )
        reason = f"one is a {first.kind.replace('_', ' ')} and the other a {second.kind.replace('_', ' ')}"
    elif first.role != second.role and first.role and second.role:
        reason = f"one counts the {first.role}, the other the {second.role}"
    elif first.kind in ("count", "ordinal") and head_of(first.what) != head_of(second.what):
        reason = f"one counts {first.what or 'people'}, the other {second.what or 'people'}"
    elif (first.change == "none") != (second.change == "none"):
        reason = "one is a change and the other a level"
    elif first.change != second.change:
        reason = "one is a rise and the other a fall"
    return Comparison(outcome="not_comparable", reason=reason) if reason else None


def _factor(first: str | None, second: str | None) -> Fraction | None:
    """Give what one of the second unit is in the first, or None."""
    if first == second:
        return Fraction(1)
    if first is None or second is None:
        return None
    one, other = unit_factor(first), unit_factor(second)
    if one is None or other is None or one[0] != other[0]:
        return None
    return other[1] / one[1]


def _unit_name(figure: Figure | ClaimFigure) -> str:
    return figure.unit or "a number without a unit"
