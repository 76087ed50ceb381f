"""The index: a SQLite file that says which documents to look at, can be deleted at any time, and is never the truth."""

from claimtrack.store.index.changes import Change, Changes
from claimtrack.store.index.database import IndexUnusableError
from claimtrack.store.index.index import Index
from claimtrack.store.index.looking import Looked

__all__ = ["Change", "Changes", "Index", "IndexUnusableError", "Looked"]
