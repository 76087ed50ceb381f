"""Who said what: one row for each pattern of English news, and what must hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given

from claimtrack.errors import TaggerError
from claimtrack.extract import Attribution, find_attributions
from claimtrack.text import Span, Text
from tests.news_texts import texts

Row = tuple[str, str, list[tuple[str | None, str | None, tuple[str, ...], str]]]

# Name of the pattern, text, and the attributions: source, cue, pieces of the content, kind.
ROWS: list[Row] = [
    ("said X", "“We won,” said Ann Silva.", [("Ann Silva", "said", ("“We won,”",), "direct")]),
    ("X said", "“We won,” Ann Silva said.", [("Ann Silva", "said", ("“We won,”",), "direct")]),
    ("straight marks", '"We won," he said.', [("he", "said", ('"We won,"',), "direct")]),
    (
        "X said that",
        "Ann Silva said that the bridge was safe.",
        [("Ann Silva", "said", ("that the bridge was safe",), "indirect")],
    ),
    (
        "X said, no that",
        "Ann Silva said the bridge was safe.",
        [("Ann Silva", "said", ("the bridge was safe",), "indirect")],
    ),
    ("content, X said", "The bridge is safe, Silva said.", [("Silva", "said", ("The bridge is safe",), "indirect")]),
    (
        "content, X said on a day",
        "The bridge is safe, Silva said on Monday.",
        [("Silva", "said", ("The bridge is safe",), "indirect")],
    ),
    ("content, said X", "The bridge is safe, said Silva.", [("Silva", "said", ("The bridge is safe",), "indirect")]),
    (
        "mixed",
        "Silva said that the bridge was “not safe at all”.",
        [("Silva", "said", ("that the bridge was “not safe at all”",), "mixed")],
    ),
    ("X said: quotation", "Silva said: “We won.”", [("Silva", "said", ("“We won.”",), "direct")]),
    (
        "X told reporters that",
        "Silva told reporters in Kyiv that the bridge was safe.",
        [("Silva", "told", ("that the bridge was safe",), "indirect")],
    ),
    (
        "X told reporters, at the end",
        "“We do not know yet,” Silva told reporters.",
        [("Silva", "told", ("“We do not know yet,”",), "direct")],
    ),
    (
        "according to, at the end",
        "The bridge is safe, according to the port authority.",
        [("the port authority", "according to", ("The bridge is safe",), "indirect")],
    ),
    (
        "according to, at the start",
        "According to the port authority, the bridge is safe.",
        [("the port authority", "According to", ("the bridge is safe",), "indirect")],
    ),
    (
        "according to, in the middle",
        "The bridge, according to the port authority, is safe.",
        [("the port authority", "according to", ("The bridge", "is safe"), "indirect")],
    ),
    (
        "according to a study by",
        "According to a study by two economists, rents rose.",
        [("a study by two economists", "According to", ("rents rose",), "indirect")],
    ),
    (
        "adding that",
        "The bridge is safe, Silva said, adding that it reopens in May.",
        [
            ("Silva", "said", ("The bridge is safe",), "indirect"),
            ("Silva", "adding", ("that it reopens in May",), "indirect"),
        ],
    ),
    (
        "and added that",
        "Silva said that the bridge was safe and added that it would reopen.",
        [
            ("Silva", "said", ("that the bridge was safe",), "indirect"),
            ("Silva", "added", ("that it would reopen",), "indirect"),
        ],
    ),
    (
        "a quotation broken by its cue",
        "“We do not know the cause,” Silva said, “and I will not guess.”",
        [("Silva", "said", ("“We do not know the cause,”", "“and I will not guess.”"), "direct")],
    ),
    (
        "a quotation that goes on in the next sentence",
        "“We have patched it,” Silva said. “Every winter we paid.”",
        [("Silva", "said", ("“We have patched it,”", "“Every winter we paid.”"), "direct")],
    ),
    (
        "a statement broken by its cue",
        "The backlog began, the report says, when the clinics moved.",
        [("the report", "says", ("The backlog began", "when the clinics moved"), "indirect")],
    ),
    (
        "an aside between verb and content",
        "Silva conceded, however, that the bridge was old.",
        [("Silva", "conceded", ("that the bridge was old",), "indirect")],
    ),
    (
        "an apposition after the source",
        "The bridge is safe, said Ann Silva, the mayor of Dessa.",
        [("Ann Silva, the mayor of Dessa", "said", ("The bridge is safe",), "indirect")],
    ),
    (
        "a relative clause with a verb of its own",
        "A nurse, who asked not to be named, said that staff had raised the alarm.",
        [
            (
                "A nurse, who asked not to be named",
                "said",
                ("that staff had raised the alarm",),
                "indirect",
            )
        ],
    ),
    (
        "which, of an organisation",
        "Oranta Health, which runs the clinics, denied that it had ignored warnings.",
        [("Oranta Health, which runs the clinics", "denied", ("that it had ignored warnings",), "indirect")],
    ),
    (
        "a plural's apostrophe in the source",
        "The patients’ council said that harm was done.",
        [("The patients’ council", "said", ("that harm was done",), "indirect")],
    ),
    (
        "auxiliaries and adverbs belong to the cue",
        "Silva has also said that the bridge is safe.",
        [("Silva", "has also said", ("that the bridge is safe",), "indirect")],
    ),
    (
        "two quotations with two speakers",
        "“We won,” said Silva. “We lost,” said Lind.",
        [
            ("Silva", "said", ("“We won,”",), "direct"),
            ("Lind", "said", ("“We lost,”",), "direct"),
        ],
    ),
    (
        "a verb and another after a noun",
        "Silva called the sum “painful but well spent” and promised that the bridge would reopen.",
        [
            ("Silva", "called", ("the sum “painful but well spent”",), "mixed"),
            ("Silva", "promised", ("that the bridge would reopen",), "indirect"),
        ],
    ),
    ("a passive attributes nothing", "Silva was told to wait for the ferry.", []),
    ("a name that looks like a verb", "The United States and its allies met in Dessa.", []),
    ("a noun that looks like a verb", "The claim was long and the report was short.", []),
    ("no attribution at all", "The ferry left the port and sank.", []),
    (
        "a quotation without any cue is kept",
        "“Nobody told us that the ferry would leave at five.”",
        [(None, None, ("“Nobody told us that the ferry would leave at five.”",), "direct")],
    ),
    (
        "glued sentences",
        "They mourn the crash.Putin said that he was sorry.",
        [("Putin", "said", ("that he was sorry",), "indirect")],
    ),
]


def _shown(text: str, found: tuple[Attribution, ...]) -> list[tuple[str | None, str | None, tuple[str, ...], str]]:
    return [
        (
            one.source.of(text) if one.source else None,
            one.cue.of(text) if one.cue else None,
            tuple(piece.of(text) for piece in one.content),
            one.kind,
        )
        for one in found
    ]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_the_text_attributes(text: str, expected: list[tuple[str | None, str | None, tuple[str, ...], str]]) -> None:
    assert _shown(text, find_attributions(text, tagger="rules")) == expected


BODY = "\n\nThe talks were held in Dessa. Vladimir Lind spoke for an hour and left."
HEADLINES = [
    ("a dash", "Talks Were Useful - Lind", "Lind", "-", "Talks Were Useful"),
    ("a long dash", "Talks Were Useful — Lind", "Lind", "—", "Talks Were Useful"),
    ("a colon", "Lind: Talks Were Useful", "Lind", ":", "Talks Were Useful"),
    ("a role and a colon", "Minister: No Plans to Resign", "Minister", ":", "No Plans to Resign"),
    ("a verb and a colon", "Lind says: Talks Were Useful", "Lind", "says:", "Talks Were Useful"),
]


@pytest.mark.parametrize(("title", "source", "cue", "content"), [row[1:] for row in HEADLINES])
def test_a_headline_attributes_with_a_dash_or_a_colon(title: str, source: str, cue: str, content: str) -> None:
    text = title + BODY
    (found,) = find_attributions(text, title=title, tagger="rules")
    assert _shown(text, (found,)) == [(source, cue, (content,), "indirect")]


@pytest.mark.parametrize("title", ["Talks Were Useful - Port Daily", "Ferry disaster: Talks Were Useful"])
def test_a_headline_with_an_outlet_or_a_topic_attributes_nothing(title: str) -> None:
    assert find_attributions(title + BODY, title=title, tagger="rules") == ()


def test_a_quotation_over_paragraphs_is_one_attribution() -> None:
    text = (
        "The association described the quay:\n\n“Two cranes are locked.\n\n“We do not ask for a monument.\n\n"
        "“If the work does not start, firms will leave.”"
    )
    found = find_attributions(text, tagger="rules")[-1]
    assert (found.source and found.source.of(text), found.stage) == ("The association", "lead-in")
    assert [piece.of(text) for piece in found.content] == [
        "“Two cranes are locked.",
        "“We do not ask for a monument.",
        "“If the work does not start, firms will leave.”",
    ]


def test_a_quotation_that_nobody_closed_still_comes_out() -> None:
    text = "Silva said: “We do not know the cause.\n\nThe ferry sank."
    (found,) = find_attributions(text, tagger="rules")
    assert found.content[0].of(text) == "“We do not know the cause."


def test_a_statement_of_two_speakers_keeps_both_in_the_source() -> None:
    text = "Ann Silva and Bo Lind said that the bridge was safe."
    (found,) = find_attributions(text, tagger="rules")
    assert found.source is not None
    assert found.source.of(text) == "Ann Silva and Bo Lind"


# --- within and taggers -------------------------------------------------------------------------------------------

TEXT = "The bridge is safe, Ann Silva said. It reopens in May, she added."


def test_within_keeps_what_lies_inside_and_reads_the_whole_text() -> None:
    everything = find_attributions(TEXT)
    part = Span(TEXT.index("It reopens"), len(TEXT))
    assert find_attributions(TEXT, part) == everything[1:]
    assert find_attributions(TEXT, Span(0, len(TEXT))) == everything


def test_a_prepared_text_gives_the_same_as_its_string() -> None:
    assert find_attributions(Text(TEXT)) == find_attributions(TEXT)


def test_an_unknown_tagger_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(TaggerError, match=r"'spacy'; there is: .*rules"):
        find_attributions(TEXT, tagger="spacy")


def _attribution(*content: Span) -> Attribution:
    return Attribution(source=None, cue=None, content=content, kind="indirect", confidence=1.0, stage="mine")


def test_any_callable_is_a_tagger_and_its_answers_come_in_the_order_of_the_text() -> None:
    late, early = _attribution(Span(36, 53)), _attribution(Span(0, 18))
    assert find_attributions(TEXT, tagger=lambda text: (late, early)) == (early, late)


@pytest.mark.parametrize(
    "answer",
    [
        (_attribution(Span(0, 999)),),
        (_attribution(Span(4, 4)),),
        (_attribution(),),
        (_attribution(Span(0, 5), Span(60, 999)),),
        ("The bridge is safe",),
    ],
    ids=["outside the text", "empty", "no content", "second piece outside", "no attribution"],
)
def test_a_tagger_that_breaks_its_promise_is_an_error(answer: tuple[Attribution, ...]) -> None:
    with pytest.raises(TaggerError, match="a tagger"):
        find_attributions(TEXT, tagger=lambda text: answer)


# --- any text -----------------------------------------------------------------------------------------------------


@given(texts)
def test_every_span_lies_in_the_text_and_is_not_empty(text: str) -> None:
    for one in find_attributions(text):
        for span in (one.source, one.cue, *one.content):
            assert span is None or 0 <= span.start < span.end <= len(text)
        assert 0 <= one.confidence <= 1


@given(texts)
def test_the_pieces_of_a_content_follow_each_other(text: str) -> None:
    for one in find_attributions(text):
        for before, after in zip(one.content, one.content[1:], strict=False):
            assert before.end <= after.start


@pytest.mark.parametrize("character", ["\x00", "\ud800", "\ufeff", "\u202e"])
def test_characters_that_no_document_may_hold_do_no_harm(character: str) -> None:
    text = f"The bridge{character} is safe, Silva{character} said.{character}"
    assert len(find_attributions(text)) <= 1


def test_a_long_chain_of_relative_clauses_is_read_without_deep_recursion() -> None:
    text = "A nurse " + "who knew a nurse " * 230 + "said that the alarm was late."
    assert find_attributions(text, tagger="rules")
    assert len(find_attributions(text)) <= 230
