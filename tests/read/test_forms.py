"""The five forms of input, each read from an example."""

import datetime
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.errors import DocumentError, MissingExtraError, ReadError
from claimtrack.models import Claim, validate_document
from claimtrack.read import read_article

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
SHARED = Path(os.environ.get("CLAIMTRACK_SHARED", ROOT.parent / "shared"))
WIRE = "date 2025-03-14 https://www.northpost.example/ferry\n\nFerry sinks off Marl - Minister\n\nNobody was hurt.\n"
PAGE = """<!doctype html>
<html lang="en_GB"><head><title>Ferry sinks off Marl | North Post</title>{head}</head>
<body><nav><a href="/">Home</a><a href="/sport">Sport</a></nav><article><h1>Ferry sinks off Marl</h1>{body}</article>
<script>var teaser = "Readers said this was never printed.";</script><footer>All rights reserved.</footer>
</body></html>"""


ARTICLES = sorted(set(SEEDS.glob("*.*")) - {SEEDS / "README.md"} - set(SEEDS.glob("*.claims.json")))


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_every_seed_is_a_valid_article_whose_text_starts_with_its_title(path: Path) -> None:
    article = read_article(path)
    assert validate_document(article) == ()
    assert article.title is not None
    assert article.text.startswith(article.title)
    assert article.text == article.text.strip()


class TestWire:
    def test_date_url_and_title_come_from_the_first_lines(self) -> None:
        article = read_article(text=WIRE)
        assert (article.published, article.url) == ("2025-03-14", "https://www.northpost.example/ferry")
        assert article.title == "Ferry sinks off Marl - Minister"
        assert article.read.form == "wire"

    def test_the_host_names_the_publisher_and_that_is_marked_as_a_guess(self) -> None:
        article = read_article(text=WIRE)
        assert article.publisher == "northpost"
        assert article.read.guessed == ("publisher: the name in the URL's host",)

    def test_the_text_is_one_slice_from_the_title_on(self) -> None:
        for input_ in (WIRE, " \r\n" + WIRE.replace("\n", "\r\n"), WIRE.replace("\n", "\r")):
            article = read_article(text=input_)
            assert article.text in input_
            assert article.text.startswith("Ferry sinks")
            assert article.text.endswith("hurt.")

    def test_the_url_may_be_missing(self) -> None:
        article = read_article(text="date 2025-03-14\nFerry sinks\nNobody was hurt.")
        assert (article.id, article.publisher) == ("2025-03-14-ferry-sinks", None)

    @pytest.mark.parametrize(
        ("head", "message"),
        [
            ("\n date 2025-02-30 https://post.example", "line 2: 2025-02-30 is no date"),
            ("date 2025-2-3", "line 1: 2025-2-3 is no date"),
            ("date 2025-03-14 post.example/ferry", "line 1: 'post.example/ferry' is no absolute URL"),
        ],
    )
    def test_a_wrong_first_line_is_refused_with_its_number(self, head: str, message: str) -> None:
        with pytest.raises(ReadError, match=message):
            read_article(text=f"{head}\n\nFerry sinks\n\nNobody was hurt.")

    def test_a_date_without_an_article_is_refused(self) -> None:
        with pytest.raises(ReadError, match="nothing stands after the date in line 1"):
            read_article(text="date 2025-03-14 https://post.example/1\n\n")

    def test_a_sentence_that_begins_with_date_is_plain_text(self) -> None:
        assert read_article(text="date 2025-03-14 was chosen for the vote.").read.form == "text"

    def test_a_first_line_too_long_for_a_title_is_only_text(self) -> None:
        article = read_article(text="date 2025-03-14\n" + "Nobody was hurt. " * 150)
        assert article.title is None
        assert article.text.startswith("Nobody")

    def test_the_shared_wire_text_is_read(self) -> None:
        paths = sorted(SHARED.glob("data/seed/*.txt"))
        if not paths:
            pytest.skip("needs the shared data folder: set CLAIMTRACK_SHARED")
        article = read_article(paths[0])
        assert article.id == "2025-10-09-sputnikglobe-interests-of-russia"
        assert article.text in paths[0].read_bytes().decode()


class TestPlainText:
    @pytest.mark.parametrize(
        "text",
        [
            "Who pays for the quay?\n\nThe council will decide on Thursday.",
            "Ferry sinks off Marl\nNobody was hurt when the ferry went down in calm water, the coast guard said.",
            "Storm reaches the U.S.\n\nTwo people were hurt.",
            "“We are ready” - Mayor\r\n\r\nThe mayor said so on Monday.",
        ],
    )
    def test_a_short_first_line_that_stands_apart_is_the_title(self, text: str) -> None:
        article = read_article(text=text)
        assert article.title == text.splitlines()[0]
        assert article.text == text
        assert article.read.guessed == ("title: the first line",)

    @pytest.mark.parametrize(
        "text",
        [
            "Nobody was hurt.\n\nThe ferry sank on Monday.",
            "The ferry that sank off Marl on Monday had been\nchecked a week before, the coast guard said.",
            "“We were told on Monday\n\nand we left on Tuesday,” she said.",
            "Nobody was hurt when the ferry sank",
            "word " * 50 + "\n\nThe ferry sank.",
            "She warned of delays:\n\nTwo cranes were locked.",
        ],
    )
    def test_a_first_line_of_the_body_is_no_title(self, text: str) -> None:
        article = read_article(text=text)
        assert article.title is None
        assert article.text == text.strip()

    def test_a_title_given_by_keyword_leaves_the_text_alone(self) -> None:
        article = read_article(text="Ferry sinks\n\nNobody was hurt.", title="Ferry lost off\n Marl")
        assert (article.title, article.text) == ("Ferry lost off Marl", "Ferry sinks\n\nNobody was hurt.")
        assert article.read.guessed == ()

    @given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=60))
    @settings(max_examples=60, deadline=None)
    def test_any_words_after_a_wire_head_are_kept_as_they_stand(self, words: str) -> None:
        body = f"Ferry sinks\n\n{words} Nobody was hurt."
        assert read_article(text=f"date 2025-03-14\n{body}\n\n").text == body


class TestMarkdown:
    MATTER = "---\ntitle: Ferry sinks\ndate: 2025-03-14 09:00\nauthors: [Lena Varga, Tom Brandl]\nlang: no\n---\n"

    def test_front_matter_fills_the_fields_as_written(self) -> None:
        article = read_article(text=self.MATTER + "\nNobody was *hurt*.\n")
        assert (article.title, article.published) == ("Ferry sinks", "2025-03-14")
        assert (article.authors, article.language) == (("Lena Varga", "Tom Brandl"), "no")
        assert article.text == "Ferry sinks\n\nNobody was *hurt*."

    def test_a_heading_that_is_the_title_starts_the_text_without_its_mark(self) -> None:
        for head in ("", self.MATTER):
            article = read_article(text=head + "# Ferry sinks\n\nNobody was **hurt**.\n")
            assert article.read.form == "markdown"
            assert (article.title, article.text) == ("Ferry sinks", "Ferry sinks\n\nNobody was **hurt**.")

    def test_another_heading_stays_in_the_body(self) -> None:
        article = read_article(text=self.MATTER + "# The night at sea\n\nNobody was hurt.")
        assert article.text == "Ferry sinks\n\n# The night at sea\n\nNobody was hurt."

    def test_a_file_may_have_no_title_and_windows_line_ends(self, tmp_path: Path) -> None:
        path = tmp_path / "ferry.md"
        path.write_bytes(b"---\r\ndate: 2025-03-14\r\npublisher: ~\r\n---\r\nNobody was\r\nhurt.\r\n")
        article = read_article(path)
        assert (article.title, article.published, article.publisher) == (None, "2025-03-14", None)
        assert article.text == "Nobody was\r\nhurt."

    def test_a_line_of_hyphens_is_not_front_matter(self) -> None:
        assert read_article(text="---\nThe ferry sank.\n---\nNobody was hurt.").text.startswith("---")

    @pytest.mark.parametrize(
        ("matter", "message"),
        [
            ("title: Ferry sinks: nobody hurt", "line 2: front matter is no YAML: mapping values are not allowed"),
            ("title: Ferry sinks\ndate: 2025-02-30", "line 3: '2025-02-30' is no date"),
            ("title: [Ferry, sinks]", "line 2: front matter's 'title' is a list"),
            ("title: {Ferry: sinks}", "line 2: front matter's 'title' holds more than text"),
            ("date: 2025-03-14\npublished: 2025-03-15", "line 3: front matter gives 'published' twice"),
            ("lang: the king's English", "language: .* is no language tag like 'en'"),
            ("url: post.example", "url: 'post.example' is no absolute URL"),
            ("title: Ferry\x07", "front matter is no YAML: unacceptable character #x0007"),
            ("tags: " + "[" * 15000, "front matter is no YAML"),
            ("tags: " + "x" * 25000, "front matter has 25,006 characters; 20,000 is the most"),
            ("a: &a [x]\nb: &b [*a, *a]\ntitle: *b", "holds more than text"),
        ],
    )
    def test_broken_front_matter_is_refused_with_its_place(self, matter: str, message: str) -> None:
        with pytest.raises(ReadError, match=message):
            read_article(text=f"---\n{matter}\n---\nNobody was hurt.")

    def test_front_matter_without_a_body_is_refused(self) -> None:
        with pytest.raises(ReadError, match="nothing stands after the front matter"):
            read_article(text=self.MATTER + "\n")

    def test_front_matter_that_never_ends_is_refused(self) -> None:
        with pytest.raises(ReadError, match="line 1: '---' opens front matter that no line '---' closes"):
            read_article(text="---\ntitle: Ferry sinks\nNobody was hurt.")


class TestHtml:
    META = """<meta property="og:site_name" content="The North Post"><meta name="author" content="Lena Varga">
        <meta property="article:published_time" content="2025-03-14T09:15:00+0100">
        <link rel="canonical" href="https://northpost.example/2025/ferry">"""
    BODY = "<p>Nobody was hurt when the ferry went down in calm water, the coast guard said.</p>"

    def page(self, head: str = META, body: str = BODY) -> str:
        return PAGE.format(head=head, body=body)

    def test_the_metadata_fills_the_fields(self) -> None:
        article = read_article(html=self.page())
        assert (article.title, article.publisher) == ("Ferry sinks off Marl", "The North Post")
        assert (article.authors, article.language) == (("Lena Varga",), "en-GB")
        assert (article.published, article.url) == ("2025-03-14T09:15:00+01:00", "https://northpost.example/2025/ferry")
        assert article.id == "2025-03-14-northpost-ferry-sinks-off"
        assert article.read.guessed == ()

    def test_the_text_is_the_title_and_the_paragraphs_and_nothing_else(self) -> None:
        article = read_article(html=self.page(body=self.BODY + "<p>It was the third <b>this year</b>.</p>"))
        assert article.text == (
            "Ferry sinks off Marl\n\nNobody was hurt when the ferry went down in calm water, the coast guard said."
            "\n\nIt was the third this year."
        )

    def test_joiners_direction_marks_and_special_spaces_survive(self) -> None:
        words = (
            "It stood at 4.2\u00a0m 👨\u200d👩\u200d👧 می\u200cخواهم \u2067שלום\u2069, the coast guard said on Monday."
        )
        for written in (words, words.replace("\u00a0", "&nbsp;").replace("\u200d", "&zwj;")):
            assert words in read_article(html=self.page(body=f"<p>{written}</p>")).text

    def test_the_time_may_stand_in_linked_data(self) -> None:
        head = '<script type="application/ld+json">{"@type":"Article","datePublished":"2025-03-14T08:00:00Z"}</script>'
        assert read_article(html=self.page(head=head)).published == "2025-03-14T08:00:00+00:00"

    def test_what_the_page_gets_wrong_is_left_out_and_said(self) -> None:
        head = '<link rel="canonical" href="/2025/ferry"><meta property="og:url" content="not a url">'
        article = read_article(html=self.page(head=head).replace("en_GB", "the king's English"))
        assert (article.language, article.url) == (None, None)
        assert "language: the page gives none that is valid" in article.read.guessed

    def test_keywords_override_the_page(self) -> None:
        article = read_article(
            html=self.page(), title="Ferry lost", url="https://other.example/1", publisher="Other", authors="Ann Lee",
            published=datetime.date(2025, 3, 15), language="en",
        )  # fmt: skip
        assert (article.title, article.url, article.publisher) == ("Ferry lost", "https://other.example/1", "Other")
        assert (article.authors, article.published, article.language) == (("Ann Lee",), "2025-03-15", "en")
        assert article.text.startswith("Ferry lost\n\n")

    def test_an_html_file_is_known_by_its_content_or_its_ending(self, tmp_path: Path) -> None:
        for name, content in (("ferry.txt", self.page()), ("ferry.html", self.BODY + "<p>It sank.</p>")):
            (tmp_path / name).write_text(content, encoding="utf-8")
            assert read_article(tmp_path / name).read.form == "html"
        assert read_article(text=self.page()).read.form == "html"

    @pytest.mark.parametrize(
        ("page", "message"),
        [
            ("<html><body><script>var x = 'The ferry sank.'; ", "no article text was found"),
            ("<html><body>" + "<div>" * 100_000 + "<p>The ferry sank.</p>", "nested deeper than 250"),
            ("<html><body>" + "<p>The ferry sank.</p>" * 30_000, "over 30,000 elements"),
            ("<html><body><p " + " ".join(f"a{i}=1" for i in range(50_000)) + ">x", "over 500 attributes"),
            ("", "there is no text in it"),
        ],
    )
    def test_a_hostile_or_empty_page_is_refused_at_once(self, page: str, message: str) -> None:
        with pytest.raises(ReadError, match=message):
            read_article(html=page)

    def test_a_long_attribute_value_is_no_reason_to_refuse(self) -> None:
        body = f'<div data-state="{"the ferry sank " * 2000}"></div>{self.BODY}'
        assert "calm water" in read_article(html=self.page(body=body)).text

    def test_what_the_library_stumbles_over_is_an_error_of_ours(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import trafilatura

        def stumble(*_: object, **__: object) -> None:
            raise AttributeError("inside the library")

        monkeypatch.setattr(trafilatura, "bare_extraction", stumble)
        with pytest.raises(ReadError, match=r"html: the page could not be taken apart \(AttributeError\)"):
            read_article(html=self.page())

    def test_without_the_library_the_error_gives_the_pip_command(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from claimtrack.read import html

        html._library.cache_clear()
        monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)
        with pytest.raises(MissingExtraError, match=r"pip install 'claimtrack\[html\]'"):
            read_article(html=self.page())


class TestArticleDocuments:
    def test_an_article_document_is_read_back_as_it_was(self) -> None:
        article = read_article(text=WIRE)
        assert read_article(text=article.to_json()) == article
        assert read_article(text=b"\xef\xbb\xbf" + article.to_json().encode()) == article

    def test_keywords_change_its_values_but_not_its_id(self) -> None:
        article = read_article(text=WIRE)
        changed = read_article(text=article.to_json(), publisher="The North Post")
        assert (changed.id, changed.publisher, changed.text) == (article.id, "The North Post", article.text)

    def test_a_document_that_breaks_its_schema_gives_every_finding(self) -> None:
        broken = read_article(text=WIRE).to_json().replace('"title"', '"tittle"').replace('"wire"', '"wires"')
        with pytest.raises(DocumentError) as caught:
            read_article(text=broken)
        assert {finding.path for finding in caught.value.findings} == {"$.tittle", "$.read.form"}
        assert str(caught.value).startswith("text: ")

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            (
                Claim(id="ferry-1", kind="narration", statement="It sank.").to_json(),
                "this is a Claim document; what can",
            ),
            ('{"headline": "Ferry sinks"}', 'no document of claimtrack\'s; .* "format": "claimtrack.article/1"'),
            ('[{"headline": "Ferry sinks"}]', "no document of claimtrack's"),
            ('{"format": "claimtrack.article/1", ', "not JSON: .* at line 1"),
            ('{"a":' * 100_000, "nested deeper"),
        ],
    )
    def test_other_json_is_refused_with_what_is_accepted(self, text: str, message: str) -> None:
        with pytest.raises(ReadError, match=message):
            read_article(text=text)

    def test_a_json_file_that_is_no_json_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "ferry.json"
        path.write_text("Ferry sinks\n\nNobody was hurt.")
        with pytest.raises(ReadError, match=r"ferry\.json: not JSON"):
            read_article(path)

    def test_a_text_that_opens_with_a_bracket_is_plain_text(self) -> None:
        assert read_article(text="[Updated] The ferry sank.").read.form == "text"
        assert read_article(text="{Corrected} The ferry sank.").read.form == "text"
