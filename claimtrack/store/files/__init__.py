"""A store in a folder: files, locks, and an index beside them."""

from claimtrack.store.files.home import FolderHome
from claimtrack.store.files.memory import FolderMemory

__all__ = ["FolderHome", "FolderMemory"]
