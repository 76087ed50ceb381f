"""Files, bytes and keyword values: what is taken, and what is refused with which words."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.errors import ClaimtrackError, FileMissingError, ReadError
from claimtrack.read import read_article
from claimtrack.read.source import MAX_ARTICLE_BYTES

NEWS = "Mayor: “We’re ready” — at\u00a0last\r\n\r\nThe café reopens on Monday 👩‍🚒, she said. קָפֶה נפתח.\n"


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
    def test_unicode_with_or_without_a_mark_is_read_without_loss(self, encoding: str) -> None:
        article = read_article(text=NEWS.encode(encoding))
        assert article.text == NEWS.strip()
        assert article.read.encoding == encoding
        assert article.title == "Mayor: “We’re ready” — at\u00a0last"

    def test_a_byte_order_mark_in_a_str_is_no_text(self) -> None:
        article = read_article(text="\ufeff" + NEWS)
        assert article.text == NEWS.strip()
        assert article.read.encoding is None

    @pytest.mark.parametrize(
        ("text", "encoding"),
        [
            ("Quay to cost £2m, not €3m\n\nThe council’s plan — “at last” — passed, Señor Ibáñez said.", "cp1252"),
            ("Самолет разбился в горах\n\nНа борту находились 62 пассажира и пять членов экипажа.", "cp1251"),
            ("Samolot rozbił się w górach\n\nNa pokładzie było 62 pasażerów i pięciu członków załogi.", "cp1250"),
            ("飛行機が墜落した\n\n大統領は木曜日、乗客六十二人と乗員五人が乗っていたと述べた。", "cp932"),
        ],
    )
    def test_an_old_encoding_is_guessed_and_said_so(self, text: str, encoding: str) -> None:
        article = read_article(text=text.encode(encoding))
        assert article.text == text
        assert article.read.encoding == encoding
        assert f"encoding: {encoding} fits the bytes" in article.read.guessed

    @pytest.mark.parametrize(
        ("declaration", "encoding"),
        [("iso-8859-2", "iso8859-2"), ("windows-1250", "cp1250"), ("ISO-8859-16", "iso8859-16")],
    )
    def test_a_page_says_its_own_encoding(self, declaration: str, encoding: str) -> None:
        body = "<p>Prezydent powiedział, że samolot rozbił się pod miastem w środę rano.</p>"
        page = f'<html><head><meta charset="{declaration}"></head><body><h1>Katastrofa</h1>{body}</body></html>'
        article = read_article(html=page.encode(encoding))
        assert "Prezydent powiedział, że samolot rozbił się pod miastem w środę rano." in article.text
        assert article.read.encoding == encoding
        assert not any(line.startswith("encoding") for line in article.read.guessed)

    def test_a_page_cannot_declare_an_encoding_that_rewrites_it(self) -> None:
        page = b"<html><meta charset=unicode_escape><body><p>The caf\xe9 \\u0041 reopens on Monday.</p></body></html>"
        assert "The café \\u0041 reopens on Monday." in read_article(html=page).text

    def test_damaged_utf8_is_refused_with_its_place_instead_of_read_wrongly(self) -> None:
        data = NEWS.encode().replace(b"Monday", b"Mon\xffday")
        with pytest.raises(ReadError, match=r"byte \d+, in line 3, is not UTF-8, though the rest is"):
            read_article(text=data)

    @given(st.binary(min_size=1, max_size=80))
    @settings(max_examples=150, deadline=None)
    def test_any_bytes_give_an_article_or_an_error_of_ours(self, data: bytes) -> None:
        try:
            article = read_article(text=data)
        except ClaimtrackError:
            return
        assert article.text == article.text.strip() != ""


class TestRefused:
    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (b"", "there is no text in it; wire text, plain text"),
            (b" \r\n\t", "there is no text in it"),
            (b"%PDF-1.7 ...", "this is a PDF file; save its text first"),
            (b"PK\x03\x04...", "this is a zip archive"),
            (b"\x89PNG\r\n", "this is a PNG picture"),
            (b"{\\rtf1 Ferry sinks}", "this is an RTF file"),
            (b"Ferry\x00sinks", "byte 5 is NUL, so this is no text"),
            ("Ferry sinks".encode("utf-16-le"), "UTF-16 without its mark: save it as UTF-8"),
            ("Ferry\x00sinks".encode("utf-16"), "character 5 is NUL"),
            (b"\xef\xbb\xbfcaf\xe9", "a byte order mark says utf-8-sig, but byte 3 does not fit"),
            (b"a" * (MAX_ARTICLE_BYTES + 1), "text: larger than 5,000,000 bytes"),
        ],
    )
    def test_what_is_no_text_is_refused_with_the_reason(self, data: bytes, message: str) -> None:
        with pytest.raises(ReadError, match=message):
            read_article(text=data)

    def test_half_a_surrogate_pair_is_refused_with_its_place(self) -> None:
        with pytest.raises(ReadError, match=r"character 6 is a lone surrogate \(U\+D83D\)"):
            read_article(text="Ferry \ud83d sinks")

    def test_exactly_one_input_is_taken(self) -> None:
        for inputs in ({}, {"text": NEWS, "html": "<p>Ferry sinks</p>"}):
            with pytest.raises(ReadError, match="give exactly one of a path, text= and html="):
                read_article(**inputs)

    def test_an_input_of_another_type_is_refused(self) -> None:
        with pytest.raises(ReadError, match="text= takes str or bytes, not int"):
            read_article(text=7)  # type: ignore[arg-type]
        with pytest.raises(ReadError, match="a path is a str or a Path, not bytes"):
            read_article(b"ferry.txt")  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({"url": "post.example/ferry"}, "url: 'post.example/ferry' is no absolute URL"),
            ({"language": "English, mostly"}, "language: 'English, mostly' is no language tag"),
            ({"published": "14 March 2025"}, "published='14 March 2025' is no date; write YYYY-MM-DD"),
            ({"published": "2025-02-30"}, "published='2025-02-30' is no date"),
            ({"title": "Ferry " * 400}, "title: .* is not one line of at most 2,000 characters"),
            ({"publisher": ""}, "publisher: '' is not one line"),
            ({"authors": ["Lena Varga", ""]}, "authors: '' is not one line"),
        ],
    )
    def test_a_wrong_keyword_value_is_named(self, values: dict[str, object], message: str) -> None:
        with pytest.raises(ReadError, match=message):
            read_article(text=NEWS, **values)  # type: ignore[arg-type]


class TestPaths:
    def test_a_file_is_read_by_str_or_path(self, tmp_path: Path) -> None:
        path = tmp_path / "mayor.txt"
        path.write_bytes(NEWS.encode())
        assert read_article(path) == read_article(str(path))
        assert read_article(path).read.encoding == "utf-8"

    def test_a_missing_file_says_so(self, tmp_path: Path) -> None:
        with pytest.raises(FileMissingError, match=r"ferry\.txt: no such file"):
            read_article(tmp_path / "ferry.txt")

    @pytest.mark.parametrize("text", [NEWS, "The ferry sank. " * 40, "The ferry sank. " * 4000])
    def test_a_text_given_as_a_path_is_recognised(self, text: str) -> None:
        with pytest.raises(ReadError, match="this looks like the text itself: pass text=") as caught:
            read_article(text)
        assert len(str(caught.value)) < 400

    @pytest.mark.parametrize("name", ["ferry\x00.txt", "ferry\ud800.txt"])
    def test_a_name_that_no_file_can_have_is_refused(self, name: str) -> None:
        with pytest.raises(ReadError, match="no file can have this name") as caught:
            read_article(name)
        assert str(caught.value).isprintable()

    def test_a_folder_and_a_pipe_are_refused_without_waiting(self, tmp_path: Path) -> None:
        with pytest.raises(ReadError, match="a folder; give the path of one article"):
            read_article(tmp_path)
        if not hasattr(os, "mkfifo"):
            pytest.skip("this system has no named pipes")
        os.mkfifo(tmp_path / "ferry.txt")
        with pytest.raises(ReadError, match="no regular file"):
            read_article(tmp_path / "ferry.txt")

    def test_a_file_that_may_not_be_opened_says_why(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "ferry.txt"
        path.write_text(NEWS, encoding="utf-8")

        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
        with pytest.raises(ReadError, match=r"ferry\.txt: Permission denied"):
            read_article(path)

    def test_an_endless_file_is_read_only_to_the_limit(self, tmp_path: Path) -> None:
        path = tmp_path / "ferry.txt"
        with path.open("wb") as file:
            file.truncate(10_000_000_000)  # a sparse file
        with pytest.raises(ReadError, match=r"ferry\.txt: larger than 5,000,000 bytes"):
            read_article(path)
