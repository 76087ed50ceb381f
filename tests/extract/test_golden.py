"""The example claims beside each seed article are what the code makes of it.

CLAIMTRACK_REWRITE=1 writes them anew: read the diff before you keep it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from claimtrack.extract import extract_claims
from claimtrack.models import validate_document
from claimtrack.read import read_article
from tests.extract.articles import SEEDS

ARTICLES = sorted(
    path for path in SEEDS.iterdir() if path.name != "README.md" and not path.name.endswith(".claims.json")
)


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_a_seed_article_gives_the_claims_beside_it(path: Path) -> None:
    if path.suffix == ".html":
        pytest.importorskip("trafilatura")
    claims = [json.loads(claim.to_json()) for claim in extract_claims(read_article(path))]
    golden = path.with_name(f"{path.stem}.claims.json")
    if os.environ.get("CLAIMTRACK_REWRITE"):
        golden.write_text(json.dumps(claims, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert claims == json.loads(golden.read_text("utf-8"))


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.claims.json")), ids=lambda path: path.name)
def test_the_claims_beside_a_seed_article_are_valid_documents(path: Path) -> None:
    for claim in json.loads(path.read_text("utf-8")):
        assert validate_document(claim) == ()
