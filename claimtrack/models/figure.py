"""Figures and dates as claims hold them: the finding values of `extract`, with anchors."""

from __future__ import annotations

from typing import ClassVar

from claimtrack.models.anchor import Anchor
from claimtrack.models.base import Value
from claimtrack.models.exact import Exact
from claimtrack.models.rules import Rule, days_exist, has_value_or_bounds, low_not_above_high, start_not_after_end
from claimtrack.models.strings import Day, Line
from claimtrack.models.vocabulary import Change, FigureKind, Granularity, Modifier


class ClaimFigure(Value):
    """A number in a claim, exact."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(has_value_or_bounds, ("value", "low", "high")),
        Rule(low_not_above_high, ("low", "high")),
    )

    anchor: Anchor
    """Where the figure stands in the article."""
    kind: FigureKind
    """What sort of number it is."""
    value: Exact | None = None
    """The number, as a decimal string ("3.40") or a fraction ("1/3")."""
    low: Exact | None = None
    """The lower end of a range."""
    high: Exact | None = None
    """The upper end of a range."""
    step: Exact | None = None
    """The precision shown: $1.2bn has step 100000000."""
    unit: Line | None = None
    """The unit: a currency code, "percent", "kilometre", ..."""
    what: Line | None = None
    """What is counted, as the text says it."""
    role: Line | None = None
    """The part that the counted play in an event: aboard, killed, injured, survived, missing, ..."""
    modifier: Modifier = "exact"
    """How exact the article says the number is."""
    change: Change = "none"
    """Whether the number is a rise or a fall."""


class ClaimDate(Value):
    """A date expression in a claim, and the days it means where that is known."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(days_exist, ("start", "end")),
        Rule(start_not_after_end, ("start", "end")),
    )

    anchor: Anchor
    """Where the expression stands in the article."""
    start: Day | None = None
    """The first day it means."""
    end: Day | None = None
    """The last day it means (inclusive)."""
    granularity: Granularity
    """How fine the expression is."""
