"""Whose claims a filter by speaker finds."""

from __future__ import annotations

import pytest

from claimtrack.errors import FilterError
from claimtrack.models import SpeakerRecord
from claimtrack.store.registry import find_speaker_query
from tests.store import by_hand
from tests.store.registry.newsroom import body, person, said_by, spoken

SPEAKERS = (
    person("Ursula von der Leyen", role="Commission President"),
    person("Ilham Aliyev", role="Azerbaijani President"),
    person(None, role="the Azerbaijani president"),
    body("Azerbaijan's Emergencies Ministry"),
    body("Azerbaijan"),
    person("Dmitry Peskov", role="Kremlin spokesman", on_behalf_of="Kremlin"),
    person("Ann Silva"),
    person("Ana Silva"),
    person("Rui Costa", role="Silva's lawyer"),
    body("Silva & Sons"),
)


@pytest.fixture
def newsroom(store):
    store.add(*said_by(*SPEAKERS))
    return store


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Ursula", ["Ursula von der Leyen"]),
        ("von der Leyen", ["Ursula von der Leyen"]),
        ("LEYEN", ["Ursula von der Leyen"]),
        ("Ursula von der Leyen", ["Ursula von der Leyen"]),
        ("Ursula Leyen", []),
        ("Urs", []),
        ("Silva", ["Ann Silva", "Ana Silva", "Silva & Sons"]),
        ("Ann Silva", ["Ann Silva"]),
        ("Kremlin", ["Dmitry Peskov"]),
        ("kremlin spokesman", ["Dmitry Peskov"]),
        ("Emergencies Ministry", ["Azerbaijan's Emergencies Ministry"]),
        ("Azerbaijani President", ["Ilham Aliyev", "the Azerbaijani president"]),
        (
            "Azerbaijan",
            ["Ilham Aliyev", "the Azerbaijani president", "Azerbaijan's Emergencies Ministry", "Azerbaijan"],
        ),
        ("president", []),
    ],
)
def test_claims_are_found_by_first_name_surname_whole_name_body_role_and_country(newsroom, asked, found):
    assert spoken(newsroom, asked) == found


@pytest.mark.parametrize("asked", ["aliyev", "I. Aliyev", "ilham-aliyev", "the president of Azerbaijan"])
def test_any_name_of_a_record_finds_all_of_them(newsroom, asked):
    newsroom.registry.add("Ilham Aliyev", aliases=("I. Aliyev", "the president of Azerbaijan"))
    newsroom.registry.confirm("Azerbaijani president", "ilham-aliyev", by="ana")
    newsroom.add(*said_by("I. Aliyev", "Heydar Aliyev", day="2025-05-01"))
    wanted = ["Ilham Aliyev", "the Azerbaijani president", "I. Aliyev"]
    assert [name for name in spoken(newsroom, asked) if name != "Heydar Aliyev"] == wanted


def test_a_spokesmans_alias_is_no_name_of_the_one_he_speaks_for(newsroom):
    newsroom.registry.add("Dmitry Peskov", aliases=("Putin's spokesman",))
    newsroom.add(*said_by("Vladimir Putin", day="2025-05-01"))
    assert spoken(newsroom, "Putin") == ["Vladimir Putin"]
    assert spoken(newsroom, "Putin's spokesman") == ["Dmitry Peskov"]


def test_the_id_in_a_claim_tells_two_people_of_one_name_apart(store):
    for id in ("george-w-bush", "george-h-w-bush"):
        store.save(SpeakerRecord(id=id, name="George Bush", kind="person"))
    article, (first, second, third) = said_by(
        person("George Bush", speaker_id="george-w-bush"),
        person("George Bush", speaker_id="george-h-w-bush"),
        person("George Bush"),
    )
    store.add(article, [first, second, third])
    assert [claim.id for claim in store.claims(speaker="george-w-bush")] == [first.id, third.id]
    assert [claim.id for claim in store.claims(speaker="george-h-w-bush")] == [second.id, third.id]
    assert len(list(store.claims(speaker="Bush"))) == 3


def test_the_day_a_claim_was_made_counts_before_that_of_its_article(store):
    store.registry.add("Vladimir Putin")
    store.registry.confirm("Russian president", "vladimir-putin", by="ana", since="2012-05-07")
    article, (old, new) = said_by(*[person(None, role="Russian president")] * 2, day="2015-05-01")
    store.add(article, [old.replace(made_on="2010-05-01T10:00:00Z"), new])
    assert [claim.id for claim in store.claims(speaker="Putin")] == [new.id]


def test_a_broken_record_is_told_by_the_filter_that_needs_it(newsroom):
    newsroom.registry.add("Ilham Aliyev")
    by_hand.write(newsroom, "ilham-aliyev", "{}")
    listing = newsroom.claims(speaker="Aliyev")
    assert [claim.speaker.name for claim in listing] == ["Ilham Aliyev"]
    assert {finding.source for finding in listing.findings} == {"speakers/ilham-aliyev.json"}


def test_a_speaker_without_a_word_is_refused(newsroom):
    for asked in ("", " ", "?!", "\u202e"):
        with pytest.raises(FilterError, match="has no word in it"):
            newsroom.claims(speaker=asked)
    assert spoken(newsroom, "x" * 10_000) == []


def test_the_query_answers_for_one_speaker_as_it_does_for_a_claim(newsroom):
    query = find_speaker_query(newsroom._home, "Aliyev")
    claims = list(newsroom.claims())
    told = [query.matches_speaker(claim.speaker.model_dump(exclude_none=True), day="2025-03-14") for claim in claims]
    assert told == [query.matches(claim.model_dump(mode="json", exclude_none=True)) for claim in claims]
    assert sum(told) == 1
