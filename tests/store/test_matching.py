"""Extracting again: which stored claim a new one is."""

from __future__ import annotations

import time
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from claimtrack.models import Anchor, Claim, ClaimAttribution, Speaker
from claimtrack.store.matching import find_differences, has_history, match_claims, merge_claim
from tests.store.news import make_article, make_claims, triaged

ARTICLE = make_article()
CLAIMS = make_claims(ARTICLE)


def said(id: str, *pieces: tuple[int, int], name: str = "Mira Holt") -> Claim:
    content = tuple(Anchor(start=start, end=end, exact="m" * (end - start)) for start, end in pieces)
    attribution = ClaimAttribution(content=content) if content else None
    speakers = (Speaker(name=name, kind="person"),)
    return Claim(id=id, kind="indirect", statement="the hull held", speakers=speakers, attribution=attribution)


def test_equal_claims_match_whatever_their_order_and_ids():
    found = tuple(claim.replace(id=f"ferry-{number}") for number, claim in enumerate(reversed(CLAIMS)))
    assert match_claims(found, CLAIMS) == {0: 2, 1: 1, 2: 0}


def test_the_same_words_at_the_same_place_match_before_a_longer_overlap():
    stored = (said("ferry-0", (0, 40)), said("ferry-0-2", (0, 30)))
    assert match_claims((said("ferry-0", (0, 30), name="Tomas Reyle"),), stored) == {0: 1}


def test_of_two_claims_with_the_same_words_the_equal_one_matches():
    stored = (said("ferry-5", (5, 9), name="Mira Holt"), said("ferry-5-2", (5, 9), name="Tomas Reyle"))
    found = (said("ferry-5", (5, 9), name="Tomas Reyle"), said("ferry-5-2", (5, 9), name="Mira Holt"))
    assert match_claims(found, stored) == {0: 1, 1: 0}


def test_a_claim_that_is_cut_differently_matches_the_one_that_it_shares_most_with():
    stored = (said("ferry-0", (0, 20)), said("ferry-20", (20, 60)))
    assert match_claims((said("ferry-10", (10, 60)),), stored) == {0: 1}


def test_pieces_of_one_content_count_together():
    stored = (said("ferry-0", (0, 10), (30, 40)), said("ferry-10", (10, 25)))
    assert match_claims((said("ferry-5", (1, 41)),), stored) == {0: 0}


def test_claims_that_only_touch_do_not_match():
    assert match_claims((said("ferry-10", (10, 20)),), (said("ferry-0", (0, 10)),)) == {}


def test_a_claim_without_a_place_in_the_text_matches_by_its_id():
    assert match_claims((said("ferry-3", name="Ana Bell"),), (said("ferry-3", (3, 9)),)) == {0: 0}


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=12),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=12),
)
def test_each_claim_matches_at_most_one_other_and_none_apart_from_it(here, there):
    found = [said(f"ferry-{start}", (start, start + length)) for start, length in here]
    stored = [said(f"ferry-{start}", (start, start + length)) for start, length in there]
    matched = match_claims(found, stored)
    assert len(set(matched.values())) == len(matched)
    for one, other in matched.items():
        left, right = found[one].attribution.content[0], stored[other].attribution.content[0]
        assert max(left.start, right.start) < min(left.end, right.end)
    assert len(match_claims(found, found)) == len(found)


def test_ten_thousand_claims_match_in_a_moment():
    stored = [said(f"ferry-{start}", (start, start + 8)) for start in range(0, 100_000, 10)]
    found = [said(f"ferry-{start}", (start + 3, start + 11)) for start in range(0, 100_000, 10)]
    began = time.perf_counter()
    assert len(match_claims(found, stored)) == 10_000
    assert time.perf_counter() - began < 5


def test_what_people_filled_in_stays_when_extraction_gives_another_wording():
    stored = CLAIMS[0].replace(tags=("ferries",))
    merged = merge_claim(CLAIMS[0].replace(statement="All were safe", id="ferry-9"), stored)
    assert (merged.id, merged.statement, merged.tags) == (stored.id, "All were safe", ("ferries",))


def test_what_the_found_claim_brings_along_counts():
    assert merge_claim(CLAIMS[0].replace(tags=("safety",)), CLAIMS[0].replace(tags=("ferries",))).tags == ("safety",)


def test_a_tag_is_no_history_but_an_event_is():
    assert not has_history(CLAIMS[0].replace(tags=("ferries",)))
    assert has_history(triaged(CLAIMS[0]))


def test_a_zero_more_after_the_point_is_a_difference():
    longer, shorter = (
        CLAIMS[0].replace(figures=(CLAIMS[0].figures[0].replace(value=Decimal(written)),))
        for written in ("3.40", "3.4")
    )
    assert find_differences(longer, longer) == ()
    assert find_differences(longer, shorter) == ("figures",)
