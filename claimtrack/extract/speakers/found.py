"""Who a source names, as the finder gives it."""

from __future__ import annotations

import attrs

from claimtrack.models.vocabulary import SpeakerKind
from claimtrack.text import Span


@attrs.frozen(slots=True, kw_only=True)
class FoundSpeaker:
    """Who a source names; `mention` is the span of the words that do.

    `confidence` says how sure the name is, `alternatives` who else it might be; `via` passed the words on.
    """

    name: str | None
    kind: SpeakerKind
    role: str | None
    mention: Span | None
    on_behalf_of: str | None = None
    confidence: float | None = None
    alternatives: tuple[str, ...] = ()
    via: FoundSpeaker | None = None


def one_line(written: str) -> str | None:
    """Give a text as one line, as a document's role or name must be."""
    return " ".join("".join(c if c.isprintable() else " " for c in written).split())[:2000] or None
