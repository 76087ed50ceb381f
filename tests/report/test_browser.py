"""The page in a real browser: what a reader sees, clicks and types, and what must never run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claimtrack import extract_claims, read_article, to_html
from tests.report.conftest import CHROMIUM, SIZES, Opened
from tests.report.pages import ARTICLES, ferry, seed

sync_api = pytest.importorskip("playwright.sync_api", reason="no Playwright: pip install 'claimtrack[browser]'")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: apt-get install chromium")

SHARED = Path(os.environ.get("CLAIMTRACK_SHARED", "")) / "data" / "seed"


@pytest.fixture
def crash(show: Any) -> Opened:
    opened: Opened = show(to_html(*seed("plane-crash.txt")))
    return opened


IN_STEP = """() => [...document.querySelectorAll('.card')].flatMap((card) => {
  const n = card.dataset.n;
  card.focus();
  const lit = [...document.querySelectorAll('.text .on[data-q]')].map((one) => one.dataset.q.split(' '));
  const wrong = [];
  if (!lit.length || !lit.every((own) => own.includes(n))) wrong.push('marks of ' + n);
  if (document.querySelectorAll('.card.on').length !== 1 || !card.matches('.on')) wrong.push('card ' + n);
  card.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  if (document.querySelector('.on')) wrong.push('Esc at ' + n);
  document.getElementById('t' + n).click();
  if (!card.matches('.on') || document.activeElement !== card) wrong.push('number ' + n);
  return wrong;
})"""


def articles() -> Iterator[Any]:
    yield from ARTICLES
    if SHARED.is_dir():
        yield from sorted(SHARED.iterdir())


@pytest.mark.parametrize("name", tuple(articles()), ids=lambda name: Path(name).stem)
def test_marks_and_cards_are_in_step_for_every_claim_and_nothing_is_said_or_asked(show: Any, name: str | Path) -> None:
    if isinstance(name, Path):
        article = read_article(name)
        claims = extract_claims(article)
    else:
        article, claims = seed(name)
    opened = show(to_html(article, claims))
    assert opened.page.evaluate("document.querySelector('.text').textContent") == article.text
    assert opened.page.locator(".card").count() == len(claims)
    assert opened.page.evaluate(IN_STEP) == []
    assert opened.said == []
    assert [url for url in opened.asked if not url.startswith("file:")] == []


def test_a_click_in_the_text_chooses_its_claim_and_shows_the_card(crash: Opened) -> None:
    crash.page.get_by_text("that the number of dead, now put at ", exact=True).click()
    assert crash.page.locator(".card.on h3").inner_text() == "Doctors"
    assert " ".join(crash.lit()).startswith("that the number of dead")
    assert crash.page.locator(".card.on").bounding_box()["y"] < SIZES["desk"]["height"]  # type: ignore[index]


def test_a_click_on_a_source_that_two_claims_share_goes_from_one_to_the_other(crash: Opened) -> None:
    source = crash.page.locator(".text [data-s]").filter(has_text="Velmar's Emergencies Ministry").first
    source.click()
    first = crash.chosen()
    source.click()
    assert {first, crash.chosen()} == set(str(source.get_attribute("data-s")).split())


def test_the_keyboard_walks_through_the_claims(crash: Opened) -> None:
    keys = crash.page.keyboard
    walked = []
    for key in ("j", "j", "ArrowDown", "k", "ArrowUp"):
        keys.press(key)
        walked.append(crash.chosen())
    assert walked == ["1", "2", "3", "2", "1"]
    keys.press("Enter")
    assert crash.page.evaluate("document.activeElement.id") == "t1"
    keys.press("Enter")
    assert crash.page.evaluate("document.activeElement.id") == "c1"
    keys.press("Escape")
    assert crash.chosen() is None
    keys.press("?")
    assert crash.page.locator("#keys").is_visible()
    keys.press("Escape")
    assert not crash.page.locator("#keys").is_visible()


def test_letter_keys_can_be_turned_off(crash: Opened) -> None:
    crash.page.locator("#help").click()
    crash.page.locator("#letters").uncheck()
    crash.page.locator("#shut").click()
    crash.page.evaluate("document.activeElement.blur()")
    crash.page.keyboard.press("j")
    assert crash.chosen() is None


def test_the_focus_can_be_seen_wherever_it_goes(crash: Opened) -> None:
    seen = set()
    for _ in range(60):
        crash.page.keyboard.press("Tab")
        outline, tag = crash.page.evaluate(
            "[getComputedStyle(document.activeElement).outlineStyle, document.activeElement.tagName]"
        )
        if tag != "BODY":
            assert outline != "none", tag
            seen.add(tag)
    assert {"A", "DATA", "SELECT", "INPUT", "BUTTON"} <= seen


def test_filters_leave_the_claims_that_fit_all_of_them(crash: Opened) -> None:
    def shown() -> list[str]:
        return crash.page.locator(".card:visible h3").all_inner_texts()

    page, every = crash.page, len(shown())
    page.get_by_label("Speaker").select_option("Milena Toreva")
    of_toreva = shown()
    assert set(of_toreva) == {"Milena Toreva"}
    page.get_by_label("with figures").check()
    assert 0 < len(shown()) < len(of_toreva)
    assert page.locator("#count").inner_text() == f"{len(shown())} of {every}"
    page.get_by_label("Kind").select_option("narration")
    assert shown() == []
    assert page.locator("#count").inner_text() == f"0 of {every}"
    page.get_by_role("button", name="Show all").click()
    sync_api.expect(page.locator(".card:visible")).to_have_count(every)
    page.get_by_label("Kind").select_option("narration")
    assert set(page.locator(".card:visible").evaluate_all("all => all.map(one => one.dataset.kind)")) == {"narration"}


def test_the_verdict_filter_tells_rated_from_not_rated(show: Any) -> None:
    opened = show(to_html(*ferry()[:2]))
    opened.page.get_by_label("Verdict").select_option("not rated")
    assert opened.page.locator(".card:visible").count() == 5
    opened.page.get_by_label("Verdict").select_option("mostly false")
    assert opened.page.locator(".card:visible .verdict").inner_text().endswith("mostly false")


def test_a_figure_tells_its_normal_form_on_hover_and_on_focus_and_esc_hides_it(crash: Opened) -> None:
    figure, tip = crash.page.locator("data.figure", has_text="five").first, crash.page.locator("#tip")
    figure.hover()
    assert tip.inner_text() == "5 crew members, aboard"
    crash.page.keyboard.press("Escape")
    assert not tip.is_visible()
    figure.focus()
    assert tip.is_visible()
    box = tip.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0


def test_on_a_phone_nothing_runs_over_the_edge_and_a_mark_opens_its_card_as_a_sheet(show: Any) -> None:
    opened = show(to_html(*seed("plane-crash.txt")), viewport=SIZES["phone"], has_touch=True, is_mobile=True)
    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    opened.page.get_by_text("There was no sign of an explosion").first.tap()
    box = opened.page.locator(".card.on").bounding_box()
    assert box["y"] + box["height"] == pytest.approx(SIZES["phone"]["height"], abs=1)
    opened.page.get_by_role("button", name="Close").tap()
    assert opened.chosen() is None


def test_without_scripts_the_page_still_leads_from_mark_to_card(show: Any) -> None:
    opened = show(to_html(*seed("plane-crash.txt")), java_script_enabled=False)
    assert not opened.page.locator("#filters").is_visible()
    opened.page.get_by_label("Claim 3", exact=True).click()
    assert opened.page.url.endswith("#c3")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_against_wcag_2_2_aa(show: Any, scheme: str, size: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install 'claimtrack[browser]'")
    article, claims, evidence = ferry()
    pages = {"at rest": to_html(article, claims, evidence=evidence), "chosen": to_html(*seed("plane-crash.txt"))}
    for state, html in pages.items():
        # axe is put into the page from outside, so for this test alone the policy is set aside.
        opened = show(html, bypass_csp=True, color_scheme=scheme, viewport=SIZES[size])
        for _ in range(3 if state == "chosen" else 0):
            opened.page.keyboard.press("j")
        rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        results = axe.Axe().run(opened.page, options={"runOnly": rules}).response
        found = [(one["id"], one["impact"], one["nodes"][0]["html"]) for one in results["violations"]]
        assert found == []
        assert len(results["passes"]) > 20


PLANTS = (
    "<script>{}</script>",
    "</script><script>{}</script>",
    '"><script>{}</script>',
    "'><script>{}</script>",
    "--><script>{}</script>",
    "</title><script>{}</script>",
    "</style><script>{}</script>",
    "<svg><script>{}</script></svg>",
    "<script src='data:text/javascript,{}'></script>",
    "<script type=module>{}</script>",
    "<img src=x onerror={}>",
    "<svg onload={}></svg>",
    "<svg/onload={}>",
    "<body onload={}>",
    "<iframe src=javascript:{}></iframe>",
    "<iframe srcdoc='<script>{}</script>'></iframe>",
    "<iframe onload={}></iframe>",
    "<object data=javascript:{}></object>",
    "<embed src=javascript:{}>",
    "<details open ontoggle={}>x</details>",
    "<input autofocus onfocus={}>",
    "<video src=x onerror={}></video>",
    "<style onload={}>b {{}}</style>",
    "<link rel=stylesheet href=data:text/css, onload={}>",
    "<meta http-equiv=refresh content='0;url=javascript:{}'>",
)


def test_fifty_planted_scripts_do_not_run(show: Any) -> None:
    """Half come in the text of an article and a claim; half stand raw in the finished page, for the policy alone."""
    article, (first, *others), evidence = ferry()
    planted = " ".join(plant.format("top.ran=1") for plant in PLANTS)
    text = f"The line {planted} is late, regulator Ines Falk said. {planted}"
    hostile = read_article(text=text, title=planted[:2000], publisher=planted[:2000])
    claim = first.replace(statement=planted, tags=[planted[:2000]])
    opened = show(to_html(hostile, [*extract_claims(hostile, tagger="rules"), claim, *others], evidence=evidence))
    assert opened.page.evaluate("document.querySelector('.text').textContent") == hostile.text
    assert opened.page.evaluate("document.scripts.length") == 1
    assert opened.said == []

    page = to_html(article, [first])
    bare = page.replace("http-equiv", "data-no")
    ran = {}
    for name, html in (("with the policy", page), ("without", bare)):
        ran[name] = 0
        for plant in PLANTS:
            opened.open(html.replace("<main>", f"<main>{plant.format('top.ran=1')}"))
            ran[name] += opened.page.evaluate("window.ran === 1")
    assert ran["without"] > 12  # the plants are live: without the policy most of them run
    assert ran["with the policy"] == 0
