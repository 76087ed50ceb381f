"""Speakers as an index keeps them: each way in which any claim names one, once, with what a speaker filter asks of it.

What a filter means by a name is the registry's to say, and changes with its records; so an index holds only what the
claims say, and the registry's answer is worked out from that for each question.
"""

from __future__ import annotations

import functools

import attrs

from claimtrack.store.facts import Voice
from claimtrack.store.registry import SpeakerQuery, name_key
from claimtrack.store.registry.forms import words_of
from claimtrack.store.registry.roll import role_key

Row = tuple[str, str, str, str]
"""All words, the key of the name (or of the role where there is no name), the key of the role, the record's id."""


@functools.lru_cache(maxsize=20_000)
def voice_row(voice: Voice) -> Row:
    """Give the row that the index has for a voice."""
    name, body, role, record = voice
    written = []
    for text in (name, body, role):
        words = words_of(text) if text is not None else ()
        bare = tuple(word.removesuffix("'s") for word in words)
        written += [" ".join(words)] if words == bare else [" ".join(words), " ".join(bare)]
    held = role_key(name_key(role)) if role is not None else ""
    return f" {' | '.join(written)} ", name_key(name) if name is not None else held, held, record or ""


@attrs.frozen(slots=True)
class VoicesAsked:
    """What a voice must have, at least one of it: a role, a phrase among its words, a key or a record."""

    role: str
    phrases: tuple[str, ...]
    keys: tuple[str, ...]
    records: tuple[str, ...]


def voices_asked_for(query: SpeakerQuery) -> VoicesAsked:
    """Give what the voices that a query means all meet; some that it does not mean may meet it too."""
    phrases = (words_of(query.wanted), *query.countries)
    return VoicesAsked(
        role=role_key(name_key(query.wanted)),
        phrases=tuple(f" {' '.join(phrase)} " for phrase in phrases),
        keys=tuple(sorted(query.roll.keys_of(query.groups))),
        records=tuple(sorted({record.id for group in query.groups for record in query.roll.groups[group]})),
    )
