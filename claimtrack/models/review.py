"""What a fact-checker, ourselves or another, published about a claim."""

from __future__ import annotations

from typing import ClassVar

from claimtrack.models.base import Value
from claimtrack.models.rules import Rule, days_exist
from claimtrack.models.strings import Day, Id, Language, Line, Moment, Url, Wording
from claimtrack.models.vocabulary import MappedBy, Verdict


class Rating(Value):
    """A rating in the publisher's own words, and its number where there is one."""

    label: Wording | None = None
    """The publisher's words."""
    language: Language | None = None
    """The language of the words."""
    value: Line | None = None
    """The number, as the publisher wrote it."""
    best: Line | None = None
    """The best number of the scale."""
    worst: Line | None = None
    """The worst number of the scale."""
    scale: Line | None = None
    """The scale's name and version."""


class Review(Value):
    """One published fact-check of the claim."""

    rules: ClassVar[tuple[Rule, ...]] = (Rule(days_exist, ("published", "modified", "as_of")),)

    id: Id
    """The review's name, its own within the claim."""
    publisher: Line | None = None
    """Who published it."""
    url: Url | None = None
    """Where it stands."""
    published: Moment | None = None
    """When it was published."""
    modified: Moment | None = None
    """When it was last changed."""
    rating: Rating | None = None
    """The publisher's rating."""
    verdict: Verdict | None = None
    """The rating in our words."""
    mapped_by: MappedBy | None = None
    """How the rating became the verdict."""
    explanation: Wording | None = None
    """The reasons in short."""
    as_of: Day | None = None
    """The day at which the verdict holds."""
