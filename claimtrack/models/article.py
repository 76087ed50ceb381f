"""The article: the text that everything else is anchored in."""

from __future__ import annotations

from typing import ClassVar, Literal

from claimtrack.models.base import Document, Value
from claimtrack.models.rules import Rule, days_exist, digest_matches_text
from claimtrack.models.strings import Digest, Id, Language, Line, Moment, Prose, Url
from claimtrack.models.vocabulary import InputForm


class Reading(Value):
    """How an article was read."""

    form: InputForm
    """The form of the input: wire, text, markdown, html or document."""
    encoding: Line | None = None
    """The encoding of the bytes, where there were bytes."""
    guessed: tuple[Line, ...] = ()
    """What the input did not say outright and was worked out: encoding, publisher, title, ..."""


class Article(Document):
    """One edition of one article. Immutable: an edited page is a new edition that `revises` this one."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(digest_matches_text, ("text", "sha256")),
        Rule(days_exist, ("published",)),
    )

    format: Literal["claimtrack.article/1"] = "claimtrack.article/1"
    """The schema that this document follows."""
    id: Id
    """The article's name, from its day, publisher and title; also its file name."""
    url: Url | None = None
    """Where it was published."""
    title: Line | None = None
    """The headline. Where the text starts with it, it can hold claims of its own."""
    publisher: Line | None = None
    """Who published it; the speaker of its narration."""
    authors: tuple[Line, ...] = ()
    """Who wrote it, as the article names them."""
    published: Moment | None = None
    """When it was published."""
    language: Language | None = None
    """The language of the text, as a BCP 47 tag."""
    text: Prose
    """The whole text: exactly the characters that every anchor counts."""
    sha256: Digest
    """The SHA-256 digest of the text in UTF-8."""
    read: Reading
    """How the article was read."""
    revises: Id | None = None
    """The id of the edition before this one."""

    def __str__(self) -> str:
        """Give the id and the title, on one line."""
        return f"{self.id}: {self.title}" if self.title else self.id
