"""The registry of speakers: who is known, who could be the same, what people decided, and whom a filter means."""

from claimtrack.store.registry.forms import name_key
from claimtrack.store.registry.known import Found, HeldRole, KnownSpeaker, SpeakerMatch
from claimtrack.store.registry.lookup import SpeakerQuery, find_speaker_query
from claimtrack.store.registry.registry import SpeakerRegistry

__all__ = [
    "Found",
    "HeldRole",
    "KnownSpeaker",
    "SpeakerMatch",
    "SpeakerQuery",
    "SpeakerRegistry",
    "find_speaker_query",
    "name_key",
]
