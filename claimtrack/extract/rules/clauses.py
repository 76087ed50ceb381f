"""The stretches of text that are read together, and where a content starts after its cue."""

from __future__ import annotations

import bisect
from collections.abc import Iterator

import attrs

from claimtrack.extract.noun_phrases import is_adverb, is_day, is_word, phrase_after, word_class
from claimtrack.extract.rules.cues import CueAt, cue_forms
from claimtrack.text import Quotation, Span, Text, Words

MAX_WORDS = 1200
"""A stretch longer than this is cut: a quotation that never ends must not become one sentence."""


@attrs.frozen(slots=True)
class QuotedWords:
    """A quotation as words: its first and last mark, whether it reads like speech and goes on in a next paragraph."""

    first: int
    last: int
    is_speech: bool
    goes_on: bool


@attrs.define(slots=True)
class Stretch:
    """A sentence, or the sentences that one quotation holds together, as the words `[first, stop)`."""

    span: Span
    first: int
    stop: int
    paragraph: int
    quotations: tuple[QuotedWords, ...]
    _starts: tuple[int, ...]

    @property
    def runs_on(self) -> bool:
        """Tell whether the last quotation goes on in the next paragraph."""
        return bool(self.quotations) and self.quotations[-1].goes_on

    def _at(self, index: int) -> QuotedWords | None:
        place = bisect.bisect_right(self._starts, index) - 1
        if place >= 0 and index <= self.quotations[place].last:
            return self.quotations[place]
        return None

    def in_quotation(self, index: int) -> bool:
        """Tell whether a word stands in a quotation; its marks do."""
        return self._at(index) is not None

    def starts_quotation(self, index: int) -> bool:
        """Tell whether a word is the opening mark of speech."""
        found = self._at(index)
        return found is not None and found.first == index and found.is_speech

    def ends_quotation(self, index: int) -> bool:
        """Tell whether a word is the closing mark of a quotation."""
        found = self._at(index)
        return found is not None and found.last == index

    def is_speech_before(self, index: int) -> bool:
        """Tell whether the quotation that ends at `index` or just before reads like speech."""
        found = self._at(index) or self._at(index - 1)
        return found is not None and found.is_speech


@attrs.frozen(slots=True)
class Target:
    """Where a content starts; `sure` when a "that", a colon or a quotation says so."""

    first: int
    sure: bool


def stretches_of(text: Text) -> Iterator[Stretch]:
    """Give the stretches of a text in order: sentences, joined where a quotation spans several."""
    words = text.words
    quotations = [
        one for one in text.quotations if one.depth == 0 and (one.closed or one.goes_on or _is_last(text, one))
    ]
    spans = [one.span for one in quotations]
    reached = 0
    number = 0
    for paragraph_number, paragraph in enumerate(text.paragraphs):
        pending: Span | None = None
        while number < len(text.sentences) and text.sentences[number].start < paragraph.end:
            sentence = text.sentences[number]
            number += 1
            whole = Span(pending.start, sentence.end) if pending is not None else sentence
            while reached < len(spans) and spans[reached].end <= whole.start:
                reached += 1
            if (
                _cuts_quotation(spans, reached, sentence.end)
                and words.first_from(whole.end) - words.first_from(whole.start) < MAX_WORDS
            ):
                pending = whole
                continue
            pending = None
            yield _stretch(text, whole, paragraph_number, quotations, reached)
        if pending is not None:
            yield _stretch(text, pending, paragraph_number, quotations, reached)


def _is_last(text: Text, quotation: Quotation) -> bool:
    """An unclosed quotation is believed when it opens its paragraph or follows a colon."""
    before = text.string[max(0, quotation.span.start - 3) : quotation.span.start].rstrip()
    return quotation.mark in '"“' and (before[-1:] in (":", "") or text.string[quotation.span.start - 1] == "\n")


def _cuts_quotation(spans: list[Span], reached: int, offset: int) -> bool:
    for span in spans[reached : reached + 50]:
        if span.start >= offset:
            return False
        if span.end > offset:
            return True
    return False


def _stretch(text: Text, span: Span, paragraph: int, quotations: list[Quotation], reached: int) -> Stretch:
    words = text.words
    first, stop = words.first_from(span.start), words.first_from(span.end)
    found = []
    for number in range(reached, len(quotations)):
        one = quotations[number]
        if one.span.start >= span.end:
            break
        start, end = words.first_from(one.span.start), words.first_from(min(one.span.end, span.end)) - 1
        if end >= start and one.span.start >= span.start:
            found.append(QuotedWords(start, end, _reads_like_speech(text, one, end - start - 1), one.goes_on))
    return Stretch(span, first, stop, paragraph, tuple(found), tuple(one.first for one in found))


def _reads_like_speech(text: Text, quotation: Quotation, length: int) -> bool:
    """Tell speech from a title or a single word in quotation marks."""
    inner = quotation.inner.of(text.string)
    return length >= 5 or inner[-1:] in (".", ",", "!", "?", "…") or not quotation.closed


def content_after(words: Words, stretch: Stretch, at: CueAt) -> Target | None:
    """Give where the content of a cue starts that stands before it, or None where nothing fitting follows."""
    stop, frames = stretch.stop, at.cue.frames
    index = _skip_aside(words, skip_time(words, at.last + 1, stop), stop)
    if index >= stop:
        return None
    opened = _opening(words, stretch, index)
    if opened is not None:
        return Target(opened, True)
    if frames == {"quote"}:
        return None
    word, text = words.lower[index], words.texts[index]
    if word in ("that", "how", "why", "what", "whether", "if") and frames & {"clause", "addressee", "quote"}:
        return Target(index, True)
    if "addressee" in frames:
        found = _after_addressee(words, stretch, index, frames)
        if found is not None or "clause" not in frames:
            return found
    if word == "to":
        return Target(index, False) if "infinitive" in frames else None
    if word in word_class("prepositions") and word not in ("this",):
        return _after_adjunct(words, stretch, index, frames)
    if (not is_word(words, index) and text not in "$€£“\"‘'") or word in ("and", "or", "but", "so"):
        return None
    if stop - index < 2 or not frames & {"clause", "noun"}:
        return None
    if "noun" not in frames and stop - index < 4:
        return None
    return Target(index, False)


def _opening(words: Words, stretch: Stretch, index: int) -> int | None:
    """Give the quotation that opens here, after a colon or a comma or at once."""
    if stretch.starts_quotation(index):
        return index
    if words.texts[index] in ":,—–" and index + 1 < stretch.stop:
        if stretch.starts_quotation(index + 1):
            return index + 1
        if words.texts[index] == ":" and is_word(words, index + 1):
            return index + 1
    return None


def _skip_aside(words: Words, index: int, stop: int) -> int:
    """Step over `, however,` and the "only" of `said only that`, where a "that" follows."""
    after = index
    if words.texts[index : index + 1] == (",",):
        after = next(
            (ahead + 1 for ahead in range(index + 2, min(stop, index + 9)) if words.texts[ahead] == ","), index
        )
    elif words.lower[index : index + 1] == ("only",):
        after = index + 1
    return after if after < stop and words.lower[after] == "that" else index


def skip_time(words: Words, index: int, stop: int) -> int:
    """Step over `on Thursday`, `late Monday`, `last week` and adverbs after a verb."""
    while index < stop:
        word, following = words.lower[index], index + 1
        if is_day(words, index) or (is_adverb(words, index) and word not in ("only", "not", "never")):
            index += 1
        elif following < stop and (
            (word in ("on", "late", "early") and is_day(words, following))
            or (word in ("last", "this") and words.lower[following] in word_class("periods"))
        ):
            index += 2
        else:
            break
    return index


def _after_addressee(words: Words, stretch: Stretch, index: int, frames: frozenset[str]) -> Target | None:
    """Give the content behind `told reporters in Kyiv ...`: a clause word, a quotation, or the next phrase."""
    for ahead in range(index, min(stretch.stop, index + 16)):
        if stretch.starts_quotation(ahead):
            return Target(ahead, True)
        if words.texts[ahead] in ";.?!" or stretch.in_quotation(ahead) or _starts_verb(words, ahead, stretch.stop):
            break
        if ahead > index and words.lower[ahead] in ("that", "how", "why", "what", "whether", "if", "to", "about"):
            if words.lower[ahead] == "to" and not frames & {"infinitive"} and words.lower[index] != "reporters":
                if "infinitive" not in frames and "clause" in frames:
                    return Target(ahead, False)
                continue
            return Target(ahead, words.lower[ahead] != "to")
        if words.texts[ahead] == ":" and ahead + 1 < stretch.stop:
            return Target(ahead + 1, True)
    recipient = phrase_after(words, index, stretch.stop, apposition=False)
    if recipient is None:
        return None
    if words.lower[recipient[0]] in word_class("pronouns") or words.lower[index] in ("him", "them", "us", "me"):
        after = recipient[1] + 1
    else:
        after = skip_time(words, recipient[1] + 1, stretch.stop)
    if after + 2 < stretch.stop and is_word(words, after) and words.lower[after] not in word_class("prepositions"):
        return Target(after, False)
    if "noun" in frames:
        return Target(index, False)
    return None


def _starts_verb(words: Words, index: int, stop: int) -> bool:
    """Tell whether an "and" joins another reporting verb: `called it painful and promised that ...`."""
    return (
        words.lower[index] in ("and", "but")
        and index + 1 < stop
        and (cue := cue_forms().get((words.lower[index + 1],))) is not None
        and cue.form == "past"
    )


def _after_adjunct(words: Words, stretch: Stretch, index: int, frames: frozenset[str]) -> Target | None:
    """Give the content behind `said in a statement (that) ...`."""
    for ahead in range(index + 1, min(stretch.stop, index + 30)):
        if stretch.starts_quotation(ahead):
            return Target(ahead, True)
        if words.texts[ahead] in ";.?!":
            break
        if (
            words.lower[ahead] == "that"
            and "clause" in frames
            and words.lower[ahead - 1] not in ("of", "in", "on", "at")
        ):
            return Target(ahead, True)
        if words.texts[ahead] == ":":
            return Target(min(ahead + 1, stretch.stop - 1), True)
    if not frames & {"clause"} or words.lower[index] in ("of", "about", "with", "for", "to", "against"):
        return None
    inner = phrase_after(words, index + 1, stretch.stop, apposition=False)
    if inner is None:
        return None
    after = skip_time(words, inner[1] + 1, stretch.stop)
    if after < stretch.stop and words.lower[after] in word_class("prepositions_inside"):
        return None
    return Target(after, False) if after + 3 < stretch.stop and is_word(words, after) else None
