"""Which claims are asked for."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, get_args

import attrs

from claimtrack.errors import FilterError, did_you_mean
from claimtrack.models.vocabulary import ClaimKind, Publication, Verdict, Workflow
from claimtrack.store.facts import ArticleFacts, FigureFacts, claim_facts, folded, words_of

if TYPE_CHECKING:
    from claimtrack.store.registry import SpeakerQuery

_CHOICES: Final = {"kind": ClaimKind, "verdict": Verdict, "workflow": Workflow, "publication": Publication}
_DAYS: Final = ("since", "until", "made_since", "made_until")
_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_CURRENCIES: Final = {"$": "USD", "€": "EUR", "£": "GBP"}
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
# "67", "1,200", "-3.5", "1/3", "12%": as articles write them, and nothing that could mean two numbers.
_NUMBER = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,100})(?:\.[0-9]{1,99}|/[1-9][0-9]{0,99})?%?")


def _days(value: str | datetime.date | None) -> str | None:
    return value.isoformat()[:10] if isinstance(value, datetime.date) else value


def _number(value: Any) -> str | None:
    return None if value is None else str(value)


@attrs.frozen(slots=True, kw_only=True)
class ClaimFilter:
    """What a claim must be like; None asks for nothing.

    `speaker` is what the store's registry understands by a name. `publisher` is the whole name of the article's
    publisher, `tag` a whole tag, `evidence` an id, `text` any part of the statement. `figure` is a number, words of
    what is counted, its role or unit, or both; a figure with bounds has every number between them. `since` and `until`
    are the first and last day on which the article was published, `made_since` and `made_until` on which the claim was
    made: a day, a month or a year. Capital and small letters are the same.

    Raises FilterError on a word that is not in a vocabulary, with the choices, and on what asks for nothing.
    """

    speaker: SpeakerQuery | None = None
    kind: str | None = None
    verdict: str | None = None
    workflow: str | None = None
    publication: str | None = None
    publisher: str | None = None
    since: str | None = attrs.field(default=None, converter=_days)
    until: str | None = attrs.field(default=None, converter=_days)
    made_since: str | None = attrs.field(default=None, converter=_days)
    made_until: str | None = attrs.field(default=None, converter=_days)
    figure: str | None = attrs.field(default=None, converter=_number)
    evidence: str | None = None
    tag: str | None = None
    text: str | None = None

    _figure_number: Fraction | None = attrs.field(init=False, eq=False, repr=False, default=None)
    _figure_words: frozenset[str] = attrs.field(init=False, eq=False, repr=False, default=frozenset())

    def __attrs_post_init__(self) -> None:
        for name, vocabulary in _CHOICES.items():
            check_choice(name, getattr(self, name), get_args(vocabulary))
        for name in _DAYS:
            _check_day(name, getattr(self, name))
        for name in ("publisher", "evidence", "tag", "text", "figure"):
            if _NO_TEXT.search(getattr(self, name) or ""):
                raise FilterError(f"the {name} asked for holds NUL or half a character, which no document does")
        if self.figure is not None:
            number, asked = _parse_figure(self.figure)
            object.__setattr__(self, "_figure_number", number)
            object.__setattr__(self, "_figure_words", asked)

    @property
    def figure_number(self) -> Fraction | None:
        """The number that a figure must have."""
        return self._figure_number

    @property
    def figure_words(self) -> frozenset[str]:
        """The words that a figure must have."""
        return self._figure_words

    @property
    def asks_articles(self) -> bool:
        """Whether the answer depends on the claim's article."""
        return (self.publisher, self.since, self.until) != (None, None, None)

    def matches(self, claim: Mapping[str, Any], *, article: Callable[[str], ArticleFacts]) -> bool:
        """Tell whether a claim, as parsed JSON, is asked for; `article` gives the facts of an article by its id.

        Raises ValueError, TypeError, KeyError or AttributeError where it does not have the shape of a claim.
        """
        facts = claim_facts(claim)
        return (
            all(getattr(self, name) in (None, getattr(facts, name)) for name in _CHOICES)
            and _is_between(facts.made, self.made_since, self.made_until)
            and (self.tag is None or folded(self.tag) in facts.tags)
            and (self.evidence is None or self.evidence in facts.evidence)
            and (self.text is None or folded(self.text) in facts.statement)
            and (self.figure is None or any(map(self._is_counted, facts.figures)))
            and (self.speaker is None or self.speaker.matches(claim))
            and (not self.asks_articles or self._is_in(article(facts.article or "")))
        )

    def _is_counted(self, figure: FigureFacts) -> bool:
        if not self._figure_words <= figure.words:
            return False
        number = self._figure_number
        return number is None or (
            (figure.low is not None or figure.high is not None)
            and (figure.low is None or figure.low <= number)
            and (figure.high is None or number <= figure.high)
        )

    def _is_in(self, article: ArticleFacts) -> bool:
        same = self.publisher is None or article.publisher == folded(self.publisher)
        return same and _is_between(article.published, self.since, self.until)


def check_choice(name: str, given: object, choices: Iterable[str]) -> None:
    """Raise FilterError, with the nearest choice, unless a word is None or one of the choices."""
    choices = tuple(choices)
    if given is not None and given not in choices:
        guess = did_you_mean(str(given), choices) or f"; the choices are {', '.join(choices)}"
        raise FilterError(f"no claim has the {name} {given!r}{guess}")


def _check_day(name: str, day: str | None) -> None:
    if day is None:
        return
    try:
        if _DAY.fullmatch(day):
            datetime.date.fromisoformat(day + "-01-01"[len(day) - 4 :] if len(day) < 10 else day)
            return
    except ValueError:
        pass
    asked = name.replace("_", "-")
    raise FilterError(f"{asked} {day!r} is no day; give one like 2025-03-14, or a month 2025-03, or a year 2025")


def _is_between(day: str | None, first: str | None, last: str | None) -> bool:
    if first is None and last is None:
        return True
    return day is not None and (first is None or day >= first) and (last is None or day[: len(last)] <= last)


def _parse_figure(asked: str) -> tuple[Fraction | None, frozenset[str]]:
    numbers, words = [], []
    for sign, currency in _CURRENCIES.items():
        asked = asked.replace(sign, f" {currency} ")
    for word in asked.split():
        if _NUMBER.fullmatch(word):
            numbers.append(Fraction(word.removesuffix("%").replace(",", "")))
            words += ["percent"] * word.endswith("%")
        else:
            words += words_of(word)
    if len(numbers) > 1 or not (numbers or words):
        many = "has more than one number" if numbers else "has neither a number nor a word"
        raise FilterError(f"the figure {asked!r} {many}; give one like '67', '67 aboard' or '12%'")
    return (numbers[0] if numbers else None), frozenset(words)
