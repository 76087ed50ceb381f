"""A person or body of one text, and one place where it is named."""

from __future__ import annotations

import bisect
from collections import Counter

import attrs

from claimtrack.extract.speakers.lexicon import Gender
from claimtrack.extract.speakers.roles import Role
from claimtrack.models.vocabulary import SpeakerKind


@attrs.define(slots=True, eq=False)
class Character:
    """A person or body of one text; one without a name has a role that describes it."""

    name: str | None
    kind: SpeakerKind
    key: str
    written: Counter[str] = attrs.field(factory=Counter)
    roles: list[tuple[int, Role]] = attrs.field(factory=list)
    count: int = 0
    age: str | None = None
    is_credible: bool = True
    """False for two words with capitals that nothing else shows to be somebody: `Election Day`."""
    votes: float = 0.0
    """Above 0 for a woman, below for a man."""
    described: str | None = None
    on_behalf_of: str | None = None
    is_new: bool = False
    """Whether `a nurse` introduced somebody whom the text does not name."""
    nouns: frozenset[str] = frozenset()
    """The words of a body's name in small letters, by which `the ministry` is known."""

    @property
    def is_person(self) -> bool:
        """Whether `he` or `she` may mean it."""
        return self.kind in ("person", "anonymous")

    @property
    def gender(self) -> Gender | None:
        """The gender, where the text or the given name tells it."""
        return None if abs(self.votes) < 1 else "female" if self.votes > 0 else "male"

    def role_at(self, place: int) -> Role | None:
        """Give the role that the text gave last before a place, else the first that it gives."""
        at = bisect.bisect_right(self.roles, place, key=lambda role: role[0])
        return self.roles[max(0, at - 1)][1] if self.roles else None


@attrs.frozen(slots=True)
class Naming:
    """One place where a character is named: its words, and how much of a subject it is there."""

    first: int
    last: int
    name_first: int
    sentence: int
    character: Character
    subject: float
    possessive: bool
    others: tuple[Character, ...] = ()
    """Others whom a surname might mean."""
