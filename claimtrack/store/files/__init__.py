"""A store in a folder: files, locks, and an index beside them."""

from claimtrack.store.files.home import FolderHome

__all__ = ["FolderHome"]
