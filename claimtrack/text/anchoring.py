"""Where anchored words stand in a text that was edited: found again by the words, by what stands around them, and by
their neighbours, with the outcome named. What is not sure is never given as found.

The anchors follow the W3C Web Annotation model (TextPositionSelector and TextQuoteSelector). All comparing is done on
folded texts, in which spaces, quotation marks and dashes are the same however they are typed. Where the text before
the edit is at hand, each place of the words there competes for their places here, so that of two sentences with the
same words the one that was deleted is not taken for the one that is left.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from functools import cached_property
from typing import Literal

import attrs

from claimtrack.text.folding import Folded, fold
from claimtrack.text.nearest import Near, Passages
from claimtrack.text.neighbours import Place, Selector, ask_neighbours
from claimtrack.text.sentence_pairs import SentencePairs, match_sentences
from claimtrack.text.sentences import find_sentences
from claimtrack.text.span import Span
from claimtrack.text.surroundings import CLEAR, MOST_PLACES, Setting, common_end, common_start, find_all

AnchorOutcome = Literal["exact", "normalised", "moved", "ambiguous", "changed", "lost"]

_NEAR = 80
"""How much of what stands around words goes into the search for them when they were changed, to each side."""
_ENOUGH = 48
"""How many characters must agree, those of the words (40 at most) and around them together."""
_LONG = 24
"""How many characters words have at least that tell their place by themselves."""
_LIKE = 0.6
"""How like the words a changed stretch must be, from 0 to 1."""
_MARGIN = 0.12
"""By how much one place must be more like another than the next."""


@attrs.frozen(slots=True, kw_only=True)
class AnchorMatch:
    """Where anchored words stand in a text, and how that was found out.

    `outcome` is exact (the same words at the same place), moved (the same words at another place), normalised (the same
    but for spaces, quotation marks, dashes), ambiguous (the words stand there, and nothing tells which place is meant),
    changed (other words, of which `span` is the likeliest stretch) or lost. `span` is None when ambiguous or lost;
    `candidates` has the places that were in question. `distance` counts the edits of a character, `similarity` runs
    from 0 to 1. `reason` is a sentence for people.

    >>> import claimtrack
    >>> before = "The hull held for nine hours."
    >>> anchor = claimtrack.Anchor.at(claimtrack.Span(4, 13), before)
    >>> match = claimtrack.match_anchor(anchor, "Update. The hull held for nine hours.", before=before)
    >>> match.outcome, match.reason
    ('moved', 'the words stand 8 characters further on')
    """

    outcome: AnchorOutcome
    reason: str
    span: Span | None = None
    candidates: tuple[Span, ...] = ()
    distance: int = 0
    similarity: float = 1.0

    @property
    def found(self) -> bool:
        """Whether the words are there, and where: exact, moved or normalised."""
        return self.outcome in ("exact", "moved", "normalised")


def match_anchor(anchor: Selector, text: str, *, before: str | None = None) -> AnchorMatch:
    """Give where the words of an anchor stand in a text, with the outcome and the reason.

    `before` is the text that the anchor was made in, where that is known: it tells more than the few characters that an
    anchor keeps.

    >>> from claimtrack.models import Anchor
    >>> anchor = Anchor(start=0, end=19, exact="29 people survived.", suffix=" The captain was not am")
    >>> for text in ("29 people survived. The captain was not among them.", "Update: 31 people survived. The captain",
    ...              "Nobody knows how many there were."):
    ...     match = match_anchor(anchor, text)
    ...     print(match.outcome, match.span and match.span.of(text), match.distance)
    exact 29 people survived. 0
    changed 31 people survived. 2
    lost None 0
    """
    return match_anchors((anchor,), text, before=before)[0]


def match_anchors(anchors: Sequence[Selector], text: str, *, before: str | None = None) -> tuple[AnchorMatch, ...]:
    """Give where the words of each anchor stand in a text; those that are found help to find their neighbours.

    >>> from claimtrack.models import Anchor
    >>> before = "The hull held for nine hours, she said."
    >>> anchors = Anchor(start=0, end=28, exact="The hull held for nine hours"), Anchor(start=34, end=38, exact="said")
    >>> [match.outcome for match in match_anchors(anchors, f"Update. {before} Nobody else said so.", before=before)]
    ['moved', 'moved']
    """
    matching = _Matching(text, before)
    places = [matching.find(anchor) for anchor in anchors]
    ask_neighbours(anchors, places)
    return tuple(matching.tell(anchor, place) for anchor, place in zip(anchors, places, strict=True))


class _Matching:
    """One text, or two, against many anchors."""

    def __init__(self, text: str, before: str | None) -> None:
        self.text, self.before = text, before
        self.here = fold(text)
        self._occurring: dict[tuple[str, tuple[bool, bool]], tuple[int, ...]] = {}

    @cached_property
    def there(self) -> Folded:
        assert self.before is not None
        return self.here if self.before == self.text else fold(self.before)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        return _folded_sentences(self.text, self.here)

    @cached_property
    def sentences_before(self) -> tuple[Span, ...]:
        assert self.before is not None
        return _folded_sentences(self.before, self.there)

    @cached_property
    def pairs(self) -> SentencePairs:
        before = [span.of(self.there.string) for span in self.sentences_before]
        return match_sentences(before, [span.of(self.here.string) for span in self.sentences])

    @cached_property
    def _taken(self) -> tuple[Span, ...]:
        """The sentences that were there before."""
        return tuple(self.sentences[n] for n in sorted({n for found in self.pairs.places.values() for n in found}))

    @cached_property
    def passages(self) -> Passages:
        return Passages(self.here.string)

    @cached_property
    def passages_before(self) -> Passages:
        return Passages(self.there.string)

    def find(self, anchor: Selector) -> Place:
        """Give the place that the words and their surroundings tell, or the candidates between which nothing does."""
        place = self._setting(anchor)
        words = place.words
        if not words.strip():
            return place
        if place.known:
            self._find_in_sentences(anchor, place)
        else:
            self._choose(anchor, place, self._occurrences(place))
        return place

    def _find_in_sentences(self, anchor: Selector, place: Place) -> None:
        """Look for the words in the sentences that theirs have become, else where no other sentence's are."""
        numbers = _overlapping(self.sentences_before, place.setting.span)
        places = self.pairs.places
        place.areas = tuple(self.sentences[one] for number in numbers for one in places.get(number, ()))
        if not place.areas:
            theirs, length = self._taken, len(place.words)
            free = [one for one in self._occurrences(place) if not _overlapping(theirs, Span(one, one + length))]
            if length >= _LONG:
                self._choose(anchor, place, free)
            else:
                place.candidates = tuple(free)
            return
        inside = _find_inside(place, self.here.string, place.areas)
        place.candidates = tuple(inside)
        if not self.pairs.unsure.isdisjoint(numbers):
            return
        stood = _find_inside(place, self.there.string, [self.sentences_before[number] for number in numbers])
        same = inside[stood.index(place.home)] if len(stood) == len(inside) and place.home in stood else None
        if same is not None and self._is_beside(place, same):
            place.candidates, place.chosen = (same,), same
        else:
            self._choose(anchor, place, inside)

    def _is_beside(self, place: Place, chosen: int) -> bool:
        """Tell whether something beside the words is as it was: a sentence that was rewritten may use them again."""
        span = Span(chosen, chosen + len(place.words))
        return len(span) >= _LONG or place.setting.agree(self.here.string, span) >= CLEAR // 2

    def _choose(self, anchor: Selector, place: Place, candidates: Sequence[int]) -> None:
        """Choose the candidate that what stands around tells, if that is enough to be sure."""
        place.candidates = tuple(candidates)
        if not candidates or len(candidates) >= MOST_PLACES:
            return
        string, length = self.here.string, len(place.words)
        fits = {one: place.setting.agree(string, Span(one, one + length)) for one in candidates}
        best = max(fits.values())
        # An edit beside the words can leave less around them than around a copy of theirs: then a wider look decides.
        likely = {one: fit for one, fit in fits.items() if fit >= CLEAR or fit > best - CLEAR}
        chosen = self._likest(place.setting, likely)
        if chosen is not None and self._is_enough(anchor, place, chosen, likely[chosen]):
            place.chosen = chosen

    def tell(self, anchor: Selector, place: Place) -> AnchorMatch:
        """Give the outcome in words."""
        if place.chosen is not None:
            return self._found(anchor, self._span(anchor, place.chosen, place.words))
        if place.candidates:
            spans = tuple(self._span(anchor, one, place.words) for one in place.candidates[:20])
            places = "one place" if len(spans) == 1 else f"{len(place.candidates)} places"
            reason = f"the words stand at {places}, and nothing around them tells which is meant"
            return AnchorMatch(outcome="ambiguous", reason=reason, candidates=spans)
        return self._changed(place)

    def _found(self, anchor: Selector, span: Span) -> AnchorMatch:
        # What reads as one dash or blank stands for several characters, of which the words may begin or end with some.
        inside = span.of(self.text).find(anchor.exact)
        if inside >= 0:
            span = Span(span.start + inside, span.start + inside + len(anchor.exact))
        outcome: AnchorOutcome = "exact"
        reason = "the words stand where they stood"
        if span.of(self.text) != anchor.exact:
            outcome, reason = "normalised", "the words differ in spaces, quotation marks or dashes only"
        elif span.start != anchor.start:
            way = "further on" if span.start > anchor.start else "further up"
            shift = abs(span.start - anchor.start)
            outcome, reason = "moved", f"the words stand {shift} character{'' if shift == 1 else 's'} {way}"
        return AnchorMatch(outcome=outcome, reason=reason, span=span, candidates=(span,))

    def _changed(self, place: Place) -> AnchorMatch:
        near = next((one for one in self._nearest(place) if self._is_likely(place, one)), None)
        if near is None:
            return AnchorMatch(
                outcome="lost", reason="neither the words nor anything like them is there", similarity=0.0
            )
        span = self.here.span(near.span)
        return AnchorMatch(
            outcome="changed",
            reason=f"the likeliest words differ in {near.distance} character{'' if near.distance == 1 else 's'}",
            span=span,
            candidates=(span,),
            distance=near.distance,
            similarity=near.similarity,
        )

    def _nearest(self, place: Place) -> tuple[Near, ...]:
        """Give what is likest to the words, within the sentences that theirs have become where those are known."""
        before, after = place.setting.before(_NEAR), place.setting.after(_NEAR)
        if not place.areas:
            return self.passages.find_nearest(place.words, before=before, after=after)
        start = max(0, min(area.start for area in place.areas) - _NEAR)
        part = self.here.string[start : max(area.end for area in place.areas) + _NEAR]
        found = Passages(part).find_nearest(place.words, before=before, after=after)
        moved = (attrs.evolve(one, span=Span(one.span.start + start, one.span.end + start)) for one in found)
        return tuple(one for one in moved if any(area.overlaps(one.span) for area in place.areas))

    def _is_likely(self, place: Place, near: Near) -> bool:
        """Tell whether a stretch can be the changed words: alike, or between the same neighbours; and no other's."""
        setting, string, length = place.setting, self.here.string, len(place.words)
        before = common_end(setting.string, setting.span.start, string, near.span.start)
        after = common_start(setting.string, setting.span.end, string, near.span.end)
        between = before >= CLEAR and after >= CLEAR and length <= 4 * len(near.span) <= 16 * length
        if near.similarity < _LIKE and not between:
            return False
        if place.areas:
            return True
        if not place.known:
            return near.similarity >= 0.75 or before + after >= CLEAR
        # The stretch must be likest to these words in turn, not to others of the text before.
        around = Setting(string, near.span, True, True)
        back = self.passages_before.find_nearest(
            near.span.of(string), before=around.before(_NEAR), after=around.after(_NEAR)
        )
        if not back:
            return False
        homes = find_all(place.words, setting.whole, setting.string, back[0].span.start - length + 1, back[0].span.end)
        likest = [Span(home, home + length) for home in homes]
        if setting.span in likest:
            return True
        # The same words may have stood elsewhere too: then what stands around decides.
        fits = [around.agree(setting.string, home) for home in likest]
        return bool(fits) and around.agree(setting.string, setting.span) >= max(fits) + CLEAR

    def _setting(self, anchor: Selector) -> Place:
        """Give the words with what stood around them."""
        if self.before is not None and self.before[anchor.start : anchor.end] == anchor.exact:
            start, end = self.there.place(anchor.start), self.there.place(anchor.end)
            if start < end:
                return Place(Setting(self.there.string, Span(start, end), True, True), True)
        words = fold(anchor.exact).string
        left, right = fold(anchor.prefix).string, fold(anchor.suffix).string
        span = Span(len(left), len(left) + len(words))
        opens = anchor.start == len(anchor.prefix)
        return Place(Setting(left + words + right, span, opens, False), False)

    def _occurrences(self, place: Place) -> tuple[int, ...]:
        """Give where the words stand in the whole text."""
        key = place.words, place.setting.whole
        known = self._occurring.get(key)
        if known is None:
            known = self._occurring[key] = tuple(find_all(*key, self.here.string, 0))
        return known

    def _likest(self, setting: Setting, fits: dict[int, int]) -> int | None:
        """Give the place that fits best and is also likest to the place before in a wider look, or None."""
        best = max(fits, key=lambda place: fits[place])
        if len(fits) == 1:
            return best
        likeness = {place: setting.likeness(self.here.string, place) for place in fits}
        first, second = sorted(fits, key=lambda place: -likeness[place])[:2]
        if likeness[first] >= _LIKE and likeness[first] - likeness[second] >= _MARGIN:
            return first
        clear = all(fits[place] <= fits[best] - CLEAR for place in fits if place != best)
        return best if clear and first == best else None

    def _is_enough(self, anchor: Selector, place: Place, start: int, fit: int) -> bool:
        """Tell whether the words and what agrees around them are enough to be sure of a place."""
        around = len(place.setting.string) - len(place.words)
        weight = min(len(place.words), 40) + fit + 16 * (self.here.start(start) == anchor.start)
        if not around:
            return len(place.words) >= _LONG
        return weight >= _ENOUGH and fit >= min(8, around)

    def _span(self, anchor: Selector, place: int, words: str) -> Span:
        """Give the span in the text of the words at a place of the folded one, without blanks that are not theirs."""
        span = self.here.span(Span(place, place + len(words)))
        verbatim = _find_near(anchor.exact, self.text, span.start)
        if verbatim is not None:
            return Span(verbatim, verbatim + len(anchor.exact))
        found = span.of(self.text)
        lead = 0 if anchor.exact[0].isspace() else len(found) - len(found.lstrip())
        tail = 0 if anchor.exact[-1].isspace() else len(found) - len(found.rstrip())
        return Span(span.start + lead, span.end - tail)


def _find_near(words: str, text: str, place: int) -> int | None:
    """Give where words start, at a place or beside it: folding takes the blanks beside a dash along."""
    beside = (place, place + 1, place + 2, max(0, place - 1), max(0, place - 2))
    return next((one for one in beside if text.startswith(words, one)), None)


def _find_inside(place: Place, text: str, areas: Sequence[Span]) -> list[int]:
    """Give where the words start that share a character with one of some areas."""
    more = len(place.words) - 1
    found = (
        one
        for area in areas
        for one in find_all(place.words, place.setting.whole, text, area.start - more, area.end + more)
    )
    return sorted(set(found))


def _folded_sentences(text: str, folded: Folded) -> tuple[Span, ...]:
    places = ((folded.place(span.start), folded.place(span.end)) for span in find_sentences(text))
    return tuple(Span(start, end) for start, end in places if start < end)


def _overlapping(spans: Sequence[Span], span: Span) -> range:
    """Give the numbers of the spans, which are in order and apart, that overlap one."""
    first = bisect.bisect_right(spans, span.start, key=lambda one: one.end)
    return range(first, bisect.bisect_left(spans, span.end, key=lambda one: one.start))
