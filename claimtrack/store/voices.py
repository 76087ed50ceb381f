"""Speakers as the index keeps them: each way in which any claim names one, once, with what a speaker filter asks of it.

What a filter means by a name is the registry's to say, and changes with its records; so the index holds only what the
claims say, and the registry's answer is worked out from that for each question.
"""

from __future__ import annotations

import functools
from typing import Any

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


def voices_asked_for(query: SpeakerQuery) -> tuple[str, tuple[Any, ...]]:
    """Give the condition on the index's voices that a query's all meet, with its values."""
    ways, values = ["role = ?"], [role_key(name_key(query.wanted))]
    for phrase in (words_of(query.wanted), *query.countries):
        ways.append("instr(words, ?)")
        values.append(f" {' '.join(phrase)} ")
    for column, known in (("key", query.roll.keys_of(query.groups)), ("record", _records(query))):
        ways.append(f"{column} IN ({', '.join('?' * len(known))})")
        values.extend(sorted(known))
    return " OR ".join(ways), tuple(values)


def _records(query: SpeakerQuery) -> frozenset[str]:
    return frozenset(record.id for group in query.groups for record in query.roll.groups[group])
