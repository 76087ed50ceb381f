"""When a statement was made: the day beside the cue, not one in what was said."""

from __future__ import annotations

import pytest

from claimtrack.extract import extract_claims
from claimtrack.read import read_article


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The bridge is safe, Mayor Ann Silva said on Thursday.", "2025-10-09"),
        ("The bridge is safe, Mayor Ann Silva said on Monday.", "2025-10-06"),
        ("Mayor Ann Silva said yesterday that the bridge is safe.", "2025-10-08"),
        ("Mayor Ann Silva said that the bridge was closed on Monday.", None),
        ("The bridge is safe, Mayor Ann Silva said.", None),
        ("The bridge is safe, Mayor Ann Silva said last month.", None),
    ],
)
def test_the_day_beside_the_cue_is_the_day_of_the_statement(text: str, day: str | None) -> None:
    article = read_article(text=f"Bridge news\n\n{text}", published="2025-10-09")
    (claim,) = (one for one in extract_claims(article, tagger="rules") if one.kind != "narration")
    assert claim.made_on == day


def test_the_dates_of_a_claim_are_resolved_against_the_day_of_publication() -> None:
    article = read_article(text="Bridge news\n\nThe bridge shut on Friday, Ann Silva said.", published="2025-10-09")
    (claim,) = extract_claims(article, tagger="rules")
    assert [(date.anchor.exact, date.start, date.end) for date in claim.dates] == [
        ("Friday", "2025-10-03", "2025-10-03")
    ]
