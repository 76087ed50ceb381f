"""How alike two names are: a rule that fits both, or None. Rules, not distances, so that each answer has its reason.

"Bank of Austria" and "Bank of Australia" share nine letters in ten, and are two banks; "Putin, V." and "Vladimir Putin"
share half, and are one man. So no score comes from counting letters.
"""

from __future__ import annotations

from typing import Final

import attrs

from claimtrack.store.registry.forms import (
    BodyName,
    PersonName,
    given_forms,
    is_common,
    is_generic,
    is_slavic,
    sound,
)

SURE: Final = 0.8
"""A match of this score and more is hardly ever wrong; below it a person should look."""
_COMMON: Final = 0.25
"""What a surname such as Smith takes away."""
_EXTRA: Final = 0.1
"""What another name in the middle takes away, where the given names are not even equal."""


@attrs.frozen(slots=True)
class Rule:
    """One reason why two names can be one speaker's."""

    code: str
    score: float
    sentence: str


RULES: Final = {
    rule.code: rule
    for rule in (
        Rule("same-words", 0.95, "the same words, written differently"),
        Rule("script", 0.9, "the same name in two scripts"),
        Rule("initials", 0.85, "initials that fit, and the same surname"),
        Rule("given-form", 0.82, "two forms of one given name, and the same surname"),
        Rule("spelling", 0.82, "one name from another script in two spellings"),
        Rule("order", 0.7, "the same words in another order"),
        Rule("body-order", 0.85, "the same words in another order"),
        Rule("middle", 0.7, "one has a middle name more"),
        Rule("longer", 0.6, "one has a name more at its beginning or end"),
        Rule("surname", 0.7, "the surname alone"),
        Rule("sound", 0.6, "spelt differently, but they sound alike"),
        Rule("letter", 0.55, "the surnames differ in one letter"),
        Rule("generation", 0.5, "one is called Jr., Sr. or by a number"),
        Rule("own-acronym", 0.9, "one has the other in brackets"),
        Rule("acronym", 0.7, "the first letters of the other's words"),
        Rule("shorter", 0.55, "one has a word more"),
        Rule("role", 0.75, "holds this role in the registry for the time"),
        Rule("role-in-claims", 0.65, "is called so in other claims of the time"),
    )
}
"""The rules by their codes, with the score of a match that nothing speaks against."""

WEAK: Final = frozenset(
    ("initials", "middle", "longer", "surname", "acronym", "shorter", "role", "role-in-claims", "generation")
)
"""Rules by which one name can fit several others: the shorter one says too little."""


@attrs.frozen(slots=True)
class Likeness:
    """A rule that fits two names, with its score for these two."""

    rule: str
    score: float


def compare_people(one: PersonName, other: PersonName) -> Likeness | None:
    """Give how alike two people's names are, the same whichever comes first."""
    if one.generation and other.generation and one.generation != other.generation:
        return None
    found = _compare_words(one, other)
    if found is None or one.generation == other.generation:
        return found
    return Likeness("generation", min(found.score, RULES["generation"].score))


def _compare_words(one: PersonName, other: PersonName) -> Likeness | None:
    if one.words == other.words:
        return _like("same-words" if one.latin == other.latin else "script")
    if one.latin != other.latin and [*map(sound, one.words)] == [*map(sound, other.words)]:
        return _like("script", minus=0.05)
    short, long = sorted((one.words, other.words), key=lambda words: (len(words), words))
    if len(short) == 1:
        if len(long) > 1 and short[0] == long[-1]:
            return _like("surname", minus=_COMMON if is_common(long[-1]) else 0)
        spelled = len(long) == 1 and is_slavic(short[0]) and sound(short[0]) == sound(long[0])
        return _like("spelling", minus=0.12) if spelled else None
    if sorted(short) == sorted(long) and len(short) == len(long) and min(map(len, short)) > 1:
        return _like("order")
    if long[-len(short) :] == short and min(map(len, short)) > 1:
        return _like("longer", minus=_EXTRA if is_common(short[-1]) else 0)
    given = _compare_given(short[0], long[0])
    if given is None:
        return None
    middle = _compare_middle(short[1:-1], long[1:-1])
    if middle is None:
        return None
    family, other_family = short[-1], long[-1]
    if family == other_family:
        return _with_one_surname(given, middle, family)
    if sound(family) == sound(other_family):
        if is_slavic(family) and is_slavic(other_family) and given in ("same", "form") and middle != "extra":
            return _like("spelling")
        return _like("sound", minus=0 if given in ("same", "form") else _EXTRA)
    if given == "same" and middle == "extra" and long[: len(short)] == short and len(short[-1]) > 1:
        return _like("longer", minus=_EXTRA if is_common(family) else 0)
    if given == "same" and middle == "same" and len(family) > 4 and differ_in_one_letter(family, other_family):
        return _like("letter")
    return None


def _with_one_surname(given: str, middle: str, family: str) -> Likeness:
    common = _COMMON if is_common(family) else 0
    extra = _EXTRA if middle == "extra" else 0
    if given == "same":
        return _like("middle", minus=common) if middle == "extra" else _like("initials")
    if given == "initial":
        return _like("initials", minus=common + extra)
    if given == "form":
        return _like("given-form", minus=common + extra)
    return _like("sound", minus=extra)


def _compare_given(one: str, other: str) -> str | None:
    if one == other:
        return "same"
    if one[0] == other[0] and 1 in (len(one), len(other)):
        return "initial"
    if not {*given_forms(one)}.isdisjoint(given_forms(other)):
        return "form"
    if len(one) > 1 and len(other) > 1 and sound(one) == sound(other):
        return "sound"
    return None


def _compare_middle(one: tuple[str, ...], other: tuple[str, ...]) -> str | None:
    if not one and not other:
        return "same"
    if not one or not other:
        return "extra"
    # "H. W." against "W.": with the first middle names unlike, they are two people.
    if any(_compare_given(left, right) is None for left, right in zip(one, other, strict=False)):
        return None
    return "same" if len(one) == len(other) else "extra"


def differ_in_one_letter(one: str, other: str) -> bool:
    """Tell whether one letter too many, missing, another, or two changed round make the difference."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    short, long = sorted((one, other), key=len)
    start = next((n for n, (left, right) in enumerate(zip(short, long, strict=False)) if left != right), len(short))
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    swapped = short[start : start + 2] == long[start : start + 2][::-1] and short[start + 2 :] == long[start + 2 :]
    return short[start + 1 :] == long[start + 1 :] or swapped


def compare_bodies(one: BodyName, other: BodyName) -> Likeness | None:
    """Give how alike two bodies' names are, the same whichever comes first."""
    if one.words == other.words:
        return _like("same-words")
    for short, long in ((one, other), (other, one)):
        if short.acronym is not None and short.acronym == long.own_acronym:
            return _like("own-acronym")
    if one.bag == other.bag:
        return _like("body-order")
    for short, long in ((one, other), (other, one)):
        if short.acronym is not None and len(short.acronym) > 1 and short.acronym in long.initials:
            return _like("acronym")
    short, long = sorted((one, other), key=lambda body: len(body.words))
    if is_shorter(short, long):
        return _like("shorter")
    return None


def is_shorter(short: BodyName, long: BodyName) -> bool:
    """Tell whether a name is another one but for one word, and still says something by itself."""
    if len(short.bag) != len(long.bag) - 1 or all(is_generic(word) for word in short.bag):
        return False
    rest = list(long.bag)
    for word in short.bag:
        if word not in rest:
            return False
        rest.remove(word)
    return True


def _like(code: str, *, minus: float = 0) -> Likeness:
    return Likeness(code, round(RULES[code].score - minus, 2))
