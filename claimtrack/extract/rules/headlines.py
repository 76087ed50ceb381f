"""Headlines that name their source: `Talks Were Useful - Putin`, `Minister: No Plans to Resign`."""

from __future__ import annotations

import functools
import re

from claimtrack.data import load_lexicon
from claimtrack.extract.values import Attribution, make_attribution
from claimtrack.text import Span, Text

_DASH_SOURCE = re.compile(r"\s(?:[-–—]|--|---)\s*(?P<source>[^\W\d_][^:;–—\"“”]{1,60})\Z")
_SOURCE_COLON = re.compile(r"\A(?P<source>[^\W\d_][^:;.!?\"“”]{1,60}):\s+(?=\S)")
_SOURCE_VERB_COLON = re.compile(r"\s(?:says|said|warns|claims|insists)\Z", re.IGNORECASE)


def tag_headline(text: Text) -> Attribution | None:
    """Give the attribution that a headline makes with a dash or a colon, or None.

    The source must be known from the rest of the text or be a role ("Minister"), because a dash also sets off the
    outlet's name and a colon also introduces a topic.
    """
    title = text.title
    if title is None:
        return None
    headline = title.of(text.string)
    dash = _DASH_SOURCE.search(headline)
    if dash is not None and _is_source(dash["source"], text):
        return _attribution(text, title.start, dash.span("source"), (0, dash.start()), "headline-dash")
    colon = _SOURCE_COLON.match(headline)
    if colon is not None:
        start, end = colon.span("source")
        verb = _SOURCE_VERB_COLON.search(headline[start:end])
        end = start + verb.start() if verb else end
        if _is_source(headline[start:end], text):
            return _attribution(text, title.start, (start, end), (colon.end(), len(headline)), "headline-colon")
    return None


def _attribution(text: Text, offset: int, source: tuple[int, int], content: tuple[int, int], stage: str) -> Attribution:
    """Give the attribution of offsets that count from the headline's start; its cue is the dash or colon."""
    piece = text.string[offset + content[0] : offset + content[1]]
    start = offset + content[0] + len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    before, after = sorted([(start, end), (offset + source[0], offset + source[1])])
    between = text.string[before[1] : after[0]]
    mark = between.strip()
    cue_start = before[1] + between.index(mark)
    cue = Span(cue_start, cue_start + len(mark)) if mark else None
    return make_attribution(text, Span(offset + source[0], offset + source[1]), cue, (Span(start, end),), stage)


def _is_source(source: str, text: Text) -> bool:
    words = source.split()
    if not 1 <= len(words) <= 7:
        return False
    if words[-1].lower() in _roles():
        return True
    assert text.title is not None
    body = text.string[text.title.end :]
    return words[-1][0].isupper() and re.search(rf"\b{re.escape(words[-1])}\b", body) is not None


@functools.cache
def _roles() -> frozenset[str]:
    return frozenset(load_lexicon("speakers")["titles"])
