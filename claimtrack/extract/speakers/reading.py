"""What the phrase of a source is in the light of the cast: its kind, the names in it, the role that it writes."""

from __future__ import annotations

from typing import Final

from claimtrack.extract.noun_phrases import is_name, is_noun_like, is_word, word_class
from claimtrack.extract.speakers.cast import Cast
from claimtrack.extract.speakers.character import Naming
from claimtrack.extract.speakers.lexicon import (
    adjectives_of_countries,
    country_words,
    person_nouns,
    plain,
    speaker_words,
)
from claimtrack.extract.speakers.phrases import Phrase
from claimtrack.extract.speakers.roles import Role, read_role
from claimtrack.models.vocabulary import SpeakerKind

OPENERS: Final = frozenset(("the", "a", "an", "his", "her", "its", "their", "this", "that"))
_NO_APPOSITION = frozenset(("is", "was", "were", "are", "said", "by", "with", "and"))


class PhraseReader:
    """Reads the phrases of one text."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.words = cast.words

    def kind(self, phrase: Phrase) -> SpeakerKind:
        """Tell what sort of speaker a description names, by its head noun."""
        low, head = self.words.lower, plain(self.words.lower[phrase.head])
        texts = self.words.texts
        if head in person_nouns() and head not in speaker_words("group"):
            return "person"
        kinds: tuple[SpeakerKind, ...] = ("anonymous", "organization", "document", "group")
        for kind in kinds:
            if head in speaker_words(kind):
                return kind
        if texts[phrase.head][0].isdigit() or head.endswith(("ers", "ors", "ists", "ants", "ents", "ians")):
            return "group"
        if head in adjectives_of_countries() and low[phrase.first] == "the" and not head.endswith(("s", "ese", "sh")):
            return "person"
        if is_name(self.words, phrase.head) and not (
            phrase.first == phrase.head and self.cast.reader.opens(phrase.head)
        ):
            return "group" if low[phrase.head] in country_words() else "organization"
        if head.endswith(("er", "or", "ist", "man", "woman", "-old")) and low[phrase.first] in ("the", "a", "an"):
            return "person"
        return "unknown"

    def has_name(self, phrase: Phrase) -> bool:
        """Tell `the Dessa port authority` from `the company`: a capital that no sentence's start explains."""
        start, low = phrase.first, self.words.lower[phrase.first]
        common = low in person_nouns() or low in speaker_words("organization") or low in speaker_words("group")
        if low in word_class("determiners") or self.cast.reader.only_opens(start) or start == phrase.head or common:
            start += 1
        if self.cast.namings_in(phrase.first, phrase.head):
            return True
        return any(is_name(self.words, index) for index in range(start, phrase.head + 1))

    def subjects(self) -> list[tuple[int, int]]:
        """Give the descriptions that open sentences: `A 29-year-old woman`, `The medical board`."""
        words, found = self.words, []
        groups = speaker_words("group")
        nouns = person_nouns() | speaker_words("organization") | groups
        for first in self.cast.sentence_firsts:
            if first >= len(words) or words.lower[first] not in OPENERS:
                if first < len(words) and words.lower[first] in groups and not self.cast.namings_in(first, first):
                    found.append((first, first))
                continue
            last = None
            for index in range(first + 1, min(len(words), first + 6)):
                if not is_noun_like(words, index) or words.starts[index] != words.ends[index - 1] + 1:
                    break
                if words.lower[index] in nouns:
                    last = index
                elif last is not None or words.lower[index] in speaker_words("titles"):
                    break
            if last is not None and not self.cast.namings_in(first, min(last + 1, len(words) - 1)):
                found.append((first, last))
        return found

    def naming_at_head(self, phrase: Phrase) -> Naming | None:
        """Give the name that a phrase is about."""
        for naming in self.cast.namings_in(phrase.first, phrase.core_last):
            if naming.first <= phrase.head <= naming.last:
                return naming
        return None

    def names_behind(self, phrase: Phrase) -> list[Naming]:
        """Give the names that are the apposition of a description: `its director, Dr. Felix Arendt`.

        After a group, every name: `Two of them, Ivo Marsh and Dora Penn`.
        """
        assert phrase.after is not None
        first, last = phrase.after
        found = [one for one in self.cast.namings_in(first, last) if not one.possessive]
        if not found or not self._leads_to(first, found[0]):
            return []
        kind = self.kind(phrase)
        if kind == "group" or self.words.lower[phrase.head] in ("two", "three", "both"):
            return [one for one in found if one.character.is_person]
        wanted_person = kind not in ("organization", "document")
        return found[:1] if found[0].character.is_person is wanted_person else []

    def _leads_to(self, first: int, naming: Naming) -> bool:
        """Tell whether only a role stands between a comma and a name: `one, 66-year-old Bae Jung-soo`."""
        if self.words.lower[first] in ("who", "which", "whose", "where", "in", "of", "at"):
            return False
        between = self.words.lower[first : naming.first]
        if len(between) > 6 or set(between) & _NO_APPOSITION:
            return False
        return (
            not between
            or between[-1] in (*person_nouns(), "named", "called")
            or between[-1].endswith("-old")
            or len(between) == 1
        )

    def role_here(self, naming: Naming, phrase: Phrase) -> Role | None:
        """Give the role that the source itself writes: before the name, else behind it."""
        low, honorifics = self.words.lower, speaker_words("honorifics")
        first, last = phrase.first, naming.name_first - 1
        while first <= last and low[first] in OPENERS:
            first += 1
        while first <= last and low[last] in honorifics:
            last -= 1
        while first <= last and low[first] in honorifics:
            first += 1
        if first <= last:
            return read_role(self.words, first, last)
        if phrase.after is not None:
            first, last = phrase.after
            while first <= last and (self.words.texts[first].isdigit() or not is_word(self.words, first)):
                first += 1
            while last >= first and not is_word(self.words, last):
                last -= 1
            if first <= last and low[first] not in ("who", "whose", "which", "and", "writing", "speaking"):
                return read_role(self.words, first, last)
        return None
