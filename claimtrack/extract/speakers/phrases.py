"""How the words of a source are built: owner, head, what follows it, and the apposition behind a comma."""

from __future__ import annotations

from typing import Final

import attrs

from claimtrack.extract.noun_phrases import is_name, is_word, word_class
from claimtrack.extract.speakers.lexicon import speaker_words
from claimtrack.extract.speakers.roles import head_of
from claimtrack.text import Words

PRONOUNS: Final[dict[str, str]] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), "i"),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), "we"),
    **dict.fromkeys(("who", "whom", "whose", "which", "that"), "who"),
    "you": "you",
}
"""The pronouns that can be a source, each by its plain form."""

_OWNERS = frozenset(("his", "her", "its", "their", "my", "our", "your"))
_LEADING = frozenset(("to", "by", "from", "according", "and", "but", "as", "that", "with", "while", "when"))


@attrs.frozen(slots=True, kw_only=True)
class Phrase:
    """A source as words, all included: `[first, last]`, of which `[first, core_last]` stand before any apposition.

    `head` is the noun or name that the phrase is about, `owner` the last word of `Putin's` or `his` before it,
    `after` the words behind a comma.
    """

    first: int
    last: int
    core_last: int
    head: int
    owner: int | None
    after: tuple[int, int] | None


def read_phrase(words: Words, first: int, last: int) -> Phrase | None:
    """Give the parts of the noun phrase `[first, last]`, or None where there is no word in it.

    >>> from claimtrack.text import find_words
    >>> words = find_words("Putin's spokesman for energy, Bo Lind,")
    >>> phrase = read_phrase(words, 0, 7)
    >>> words.texts[phrase.head], words.texts[phrase.owner], phrase.after
    ('spokesman', "Putin's", (5, 6))
    """
    while first <= last and (not is_word(words, first) or (words.lower[first] in _LEADING and first < last)):
        first += 1
    while last >= first and not is_word(words, last) and words.texts[last] not in ")]":
        last -= 1
    if last < first:
        return None
    core_last, after = last, None
    for index in range(first + 1, last + 1):
        if words.texts[index] in ",(—–:" or words.lower[index] in ("who", "whose", "which"):
            core_last = index - 1
            start = index + 1 if not is_word(words, index) else index
            after = (start, last) if start <= last and words.texts[index] != "(" else None
            break
    owner = _owner(words, first, core_last)
    start = first if owner is None else owner + 1
    return Phrase(
        first=first,
        last=last,
        core_last=core_last,
        head=head_of(words, start, core_last),
        owner=owner,
        after=after,
    )


def _owner(words: Words, first: int, last: int) -> int | None:
    if words.lower[first] in _OWNERS and first < last:
        return first
    found = None
    for index in range(first, last):
        if words.lower[index] in word_class("prepositions_inside"):
            break
        plural = words.texts[index] in "'’" and words.lower[index - 1].endswith("s")
        if plural or words.lower[index].endswith("'s"):
            found = index
    return found


def split_speakers(words: Words, first: int, last: int) -> list[tuple[int, int]]:
    """Give the parts of `Ann Silva, Bo Lind and the ministry`, one a speaker; mostly it is one.

    >>> from claimtrack.text import find_words
    >>> split_speakers(find_words("Ann Silva and Bo Lind"), 0, 4)
    [(0, 1), (3, 4)]
    """
    if last - first > 40:
        return [(first, last)]
    if words.lower[first] == "both" and first + 1 < last and is_name(words, first + 1):
        first += 1
    for index in range(last - 1, first, -1):
        if words.lower[index] != "and" or not _starts_speaker(words, index + 1):
            continue
        left = _left_of_and(words, first, index - 1)
        if left is not None:
            return [*left, (index + 1, last)]
    return [(first, last)]


def _left_of_and(words: Words, first: int, last: int) -> list[tuple[int, int]] | None:
    """Give the speakers before an "and", or None where it joins something inside one of them."""
    if words.texts[last] == ",":
        last -= 1
    if last < first or not _starts_speaker(words, first):
        return None
    inside = words.lower[first : last + 1]
    counted = inside[0] in word_class("determiners") and inside[0] not in ("the", "a", "an", *_OWNERS)
    if (
        counted
        or words.lower[last] in speaker_words("honorifics")
        or {"who", "which", "whose", "between"} & set(inside)
    ):
        return None  # `Two of them, Ivo Marsh and Dora Penn`
    if "of" in inside and set(inside) & speaker_words("organization"):
        return None
    commas = [index for index in range(first, last + 1) if words.texts[index] == ","]
    parts, start = [], first
    for comma in commas:
        if not is_name(words, comma + 1) or not is_name(words, start):
            return [(first, last)]  # an apposition: `Ann Silva, the mayor, and Bo Lind`
        parts.append((start, comma - 1))
        start = comma + 1
    return [*parts, (start, last)]


def _starts_speaker(words: Words, index: int) -> bool:
    if is_name(words, index):
        return True
    return words.lower[index] in ("the", "a", "an", "his", "her", "its", "their", "he", "she", "they")
