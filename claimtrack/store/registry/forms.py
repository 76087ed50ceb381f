"""Names in the forms in which they can be compared: what a person is called, what a body is called, what a role says.

Each form is worked out from one name alone. Letters of other scripts become ASCII ("Владимир" is "vladimir"), titles
and honorifics fall away, "Putin, Vladimir" is turned round, "Russian" and "Russia's" become one word for the country.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Final

import attrs
from anyascii import anyascii

from claimtrack.data import load_lexicon, load_rows
from claimtrack.store.facts import folded

Words = tuple[str, ...]
MAX_LETTERS: Final = 150
"""Longer than any name: what is longer is compared with nothing."""
MAX_WORDS: Final = 12
_LONGEST_COUNTRY: Final = 5
"""Words, as in "Democratic People's Republic of Korea"."""

_WORD = re.compile(r"\w+(?:['\u2019.-]\w+)*")
_PIECE = re.compile(r"[a-z0-9]+")
_BRACKETS = re.compile(r"\(([^()]*)\)|\[[^\[\]]*\]|[\"“][^\"“”]*[\"”]")
_POSSESSIVE = re.compile(r"(?<=\w)['\u2019](?:s\b|(?=\s|\Z))", re.IGNORECASE)
_APOSTROPHES = re.compile(r"['\u2018\u2019\u02bc`]")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
_LETTERS_TOGETHER = re.compile(r"\b[A-Z]{2,3}\b")
_ARTICLE_AL = re.compile(r"\b[aAeE]l-(?=\w)")
_VOWEL = re.compile(r"[AEIOUY]")
_SOUNDS: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ph", "f"),
        (r"kh|gh", "h"),
        (r"tsch|tch|cz", "c"),
        (r"shch|sch|sh|sz", "s"),
        (r"ch", "c"),
        (r"dzh|dj|zh", "j"),
        (r"ts|tz", "c"),
        (r"th", "t"),
        (r"ck|q", "k"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"ou|oo", "u"),
        (r"ae", "a"),
        (r"oe", "o"),
        (r"ue", "u"),
        (r"[yj]", "i"),
        (r"(.)\1+", r"\1"),
        (r"ie", "e"),
        (r"h$", ""),
    )
)


def words_of(name: str) -> tuple[str, ...]:
    """Give the words of a name as the speaker filter compares them: whole, in small letters, accents kept."""
    return tuple(_WORD.findall(folded(name).replace("\u2019", "'")))


def stands_in(words: Words, name: Words) -> bool:
    """Tell whether words stand in a name in a row; `Russia's` is the word `Russia`."""
    bare = tuple(word.removesuffix("'s") for word in name)
    return any(
        one[start : start + len(words)] == words
        for one in ((name,) if bare == name else (name, bare))
        for start in range(len(one) - len(words) + 1)
    )


def name_key(name: str) -> str:
    """Give what two ways of writing one name have in common: capital and small letters, marks and spaces do not count.

    >>> name_key("Vladimir  PUTIN") == name_key("vladimir putin"), name_key("V. Putin") == name_key("Putin")
    (True, False)
    """
    return " ".join(words_of(name)) or folded(name)


@attrs.frozen(slots=True)
class PersonName:
    """A person's name, given name first, in small ASCII letters, without titles and particles ("von der")."""

    words: tuple[str, ...]
    generation: str | None = None
    """"jr", "sr", "ii", ..."""
    latin: bool = True
    """False where the letters were of another script."""

    @property
    def family(self) -> str:
        """The last word."""
        return self.words[-1]


@attrs.frozen(slots=True)
class BodyName:
    """A body's name, or a role: its words in small ASCII letters, countries as `@russia`, small words left out."""

    words: tuple[str, ...]
    bag: tuple[str, ...]
    """The words in the order of the alphabet."""
    initials: frozenset[str] = frozenset()
    """What its acronym can be."""
    acronym: str | None = None
    """The name itself where it is written like an acronym."""
    own_acronym: str | None = None
    """What the name has in brackets: "World Health Organization (WHO)"."""


def person_name(name: str) -> PersonName | None:
    """Give the form of a person's name, or None for what cannot be one.

    >>> person_name("Putin, Vladimir").words, person_name("President V.V. Putin").words
    (('vladimir', 'putin'), ('v', 'v', 'putin'))
    >>> person_name("George W. Bush, Jr.")
    PersonName(words=('george', 'w', 'bush'), generation='jr', latin=True)
    """
    if len(name) > MAX_LETTERS:
        return None
    written = _ARTICLE_AL.sub("", _POSSESSIVE.sub("", _BRACKETS.sub(" ", name)))
    generation: str | None = None
    parts: list[list[str]] = []
    for part in written.split(","):
        pieces = _ascii_pieces(part)
        if len(pieces) > 1 and not parts and pieces[-1] in _names("generations"):
            generation = pieces.pop()
        if parts and len(pieces) == 1 and pieces[0] in _names("generations"):
            generation = pieces[0]
        elif pieces:
            parts.append(pieces)
    if not parts or len(parts) > 2:
        return None
    if len(parts) == 2:
        described = written.split(",")[1].strip()[:1].islower() or any(word in _titles() for word in parts[1])
        parts = parts[:1] if described else [parts[1] + parts[0]]
    words = _without_particles(_without_titles(parts[0]))
    if len(words) > MAX_WORDS or any(word.isdigit() for word in words):
        return None
    return PersonName(tuple(words), generation, latin=_is_latin(name))


def body_name(name: str) -> BodyName | None:
    """Give the form of a body's name or of a role, or None for what cannot be one.

    >>> body_name("Russia's Ministry of Defense").words, body_name("the Russian Defence Ministry").words
    (('@russia', 'ministry', 'defence'), ('@russia', 'defence', 'ministry'))
    >>> "who" in body_name("World Health Organization").initials
    True
    """
    if len(name) > MAX_LETTERS:
        return None
    bracketed = [inner for inner in _BRACKETS.findall(name) if inner]
    plain = _BRACKETS.sub(" ", name).strip()
    pieces = _body_pieces(plain)
    if not pieces or len(pieces) > MAX_WORDS:
        return None
    small = _names("body_small_words")
    while len(pieces) > 1 and pieces[-1] in _names("company_forms"):
        pieces.pop()
    words = [_spelling(word) for word in _with_countries(pieces) if word not in small]
    if not words:
        return None
    initials = {"".join(word[0] for word in some) for some in (pieces, [word for word in pieces if word not in small])}
    is_acronym = len(pieces) == 1 and _POSSESSIVE.sub("", plain).isupper() and 2 <= len(pieces[0]) <= 7
    return BodyName(
        tuple(words),
        tuple(sorted(words)),
        frozenset(one for one in initials if len(one) > 1),
        acronym=pieces[0] if is_acronym else None,
        own_acronym="".join(_PIECE.findall(bracketed[0].lower())) if len(bracketed) == 1 else None,
    )


def given_forms(word: str) -> tuple[str, ...]:
    """Give what stands for all forms of a given name ("bill", "william"), or the name itself."""
    return _forms().get(word, (word,))


@functools.lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """Give what ways of writing a foreign name in Latin letters have in common.

    >>> sound("aliyev") == sound("aliev"), sound("zelenskyy") == sound("zelensky"), sound("mueller") == sound("muller")
    (True, True, True)
    """
    for pattern, letters in _SOUNDS:
        word = pattern.sub(letters, word)
    return word


def is_slavic(family: str) -> bool:
    """Tell whether a surname ends as names do that come to us from Cyrillic, Armenian or Georgian letters."""
    return family.endswith(_endings())


def is_common(family: str) -> bool:
    """Tell whether so many people have a surname that it says little."""
    return family in _names("common_surnames")


def is_specific(role: BodyName) -> bool:
    """Tell `the Russian president`, whom one can know, from `the president`."""
    return any(word.startswith("@") for word in role.words) and len(role.words) > 1


@functools.cache
def is_generic(word: str) -> bool:
    """Tell whether a word alone names no body: a country, or one like `ministry`."""
    return word.startswith("@") or word in load_lexicon("speakers")["organization"]


def country_names(wanted: str) -> tuple[tuple[str, ...], ...]:
    """Give, for the name of a country, all its names and adjectives as words; none for anything else.

    >>> ("russian",) in country_names("Russia"), country_names("Putin")
    (True, ())
    """
    return _countries_by_name().get(words_of(wanted), ())


def _ascii_pieces(part: str) -> list[str]:
    mixed = not part.isupper()
    if mixed:  # "JD Vance", not "ED MILLER"
        part = _LETTERS_TOGETHER.sub(lambda match: _apart(match[0]), part)
    return _PIECE.findall(anyascii(_APOSTROPHES.sub("", part)).replace("'", "").lower())


def _body_pieces(written: str) -> list[str]:
    plain = _DOTTED.sub(lambda match: match[0].replace(".", ""), _POSSESSIVE.sub("", written))
    return _PIECE.findall(anyascii(_APOSTROPHES.sub("", plain).replace("&", " and ")).lower())


def _apart(letters: str) -> str:
    a_word = (len(letters) > 2 and _VOWEL.search(letters)) or letters.lower() in _names("generations")
    return letters if a_word else " ".join(letters)


def _is_latin(name: str) -> bool:
    return name.isascii() or all(ord(letter) < 0x250 or not letter.isalpha() for letter in name)


def _without_titles(words: list[str]) -> list[str]:
    honorifics, titles = _honorifics(), _titles()
    first = 0
    while first < len(words) - 1:
        left = len(words) - first - 1
        country = words[first] in _country_words() and any(word in titles for word in words[first + 1 : first + 4])
        if not (
            country
            or words[first] in honorifics
            or (words[first] in titles and (left > 1 or words[first] not in _names("names_like_titles")))
        ):
            break
        first += 1
    return words[first:]


def _without_particles(words: list[str]) -> list[str]:
    particles = _names("particles")
    given_like = words[0] in _names("given_like_particles")
    *before, last = words  # which is a name whatever it is: Le, Das
    return [word for n, word in enumerate(before) if word not in particles or (n == 0 and given_like)] + [last]


def _spelling(word: str) -> str:
    return _spellings().get(word, word)


def _with_countries(pieces: list[str]) -> list[str]:
    """Give the words with each country's name or adjective, the longest first, as one word for the country."""
    countries = _countries()
    found, index = [], 0
    while index < len(pieces):
        for length in range(min(_LONGEST_COUNTRY, len(pieces) - index), 0, -1):
            country = countries.get(tuple(pieces[index : index + length]))
            if country is not None:
                found.append(country)
                index += length
                break
        else:
            found.append(pieces[index])
            index += 1
    return found


@functools.cache
def _names(name: str) -> frozenset[str]:
    return frozenset(load_lexicon("names")[name])


@functools.cache
def _endings() -> tuple[str, ...]:
    return tuple(load_lexicon("names")["slavic_endings"])


@functools.cache
def _honorifics() -> frozenset[str]:
    return frozenset(word.rstrip(".") for word in load_lexicon("speakers")["honorifics"])


@functools.cache
def _titles() -> frozenset[str]:
    return frozenset(word.rstrip(".") for word in load_lexicon("speakers")["titles"])


@functools.cache
def _forms() -> Mapping[str, tuple[str, ...]]:
    forms: dict[str, tuple[str, ...]] = {}
    for group in load_lexicon("names")["given_forms"]:
        for word in group:
            forms[word] = (*forms.get(word, ()), group[0])
    return forms


@functools.cache
def _spellings() -> Mapping[str, str]:
    return {word: first for first, *others in load_lexicon("names")["spellings"] for word in others}


@functools.cache
def _country_rows() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Give each country's names, and its adjectives; the places that stand for its government are left out."""
    return tuple(
        ((name, *others.split(",")) if others else (name,), tuple(adjectives.split(",")) if adjectives else ())
        for name, others, adjectives, *_ in ((*row, "", "") for row in load_rows("countries"))
    )


@functools.cache
def _countries() -> Mapping[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for names, adjectives in _country_rows():
        for one in (*names, *adjectives):
            found.setdefault(tuple(_body_pieces(one)), f"@{names[0].lower()}")
    return found


@functools.cache
def _country_words() -> frozenset[str]:
    return frozenset(words[0] for words in _countries() if len(words) == 1)


@functools.cache
def _countries_by_name() -> Mapping[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    return {
        words_of(one): tuple(dict.fromkeys(words_of(form) for form in (*names, *adjectives)))
        for names, adjectives in _country_rows()
        for one in names
    }


def has_title(name: str) -> bool:
    """Tell whether a title stands in a name: "Putin's spokesman", "Russian President"."""
    return not _titles().isdisjoint(words_of(name))
