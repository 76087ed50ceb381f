"""The working values of extraction: spans into one text, frozen."""

from __future__ import annotations

import functools
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import attrs

from claimtrack.data import load_lexicon
from claimtrack.models.vocabulary import Change, FigureKind, Granularity, Modifier
from claimtrack.text import Span, Text

AttributionKind = Literal["direct", "indirect", "mixed"]
Number = Decimal | Fraction


@attrs.frozen(slots=True, kw_only=True)
class Attribution:
    """Who said what in a text: the spans of source, cue and content, half-open in Unicode code points.

    `source` and `cue` are None where the text has none; `content` has several spans where a cue breaks a
    quotation. `kind` is direct, indirect or mixed; `confidence` lies between 0 and 1; `stage` names the rule or
    model that found it. `via` names who passed the words on: A in "A said B had told him".

    A tagger of your own makes them:

    >>> import claimtrack
    >>> def shouting(text):
    ...     return tuple(
    ...         Attribution(source=None, cue=None, content=(one,), kind="indirect", confidence=0.5, stage="shouting")
    ...         for one in text.sentences if one.of(text.string).isupper())
    >>> [one.content for one in claimtrack.find_attributions("Quiet. WE WON!", tagger=shouting)]
    [(Span(start=7, end=14),)]
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    kind: AttributionKind
    confidence: float
    stage: str
    via: Span | None = None


@attrs.frozen(slots=True, kw_only=True)
class Figure:
    """A number in a text, exact.

    `value` is set for a single number, `low` and `high` for a range; `step` is the precision that the writing
    shows. `what` is what is counted, in the words of the text.

    >>> import claimtrack
    >>> figure, = claimtrack.find_figures("Between 10 and 15 boats sank.")
    >>> figure.low, figure.high, figure.modifier, figure.what
    (Decimal('10'), Decimal('15'), 'range', 'boats')
    """

    span: Span
    kind: FigureKind
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    step: Number | None = None
    unit: str | None = None
    what: str | None = None
    role: str | None = None
    modifier: Modifier = "exact"
    change: Change = "none"

    def _repr_html_(self) -> str:
        """Give the figure as notebooks show it."""
        from claimtrack.models.notebook import rows_table

        return rows_table((field.name, getattr(self, field.name)) for field in attrs.fields(type(self)))


@attrs.frozen(slots=True, kw_only=True)
class DateMention:
    """A date expression in a text; `start` and `end` are ISO days where they are known.

    >>> import claimtrack
    >>> date, = claimtrack.find_dates("It opened in March 2021.")
    >>> date.granularity, date.start, date.end
    ('month', '2021-03-01', '2021-03-31')
    """

    span: Span
    granularity: Granularity
    start: str | None = None
    end: str | None = None


def make_attribution(
    text: Text, source: Span | None, cue: Span | None, content: tuple[Span, ...], stage: str
) -> Attribution:
    """Give an attribution with its kind, read off the quotation marks, and its stage's confidence."""
    return Attribution(
        source=source, cue=cue, content=content, kind=kind_of(text, content), confidence=_confidence(stage), stage=stage
    )


def without_that(text: Text, span: Span) -> Span:
    """Give a content without the "that" which joins it to its cue."""
    opening = span.of(text.string)[:6]
    return Span(span.start + 5, span.end) if opening.startswith("that ") and len(span) > 6 else span


def kind_of(text: Text, content: tuple[Span, ...]) -> AttributionKind:
    """Tell direct from mixed and indirect: how much of the content stands inside quotation marks."""
    quoted = total = 0
    for piece in content:
        piece = without_that(text, piece)
        total += sum(1 for character in piece.of(text.string) if character.isalnum())
        quoted += sum(
            1
            for one in text.quotations_in(piece)
            for character in one.inner.of(text.string)[: max(0, piece.end - one.inner.start)]
            if character.isalnum()
        )
    if quoted == 0:
        return "indirect"
    return "direct" if quoted >= total else "mixed"


@functools.cache
def _confidence(stage: str) -> float:
    shares: dict[str, float] = load_lexicon("rule_confidence")["share_right"]
    return shares.get(stage, 0.5)
