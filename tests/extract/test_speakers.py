"""From the words that name a source to a speaker."""

from __future__ import annotations

import pytest

from claimtrack.extract import find_attributions
from claimtrack.extract.speakers import FoundSpeaker, find_speakers
from claimtrack.text import Span, Text

CRASH = (
    "Sarnian President Oskar Lindqvar met Velmaran President Milena Toreva in Dessa. "
    "The cause is not known, the president said. "
    "The flight was late, Lindqvar said. "
    "Nothing will be hidden, the president said. "
    "The road is open, the Velmaran president said. "
    "It will stay open, she said."
)


def _speakers(string: str) -> list[tuple[FoundSpeaker, ...]]:
    text = Text(string)
    return list(find_speakers(text, find_attributions(text, tagger="rules")))


def _last(string: str) -> FoundSpeaker:
    return _speakers(string)[-1][0]


# Name of the case, text, and the last speaker: name, kind, role.
ROWS = [
    ("a full name", "The bridge is safe, Ann Silva said.", "Ann Silva", "person", None),
    ("a role before", "The bridge is safe, Mayor Ann Silva said.", "Ann Silva", "person", "Mayor"),
    (
        "a role of more words",
        "It is safe, Health commissioner Ann Silva said.",
        "Ann Silva",
        "person",
        "Health commissioner",
    ),
    ("a role after", "It is safe, said Ann Silva, the mayor of Dessa.", "Ann Silva", "person", "the mayor of Dessa"),
    (
        "a role first, then the name",
        "“It is safe,” said its director, Dr. Ann Silva.",
        "Ann Silva",
        "person",
        "director",
    ),
    ("an honorific", "It is safe, Ms. Silva said.", "Silva", "person", None),
    ("a surname after the full name", "Mayor Ann Silva came. It is safe, Silva said.", "Ann Silva", "person", "Mayor"),
    (
        "a role kept for later",
        "So said Mayor Ann Silva. It is old, Silva said.",
        "Ann Silva",
        "person",
        "Mayor",
    ),
    (
        "a possessive name",
        "It is safe, said Velmar's Emergencies Ministry.",
        "Velmar's Emergencies Ministry",
        "organization",
        None,
    ),
    ("an organisation by its noun", "It is safe, the port authority said.", None, "organization", "port authority"),
    ("an organisation in capitals", "The bridge is safe, NATO said.", "NATO", "organization", None),
    (
        "a named organisation",
        "It is safe, the Dessa Port Authority said.",
        "Dessa Port Authority",
        "organization",
        None,
    ),
    ("a body at the start of a sentence", "Police said that the bridge was safe.", None, "organization", "Police"),
    ("a document", "It is safe, according to a report by two engineers.", None, "document", "a report"),
    ("documents", "It is safe, according to the budget papers.", None, "document", "the budget papers"),
    ("a group", "The bridge is safe, residents said.", None, "group", "residents"),
    ("a group at the start", "Opponents said that the debt would last.", None, "group", "Opponents"),
    ("a nameless source", "It is safe, a source told reporters.", None, "anonymous", "a source"),
    ("a nameless person by role", "It is safe, a spokesman said.", None, "person", "spokesman"),
    (
        "a description without what qualifies it",
        "A nurse, who asked not to be named, said that it was safe.",
        None,
        "person",
        "nurse",
    ),
    ("he", "It is safe, said Mayor Bo Lind. It is old, he said.", "Bo Lind", "person", "Mayor"),
    ("it", "It is safe, said Sarnian Airlines. The jet was new, it said.", "Sarnian Airlines", "organization", None),
    ("they", "Residents said that it shook. They said that it swayed.", None, "group", "Residents"),
    ("he with nobody before", "The bridge is safe, he said.", None, "unknown", None),
    ("a contraction", "It is safe, said Bo Lind. He’s said that it is old.", "Bo Lind", "person", None),
]


@pytest.mark.parametrize(("text", "name", "kind", "role"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_the_source_names_this_speaker(text: str, name: str | None, kind: str, role: str | None) -> None:
    found = _last(text)
    assert (found.name, found.kind, found.role) == (name, kind, role)


def test_the_president_is_the_one_who_was_named_or_spoke_last() -> None:
    names = [found[0].name for found in _speakers(CRASH)]
    assert names == ["Milena Toreva", "Oskar Lindqvar", "Oskar Lindqvar", "Milena Toreva", "Milena Toreva"]


def test_another_person_whom_a_description_fits_is_kept_as_an_alternative() -> None:
    found = _speakers(CRASH)
    assert found[2][0].alternatives == ("Milena Toreva",)


def test_two_names_are_two_speakers() -> None:
    (found,) = _speakers("Ann Silva and Bo Lind said that the bridge was safe.")
    assert [one.name for one in found] == ["Ann Silva", "Bo Lind"]


def test_a_quotation_of_nobody_has_no_speaker() -> None:
    assert _speakers("“Nobody told us that the ferry would leave at five.”") == [()]


def test_the_mention_is_the_words_in_the_text() -> None:
    text = "The bridge is safe, Mayor Ann Silva said."
    mention = _last(text).mention
    assert mention is not None
    assert mention.of(text) == "Mayor Ann Silva"


def test_a_source_without_words_names_nobody() -> None:
    text = Text("The bridge is safe, Ann Silva said.")
    (one,) = find_attributions(text, tagger="rules")
    odd = type(one)(
        source=Span(3, 4), cue=one.cue, content=one.content, kind=one.kind, confidence=one.confidence, stage="mine"
    )
    assert find_speakers(text, (odd,)) == ((),)
