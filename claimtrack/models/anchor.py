"""Where something stands in a text: the W3C pair of position and quote."""

from __future__ import annotations

from typing import ClassVar, Final, Self

from claimtrack.models.base import Value
from claimtrack.models.rules import Rule, exact_fills_span, span_has_length
from claimtrack.models.strings import Offset, Prose, Wording
from claimtrack.text import Span

CONTEXT: Final = 32
"""How many characters an anchor keeps before and after its quote."""


class Anchor(Value):
    """A place in a text: TextPositionSelector and TextQuoteSelector of the W3C Web Annotation model in one."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(span_has_length, ("start", "end")),
        Rule(exact_fills_span, ("start", "end", "exact")),
    )

    start: Offset
    """Where it starts, in Unicode code points from the start of the whole text."""
    end: Offset
    """Where it ends; the first code point that is no longer part of it."""
    exact: Wording
    """The characters themselves."""
    prefix: Prose = ""
    """Up to 32 characters that stand before."""
    suffix: Prose = ""
    """Up to 32 characters that stand after."""

    @classmethod
    def at(cls, span: Span, text: str) -> Self:
        """Give the anchor of a span of a text, with the 32 characters before and after it.

        >>> Anchor.at(Span(4, 9), "The hull held.")
        Anchor(start=4, end=9, exact='hull ', prefix='The ', suffix='held.')
        """
        return cls(
            start=span.start,
            end=span.end,
            exact=span.of(text),
            prefix=text[max(0, span.start - CONTEXT) : span.start],
            suffix=text[span.end : span.end + CONTEXT],
        )
