"""The page of an article, read as a program reads it: marks and cards in step, and outside text only ever text."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from claimtrack import Article, Claim, Store, extract_claims, read_article, to_html
from claimtrack.cli import main
from claimtrack.models import Anchor
from claimtrack.report.shown import marked_up, web_link
from tests.report.pages import ARTICLES, SEEDS, ferry, seed

SHARED = Path(os.environ.get("CLAIMTRACK_SHARED", "")) / "data" / "seed"
VOID = {"meta", "input", "br", "link"}


class Page(HTMLParser):
    """What a page holds: every element with its attributes, the text of the article, and tags that do not match."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[tuple[str, str]] = []
        self.wrong: list[str] = []
        self.text = ""
        self.words = ""
        self.feed(page)
        self.close()
        self.wrong += [tag for tag, _ in self.open]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.elements.append((tag, given))
        if tag not in VOID:
            self.open.append((tag, given.get("class", "")))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop()[0] != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        if ("div", "text") in self.open:
            self.text += data
        if self.open and self.open[-1][0] not in ("script", "style"):
            self.words += data

    def numbers(self, attribute: str) -> set[str]:
        """Give the claims that are marked in a role."""
        return {number for _, given in self.elements for number in given.get(attribute, "").split()}

    def having(self, name: str) -> list[dict[str, str]]:
        """Give the attributes of the elements with a class."""
        return [given for _, given in self.elements if name in given.get("class", "").split()]


def hostile_ferry(**changes: Any) -> str:
    """Give the page of the ferry article with its first claim changed."""
    article, (first, *others), evidence = ferry()
    return to_html(article, [first.replace(**changes), *others], evidence=evidence)


@pytest.mark.parametrize("name", ARTICLES)
def test_every_claim_of_a_seed_has_its_marks_and_its_card(name: str) -> None:
    article, claims = seed(name)
    assert_in_step(article, tuple(claims))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real wire article is not on this machine (CLAIMTRACK_SHARED)")
def test_every_claim_of_a_real_article_has_its_marks_and_its_card() -> None:
    for path in sorted(SHARED.iterdir()):
        article = read_article(path)
        assert_in_step(article, tuple(extract_claims(article)))


def assert_in_step(article: Article, claims: tuple[Claim, ...]) -> None:
    source = to_html(article, claims)
    page = Page(source)
    numbers = {str(number) for number in range(1, len(claims) + 1)}
    assert page.wrong == []
    assert page.text == article.text
    assert page.numbers("data-q") == numbers
    assert page.numbers("data-s") == marked(claims, "source")
    assert page.numbers("data-u") == marked(claims, "cue")
    assert [given["id"] for given in page.having("card")] == [f"c{number}" for number in range(1, len(claims) + 1)]
    assert {given["href"] for given in page.having("ref")} == {f"#c{number}" for number in numbers}
    assert {given["href"] for given in page.having("number")} == {f"#t{number}" for number in numbers}
    ids = [given["id"] for _, given in page.elements if "id" in given]
    assert len(ids) == len(set(ids))
    for claim in claims:
        assert " ".join(claim.statement.split()) in " ".join(page.words.split())
    assert len(source.encode()) < 300_000


def marked(claims: tuple[Claim, ...], part: str) -> set[str]:
    found = [claim.attribution for claim in claims]
    return {str(number) for number, one in enumerate(found, 1) if one is not None and getattr(one, part) is not None}


def test_a_content_in_two_pieces_is_marked_in_both_and_its_number_stands_once() -> None:
    article, claims, _ = ferry()
    page = Page(to_html(article, claims))
    number = next(str(n) for n, claim in enumerate(claims, 1) if claim.statement.startswith("We were promised"))
    pieces = [given for _, given in page.elements if number in given.get("data-q", "").split()]
    assert len(pieces) == 2
    assert [given["id"] for given in page.having("ref")].count(f"t{number}") == 1


def test_a_claim_inside_another_is_the_first_that_its_words_lead_to() -> None:
    article, (outer, *_), _ = ferry()
    assert outer.attribution is not None
    whole = outer.attribution.content[0]
    start = article.text.index("late on half")
    part = Anchor(start=start, end=start + 4, exact="late")
    inner = outer.replace(
        id="inner", attribution=outer.attribution.replace(content=(part,)), events=(), figures=(), relations=()
    )
    page = Page(to_html(article, [inner, outer]))
    assert whole.start < part.start < part.end < whole.end
    assert "2 1" in [given.get("data-q") for given in page.having("deep")]


def test_figures_and_dates_carry_their_normal_form() -> None:
    page = Page(to_html(*seed("plane-crash.txt")))
    figures = {given["value"] for given in page.having("figure") if "value" in given}
    dates = {given["value"] for given in page.having("date") if "value" in given}
    assert {"62 passengers, aboard", "5 crew members, aboard", "29 people, survived"} <= figures
    assert "2025-11-18" in dates


def test_a_sum_is_drawn_out() -> None:
    words = " ".join(Page(to_html(*seed("plane-crash.txt"))).words.split())
    assert "62 passengers+5 crew members=67 aboard" in words
    assert "67 aboard−29 people=38 not among the survivors" in words


def test_a_sum_that_does_not_add_up_is_a_warning_on_its_claim_and_in_the_head() -> None:
    page = Page(to_html(*ferry()[:2]))
    assert len(page.having("warning")) == 1
    assert len(page.having("warned")) == 1
    assert "60 passengers + 8 crew members = 68 aboard, but 70 people are said to be aboard" in page.words


def test_a_card_shows_what_is_known_of_its_claim() -> None:
    article, claims, evidence = ferry()
    words = " ".join(Page(to_html(article, claims, evidence=evidence)).words.split())
    for shown in (
        "mostly false", "corrected", "refutes", "Harbour log 2024", "archived copy", "nothing found", "Mostly wrong",
        "The log has 121 late days.", "History, 2 steps", "It is widely shared.", "transport",
        "Other days are counted.",
    ):  # fmt: skip
        assert shown in words
    assert "1 of 6" in words  # rated, with the number it is a part of


def test_evidence_that_is_not_given_is_shown_by_its_id() -> None:
    article, claims, _ = ferry()
    assert "harbour-log" in Page(to_html(article, claims)).words


def test_a_claim_that_is_not_in_the_text_still_has_its_card_and_says_so() -> None:
    _, (first, *_), _ = ferry()
    other = read_article(text="Nothing of this is true, the regulator said.")
    page = Page(to_html(other, [first]))
    assert page.numbers("data-q") == set()
    assert len(page.having("card")) == 1
    assert "Its words do not stand in this text where it says." in page.words


def test_an_article_without_claims_is_a_page_that_says_so() -> None:
    article = read_article(text="The quay.")
    assert "No claims were found in this article." in Page(to_html(article, [])).words


def test_only_web_addresses_become_links_and_they_tell_nobody_where_they_came_from() -> None:
    article, claims, evidence = ferry()
    page = Page(to_html(article, claims, evidence=evidence))
    links = [given for tag, given in page.elements if tag == "a" and not given["href"].startswith("#")]
    assert len(links) == 4
    for given in links:
        assert given["href"].startswith("https://")
        assert given["rel"] == "noopener noreferrer nofollow"


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>1</script>", "vbscript:x", "file:///etc/passwd",
     "http:alert(1)", "https://", "http://[bad"],
)  # fmt: skip
def test_an_address_that_is_not_of_the_web_is_no_link(url: str) -> None:
    assert web_link(url) is None


def test_markup_from_outside_is_text_wherever_it_stands() -> None:
    planted = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    source = hostile_ferry(statement=planted, tags=[planted])
    page = Page(source)
    assert page.wrong == []
    assert planted in page.words
    assert [tag for tag, _ in page.elements if tag in ("script", "img")] == ["script"]
    assert not [name for _, given in page.elements for name in given if name.startswith("on")]


def test_an_override_of_the_writing_direction_ends_where_it_stands() -> None:
    article = read_article(text="The minister\u202e said no, Captain Ann Silva said.")
    source = to_html(article, extract_claims(article, tagger="rules"))
    assert Page(source).text == article.text
    assert len(re.findall("\u202e", source)) == source.count('data-code="U+202E">\u202e</bdi>')
    assert marked_up("a\u200fb") == "a\u200fb"  # a mark of one character reorders nothing behind it


def test_the_policy_lets_only_the_page_s_own_style_and_script_in() -> None:
    source = to_html(*ferry()[:2])
    policy = next(
        given["content"] for _, given in Page(source).elements if given.get("http-equiv") == "Content-Security-Policy"
    )
    for tag in ("script", "style"):
        (body,) = re.findall(rf"<{tag}>(.*?)</{tag}>", source, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert not re.search(r'<[^>]+ style="', source)


def test_the_same_claims_give_the_same_page() -> None:
    assert to_html(*ferry()[:2]) == to_html(*ferry()[:2])


def test_ten_megabytes_of_text_make_a_page_in_time_that_grows_with_the_text() -> None:
    paragraph = "The ferry <b>sank</b> with 38 aboard, Captain Ann Silva said. \u202eAll was quiet.\n\n"

    def seconds(count: int) -> float:
        text = paragraph * count
        article = seed("plane-crash.txt")[0].replace(text=text, sha256=hashlib.sha256(text.encode()).hexdigest())
        started = time.process_time()
        page = to_html(article, ())
        took = time.process_time() - started
        assert len(page) > len(article.text)
        return took

    small, large = min(seconds(12_000) for _ in range(2)), seconds(120_000)
    assert large < 40 * small


def test_report_writes_a_page_and_says_what_is_on_it(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    result = CliRunner().invoke(main, ["report", str(SEEDS / "plane-crash.txt"), "-o", str(target)])
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert "page.html: 21 claims, " in result.stderr
    assert target.read_text("utf-8") == to_html(*seed("plane-crash.txt"))


def test_report_shows_an_article_of_a_store_with_what_was_found_about_its_claims(tmp_path: Path) -> None:
    article, claims, evidence = ferry()
    store = Store(tmp_path / "newsroom")
    for one in evidence[:1]:
        store.save(one)
    store.add(article, claims)
    result = CliRunner().invoke(main, ["report", article.id, "--store", str(tmp_path / "newsroom")])
    assert result.exit_code == 0
    assert "mostly false" in result.stdout
    assert "Harbour log 2024" in result.stdout
    assert "line-statement" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([str(SEEDS)], "seeds"),
        ([str(SEEDS / "plane-crash.txt"), "-o", str(SEEDS)], "is a folder; name a file for the page"),
        ([str(SEEDS / "plane-crash.txt"), "--at", "2025-03-04"], "--at is for the page of a store"),
        (["no-such.txt"], "no such file"),
        (["no-such-id", "--store", "nowhere"], "nowhere"),
        ([str(SEEDS / "plane-crash.txt"), "-o", "no/such/folder/page.html"], "cannot write no/such/folder/page.html"),
        (["some-id", "--store", ".", "--title", "Late"], "--title says something about a file"),
    ],
)
def test_report_says_what_was_wrong_with_its_use(arguments: list[str], said: str) -> None:
    result = CliRunner().invoke(main, ["report", *arguments])
    assert result.exit_code in (1, 2)
    assert said in result.stderr
