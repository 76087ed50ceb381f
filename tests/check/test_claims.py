"""Checks over claims: planted inconsistencies are found, look-alikes are left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claimtrack.check import ClaimFinding, check_claims
from claimtrack.extract import extract_claims
from claimtrack.read import read_article

HERE = Path(__file__).parent
PLANTED: list[list[str]] = json.loads((HERE / "planted.json").read_text("utf-8"))["rows"]
LOOK_ALIKES: list[list[str]] = json.loads((HERE / "look_alikes.json").read_text("utf-8"))["rows"]


def findings(*parts: str) -> tuple[ClaimFinding, ...]:
    """Check one report, or two that came out on days after each other: headline, body, headline, body."""
    articles = [
        read_article(
            text=f"{parts[place]}\n\n{parts[place + 1]}", published=f"2025-10-{9 + place:02}", publisher="Port Daily"
        )
        for place in range(0, len(parts), 2)
    ]
    claims = [claim for article in articles for claim in extract_claims(article, tagger="rules")]
    return check_claims(claims, articles=articles)


def alarms(*parts: str) -> list[str]:
    return [one.code for one in findings(*parts) if one.severity != "note"]


def test_at_least_85_of_100_planted_inconsistencies_are_found() -> None:
    missed = [(code, *parts) for code, *parts in PLANTED if code not in alarms(*parts)]
    assert len(PLANTED) >= 60
    assert len(missed) <= 0.15 * len(PLANTED), missed


@pytest.mark.parametrize("code", sorted({row[0] for row in PLANTED}))
def test_each_check_finds_most_of_what_was_planted_for_it(code: str) -> None:
    found = [code in alarms(*parts) for planted, *parts in PLANTED if planted == code]
    assert sum(found) >= 0.75 * len(found)


def test_at_most_5_of_100_consistent_reports_raise_an_alarm() -> None:
    false = [parts for parts in LOOK_ALIKES if alarms(*parts)]
    assert len(LOOK_ALIKES) >= 120
    assert len(false) <= 0.05 * len(LOOK_ALIKES), false


def test_the_plane_crash_gives_67_aboard_and_38_not_among_the_survivors() -> None:
    article = read_article(HERE.parents[1] / "seeds" / "plane-crash.txt")
    found = check_claims(extract_claims(article, tagger="rules"), articles=[article])
    assert [one.derived for one in found] == [67, 38]
    assert [one.severity for one in found] == ["note", "note"]
    assert found[1].formula == "67 - 29"
    assert [figure.anchor.exact for figure in found[0].figures] == ["62", "five"]


def test_a_growing_toll_in_a_later_report_is_an_update() -> None:
    first = ("Fire in Brel", "A fire in Brel killed five people at the Vale Mill, the mayor said.")
    second = ("Fire in Brel", "The fire in Brel killed nine people at the Vale Mill, the mayor said.")
    (one,) = (finding for finding in findings(*first, *second) if finding.code.startswith("figure-"))
    assert (one.code, one.severity) == ("figure-updated", "note")


def test_a_shrinking_toll_in_a_later_report_is_a_contradiction() -> None:
    first = ("Fire in Brel", "A fire in Brel killed nine people at the Vale Mill, the mayor said.")
    second = ("Fire in Brel", "The fire in Brel killed five people at the Vale Mill, the mayor said.")
    assert alarms(*first, *second) == ["figure-contradiction"]


def test_a_finding_says_where_it_stands_and_on_what_it_rests() -> None:
    body = "Police said 30 people were arrested. Organisers said 120 people were arrested."
    (one,) = findings("Clashes at stadium", body)
    assert len(one.claims) == 2
    assert [figure.anchor.exact for figure in one.figures] == ["30", "120"]
    assert one.start == one.figures[0].anchor.start
    assert "30 people arrested" in one.message
    assert "120 people arrested" in one.message


def test_no_claims_give_no_findings() -> None:
    assert check_claims([]) == ()
