"""A new edition of an article: what becomes of the claims of the one before."""

from __future__ import annotations

from claimtrack.models import Relation
from tests.store import by_hand
from tests.store.news import ID, TEXT, make_article, make_claim, make_claims, triaged

ARTICLE = make_article()
CLAIMS = make_claims(ARTICLE)
SAFE, HULL, LEFT = (claim.id for claim in CLAIMS)


def edition(old: str, new: str):
    assert old in TEXT
    return make_article(TEXT.replace(old, new))


def test_an_unchanged_claim_points_back_to_the_one_before(store):
    store.add(ARTICLE, CLAIMS)
    edited = edition("Ferry runs", "Update: Ferry runs")
    added = store.add(edited, make_claims(edited))
    assert str(added) == f"{ID}-{edited.sha256[:8]}: new edition of {ID}, 3 claims unchanged"
    assert [(one.claim, one.outcome, one.anchor) for one in added.carried] == [
        (SAFE, "unchanged", "moved"),
        (HULL, "unchanged", "moved"),
        (LEFT, "unchanged", "moved"),
    ]
    assert store.claim(added.carried[0].into).relations == (Relation(kind="same_as", claim=SAFE),)
    assert store.claim(SAFE) == CLAIMS[0]


def test_a_changed_claim_updates_the_one_before(store):
    store.add(ARTICLE, CLAIMS)
    edited = edition("nine hours", "ten hours")
    claims = (
        make_claim(edited, "All 62 passengers were safe", "Mira Holt"),
        make_claim(edited, "The hull held for ten hours", "Tomas Reyle"),
    )
    added = store.add(edited, claims)
    hull = added.carried[1]
    assert (hull.outcome, hull.anchor) == ("changed", "changed")
    assert store.claim(hull.into).relations == (Relation(kind="updates", claim=HULL),)
    assert f"{HULL} changed as {hull.into}; words changed: the likeliest words differ" in str(hull)
    assert added.findings == ()


def test_a_claim_whose_words_are_gone_is_named_and_stays_with_its_edition(store):
    store.add(ARTICLE, CLAIMS)
    edited = edition("The hull held for nine hours, Tomas Reyle told reporters. ", "")
    added = store.add(edited, (make_claim(edited, "All 62 passengers were safe", "Mira Holt"),))
    hull = added.carried[1]
    assert (hull.outcome, hull.into, hull.anchor) == ("gone", None, "lost")
    assert (HULL, "gone") in added.outcomes
    assert store.claim(HULL) == CLAIMS[1]


def test_a_claim_that_people_worked_on_is_carried_over_though_it_is_not_found_again(store):
    store.add(ARTICLE, CLAIMS)
    store.save(triaged(CLAIMS[0]))
    edited = edition("Ferry runs", "Update: Ferry runs")
    added = store.add(edited, make_claims(edited)[1:])
    carried = store.claim(added.carried[0].into)
    assert carried.relations == (Relation(kind="same_as", claim=SAFE),)
    assert (carried.events, carried.workflow) == ((), "candidate")
    (content,) = carried.attribution.content
    assert edited.text[content.start : content.end] == content.exact == "All 62 passengers were safe"
    figure = carried.figures[0].anchor
    assert edited.text[figure.start : figure.end] == "62"
    assert store.claim(SAFE) == triaged(CLAIMS[0])
    assert tuple(store.validate()) == ()


def test_work_on_a_claim_whose_words_changed_or_went_is_told_as_a_finding(store):
    store.add(ARTICLE, CLAIMS)
    for claim in CLAIMS[:2]:
        store.save(triaged(claim))
    shorter = TEXT.replace("All 62 passengers were safe, harbour", "Harbour")
    edited = make_article(shorter.replace("nine hours", "ten hours"))
    added = store.add(edited, (make_claim(edited, "The hull held for ten hours", "Tomas Reyle"),))
    assert [(finding.code, finding.severity) for finding in added.findings] == [
        ("claim-gone", "warning"),
        ("claim-changed", "warning"),
    ]
    assert SAFE in added.findings[0].message
    assert store.claim(HULL) == triaged(CLAIMS[1])


def test_an_edition_added_again_changes_nothing(store, snapshot):
    store.add(ARTICLE, CLAIMS)
    store.save(triaged(CLAIMS[0]))
    edited = edition("nine hours", "ten hours")
    claims = (make_claim(edited, "The hull held for ten hours", "Tomas Reyle"),)
    first = store.add(edited, claims)
    before = snapshot()
    again = store.add(edited, claims)
    assert str(again) == f"{first.article_id}: nothing changed"
    assert again.carried == ()
    assert snapshot() == before


def test_adding_an_edition_again_completes_what_a_crash_left_out(store, snapshot):
    store.add(ARTICLE, CLAIMS)
    edited = edition("nine hours", "ten hours")
    claims = make_claims(ARTICLE)[:1]
    added = store.add(edited, claims)
    whole = {name: data for name, (data, _) in snapshot().items()}
    by_hand.remove(store, added.carried[0].into)
    store.add(edited, claims)
    assert {name: data for name, (data, _) in snapshot().items()} == whole


def test_a_third_edition_revises_the_second(store):
    store.add(ARTICLE, CLAIMS)
    second = store.add(edition("nine hours", "ten hours"), ())
    third = store.add(edition("nine hours", "eleven hours"), ())
    assert second.revises == ID
    assert third.revises == second.article_id
    assert store.article(third.article_id).revises == second.article_id
    assert str(store.add(edition("nine hours", "ten hours"), ())) == f"{second.article_id}: nothing changed"


def test_a_relation_within_an_edition_stays_beside_the_one_to_the_edition_before(store):
    store.add(ARTICLE, CLAIMS)
    edited = edition("Ferry runs", "Update: Ferry runs")
    safe, hull, left = make_claims(edited)
    store.add(edited, (safe, hull.replace(relations=(Relation(kind="repeats", claim=safe.id),)), left))
    article = f"{ID}-{edited.sha256[:8]}"
    new_safe, new_hull, _ = store.claims(article=article)
    assert new_hull.relations == (
        Relation(kind="repeats", claim=new_safe.id),
        Relation(kind="same_as", claim=HULL),
    )
