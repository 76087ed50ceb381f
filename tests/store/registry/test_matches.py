"""Whom the registry suggests to be one speaker, out of what stands in a store."""

from __future__ import annotations

import random
import time

import pytest

from claimtrack.models import SpeakerRecord, SpeakerRole
from claimtrack.store import Store
from claimtrack.store.registry import KnownSpeaker
from claimtrack.store.registry.pairing import find_pairs
from tests.store import by_hand
from tests.store.registry.newsroom import body, match_of, pairs, person, said_by

PUTIN = ("Vladimir Putin", "V. Putin")


def test_speakers_are_counted_by_name_with_their_roles_and_days(store):
    holt = person("Mira Holt", role="harbour master")
    store.add(*said_by(holt, holt, "Tomas Reyle", day="2025-03-14"))
    store.add(*said_by(person("MIRA HOLT"), day="2025-04-02"))
    first, second = store.registry.find_speakers()
    assert (first.name, first.claims, first.first, first.last) == ("Mira Holt", 3, "2025-03-14", "2025-04-02")
    assert [role.role for role in first.roles] == ["harbour master"]
    assert (second.name, second.claims, second.id) == ("Tomas Reyle", 1, None)


def test_a_claim_of_two_speakers_counts_for_both_and_once_for_each(store):
    article, (claim,) = said_by("Mira Holt")
    store.add(article, [claim.replace(speakers=(person("Mira Holt"), person("Mira Holt"), person("Tomas Reyle")))])
    assert [(one.name, one.claims) for one in store.registry.find_speakers()] == [("Mira Holt", 1), ("Tomas Reyle", 1)]


def test_names_of_one_person_are_suggested_with_score_reason_and_counts(store):
    store.add(*said_by("Vladimir Putin", "Vladimir Putin", "V. Putin"))
    (match,) = store.registry.find_matches()
    assert (match.names, match.rule, match.is_sure) == (PUTIN, "initials", True)
    assert str(match) == "0.85 Vladimir Putin = V. Putin: initials that fit, and the same surname"
    assert (match.one.claims, match.other.claims) == (2, 1)


def test_initials_that_fit_two_people_are_not_sure_of_either(store):
    store.add(*said_by("V. Putin", "Vladimir Putin", "Viktor Putin"))
    for full in ("Vladimir Putin", "Viktor Putin"):
        match = match_of(store, "V. Putin", full)
        assert not match.is_sure
        assert match.reason.endswith("1 other would fit too")


def test_another_spelling_of_the_same_person_is_no_second_person_that_fits(store):
    store.add(*said_by("V. Putin", "Vladimir Putin", "Putin, Vladimir"))
    assert match_of(store, "V. Putin", "Vladimir Putin").is_sure


def test_a_surname_that_fits_six_people_is_not_suggested(store):
    store.add(*said_by("Marchetti", *(f"{given} Marchetti" for given in ("Ann", "Bo", "Cy", "Dov", "Eli", "Fay"))))
    assert pairs(store, min_score=0) == set()


def test_a_person_is_never_suggested_to_be_a_body(store):
    store.add(*said_by(person("Ann Reyle Marchetti"), body("Ann Reyle Marchetti Ltd."), body("ARM")))
    assert pairs(store, min_score=0) == {frozenset(("ARM", "Ann Reyle Marchetti Ltd."))}


def test_nameless_sources_are_never_suggested_to_be_anybody(store):
    source = person(None, kind="anonymous", role="Russian president")
    store.add(*said_by(source, person("Vladimir Putin", role="Russian president"), person(None, role="the mayor")))
    assert [match.names for match in store.registry.find_matches(min_score=0)] == []


def test_a_role_without_a_name_is_suggested_to_be_the_one_whom_other_claims_call_so(store):
    president = person(None, role="the Russian president")
    store.add(*said_by(president, person("Vladimir Putin", role="President of Russia")))
    (match,) = store.registry.find_matches()
    assert {*match.names} == {"the Russian president", "Vladimir Putin"}
    assert (match.rule, match.is_sure) == ("role-in-claims", False)


def test_a_role_is_suggested_for_the_time_that_the_registry_knows(store):
    for id, name, since, until in [
        ("dmitry-medvedev", "Dmitry Medvedev", "2008-05-07", "2012-05-06"),
        ("vladimir-putin", "Vladimir Putin", "2012-05-07", None),
    ]:
        role = SpeakerRole(role="President of Russia", since=since, until=until)
        store.save(SpeakerRecord(id=id, name=name, kind="person", roles=(role,)))
    store.add(*said_by(person(None, role="Russian president"), day="2025-03-14"))
    (match,) = store.registry.find_matches()
    assert (match.one.id, match.since, match.until) == ("vladimir-putin", "2012-05-07", None)
    assert match.reason == "holds this role in the registry for the time"


def test_a_bare_role_is_suggested_to_be_nobody(store):
    store.add(*said_by(person(None, role="the president"), person("Vladimir Putin", role="president")))
    assert pairs(store, min_score=0) == set()


def test_aliases_of_a_record_are_compared_too(store):
    store.save(SpeakerRecord(id="r1", name="The Admiral", kind="person", aliases=("Ines Okafor",)))
    store.add(*said_by("I. Okafor"))
    assert pairs(store) == {frozenset(("Ines Okafor", "I. Okafor"))}


def test_suggestions_are_those_of_one_name_where_asked(store):
    store.add(*said_by(*PUTIN, "Mira Holt", "M. Holt"))
    assert pairs(store, speaker="holt") == {frozenset(("Mira Holt", "M. Holt"))}
    assert pairs(store, speaker="hol") == set()


def test_the_order_in_which_articles_came_does_not_matter(tmp_path):
    names = [*PUTIN, "Putin, Vladimir", "Putin", "Mira Holt", "M. Holt", "Bill Marchetti", "William Marchetti"]
    suggested = []
    for number in range(3):
        random.Random(number).shuffle(names)
        store = Store(tmp_path / f"newsroom-{number}")
        store.add(*said_by(*names))
        suggested.append([str(match) for match in store.registry.find_matches(min_score=0)])
    assert suggested[0] == suggested[1] == suggested[2] != []


def test_a_broken_record_or_claim_is_told_and_the_others_are_counted(store):
    store.add(*said_by(*PUTIN))
    store.registry.add("Mira Holt")
    by_hand.write(store, "mira-holt", "{}")
    first = next(store.claims())
    by_hand.write(store, first.id, '{"format": "claimtrack.claim/1", "speakers": [{"name": 7}]}')
    found = store.registry.find_speakers()
    assert [one.name for one in found] == ["V. Putin"]
    assert {finding.source for finding in found.findings} == {
        "speakers/mira-holt.json",
        f"claims/2025/{first.article_id}/{first.id}.json",
    }
    assert store.registry.find_matches().findings == found.findings


@pytest.mark.parametrize(
    "make",
    [
        lambda n: f"John Marchetti {n:05}",
        lambda n: f"John Marchetti A{'bcdefghij'[n % 9]}{n:x}".translate(str.maketrans("0123456789", "ghijklmnop")),
        lambda n: f"{'abcdefghijklmnopqrstuvwxyz'[n % 26]}. Marchetti{'e' * (n // 26 % 100)}",
        lambda n: "Marchetti" + "i" * (n % 140),
    ],
    ids=["numbers", "one given name", "initials", "long tails"],
)
def test_twenty_thousand_names_made_to_collide_are_compared_in_seconds(make):
    names = {make(n) for n in range(20_000)}
    speakers = [KnownSpeaker(name=name, kind="person", names=(name,), claims=1) for name in sorted(names)]
    begun = time.process_time()
    find_pairs(speakers, min_score=0.5)
    assert time.process_time() - begun < 20
