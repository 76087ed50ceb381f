"""A text with its paragraphs, sentences, quotations and words, each worked out once and when needed."""

from __future__ import annotations

import bisect
from functools import cached_property

from claimtrack.errors import wrong_type
from claimtrack.text.language import is_english
from claimtrack.text.quotations import Quotation, find_quotations
from claimtrack.text.sentences import find_paragraphs, find_sentences
from claimtrack.text.span import Span
from claimtrack.text.words import Words, find_words


class Text:
    """What a tagger is given: the characters, and how they fall into paragraphs, sentences, quotations, words.

    `title` is the headline's span where the text starts with one. All spans count code points of `string`.

    >>> text = Text("Plane lands\\n\\n“All are safe,” she said.")
    >>> [s.of(text.string) for s in text.sentences]
    ['Plane lands', '“All are safe,” she said.']
    >>> text.quotations[0].inner.of(text.string), text.title.of(text.string)
    ('All are safe,', 'Plane lands')
    """

    def __init__(self, string: str, title: str | None = None) -> None:
        if not isinstance(string, str):
            raise wrong_type("Text", "a str", string, hint="an article has it as article.text")
        self.string = string
        self._title = title

    def __repr__(self) -> str:
        """Give the first words."""
        return f"Text({self.string[:40]!r}, {len(self.string)} characters)"

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """The paragraphs, without the white space around them."""
        if self.title is None:
            return find_paragraphs(self.string)
        rest = Span(self.title.end, len(self.string))
        return (self.title, *find_paragraphs(self.string, rest))

    @cached_property
    def title(self) -> Span | None:
        """The headline's span: the one given, or a first paragraph that reads like one."""
        if self._title is not None:
            return _leading(self.string, self._title)
        first = find_paragraphs(self.string, Span(0, min(len(self.string), 400)))[:1]
        if not first or len(first[0]) > 200 or first[0].end == len(self.string.rstrip()):
            return None
        return first[0] if self.string[first[0].end - 1] not in '.,;:"”»' else None

    @cached_property
    def is_english(self) -> bool:
        """Whether the text looks English."""
        return is_english(self.string)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences, without the white space around them."""
        return tuple(one for paragraph in self.paragraphs for one in find_sentences(self.string, paragraph))

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """The quotations, in the order of their opening marks."""
        return find_quotations(self.string, self.paragraphs)

    def quotations_in(self, span: Span) -> tuple[Quotation, ...]:
        """Give the outermost quotations whose marks lie inside a span."""
        found = []
        first = bisect.bisect_left(self._quotation_starts, span.start)
        stop = bisect.bisect_left(self._quotation_starts, span.end)
        for number in range(first, stop):
            one = self.quotations[number]
            if one.depth == 0 and one.span.end <= span.end:
                found.append(one)
        return tuple(found)

    @cached_property
    def _quotation_starts(self) -> list[int]:
        return [one.span.start for one in self.quotations]

    @cached_property
    def words(self) -> Words:
        """The words and punctuation marks."""
        return find_words(self.string)


def _leading(string: str, title: str) -> Span | None:
    """Give the span of a title at the start of a text, whatever its white space."""
    at = 0
    for word in title.split():
        while at < len(string) and string[at].isspace():
            at += 1
        if not string.startswith(word, at):
            return None
        at += len(word)
    start = len(string) - len(string.lstrip())
    return Span(start, at) if at > start else None
