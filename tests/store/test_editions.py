"""Another text under an id that is taken: a new edition, or a namesake."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from claimtrack.models import Article
from claimtrack.models.strings import ID_LENGTH
from claimtrack.store.editions import find_edition
from tests.store.news import ID, TEXT, make_article

STORED = make_article()
EDITED = make_article(TEXT.replace("nine hours", "ten hours"))


def edition_of(article: Article, *stored: Article):
    return find_edition(article, stored={one.id: one for one in stored}.get)


def test_an_article_whose_id_is_free_is_new():
    assert edition_of(STORED).outcome == "new"


def test_the_same_text_is_the_stored_article():
    edition = edition_of(STORED, STORED)
    assert (edition.article, edition.outcome, edition.findings) == (STORED, "unchanged", ())


def test_the_same_text_with_other_metadata_leaves_the_stored_article_and_says_what_differs():
    edition = edition_of(make_article(title="Ferry aground", publisher="Harbour Post Weekend"), STORED)
    assert (edition.article, edition.outcome) == (STORED, "unchanged")
    assert "title, publisher" in edition.findings[0].message


def test_another_text_at_the_same_address_is_a_new_edition():
    edition = edition_of(EDITED, STORED)
    assert edition.outcome == "revised"
    assert edition.article.id == f"{ID}-{EDITED.sha256[:8]}"
    assert edition.article.revises == ID


def test_without_addresses_the_title_tells_an_edition():
    stored, edited = (one.replace(url=None) for one in (STORED, EDITED))
    assert edition_of(edited, stored).outcome == "revised"
    assert edition_of(edited.replace(title="Ferry afloat"), stored).outcome == "renamed"
    assert edition_of(edited.replace(title=None), stored.replace(title=None)).outcome == "renamed"


def test_another_address_is_another_article():
    edition = edition_of(EDITED.replace(url="https://valley-echo.example/ferry"), STORED)
    assert edition.outcome == "renamed"
    assert edition.article.id == f"{ID}-{EDITED.sha256[:8]}"
    assert edition.article.revises is None


def test_an_edition_added_again_is_unchanged():
    first = edition_of(EDITED, STORED)
    again = edition_of(EDITED, STORED, first.article)
    assert (again.article, again.outcome, again.findings) == (first.article, "unchanged", ())


def test_two_texts_whose_digests_start_alike_get_more_digits():
    namesake = make_article("The ferry is afloat again.", id=f"{ID}-{EDITED.sha256[:8]}")
    assert edition_of(EDITED, STORED, namesake).article.id == f"{ID}-{EDITED.sha256[:16]}"


@given(st.text("abc-", min_size=1, max_size=ID_LENGTH - 1), st.integers(0, 2_147_483_647))
def test_the_claims_of_an_edition_still_have_room_for_their_ids(rest, offset):
    stored, edited = STORED.replace(id=f"f{rest}"), EDITED.replace(id=f"f{rest}")
    assert len(f"{edition_of(edited, stored).article.id}-{offset}-99") <= ID_LENGTH
