"""The cast of a text: the people and bodies that it names, where it does, and what it tells about each."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable

from claimtrack.extract.speakers.beside import Beside
from claimtrack.extract.speakers.character import Character, Naming
from claimtrack.extract.speakers.lexicon import (
    countries,
    given_names,
    nouns_of,
    plain,
    speaker_words,
)
from claimtrack.extract.speakers.names import NameReader, Run
from claimtrack.text import Span, Text

_MOST = 20
"""More people of one surname than this tell nobody apart."""
_FEMALE = frozenset(("she", "her", "hers", "herself"))
_MALE = frozenset(("he", "him", "his", "himself"))


class Cast:
    """The characters of one text and every place where they are named, in order."""

    def __init__(self, text: Text, sources: Iterable[Span]) -> None:
        self.text = text
        self.words = text.words
        self.reader = NameReader(text)
        self.quotes = [
            (self.words.first_from(one.span.start), self.words.first_from(one.span.end))
            for one in text.quotations
            if one.depth == 0
        ]
        self.sentence_firsts = [self.words.first_from(one.start) for one in text.sentences]
        self.beside = Beside(self.reader, self.sentence_firsts)
        self.people: list[Character] = []
        self.bodies: dict[str, Character] = {}
        self.acronyms: dict[str, Character] = {}
        self.by_part: dict[str, list[Character]] = {}
        self.by_surname: dict[str, list[Character]] = {}
        self.by_given: dict[str, list[Character]] = {}
        self.namings: list[Naming] = []
        self._by_ends: dict[tuple[str, str], Character] = {}
        self._latest: dict[str, Character] = {}
        self._alone: set[Character] = set()
        self.body_first = self.words.first_from(_headline_end(text))
        runs = list(self.reader.runs())
        self._meet(runs)
        self._speaking = self._heads_of(sources)
        self._lone = self._lone_names(runs)
        for run in runs:
            self._name(run)
        for one in self.people:
            one.is_credible = bool(one.votes or one.roles or one.age) or one in self._alone
        self.firsts = [one.first for one in self.namings]
        self._by_noun: dict[str, list[tuple[int, Character]]] = {}
        for naming in self.namings:
            for noun in naming.character.nouns & speaker_words("organization"):
                self._by_noun.setdefault(noun, []).append((naming.first, naming.character))
        self._hear_pronouns()
        for one in self.people:
            one.name = max(one.written, key=lambda name: one.written[name]) if one.written else one.name
        self.role_holders = [(place, role, one) for one in self.people for place, role in one.roles]
        self.role_holders.sort(key=lambda entry: entry[0])

    def sentence_of(self, index: int) -> int:
        """Give the number of the sentence that a word stands in."""
        return max(0, bisect.bisect_right(self.sentence_firsts, index) - 1)

    def is_quoted(self, index: int) -> bool:
        """Tell whether a word stands in a quotation."""
        place = bisect.bisect_right(self.quotes, (index, len(self.words))) - 1
        return place >= 0 and self.quotes[place][0] <= index < self.quotes[place][1]

    def body_before(self, index: int, head: str, modifiers: frozenset[str]) -> Character | None:
        """Give the body that was last named with a noun, however far back."""
        places = self._by_noun.get(head, [])
        for place, body in places[max(0, bisect.bisect_left(places, index, key=lambda one: one[0]) - 20) :][::-1]:
            if place < index and modifiers <= body.nouns:
                return body
        return None

    def in_headline(self, character: Character) -> int:
        """Give how often the headline names somebody."""
        return sum(one.character is character for one in self.namings[:8] if one.first < self.body_first)

    def namings_in(self, first: int, last: int) -> list[Naming]:
        """Give the names among the words `[first, last]`."""
        start = bisect.bisect_left(self.firsts, first)
        if start and self.namings[start - 1].last >= first:
            start -= 1
        found = []
        while start < len(self.namings) and self.namings[start].first <= last:
            found.append(self.namings[start])
            start += 1
        return found

    # --- who there is ---------------------------------------------------------------------------------------------

    def _meet(self, runs: list[Run]) -> None:
        """Enter everybody who is named in full, so that a surname is understood also before the full name."""
        for run in runs:
            words = self._name_words(run)
            if run.first < self.body_first:
                continue  # a headline writes many words with capitals
            if run.kind == "person" and len(words) > 1:
                if (
                    run.name_first > run.first
                    or words[0].lower() in given_names()
                    or not self.beside.looks_like_body(run, self.by_surname)
                ):
                    self._enter_alias(run, self._person(words))
                else:
                    self._body(run)
            elif run.kind in ("body", "country"):
                self._body(run)
        for body in [*self.bodies.values()]:
            for part in {body.key.split(" ")[0], body.key.split(" ")[-1]} - {body.key}:
                self.by_part.setdefault(part, []).append(body)
        for acronym, character in list(self.acronyms.items()):
            self.acronyms.setdefault(acronym.replace(".", ""), character)

    def _enter_alias(self, run: Run, person: Character) -> None:
        """Remember the `Betty` of `Elizabeth Marsh, known as Betty`."""
        after = run.last + 1
        alias = after + 3 if self.words.lower[after : after + 1] == (",",) else after + 2
        if self.words.lower[alias - 2 : alias] in (("known", "as"), ("nicknamed", "the")) and alias < len(self.words):
            self.by_given.setdefault(plain(self.words.lower[alias]), []).append(person)

    def _name_words(self, run: Run) -> list[str]:
        words = list(self.words.texts[run.name_first : run.last + 1])
        words[-1] = plain(words[-1])
        return words

    def _written(self, run: Run) -> str:
        """Give a name as it stands in the text, on one line."""
        return plain(" ".join(self.words.span(run.name_first, run.last).of(self.text.string).split()))

    def _person(self, words: list[str]) -> Character:
        low = [
            word.lower() for word in words if word[0].isalnum() and word.lower() not in speaker_words("name_suffixes")
        ]
        low = low or [words[-1].lower()]
        surname = low[-1]
        ends = (low[0], surname)
        if ends in self._by_ends:
            return self._by_ends[ends]
        character = Character(" ".join(words), "person", " ".join(low))
        self._by_ends[ends] = character
        for key in dict.fromkeys((surname, " ".join(low[1:]))) if len(low) > 1 else (surname,):
            if len(bearers := self.by_surname.setdefault(key, [])) < _MOST:
                bearers.append(character)
        if len(low) > 1:
            nicknames = [word.lower() for mark, word in itertools.pairwise(words) if not mark[0].isalnum()]
            for key in dict.fromkeys((low[0], *nicknames)):
                if len(bearers := self.by_given.setdefault(key, [])) < _MOST:
                    bearers.append(character)
            gender = given_names().get(low[0])
            character.votes += 0 if gender is None else 2 if gender == "female" else -2
        self.people.append(character)
        return character

    def _body(self, run: Run) -> Character:
        written = " ".join([*self.words.texts[run.first : run.last], plain(self.words.texts[run.last])])
        if run.kind == "country":
            written = countries()[" ".join(written.lower().replace("’", "'").split())]
        key = written.lower().replace("’", "'")
        if key not in self.bodies:
            self.bodies[key] = Character(written, "organization", key, nouns=nouns_of(key))
            if run.kind == "body":
                self._enter_acronym(run, self.bodies[key])
        return self.bodies[key]

    def _enter_acronym(self, run: Run, body: Character) -> None:
        """Remember `NGA` of `National Grid Agency (NGA)`, or of `NGA (National Grid Agency)`, or by its initials."""
        words = self.words
        after = run.last + 1
        if after + 2 < len(words) and words.texts[after] == "(" and words.texts[after + 2] == ")":
            self.acronyms[words.texts[after + 1]] = body
        if run.first > 1 and words.texts[run.first - 1] == "(" and words.texts[run.first - 2].isupper():
            self.acronyms[words.texts[run.first - 2]] = body
        initials = "".join(word[0] for word in words.texts[run.first : run.last + 1] if word[0].isupper())
        if len(initials) >= 3:
            self.acronyms.setdefault(initials, body)

    def _heads_of(self, sources: Iterable[Span]) -> frozenset[int]:
        """Give the words that sources consist of: a lone name there is somebody's."""
        found: set[int] = set()
        for source in sources:
            first, stop = self.words.first_from(source.start), self.words.first_from(source.end)
            found.update(range(first, min(stop, first + 12)))
        return frozenset(found)

    # --- where they are named -------------------------------------------------------------------------------------

    def _name(self, run: Run) -> None:
        character, others = self._who(run)
        if character is None:
            return
        sentence = self.sentence_of(run.first)
        naming = Naming(
            run.first,
            run.last,
            run.name_first,
            sentence,
            character,
            self.beside.subject(run.first),
            run.possessive,
            others,
        )
        self.namings.append(naming)
        character.count += 1
        for key in character.key.split(" ")[:1] + character.key.split(" ")[-1:]:
            self._latest[key] = character
        if not character.is_person:
            self.beside.learn_of_body(run, character)
        else:
            words = self._name_words(run)
            if len(words) == 1 or run.name_first > run.first or run.first in self._speaking:
                self._alone.add(character)
            if len(words) > 1 and run.first >= self.body_first:
                character.written[self._written(run)] += 1
            self.beside.learn(run, character)

    def _who(self, run: Run) -> tuple[Character | None, tuple[Character, ...]]:
        words = self._name_words(run)
        last = words[-1].lower()
        if run.first < self.body_first:
            return self._who_of_headline(run, words)
        if run.kind == "person" and len(words) > 1:
            body = self.bodies.get(" ".join(words).lower())
            return body or self._person(words), ()
        if run.kind in ("body", "country"):
            known = [*self.by_surname.get(last, ())] if run.first == run.last else []
            if known and run.kind == "country":
                return self._one_of(known, run)  # `Washington`, where the text knows a Denzel Washington
            longer = self.by_part.get(last, ()) if run.first == run.last else ()
            return (longer[0] if len(longer) == 1 and run.kind == "body" else self._body(run)), ()
        if run.kind == "acronym":
            body = self.acronyms.get(words[0]) or self.acronyms.get(words[0].replace(".", ""))
            return body or self._unknown_body(words[0]), ()
        if run.kind == "place":
            return None, ()
        known = [*self.by_surname.get(last, ())] or [*self.by_given.get(last, ())]
        if known and not (run.kind == "single" and self._lone.get(last)):
            return self._one_of(known, run)
        if run.kind == "person":
            return self._person(words), ()
        if last in self.bodies:
            return self.bodies[last], ()
        if len(self.by_part.get(last, ())) == 1 and last in self._lone:
            return self.by_part[last][0], ()
        if last in self._lone:
            return (self._unknown_body(words[0]) if self._lone[last] else self._person(words)), ()
        return None, ()

    def _lone_names(self, runs: list[Run]) -> dict[str, bool]:
        """Give the lone names that speak somewhere, each with whether the text shows it to be a body."""
        speaking, bodies, called = set(), set(), set()
        for number, run in enumerate(runs):
            if run.kind == "single":
                name = plain(self.words.lower[run.last])
                if (run.first in self._speaking or self.beside.acts(run)) and self.beside.may_speak(run):
                    speaking.add(name)
                if self.beside.looks_like_body(run, self.by_surname):
                    bodies.add(name)
                if self.beside.may_speak(run) and self.beside.is_called_body(runs, number):
                    called.add(name)
                    speaking.add(name)
        # A surname that the text gives somebody is a body's name only where the text plainly says so.
        return {name: name in called or (name in bodies and name not in self.by_surname) for name in speaking}

    def _who_of_headline(self, run: Run, words: list[str]) -> tuple[Character | None, tuple[Character, ...]]:
        """Give whom a headline means: only whom the article names as well, or who speaks there."""
        known = self.by_surname.get(words[-1].lower(), [])
        if known:
            return self._one_of(known, run)
        body = self.bodies.get(" ".join(words).lower()) or self.acronyms.get(words[0])
        if body is None and run.first in self._speaking:
            return (self._person(words) if run.kind in ("person", "single") else self._body(run)), ()
        return body, ()

    def _unknown_body(self, name: str) -> Character:
        return self.bodies.setdefault(name.lower(), Character(name, "organization", name.lower()))

    def _one_of(self, known: list[Character], run: Run) -> tuple[Character, tuple[Character, ...]]:
        """Give whom of several a lone name means: by `Mrs.`, else who was named last, else who comes next."""
        gender = self.beside.gender_before(run)
        fitting = [one for one in known if gender is None or one.gender in (None, gender)]
        if not fitting:
            stranger = self._person(self._name_words(run))  # `Lady Hale`, where only a Sir Alan Hale is known
            return stranger, ()
        latest = self._latest.get(plain(self.words.lower[run.last]))
        best = latest if latest in fitting else fitting[0]
        assert best is not None
        if gender is not None and best.gender is None:
            # `Mr. Holt` beside an Ivara Holt, of whom nothing is known, is the man of whom the text has told more.
            best = max((one for one in fitting if one.gender or one is best), key=lambda one: (one.count, one is best))
        return best, tuple(one for one in fitting if one is not best)

    def _hear_pronouns(self) -> None:
        """Count `Silva ... her`: a sentence that names one person tells by its pronouns who that is."""
        low, number = self.words.lower, 0
        namings = self.namings
        while number < len(namings):
            sentence = namings[number].sentence
            stop = number
            while stop < len(namings) and namings[stop].sentence == sentence:
                stop += 1
            people = {one.character for one in namings[number:stop] if one.character.is_person}
            if len(people) == 1:
                (person,) = people
                end = (
                    self.sentence_firsts[sentence + 1] if sentence + 1 < len(self.sentence_firsts) else len(self.words)
                )
                first = next(one.last for one in namings[number:stop] if one.character is person) + 1
                for index in range(first, min(end, first + 60)):
                    if (low[index] in _FEMALE or low[index] in _MALE) and not self.is_quoted(index):
                        person.votes += 1 if low[index] in _FEMALE else -1
            number = stop


def _headline_end(text: Text) -> int:
    """Give where a headline ends: the title, or a first line that writes most words with capitals."""
    if text.title is not None:
        return text.title.end
    first = text.paragraphs[0] if len(text.paragraphs) > 1 else None
    if first is None or len(first) > 200:
        return 0
    words = [word for word in first.of(text.string).split() if word[0].isalpha()]
    capitals = sum(1 for word in words if word[0].isupper())
    return first.end if len(words) > 3 and capitals > 0.6 * len(words) else 0
