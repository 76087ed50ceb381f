"""Documents in a notebook."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from claimtrack import Store, find_figures
from claimtrack.models import Value
from tests.report.pages import ferry, newsroom, seed


class Tags(HTMLParser):
    """The tags of a text of HTML, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert attributes == []
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


ARTICLE, (CLAIM, *_), (EVIDENCE, _) = ferry()


@pytest.mark.parametrize("value", [ARTICLE, CLAIM, EVIDENCE, seed("plane-crash.txt")[1][2].figures[0]])
def test_a_notebook_shows_every_field_that_is_set(value: Value) -> None:
    shown = Tags(value._repr_html_())
    assert shown.tags <= {"table", "tr", "th", "td", "details", "summary", "bdi"}
    for name in type(value).model_fields:
        if getattr(value, name) not in (None, (), ""):
            assert name in shown.words


def test_markup_in_a_document_is_text_in_a_notebook_too() -> None:
    planted = "<script>alert(1)</script><img src=x onerror=alert(2)>" * 20
    shown = Tags(CLAIM.replace(statement=planted)._repr_html_())
    assert "script" not in shown.tags
    assert planted in shown.words


def test_a_found_figure_shows_what_it_holds() -> None:
    (figure,) = find_figures("At least 29 people were killed.")
    shown = Tags(figure._repr_html_())
    assert shown.tags == {"table", "tr", "th", "td", "bdi"}
    for word in ("value", "29", "people", "killed", "at_least"):
        assert word in shown.words
    assert "unit" not in shown.words


def test_a_store_shows_where_it_is_and_how_much_it_holds(tmp_path: Path) -> None:
    store = newsroom(tmp_path)
    shown = Tags(store._repr_html_())
    assert str(store.folder) in shown.words
    assert f"articles4claims{store.claims().count()}evidence0speakers0" in shown.words


def test_a_stores_name_is_text_in_a_notebook(tmp_path: Path) -> None:
    assert "script" not in Tags(Store(tmp_path / "<script>")._repr_html_()).tags
