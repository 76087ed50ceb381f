"""A claim, its evidence and a clock, for the tests of a claim's life."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from claimtrack import track
from claimtrack.models import Claim, Evidence
from claimtrack.track import Policy

CLAIM = Claim(id="rents-1", kind="direct", statement="Rents fell by 2.5 per cent in March")
INDEX = Evidence(id="rent-index-march", kind="primary", archive_url="https://archive.example/rents")
LEAFLET = Evidence(id="party-leaflet", kind="interested_party")


def clock() -> Callable[[], str]:
    """Give a clock that goes on by a minute each time it is asked."""
    minutes = itertools.count()
    return lambda: f"2025-03-{4 + (minute := next(minutes)) // 1440:02}T{minute // 60 % 24:02}:{minute % 60:02}:00Z"


class Desk:
    """One claim that is worked on, step after step, by people who are named."""

    def __init__(self, claim: Claim = CLAIM) -> None:
        self.claim = claim
        self.now = clock()

    def __call__(self, action: str, *details: Any, by: str = "Ines", **more: Any) -> Desk:
        """Take one step."""
        self.claim = getattr(track, action)(self.claim, *details, by=by, at=self.now(), **more)
        return self


def at(workflow: str) -> Desk:
    """Give a desk whose claim stands at a workflow, on the shortest way to it."""
    desk = Desk()
    ends = {"declined": "decline", "duplicate": "mark_duplicate", "withdrawn": "withdraw"}
    if workflow in ends:
        details = {"declined": ("too_vague",), "duplicate": ("rents-2",), "withdrawn": ()}[workflow]
        return desk(ends[workflow], *details, **({"why": "A test entry."} if workflow == "withdrawn" else {}))
    steps: list[tuple[str, Callable[[], Any]]] = [
        ("candidate", lambda: None),
        ("triaged", lambda: desk("triage")),
        ("assigned", lambda: desk("assign", "Ines", by="Tomas")),
        ("researching", lambda: desk("cite", INDEX, stance="refutes", note="The index rose.")),
        ("awaiting_response", lambda: desk("contact", "Dana Ruiz", due="2025-03-06")("await_response")),
        ("drafted", lambda: desk("decide", "false", words="Wrong", explanation="The index rose by 1.1 per cent.")),
        ("in_review", lambda: desk("submit")),
        ("approved", lambda: desk("approve", by="Tomas")),
        ("closed", lambda: desk("publish", [INDEX], by="Tomas", url="https://check.example/rents")),
    ]
    for name, step in steps:
        if name == "awaiting_response" and workflow != name:
            continue
        step()
        if name == workflow:
            return desk
    raise KeyError(workflow)


def published(publication: str) -> Desk:
    """Give a desk whose claim was published, and what became of it."""
    desk = at("closed")
    match publication:
        case "correcting":
            desk("correct", "correction", why="The index is of February.")
        case "corrected":
            desk("correct", "typo", why="A name was misspelt.")
        case "superseded":
            desk("supersede", "rents-7")
        case "retracted":
            desk("retract", why="The index was withdrawn.")
    return desk


ONE_PAIR = Policy(eyes=1)
