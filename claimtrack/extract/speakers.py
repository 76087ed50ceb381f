"""From the words that name a source to a speaker: a name, a kind, a role.

A first version by rules: full names that the article gives are put for surnames, the latest fitting speaker for
pronouns and descriptions ("the president"). What stays unknown stays described, never guessed from outside.
"""

from __future__ import annotations

import bisect
import re
from collections import deque
from collections.abc import Sequence

import attrs

from claimtrack.extract.names import POSSESSIVE, TitledName, find_full_names, find_titled_names, speaker_words
from claimtrack.extract.noun_phrases import is_name, is_noun_like, phrase_before, word_class
from claimtrack.extract.values import Attribution
from claimtrack.models.vocabulary import SpeakerKind
from claimtrack.text import Span, Text

_LEADING = re.compile(r"\A(?:the|an?|its|his|her|their)\s+", re.IGNORECASE)
_MEMORY = 200
"""How many speakers back "he" or "the president" may reach; further, no reader would follow."""

_NAMELESS: tuple[SpeakerKind, ...] = ("group", "anonymous")
_PRONOUN_KINDS: dict[str, tuple[SpeakerKind, ...]] = {
    "he": ("person",),
    "she": ("person",),
    "it": ("organization", "document"),
    "they": ("group", "organization"),
}


@attrs.frozen(slots=True, kw_only=True)
class FoundSpeaker:
    """Who a source names; `mention` is the span of the words that do."""

    name: str | None
    kind: SpeakerKind
    role: str | None
    mention: Span | None
    alternatives: tuple[str, ...] = ()


def find_speakers(text: Text, attributions: Sequence[Attribution]) -> tuple[tuple[FoundSpeaker, ...], ...]:
    """Give the speakers of each attribution, in the order of the attributions; none where the text names none.

    >>> text = Text("“We won,” said Mayor Ann Silva. The mayor thanked voters.")
    >>> from claimtrack.extract.rules.tagger import tag_by_rules
    >>> [(one.name, one.role) for found in find_speakers(text, tag_by_rules(text)) for one in found]
    [('Ann Silva', 'Mayor'), ('Ann Silva', 'Mayor')]
    """
    resolver = _Resolver(text)
    order = sorted(range(len(attributions)), key=lambda index: attributions[index].content[0])
    found: dict[int, tuple[FoundSpeaker, ...]] = {}
    for index in order:
        source = attributions[index].source
        found[index] = resolver.resolve(source) if source is not None else ()
    return tuple(found[index] for index in range(len(attributions)))


class _Resolver:
    """Reads the sources of one text in order and remembers who has spoken."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.words = text.words
        self.full_names = find_full_names(text)
        self.titled_names = find_titled_names(text)
        self.roles: dict[str, str] = {}
        self.titles = {one.name: one.role for one in reversed(self.titled_names)}
        self.spoken: deque[FoundSpeaker] = deque(maxlen=_MEMORY)

    def resolve(self, source: Span) -> tuple[FoundSpeaker, ...]:
        """Give the speakers that one source names."""
        first = self.words.first_from(source.start)
        last = self.words.first_from(source.end) - 1
        speakers = tuple(self._one(*part) for part in self._parts(first, last)) if first <= last else ()
        for speaker in speakers:
            if speaker.kind != "unknown":
                self.spoken.append(speaker)
        return speakers

    def _parts(self, first: int, last: int) -> list[tuple[int, int]]:
        """Split `Ann Silva and Bo Lind` into its two names."""
        low = self.words.lower
        for index in range(first + 1, last):
            if low[index] == "and" and is_name(self.words, first) and is_name(self.words, index + 1):
                inside = [low[place] for place in range(first, last + 1)]
                if not set(inside) & {",", "of", "for", "ministry", "department"} and last - first <= 8:
                    return [(first, index - 1), *self._parts(index + 1, last)]
        return [(first, last)]

    def _one(self, first: int, last: int) -> FoundSpeaker:
        words = self.words
        mention = words.span(first, last)
        if first == last and _pronoun_of(words.lower[first]) in word_class("pronouns"):
            return self._pronoun(first, mention)
        head_last = self._head_end(first, last)
        names = self._name_words(first, head_last)
        if not names and head_last + 2 <= last and self._is_personal_name(head_last + 2, last):
            return self._described_first(first, head_last, last, mention)
        kind = self._kind(first, head_last, names)
        if kind == "person":
            return self._person(first, head_last, last, names, mention)
        if kind == "unknown":
            return self._description(first, head_last, mention)
        if kind == "organization":
            return self._organization(first, head_last, mention)
        written = words.span(first, head_last).of(self.text.string)
        return FoundSpeaker(name=None, kind=kind, role=_one_line(POSSESSIVE.sub("", written)), mention=mention)

    def _is_personal_name(self, first: int, last: int) -> bool:
        """Tell whether an apposition is a name: `its director, Dr. Felix Arendt`."""
        names = self._name_words(first, last)
        return len(names) >= 2 and names[-1] == last

    def _described_first(self, first: int, head_last: int, last: int, mention: Span) -> FoundSpeaker:
        """Give the person of `its director, Dr. Felix Arendt`: the description is the role."""
        names = self._name_words(head_last + 2, last)
        name = " ".join(self.words.texts[index] for index in names)
        role = re.sub(_LEADING, "", self.words.span(first, head_last).of(self.text.string))
        self.roles.setdefault(name, role)
        return FoundSpeaker(name=name, kind="person", role=_one_line(role), mention=mention)

    def _head_end(self, first: int, last: int) -> int:
        """Give the last word before an apposition, or before a preposition that only describes."""
        for index in range(first + 1, last + 1):
            if self.words.texts[index] in ",(" or self.words.lower[index] in ("who", "which"):
                return index - 1
        return last

    def _name_words(self, first: int, last: int) -> list[int]:
        """Give the last run of capitalised words that is no role."""
        run: list[int] = []
        for index in range(first, last + 1):
            word = self.words.lower[index]
            if is_name(self.words, index) and word not in word_class("determiners"):
                if word in speaker_words("titles") or word in speaker_words("honorifics"):
                    run = []
                else:
                    run.append(index)
            elif word in word_class("prepositions_inside") and run:
                break
            elif run and self.words.texts[index] not in ".-'’":
                run = []
        return run

    def _kind(self, first: int, last: int, names: list[int]) -> SpeakerKind:
        low, texts = self.words.lower, self.words.texts
        head = self._head_noun(first, last)
        if head in speaker_words("anonymous"):
            return "anonymous"
        if head in speaker_words("organization") and not self._is_role(first, last):
            return "organization"
        if head in speaker_words("document"):
            return "document"
        if head in speaker_words("group"):
            return "group"
        if first == last and self._is_plural_noun(first):
            return "group"
        if names and names[-1] >= self._last_noun(first, last):
            name = " ".join(texts[index] for index in names)
            if low[first] == "the" and names[0] == first + 1 and not self.full_names.get(low[names[-1]]):
                return "organization"
            if name.isupper() and len(names) == 1 and len(name) > 1:
                return "organization"
            return "person"
        return "unknown"

    def _is_plural_noun(self, index: int) -> bool:
        """Tell `Auditors` at the start of a sentence from a name: nobody in the text is called so."""
        word = self.words.lower[index]
        if not word.endswith(("ers", "ors", "ists", "ants", "ents", "ians")) or word in self.full_names:
            return False
        return self.words.texts[index] == word or self._starts_sentence(index)

    def _starts_sentence(self, index: int) -> bool:
        words = self.words
        if index == 0 or words.texts[index - 1] in '.!?"”“':
            return True
        return "\n" in self.text.string[words.ends[index - 1] : words.starts[index]]

    def _is_role(self, first: int, last: int) -> bool:
        return self.words.lower[last] in speaker_words("titles")

    def _last_noun(self, first: int, last: int) -> int:
        """Give the last word of the phrase's core, before any preposition inside it."""
        for index in range(first + 1, last + 1):
            if self.words.lower[index] in word_class("prepositions_inside"):
                return index - 1
        return last

    def _head_noun(self, first: int, last: int) -> str:
        return POSSESSIVE.sub("", self.words.lower[self._last_noun(first, last)])

    # --- the kinds --------------------------------------------------------------------------------------------

    def _person(self, first: int, head_last: int, last: int, names: list[int], mention: Span) -> FoundSpeaker:
        words = self.words
        name = POSSESSIVE.sub("", " ".join(words.texts[index] for index in names))
        alternatives: tuple[str, ...] = ()
        if len(names) == 1:
            candidates = self._candidates(name)
            if candidates:
                name, *rest = candidates
                alternatives = tuple(rest)
        written = self._role(first, names[0], head_last, last)
        if written:
            self.roles.setdefault(name, written)
        role = written or self.roles.get(name) or self.titles.get(name)
        return FoundSpeaker(name=name, kind="person", role=role, mention=mention, alternatives=alternatives)

    def _candidates(self, surname: str) -> list[str]:
        """Give the full names that a single name may stand for, who spoke last first."""
        names = self.full_names.get(surname.lower(), ())
        last_spoken = {one.name: place for place, one in enumerate(self.spoken)}
        return sorted(names, key=lambda name: -last_spoken.get(name, -1))

    def _role(self, first: int, name_first: int, head_last: int, last: int) -> str | None:
        """Give the role before the name, else the apposition after it."""
        before = [
            self.words.texts[index]
            for index in range(first, name_first)
            if self.words.lower[index] not in speaker_words("honorifics")
            and not (index == first and self.words.lower[index] in ("the", "a", "an"))
        ]
        if before:
            return _one_line(" ".join(before))
        if head_last + 2 <= last:
            apposition = self.words.span(head_last + 2, last).of(self.text.string)
            return None if apposition[:1].isdigit() and len(apposition) < 4 else _one_line(apposition)
        return None

    def _organization(self, first: int, last: int, mention: Span) -> FoundSpeaker:
        words = self.words
        written = re.sub(_LEADING, "", words.span(first, last).of(self.text.string))
        if self._is_named(first, last):
            return FoundSpeaker(name=_one_line(written), kind="organization", role=None, mention=mention)
        head = words.lower[last]
        generic = head in speaker_words("generic_organization")
        for one in reversed(self.spoken):
            if one.kind != "organization" or one.name is None:
                continue
            words_of = one.name.lower().split()
            if words_of[-1] == head or (generic and not set(words_of) & speaker_words("public_body")):
                return attrs.evolve(one, mention=mention)
        # An unnamed body is described, not named.
        return FoundSpeaker(name=None, kind="organization", role=_one_line(written), mention=mention)

    def _is_named(self, first: int, last: int) -> bool:
        """Tell `Sarnian Air` from `the company`: a capital that no sentence's start explains."""
        words = self.words
        start = first + 1 if first < last or self._starts_sentence(first) else first
        return any(is_name(words, index) for index in range(start, last + 1)) or (
            first < last and is_name(words, first) and words.lower[first] not in word_class("determiners")
        )

    def _description(self, first: int, last: int, mention: Span) -> FoundSpeaker:
        """Resolve `the president`, `the Azerbaijani president` to the latest person in that role."""
        wanted = {
            POSSESSIVE.sub("", self.words.lower[index])
            for index in range(first, last + 1)
            if is_noun_like(self.words, index) and self.words.lower[index] not in word_class("determiners")
        }
        head = self._head_noun(first, last)
        fitting: dict[str, FoundSpeaker] = {}
        for one in reversed(self.spoken):
            if one.kind == "person" and one.name is not None and wanted | {head} <= _words_of(one.role):
                fitting.setdefault(one.name, one)
        if fitting:
            best, *rest = fitting.values()
            return attrs.evolve(best, mention=mention, alternatives=tuple(one.name for one in rest if one.name))
        known = self._role_holder(wanted, mention.start)
        if known is not None:
            return FoundSpeaker(name=known.name, kind="person", role=known.role, mention=mention)
        kind: SpeakerKind = "person" if head in speaker_words("titles") else "unknown"
        written = _one_line(self.words.span(first, last).of(self.text.string))
        role_given = re.sub(_LEADING, "", written or "") or None
        return FoundSpeaker(name=None, kind=kind, role=role_given, mention=mention)

    def _role_holder(self, wanted: set[str], before: int) -> TitledName | None:
        """Give the person whom the text names last with this role before a place."""
        stop = bisect.bisect_left(self.titled_names, before, key=lambda one: one.start)
        for number in range(stop - 1, max(-1, stop - 1 - _MEMORY), -1):
            if wanted <= _words_of(self.titled_names[number].role):
                return self.titled_names[number]
        return None

    def _pronoun(self, index: int, mention: Span) -> FoundSpeaker:
        words = self.words
        pronoun = _pronoun_of(words.lower[index])
        if pronoun == "who":
            before = index - 2 if index > 0 and words.texts[index - 1] == "," else index - 1
            phrase = phrase_before(words, before, max(0, index - 30)) if before >= 0 else None
            if phrase is not None and words.lower[phrase[0]] != "who":
                return attrs.evolve(self._one(*phrase), mention=mention)
        wanted = _PRONOUN_KINDS.get(pronoun, ())
        for one in reversed(self.spoken):
            if one.kind in wanted:
                return attrs.evolve(one, mention=mention)
        for kind in _NAMELESS:
            if pronoun in speaker_words(kind):
                return FoundSpeaker(name=None, kind=kind, role=pronoun, mention=mention)
        return FoundSpeaker(name=None, kind="unknown", role=None, mention=mention)


def _pronoun_of(word: str) -> str:
    """Give the pronoun of `he's` and `they've`."""
    return word.partition("'")[0]


def _words_of(role: str | None) -> set[str]:
    return set((role or "").lower().split())


def _one_line(written: str) -> str | None:
    """Give a text as one line, as a document's role or name must be."""
    return " ".join("".join(c if c.isprintable() else " " for c in written).split())[:2000] or None
