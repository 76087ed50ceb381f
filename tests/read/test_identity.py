"""Article ids, publishers out of host names, and dates."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.models import Article, validate_document
from claimtrack.read import read_article
from claimtrack.read.identity import MAX_ID, article_id, publisher_from_url
from claimtrack.read.moment import to_moment


@pytest.mark.parametrize(
    ("url", "publisher"),
    [
        ("https://www.bbc.co.uk/news/1", "bbc"),
        ("https://sputnikglobe.com/1", "sputnikglobe"),
        ("https://NEWS.Marlpost.example:8080/", "marlpost"),
        ("https://www.abc.net.au", "abc"),
        ("https://co.uk/", "co"),
        ("https://harbourwatch.substack.com/p/1", "harbourwatch"),
        ("https://xn--caf-dma.example/", "café"),
        ("https://127.0.0.1/news", None),
        ("https://[::1]/news", None),
        ("https://[::1/news", None),
        ("http://localhost/news", None),
        ("file:///home/news.html", None),
        ("urn:newsml:1", None),
        (None, None),
    ],
)
def test_a_host_gives_the_name_that_its_owner_chose(url: str | None, publisher: str | None) -> None:
    assert publisher_from_url(url) == publisher


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"published": "2025-03-14T23:00:00Z", "title": "Ferry sinks off Marl"}, "2025-03-14-ferry-sinks-off"),
        ({"publisher": "The Café Post", "title": "£48.6m for quay"}, "undated-the-cafe-post-48-6m-for-quay"),
        ({"title": "Council’s 2,300 — ‘unread’ letters"}, "undated-councils-2300-unread"),
        ({"title": "Самолет разбился"}, "undated-de1d7fb4"),
        ({}, "undated-de1d7fb4"),
    ],
)
def test_an_id_leaves_out_what_is_missing(values: dict[str, str], expected: str) -> None:
    known = {"title": None, "url": None, "publisher": None, "published": None}
    assert article_id(text="The ferry sank.", **{**known, **values}) == expected


lines = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200)


@given(title=lines, publisher=lines)
@settings(max_examples=60, deadline=None)
def test_any_title_and_publisher_give_a_valid_id(title: str, publisher: str) -> None:
    known = {"text": "The ferry sank.", "url": None, "published": "2025-03-14"}
    name = article_id(title=title, publisher=publisher, **known)
    article = read_article(text="The ferry sank.").replace(id=name)
    assert isinstance(article, Article)
    assert validate_document(article) == ()
    assert len(name) <= MAX_ID
    assert "--" not in name
    assert not name.endswith("-")


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2025-03-14", "2025-03-14"),
        (" 2025-03-14T09:15 ", "2025-03-14"),
        ("2025-03-14T09:15:00Z", "2025-03-14T09:15:00+00:00"),
        ("2025-03-14 09:15:30.25 +0100", "2025-03-14T09:15:30.250000+01:00"),
        ("2025-03-14t09:15:00.123456789z", "2025-03-14T09:15:00.123456+00:00"),
        ("2025-03-14T25:15:00Z", None),
        ("2025-03-14T25:15:00", None),
        ("2025-W11-5", None),
        ("20250314", None),
        ("٢٠٢٥-03-14", None),
        ("2025-03-14T09:15:00+99:00", None),
        ("0000-01-01", None),
    ],
)
def test_a_date_is_a_day_or_a_time_with_offset(written: str, moment: str | None) -> None:
    assert to_moment(written) == moment
