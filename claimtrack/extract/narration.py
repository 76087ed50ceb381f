"""What the outlet says in its own voice: the sentences that state a checkable fact and are attributed to nobody."""

from __future__ import annotations

import bisect
import functools
from collections.abc import Sequence

from claimtrack.data import load_lexicon
from claimtrack.extract.noun_phrases import is_adverb, is_name
from claimtrack.extract.values import Attribution, DateMention, Figure
from claimtrack.text import Span, Text

_FEWEST_WORDS = 4


def find_narration(
    text: Text, attributions: Sequence[Attribution], figures: Sequence[Figure], dates: Sequence[DateMention]
) -> tuple[Span, ...]:
    """Give the sentences outside all attributions that hold a figure, a date or an event somebody can check.

    >>> from claimtrack.extract.dates.finding import find_dates
    >>> text = Text("The bridge opened in 1932. It is lovely.")
    >>> [span.of(text.string) for span in find_narration(text, (), (), find_dates(text.string))]
    ['The bridge opened in 1932.']
    """
    taken = Places([span for one in attributions for span in (one.source, one.cue, *one.content) if span is not None])
    marked = Places([one.span for one in figures] + [one.span for one in dates])
    return tuple(
        sentence
        for sentence in text.sentences
        if not taken.touch(sentence)
        and _is_statement(text, sentence)
        and (marked.touch(sentence) or _reports_event(text, sentence))
    )


class Places:
    """Spans that are asked often whether they touch another."""

    def __init__(self, spans: Sequence[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._reach: list[int] = []
        for span in ordered:
            self._reach.append(max(span.end, self._reach[-1] if self._reach else 0))

    def touch(self, span: Span) -> bool:
        """Tell whether any of them overlaps a span."""
        before = bisect.bisect_left(self._starts, span.end) - 1
        return before >= 0 and self._reach[before] > span.start


def _is_statement(text: Text, sentence: Span) -> bool:
    words = text.words
    first, stop = words.first_from(sentence.start), words.first_from(sentence.end)
    if sum(1 for word in words.texts[first:stop] if word[0].isalnum()) < _FEWEST_WORDS:
        return False
    last = sentence.of(text.string).rstrip("\"'”’»)]")[-1:]
    return sentence == text.title or last in (".", "!", "…")


def _reports_event(text: Text, sentence: Span) -> bool:
    """Tell whether a verb in the past reports an event: `crashed`, `were sent`, `has been signed`."""
    words = text.words
    first, stop = words.first_from(sentence.start), words.first_from(sentence.end)
    past, participles = _events()
    named = any(is_name(words, index) for index in range(first + 1, stop))
    for index in range(first + 1, stop):
        word = words.lower[index]
        if word in past and not is_name(words, index) and named:
            return True
        if word.endswith("ed") or word in participles:
            before = index - 1
            while before > first and is_adverb(words, before):
                before -= 1
            if words.lower[before] in ("was", "were", "been"):
                return True
    return False


@functools.cache
def _events() -> tuple[frozenset[str], frozenset[str]]:
    lexicon = load_lexicon("events")
    return frozenset(lexicon["past"]), frozenset(lexicon["irregular_participles"])
