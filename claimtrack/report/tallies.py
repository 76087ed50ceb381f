"""How many claims there are of each sort, every count with the number it is out of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import attrs

from claimtrack.models import Claim
from claimtrack.report.cards import COLOURS, colour_of, sign_of, voice_of, words
from claimtrack.track import Waiting

STEPS = ("triage", "assign", "research", "answer", "submit", "approve", "publish", "review")
STANDS = {"holds": "✓ holds", "mixed": "◐ partly", "fails": "✗ fails", "open": "? open", "none": "– not rated"}


@attrs.frozen(slots=True, kw_only=True)
class VerdictCount:
    """How many claims have a verdict."""

    verdict: str
    sign: str
    colour: str
    count: int


@attrs.frozen(slots=True, kw_only=True)
class SpeakerCount:
    """How many claims a speaker makes, and how many of them hold, fail or are not rated."""

    name: str
    claims: int
    stands: dict[str, int]

    @property
    def rated(self) -> int:
        """How many of them have a verdict."""
        return self.claims - self.stands.get("none", 0)


@attrs.frozen(slots=True, kw_only=True)
class StepCount:
    """How many claims wait for a step, and for how many of them it should be done by now."""

    step: str
    waits: int
    overdue: int


def count_verdicts(claims: Iterable[Claim]) -> tuple[VerdictCount, ...]:
    """Give the verdicts that claims have, in the order from what holds to what is open; what is not rated has none."""
    counts: Counter[str] = Counter(claim.verdict for claim in claims if claim.verdict is not None)
    order = [*COLOURS, *sorted(set(counts) - set(COLOURS))]
    return tuple(
        VerdictCount(verdict=words(one), sign=sign_of(one), colour=colour_of(one), count=counts[one])
        for one in order
        if counts[one]
    )


def count_speakers(claims: Iterable[Claim]) -> tuple[SpeakerCount, ...]:
    """Give the speakers of claims, those with the most claims first; a claim of two speakers counts for both."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in claims:
        for name in dict.fromkeys(map(voice_of, claim.speakers)):
            found[name][colour_of(claim.verdict)] += 1
    counts = (
        SpeakerCount(name=name, claims=sum(stands.values()), stands={one: stands[one] for one in STANDS})
        for name, stands in found.items()
    )
    return tuple(sorted(counts, key=lambda one: (-one.claims, one.name)))


def count_steps(waiting: Sequence[Waiting]) -> tuple[StepCount, ...]:
    """Give the steps that claims wait for, in the order of a claim's life."""
    waits: Counter[str] = Counter(one.step for one in waiting)
    overdue: Counter[str] = Counter(one.step for one in waiting if one.overdue)
    return tuple(StepCount(step=step, waits=waits[step], overdue=overdue[step]) for step in STEPS if waits[step])
