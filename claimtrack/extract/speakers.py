"""From the words that name a source to a speaker: a name, a kind, a role.

A first version by rules: full names that the article gives are put for surnames, the latest fitting speaker for
pronouns and descriptions ("the president"). What stays unknown stays described, never guessed from outside.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Any

import attrs

from claimtrack.data import load_lexicon
from claimtrack.extract.noun_phrases import is_name, is_noun_like, phrase_before, word_class
from claimtrack.extract.values import Attribution
from claimtrack.models.vocabulary import SpeakerKind
from claimtrack.text import Span, Text

_LEADING = re.compile(r"\A(?:the|an?|its|his|her|their)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?\Z")


_PRONOUN_KINDS: dict[str, tuple[SpeakerKind, ...]] = {
    "he": ("person",),
    "she": ("person",),
    "it": ("organization", "document"),
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
    >>> from claimtrack.extract.rules import tag_by_rules
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
        self.full_names = _full_names(text)
        self.roles: dict[str, str] = {}
        self.spoken: list[FoundSpeaker] = []

    def resolve(self, source: Span) -> tuple[FoundSpeaker, ...]:
        """Give the speakers that one source names."""
        first = self.words.first_from(source.start)
        last = self.words.first_from(source.end) - 1
        speakers = tuple(self._one(*part) for part in self._parts(first, last))
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
        if first == last and words.lower[first] in ("who", *word_class("pronouns")):
            return self._pronoun(first, mention)
        head_last = self._head_end(first, last)
        names = self._name_words(first, head_last)
        if not names and head_last + 2 <= last and self._is_personal_name(head_last + 2, last):
            return self._described_first(first, head_last, last, mention)
        kind = self._kind(first, head_last, names)
        written = _POSSESSIVE.sub("", mention.of(self.text.string)) if kind != "person" else ""
        if kind == "person":
            return self._person(first, head_last, last, names, mention)
        if kind == "unknown":
            return self._description(first, head_last, mention)
        if kind == "organization":
            return self._organization(first, head_last, mention)
        return FoundSpeaker(name=None, kind=kind, role=_one_line(written), mention=mention)

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
                if word in _lexicon("titles") or word in _lexicon("honorifics"):
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
        if head in _lexicon("anonymous"):
            return "anonymous"
        if head in _lexicon("organization") and not self._is_role(first, last):
            return "organization"
        if head in _lexicon("document"):
            return "document"
        if head in _lexicon("group"):
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
        return (
            index == 0
            or self.words.texts[index - 1] in '.!?"”“'
            or self.words.texts[index] == word
            or (self.text.title is not None and self.words.starts[index] == self.text.title.start)
            or self._starts_paragraph(index)
        )

    def _starts_paragraph(self, index: int) -> bool:
        between = self.text.string[self.words.ends[index - 1] : self.words.starts[index]]
        return "\n" in between

    def _is_role(self, first: int, last: int) -> bool:
        return self.words.lower[last] in _lexicon("titles")

    def _last_noun(self, first: int, last: int) -> int:
        """Give the last word of the phrase's core, before any preposition inside it."""
        for index in range(first + 1, last + 1):
            if self.words.lower[index] in word_class("prepositions_inside"):
                return index - 1
        return last

    def _head_noun(self, first: int, last: int) -> str:
        return _POSSESSIVE.sub("", self.words.lower[self._last_noun(first, last)])

    # --- the kinds --------------------------------------------------------------------------------------------

    def _person(self, first: int, head_last: int, last: int, names: list[int], mention: Span) -> FoundSpeaker:
        words = self.words
        name = _POSSESSIVE.sub("", " ".join(words.texts[index] for index in names))
        alternatives: tuple[str, ...] = ()
        if len(names) == 1:
            candidates = self._candidates(name)
            if candidates:
                name, *rest = candidates
                alternatives = tuple(rest)
        role = self._role(first, names[0], head_last, last) or self.roles.get(name)
        if role:
            self.roles.setdefault(name, role)
        return FoundSpeaker(name=name, kind="person", role=role, mention=mention, alternatives=alternatives)

    def _candidates(self, surname: str) -> list[str]:
        """Give the full names that a single name may stand for, who spoke last first."""
        names = list(self.full_names.get(surname.lower(), ()))
        spoken = [one.name for one in self.spoken]
        return sorted(names, key=lambda name: -max((i for i, n in enumerate(spoken) if n == name), default=-1))

    def _role(self, first: int, name_first: int, head_last: int, last: int) -> str | None:
        """Give the role before the name, else the apposition after it."""
        before = [
            self.words.texts[index]
            for index in range(first, name_first)
            if self.words.lower[index] not in _lexicon("honorifics")
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
        bare = words.lower[first] in ("the", "its", "their") and not any(
            is_name(words, index) for index in range(first + 1, last + 1)
        )
        if not bare:
            return FoundSpeaker(name=_one_line(written), kind="organization", role=None, mention=mention)
        head = words.lower[last]
        generic = head in _lexicon("generic_organization")
        for one in reversed(self.spoken):
            if one.kind != "organization" or one.name is None:
                continue
            words_of = one.name.lower().split()
            if words_of[-1] == head or (generic and not set(words_of) & _lexicon("public_body")):
                return attrs.evolve(one, mention=mention)
        # An unnamed body is described, not named.
        return FoundSpeaker(name=None, kind="organization", role=_one_line(written), mention=mention)

    def _description(self, first: int, last: int, mention: Span) -> FoundSpeaker:
        """Resolve `the president`, `the Azerbaijani president` to the latest person in that role."""
        wanted = {
            _POSSESSIVE.sub("", self.words.lower[index])
            for index in range(first, last + 1)
            if is_noun_like(self.words, index) and self.words.lower[index] not in word_class("determiners")
        }
        head = self._head_noun(first, last)
        people = [one for one in self.spoken if one.kind == "person" and one.role is not None]
        fitting: dict[str, FoundSpeaker] = {}
        for one in reversed(people):
            role = set((one.role or "").lower().split())
            if one.name is not None and head in role and wanted <= role | {head}:
                fitting.setdefault(one.name, one)
        if fitting:
            best, *rest = fitting.values()
            return attrs.evolve(best, mention=mention, alternatives=tuple(one.name for one in rest if one.name))
        known = self._role_holder(wanted, mention.start)
        if known is not None:
            name, role_text = known
            return FoundSpeaker(name=name, kind="person", role=role_text, mention=mention)
        kind: SpeakerKind = "person" if head in _lexicon("titles") else "unknown"
        written = _one_line(mention.of(self.text.string))
        role_given = re.sub(_LEADING, "", written or "") or None
        return FoundSpeaker(name=None, kind=kind, role=role_given, mention=mention)

    def _role_holder(self, wanted: set[str], before: int) -> tuple[str, str] | None:
        """Give the person whom the text names with this role before a place, last first."""
        for start, name, role in reversed(_titled_names(self.text)):
            if start < before and wanted <= set(role.lower().split()):
                return name, role
        return None

    def _pronoun(self, index: int, mention: Span) -> FoundSpeaker:
        words = self.words
        if words.lower[index] == "who":
            before = index - 2 if index > 0 and words.texts[index - 1] == "," else index - 1
            phrase = phrase_before(words, before, max(0, index - 30)) if before >= 0 else None
            if phrase is not None and words.lower[phrase[0]] != "who":
                return attrs.evolve(self._one(*phrase), mention=mention)
        wanted = _PRONOUN_KINDS.get(words.lower[index], ())
        for one in reversed(self.spoken):
            if one.kind in wanted:
                return attrs.evolve(one, mention=mention)
        return FoundSpeaker(name=None, kind="unknown", role=None, mention=mention)


# --- the names of a text ----------------------------------------------------------------------------------------


def _full_names(text: Text) -> dict[str, tuple[str, ...]]:
    """Give the names of several words in a text by their last word, commonest first."""
    counts: dict[str, dict[str, int]] = {}
    for run in _capital_runs(text):
        names = [word for word in run if word.lower() not in _lexicon("titles") | _lexicon("honorifics")]
        if 2 <= len(names) <= 4 and len(run) - len(names) < 4 and not {w.lower() for w in names} & _organizations():
            last = _POSSESSIVE.sub("", names[-1])
            full = " ".join([*names[:-1], last][-3:])
            by_name = counts.setdefault(last.lower(), {})
            by_name[full] = by_name.get(full, 0) + 1
    return {last: tuple(sorted(names, key=lambda name: -names[name])) for last, names in counts.items()}


def _capital_runs(text: Text) -> list[list[str]]:
    """Give the runs of capitalised words after the last role word of each, within a sentence."""
    words = text.words
    title_end = text.title.end if text.title is not None else 0
    runs: list[list[str]] = []
    run: list[str] = []
    for index in range(words.first_from(title_end), len(words)):
        plain = words.texts[index]
        if is_name(words, index) and words.lower[index] not in _stop_words():
            if words.lower[index] in _lexicon("titles"):
                run = []
            else:
                run.append(plain)
                if not _POSSESSIVE.search(plain):
                    continue
        if run:
            runs.append(run)
        run = []
    return [*runs, run] if run else runs


@functools.lru_cache(maxsize=4)
def _titled_names(text: Text) -> tuple[tuple[int, str, str], ...]:
    """Give where a text names somebody with a role before the name: `Azerbaijani President Ilham Aliyev`."""
    words = text.words
    found = []
    index = 0
    while index < len(words):
        if words.lower[index] in _lexicon("titles") and index + 1 < len(words) and is_name(words, index + 1):
            first = index
            while first > 0 and (is_name(words, first - 1)) and words.ends[first - 1] + 1 == words.starts[first]:
                first -= 1
            last = index
            while last + 1 < len(words) and is_name(words, last + 1) and words.lower[last + 1] not in _stop_words():
                last += 1
            while index < last and words.lower[index + 1] in _lexicon("titles"):
                index += 1
            if last > index:
                name = _POSSESSIVE.sub("", " ".join(words.texts[index + 1 : last + 1]))
                found.append((words.starts[first], name, " ".join(words.texts[first : index + 1])))
            index = max(last, index)
        index += 1
    return tuple(found)


@functools.cache
def _lexicon(name: str) -> frozenset[str]:
    return frozenset(load_lexicon("speakers")[name])


@functools.cache
def _organizations() -> frozenset[str]:
    return _lexicon("organization") - {"house", "court", "nation", "state"}


@functools.cache
def _stop_words() -> frozenset[str]:
    starters: list[Any] = load_lexicon("abbreviations")["starters"]
    return frozenset(starters) | word_class("weekdays") | word_class("months") | word_class("auxiliaries")


def _one_line(written: str) -> str | None:
    """Give a text as one line, as a document's role or name must be."""
    return " ".join("".join(c if c.isprintable() else " " for c in written).split())[:2000] or None
