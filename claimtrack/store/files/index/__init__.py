"""The index: a SQLite file that says which documents to look at, can be deleted at any time, and is never the truth."""

from claimtrack.store.files.index.database import IndexUnusableError
from claimtrack.store.files.index.index import Index

__all__ = ["Index", "IndexUnusableError"]
