"""One figure in several articles: what each of them says of a death toll, and where they contradict each other."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations

import attrs

from claimtrack.check.compare import interval_of, middle_of
from claimtrack.check.contradictions import ONE_NUMBER, find_contradictions
from claimtrack.check.facts import Fact, find_facts, same_event, same_thing
from claimtrack.models import Article, Claim
from claimtrack.report.cards import words
from claimtrack.report.terminal import figure_line, speakers_line

_NEAR_DAYS = 30
_NEAREST = 50
_ROWS = 40


@attrs.frozen(slots=True, kw_only=True)
class Report:
    """What one article says of a figure; `low` and `high` are its bounds, None where it names no end."""

    number: int
    claim: Claim
    day: str
    told: str
    value: Fraction
    low: Fraction | None
    high: Fraction | None
    is_rough: bool
    """Whether its words leave room: about, at least, a range."""
    contradicts: tuple[int, ...] = ()

    @property
    def who(self) -> str:
        """Who says it."""
        return speakers_line(self.claim)


@attrs.frozen(slots=True, kw_only=True)
class Timeline:
    """A figure as several articles report it, in the order of their days."""

    role: str
    names: tuple[str, ...]
    reports: tuple[Report, ...]
    more: int
    """How many reports beyond those are left out."""
    articles: int
    contradictions: int
    """How many pairs of reports contradict each other."""

    @property
    def title(self) -> str:
        """What is counted, and the names that the reports share."""
        counted = words(self.role).capitalize()
        return f"{counted}: {', '.join(self.names)}" if self.names else counted


def find_timelines(claims: Iterable[Claim], articles: Iterable[Article]) -> tuple[Timeline, ...]:
    """Give the figures that two articles or more report near in time, those of the most articles first.

    Two figures are of one thing as the checks see it: same role and noun, neither a part of the other, and claims that
    share names and no date or place that speaks against one event.
    """
    facts = [fact for fact in find_facts(claims, articles) if _is_of_an_event(fact)]
    groups = (group for group in _joined(facts) if len({fact.article for fact in group}) > 1)
    timelines = [_timeline(group) for group in groups]
    return tuple(sorted(timelines, key=lambda one: (-one.articles, -len(one.reports), one.title)))


def _is_of_an_event(fact: Fact) -> bool:
    figure = fact.figure
    return (
        figure.kind == "count"
        and figure.role in ONE_NUMBER
        and bool(fact.article)
        and not (fact.headline or fact.is_part or fact.elsewhere)
    )


def _joined(facts: Sequence[Fact]) -> Iterator[list[Fact]]:
    """Go through the facts that belong together, one list for each event and thing.

    Only facts that share an article or a name can be of one event, so each is held to the last few of those.
    """
    ordered = sorted(facts, key=lambda fact: fact.day or "")
    leader = list(range(len(ordered)))

    def lead(place: int) -> int:
        while leader[place] != place:
            leader[place] = place = leader[leader[place]]
        return place

    lately: dict[tuple[str, ...], deque[int]] = defaultdict(lambda: deque(maxlen=_NEAREST))
    for place, fact in enumerate(ordered):
        thing = (fact.role or "", fact.head)
        keys = [(*thing, "article", fact.article), *((*thing, "name", name) for name in sorted(fact.names))]
        for other in {other for key in keys for other in lately[key]}:
            if lead(other) != lead(place) and _belong_together(ordered[other], fact):
                leader[lead(place)] = lead(other)
        for key in keys:
            lately[key].append(place)
    groups: dict[int, list[Fact]] = defaultdict(list)
    for place, fact in enumerate(ordered):
        groups[lead(place)].append(fact)
    yield from groups.values()


def _belong_together(first: Fact, second: Fact) -> bool:
    return _is_near(first, second) and same_thing(first, second) and same_event(first, second)


def _is_near(first: Fact, second: Fact) -> bool:
    if first.article == second.article:
        return True
    if first.day is None or second.day is None:
        return False
    between = datetime.date.fromisoformat(first.day) - datetime.date.fromisoformat(second.day)
    return abs(between.days) <= _NEAR_DAYS


def _timeline(group: Sequence[Fact]) -> Timeline:
    once = {(fact.article, figure_line(fact.figure), fact.speaker): fact for fact in reversed(group)}
    told = sorted(once.values(), key=lambda fact: (fact.day or "", fact.article, fact.figure.anchor.start))
    shown = told[:_ROWS]
    against: dict[int, list[int]] = defaultdict(list)
    for (one, first), (other, second) in combinations(enumerate(shown, 1), 2):
        if any(finding.code == "figure-contradiction" for finding in find_contradictions((first, second))):
            against[one].append(other)
            against[other].append(one)
    in_articles: Counter[str] = Counter()
    for names in {fact.article: fact.names for fact in told}.values():
        in_articles.update(names)
    words_of_all = " ".join(fact.claim.statement for fact in told)
    common = sorted(
        (name for name in in_articles if in_articles[name] > 1),
        key=lambda name: (-in_articles[name], words_of_all.find(name)),
    )
    return Timeline(
        role=group[0].role or "",
        names=tuple(common[:3]),
        reports=tuple(_report(number, fact, against[number]) for number, fact in enumerate(shown, 1)),
        more=len(told) - len(shown),
        articles=len({fact.article for fact in told}),
        contradictions=sum(map(len, against.values())) // 2,
    )


def _report(number: int, fact: Fact, against: Sequence[int]) -> Report:
    allowed = interval_of(fact.figure)
    return Report(
        number=number,
        claim=fact.claim,
        day=fact.day or "",
        told=figure_line(fact.figure),
        value=middle_of(fact.figure),
        low=allowed.low,
        high=allowed.high,
        is_rough=allowed.hedged,
        contradicts=tuple(against),
    )
