"""A figure of a claim with what decides whether another is about the same thing: event, thing, role, place, date."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterable, Sequence

import attrs

from claimtrack.check.compare import head_of
from claimtrack.data import load_lexicon
from claimtrack.models import Article, Claim, ClaimFigure

_PLACE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Oo]ff|[Ff]rom) (?:the |(?:north|south|east|west)\w* |central |city of )*"
    r"((?:[A-Z][\w’'-]+)(?: [A-Z][\w’'-]+)*)"
)
_NAME = re.compile(r"\b[A-Z][\w’'-]{2,}")
_NOT_PLACES = frozenset(
    word.capitalize() for name in ("weekdays", "months") for word in load_lexicon("words")[name]
) | {"Christmas", "Easter"}
_OTHER_EVENT = re.compile(
    r"\b(?:since|another|separate|separately|previous|previously|similar|elsewhere|worst|compared|anniversary|recalled"
    r"|earlier (?:crash|accident|attack|fire|quake|flood|storm)|(?:years?|decades?|months?) ago"
    r"|in a (?:second|different)"
    r"|last (?:year|month|season|summer|winter|spring|autumn))\b",
    re.IGNORECASE,
)
_SUBSET = re.compile(
    r"\b(?:including|among them|of them|of whom|of the|of those|of (?:the |those )?[\w,]+(?: \w+)?,|some of|one of"
    r"|the first|the other|another|a further|other)\s*\Z",
    re.IGNORECASE,
)
_SUBSET_AFTER = re.compile(
    r"\A\s*(?:of (?:the|them|those|whom|these)"
    r"|(?:were|are|was) (?:\w+ )?(?:children|women|men|minors|civilians|soldiers|girls|boys)"
    r"|more\b|others?\b|additional\b|further\b)",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"\b(?:now|revised|updated|corrected|rose to|risen to|rises to|climbed to|raised|initial\w*|at first|previously"
    r"|earlier (?:report|count|figure|toll|estimate)\w*|earlier said|earlier put|had put|had said|up from|preliminary"
    r"|so far|new toll|latest|later said|then put)\b",
    re.IGNORECASE,
)


@attrs.frozen(slots=True)
class Fact:
    """One figure in one claim."""

    figure: ClaimFigure
    claim: Claim
    headline: bool
    day: str | None

    @property
    def article(self) -> str:
        """The article it stands in."""
        return self.claim.article_id or ""

    @functools.cached_property
    def head(self) -> str:
        """What is counted, one word for all ways to say people."""
        return head_of(self.figure.what)

    @property
    def role(self) -> str | None:
        """The part that the counted play."""
        return self.figure.role

    @property
    def before(self) -> str:
        """A few words before the figure."""
        return self.figure.anchor.prefix or ""

    @property
    def after(self) -> str:
        """A few words after the figure."""
        return self.figure.anchor.suffix or ""

    @property
    def speaker(self) -> str | None:
        """Who says it."""
        one = self.claim.speaker
        return (one.name or one.role) if one is not None else None

    @functools.cached_property
    def is_part(self) -> bool:
        """Whether it counts only some of a group: `including 12`, `21 of the survivors`, `three more`."""
        return bool(_SUBSET.search(self.before) or _SUBSET_AFTER.match(self.after))

    @functools.cached_property
    def is_update(self) -> bool:
        """Whether the words around it say that a number was replaced."""
        return bool(_UPDATED.search(self.claim.statement))

    @functools.cached_property
    def elsewhere(self) -> bool:
        """Whether the claim looks at another event: an old date, `since`, `compared with`."""
        if _OTHER_EVENT.search(self.claim.statement):
            return True
        return self.day is not None and any(
            date.end is not None and date.end < _days_before(self.day, 45) for date in self.claim.dates
        )

    @functools.cached_property
    def places(self) -> frozenset[str]:
        """The places that the claim names."""
        found = (match[1] for match in _PLACE.finditer(self.claim.statement))
        return frozenset(one for one in found if one.split()[0] not in _NOT_PLACES)

    @functools.cached_property
    def names(self) -> frozenset[str]:
        """The names in the claim: what two reports of one event share."""
        return frozenset(_NAME.findall(self.claim.statement)) - _NOT_PLACES - {"The", "There", "But", "And", "About"}

    @functools.cached_property
    def days(self) -> tuple[tuple[str, str], ...]:
        """The days that the claim names."""
        return tuple((one.start, one.end) for one in self.claim.dates if one.start and one.end)


def _days_before(day: str, count: int) -> str:
    return (datetime.date.fromisoformat(day[:10]) - datetime.timedelta(count)).isoformat()


def find_facts(claims: Iterable[Claim], articles: Iterable[Article]) -> tuple[Fact, ...]:
    """Give the figures of the claims in their order, each place in a text once."""
    known = {article.id: article for article in articles}
    seen: set[tuple[str | None, int]] = set()
    facts = []
    for claim in claims:
        article = known.get(claim.article_id or "")
        day = article.published[:10] if article and article.published else _day_in(claim.article_id or claim.id)
        title_end = _title_end(article)
        for figure in claim.figures:
            if (claim.article_id, figure.anchor.start) not in seen:
                seen.add((claim.article_id, figure.anchor.start))
                facts.append(Fact(figure, claim, figure.anchor.start < title_end, day))
    return tuple(facts)


def _title_end(article: Article | None) -> int:
    if article is None or not article.title:
        return 0
    place = article.text.find(article.title)
    return place + len(article.title) if 0 <= place < 200 else 0


def _day_in(identifier: str) -> str | None:
    day = identifier[:10]
    try:
        return datetime.date.fromisoformat(day).isoformat()
    except ValueError:
        return None


def same_event(first: Fact, second: Fact) -> bool:
    """Tell whether two facts may be about one event: in one article unless something speaks against it."""
    if first.elsewhere != second.elsewhere:
        return False
    if first.elsewhere and second.elsewhere:
        return False  # two other events are seldom one
    if first.places and second.places and not first.places & second.places:
        return False
    if first.days and second.days and not _overlap(first.days, second.days):
        return False
    if first.article == second.article:
        return True
    return len(first.names & second.names) >= 2 or bool(first.places & second.places and first.names & second.names)


def _overlap(first: Sequence[tuple[str, str]], second: Sequence[tuple[str, str]]) -> bool:
    return any(one[0] <= other[1] and other[0] <= one[1] for one in first for other in second)


def same_thing(first: Fact, second: Fact) -> bool:
    """Tell whether two facts count the same: kind, role, noun; and neither is only a part of it."""
    one, other = first.figure, second.figure
    if one.kind != other.kind or one.role != other.role or first.head != second.head:
        return False
    return not (first.is_part or second.is_part) and one.change == other.change
