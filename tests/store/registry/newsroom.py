"""Stores whose claims are said by whoever a test names."""

from __future__ import annotations

from typing import Any

from claimtrack.models import Article, Claim, Speaker
from claimtrack.store import SpeakerMatch, Store
from tests.store.news import make_article, make_claim


def said_by(
    *speakers: str | Speaker, day: str = "2025-03-14", paper: str = "harbour-post"
) -> tuple[Article, list[Claim]]:
    """Give an article of a day with one claim for each speaker; a bare name is a person's."""
    sentences = [f"Berth {number} of the harbour is closed" for number in range(len(speakers))]
    article = make_article(". ".join(sentences), id=f"{day}-{paper}-berths-close", published=day)
    claims = [
        make_claim(article, sentence, "?", speakers=(one if isinstance(one, Speaker) else person(one),))
        for sentence, one in zip(sentences, speakers, strict=True)
    ]
    return article, claims


def person(name: str | None, **fields: Any) -> Speaker:
    return Speaker(name=name, **({"kind": "person"} | fields))


def body(name: str, **fields: Any) -> Speaker:
    return Speaker(name=name, **({"kind": "organization"} | fields))


def spoken(store: Store, speaker: str) -> list[str]:
    """Give who speaks in the claims that the filter finds: name, else role, in the order of the claims."""
    return [claim.speaker.name or claim.speaker.role for claim in store.claims(speaker=speaker)]


def pairs(store: Store, **asked: Any) -> set[frozenset[str]]:
    """Give the suggested pairs of names."""
    return {frozenset(match.names) for match in store.registry.find_matches(**asked)}


def match_of(store: Store, one: str, other: str) -> SpeakerMatch | None:
    """Give the suggestion on two names, or None."""
    return next((its for its in store.registry.find_matches(min_score=0) if {*its.names} == {one, other}), None)
