"""Pages to look at: the seeds, and one claim with everything that a card can hold."""

from __future__ import annotations

import functools
from pathlib import Path

from claimtrack import (
    Article,
    Claim,
    Evidence,
    Extraction,
    Store,
    extract_claims,
    load_document,
    read_article,
    track,
)

SEEDS = Path(__file__).parents[2] / "seeds"
ARTICLES = tuple(sorted(path.name for path in SEEDS.iterdir() if "claims" not in path.name and path.stem != "README"))

TEXT = """Ferry line ran late on half its days - Regulator

The Sund ferry was late on 183 of 365 days last year, regulator Ines Falk said on Monday. "We were promised a boat
every hour," said Falk, "and we got one when the wind was right." The line denied that any crossing was cancelled.

The ferry carried 60 passengers and eight crew members on the day. There were 70 people aboard.
"""


@functools.cache
def seed(name: str) -> tuple[Article, Extraction]:
    """Give an article of the seeds with its claims."""
    article = read_article(SEEDS / name)
    return article, extract_claims(article)


@functools.cache
def ferry() -> tuple[Article, tuple[Claim, ...], tuple[Evidence, ...]]:
    """Give an article whose first claim has a verdict, evidence, a review, relations and a history."""
    article = read_article(
        text=TEXT, title="Ferry line ran late on half its days - Regulator", publisher="The Sund Post",
        published="2025-03-04", url="https://sund.example/ferry", authors=("Ola Brandt",),
    )  # fmt: skip
    claims = tuple(extract_claims(article, tagger="rules"))
    first = claims[0]
    document = {
        **first.model_dump(mode="json", exclude_none=True, by_alias=True),
        "workflow": "closed",
        "verdict": "mostly_false",
        "publication": "corrected",
        "tags": ["transport"],
        "evidence": [
            {"evidence": "harbour-log", "stance": "refutes", "note": "The log has 121 late days."},
            {"evidence": "line-statement", "stance": "context"},
            {"search": "“183 days” in the annual reports of 2023 and 2024", "stance": "nothing_found"},
        ],
        "reviews": [
            {
                "id": "sund-post-1",
                "publisher": "Faktum Sund",
                "url": "https://faktum.example/ferry",
                "published": "2025-03-09",
                "rating": {"label": "Mostly wrong", "language": "en"},
                "verdict": "mostly_false",
                "explanation": "Counted are days with a delay of over five minutes; the log has 121 of them.",
            }
        ],
        "relations": [{"kind": "contradicts", "claim": claims[1].id, "note": "Other days are counted."}],
        "events": [
            {"id": "e1", "at": "2025-03-04T10:00:00Z", "by": "desk", "action": "assign", "from": "candidate",
             "to": "assigned", "why": "It is widely shared."},
            {"id": "e2", "at": "2025-03-09T16:30:00Z", "by": "desk", "action": "publish", "from": "assigned",
             "to": "closed"},
        ],
    }  # fmt: skip
    evidence = (
        {
            "format": "claimtrack.evidence/1", "id": "harbour-log", "kind": "primary",
            "url": "https://harbour.example/log", "title": "Harbour log 2024",
            "publisher": "Sund Harbour", "published": "2025-01-15",
            "archive_url": "https://archive.example/1/https://harbour.example/log",
        },
        {
            "format": "claimtrack.evidence/1", "id": "line-statement", "kind": "interested_party",
            "url": "javascript:alert(1)", "title": "Statement of the line",
        },
    )  # fmt: skip
    full = load_document(document)
    assert isinstance(full, Claim)
    loaded = tuple(one for value in evidence if isinstance(one := load_document(value), Evidence))
    return article, (full, *claims[1:]), loaded


CRASH = (
    ("2025-11-18", "Velmar Wire", "At least 29 people were killed near Dorno, Governor Milena Toreva said, when the "
     "Northwind Air plane came down. It carried 67 people."),
    ("2025-11-19", "Dorno Post", "Northwind Air said 38 people were killed in the crash near Dorno. Governor Milena "
     "Toreva said the search went on."),
    ("2025-11-19", "Coast Radio", "About 40 people were killed near Dorno, police said, when the Northwind Air plane "
     "crashed on Tuesday."),
    ("2025-11-20", "Velmar Wire", "Governor Milena Toreva said 36 people were killed in the Northwind Air crash near "
     "Dorno."),
)  # fmt: skip
AT = "2025-11-28T10:00:00Z"


def newsroom(folder: Path, *, worked_on: bool = True) -> Store:
    """Give a store of four reports on one crash; of their claims two are rated, one of these true, and one is late."""
    store = Store(folder / "newsroom")
    for day, outlet, text in CRASH:
        article = read_article(text=text, title=f"Crash near Dorno, by {outlet}", publisher=outlet, published=day)
        store.add(article, extract_claims(article, tagger="rules"))
    if not worked_on:
        return store
    first, second, third, *_ = store.claims()
    by, at = "Ines", "2025-11-20T10:00:00Z"
    for claim, verdict in ((first, "true"), (second, "false")):
        cited = track.cite(track.triage(claim, by=by, at=at), "manifest", stance="context", by=by, at=at)
        store.save(track.decide(cited, verdict, words=verdict.title(), by=by, at=at))  # type: ignore[arg-type]
    store.save(track.assign(track.triage(third, by=by, at=at), "Tomas", due="2025-11-25", by=by, at=at))
    return store
