"""Articles for tests of extraction."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from claimtrack.extract import Extraction, extract_claims
from claimtrack.models import Article
from claimtrack.read import read_article

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("CLAIMTRACK_SHARED", ROOT.parent / "shared"))
SEEDS = ROOT / "seeds"


def shared(path: str) -> Path:
    """Give a file of the shared data, or skip the test where it is not there."""
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"{path} is not in $CLAIMTRACK_SHARED or ../shared")
    return found


def article_of(text: str, *, title: str | None = None, publisher: str = "Port Daily") -> Article:
    """Give an article of some words; its title is not looked for in them unless it is given."""
    whole = f"{title}\n\n{text}" if title else text
    return read_article(text=whole, title=title or "Port news", publisher=publisher, published="2025-03-14")


def claims_of(text: str, *, title: str | None = None) -> Extraction:
    """Give the claims of some words."""
    return extract_claims(article_of(text, title=title), tagger="rules")
