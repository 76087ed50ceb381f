"""A half-open piece of a text, counted in Unicode code points."""

from __future__ import annotations

import attrs


@attrs.frozen(slots=True, order=True)
class Span:
    """A piece `[start, end)` of a text in Unicode code points, as Python's own slices count.

    Raises ValueError unless `0 <= start <= end`.

    >>> span = Span(4, 9)
    >>> span.of("The plane landed.")
    'plane'
    >>> len(span), span.contains(Span(5, 6)), span.overlaps(Span(9, 12))
    (5, True, False)
    """

    start: int
    end: int

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, not start={self.start} end={self.end}")

    def __len__(self) -> int:
        """Give the number of code points."""
        return self.end - self.start

    def __bool__(self) -> bool:
        """A span is a place: even an empty one is there."""
        return True

    def of(self, text: str) -> str:
        """Give the characters of `text` that the span covers."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end
