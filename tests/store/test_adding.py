"""Adding articles and claims: what is written, what is kept, and what is said about it."""

from __future__ import annotations

import pytest

from claimtrack.errors import DocumentError, StoreError
from claimtrack.models import Claim, Relation, Review
from tests.store import by_hand
from tests.store.news import ID, TEXT, URL, make_article, make_claim, make_claims, triaged

ARTICLE = make_article()
CLAIMS = make_claims(ARTICLE)
IDS = tuple(claim.id for claim in CLAIMS)


def outcomes(added):
    return [outcome for _, outcome in added.outcomes]


def test_an_article_and_its_claims_come_back_as_they_were_added(store, platform):
    added = store.add(ARTICLE, CLAIMS)
    assert added.article_outcome == "new"
    assert outcomes(added) == ["new", "new", "new"]
    assert str(added) == f"{ID}: new article, 3 claims new"
    assert store.article(ID) == ARTICLE
    assert tuple(store.claims()) == CLAIMS
    assert tuple(store.validate()) == ()


@pytest.mark.files
def test_a_file_holds_the_documents_one_canonical_form(store, snapshot):
    store.add(ARTICLE, CLAIMS)
    files = snapshot()
    assert files[f"articles/2025/{ID}.json"][0] == ARTICLE.to_json().encode()
    assert files[f"claims/2025/{ID}/{IDS[0]}.json"][0] == CLAIMS[0].to_json().encode()
    assert len(files) == 5


def test_adding_twice_changes_nothing_and_says_so(store, snapshot, platform):
    store.add(ARTICLE, CLAIMS)
    before = snapshot()
    again = store.add(ARTICLE, CLAIMS)
    assert str(again) == f"{ID}: nothing changed"
    assert again.findings == ()
    assert snapshot() == before


def test_the_same_article_twice_in_one_batch_is_written_once(store):
    first, second = store.add_many([(ARTICLE, CLAIMS), (ARTICLE, CLAIMS)])
    assert outcomes(first) == ["new"] * 3
    assert str(second) == f"{ID}: nothing changed"


def test_adding_again_completes_what_is_missing(store, snapshot):
    store.add(ARTICLE, CLAIMS)
    whole = {name: data for name, (data, _) in snapshot().items()}
    by_hand.remove(store, IDS[1])
    assert outcomes(store.add(ARTICLE, CLAIMS)) == ["unchanged", "new", "unchanged"]
    assert {name: data for name, (data, _) in snapshot().items()} == whole


def test_a_claim_that_extraction_gives_differently_is_rewritten_under_its_id(store):
    store.add(ARTICLE, CLAIMS)
    shorter = make_claim(ARTICLE, "62 passengers were safe", "Mira Holt")
    added = store.add(ARTICLE, (shorter, *CLAIMS[1:]))
    assert added.outcomes[0] == (IDS[0], "changed")
    assert store.claim(IDS[0]).statement == "62 passengers were safe"
    assert str(added) == f"{ID}: 1 claim changed, 2 unchanged"


def test_a_tag_survives_another_extraction(store):
    store.add(ARTICLE, CLAIMS)
    store.save(CLAIMS[0].replace(tags=("ferries",)))
    store.add(ARTICLE, (CLAIMS[0].replace(statement="All 62 passengers are safe"), *CLAIMS[1:]))
    claim = store.claim(IDS[0])
    assert (claim.statement, claim.tags) == ("All 62 passengers are safe", ("ferries",))


@pytest.mark.parametrize(
    "worked_on",
    [
        triaged,
        lambda claim: claim.replace(verdict="true"),
        lambda claim: claim.replace(reviews=(Review(id="r1", publisher="Fact Desk", verdict="true"),)),
    ],
    ids=["event", "verdict", "review"],
)
def test_a_claim_that_people_worked_on_is_never_overwritten(store, worked_on):
    store.add(ARTICLE, CLAIMS)
    kept = worked_on(CLAIMS[0])
    store.save(kept)
    added = store.add(ARTICLE, (CLAIMS[0].replace(statement="All are safe"), *CLAIMS[1:]))
    assert outcomes(added) == ["changed", "unchanged", "unchanged"]
    assert store.claim(IDS[0]) == kept
    (finding,) = added.findings
    assert finding.code == "claim-kept"
    assert "another statement" in finding.message
    assert finding.source == f"claims/2025/{ID}/{IDS[0]}.json"


def test_a_claim_that_people_worked_on_is_unchanged_when_extraction_gives_the_same(store):
    store.add(ARTICLE, CLAIMS)
    store.save(triaged(CLAIMS[0]))
    again = store.add(ARTICLE, CLAIMS)
    assert str(again) == f"{ID}: nothing changed"
    assert store.claim(IDS[0]) == triaged(CLAIMS[0])


def test_a_claim_that_is_not_found_again_stays_and_is_named(store):
    store.add(ARTICLE, CLAIMS)
    added = store.add(ARTICLE, CLAIMS[:2])
    assert added.outcomes[-1] == (IDS[2], "gone")
    assert store.claim(IDS[2]) == CLAIMS[2]


def test_two_claims_never_share_an_id(store):
    twin = CLAIMS[0].replace(speakers=CLAIMS[1].speakers)
    added = store.add(ARTICLE, (CLAIMS[0], twin))
    assert added.outcomes == ((IDS[0], "new"), (f"{IDS[0]}-2", "new"))
    assert str(store.add(ARTICLE, (CLAIMS[0], twin))) == f"{ID}: nothing changed"


def test_a_new_claim_leaves_a_gone_claim_its_id(store):
    store.add(ARTICLE, (make_claim(ARTICLE, "All", "Mira Holt"),))
    rest = make_claim(ARTICLE, "62 passengers", "Mira Holt", id=IDS[0])
    assert store.add(ARTICLE, (rest,)).outcomes == ((f"{IDS[0]}-2", "new"), (IDS[0], "gone"))


def test_an_article_whose_id_ends_in_a_number_takes_no_other_articles_claim_id(store):
    flight = make_article(id="2025-03-14-harbour-post-flight")
    store.add(flight, (make_claim(flight, "The hull held", "Tomas Reyle", id=f"{flight.id}-190-4"),))
    flight_190 = make_article(id="2025-03-14-harbour-post-flight-190")
    taken = make_claim(flight_190, "The hull held", "Tomas Reyle", id=f"{flight.id}-190-4")
    assert store.add(flight_190, (taken,)).outcomes == ((f"{flight.id}-190-4-2", "new"),)
    assert store.claim(f"{flight.id}-190-4").article_id == flight.id
    assert store.claim(f"{flight.id}-190-4-2").article_id == flight_190.id


def test_a_relation_follows_the_claim_that_it_names(store):
    store.add(ARTICLE, CLAIMS)
    edited = make_article(TEXT.replace("nine", "ten"))
    claims = (
        make_claim(edited, "All 62 passengers were safe", "Mira Holt"),
        make_claim(edited, "The hull held", "Tomas Reyle", relations=(Relation(kind="updates", claim=IDS[0]),)),
    )
    added = store.add(edited, claims)
    assert store.claim(added.outcomes[1][0]).relations[0].claim == added.outcomes[0][0]


def test_an_edited_article_is_a_new_edition_beside_the_first(store, snapshot):
    store.add(ARTICLE, CLAIMS)
    edited = make_article(TEXT.replace("nine", "ten"))
    claims = (make_claim(edited, "All 62 passengers were safe", "Mira Holt"),)
    added = store.add(edited, claims)
    assert added.article_outcome == "revised"
    assert str(added) == f"{ID}-{edited.sha256[:8]}: new edition of {ID}, 2 claims gone, 1 unchanged"
    assert store.article(added.article_id).revises == ID
    assert store.article(ID) == ARTICLE
    claim = store.claim(f"{added.article_id}-35")
    assert (claim.article_id, claim.statement) == (added.article_id, claims[0].statement)
    before = snapshot()
    assert str(store.add(edited, claims)) == f"{added.article_id}: nothing changed"
    assert snapshot() == before
    assert tuple(store.validate()) == ()


def test_another_article_with_a_taken_id_gets_one_of_its_own(store):
    store.add(ARTICLE, CLAIMS)
    other = make_article("The ferry is afloat.", url="https://valley-echo.example/ferry")
    added = store.add(other, (make_claim(other, "The ferry is afloat", None),))
    assert added.article_outcome == "renamed"
    assert store.article(added.article_id).revises is None
    assert [article.id for article in store.articles()] == [ID, added.article_id]


def test_other_metadata_leaves_the_stored_article_as_it_is(store):
    store.add(ARTICLE, CLAIMS)
    added = store.add(make_article(title="Ferry aground"), CLAIMS)
    assert added.article_outcome == "unchanged"
    assert [(finding.code, finding.severity) for finding in added.findings] == [("article-kept", "note")]
    assert store.article(ID).title == ARTICLE.title


@pytest.mark.parametrize("id", ["con", "nul"])
def test_an_article_with_a_device_name_is_refused(store, snapshot, id):
    with pytest.raises(StoreError, match="cannot be an id"):
        store.add(make_article(id=id))
    assert list(snapshot()) == ["claimtrack.json"]


def test_what_is_no_article_or_claim_is_refused(store):
    with pytest.raises(StoreError, match="an Article is added, not str; read_article makes one"):
        store.add("Ferry runs aground")
    with pytest.raises(StoreError, match="a Claim is added, not str"):
        store.add(ARTICLE, ("the hull held",))


def test_a_claim_of_another_article_is_refused(store, snapshot):
    with pytest.raises(StoreError, match="is not one of the article"):
        store.add(make_article(id="2025-03-15-harbour-post-ferry-afloat"), CLAIMS)
    assert list(snapshot()) == ["claimtrack.json"]


def test_a_claim_that_went_round_its_own_checks_is_refused(store, snapshot):
    wrong = Claim.model_construct(**(dict(CLAIMS[0]) | {"statement": ""}))
    with pytest.raises(StoreError, match=r"\$\.statement"):
        store.add(ARTICLE, (wrong,))
    with pytest.raises(DocumentError, match=r"\$\.statement"):
        store.save(wrong)
    assert list(snapshot()) == ["claimtrack.json"]


def test_one_article_that_is_refused_stops_no_other(store):
    later = make_article(id="2025-03-15-harbour-post-ferry-afloat", url=f"{URL}-afloat")
    added = list(store.add_many([(make_article(id="con"), ()), (ARTICLE, CLAIMS), (later, ())]))
    assert [one.article_outcome for one in added] == ["refused", "new", "new"]
    assert "con: not added: 'con' cannot be an id" in str(added[0])
    assert added[0].findings[0].severity == "error"


@pytest.mark.parametrize(
    "left", ['{"statement": 62}', pytest.param("<<<<<<< ours\n", marks=pytest.mark.files)], ids=["no claim", "no JSON"]
)
def test_a_damaged_claim_is_kept_and_named_and_the_rest_is_added(store, left):
    store.add(ARTICLE, CLAIMS[:1])
    by_hand.write(store, IDS[0], left)
    added = store.add(ARTICLE, CLAIMS)
    assert outcomes(added) == ["changed", "new", "new"]
    assert added.findings[0].code == "claim-damaged"
    assert by_hand.read(store, IDS[0]) == left


def test_batches_are_told_one_after_another(store):
    days = [make_article(id=f"2025-03-{day}-harbour-post-ferry", url=f"{URL}-{day}") for day in range(10, 16)]
    given = []

    def pairs():
        for article in days:
            given.append(article.id)
            yield article, ()

    adding = store.add_many(pairs(), batch=2)
    assert next(adding).article_id == days[0].id
    assert len(given) == 2
    assert len(list(adding)) == 5
    assert [article.id for article in store.articles()] == [article.id for article in days]


def test_saving_replaces_a_claim_and_gives_its_path(store):
    store.add(ARTICLE, CLAIMS)
    path = store.save(triaged(CLAIMS[0]))
    assert by_hand.place(store, path) == f"claims/2025/{ID}/{IDS[0]}.json"
    assert store.claim(IDS[0]).workflow == "triaged"


def test_saving_what_is_stored_writes_nothing(store, snapshot):
    store.add(ARTICLE, CLAIMS)
    before = snapshot()
    store.save(CLAIMS[0])
    store.save(ARTICLE)
    assert snapshot() == before


def test_a_stored_article_cannot_be_saved_over(store):
    store.add(ARTICLE)
    with pytest.raises(StoreError, match="never changes"):
        store.save(make_article(title="Ferry aground"))


def test_a_claim_cannot_be_saved_without_its_article(store):
    with pytest.raises(StoreError, match=f"its article '{ID}' is not in the store"):
        store.save(CLAIMS[0])


def test_an_imported_claim_stands_under_its_source(store):
    claim = Claim(id="fact-desk-0123456789ab", kind="indirect", statement="All 62 passengers were safe")
    path = store.save(claim)
    assert by_hand.place(store, path) == "claims/imported/fact-desk/fact-desk-0123456789ab.json"
    assert store.claim(claim.id) == claim
    assert tuple(store.validate()) == ()
