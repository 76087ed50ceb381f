"""Who a pronoun or a description means: candidates weighed by recency, salience, subjecthood, gender and role.

The weights were set by hand, with the train part of PolNeAR: hiding surnames and guessing them again
(`benchmarks/speakers.py hidden`); the idea of weighing preferences is Lappin and Leass, "An Algorithm for Pronominal
Anaphora Resolution" (1994).
"""

from __future__ import annotations

import bisect
import math
from collections import deque
from typing import Final

import attrs

from claimtrack.extract.speakers.cast import Cast
from claimtrack.extract.speakers.character import Character
from claimtrack.extract.speakers.lexicon import (
    Gender,
    countries,
    gendered_words,
    is_occupation,
    plain,
    same_role,
    speaker_words,
)
from claimtrack.extract.speakers.roles import Role, agreement
from claimtrack.models.vocabulary import SpeakerKind
from claimtrack.text import Span

Kinds = frozenset[SpeakerKind]
Ranges = tuple[tuple[int, int], ...]
"""Words `[first, stop)`, several times."""

PEOPLE: Final[Kinds] = frozenset(("person", "anonymous"))
BODIES: Final[Kinds] = frozenset(("organization",))

_SIGHTINGS = 40
"""How many namings back a pronoun may reach; further, no reader would follow."""
_ROLE_HOLDERS = 200
_ANY_TWO = frozenset(("men", "women", "two", "couple", "pair", "duo", "both"))
_SURE_OF_A_BODY = 0.6
"""A body below this is not the one that `the company` means; better described than guessed."""
_ROLES = 8
"""How many of somebody's roles are looked at; more than these say nothing new."""

WEIGHTS: Final[dict[str, float]] = {
    "decay": 0.4,
    "paragraph": 0.25,
    "section": 2.0,
    "subject": 1.5,
    "spoke_last": 1.6,
    "spoke": 0.5,
    "spoke_after": 0.8,
    "other_role": 2.0,
    "new_topic": 0.15,
    "salience": 0.3,
    "gender": 1.6,
    "possessive": 0.9,
    "quoted": 0.2,
    "own_content": 2.5,
    "same_sentence": 0.2,
}
_LEAST = -1.6
"""A best candidate below this is nobody."""


@attrs.frozen(slots=True)
class Sighting:
    """A character named, or meant by a pronoun, at a word of a sentence."""

    index: int
    sentence: int
    paragraph: int
    character: Character
    subject: float
    possessive: bool
    quoted: bool


@attrs.frozen(slots=True)
class Resolution:
    """Whom a phrase means, how sure that is, and who else it might be, likeliest first."""

    character: Character
    confidence: float
    others: tuple[Character, ...]


class Resolver:
    """Goes through one text in order and remembers who was named and who spoke."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        text = cast.text
        self.paragraph_firsts = [cast.words.first_from(one.start) for one in text.paragraphs]
        self.headings = [one for one in text.paragraphs if _is_heading(one, text.string)]
        self.heading_firsts = [cast.words.first_from(one.start) for one in self.headings]
        self.sightings: deque[Sighting] = deque(maxlen=_SIGHTINGS)
        self.counts: dict[Character, int] = {}
        self.spoken: deque[tuple[int, Character]] = deque(maxlen=8)
        self.nameless: deque[tuple[int, Role, Character]] = deque(maxlen=12)
        self._next = 0
        self._role_places = [entry[0] for entry in cast.role_holders]

    def paragraph_of(self, index: int) -> int:
        """Give the number of the paragraph of a word."""
        return bisect.bisect_right(self.paragraph_firsts, index)

    def advance(self, index: int) -> None:
        """See every name before a word."""
        namings = self.cast.namings
        while self._next < len(namings) and namings[self._next].first < index:
            one = namings[self._next]
            self._next += 1
            self._see(one.first, one.character, one.subject, one.possessive)

    def see(self, index: int, character: Character, *, subject: float = 1.0) -> None:
        """Take a pronoun for one more naming."""
        self._see(index, character, subject, False)

    def _see(self, index: int, character: Character, subject: float, possessive: bool) -> None:
        self.counts[character] = self.counts.get(character, 0) + 1
        self.sightings.append(
            Sighting(
                index,
                self.cast.sentence_of(index),
                self.paragraph_of(index),
                character,
                subject,
                possessive,
                self.cast.is_quoted(index),
            )
        )

    def hear(self, index: int, character: Character) -> None:
        """Remember who spoke."""
        self.spoken.append((index, character))

    # --- weighing -------------------------------------------------------------------------------------------------

    def weigh(self, index: int, kinds: Kinds, *, own: Ranges = ()) -> dict[Character, float]:
        """Give the characters in mind at a word, each with its weight; `own` are the words of what is said there."""
        sentence, paragraph = self.cast.sentence_of(index), self.paragraph_of(index)
        section = bisect.bisect_right(self.heading_firsts, index)
        w = WEIGHTS
        # `The stakes are high, he said`: who is quoted goes on, whoever the sentence is about.
        follows_content = any(first < index and stop <= index for first, stop in own)
        found: dict[Character, float] = {}
        for one in self.sightings:
            if one.character.kind not in kinds or one.index >= index or not one.character.is_credible:
                continue
            back = sentence - one.sentence
            score = -w["decay"] * math.log1p(back) * 1.6 - w["paragraph"] * min(4, paragraph - one.paragraph)
            if back == 0:
                score += w["same_sentence"]
            if bisect.bisect_right(self.heading_firsts, one.index) != section:
                score -= w["section"]
            score += w["subject"] * one.subject / (1 + 0.3 * back)
            if one.possessive:
                score -= w["possessive"]
            if one.quoted:
                score -= w["quoted"]
            if any(first <= one.index < stop for first, stop in own):
                score -= w["own_content"]
            if one.character not in found or score > found[one.character]:
                found[one.character] = score
        for character in found:
            found[character] += w["salience"] * math.log1p(self.counts[character])
        for number, (place, character) in enumerate(reversed(self.spoken)):
            if character in found:
                gap = sentence - self.cast.sentence_of(place)
                weight = w["spoke_last"] if number == 0 else w["spoke"]
                if number == 0 and follows_content:
                    weight += w["spoke_after"]
                if number == 0 and self._is_about_another(place, index, character, own):
                    weight *= w["new_topic"]
                found[character] += weight / (1 + 0.25 * gap) / (1 if number == 0 else 1 + number)
        return found

    def _is_about_another(self, place: int, index: int, character: Character, own: Ranges) -> bool:
        """Tell whether a sentence since somebody spoke opens with somebody else."""
        return any(
            place < one.index < index
            and one.subject >= 1
            and one.character is not character
            and one.character.is_person
            and not one.quoted
            and not any(first <= one.index < stop for first, stop in own)
            for one in self.sightings
        )

    def pronoun(self, index: int, gender: Gender, own: Ranges) -> Resolution | None:
        """Give whom `he` or `she` means."""
        weights = self.weigh(index, PEOPLE, own=own)
        fitting = {
            one: score + (WEIGHTS["gender"] if one.gender == gender else 0.0)
            for one, score in weights.items()
            if one.gender in (None, gender)
        }
        return _best(fitting)

    def other(self, index: int, kinds: Kinds, own: Ranges) -> Resolution | None:
        """Give which body, document or group `it` or `they` means: one that a sentence close by is about."""
        weights = self.weigh(index, kinds, own=own)
        sentence = self.cast.sentence_of(index)
        about = {
            one.character
            for one in self.sightings
            if one.subject >= 0.5 and sentence - one.sentence <= 2 and not one.possessive
        }
        about |= {who for place, who in self.spoken if sentence - self.cast.sentence_of(place) <= 2}
        return _best({one: score for one, score in weights.items() if one in about})

    def several(self, index: int, noun: str, own: Ranges) -> tuple[Character, ...]:
        """Give the two people whom `both leaders` means, in the order of their names, or nobody."""
        weights = self.weigh(index, PEOPLE, own=own)
        gender = gendered_words().get({"men": "man", "women": "woman"}.get(noun, noun))
        weights = {one: score for one, score in weights.items() if gender is None or one.gender in (None, gender)}
        fitting = {
            one: score
            for one, score in weights.items()
            if any(held.head == noun or held.head in same_role(noun) for _, held in one.roles[:_ROLES])
        }
        if noun not in _ANY_TWO:
            weights = fitting
        first_seen = {one.character: one.index for one in reversed(self.sightings)}
        best = sorted((one for one in weights if one.name is not None), key=lambda one: -weights[one])[:2]
        return tuple(sorted(best, key=lambda one: first_seen[one])) if len(best) == 2 else ()

    def body(self, index: int, head: str, modifiers: frozenset[str], own: Ranges) -> Resolution | None:
        """Give which body `the ministry`, `the Kazakh ministry` or `the lender` means."""
        weights = self.weigh(index, BODIES, own=own)
        named = {one: score for one, score in weights.items() if head in one.nouns and modifiers <= one.nouns}
        named = {one: score for one, score in named.items() if one.name is not None} or named
        if not named:
            far = self.cast.body_before(index, head, modifiers)
            if far is not None:
                return Resolution(far, 0.8, ())
        if not named and head in speaker_words("generic_organization"):
            public = speaker_words("public_body")
            named = {
                one: score - 0.5
                for one, score in weights.items()
                if one.name is not None and not one.nouns & public and one.key not in countries()
            }
            found = _best(named)
            return found if found is not None and found.confidence >= _SURE_OF_A_BODY else None
        return _best(named, least=-3.0)

    def role(self, index: int, wanted: Role, own: Ranges, owner: str | None = None) -> Resolution | None:
        """Give who holds a role: whom the text gives it, before the place or after; `owner` is whose aide it is."""
        of = frozenset((owner or "").lower().split())
        weights = self.weigh(index, PEOPLE, own=own)
        stop = bisect.bisect_left(self._role_places, index)
        fitting: dict[Character, float] = {}
        near = self.cast.role_holders[max(0, stop - _ROLE_HOLDERS) : stop + 8]
        for place, held, character in (*near, *self.nameless):
            fit = agreement(wanted, held)
            if owner is not None and (character.name == owner or (held.modifiers and not held.modifiers & of)):
                continue
            if wanted.age is not None and character.age is not None:
                if wanted.age != character.age:
                    continue
                fit = (fit or 0.5) + 2.0
            if fit is None or fit <= 0:
                continue
            ahead = place > index
            score = 1.4 * fit + weights.get(character, -2.6 if ahead else -3.0)
            if character not in fitting or score > fitting[character]:
                fitting[character] = score
        if wanted.age is not None and not fitting:
            fitting = {one: score for one, score in weights.items() if one.age == wanted.age}
        return _best(fitting, least=-9.0, base=1.0, near=9.0)

    def unveiled(self, index: int, wanted: Role, own: Ranges) -> Character | None:
        """Give whom the text names after it described him: `The captain said ... . Bo Lind, who has sailed ...`.

        That is the next person who enters without any role, as the subject of a sentence close by.
        """
        cast = self.cast
        sentence = cast.sentence_of(index)
        leads = cast.sentence_of(cast.body_first) == sentence
        number = bisect.bisect_left(cast.firsts, index)
        while number < len(cast.namings) and cast.namings[number].sentence <= sentence + 3:
            one = cast.namings[number]
            number += 1
            who = one.character
            if not who.is_person or who.roles or not who.is_credible or self.counts.get(who, 0) > cast.in_headline(who):
                continue
            said = any(first <= one.first < stop for first, stop in own)
            if said or one.possessive or cast.is_quoted(one.first) or one.sentence == sentence:
                continue
            gender = gendered_words().get(wanted.head)
            if gender is not None and who.gender not in (None, gender):
                continue
            return who if one.subject > 0 or leads else None
        return None

    def unveiled_body(self, index: int) -> Character | None:
        """Give the body that the text names after the lead described it: `An airline said ... . Skylark, which ...`."""
        cast = self.cast
        sentence = cast.sentence_of(index)
        if cast.sentence_of(cast.body_first) != sentence:
            return None
        number = bisect.bisect_left(cast.firsts, index)
        while number < len(cast.namings) and cast.namings[number].sentence <= sentence + 2:
            one = cast.namings[number]
            number += 1
            if one.sentence == sentence or one.character.kind != "organization" or one.subject <= 0 or one.possessive:
                continue
            public = one.character.nouns & speaker_words("public_body")
            return None if public or one.character.key in countries() else one.character
        return None

    def kin(self, index: int, wanted: Role, owner: str) -> Character | None:
        """Give the `husband` of somebody: the one other person of that surname, where there is only one."""
        gender = gendered_words().get(wanted.head)
        surname = plain(owner.split(" ")[-1].lower())
        family = [one for one in self.cast.by_surname.get(surname, ()) if one.name != owner]
        fitting = [one for one in family if gender is None or one.gender in (None, gender)]
        return fitting[0] if len(fitting) == 1 else None

    def protagonist(self, index: int, wanted: Role, own: Ranges) -> Resolution | None:
        """Give whom an epithet (`the billionaire`) means that no role explains: who is in everybody's mind.

        An occupation (`the striker`) is hardly that of somebody whose role the text has given.
        """
        gender = gendered_words().get(wanted.head)
        taken = WEIGHTS["other_role"] if is_occupation(wanted.head) else 0.0
        weights = self.weigh(index, PEOPLE, own=own)
        fitting = {
            one: score
            + (WEIGHTS["gender"] if gender is not None and one.gender == gender else 0.0)
            - taken * bool(one.roles)
            for one, score in weights.items()
            if one.name is not None and (gender is None or one.gender in (None, gender)) and _may_be_from(one, wanted)
        }
        found = _best(fitting, least=0.4)
        if found is None or found.confidence < 0.45:
            return None
        return attrs.evolve(found, confidence=round(found.confidence * 0.75, 2))


def _best(
    weights: dict[Character, float], *, least: float = _LEAST, base: float = 0.0, near: float = 2.0
) -> Resolution | None:
    if not weights:
        return None
    best, *rest = sorted(weights, key=lambda one: -weights[one])
    if weights[best] < least:
        return None
    margin = min(weights[best] - weights[rest[0]] if rest else 2.5, 4.0) + 0.4 * min(weights[best] + base, 2.0)
    others = tuple(one for one in rest[:3] if weights[best] - weights[one] < near)
    return Resolution(best, round(1 / (1 + math.exp(-(0.7 * margin - 0.3))), 2), others)


def _may_be_from(one: Character, wanted: Role) -> bool:
    """Tell whether nothing says that somebody is from another country than a description does."""
    return not wanted.countries or all(
        not role.countries or role.countries & wanted.countries for _, role in one.roles[:_ROLES]
    )


def _is_heading(paragraph: Span, string: str) -> bool:
    """Tell a heading inside a text: short, and ended by nothing."""
    return paragraph.start > 0 and len(paragraph) < 80 and string[paragraph.end - 1] not in '.,;:!?"”’)'
