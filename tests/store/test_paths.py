"""Ids become places inside the store, and nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.errors import StoreError
from claimtrack.store.paths import (
    article_place,
    claim_place,
    claim_places,
    claims_folder,
    evidence_place,
    id_at,
    is_claim_of,
    is_id,
    speaker_place,
)

HOSTILE = [
    "../../x",
    "/etc/passwd",
    "..",
    ".",
    "",
    "ferry\n",
    "ferry\x00",
    "ferry/../../x",
    "ferry\\x",
    "Ferry",
    "férry",
    "fer ry",
    "-ferry",
    "con",
    "nul",
    "com1",
    "lpt9",
    "f" * 121,
    "٣",
]
IDS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,90}", fullmatch=True).filter(is_id)


@pytest.mark.parametrize("id", HOSTILE)
@pytest.mark.parametrize("place_of", [article_place, claims_folder, claim_places, evidence_place, speaker_place])
def test_hostile_ids_become_no_path(id, place_of):
    with pytest.raises(StoreError, match="cannot be an id"):
        place_of(id)


@given(st.text() | st.sampled_from(HOSTILE) | IDS)
def test_whatever_becomes_a_place_stays_inside_the_store(id):
    for place_of in (article_place, evidence_place, speaker_place):
        try:
            place = place_of(id)
        except StoreError:
            assert not is_id(id)
            continue
        assert place[0] in ("articles", "evidence", "speakers")
        assert all(part.strip("abcdefghijklmnopqrstuvwxyz0123456789-") in ("", ".") for part in place)
        assert not any(part.startswith(".") for part in place)
        assert id_at(place) == id


@given(IDS, st.integers(0, 2_147_483_647), st.sampled_from(["", "-2", "-3", "-17"]))
def test_a_claims_place_is_found_again_from_its_id_alone(article_id, start, again):
    claim_id = f"{article_id}-{start}{again}"
    place = claim_place(claim_id, article_id=article_id)
    assert place[:3] == claims_folder(article_id)
    assert id_at(place) == claim_id
    assert place in claim_places(claim_id)
    assert is_claim_of(article_id, claim_id)


def test_the_year_comes_from_the_day_that_an_id_starts_with():
    assert article_place("2025-03-14-harbour-post")[1] == "2025"
    assert article_place("2025-harbour-post")[1] == "undated"
    assert article_place("undated-harbour-post")[1] == "undated"


def test_a_claim_of_an_article_that_ends_in_a_number_has_two_possible_places():
    article = "2025-03-14-harbour-post-flight-190"
    places = claim_places(f"{article}-4")
    assert [place[2] for place in places] == [article, "2025-03-14-harbour-post-flight"]


def test_an_imported_claim_stands_under_its_source():
    assert claim_place("fact-desk-0123456789ab", article_id=None)[:3] == ("claims", "imported", "fact-desk")


@pytest.mark.parametrize("id", ["rents", "con-5", "con-0123456789ab", "ferry-01", "ferry-99999999999"])
def test_a_claim_id_that_names_no_article_or_source_has_no_place(id):
    with pytest.raises(StoreError, match="has no place"):
        claim_place(id, article_id=None)


def test_a_claim_stands_with_no_other_article_than_its_own():
    with pytest.raises(StoreError, match="harbour-post-<offset>"):
        claim_place("valley-echo-12", article_id="harbour-post")
