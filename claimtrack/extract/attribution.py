"""Who said what, as spans: `find_attributions` and the taggers behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from claimtrack.errors import TaggerError
from claimtrack.extract.rules import tag_by_rules, tag_quotations
from claimtrack.extract.tagging import tag_accurately, tag_fast
from claimtrack.extract.values import Attribution
from claimtrack.text import Span, Text

Tagger = Callable[[Text], tuple[Attribution, ...]]
"""Anything that finds the attributions of a text."""

TAGGERS: Final[dict[str, Tagger]] = {"accurate": tag_accurately, "fast": tag_fast, "rules": tag_by_rules}
"""The taggers that come with claimtrack, by name."""

VERSIONS: Final[dict[str, str]] = {"accurate": "2", "fast": "2", "rules": "1"}
"""The version of each named tagger; it changes when the tagger's answers do."""

DEFAULT_TAGGER: Final = "accurate"


def find_attributions(
    text: str | Text,
    within: Span | None = None,
    *,
    title: str | None = None,
    tagger: str | Tagger = DEFAULT_TAGGER,
) -> tuple[Attribution, ...]:
    """Give the attributions of a text in the order of their contents.

    Spans are half-open and count Unicode code points of `text`. `within` keeps the attributions whose contents
    lie inside a span, judged in the light of the whole text; `title` is the headline that the text starts with,
    where there is one. `tagger` is a name or any callable that takes a Text and gives Attributions: "accurate" (a
    small fine-tuned encoder), "fast" (a CRF, six times as quick) or "rules" (reporting verbs, no model). In text that
    is not English the named taggers are not used: only quotation marks and colons count.

    >>> text = "The bridge is safe, Mayor Ann Silva said on Monday, adding that it reopens in May."
    >>> for found in find_attributions(text):
    ...     print(found.source.of(text), "|", found.cue.of(text), "|", found.content[0].of(text))
    Mayor Ann Silva | said | The bridge is safe
    Mayor Ann Silva | adding | that it reopens in May

    Raises TaggerError for an unknown tagger, and for one whose spans lie outside the text.
    """
    prepared = text if isinstance(text, Text) else Text(text, title)
    find = tagger_named(tagger)
    if not callable(tagger) and not prepared.is_english:
        find = tag_quotations
    found = find(prepared)
    _check_spans(found, prepared)
    if within is not None:
        found = tuple(one for one in found if all(within.contains(piece) for piece in one.content))
    return tuple(sorted(found, key=lambda one: one.content[0]))


def tagger_named(tagger: str | Tagger) -> Tagger:
    """Give the tagger of a name; a callable is its own tagger.

    Raises TaggerError for an unknown name.
    """
    if callable(tagger):
        return tagger
    if tagger not in TAGGERS:
        raise TaggerError(f"no tagger is called {tagger!r}; there is: {', '.join(TAGGERS)}, or any callable")
    return TAGGERS[tagger]


def _check_spans(found: tuple[Attribution, ...], text: Text) -> None:
    """Hold a tagger to its promise, so that a wrong offset is noticed here and not in a stored document."""
    for one in found:
        if not isinstance(one, Attribution):
            raise TaggerError(f"a tagger gives Attributions, not {type(one).__name__}")
        if not one.content:
            raise TaggerError("a tagger gave an attribution without content")
        for span in (one.source, one.cue, *one.content):
            if span is not None and (span.end > len(text.string) or not len(span)):
                raise TaggerError(f"a tagger gave {span}, in a text of {len(text.string)} characters")
