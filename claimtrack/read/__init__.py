"""Files and texts in, an Article out."""

from claimtrack.read.article import read_article

__all__ = ["read_article"]
