"""Documents in a notebook."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from claimtrack.models import Value
from tests.report.pages import ferry, seed


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
