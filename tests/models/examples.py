"""One document of each kind with every field filled, as JSON would hold it. The tests bend these."""

from __future__ import annotations

import hashlib
from typing import Any

TEXT = (
    "Ferry runs aground off Marlow Point\n\n"
    "A third of the 44 passengers were brought ashore in under two hours, harbour master Ines Okafor said on Tuesday. "
    "“Nobody was hurt,” she added, citing the coastguard.\n"
)
ARTICLE_ID = "2025-03-04-marlowherald-ferry-runs-aground"


def anchor(quote: str) -> dict[str, Any]:
    """Give the anchor of a quote's first place in TEXT."""
    start = TEXT.index(quote)
    end = start + len(quote)
    return {
        "start": start,
        "end": end,
        "exact": quote,
        "prefix": TEXT[max(0, start - 32) : start],
        "suffix": TEXT[end : end + 32],
    }


ARTICLE: dict[str, Any] = {
    "format": "claimtrack.article/1",
    "id": ARTICLE_ID,
    "url": "https://marlowherald.example/2025/ferry",
    "title": "Ferry runs aground off Marlow Point",
    "publisher": "The Marlow Herald",
    "authors": ["Tomas Reyes"],
    "published": "2025-03-04T18:05:00+01:00",
    "language": "en-GB",
    "text": TEXT,
    "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
    "read": {"form": "wire", "encoding": "utf-8", "guessed": ["publisher"]},
    "revises": "2025-03-04-marlowherald-ferry-aground",
}

SPEAKER: dict[str, Any] = {
    "format": "claimtrack.speaker/1",
    "id": "ines-okafor",
    "name": "Ines Okafor",
    "kind": "person",
    "aliases": ["I. Okafor"],
    "roles": [{"role": "harbour master", "since": "2019-05-01", "until": "2025-12-31"}],
    "identifiers": [{"scheme": "url", "value": "https://harbour.example/staff/okafor"}],
    "same_as": [
        {
            "name": "the harbour master",
            "since": "2019-05-01",
            "until": "2025-12-31",
            "by": "desk@herald.example",
            "at": "2025-03-06T09:00:00Z",
            "why": "The board has one harbour master.",
        }
    ],
    "not_same_as": [{"speaker": "ines-okafor-councillor", "by": "ana", "at": "2025-03-06T09:05:00Z"}],
    "note": "Not the councillor of the same name.",
}

EVIDENCE: dict[str, Any] = {
    "format": "claimtrack.evidence/1",
    "id": "2025-03-05-coastguard-log",
    "url": "https://coastguard.example/log/0305",
    "title": "Incident log, 4 March",
    "publisher": "Marlow Coastguard",
    "published": "2025-03-05",
    "retrieved": "2025-03-06T09:30:00Z",
    "archive_url": "https://archive.example/coastguard/log/0305",
    "excerpt": anchor("44 passengers"),
    "sha256": "3f" * 32,
    "copy_path": "copies/3f/" + "3f" * 32 + ".warc.gz",
    "content_type": "text/html; charset=utf-8",
    "size": 4100,
    "text": TEXT,
    "extracted_by": "read_article, as html",
    "kind": "primary",
    "same_source_as": "2025-03-05-coastguard-release",
}

_SPEAKER_HERE: dict[str, Any] = {
    "name": "Ines Okafor",
    "kind": "person",
    "role": "harbour master",
    "mention": anchor("Ines Okafor"),
    "on_behalf_of": "Marlow Harbour Board",
    "confidence": 0.9,
    "alternatives": ["I. Okafor"],
    "speaker_id": "ines-okafor",
}

CLAIM: dict[str, Any] = {
    "format": "claimtrack.claim/1",
    "id": f"{ARTICLE_ID}-37",
    "article_id": ARTICLE_ID,
    "kind": "indirect",
    "statement": "A third of the 44 passengers were brought ashore in under two hours",
    "speakers": [_SPEAKER_HERE],
    "speech_act": "asserted",
    "attribution": {
        "source": anchor("harbour master Ines Okafor"),
        "cue": anchor("said"),
        "content": [anchor("A third of the 44 passengers were brought ashore in under two hours")],
        "confidence": 0.75,
        "stage": "after-content",
        "tagger": "rules",
        "version": "1",
        "via": {"kind": "organization", "name": "Marlow Coastguard"},
    },
    "made_on": "2025-03-04",
    "figures": [
        {
            "anchor": anchor("44"),
            "kind": "count",
            "value": "44",
            "step": "1",
            "unit": "person",
            "what": "passengers",
            "role": "aboard",
            "modifier": "exact",
            "change": "none",
        },
        {"anchor": anchor("two hours"), "kind": "duration", "low": "0", "high": "2.0", "modifier": "range"},
    ],
    "dates": [
        {"anchor": anchor("Tuesday"), "start": "2025-03-04", "end": "2025-03-04", "granularity": "day"},
    ],
    "workflow": "closed",
    "verdict": "mostly_true",
    "publication": "published",
    "evidence": [
        {"evidence": "2025-03-05-coastguard-log", "stance": "supports", "note": "Times match.", "set": "log"},
        {"search": "“Marlow ferry” in the port's own notices", "stance": "nothing_found"},
    ],
    "reviews": [
        {
            "id": "herald-check",
            "publisher": "Herald Check",
            "url": "https://check.example/ferry",
            "published": "2025-03-07",
            "modified": "2025-03-08T10:00Z",
            "rating": {
                "label": "Mostly right",
                "language": "en",
                "value": "4",
                "best": "5",
                "worst": "1",
                "scale": "herald-5@1",
            },
            "verdict": "mostly_true",
            "mapped_by": "exact_label",
            "explanation": "The log has 15 of 44 ashore by 16:00.",
            "as_of": "2025-03-07",
        }
    ],
    "relations": [{"kind": "updates", "claim": f"{ARTICLE_ID}-12", "note": "The first count was 13."}],
    "tags": ["shipping"],
    "events": [
        {
            "id": "e1",
            "at": "2025-03-06T09:00:00.250Z",
            "by": "desk@herald.example",
            "action": "decide",
            "from": "in_review",
            "to": "closed",
            "why": "Two logs agree.",
            "tool": "claimtrack 0.1",
            "data": {
                "verdict": "mostly_true",
                "rating": {"label": "Mostly right"},
                "explanation": "The log has 15 of 44 ashore by 16:00.",
                "evidence": "2025-03-05-coastguard-log",
                "search": "the port's own notices",
                "stance": "supports",
                "set": "log",
                "claim": f"{ARTICLE_ID}-12",
                "person": "Tomas Reyes",
                "outcome": "asked",
                "reason": "out_of_scope",
                "eyes": 2,
                "publisher": "Herald Check",
                "url": "https://check.example/ferry",
                "waiver": "The log is kept on paper.",
                "correction": "clarification",
                "publication": "published",
                "due": "2025-04-01T17:00Z",
            },
            "parents": ["ab" * 32],
        }
    ],
    "origin": {"format": "ClaimReview", "key": "ferry-7", "original": '{"@type": "ClaimReview"}'},
}

DOCUMENTS: dict[str, dict[str, Any]] = {
    "article": ARTICLE,
    "claim": CLAIM,
    "evidence": EVIDENCE,
    "speaker": SPEAKER,
}
