"""The store: a folder of documents that people can read, diff and keep in git, or a team's database."""

from claimtrack.store.adding import Added
from claimtrack.store.carrying import Carried
from claimtrack.store.changes import Change, Changes, Looked
from claimtrack.store.listing import Listing
from claimtrack.store.registry import KnownSpeaker, SpeakerMatch, SpeakerRegistry
from claimtrack.store.saving import version_of
from claimtrack.store.sharing import Shared
from claimtrack.store.store import Store

__all__ = [
    "Added",
    "Carried",
    "Change",
    "Changes",
    "KnownSpeaker",
    "Listing",
    "Looked",
    "Shared",
    "SpeakerMatch",
    "SpeakerRegistry",
    "Store",
    "version_of",
]
