"""ClaimReview objects written for these tests: a clean one, and the dirty ones of dirty.json."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

DIRTY: list[dict[str, Any]] = json.loads(Path(__file__).with_name("dirty.json").read_text("utf-8"))
CLEAN: dict[str, Any] = DIRTY[0]["review"]


def real_reviews() -> list[dict[str, Any]]:
    """Give the real objects where they are at hand, else none."""
    folder = os.environ.get("CLAIMTRACK_SHARED")
    path = Path(folder or "nowhere", "data", "claimreview", "real.json")
    return json.loads(path.read_text("utf-8")) if path.is_file() else []


def page_of(*reviews: Any) -> str:
    """Give a page with each review in a script of its own."""
    scripts = (f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in reviews)
    return f"<!doctype html><title>Harbour Herald</title>{''.join(scripts)}<p>The quay was paid for by the port.</p>"
