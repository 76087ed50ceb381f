"""What a speaker did with the content: asserted, denied, asked, promised or expressed it.

The verb decides, unless it is negated; then a noun in the cue; then how the content itself opens: in "adding that he
hopes ..." the verb is neutral and the hope stands in the content.
"""

from __future__ import annotations

import functools

from claimtrack.data import load_lexicon
from claimtrack.extract.rules.cues import cue_forms
from claimtrack.extract.speakers.lexicon import speaker_words
from claimtrack.extract.speakers.phrases import PRONOUNS
from claimtrack.extract.values import Attribution
from claimtrack.models.vocabulary import SpeechAct
from claimtrack.text import Span, Text

_OPENING_WORDS = 5
_BEFORE = 3
"""How many words before a cue may negate it: `did not publicly deny`."""


def speech_act_of(text: Text, found: Attribution) -> SpeechAct:
    """Tell what the speaker of an attribution did with its content.

    >>> from claimtrack.extract.rules.tagger import tag_by_rules
    >>> for sentence in ("Silva denied that it was old.", "Silva did not deny that it was old."):
    ...     text = Text(sentence)
    ...     print(speech_act_of(text, tag_by_rules(text)[0]))
    denied
    asserted
    """
    content = min(found.content)
    opening = _words(text, Span(content.start, min(content.end, content.start + 80)))
    cue = _words(text, found.cue) if found.cue is not None else []
    if opening[:1] == ["to"]:
        opening = opening[2:]  # `declined to say whether ...`
    open_question = bool(opening) and opening[0] in speaker_words("question_words")
    if is_negated(text, found):
        return "asked" if open_question else "asserted"
    act = _act_of_cue(cue)
    if act == "asserted" and found.content[-1].of(text.string).rstrip("\"'”’» ").endswith("?"):
        return "asked" if len(found.content) == 1 and "." not in content.of(text.string).rstrip('.?"”') else act
    return act if act != "asserted" else _act_of_opening(opening)


def is_negated(text: Text, found: Attribution) -> bool:
    """Tell whether the text says that the speaker did not do it: `did not say`, `declined to deny`."""
    if found.cue is None:
        return False
    first = text.words.first_from(found.cue.start)
    stop = text.words.first_from(found.cue.end)
    for index in range(first - 1, max(-1, first - 1 - _BEFORE), -1):
        word = text.words.lower[index]
        if any(piece.start < text.words.ends[index] <= piece.end for piece in found.content) or not word[0].isalnum():
            break
        if _negates(word):
            return True
    return any(_negates(word) for word in text.words.lower[first:stop])


def _negates(word: str) -> bool:
    return word in speaker_words("negations") or word.endswith("n't")


def _words(text: Text, span: Span) -> list[str]:
    words = text.words
    return [
        word for word in words.lower[words.first_from(span.start) : words.first_from(span.end)] if word[0].isalnum()
    ]


def _act_of_cue(cue: list[str]) -> SpeechAct:
    for length in (3, 2, 1):
        for start in range(len(cue) - length, -1, -1):
            form = cue_forms().get(tuple(cue[start : start + length]))
            if form is not None and (act := _acts().get(form.lemma)) is not None:
                return act
    return next((act for word in reversed(cue) if (act := _nouns().get(word)) is not None), "asserted")


def _act_of_opening(opening: list[str]) -> SpeechAct:
    """Give the act of `he hopes ...`, `I never promised ...`, where the content opens with the speaker's own act."""
    if opening[:1] == ["that"]:
        opening = opening[1:]
    if not opening or PRONOUNS.get(opening[0]) not in ("he", "she", "they", "i", "we"):
        return "asserted"
    for word in opening[1:_OPENING_WORDS]:
        if _negates(word):
            break
        form = cue_forms().get((word,))
        if form is not None:
            act = _acts().get(form.lemma, "asserted")
            return act if act in ("expressed", "promised", "denied") else "asserted"
    return "asserted"


@functools.cache
def _acts() -> dict[str, SpeechAct]:
    acts: dict[SpeechAct, list[str]] = load_lexicon("speakers")["speech_acts"]
    return {lemma: act for act, lemmas in acts.items() for lemma in lemmas}


@functools.cache
def _nouns() -> dict[str, SpeechAct]:
    nouns: dict[SpeechAct, list[str]] = load_lexicon("speakers")["act_nouns"]
    return {noun: act for act, words in nouns.items() for noun in words}
