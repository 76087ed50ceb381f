"""Who passed words on: in "A said B had told him that ..." B is the speaker, and A is kept as `via`."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

import attrs

from claimtrack.extract.noun_phrases import Phrase, is_adverb, is_name, phrase_after, phrase_before, word_class
from claimtrack.extract.rules.cues import cue_forms
from claimtrack.extract.speakers.lexicon import speaker_words
from claimtrack.extract.values import Attribution, kind_of
from claimtrack.text import Span, Text, Words

_LISTENERS = frozenset(("him", "her", "them", "me", "us", "it", "reporters", "you"))
_WITH_LISTENER = frozenset(("told", "assured", "informed", "warned", "reminded", "promised"))
_CLAUSE_OPENERS = frozenset(("the", "a", "an", "he", "she", "they", "it", "there", "his", "her", "their", "its"))
_LONGEST_SUBJECT = 14


def with_chains(text: Text, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Give the attributions, those that pass on somebody else's words as that one's, with `via`.

    >>> from claimtrack.extract.rules.tagger import tag_by_rules
    >>> text = Text("Silva said that Lind had told her that the bridge was safe.")
    >>> (found,) = with_chains(text, tag_by_rules(text))
    >>> found.source.of(text.string), found.via.of(text.string), found.content[0].of(text.string)
    ('Lind', 'Silva', 'that the bridge was safe')
    """
    return tuple(_opened(text, one) or _preceded(text, one) or one for one in attributions)


def _opened(text: Text, found: Attribution) -> Attribution | None:
    """Take `Lind had told her` off the front of a content: what follows is Lind's."""
    if found.source is None or found.cue is None or found.stage.startswith("headline"):
        return None
    content = min(found.content)
    words = text.words
    first, stop = words.first_from(content.start), words.first_from(content.end)
    if first < stop and words.lower[first] == "that":
        first += 1
    chain = (_passive(words, first, stop) or _active(words, first, stop)) if first < stop else None
    if chain is None or chain.start >= stop:
        return None
    inner = Span(words.starts[chain.start], content.end)
    pieces = (inner, *(piece for piece in sorted(found.content) if piece is not content and piece != content))
    return attrs.evolve(
        found,
        source=words.span(*chain.subject),
        cue=words.span(chain.verb_first, chain.verb_last),
        content=pieces,
        kind=kind_of(text, pieces),
        via=found.source,
    )


@attrs.frozen(slots=True)
class _Chain:
    """The words of `Lind had told her`: who, the verb, and where the content starts."""

    subject: Phrase
    verb_first: int
    verb_last: int
    start: int


def _active(words: Words, first: int, stop: int) -> _Chain | None:
    """Read `Lind had told her (that) ...` and `Lind as saying ...`."""
    subject = _subject(words, first, stop)
    if subject is None:
        return None
    after = subject[1] + 1
    if words.lower[after : after + 2] == ("as", "saying"):
        return _Chain(subject, after, after + 1, after + 2)
    told = _reporting_verb(words, after, stop)
    if told is None:
        return None
    verb_first, verb_last, listener = told
    start = verb_last + 1 + listener
    if start >= stop or not _opens_content(words, start, bool(listener)):
        return None
    return _Chain(subject, verb_first, verb_last, start)


def _passive(words: Words, first: int, stop: int) -> _Chain | None:
    """Read `he had been told by the minister that ...`."""
    if words.lower[first] not in ("he", "she", "they"):
        return None
    by = next((index for index in range(first + 1, min(stop, first + 6)) if words.lower[index] == "by"), None)
    if by is None or not _is_told(words, by - 1):
        return None
    subject = phrase_after(words, by + 1, min(stop, by + _LONGEST_SUBJECT))
    if subject is None or words.lower[subject[1] + 1 : subject[1] + 2] != ("that",):
        return None
    return _Chain(subject, first + 1, by, subject[1] + 1)


def _subject(words: Words, first: int, stop: int) -> Phrase | None:
    """Give who spoke, at the start of what was passed on; a pronoun could be the speaker again, so it must be named."""
    if first >= stop or words.lower[first] in word_class("pronouns"):
        return None
    subject = phrase_after(words, first, min(stop, first + _LONGEST_SUBJECT))
    if subject is None:
        return None
    # A verb looks like a noun to phrases: the subject ends before the first reporting verb.
    for index in range(first, subject[1] + 1):
        if words.lower[index] in word_class("auxiliaries") or _is_told(words, index):
            return (first, index - 1) if index > first else None
    return subject


def _is_told(words: Words, index: int) -> bool:
    form = cue_forms().get((words.lower[index],))
    return form is not None and form.form in ("past", "s") and form.lemma in speaker_words("passing_on")


def _reporting_verb(words: Words, index: int, stop: int) -> tuple[int, int, int] | None:
    """Give the verb group of `had told her`, and how many words name the listener."""
    first = index
    while index < stop and (words.lower[index] in ("has", "had", "have") or is_adverb(words, index)):
        index += 1
    if index >= stop or not _is_told(words, index):
        return None
    if index + 1 < stop and words.lower[index + 1] in _LISTENERS:
        return first, index, 1
    if words.lower[index + 1 : index + 2] == ("to",) and set(words.lower[index + 2 : index + 3]) & _LISTENERS:
        return first, index, 2
    if words.lower[index] in _WITH_LISTENER:
        for ahead in range(index + 2, min(stop, index + 8)):
            if words.lower[ahead] == "that":  # `had told the board that ...`
                return first, index, ahead - index - 1
        if index + 2 < stop and words.lower[index + 2] in _CLAUSE_OPENERS:
            return first, index, 1  # `had assured residents the water ...`
    return first, index, 0


def _opens_content(words: Words, index: int, listener: bool) -> bool:
    """Tell whether a clause or a quotation follows: `that ...`, `“...`, or, after `told her`, anything."""
    if words.lower[index] in ("that", "whether", "if") or words.texts[index] in ':"“' or listener:
        return True
    return words.lower[index - 1] in ("said", "says") and words.lower[index] in _CLAUSE_OPENERS


def _preceded(text: Text, found: Attribution) -> Attribution | None:
    """Give `via` where the source itself stands after `Silva said (that)`: the tagger found the inner attribution."""
    if found.source is None or found.cue is None or min(found.content).start < found.cue.start:
        return None
    words = text.words
    index = words.first_from(found.source.start) - 1
    if index > 0 and words.lower[index] == "that":
        index -= 1
    place = bisect.bisect_right(text.sentences, found.source.start, key=lambda one: one.start) - 1
    sentence = text.sentences[place].start if place >= 0 else 0
    if index < 1 or words.starts[index] < sentence or not _is_told(words, index):
        return None
    while index > 0 and (words.lower[index - 1] in ("has", "had", "have") or is_adverb(words, index - 1)):
        index -= 1
    outer = phrase_before(words, index - 1, max(0, index - 30, words.first_from(sentence)))
    if outer is None or not (is_name(words, outer[1]) or words.lower[outer[0]] in ("the", "he", "she", "his", "her")):
        return None
    span = words.span(*outer)
    return attrs.evolve(found, via=span) if span != found.source else None
