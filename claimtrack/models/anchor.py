"""Where something stands in a text: the W3C pair of position and quote."""

from __future__ import annotations

from typing import ClassVar

from claimtrack.models.base import Value
from claimtrack.models.rules import Rule, exact_fills_span, span_has_length
from claimtrack.models.strings import Offset, Prose, Wording


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
