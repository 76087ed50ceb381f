"""From the words that name a source to a speaker: a name, a kind, a role, and how sure that is.

What the text does not tell stays described, and is never guessed from outside.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

import attrs

from claimtrack.extract.noun_phrases import phrase_before, word_class
from claimtrack.extract.speakers.cast import Cast
from claimtrack.extract.speakers.character import Character, Naming
from claimtrack.extract.speakers.found import FoundSpeaker, one_line
from claimtrack.extract.speakers.lexicon import (
    Gender,
    country_words,
    gendered_words,
    given_names,
    is_epithet,
    person_nouns,
    plain,
    speaker_words,
)
from claimtrack.extract.speakers.phrases import PRONOUNS, Phrase, read_phrase, split_speakers
from claimtrack.extract.speakers.reading import OPENERS, PhraseReader
from claimtrack.extract.speakers.resolving import Ranges, Resolution, Resolver
from claimtrack.extract.speakers.roles import Role, read_role
from claimtrack.extract.speakers.whose import IT, SURE, THEY, Whose
from claimtrack.extract.values import Attribution
from claimtrack.models.vocabulary import SpeakerKind
from claimtrack.text import Span, Text

_LEADING = re.compile(r"\A(?:the|an?|its|his|her|their)\s+", re.IGNORECASE)
_INDEFINITE = frozenset(("a", "an", "another", "one", "some", "any", "no", "every", "each"))
_NEAR = 6
"""In how many contents before a word an `I` is looked for."""
_SURNAME, _LONE = 0.94, 0.85
_SURE_OF_A_BODY = 0.85


def find_speakers(text: Text, attributions: Sequence[Attribution]) -> tuple[tuple[FoundSpeaker, ...], ...]:
    """Give the speakers of each attribution, in the order of the attributions; none where the text names none.

    >>> text = Text("“We won,” said Mayor Ann Silva. The mayor thanked voters.")
    >>> from claimtrack.extract.rules.tagger import tag_by_rules
    >>> [(one.name, one.role) for found in find_speakers(text, tag_by_rules(text)) for one in found]
    [('Ann Silva', 'Mayor'), ('Ann Silva', 'Mayor')]
    """
    return _Reader(text, attributions).speakers()


@attrs.frozen(slots=True)
class _Source:
    """One source to resolve, with the words of what it says."""

    number: int
    first: int
    last: int
    own: Ranges


class _Reader:
    """Reads the sources of one text in order."""

    def __init__(self, text: Text, attributions: Sequence[Attribution]) -> None:
        self.text = text
        self.words = text.words
        self.attributions = attributions
        sources = [span for one in attributions for span in (one.source, one.via) if span is not None]
        self.cast = Cast(text, sources)
        self.resolver = Resolver(self.cast)
        self.reading = PhraseReader(self.cast)
        self.whose = Whose(self.cast, self.resolver)
        self.content_starts = sorted(
            (piece.start, number) for number, one in enumerate(attributions) for piece in one.content
        )
        self.found: dict[int, tuple[FoundSpeaker, ...]] = {}
        self.by_span: dict[tuple[int, int], tuple[FoundSpeaker, ...]] = {}
        self.before: tuple[FoundSpeaker, ...] = ()
        self.together: tuple[FoundSpeaker, ...] = ()

    def speakers(self) -> tuple[tuple[FoundSpeaker, ...], ...]:
        """Resolve every source where it stands, and the pronouns between, which keep people in mind."""
        sources = self._sources()
        taken = {index for one in sources for index in range(one.first, one.last + 1)}
        pronouns = [
            index
            for index, word in enumerate(self.words.lower)
            if word in ("he", "she") and index not in taken and not self.cast.is_quoted(index)
        ]
        subjects = [
            (first, last)
            for first, last in self.reading.subjects()
            if not taken.intersection(range(first, last + 1)) and not self.cast.is_quoted(first)
        ]
        between = sorted([(index, index) for index in pronouns] + subjects)
        reached = 0
        for one in sources:
            while reached < len(between) and between[reached][0] < one.first:
                self._hear(*between[reached])
                reached += 1
            self.found[one.number] = self._resolve(one)
        return tuple(self._with_via(number) for number in range(len(self.attributions)))

    def _sources(self) -> list[_Source]:
        found = []
        for number, one in enumerate(self.attributions):
            own = tuple((self.words.first_from(span.start), self.words.first_from(span.end)) for span in one.content)
            for key, span in ((number, one.source), (-1 - number, one.via)):
                if span is not None:
                    first, last = self.words.first_from(span.start), self.words.first_from(span.end) - 1
                    if first <= last:
                        found.append(_Source(key, first, last, own))
        return sorted(found, key=lambda one: (one.first, one.last))

    def _with_via(self, number: int) -> tuple[FoundSpeaker, ...]:
        speakers = self.found.get(number, ())
        passed_on = self.found.get(-1 - number, ())
        return tuple(attrs.evolve(one, via=passed_on[0]) for one in speakers) if passed_on else speakers

    def _hear(self, index: int, last: int) -> None:
        """Take a pronoun or a description that is no source for one more naming of whom it means."""
        self.resolver.advance(index)
        if last > index:
            spoken = list(self.resolver.spoken)
            self._one(index, last, ())
            self.resolver.spoken.clear()
            self.resolver.spoken.extend(spoken)
            return
        gender: Gender = "female" if self.words.lower[index] == "she" else "male"
        found = self.resolver.pronoun(index, gender, ())
        if found is not None:
            opens = index in self.cast.reader.sentence_starts
            self.resolver.see(index, found.character, subject=0.9 if opens else 0.4)

    def _resolve(self, source: _Source) -> tuple[FoundSpeaker, ...]:
        known = self.by_span.get((source.first, source.last))
        if known is not None:
            return known
        self.resolver.advance(source.first)
        parts = split_speakers(self.words, source.first, source.last)
        speakers = tuple(one for part in parts for one in self._one(*part, source.own))
        speakers = self._with_shared_surname(parts, speakers)
        self.by_span[source.first, source.last] = speakers
        self.before = speakers
        if len(speakers) > 1 and all(one.kind == speakers[0].kind and one.name for one in speakers):
            self.together = speakers
        return speakers

    def _with_shared_surname(
        self, parts: list[tuple[int, int]], speakers: tuple[FoundSpeaker, ...]
    ) -> tuple[FoundSpeaker, ...]:
        """Give `John and Mary Bell` one surname."""
        if len(parts) != 2 or len(speakers) != 2 or parts[0][0] != parts[0][1] or speakers[1].kind != "person":
            return speakers
        given = self.words.texts[parts[0][0]]
        surname = (speakers[1].name or "").partition(" ")[2]
        if speakers[0].name != given or given.lower() not in given_names() or not surname:
            return speakers
        return attrs.evolve(speakers[0], name=f"{given} {surname}"), speakers[1]

    def _one(self, first: int, last: int, own: Ranges) -> tuple[FoundSpeaker, ...]:
        phrase = read_phrase(self.words, first, last)
        if phrase is None:
            return ()
        mention = self.words.span(first, last)
        if phrase.first == phrase.core_last:
            pronoun = PRONOUNS.get(self.words.lower[phrase.first].partition("'")[0])
            if pronoun is not None:
                return self._pronoun(pronoun, phrase, mention, own)
        naming = self.reading.naming_at_head(phrase)
        if naming is not None:
            return (self._named(naming, phrase, mention),)
        if phrase.after is not None:
            behind = self.reading.names_behind(phrase)
            if behind:
                return tuple(self._described_first(one, phrase, mention) for one in behind)
        two = self._both(phrase, mention, own)
        if two:
            return two
        return (self._described(phrase, mention, own),)

    # --- names ----------------------------------------------------------------------------------------------------

    def _named(self, naming: Naming, phrase: Phrase, mention: Span) -> FoundSpeaker:
        one = naming.character
        self._spoke(naming.first, one)
        if not one.is_person:
            return FoundSpeaker(name=one.name, kind=one.kind, role=None, mention=mention, confidence=SURE)
        full = naming.last > naming.name_first
        sure = SURE if full else _SURNAME if " " in one.key else _LONE
        if naming.others:
            sure = round(0.75 / (1 + 0.2 * len(naming.others)), 2)
        role = self.reading.role_here(naming, phrase) or one.role_at(naming.first)
        return FoundSpeaker(
            name=one.name,
            kind="person",
            role=one_line(role.written) if role else None,
            mention=mention,
            on_behalf_of=self.whose.represented(role) if role else None,
            confidence=sure,
            alternatives=tuple(other.name for other in naming.others if other.name),
        )

    def _described_first(self, naming: Naming, phrase: Phrase, mention: Span) -> FoundSpeaker:
        """Give the person of `its director, Dr. Felix Arendt`: the description is the role."""
        first = phrase.first
        if first < phrase.core_last and self.words.lower[first] in ("the", "a", "an", "its", "his", "her", "their"):
            first += 1
        role = read_role(self.words, first, phrase.core_last)
        one = naming.character
        self._spoke(naming.first, one)
        known = one.role_at(naming.first)
        if not one.is_person or self.reading.kind(phrase) == "group":
            return FoundSpeaker(
                name=one.name,
                kind=one.kind,
                role=one_line(known.written) if known else None,
                mention=mention,
                confidence=SURE,
            )
        if known is None:
            self.resolver.nameless.append((naming.first, role, one))
        return FoundSpeaker(
            name=one.name,
            kind="person",
            role=one_line(role.written),
            mention=mention,
            on_behalf_of=self.whose.represented(role, phrase),
            confidence=SURE,
        )

    def _both(self, phrase: Phrase, mention: Span, own: Ranges) -> tuple[FoundSpeaker, ...]:
        """Give the people of `both leaders`, `the couple` and `the three`."""
        low = self.words.lower
        opening = low[phrase.first : phrase.first + 2]
        counted = opening[0] == "both" or (opening[0] == "the" and opening[-1] in (*speaker_words("two"), "three"))
        head = low[phrase.head]
        people = head in ("men", "women", "three", *speaker_words("two")) or head.removesuffix("s") in person_nouns()
        if opening[0] == "the" and phrase.head == phrase.first + 1 == phrase.core_last and self._are_together(head):
            return tuple(attrs.evolve(one, mention=mention, confidence=0.65) for one in self.together)
        if not counted or not people or phrase.head != phrase.core_last:
            return ()
        count = 3 if opening[-1] == "three" else 2
        if len(self.together) == count and self.together[0].kind == "person":
            return tuple(attrs.evolve(one, mention=mention, confidence=0.7) for one in self.together)
        if count == 3:
            return ()
        return tuple(
            self._as(Resolution(one, 0.6, ()), phrase, mention, None)
            for one in self.resolver.several(phrase.first, head.removesuffix("s"), own)
        )

    def _are_together(self, plural: str) -> bool:
        """Tell whether `the scientists`, `the carriers` can be those who spoke together right before."""
        noun = plural.removesuffix("s")
        if noun == plural or len(self.together) < 2 or self.before is not self.together:
            return False
        if self.together[0].kind == "person":
            return is_epithet(noun)
        return noun in speaker_words("generic_organization")

    # --- descriptions ---------------------------------------------------------------------------------------------

    def _described(self, phrase: Phrase, mention: Span, own: Ranges) -> FoundSpeaker:
        kind = self.reading.kind(phrase)
        if kind == "organization":
            return self._organization(phrase, mention, own)
        if kind in ("person", "anonymous"):
            return self._person(phrase, kind, mention, own)
        written = plain(self.words.span(phrase.first, phrase.core_last).of(self.text.string))
        return self._nameless(phrase, kind, one_line(written), mention, None)

    def _organization(self, phrase: Phrase, mention: Span, own: Ranges) -> FoundSpeaker:
        words = self.words
        written = one_line(_LEADING.sub("", words.span(phrase.first, phrase.core_last).of(self.text.string)))
        owner = self.whose.owner(phrase, own)
        if owner is not None and owner[0] != "" and written is not None and words.lower[phrase.first] in PRONOUNS:
            written = f"{owner[0]}'s {plain(written)}"
            return FoundSpeaker(name=written, kind="organization", role=None, mention=mention, confidence=owner[1])
        if self.reading.has_name(phrase):
            name = plain(written) if written else None
            body = self.cast.bodies.get((name or "").lower()) or Character(
                name, "organization", (name or "").lower(), nouns=frozenset((name or "").lower().split())
            )
            self.cast.bodies.setdefault(body.key, body)
            self._spoke(phrase.first, body)
            return FoundSpeaker(name=name, kind="organization", role=None, mention=mention, confidence=_SURNAME)
        if words.lower[phrase.first] not in _INDEFINITE:
            head = plain(words.lower[phrase.head])
            modifiers = frozenset(
                country_words().get(plain(words.lower[index]), plain(words.lower[index]))
                for index in range(phrase.first, phrase.head)
                if words.lower[index] not in word_class("determiners")
            )
            found = self.resolver.body(phrase.first, head, modifiers, own)
            if found is not None:
                return self._as(found, phrase, mention, None)
        if plain(words.lower[phrase.head]) in speaker_words("generic_organization"):
            named = self.resolver.unveiled_body(phrase.first)
            if named is not None:
                named.nouns |= {plain(words.lower[phrase.head])}
                return self._as(Resolution(named, 0.55, ()), phrase, mention, None)
        return self._nameless(phrase, "organization", written, mention, None)

    def _person(self, phrase: Phrase, kind: SpeakerKind, mention: Span, own: Ranges) -> FoundSpeaker:
        """Resolve `the president`, `the Azerbaijani president`, `his spokesman` to the person in that role."""
        words = self.words
        first = phrase.first
        if first < phrase.core_last and words.lower[first] in word_class("determiners"):
            first += 1
        wanted = read_role(words, first, phrase.core_last)
        represented = self.whose.represented(wanted, phrase, own)
        leads = self.cast.sentence_of(phrase.first) == self.cast.sentence_of(self.cast.body_first)
        if words.lower[phrase.first] not in _INDEFINITE:
            found = self._holder(phrase, wanted, own)
            if found is not None:
                return self._as(found, phrase, mention, represented)
        elif leads and kind == "person" and wanted.head not in speaker_words("for_somebody"):
            named = self.resolver.unveiled(phrase.first, wanted, own)
            if named is not None:
                self.resolver.nameless.append((phrase.first, wanted, named))
                return self._as(Resolution(named, 0.55, ()), phrase, mention, represented)
        written = words.span(phrase.first, phrase.core_last).of(self.text.string)
        if kind == "person":
            written = _LEADING.sub("", written)
        return self._nameless(phrase, kind, one_line(written), mention, represented, wanted)

    def _holder(self, phrase: Phrase, wanted: Role, own: Ranges) -> Resolution | None:
        """Give whom a definite description means: who holds the role, is in mind, or is named right after."""
        if self.words.lower[phrase.first] in ("my", "our", "your"):
            return None  # `my father` is nobody whom the outlet's text tells of
        owner = self.whose.owner(phrase, own)
        known = self.resolver.role(phrase.first, wanted, own, owner[0] if owner else None)
        if known is not None and (known.character.name is not None or known.character.is_new):
            return known
        found: Resolution | None = None
        if owner is None and (is_epithet(wanted.head) or wanted.head == "year-old"):
            found = self.resolver.protagonist(phrase.first, wanted, own)
        if found is None and owner is not None and owner[0] and wanted.head in speaker_words("kin"):
            relative = self.resolver.kin(phrase.first, wanted, owner[0])
            found = Resolution(relative, 0.6, ()) if relative is not None else None
        definite = self.words.lower[phrase.first] in OPENERS
        if found is None and definite and wanted.head not in speaker_words("for_somebody"):
            named = self.resolver.unveiled(phrase.first, wanted, own)
            found = Resolution(named, 0.6, ()) if named is not None else None
        if found is not None and found.character.name is not None:
            self.resolver.nameless.append((phrase.first, wanted, found.character))
        return found or known

    def _nameless(
        self,
        phrase: Phrase,
        kind: SpeakerKind,
        role: str | None,
        mention: Span,
        on_behalf_of: str | None,
        described: Role | None = None,
    ) -> FoundSpeaker:
        """Give a speaker without a name, who is kept in mind for the pronouns to come."""
        if kind != "unknown":
            nouns = frozenset((role or "").lower().split()) if kind == "organization" else frozenset()
            is_new = self.words.lower[phrase.first] in _INDEFINITE
            character = Character(None, kind, "", described=role, on_behalf_of=on_behalf_of, nouns=nouns, is_new=is_new)
            if described is not None:
                gender = gendered_words().get(described.head)
                character.votes = 0 if gender is None else 4 if gender == "female" else -4
                self.resolver.nameless.append((phrase.first, described, character))
            self.resolver.see(phrase.first, character, subject=1.0)
            self._spoke(phrase.first, character)
        return FoundSpeaker(name=None, kind=kind, role=role, mention=mention, on_behalf_of=on_behalf_of)

    def _as(self, found: Resolution, phrase: Phrase, mention: Span, on_behalf_of: str | None) -> FoundSpeaker:
        """Give a resolved character as a speaker."""
        one = found.character
        self.resolver.see(phrase.first, one)
        self._spoke(phrase.first, one)
        if one.name is None:
            return FoundSpeaker(
                name=None, kind=one.kind, role=one.described, mention=mention, on_behalf_of=one.on_behalf_of
            )
        role = one.role_at(phrase.first)
        return FoundSpeaker(
            name=one.name,
            kind=one.kind,
            role=one_line(role.written) if role else None,
            mention=mention,
            on_behalf_of=on_behalf_of or (self.whose.represented(role) if role else None),
            confidence=found.confidence,
            alternatives=tuple(other.name for other in found.others if other.name is not None),
        )

    def _spoke(self, index: int, character: Character) -> None:
        self.resolver.hear(index, character)

    # --- pronouns -------------------------------------------------------------------------------------------------

    def _pronoun(self, pronoun: str, phrase: Phrase, mention: Span, own: Ranges) -> tuple[FoundSpeaker, ...]:
        index = phrase.first
        found: Resolution | None = None
        if pronoun in ("he", "she"):
            found = self.resolver.pronoun(index, "male" if pronoun == "he" else "female", own)
        elif pronoun == "it":
            found = self.resolver.other(index, IT, own)
            if found is not None and found.character.name is not None and found.confidence < _SURE_OF_A_BODY:
                found = None  # `it` is a letter, a video or a plan as often as a body
        elif pronoun == "they":
            if len(self.before) > 1:
                return tuple(attrs.evolve(one, mention=mention, confidence=0.7) for one in self.before)
            found = self.resolver.other(index, THEY, own)
            if found is not None and found.character.name is not None:
                # One body is `they` only while it is speaking; else `they` are people whom nobody named.
                found = found if self.resolver.spoken and self.resolver.spoken[-1][1] is found.character else None
        elif pronoun in ("i", "we"):
            return self._first_person(pronoun, mention)
        elif pronoun == "who":
            antecedent = self._antecedent(index, mention, own)
            if antecedent is not None:
                return antecedent
        if found is not None:
            return (self._as(found, phrase, mention, None),)
        if pronoun in ("they", "we"):
            return (FoundSpeaker(name=None, kind="group", role=pronoun, mention=mention),)
        return (FoundSpeaker(name=None, kind="unknown", role=None, mention=mention),)

    def _first_person(self, pronoun: str, mention: Span) -> tuple[FoundSpeaker, ...]:
        """Give who says `I`: the speaker of the quotation that it stands in, else the outlet."""
        stop = bisect.bisect_right(self.content_starts, (mention.start, len(self.attributions)))
        for _, number in reversed(self.content_starts[max(0, stop - _NEAR) : stop]):
            if any(piece.contains(mention) for piece in self.attributions[number].content):
                return tuple(attrs.evolve(who, mention=mention) for who in self.found.get(number, ()))
        if self.cast.is_quoted(self.words.first_from(mention.start)):
            return (FoundSpeaker(name=None, kind="unknown", role=None, mention=mention),)
        return (FoundSpeaker(name=None, kind="publisher", role=pronoun, mention=mention),)

    def _antecedent(self, index: int, mention: Span, own: Ranges) -> tuple[FoundSpeaker, ...] | None:
        """Give whom `who` refers to: the phrase before it."""
        before = index - 2 if index > 1 and self.words.texts[index - 1] == "," else index - 1
        phrase = phrase_before(self.words, before, max(0, index - 30)) if before >= 0 else None
        if phrase is None or PRONOUNS.get(self.words.lower[phrase[0]]) == "who":
            return None
        return tuple(attrs.evolve(one, mention=mention) for one in self._one(*phrase, own))
