"""Sentences and paragraphs, in clean copy and in copy that has lost its spaces."""

from __future__ import annotations

import pytest
from hypothesis import given

from claimtrack.text import Span, find_paragraphs, find_sentences
from tests.news_texts import texts

# One row a case: the sentences, and what stands between them in the text.
ROWS = [
    ("two plain sentences", " ", ["The ferry sank.", "Nobody was hurt."]),
    ("no space after the full stop", "", ["The families mourn the crash.", "Putin reminded him of it."]),
    ("no space after a closing quotation mark", "", ['They said "we know."', "Our reporter was there."]),
    ("no space before an opening quotation mark", "", ["It was the fog.", '"We know," she said.']),
    ("no space after a curly closing mark", "", ["“We do not know.”", "Toreva spoke in Dessa."]),
    ("no space after a number", "", ["The jet was an Embraer 190.", "There were 62 people aboard."]),
    ("no space after a clock time", "", ["It left at 6:40 a.m.", "The fog came later."]),
    ("U.S. inside a sentence", " ", ["The U.S. envoy met him.", "They talked."]),
    ("U.S. before a name", " ", ["He met U.S. President Ann Reed.", "They talked."]),
    ("U.S. at the end of a sentence", " ", ["He went back to the U.S.", "The talks failed."]),
    ("Dr. and Mr.", " ", ["Dr. Silva met Mr. Lind.", "Both left."]),
    ("a general and a senator", " ", ["Gen. Oskar Lind and Sen. Ann Reed agreed.", "Both left."]),
    ("No. 3", " ", ["Divers found No. 3 engine.", "It was whole."]),
    ("no as an answer", " ", ["She said no.", "He agreed."]),
    ("a clock time inside", " ", ["At 5:40 a.m. the ferry left.", "It sank."]),
    ("a clock time at the end", " ", ["The ferry left at 5:40 a.m.", "It sank."]),
    ("a clock time before a day", " ", ["The ferry left at 5:40 p.m. Monday.", "It sank."]),
    ("decimals", " ", ["Pay rose by 2.1 percent.", "Prices rose by 3.4."]),
    ("a URL", " ", ["Read https://port.example/a.html?B=1.Then today.", "It is long."]),
    ("a host name", " ", ["Write to port.example today.", "It is short."]),
    ("initials", " ", ["J. K. Rowe wrote it.", "It sold."]),
    ("one initial", " ", ["George W. Bush spoke.", "They listened."]),
    ("I at the end", " ", ["So did I.", "They listened."]),
    ("a firm at the end", " ", ["She works for Acme Inc.", "He does not."]),
    ("a firm inside", " ", ["Acme Inc. Chairman Bo Lind spoke.", "They listened."]),
    ("a month", " ", ["It opened on Jan. 5 at noon.", "It closed."]),
    ("a question inside a quotation", " ", ["“Why?” he asked.", "Nobody knew."]),
    ("a question and an answer", " ", ["Who paid?", "Nobody did!", "So it goes."]),
    ("a quotation that ends a sentence", " ", ["He said: “We won.”", "They had."]),
    ("a quotation of two sentences", " ", ["“We won.", "They lost,” he said."]),
    ("an ellipsis inside", " ", ["We … do not know.", "Nobody does."]),
    ("three dots and small letters", " ", ["We know... or we do not.", "Nobody does."]),
    ("Chinese full stops", "", ["船沉了。", "无人受伤。"]),
    ("a full stop inside brackets", " ", ["(The ferry sank.)", "Nobody was hurt."]),
    ("an emoji between", " ", ["The ferry 🚢 sank.", "Nobody was hurt."]),
    ("degrees and Latin", " ", ["Ann Silva, Ph.D. and M.D., spoke.", "They listened, e.g. Bo Lind."]),
    ("a State", " ", ["He was born in Austin, Tex., in 1950.", "He stayed."]),
    ("versus", " ", ["It was Roe vs. Wade.", "It still is."]),
]


@pytest.mark.parametrize(("between", "sentences"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_the_text_falls_into_these_sentences(between: str, sentences: list[str]) -> None:
    text = between.join(sentences)
    assert [span.of(text) for span in find_sentences(text)] == sentences


def test_a_line_break_ends_a_title_without_a_full_stop() -> None:
    text = "Ferry sinks off Brackwater\nNobody was hurt."
    assert [span.of(text) for span in find_sentences(text)] == ["Ferry sinks off Brackwater", "Nobody was hurt."]


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The ferry left the port of Brackwater in the morning with\n"
        "sixty-two people on board and sank within the hour, the\n"
        "harbour master said.\n\nNobody was hurt."
    )
    assert len(find_paragraphs(text)) == 2
    assert len(find_sentences(text)) == 2


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_every_kind_of_blank_line_parts_paragraphs(line_break: str) -> None:
    text = f"The ferry sank.{line_break}{line_break}Nobody was hurt."
    assert [span.of(text) for span in find_paragraphs(text)] == ["The ferry sank.", "Nobody was hurt."]


def test_a_sentence_without_end_is_cut_so_that_later_stages_stay_small() -> None:
    text = "and the ferry " * 2000
    assert max(len(span) for span in find_sentences(text)) <= 4000


def test_only_the_part_asked_for_is_read() -> None:
    text = "The ferry sank. Nobody was hurt. The port is shut."
    assert [span.of(text) for span in find_sentences(text, Span(16, 32))] == ["Nobody was hurt."]


@given(texts)
def test_sentences_are_ordered_and_cover_every_character_that_is_not_blank(text: str) -> None:
    spans = find_sentences(text)
    left = text
    before = 0
    for span in spans:
        assert before <= span.start < span.end <= len(text)
        assert span.of(text) == span.of(text).strip()
        left = left[: span.start] + " " * len(span) + left[span.end :]
        before = span.end
    assert not left.strip()


@given(texts)
def test_sentences_and_paragraphs_within_a_part_lie_in_it(text: str) -> None:
    part = Span(len(text) // 4, len(text) * 3 // 4)
    assert all(part.contains(span) for span in (*find_sentences(text, part), *find_paragraphs(text, part)))
