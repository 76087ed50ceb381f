"""The page of a store in a real browser: its list turned and filtered, its charts seen, and what must never run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from claimtrack import Claim, Store, extract_claims, load_document, read_article, to_html
from claimtrack.models import Article
from claimtrack.report.store_page import Contents, store_page
from tests.report.conftest import CHROMIUM, SIZES, Opened
from tests.report.pages import AT, newsroom
from tests.report.test_browser import PLANTS

sync_api = pytest.importorskip("playwright.sync_api", reason="no Playwright: pip install 'claimtrack[browser]'")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: apt-get install chromium")


@pytest.fixture
def desk(show: Any, tmp_path: Path) -> Opened:
    opened: Opened = show(to_html(newsroom(tmp_path), at=AT))
    return opened


@pytest.fixture(scope="module")
def many() -> Contents:
    """Give 10,000 claims, which no store is needed for."""
    article = read_article(text="The pilots said nothing.", title="What the pilots said", published="2025-11-18")
    claims = []
    for number in range(10_000):
        value = {
            "format": "claimtrack.claim/1",
            "id": f"pilots-{number}",
            "kind": "direct" if number % 2 else "indirect",
            "statement": f"Gate {number} was shut",
            "speakers": [{"name": f"Pilot {number % 700}", "kind": "person"}],
            "article_id": article.id,
        }
        claim = load_document(value)
        assert isinstance(claim, Claim)
        claims.append(claim)
    return Contents(name="pilots", articles={article.id: article}, claims=tuple(claims), findings=())


def test_nothing_is_said_or_asked_and_every_claim_is_in_the_list(desk: Opened, tmp_path: Path) -> None:
    statements = [" ".join(claim.statement.split()) for claim in Store(tmp_path / "newsroom").claims()]
    shown = desk.page.locator(".row .statement").all_inner_texts()
    assert [one.strip("“”") for one in shown] == statements
    assert desk.said == []
    assert [url for url in desk.asked if not url.startswith("file:")] == []


def test_filters_leave_the_claims_that_fit_all_of_them(desk: Opened) -> None:
    page, rows = desk.page, desk.page.locator(".row")
    every = rows.count()
    page.get_by_role("combobox", name="Verdict").select_option("rated")
    sync_api.expect(rows).to_have_count(2)
    page.get_by_role("combobox", name="Verdict").select_option("false")
    sync_api.expect(rows).to_have_count(1)
    page.get_by_role("button", name="Show all").click()
    sync_api.expect(rows).to_have_count(every)
    page.get_by_role("checkbox", name="overdue").check()
    sync_api.expect(rows).to_have_count(1)
    assert rows.locator(".waits").inner_text() == "next: research, due 2025-11-25 – overdue"
    page.get_by_role("button", name="Show all").click()
    page.get_by_role("combobox", name="Speaker").fill("toreva")
    page.get_by_role("searchbox", name="Words").fill("KILLED 36")
    sync_api.expect(rows).to_have_count(1)
    assert page.locator("#count").inner_text() == f"1 of {every}"
    page.get_by_role("searchbox", name="Words").fill("no such words")
    sync_api.expect(page.locator("#none")).to_be_visible()


def test_a_chart_shows_each_report_with_its_bounds_and_the_disputed_ones_crossed(desk: Opened) -> None:
    chart = desk.page.locator("main article .chart")
    assert chart.locator(".told").count() == 2
    assert chart.locator(".disputed").count() == 2
    widths = [box["width"] for one in chart.locator("rect.bound").all() if (box := one.bounding_box())]
    assert len(widths) == 2
    assert min(widths) > 20
    assert desk.page.evaluate("getComputedStyle(document.querySelector('.disputed')).stroke") == "rgb(163, 22, 33)"


def test_ten_thousand_claims_are_turned_page_by_page(show: Any, many: Contents) -> None:
    page = show(store_page(many, at=AT)).page
    assert page.locator(".row").count() == 100
    assert page.locator("#where").inner_text() == "1–100 of 10,000"
    assert page.locator("#before").is_disabled()
    page.get_by_role("button", name="Next").click()
    assert page.locator(".row .statement").first.inner_text() == "Gate 100 was shut"
    page.get_by_role("button", name="Last").click()
    assert page.locator(".row .statement").last.inner_text() == "“Gate 9999 was shut”"
    assert page.locator("#next").is_disabled()
    page.get_by_role("searchbox", name="Words").fill("gate PILOTS-777 ")
    sync_api.expect(page.locator("#count")).to_have_text("11 of 10,000")
    assert not page.locator("#turn").is_visible()


def test_ten_thousand_claims_are_painted_within_two_seconds_and_no_task_freezes_the_page(
    show: Any, many: Contents
) -> None:
    opened = show("<p>nothing yet")
    opened.context.add_init_script(
        "window.tasks = []; new PerformanceObserver((list) => window.tasks.push(...list.getEntries()"
        ".map((one) => one.duration))).observe({ type: 'longtask', buffered: true })"
    )
    opened.open(store_page(many, at=AT))
    page = opened.page
    page.wait_for_timeout(500)
    assert page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime") < 2000
    page.evaluate("tasks.splice(0)")
    for _ in range(20):
        page.mouse.wheel(0, 800)
        page.wait_for_timeout(20)
    page.get_by_role("button", name="Next").click()
    page.get_by_role("searchbox", name="Words").fill("gate pilots-9")
    sync_api.expect(page.locator("#count")).to_have_text("1,111 of 10,000")
    assert max([0, *page.evaluate("tasks")]) < 500


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_against_wcag_2_2_aa(show: Any, tmp_path: Path, scheme: str, size: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install 'claimtrack[browser]'")
    # axe is put into the page from outside, so for this test alone the policy is set aside.
    opened = show(to_html(newsroom(tmp_path), at=AT), bypass_csp=True, color_scheme=scheme, viewport=SIZES[size])
    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    results = axe.Axe().run(opened.page, options={"runOnly": rules}).response
    found = [(one["id"], one["impact"], one["nodes"][0]["html"]) for one in results["violations"]]
    assert found == []
    assert len(results["passes"]) > 20


def test_without_scripts_counts_charts_and_tables_are_there(show: Any, tmp_path: Path) -> None:
    opened = show(to_html(newsroom(tmp_path), at=AT), java_script_enabled=False)
    assert opened.page.get_by_text("needs the page’s script").is_visible()
    assert opened.page.locator(".chart").count() == 3
    assert not opened.page.locator("#filters").is_visible()


def hostile(planted: str) -> Contents:
    """Give what a store holds where every text that comes from outside is planted."""
    said = f"The line {planted} lost 12 people near Dorno, Northwind Air said."
    articles: dict[str, Article] = {}
    claims: list[Claim] = []
    for day in ("2025-11-18", "2025-11-19"):
        one = read_article(text=said, title=planted[:2000], publisher=planted[:2000], published=day)
        articles[one.id] = one
        text = f"Northwind Air said 12 people were killed near Dorno {day}."
        extracted = extract_claims(read_article(text=text, title=day, published=day), tagger="rules")
        for claim in extracted:
            speaker = claim.speakers[0].replace(name=planted[:2000], role=planted[:2000])
            own = f"{one.id}-{len(claims)}"
            claims.append(
                claim.replace(id=own, article_id=one.id, speakers=[speaker], statement=claim.statement + planted)
            )
    return Contents(name=planted, articles=articles, claims=tuple(claims), findings=())


def test_fifty_planted_scripts_do_not_run(show: Any) -> None:
    """Half come in the texts of a store; half stand raw in the finished page, for the policy alone."""
    planted = " ".join(plant.format("top.ran=1") for plant in PLANTS)
    opened = show(store_page(hostile(planted), at=AT))
    assert opened.page.evaluate("document.scripts.length") == 2
    assert opened.page.evaluate("window.ran") is None
    assert "<script>top.ran=1</script>" in opened.page.locator(".row .statement").first.inner_text()
    assert opened.said == []

    page = store_page(hostile("quietly"), at=AT)
    bare = page.replace("http-equiv", "data-no")
    ran = {}
    for name, html in (("with the policy", page), ("without", bare)):
        ran[name] = 0
        for plant in PLANTS:
            opened.open(html.replace("<main>", f"<main>{plant.format('top.ran=1')}"))
            ran[name] += opened.page.evaluate("window.ran === 1")
    assert ran["without"] > 12  # the plants are live: without the policy most of them run
    assert ran["with the policy"] == 0


def test_a_name_that_turns_the_writing_direction_is_shown_by_its_code_and_no_link_leads_to_code(show: Any) -> None:
    article = read_article(text="Nothing.", title="T\u202ext", url="https://coast.example/1", published="2025-11-18")
    value = {
        "format": "claimtrack.claim/1",
        "id": "one-1",
        "kind": "indirect",
        "statement": "it is \u202eeurt",
        "article_id": article.id,
    }
    claim = load_document(value)
    assert isinstance(claim, Claim)
    bad = article.replace(url="javascript:alert(1)")
    opened = show(store_page(Contents(name="s", articles={article.id: bad}, claims=(claim,), findings=()), at=AT))
    assert opened.page.locator(".row .statement .control").get_attribute("data-code") == "U+202E"
    assert opened.page.locator(".row a").count() == 0
    assert not re.search("javascript:", opened.page.content())
