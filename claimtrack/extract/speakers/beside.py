"""What stands beside a name and tells about it: roles, ages, titles, and whether it is a body's."""

from __future__ import annotations

import bisect
from collections.abc import Container

import attrs

from claimtrack.extract.noun_phrases import is_noun_like, is_word, word_class
from claimtrack.extract.rules.cues import cue_forms
from claimtrack.extract.speakers.character import Character
from claimtrack.extract.speakers.lexicon import (
    Gender,
    gendered_words,
    no_names,
    nouns_of,
    person_nouns,
    plain,
    speaker_words,
)
from claimtrack.extract.speakers.names import NameReader, Run
from claimtrack.extract.speakers.roles import Role, head_of, names_a_person, read_role

_LONGEST_APPOSITION = 16
_BEFORE_OFFICES = speaker_words("other_office") | {"retired", "late", "then"}


class Beside:
    """Reads the words before and behind the names of one text."""

    def __init__(self, reader: NameReader, sentence_firsts: list[int]) -> None:
        self.words = reader.words
        self.reader = reader
        self.sentence_firsts = sentence_firsts
        self._office: Role | None = None

    def acts(self, run: Run) -> bool:
        """Tell whether a lone name at the start of a sentence goes on with a verb: `Lind was asked`."""
        after = run.last + 1
        if run.first not in self.reader.sentence_starts or after >= len(self.words) or run.possessive:
            return False
        word = self.words.lower[after]
        return word in word_class("auxiliaries") or (word,) in cue_forms()

    def is_called_body(self, runs: list[Run], number: int) -> bool:
        """Tell whether the sentence after one that a lone name opens calls it `the plane maker` or `its`."""
        sentence = bisect.bisect_right(self.sentence_firsts, runs[number].first)
        if runs[number].first not in self.reader.sentence_starts or sentence >= len(self.sentence_firsts):
            return False
        start = self.sentence_firsts[sentence]
        number += 1
        while number < len(runs) and runs[number].first < start:
            if runs[number].kind in ("body", "acronym"):
                return False
            number += 1
        opening = self.words.lower[start : start + 4]
        if opening[:1] == ("its",):
            return True
        if opening[:1] != ("the",):
            return False
        for index in range(start + 1, min(start + 4, len(self.words) - 1)):
            if self.words.texts[index] in speaker_words("generic_organization"):
                return self.words.lower[index + 1] not in person_nouns()
        return False

    def gender_before(self, run: Run) -> Gender | None:
        """Give the gender that a title before a name tells: `Mrs.`."""
        for index in range(run.first, run.name_first):
            if (gender := gendered_words().get(self.words.lower[index])) is not None:
                return gender
        return None

    def may_speak(self, run: Run) -> bool:
        """Tell a lone name from a plural or a common noun with a capital."""
        low = plain(self.words.lower[run.last])
        if low in no_names() or low in speaker_words("group") or low in speaker_words("document"):
            return False
        if low.endswith(("ers", "ors", "ists", "ants", "ents", "ians")) and self.reader.opens(run.first):
            return False
        following = run.last + 1
        return following >= len(self.words) or not (
            self.reader.is_beside(following) and self.words.lower[following] in speaker_words("organization")
        )

    def looks_like_body(self, run: Run, surnames: Container[str]) -> bool:
        """Tell `Boeing` from a surname: `Boeing, the plane maker`, `Boeing ... its jets`."""
        words = self.words
        after = run.last + 1
        if after + 1 < len(words) and words.texts[after] == ",":
            phrase = self._apposition(after + 1)
            head = plain(words.lower[head_of(words, *phrase)]) if phrase is not None else ""
            if head in speaker_words("organization") and head not in person_nouns():
                return True
            if head in person_nouns() or words.lower[after + 1] == "who":
                return False
            if words.lower[after + 1] == "which":
                return True
        if run.first > 0 and words.lower[run.first - 1] in ("the", *speaker_words("generic_organization")):
            return True
        if run.first > 2 and words.texts[run.first - 1] == "," and self._described_before(run.first - 2, bodies=True):
            return True  # `The company that owns the ferry, Sable Lines`
        if (
            after + 1 < len(words)
            and words.lower[after] in person_nouns()
            and not run.possessive
            and self.reader.is_beside(after)
            and self.reader.is_beside(after + 1)
            and self.reader.is_capital(after + 1)
        ):
            return plain(words.lower[run.last]) not in surnames  # `Harlow Rovers coach Stefania Greco`
        stop = min(len(words), run.last + 8)
        return any(words.lower[index] in ("its", "itself") for index in range(after, stop))

    def subject(self, first: int) -> float:
        """Give 1 for a name that opens a sentence, 0.5 for one that opens a clause, else 0."""
        words, index = self.words, first - 1
        while (
            index >= 0
            and index + 1 not in self.reader.sentence_starts
            and (words.lower[index] in person_nouns() or words.lower[index] in ("the", "a", "former"))
        ):
            index -= 1
        if index < 0 or index + 1 in self.reader.sentence_starts:
            return 1.0
        if words.lower[index] in word_class("subordinators") or words.texts[index] in ',;:“"—–-':
            return 0.5
        return 0.0

    def learn(self, run: Run, character: Character) -> None:
        """Keep the roles, the age and the gender that stand beside a name."""
        words = self.words
        gender = self.gender_before(run)
        if gender is not None:
            character.votes += 5 if gender == "female" else -5
        self._learn_before(run, character)
        after = run.last + 1
        if run.possessive or after + 1 >= len(words):
            return
        if words.lower[after] == "of" and self.reader.is_capital(after + 1) and character.roles:
            place, role = character.roles[-1]
            if place == run.first:  # `Rep. Bo Lind of Ohio`
                where = frozenset(plain(word) for word in words.lower[after + 1 : after + 3])
                character.roles[-1] = place, attrs.evolve(role, modifiers=role.modifiers | where)
        if words.texts[after] == ",":
            start = after + 1
            if words.texts[start].isdigit() and len(words.texts[start]) < 4:
                character.age = words.texts[start]
                start += 2
            phrase = self._apposition(start) if start < len(words) else None
            if phrase is not None and names_a_person(words, head_of(words, *phrase)):
                self._enter_role(character, run.first, *phrase)
        elif words.lower[after] in ("is", "was", "became", "remains") and words.lower[after + 1] in ("the", "a", "an"):
            phrase = self._apposition(after + 1)
            if phrase is not None and names_a_person(words, head_of(words, *phrase)):
                self._enter_role(character, run.first, *phrase)

    def learn_of_body(self, run: Run, body: Character) -> None:
        """Keep what a body is called beside its name: `ITO, the island's tourist office`."""
        after = run.last + 1
        if after + 1 < len(self.words) and self.words.texts[after] == ",":
            phrase = self._apposition(after + 1)
            if phrase is not None and self.words.lower[phrase[0]] in ("the", "a", "an", "its"):
                head = head_of(self.words, *phrase)
                if plain(self.words.lower[head]) in speaker_words("organization"):
                    body.nouns |= nouns_of(" ".join(self.words.lower[phrase[0] : head + 1]))

    def _learn_before(self, run: Run, character: Character) -> None:
        words, low = self.words, self.words.lower
        first, last = run.first, run.name_first - 1
        while last >= first and low[last] in speaker_words("honorifics"):
            last -= 1
        if last < first and first > 0 and self.reader.is_beside(first) and low[first - 1] in person_nouns():
            last = first - 1
            first = last
        if first <= last:
            if low[last] not in person_nouns():
                return
            is_office = words.texts[last][0].isupper()
            while (
                first > 0
                and run.first - first < 8
                and self.reader.is_beside(first)
                and is_noun_like(words, first - 1)
                and low[first - 1] not in no_names()
                and (low[first - 1],) not in cue_forms()
                and (not is_office or words.texts[first - 1][0].isupper() or low[first - 1] in _BEFORE_OFFICES)
            ):
                first -= 1
            self._enter_role(character, run.first, first, last)
        if last < first:
            comma = first - 2 if first > 2 and low[first - 1] == "the" else first - 1  # `The vicar, the Rev. Bo Lind`
            start = self._described_before(comma - 1) if comma > 1 and words.texts[comma] == "," else None
            if start is not None:
                self._enter_role(character, run.first, start, comma - 1)

    def _described_before(self, last: int, *, bodies: bool = False) -> int | None:
        """Give the first word of `its director` in `its director, Felix Arendt`, after the determiner."""
        low = self.words.lower
        for index in range(last, max(-1, last - 10), -1):
            if low[index] in ("the", "its", "his", "her", "their", "a", "an") or low[index].endswith("'s"):
                start = index + 1
                if low[index].endswith("'s"):  # `Guinea's president`
                    start = index
                    while start > 0 and self.reader.is_capital(start - 1) and self.reader.is_beside(start):
                        start -= 1
                if start > last or index == last:
                    return None
                head = head_of(self.words, start, last)
                if bodies and low[index - 1] not in word_class("prepositions"):
                    fits = plain(low[head]) in speaker_words("organization")
                else:
                    fits = not bodies and names_a_person(self.words, head)
                if fits or not bodies:
                    return start if fits else None
            if not is_word(self.words, index) or index in self.reader.sentence_starts:
                return None
        return None

    def _apposition(self, start: int) -> tuple[int, int] | None:
        """Give the words of an apposition that starts here and ends with a comma, a full stop or a "who"."""
        words, low = self.words, self.words.lower
        if low[start] in ("who", "which", "and", "but", "said") or words.texts[start] in '"“”':
            return None
        for index in range(start, min(len(words), start + _LONGEST_APPOSITION)):
            if words.texts[index] in '"“”:' or (index > start and (low[index],) in cue_forms() and index - start < 2):
                return None
            if words.texts[index] in ",.;)(—–!?" or low[index] in ("who", "which", "whose"):
                return (start, index - 1) if index > start else None
        return None

    def _enter_role(self, character: Character, place: int, first: int, last: int) -> None:
        role = read_role(self.words, first, last)
        if role.head == "counterpart" and self._office is not None:
            role = attrs.evolve(role, head=self._office.head, modifiers=role.modifiers | self._office.modifiers)
        elif role.head in speaker_words("titles") and role.head not in speaker_words("for_somebody"):
            self._office = role
        character.roles.append((place, role))
        gender = gendered_words().get(role.head)
        if gender is not None:
            character.votes += 4 if gender == "female" else -4
        if role.age is not None:
            character.age = role.age
