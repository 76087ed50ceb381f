"""The names that a text writes: runs of words with capitals, told apart into people, bodies and places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import attrs

from claimtrack.extract.noun_phrases import is_word, word_class
from claimtrack.extract.speakers.lexicon import (
    adjectives_of_countries,
    countries,
    given_names,
    no_names,
    person_nouns,
    plain,
    speaker_words,
)
from claimtrack.text import Text

Kind = Literal["person", "body", "country", "acronym", "place", "single"]

_LONGEST = 8
_LONGEST_NAME = 5
_PREFIXED = re.compile(r"(?:al|el|an|ad|as|ash|ul|d|l)['’-][A-Z]")
_OPENING_MARKS = frozenset('“"‘«„(:—–-[')


@attrs.frozen(slots=True)
class Run:
    """One name in a text: the words `[first, last]`, of which the name itself starts at `name_first`.

    `single` is a lone name that could be anybody's; `possessive` tells `Putin's`.
    """

    first: int
    last: int
    name_first: int
    kind: Kind
    possessive: bool


class NameReader:
    """Finds the names of one text."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.words = text.words
        starts = [self.words.first_from(sentence.start) for sentence in text.sentences]
        self.sentence_starts = frozenset(starts)
        self.inside = frozenset(
            plain(word) for index, word in enumerate(self.words.texts) if word[0].isupper() and not self.opens(index)
        )
        self.in_small_letters = frozenset(word for word in self.words.texts if word[0].islower())

    def runs(self) -> Iterator[Run]:
        """Give the names in order."""
        index, count = 0, len(self.words)
        while index < count:
            if not self.is_capital(index) or self.only_opens(index):
                index += 1
                continue
            last = self._end(index)
            run = self._run(index, last)
            if run is not None:
                yield run
            index = (run.last if run is not None else last) + 1

    def is_capital(self, index: int) -> bool:
        """Tell whether a word is written as a name."""
        word = self.words.texts[index]
        return word[0].isupper() or (word[0].islower() and _PREFIXED.match(word) is not None)

    def is_beside(self, index: int) -> bool:
        """Tell whether a word stands right after the one before, in the same sentence."""
        return self.words.ends[index - 1] + 1 == self.words.starts[index] and index not in self.sentence_starts

    def opens(self, index: int) -> bool:
        """Tell whether a sentence or a quotation opens with a word, which explains its capital."""
        return index in self.sentence_starts or index == 0 or self.words.texts[index - 1] in _OPENING_MARKS

    def only_opens(self, index: int) -> bool:
        """Tell whether a capital says nothing: `The`, `Officials`, `On`."""
        low = self.words.lower[index]
        if low in no_names():
            return True
        if not self.opens(index) or low in speaker_words("titles") or low in speaker_words("honorifics"):
            return False
        if low in given_names():
            return False
        after = index + 1
        if low in speaker_words("organization") and after < len(self.words) and self.words.lower[after] == "of":
            after += 1  # `Bank of Dessa`
        follows = after < len(self.words) and self.is_beside(after) and self.is_capital(after)
        if follows and low in speaker_words("organization"):
            return False
        if low in speaker_words("group") and not follows:
            return self.words.texts[index] not in self.inside
        return low in self.in_small_letters

    def _end(self, first: int) -> int:
        """Give the last word of the run of capitals."""
        words, last = self.words, first
        while last + 1 < len(words) and last - first < _LONGEST and "'" not in words.lower[last][-2:]:
            following = last + 1
            if self._is_plural_owner(following):
                last = following + 1
                continue
            if words.texts[following] == "&" and following + 1 < len(words) and self.is_capital(following + 1):
                last = following + 1
                continue
            nickname = self._nickname_end(following)
            if nickname is not None:
                last = nickname
                continue
            if not self.is_beside(following):
                break
            if self._goes_on(following) or (
                words.lower[following] in speaker_words("particles")
                and following + 1 < len(words)
                and self.is_beside(following + 1)
                and (self.is_capital(following + 1) or words.lower[following + 1] in speaker_words("particles"))
            ):
                last = following
            else:
                break
        while not self.is_capital(last):
            last -= 3 if words.texts[last] in "\"”'’)" else 1
        return last

    def _goes_on(self, index: int) -> bool:
        """Tell whether a capital goes on with a name; a month does after a given name or a title: `Theresa May`."""
        words = self.words
        low = words.lower[index]
        if not self.is_capital(index) or low not in no_names():
            return self.is_capital(index)
        before, after = words.lower[index - 1], words.texts[index + 1 : index + 2]
        names = before in given_names() or before in speaker_words("honorifics") or before in speaker_words("titles")
        return plain(low) in word_class("months") and names and not (after and after[0][0].isdigit())

    def _is_plural_owner(self, index: int) -> bool:
        """Tell whether a mark is the apostrophe of `Rail Workers' Union`."""
        words = self.words
        return (
            index + 1 < len(words)
            and words.texts[index] in "'’"
            and words.ends[index - 1] == words.starts[index]
            and words.lower[index - 1].endswith("s")
            and self.is_beside(index + 1)
            and self.is_capital(index + 1)
            and words.lower[index + 1] not in no_names()
        )

    def _nickname_end(self, index: int) -> int | None:
        """Give the closing mark of the `“Sparky”` in `Mick “Sparky” Doyle`."""
        words = self.words
        if index + 3 >= len(words) or words.texts[index] not in "\"“'‘(" or words.texts[index + 2] not in "\"”'’)":
            return None
        named = self.is_capital(index + 1) and self.is_capital(index + 3) and index + 3 not in self.sentence_starts
        return index + 2 if named and not words.texts[index + 1].isupper() else None

    def _run(self, first: int, last: int) -> Run | None:
        low = self.words.lower
        if last > first and all(word.isupper() and len(word) > 1 for word in self.words.texts[first : last + 1]):
            return None  # a line in capitals
        whole = " ".join([*low[first:last], plain(low[last])])
        possessive = low[last].endswith(("'s", "s'"))
        end = plain(low[last])
        if "&" in self.words.texts[first : last + 1]:
            return Run(first, last, first, "body", possessive)
        office = self._after_office(first, last)
        if office is not None:
            return Run(first - 2, last, office, "person", possessive)
        name_first = self._name_first(first, last)
        titled = name_first > first and low[name_first - 1] in speaker_words("honorifics")
        if possessive and not titled:
            body_last = self._body_after(last)
            if body_last is not None:
                return Run(first, body_last, first, "body", False)
        if whole in countries():
            return Run(first, last, first, "country", possessive)
        if not titled and (end in speaker_words("organization") or low[first] in speaker_words("organization")):
            of = end in speaker_words("organization")
            extended = self._with_of(last) if of else last
            if first == extended and not self._is_proper(first):
                return None
            if of:
                return Run(first, extended, first, "body", low[extended].endswith(("'s", "s'")))
        if whole in adjectives_of_countries():
            body_last = self._body_after(last)
            return Run(first, body_last, first, "body", False) if body_last is not None else None
        length = last - name_first + 1
        if name_first > last or length > _LONGEST_NAME:
            return None
        if length == 1 and name_first == first:
            return self._single(first, end, possessive)
        if name_first == first and end in speaker_words("document") and length > 1:
            return Run(first, last, first, "body", possessive)
        if name_first == first and not self._may_be_person(first, last):
            return Run(first, last, first, "place", possessive)
        return Run(first, last, name_first, "person", possessive)

    def _is_proper(self, index: int) -> bool:
        """Tell `Congress` from the `Police` that only opens a sentence."""
        return not self.opens(index) or plain(self.words.texts[index]) in self.inside

    def _single(self, index: int, end: str, possessive: bool) -> Run | None:
        written = plain(self.words.texts[index])
        if end in speaker_words("regions"):
            return Run(index, index, index, "place", possessive)
        letters = written.replace(".", "")
        if letters.isupper() and "." in written and len(letters) == 2 and end not in countries() and letters != "UN":
            return Run(index, index, index, "place", possessive)  # N.H., D.C.
        if letters.isupper() and letters.isalpha() and 2 <= len(letters) <= 6:
            return Run(index, index, index, "acronym", possessive)
        if end in speaker_words("titles") and not possessive:
            return None
        return Run(index, index, index, "single", possessive)

    def _name_first(self, first: int, last: int) -> int:
        """Give the first word of the name, after every title that stands before it."""
        low = self.words.lower
        found = first
        for index in range(first, last):
            word = low[index]
            if word in speaker_words("honorifics"):
                found = index + 1
            elif word in speaker_words("titles") or (
                index == first and word.removesuffix("s") in speaker_words("titles")
            ):
                # `Dean Johnson` bears a given name, `Dean Ann Silva` an office.
                given = word in given_names() and index == first and low[index + 1] not in given_names()
                found = found if given else index + 1
            elif index == first and word in person_nouns() and (last - first > 1 or low[index + 1] in given_names()):
                found = index + 1 if word not in given_names() else found  # `Cyclist Bo Lind`, `Sister Agnes`
        return found if found <= last else first

    def _after_office(self, first: int, last: int) -> int | None:
        """Give where the name starts in the `State Bo Lind` of `Secretary of State Bo Lind`."""
        low = self.words.lower
        if first < 2 or last - first < 2 or low[first - 1] != "of" or low[first - 2] not in speaker_words("titles"):
            return None
        if not (self.is_capital(first - 2) and self.is_beside(first) and self.is_beside(first - 1)):
            return None
        return next((index for index in range(first + 1, last) if low[index] in given_names()), last - 1)

    def _may_be_person(self, first: int, last: int) -> bool:
        low = self.words.lower
        inside = [plain(word) for word in low[first : last + 1]]
        if inside[0] in speaker_words("no_given_names") or inside[0] in speaker_words("regions"):
            return False
        if inside[0] in countries() or inside[0] in adjectives_of_countries():
            return False
        if inside[-1] in adjectives_of_countries() or inside[-1] in countries():
            return False
        if any(word in speaker_words("organization") for word in inside[:-1]) and inside[0] not in given_names():
            return False
        return not (first > 0 and low[first - 1] == "the" and inside[0] not in given_names())

    def _body_after(self, last: int) -> int | None:
        """Give the end of `Kazakhstan's emergencies ministry`: small words that end with a noun for a body."""
        words = self.words
        for index in range(last + 1, min(len(words), last + 6)):
            if not self.is_beside(index) or not is_word(words, index) or words.lower[index] in no_names():
                return None
            if words.lower[index] in speaker_words("titles"):
                return None
            following = index + 1
            if words.lower[index] in speaker_words("organization") and not (
                following < len(words)
                and self.is_beside(following)
                and (
                    words.lower[following] in speaker_words("organization")
                    or words.lower[following] in speaker_words("titles")
                )
            ):
                return index
        return None

    def _with_of(self, last: int) -> int:
        """Carry `Ministry` on to `Ministry of Foreign Affairs`, and `University of the South`."""
        words = self.words
        while last + 2 < len(words) and words.lower[last + 1] in ("of", "for", "on") and self.is_beside(last + 1):
            start = last + 3 if words.lower[last + 2] == "the" else last + 2
            if start >= len(words) or not self.is_capital(start) or words.lower[start] in no_names():
                break
            last = self._end(start)
            joined = last + 2
            if joined < len(words) and words.lower[last + 1] == "and" and self.is_beside(joined):
                before = words.lower[start - 2] if start > 1 else ""
                public = {"of"} & {before, words.lower[start - 1]}
                if public and self.is_capital(joined) and words.lower[joined] not in given_names():
                    last = self._end(joined) if self._ends_noun_phrase(joined) else last
        return last

    def _ends_noun_phrase(self, index: int) -> bool:
        """Tell whether `Human Services` goes on with a verb, so that it belongs to the body before."""
        last = self._end(index)
        following = last + 1
        if following >= len(self.words):
            return True
        return self.words.lower[following] not in word_class("auxiliaries") or last > index
