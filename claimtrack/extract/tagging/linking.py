"""Which source, cue and content belong together.

A cue goes with the nearest source of its sentence, a content with the nearest cue of its paragraph; the contents of
one cue are the pieces of one attribution. "Near" counts the words between, without those inside other contents, and
a sentence that ends between counts as many words. On the annotators' own spans this gives 97 in 100 contents and 95
in 100 speakers back, so a learned linker has little to add.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from typing import Final

import attrs

from claimtrack.extract.noun_phrases import word_class
from claimtrack.extract.tagging.decoding import Mark
from claimtrack.extract.tagging.labels import CONTENT, CUE, SOURCE
from claimtrack.extract.tagging.tokens import PARAGRAPH, SEAM, Tokens
from claimtrack.text import Span, Text

SENTENCE_COSTS: Final = 25
"""How many words the end of a sentence between two spans counts as."""

CUE_COSTS: Final = 4
"""How many words another cue between a cue and its source, or a content and its cue, counts as."""

LATER_COSTS: Final = 40
"""How many words it counts as when the cue stands in a later sentence than the content: in copy without paragraphs a
quotation goes on from the cue before it."""

JOINED_COSTS: Final = 12
"""How many words a "that" at the start of a content counts as, when the cue would come after it."""

_JOINED: Final = frozenset(("that", "to", "if", "whether", "as", "for", "about", "against", "of"))

AFRESH_COSTS: Final = 60
"""How many words it counts as when, in copy without spaces, a quotation opens a sentence and the cue's last content was
not quoted: such a quotation is mostly the next paragraph, with a cue of its own."""

_ASKED: Final = frozenset(("asked", "pressed", "questioned", "quizzed", "told", "informed"))
_PASSIVE: Final = frozenset(("am", "is", "are", "was", "were", "be", "been", "being", "when", "if"))
"""`was asked` and `when told`: the verb's subject is who hears."""

_JOINTS: Final = frozenset((",", ";", "and", "but", "or", "while"))

_MARKS: Final = frozenset(('"', "''"))
"""A double mark, curly or straight, and the two single ones that some outlets write."""
_ENDINGS: Final = frozenset('.!?"')

REACH: Final = 4
"""Of the spans before and after, only so many are looked at: the nearest is among them."""


@attrs.define(slots=True)
class Link:
    """The marks of one attribution; `cost` says how far they lie apart."""

    source: Mark | None
    cue: Mark | None
    content: list[Mark]
    cost: int = 0


def link_marks(text: Text, tokens: Tokens, marks: Iterable[Mark]) -> list[Link]:
    """Give the attributions that the marks make: each has a content, and a source or a cue."""
    found = _completed(tokens, list(marks))
    distance = _Distance(text, tokens, found)
    sources = _Row([one for one in found if one.kind == SOURCE])
    cues = _Row([one for one in found if one.kind == CUE])
    links: dict[int, Link] = {}
    loose: list[Link] = []
    before: Link | None = None
    for content in (one for one in found if one.kind == CONTENT):
        cue, cost = distance.nearest(content, cues)
        if before is not None and distance.runs_on(before.content[-1], content, alone=cue is None):
            before.content.append(content)
        elif cue is not None:
            if cue.first not in links:
                source, further = distance.nearest(cue, sources, same_sentence=True)
                if source is not None and not _may_own(tokens, source, cue):
                    source, further = None, 0
                links[cue.first] = Link(source, cue, [], cost + further)
            elif distance.is_stray(content, cue):
                continue  # an unquoted piece of another sentence belongs to something that was not found
            before = links[cue.first]
            before.content.append(content)
        else:
            source, cost = distance.nearest(content, sources)
            before = None if source is None else Link(source, None, [content], cost)
            loose += [before] if before else []
    for link in links.values():
        link.content = _without_addressee(tokens, link.content)
    return sorted([*links.values(), *loose], key=lambda one: one.content[0].first)


def _without_addressee(tokens: Tokens, content: list[Mark]) -> list[Mark]:
    """Take `Aliyev` away from `reminded Aliyev that ...`: who is told is no part of what is said."""
    if len(content) < 2:
        return content
    first, second = content[:2]
    joined = first.stop == second.first and tokens.words[second.first] == "that"
    short = first.stop - first.first <= 6 and not tokens.quotes[first.first]
    return content[1:] if joined and short else content


def _may_own(tokens: Tokens, source: Mark, cue: Mark) -> bool:
    """Tell whether a source is not just the one whom a passive cue asks: `Silva was asked whether ...`."""
    if tokens.words[cue.stop - 1] not in _ASKED or source.first > cue.first:
        return True
    before = tokens.words[max(0, cue.stop - 3) : cue.stop - 1]
    return not any(word in _PASSIVE for word in before)


def _completed(tokens: Tokens, marks: list[Mark]) -> list[Mark]:
    """Give each content its proper end.

    One that ends with `had` or `will` goes on to the next mark or punctuation, as it was cut inside a clause; a comma
    or `and` at the end belongs to what follows.
    """
    found = []
    for number, one in enumerate(marks):
        limit = marks[number + 1].first if number + 1 < len(marks) else len(tokens)
        stop = one.stop
        if one.kind == CONTENT and tokens.words[stop - 1] in word_class("auxiliaries"):
            while stop < limit and tokens.words[stop][0].isalnum():
                stop += 1
        while one.kind == CONTENT and stop - 1 > one.first and _joins_what_follows(tokens, stop - 1):
            stop -= 1
        found.append(one if stop == one.stop else attrs.evolve(one, stop=stop, span=_span(tokens, one.first, stop)))
    return found


def _joins_what_follows(tokens: Tokens, index: int) -> bool:
    return tokens.words[index] in _JOINTS and not tokens.quotes[index]


def _span(tokens: Tokens, first: int, stop: int) -> Span:
    return Span(int(tokens.starts[first]), int(tokens.ends[stop - 1]))


class _Row:
    """Marks of one kind in the order of the text."""

    def __init__(self, marks: list[Mark]) -> None:
        self.marks = marks
        self.firsts = [one.first for one in marks]

    def around(self, mark: Mark) -> Sequence[Mark]:
        """Give the marks next to another, on both sides."""
        at = bisect.bisect_left(self.firsts, mark.first)
        return self.marks[max(0, at - REACH) : at + REACH]


class _Distance:
    """How far marks lie apart."""

    def __init__(self, text: Text, tokens: Tokens, marks: list[Mark]) -> None:
        self.tokens = tokens
        self.marks = marks
        self.firsts = [one.first for one in marks]
        free = [1] * len(tokens)
        for one in marks:
            if one.kind == CONTENT:
                free[one.first : one.stop] = [0] * (one.stop - one.first)
            elif one.kind == CUE:
                free[one.first] += CUE_COSTS
        self.reach = [0]
        for step in free:
            self.reach.append(self.reach[-1] + step)
        self.continued = {one.span.end for one in text.quotations if one.goes_on}

    def nearest(self, mark: Mark, row: _Row, *, same_sentence: bool = False) -> tuple[Mark | None, int]:
        """Give the nearest mark of a row in the same paragraph or sentence, and its distance.

        Only a quotation may look outside its sentence.
        """
        tokens = self.tokens
        same_sentence = same_sentence or not self.is_quoted(mark)
        units = tokens.sentences if same_sentence else tokens.paragraphs
        best: Mark | None = None
        least = 0
        for other in row.around(mark):
            if units[other.first] == units[mark.first if other.first < mark.first else mark.stop - 1]:
                cost = self.between(mark, other)
                if best is None or cost < least:
                    best, least = other, cost
        return best, least

    def between(self, one: Mark, other: Mark) -> int:
        """Give the words between two marks, with the sentences' ends."""
        left, right = (one, other) if one.first <= other.first else (other, one)
        words = self.reach[max(right.first, left.stop)] - self.reach[left.stop]
        sentences = int(self.tokens.sentences[right.first] - self.tokens.sentences[left.stop - 1])
        if left.kind == CONTENT:
            words += JOINED_COSTS * (self.tokens.words[left.first] in _JOINED) + LATER_COSTS * (sentences > 0)
        elif right.kind == CONTENT:
            if sentences == 0:
                sentences = int(self.opens_sentence(right) and right.first - 1 > left.stop)
            words += AFRESH_COSTS * (left.kind == CUE and self.starts_afresh(right))
        return words + SENTENCE_COSTS * max(0, sentences)

    def is_quoted(self, content: Mark) -> bool:
        """Tell whether a content starts inside a quotation, or with a mark that was never closed."""
        return bool(self.tokens.quotes[content.first]) or self.tokens.words[content.first] in _MARKS

    def opens_sentence(self, content: Mark) -> bool:
        """Tell whether a quotation follows a full stop; in `fell.''We` no sentence is seen to end."""
        words = self.tokens.words
        return content.first > 0 and words[content.first][0] in "\"'" and words[content.first - 1] in _ENDINGS

    def starts_afresh(self, content: Mark) -> bool:
        """Tell whether a quotation opens a sentence without a space before it, behind a content that is not quoted."""
        place = bisect.bisect_left(self.firsts, content.first)
        seam = self.tokens.breaks[content.first] == SEAM or self.opens_sentence(content)
        if not place or not seam or not self.is_quoted(content):
            return False
        before = self.marks[place - 1]
        return before.kind == CONTENT and not self.is_quoted(before) and not self.tokens.quotes[before.stop - 1]

    def is_stray(self, content: Mark, cue: Mark) -> bool:
        """Tell whether an unquoted content stands in another sentence than its cue."""
        return not self.is_quoted(content) and self.tokens.sentences[content.first] != self.tokens.sentences[cue.first]

    def runs_on(self, before: Mark, content: Mark, *, alone: bool) -> bool:
        """Tell whether a content goes on with what another quotes.

        It does as the next paragraph of a quotation that was left open, and as a quotation with no cue of its own in
        the same paragraph or the next.
        """
        tokens = self.tokens
        next_paragraph = tokens.breaks[content.first] == PARAGRAPH and content.first == before.stop
        if next_paragraph and tokens.ends[before.stop - 1] in self.continued:
            return True
        near = tokens.paragraphs[content.first] - tokens.paragraphs[before.first] <= 1
        quoted = tokens.quotes[content.first] and tokens.quotes[before.stop - 1]
        return bool(alone and near and quoted)
