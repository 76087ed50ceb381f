"""Which known speakers could be one, found without comparing each with each.

Names go into drawers (a surname with a given name's sound, a set of words, ...) and only those that share a drawer are
compared, so time grows with the names. A drawer that is too full, which only a made-up list of names has, is gone
through in the order of the alphabet, each name with the few that follow it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

import attrs

from claimtrack.store.registry.comparing import RULES, SURE, WEAK, Likeness, compare_bodies, compare_people
from claimtrack.store.registry.forms import (
    BodyName,
    PersonName,
    body_name,
    given_forms,
    is_generic,
    is_specific,
    person_name,
    sound,
)
from claimtrack.store.registry.known import HeldRole, KnownSpeaker, SpeakerMatch

_PEOPLE: Final = ("person", "unknown")
_BODIES: Final = ("organization", "group", "publisher", "unknown")
_MOST_FITTING: Final = 5
"""A name that fits more speakers than this says too little about any of them."""
_OTHERS_FIT: Final = 0.15
"""What it takes away that others fit too."""
_FULL_DRAWER: Final = 40
_NEIGHBOURS: Final = 5
_LEEWAY_IN_YEARS: Final = 1
"""How long before and after the claims that say so somebody may have held a role."""


@attrs.frozen(slots=True, eq=False)
class _Person:
    speaker: int
    name: str
    form: PersonName


@attrs.frozen(slots=True, eq=False)
class _Body:
    speaker: int
    name: str
    form: BodyName


_Name = TypeVar("_Name", _Person, _Body)


@attrs.frozen(slots=True)
class _Found:
    likeness: Likeness
    names: tuple[str, str]
    weaker: int
    role: HeldRole | None = None


def find_pairs(speakers: Sequence[KnownSpeaker], *, min_score: float) -> tuple[SpeakerMatch, ...]:
    """Give the pairs that could be one speaker, likeliest first; none that a person has told apart."""
    found: dict[tuple[int, int], _Found] = {}
    for one, other, likeness, role in _likenesses(speakers):
        pair = (one.speaker, other.speaker)
        if pair[0] == pair[1]:
            continue
        weaker = pair[0] if _length(one.name) <= _length(other.name) or role is not None else pair[1]
        names = (one.name, other.name)
        if pair[0] > pair[1]:
            pair, names = (pair[1], pair[0]), (names[1], names[0])
        best = found.get(pair)
        if best is None or (likeness.score, names) > (best.likeness.score, best.names):
            found[pair] = _Found(likeness, names, weaker, role)
    found = {pair: its for pair, its in found.items() if not _told_apart(speakers[pair[0]], speakers[pair[1]])}
    fitting: defaultdict[int, set[int]] = defaultdict(set)
    for (left, right), match in found.items():
        if match.likeness.rule in WEAK:
            fitting[match.weaker].add(right if match.weaker == left else left)
    fits = {speaker: _count_different(others, found) for speaker, others in fitting.items()}
    matches = (_match(speakers, pair, its, fits=fits.get(its.weaker, 0)) for pair, its in found.items())
    kept = (one for one in matches if one is not None and one.score >= min_score)
    return tuple(sorted(kept, key=lambda match: (-match.score, match.one.name, match.other.name, match.names)))


def _match(speakers: Sequence[KnownSpeaker], pair: tuple[int, int], found: _Found, *, fits: int) -> SpeakerMatch | None:
    one, other, names, likeness = speakers[pair[0]], speakers[pair[1]], found.names, found.likeness
    if _prominence(one) > _prominence(other):
        one, other, names = other, one, (names[1], names[0])
    score, reason = likeness.score, RULES[likeness.rule].sentence
    if likeness.rule in WEAK and fits > 1:
        if fits > _MOST_FITTING:
            return None
        score = round(score - _OTHERS_FIT, 2)
        reason += f"; {fits - 1} other{'s' if fits > 2 else ''} would fit too"
    role = found.role if found.role is not None and found.role.in_registry else None
    return SpeakerMatch(
        one=one,
        other=other,
        names=names,
        rule=likeness.rule,
        score=score,
        reason=reason,
        since=role.since if role else None,
        until=role.until if role else None,
    )


def _prominence(speaker: KnownSpeaker) -> tuple[bool, int, bool, int, str]:
    return speaker.id is None, -speaker.claims, "," in speaker.name, -len(speaker.name), speaker.name


def _count_different(speakers: set[int], found: Mapping[tuple[int, int], _Found]) -> int:
    """Give how many different speakers there are: "Putin, Vladimir" beside "Vladimir Putin" is no second one."""
    if len(speakers) > _FULL_DRAWER:
        return len(speakers)
    counted: list[int] = []
    for one in sorted(speakers):
        beside = (found.get((other, one)) for other in counted)
        if not any(its is not None and its.likeness.rule not in WEAK and its.likeness.score >= SURE for its in beside):
            counted.append(one)
    return len(counted)


def _told_apart(one: KnownSpeaker, other: KnownSpeaker) -> bool:
    return not one.not_same_as.isdisjoint(other.keys) or not other.not_same_as.isdisjoint(one.keys)


def _length(name: str) -> tuple[int, str]:
    return len(name), name


def _likenesses(
    speakers: Sequence[KnownSpeaker],
) -> Iterator[tuple[_Person | _Body, _Person | _Body, Likeness, HeldRole | None]]:
    people: list[_Person] = []
    bodies: list[_Body] = []
    roles: list[_Body] = []
    for number, speaker in enumerate(speakers):
        for name in speaker.names:
            if speaker.kind in _PEOPLE and not speaker.is_described:
                person = person_name(name)
                if person is not None:
                    people.append(_Person(number, name, person))
            if speaker.kind in _BODIES or (speaker.is_described and speaker.kind in _PEOPLE):
                body = body_name(name)
                if body is not None:
                    (roles if speaker.is_described else bodies).append(_Body(number, name, body))
    for one, other in _pairs_of_people(people):
        likeness = compare_people(one.form, other.form)
        if likeness is not None:
            yield one, other, likeness, None
    for first, second in _pairs_of_bodies(bodies):
        likeness = compare_bodies(first.form, second.form)
        if likeness is not None:
            yield first, second, likeness, None
    yield from _holders(speakers, roles)


def _pairs_of_people(people: Sequence[_Person]) -> Iterator[tuple[_Person, _Person]]:
    drawers: defaultdict[Hashable, list[_Person]] = defaultdict(list)
    by_initial: defaultdict[Hashable, list[_Person]] = defaultdict(list)
    by_family: defaultdict[str, list[_Person]] = defaultdict(list)
    for person in people:
        words = person.form.words
        given, family = words[0], words[-1]
        drawers[" ".join(sorted(words))].append(person)
        if len(words) == 1:
            drawers["alone", sound(given)].append(person)
            continue
        # The words in the middle, too: "Tayyip Erdoğan" leaves the first one out.
        for one in {*map(sound, words[:-1]), *map(sound, given_forms(given))}:
            for word in {sound(word) for word in words[1:] if len(word) > 1}:
                drawers[one, word].append(person)
        if len(given) > 1:
            by_initial[given[0], sound(family)].append(person)
            by_family[family].append(person)
        if len(family) > 4:
            for cut in {family, *(family[:n] + family[n + 1 :] for n in range(len(family)))}:
                drawers[given, "letter", cut].append(person)
    yield from _pairs_in(drawers.values())
    for person in people:
        words = person.form.words
        if len(words) == 1:
            yield from _with_few(person, by_family[words[0]])
        elif len(words[0]) == 1:
            yield from _with_few(person, by_initial[words[0], sound(words[-1])])


def _with_few(person: _Person, others: Sequence[_Person]) -> Iterator[tuple[_Person, _Person]]:
    # One more than the most that may fit: enough to tell that it fits too many.
    if len(others) <= _FULL_DRAWER or len({one.speaker for one in others}) <= _MOST_FITTING + 1:
        yield from ((person, other) for other in others)


def _pairs_of_bodies(bodies: Sequence[_Body]) -> Iterator[tuple[_Body, _Body]]:
    by_bag: defaultdict[Hashable, list[_Body]] = defaultdict(list)
    by_acronym: defaultdict[str, list[_Body]] = defaultdict(list)
    for body in bodies:
        by_bag[body.form.bag].append(body)
        if body.form.acronym is not None:
            by_acronym[body.form.acronym].append(body)
    yield from _pairs_in(by_bag.values())
    for body in bodies:
        letters = {*body.form.initials, *((body.form.own_acronym,) if body.form.own_acronym else ())}
        for one in sorted(letters):
            for other in by_acronym.get(one, ())[:_FULL_DRAWER]:
                yield other, body
        bag = body.form.bag
        for cut in sorted({bag[:n] + bag[n + 1 :] for n in range(len(bag))}):
            if cut and not all(is_generic(word) for word in cut):
                for other in by_bag.get(cut, ())[:_FULL_DRAWER]:
                    yield other, body


def _pairs_in(drawers: Iterable[list[_Name]]) -> Iterator[tuple[_Name, _Name]]:
    seen: set[tuple[int, int]] = set()
    for drawer in drawers:
        if len(drawer) > _FULL_DRAWER:
            drawer.sort(key=lambda one: one.form.words)
        for place, one in enumerate(drawer):
            following = (
                drawer[place + 1 : place + 1 + _NEIGHBOURS] if len(drawer) > _FULL_DRAWER else drawer[place + 1 :]
            )
            for other in following:
                pair = (id(one), id(other)) if id(one) < id(other) else (id(other), id(one))
                if one.speaker != other.speaker and pair not in seen:
                    seen.add(pair)
                    yield one, other


def _holders(
    speakers: Sequence[KnownSpeaker], described: Sequence[_Body]
) -> Iterator[tuple[_Body, _Body, Likeness, HeldRole]]:
    """Give, for roles that stand in the place of a name, those who held them at the time."""
    held: defaultdict[Hashable, list[tuple[int, HeldRole, BodyName]]] = defaultdict(list)
    asked = {body.form.bag for body in described}
    for number, speaker in enumerate(speakers):
        for role in speaker.roles if not speaker.is_described else ():
            form = body_name(role.role)
            if form is not None and form.bag in asked:
                held[form.bag].append((number, role, form))
    for body in described:
        if not is_specific(body.form):
            continue
        one = speakers[body.speaker]
        for number, role, form in held[body.form.bag][:_FULL_DRAWER]:
            if _at_the_time(one, role):
                code = "role" if role.in_registry else "role-in-claims"
                holder = _Body(number, speakers[number].name, form)
                yield body, holder, Likeness(code, RULES[code].score), role


def _at_the_time(described: KnownSpeaker, role: HeldRole) -> bool:
    if role.since is None and role.until is None:
        return True
    if described.first is None or described.last is None:
        return False
    leeway = 0 if role.in_registry else _LEEWAY_IN_YEARS
    since = _years_later(role.since, -leeway) if role.since else ""
    until = _years_later(role.until, leeway) if role.until else "9999"
    return since <= described.last and described.first <= until


def _years_later(day: str, years: int) -> str:
    return f"{max(0, int(day[:4]) + years):04}{day[4:]}"
