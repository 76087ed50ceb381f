"""Rows that somebody edits with SQL: told as changed, found under what they say now, and no obstacle to anything."""

from __future__ import annotations

import datetime

import pytest

from claimtrack.errors import ConflictError, DocumentError, FilterError
from claimtrack.store import Store, version_of
from tests.store import by_hand
from tests.store.news import ID, make_article, make_claims, triaged

ARTICLE = make_article()
CLAIMS = make_claims(ARTICLE)
FILE = f"claims/2025/{ID}/{CLAIMS[0].id}.json"
BROKEN = (
    *("null", "[]", "7", '"claim"', "{}", '{"statement": "All were safe", "kind": null, "workflow": null}'),
    '{"statement": "All were safe", "kind": "direct", "speakers": [{"name": 7}]}',
)


def ids(listing):
    return [document.id for document in listing]


def outcomes(changes):
    return sorted((change.outcome, change.id) for change in changes)


def rename_speaker(store):
    by_hand.edit(store, CLAIMS[0].id, "Mira Holt", "Mira Bolt")


def test_an_edited_row_is_found_under_what_it_says_now(newsroom):
    rename_speaker(newsroom)
    assert ids(newsroom.claims(speaker="Bolt")) == [CLAIMS[0].id]
    assert ids(newsroom.claims(speaker="Holt")) == []


def test_an_edited_row_is_no_more_the_version_that_was_read(newsroom):
    rename_speaker(newsroom)
    with pytest.raises(ConflictError, match="was changed meanwhile"):
        newsroom.save(triaged(CLAIMS[0]), expected=CLAIMS[0])
    assert newsroom.claim(CLAIMS[0].id).speaker.name == "Mira Bolt"
    newsroom.save(triaged(CLAIMS[0]), expected=newsroom.claim(CLAIMS[0].id))
    assert ids(newsroom.claims(speaker="Holt")) == [CLAIMS[0].id]


def test_an_edit_that_is_rolled_back_is_told_to_nobody(newsroom):
    token = newsroom.changes().token
    with by_hand.rows(newsroom) as cursor:
        cursor.execute('UPDATE document SET body = body || \'{"tags": ["ferries"]}\' WHERE place = %s', (FILE,))
        cursor.connection.rollback()
    assert outcomes(newsroom.changes(since=token)) == []
    newsroom.save(triaged(CLAIMS[0]), expected=CLAIMS[0])


def test_reindexing_makes_an_edited_row_known_again(newsroom, sql):
    rename_speaker(newsroom)
    assert sql("SELECT version FROM document WHERE place = %s", FILE) == [(None,)]
    assert str(newsroom.reindex()) == "4 documents: 0 new, 1 changed, 0 gone"
    assert sql("SELECT version FROM document WHERE place = %s", FILE) == [(version_of(newsroom.claim(CLAIMS[0].id)),)]
    assert ids(newsroom.claims(speaker="Bolt")) == [CLAIMS[0].id]
    assert str(newsroom.reindex()) == "4 documents: 0 new, 0 changed, 0 gone"


def test_a_full_reindex_mends_what_filters_ask(newsroom, sql):
    sql("DELETE FROM claim")
    assert ids(newsroom.claims(speaker="Holt")) == []
    newsroom.reindex(full=True)
    assert ids(newsroom.claims(speaker="Holt")) == [CLAIMS[0].id]


def test_reindexing_is_no_change(newsroom):
    rename_speaker(newsroom)
    token = newsroom.changes().token
    newsroom.reindex(full=True)
    assert outcomes(newsroom.changes(since=token)) == []


def test_the_claims_of_an_article_are_found_under_its_edited_publisher(newsroom):
    by_hand.edit(newsroom, ID, '"Harbour Post"', '"Valley Echo"')
    assert len(ids(newsroom.claims(publisher="Valley Echo"))) == 3
    assert ids(newsroom.claims(publisher="Harbour Post")) == []
    newsroom.reindex()
    assert len(ids(newsroom.claims(publisher="Valley Echo", since="2025-03-14"))) == 3


@pytest.mark.parametrize("body", BROKEN)
@pytest.mark.parametrize("asked", [{}, {"speaker": "Reyle"}, {"text": "hull"}, {"publisher": "Harbour Post"}], ids=str)
def test_a_row_that_holds_no_document_is_a_finding_and_stops_nothing(newsroom, body, asked):
    whole = [id for id in ids(newsroom.claims(**asked)) if id != CLAIMS[0].id]
    by_hand.write(newsroom, CLAIMS[0].id, body)
    newsroom.reindex(full=True)
    listing = newsroom.claims(**asked)
    assert ids(listing) == whole
    assert {finding.source for finding in listing.findings} <= {FILE}
    assert {finding.source for finding in newsroom.validate()} == {FILE}
    with pytest.raises(DocumentError):
        newsroom.claim(CLAIMS[0].id)
    newsroom.save(CLAIMS[0])
    assert list(newsroom.validate()) == []


@pytest.mark.parametrize("body", BROKEN)
def test_an_article_that_is_no_document_is_a_finding_and_stops_nothing(newsroom, body):
    by_hand.write(newsroom, ID, body)
    newsroom.reindex(full=True)
    assert ids(newsroom.claims(text="hull")) == [CLAIMS[1].id]
    assert ids(newsroom.claims(publisher="Harbour Post")) == []
    assert {finding.source for finding in newsroom.validate() if finding.severity == "error"} == {
        f"articles/2025/{ID}.json"
    }


def test_a_row_that_is_moved_is_gone_from_where_it_was_and_new_where_it_is(newsroom):
    token = newsroom.changes().token
    by_hand.move(newsroom, CLAIMS[0].id, f"claims/2025/{ID}/{ID}-7.json")
    assert outcomes(newsroom.changes(since=token)) == [("gone", CLAIMS[0].id), ("new", f"{ID}-7")]


def test_a_row_that_is_removed_takes_along_what_filters_ask(newsroom, sql):
    by_hand.remove(newsroom, CLAIMS[0].id)
    assert sql("SELECT count(*) FROM claim") == [(2,)]
    assert ids(newsroom.claims(speaker="Holt")) == []


def test_rows_that_are_removed_all_at_once_are_told_as_gone(newsroom, sql):
    token = newsroom.changes().token
    sql("TRUNCATE document CASCADE")
    assert outcomes(newsroom.changes(since=token)) == sorted(("gone", one.id) for one in (ARTICLE, *CLAIMS))
    assert newsroom.claims(speaker="Holt").count() == newsroom.claims().count() == 0


@pytest.mark.parametrize(
    "place", ["", "/", "claims", "claims/", "rents.txt", "../../etc/passwd", "articles//x.json", "claim/2025/x.json"]
)
def test_a_row_at_a_place_that_is_none_is_told_and_stops_nothing(newsroom, place):
    by_hand.put(newsroom, place, "{}")
    newsroom.reindex(full=True)
    assert ids(newsroom.claims(speaker="Holt")) == [CLAIMS[0].id]
    assert {finding.source for finding in newsroom.validate()} == {place}
    assert len(newsroom.changes()) == 5


def test_a_row_that_was_only_looked_at_is_not_changed(newsroom, snapshot_of):
    before = snapshot_of(newsroom)
    list(newsroom.verify())
    newsroom.reindex()
    newsroom.changes()
    newsroom.claims(speaker="Holt").count()
    assert snapshot_of(newsroom) == before


# --- what changed -----------------------------------------------------------------------------------------------------


def test_a_transaction_that_ends_later_is_told_later_and_not_missed(newsroom):
    """It wrote before the token was given, and nobody could see it then."""
    token = newsroom.changes().token
    with by_hand.rows(newsroom) as cursor:
        cursor.execute('UPDATE document SET body = body || \'{"tags": ["ferries"]}\' WHERE place = %s', (FILE,))
        newsroom.save(triaged(CLAIMS[1]))
        early = newsroom.changes(since=token)
        assert outcomes(early) == [("changed", CLAIMS[1].id)]
    assert ("changed", CLAIMS[0].id) in outcomes(newsroom.changes(since=early.token))
    last = newsroom.changes(since=early.token)
    assert outcomes(newsroom.changes(since=last.token)) == []


def test_the_token_of_another_store_tells_everything(newsroom, server):
    with Store.open(server.new_database(template="template0")) as other:
        token = other.changes().token
    changes = newsroom.changes(since=token)
    assert (changes.whole, len(changes)) == (True, 4)


def test_a_token_from_the_future_of_a_store_that_was_put_back_tells_everything(newsroom):
    id, _, number = newsroom.changes().token.partition("-")
    changes = newsroom.changes(since=f"{id}-{int(number) + 10**9}")
    assert (changes.whole, len(changes)) == (True, 4)


def test_since_a_time_what_was_written_then_or_later_is_told(newsroom, sql):
    sql("UPDATE document SET written = '2025-03-14T09:00:00Z'")
    sql("UPDATE document SET written = '2025-03-15T09:00:00Z' WHERE place = %s", FILE)
    since = datetime.datetime(2025, 3, 15, 10, tzinfo=datetime.timezone(datetime.timedelta(hours=1)))
    assert outcomes(newsroom.changes(since=since)) == [("changed", CLAIMS[0].id)]
    assert outcomes(newsroom.changes(since="2025-03-15T09:00:01Z")) == []
    assert len(newsroom.changes(since="1970-01-01")) == 4
    with pytest.raises(FilterError):
        newsroom.changes(since="yesterday")


def test_the_claims_of_an_article_that_was_moved_are_found_after_reindexing(newsroom, sql):
    other = "2025-03-14-valley-echo-ferry"
    sql(f"UPDATE document SET place = 'articles/2025/{other}.json' WHERE place LIKE 'articles/%%'")
    sql(f"""UPDATE document SET body = jsonb_set(body, '{{id}}', '"{other}"') WHERE place LIKE 'articles/%%'""")
    sql(f"""UPDATE document SET body = jsonb_set(body, '{{article_id}}', '"{other}"') WHERE place LIKE 'claims/%%'""")
    newsroom.reindex()
    assert newsroom.claims(publisher="Harbour Post").count() == 3
    (article,) = newsroom.articles()
    assert article.id == other


def test_numbers_from_before_a_restore_into_another_cluster_are_no_changes(newsroom, sql):
    sql("UPDATE document SET changed = '4000000000000', born = '4000000000000'")
    token = newsroom.changes().token
    newsroom.save(triaged(CLAIMS[0]))
    assert [str(change) for change in newsroom.changes(since=token)] == [f"claim {CLAIMS[0].id}: changed"]


def test_what_is_removed_twice_is_told_once(newsroom):
    token = newsroom.changes().token
    text = by_hand.read(newsroom, CLAIMS[0].id)
    path = f"claims/2025/{ID}/{CLAIMS[0].id}.json"
    by_hand.remove(newsroom, CLAIMS[0].id)
    by_hand.put(newsroom, path, text)
    by_hand.remove(newsroom, CLAIMS[0].id)
    assert [str(change) for change in newsroom.changes(since=token)] == [f"claim {CLAIMS[0].id}: gone"]
