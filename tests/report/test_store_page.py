"""The page of a store, read as a program reads it: counts with what they are out of, and figures over articles."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from claimtrack import Claim, Store, extract_claims, read_article, to_html
from claimtrack.cli import main
from claimtrack.errors import FilterError
from claimtrack.models import Article
from claimtrack.report.charts import bars, reported
from claimtrack.report.tallies import count_speakers, count_verdicts
from claimtrack.report.timelines import find_timelines
from tests.report.pages import AT, CRASH, newsroom


def told(page: str) -> str:
    """Give the words of a page as a reader sees them."""
    words = re.sub(r"<(style|script|template)[^>]*>.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", words).split())


def data(page: str) -> Any:
    """Give what the list of a page is made of."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def crash_reports(*reports: tuple[str, str]) -> tuple[list[Claim], list[Article]]:
    """Give the claims and articles of reports, each a day and a text."""
    articles = [
        read_article(text=text, title=f"Report {number}", publisher="Coast Radio", published=day)
        for number, (day, text) in enumerate(reports)
    ]
    return [claim for one in articles for claim in extract_claims(one, tagger="rules")], articles


def test_every_count_stands_with_what_it_is_out_of(tmp_path: Path) -> None:
    store = newsroom(tmp_path)
    claims = store.claims().count()
    words = told(to_html(store, at=AT))
    assert f"rated 2 of {claims}" in words
    assert f"published 0 of {claims}" in words
    assert f"waiting {claims} of {claims}" in words
    assert f"⚠ 1 of {claims}" in words
    assert f"2 of {claims} claims are rated" in words


def test_what_is_not_rated_is_in_no_verdicts_share(tmp_path: Path) -> None:
    page = to_html(newsroom(tmp_path), at=AT)
    rows = re.findall(r"<tr>.*?</tr>", page, re.DOTALL)
    shares = {name: told(row) for row in rows for name in ("true", "false", "not rated") if f"</span>{name}<" in row}
    assert shares["true"].endswith("1 50%")
    assert shares["false"].endswith("1 50%")
    assert shares["not rated"].endswith("–")


def test_a_store_where_nothing_is_rated_says_that_this_says_nothing(tmp_path: Path) -> None:
    store = newsroom(tmp_path, worked_on=False)
    words = told(to_html(store, at=AT))
    assert f"None of the {store.claims().count()} claims is rated yet." in words
    assert "%" not in words


def test_an_empty_store_has_a_page_too(tmp_path: Path) -> None:
    page = to_html(Store(tmp_path / "empty"), at=AT)
    assert "Nothing waits." in page
    assert data(page)["claims"] == []


def test_speakers_are_counted_by_how_their_claims_stand(tmp_path: Path) -> None:
    claims = tuple(newsroom(tmp_path).claims())
    for one in count_speakers(claims):
        assert one.claims == sum(one.stands.values())
        assert one.rated == one.claims - one.stands["none"]
    assert sum(one.rated for one in count_speakers(claims)) == sum(one.count for one in count_verdicts(claims)) == 2


def test_overdue_is_told_by_the_moment_that_is_asked_about(tmp_path: Path) -> None:
    store = newsroom(tmp_path)
    assert "Nothing is overdue." in to_html(store, at="2025-11-25T23:00:00Z")
    late = to_html(store, at="2025-11-26T00:30:00Z")
    assert "Overdue the longest" in late
    assert [row[10] for row in data(late)["claims"]].count(1) == 1


@pytest.mark.parametrize("at", ["tomorrow", "2025-11-28T10:00:00", ""])
def test_a_moment_that_is_none_is_refused(tmp_path: Path, at: str) -> None:
    with pytest.raises(FilterError, match="is no time"):
        to_html(newsroom(tmp_path), at=at)


def test_one_toll_over_four_articles_is_one_timeline_with_its_contradiction() -> None:
    claims, articles = crash_reports(*((day, text) for day, _, text in CRASH))
    (toll,) = find_timelines(claims, articles)
    assert toll.role == "killed"
    assert toll.articles == 4
    assert [(one.day, one.told) for one in toll.reports] == [
        ("2025-11-18", "at least 29 people"),
        ("2025-11-19", "38 people"),
        ("2025-11-19", "about 40 people"),
        ("2025-11-20", "36 people"),
    ]
    at_least, _, about, _ = toll.reports
    assert at_least.high is None
    assert (about.low, about.high) == (36, 44)
    assert [one.contradicts for one in toll.reports] == [(), (4,), (), (2,)]
    assert toll.contradictions == 1


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        (("2025-11-19", "Northwind Air said 31 people were killed near Dorno."), "a toll that grows"),
        (("2025-11-19", "Northwind Air said about 30 people were killed near Dorno."), "within what the words allow"),
    ],
)
def test_what_is_no_contradiction_is_not_marked_as_one(second: tuple[str, str], reason: str) -> None:
    first = ("2025-11-18", "Northwind Air said 29 people were killed near Dorno.")
    (toll,) = find_timelines(*crash_reports(first, second))
    assert toll.contradictions == 0, reason


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        (("2025-11-19", "Northwind Air said 29 people were killed near Velmar."), "another place"),
        (("2025-11-19", "Northwind Air said 29 people were injured near Dorno."), "another role"),
        (("2026-03-19", "Northwind Air said 29 people were killed near Dorno."), "months later"),
        (("2025-11-19", "Sund Ferries said 29 people were killed."), "no name in common"),
    ],
)
def test_figures_of_other_things_are_no_timeline(second: tuple[str, str], reason: str) -> None:
    first = ("2025-11-18", "Northwind Air said 29 people were killed near Dorno.")
    assert find_timelines(*crash_reports(first, second)) == (), reason


def test_a_figure_that_one_article_alone_reports_is_no_timeline() -> None:
    text = "Northwind Air said 29 people were killed near Dorno. Police said 30 people were killed near Dorno."
    assert find_timelines(*crash_reports(("2025-11-18", text))) == ()


def test_a_number_too_large_to_draw_is_in_the_table_and_not_in_a_chart() -> None:
    huge = "9" * 40
    first = ("2025-11-18", f"Northwind Air said {huge} people were killed near Dorno.")
    (toll,) = find_timelines(
        *crash_reports(first, ("2025-11-19", "Northwind Air said 12 people were killed near Dorno."))
    )
    assert reported(toll.reports, label="Killed") == ""


def test_a_chart_has_no_style_and_no_script_and_its_names_are_text() -> None:
    drawn = bars([("<script>alert(1)</script>", {"holds": 2}), ("a\u202eb", {"none": 0})], label='"><script>')
    assert "<script" not in drawn
    assert "style" not in drawn
    assert "\u202e" not in drawn
    assert drawn.count('class="holds"') == 1


def test_names_that_are_cut_alike_keep_a_bar_each() -> None:
    long = "The Association of Harbour Pilots and Masters"
    drawn = bars([(f"{long} A", {"holds": 1}), (f"{long} B", {"fails": 2})], label="Speakers")
    assert (drawn.count('class="holds"'), drawn.count('class="fails"')) == (1, 1)


def test_the_same_store_gives_the_same_page(tmp_path: Path) -> None:
    store = newsroom(tmp_path)
    assert to_html(store, at=AT) == to_html(store, at=AT)


def test_a_file_that_is_no_document_is_told_on_the_page_and_by_the_exit_code(tmp_path: Path) -> None:
    store = newsroom(tmp_path)
    next(store.folder.glob("claims/*/*/*.json")).write_text("{", encoding="utf-8")
    result = CliRunner().invoke(main, ["report", str(store.folder), "--at", AT, "-o", str(tmp_path / "page.html")])
    assert result.exit_code == 1
    assert "Not counted: 1 finding on files" in told((tmp_path / "page.html").read_text(encoding="utf-8"))


def test_a_folder_takes_a_page_for_each_article_and_the_list_leads_to_its_card(tmp_path: Path) -> None:
    store = newsroom(tmp_path)
    result = CliRunner().invoke(main, ["report", str(store.folder), "--at", AT, "-o", str(tmp_path / "pages") + "/"])
    assert result.exit_code == 0, result.output
    shown = data((tmp_path / "pages" / "index.html").read_text(encoding="utf-8"))
    assert len(shown["articles"]) == 4
    for claim in shown["claims"]:
        *_, place, number = claim
        page = (tmp_path / "pages" / shown["articles"][place][3]).read_text(encoding="utf-8")
        card = page.split(f'id="c{number}"')[1].split("</li>")[0]
        assert claim[2].strip("“”") in told(card)


def test_a_folder_that_is_no_store_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["report", str(tmp_path)])
    assert result.exit_code == 1
    assert str(tmp_path) in result.stderr
