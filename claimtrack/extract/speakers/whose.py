"""Whose somebody or something is: `Putin's`, `his`; and for whom a spokesperson speaks."""

from __future__ import annotations

from typing import Final

from claimtrack.extract.noun_phrases import word_class
from claimtrack.extract.speakers.cast import Cast
from claimtrack.extract.speakers.found import one_line
from claimtrack.extract.speakers.lexicon import plain, speaker_words
from claimtrack.extract.speakers.phrases import PRONOUNS, Phrase
from claimtrack.extract.speakers.resolving import Kinds, Ranges, Resolver
from claimtrack.extract.speakers.roles import Role

IT: Final[Kinds] = frozenset(("organization", "document"))
THEY: Final[Kinds] = frozenset(("group", "organization", "anonymous"))
SURE: Final = 0.97
"""How sure a name is that is written out."""


class Whose:
    """Finds owners and those who are represented in one text."""

    def __init__(self, cast: Cast, resolver: Resolver) -> None:
        self.cast = cast
        self.resolver = resolver
        self.words = cast.words
        self.text = cast.text

    def represented(self, role: Role, phrase: Phrase | None = None, own: Ranges = ()) -> str | None:
        """Give for whom a spokesperson speaks: `a spokeswoman for the port`, `Kremlin spokesman`, `his spokesman`."""
        if role.head not in speaker_words("for_somebody"):
            return None
        words = self.words
        for index in range(role.first, role.last):
            if words.lower[index] in ("for", "of"):
                return self._body_name(index + 1, role.last)
        owner = self.owner(phrase, own) if phrase is not None else None
        if owner is not None:
            return owner[0] or None
        head = next((i for i in range(role.last, role.first - 1, -1) if plain(words.lower[i]) == role.head), role.first)
        if head > role.first and role.head in speaker_words("spokespeople"):
            return self._body_name(role.first, head - 1)
        return None

    def _body_name(self, first: int, last: int) -> str | None:
        words = self.words
        while first <= last and words.lower[first] in word_class("determiners"):
            first += 1
        for naming in self.cast.namings_in(first, last):
            if naming.first == first:
                return naming.character.name
        for index in range(first + 1, last + 1):
            if words.texts[index] in ",(" or words.lower[index] in ("who", "which"):
                last = index - 1
                break
        if first > last:
            return None
        found = self.resolver.body(first, plain(words.lower[last]), frozenset(), ())
        if found is not None:
            return found.character.name
        return one_line(plain(words.span(first, last).of(self.text.string)))

    def owner(self, phrase: Phrase, own: Ranges) -> tuple[str, float] | None:
        """Give whose it is: the name behind `Putin's` or `his`, and how sure it is."""
        if phrase.owner is None:
            return None
        low = self.words.lower[phrase.owner]
        pronoun = PRONOUNS.get(low)
        if pronoun in ("he", "she"):
            found = self.resolver.pronoun(phrase.owner, "male" if pronoun == "he" else "female", own)
        elif pronoun in ("it", "they"):
            found = self.resolver.other(phrase.owner, IT if pronoun == "it" else THEY, own)
        else:
            for naming in self.cast.namings_in(phrase.first, phrase.owner):
                return naming.character.name or "", SURE
            return None
        return (found.character.name or "", found.confidence) if found is not None else ("", 0.0)
