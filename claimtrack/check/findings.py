"""The finding of a check, and how one is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

import attrs

from claimtrack.check.facts import Fact
from claimtrack.errors import Finding, Severity
from claimtrack.models import ClaimFigure


@attrs.frozen(slots=True, kw_only=True)
class ClaimFinding(Finding):
    """A finding about claims: with the ids of the claims and the figures it rests on.

    `derived` and `formula` are set where a figure follows from others: 38 from "67 - 29".

    >>> import claimtrack
    >>> text = "Ferry sinks\\n\\nThe ferry carried 60 passengers and eight crew members. There were 70 people aboard."
    >>> article = claimtrack.read_article(text=text)
    >>> finding, = claimtrack.check_claims(claimtrack.extract_claims(article))
    >>> finding.code, [figure.anchor.exact for figure in finding.figures]
    ('sum-mismatch', ['60', 'eight', '70'])
    """

    claims: tuple[str, ...] = ()
    figures: tuple[ClaimFigure, ...] = ()
    derived: Fraction | None = None
    formula: str | None = None


Check = Callable[[Sequence[Fact]], Iterable[ClaimFinding]]


def rests_on(facts: Sequence[Fact]) -> dict[str, object]:
    """Give the fields of a finding that say where it stands."""
    claims = tuple(dict.fromkeys(one.claim.id for one in facts))
    first = facts[0].figure.anchor
    return {"claims": claims, "figures": tuple(one.figure for one in facts), "start": first.start, "end": first.end}


def doubted(facts: Sequence[Fact]) -> Severity:
    """Give the severity: doubt about the event or a hedge lowers it."""
    return "note" if any(one.is_update for one in facts) else "warning"
