"""Which reporting verbs attribute something where they stand, and the auxiliaries that belong to them."""

from __future__ import annotations

from claimtrack.extract.noun_phrases import is_adverb, is_name, word_class
from claimtrack.extract.rules.clauses import Stretch
from claimtrack.extract.rules.cues import CueAt, find_cues
from claimtrack.text import Words


def find_reporting_verbs(words: Words, stretch: Stretch) -> tuple[CueAt, ...]:
    """Give the cues of a stretch that are verbs which report, outside quotation marks.

    >>> from claimtrack.extract.rules.clauses import stretches_of
    >>> from claimtrack.text import Text
    >>> text = Text("The claim was denied, but Silva claims that it is sound.")
    >>> [text.words.texts[at.first] for at in find_reporting_verbs(text.words, next(stretches_of(text)))]
    ['claims']
    """
    in_headline = _is_headline(words, stretch)
    return tuple(
        at
        for at in find_cues(words, stretch.first, stretch.stop)
        if not stretch.in_quotation(at.first)
        # No verb but a headline's has a capital inside a sentence: the "States" of `the United States`.
        and (at.first == stretch.first or in_headline or not is_name(words, at.first))
        and _reports(words, stretch, at)
    )


def verb_group(words: Words, stretch: Stretch, at: CueAt) -> int:
    """Give the first word of a verb with its auxiliaries and adverbs: `has also said`."""
    first = at.first
    auxiliaries = word_class("auxiliaries")
    while first - 1 >= stretch.first and (words.lower[first - 1] in auxiliaries or is_adverb(words, first - 1)):
        first -= 1
    return first


def _is_headline(words: Words, stretch: Stretch) -> bool:
    """Tell whether half of the words have a capital, whatever they are."""
    span = range(stretch.first, stretch.stop)
    return 2 * sum(is_name(words, index) for index in span) >= len(span)


def _reports(words: Words, stretch: Stretch, at: CueAt) -> bool:
    """Tell a verb that reports from a noun, a passive and a participle."""
    first = at.first
    before = words.lower[first - 1] if first > stretch.first else ""
    after = words.lower[at.last + 1] if at.last + 1 < stretch.stop else "."
    helpers = set(words.lower[verb_group(words, stretch, at) : first])
    if before in ("to", "of", "by", "for", "in", "with", "from") or after == "by":
        return False
    if at.cue.form == "past":
        # "was asked", "the plan announced by": what is reported is the subject.
        return not helpers & word_class("be") and before not in word_class("determiners") - word_class("pronouns")
    if at.cue.form == "ing":
        return before in (",", "—", "–", "”", '"') or bool(helpers & word_class("be"))
    if before in word_class("determiners") or before.endswith("'s"):
        return False
    noted = after in ("that", ":", "“", '"')
    if at.cue.form == "base":
        plural = before.endswith("s") or before in ("people", "police", "we", "they", "i", "you", "who", "many")
        return bool(helpers & word_class("auxiliaries")) or (plural and (not at.cue.often_noun or noted))
    if at.cue.often_noun:
        sure = before in word_class("pronouns") or (first > 0 and is_name(words, first - 1))
        return (sure and before.isalpha()) or noted
    return True
