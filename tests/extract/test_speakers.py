"""From the words that name a source to a speaker."""

from __future__ import annotations

import pytest

from claimtrack.extract import find_attributions
from claimtrack.extract.speakers import FoundSpeaker, find_speakers, speech_act_of, with_chains
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


def test_the_president_is_the_one_whom_the_paragraph_is_about_or_who_spoke_last() -> None:
    names = [found[0].name for found in _speakers(CRASH)]
    assert names == ["Oskar Lindqvar", "Oskar Lindqvar", "Oskar Lindqvar", "Milena Toreva", "Milena Toreva"]


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


# --- by kind ------------------------------------------------------------------------------------------------------

# Name of the case, text, and the name of each source in order; None where the text names nobody.
NAMES = [
    ("a nickname", "Robert “Bobby” Crane ran the fair. Bobby said that it rained.", ["Robert “Bobby” Crane"]),
    ("another name", "Elizabeth Marsh, known as Betty, bakes. Betty said that bread was dear.", ["Elizabeth Marsh"]),
    ("the family name first", "Kim Yong-ho led the walk. Kim said that it was cold.", ["Kim Yong-ho"]),
    ("small words in a name", "Jean van den Broek came. Van den Broek said that it was late.", ["Jean van den Broek"]),
    ("an office of several words", "Secretary of State Dana Poe said that talks failed.", ["Dana Poe"]),
    ("a firm of two", "Smith & Sons said that the quay was safe.", ["Smith & Sons"]),
    (
        "Mr and Mrs of one surname",
        "Paul Stern and Mia Stern sued. Ms. Stern said that she won. Mr. Stern said that she lost.",
        ["Mia Stern", "Paul Stern"],
    ),
    (
        "an acronym in brackets",
        "The National Dairy Agency (NDA) met. The NDA said that milk was dear.",
        ["National Dairy Agency"],
    ),
    (
        "an acronym before the long name",
        "The NDA said that milk was dear. The National Dairy Agency said that it would stay so.",
        ["National Dairy Agency", "National Dairy Agency"],
    ),
    ("a city for its government", "Ankara denied that the talks had failed.", ["Turkey"]),
    ("a house of government", "The Kremlin denied that the talks had failed.", ["Kremlin"]),
    (
        "a country's adjective",
        "Polish President Ewa Nowak met Czech President Jan Novotny. The Czech president said that it rained.",
        ["Jan Novotny"],
    ),
    (
        "a counterpart",
        "Polish President Ewa Nowak met her Czech counterpart Jan Novotny. The Czech president said that it rained.",
        ["Jan Novotny"],
    ),
    (
        "another word for the office",
        "Sen. Ruth Vance of Ohio spoke. The Ohio lawmaker said that it was late.",
        ["Ruth Vance"],
    ),
    (
        "an age",
        "Bo Lind, 61, swam home. Karl Ek, 40, drove. The 61-year-old said that it was cold.",
        ["Bo Lind"],
    ),
    (
        "an epithet",
        "Oscar Brandt bought the paper. The billionaire said that it would be free.",
        ["Oscar Brandt"],
    ),
    (
        "a name that comes later",
        "The captain said that he went back. Tomas Eriksen, who has sailed since 1990, broke a wrist.",
        ["Tomas Eriksen"],
    ),
    ("an unnamed holder", "The ferry sank. The judge said that the case was closed.", [None]),
    ("a maker", "Boeing lost orders. The plane maker said that it was sorry.", ["Boeing"]),
    ("a firm of that sort", "Norvik Motors closed. The carmaker said that jobs would go.", ["Norvik Motors"]),
    (
        "a relative",
        "Anna Berg met Lars Berg. Anna Berg said that it rained. Her husband said that it did not.",
        ["Anna Berg", "Lars Berg"],
    ),
    (
        "he and she",
        "Ann Silva met Bo Lind. She said that it rained. He said that it did not.",
        ["Ann Silva", "Bo Lind"],
    ),
    (
        "pronouns of the text against the given name",
        "Dana Holt said that he was late. Eva Roth came, and she was early. He said that it rained.",
        ["Dana Holt", "Dana Holt"],
    ),
    (
        "they of two",
        "Ann Silva and Bo Lind said that it rained. They said that it was cold.",
        ["Ann Silva", "Bo Lind", "Ann Silva", "Bo Lind"],
    ),
    (
        "the three",
        "Ann Silva, Bo Lind and Karl Ek said that it rained. The three said that it was cold.",
        ["Ann Silva", "Bo Lind", "Karl Ek"] * 2,
    ),
    ("one surname for two", "John and Mary Bell said that they were fine.", ["John Bell", "Mary Bell"]),
    (
        "an apposition that names a group",
        "Two of them, Ivo Marsh and Dora Penn, said that they had rowed out.",
        ["Ivo Marsh", "Dora Penn"],
    ),
    (
        "a nameless source is never named",
        "Ann Silva spoke. A person familiar with the plan said that it was dead.",
        [None],
    ),
    ("a share of people", "Mayor Ann Silva spoke. Twelve percent said that they would leave.", [None]),
]

# Name of the case, text, and the last speaker: no name, but this description.
DESCRIBED = [
    (
        "a relative of who writes",
        "Bo Marlo runs for mayor of Dessa. “Trams are the future,” Marlo said. "
        "Where I grew up, my father said the tram was for other people.",
        "my father",
    ),
    (
        "the candidate of who reads",
        "Voters of Dessa, you know Bo Marlo, the mogul. Marlo said on Monday the trams would run. "
        "Later your candidate said that they would not.",
        "your candidate",
    ),
    (
        "a paper or the body that sent it",
        "Hollin Freight sued the harbour. Lawyers found papers about Sarnia Bank and Dessa Rail. Sarnia Bank was calm. "
        "Dessa Rail sent a memo to the court. It said the quay was safe.",
        None,
    ),
    (
        "a union beside a company",
        "Carrow Motors will close its Dessa plant. Workers had loved Carrow Motors. "
        "The union said the plant made money.",
        "union",
    ),
    (
        "an airline that nothing shows to be one of the bodies",
        "The flight was late, papers in Sarnia reported. They had asked Dessa Press, and Kestrel News as well. "
        "Bo Marlo had 6,000 hours with Brelavia. The airline said he was a good pilot.",
        "airline",
    ),
]


@pytest.mark.parametrize(("text", "names"), [row[1:] for row in NAMES], ids=[row[0] for row in NAMES])
def test_a_careful_reader_knows_these_names(text: str, names: list[str | None]) -> None:
    prepared = Text(text)
    found = find_speakers(prepared, find_attributions(prepared))
    assert [one.name for speakers in found for one in speakers] == names


@pytest.mark.parametrize(("text", "described"), [row[1:] for row in DESCRIBED], ids=[row[0] for row in DESCRIBED])
def test_whom_the_text_does_not_tell_stays_described(text: str, described: str | None) -> None:
    found = _last(text)
    assert (found.name, found.role) == (None, described)


def test_a_mister_is_the_man_whom_the_text_tells_more_of() -> None:
    found = _last(
        "Bo Marlo will run again. Marlo said the trams were late. Mr. Marlo's office was calm, "
        "with flowers sent by Ivara Marlo. Mr. Marlo said that he would not resign."
    )
    assert found.name == "Bo Marlo"


def test_a_body_of_somebody_is_named_without_the_ending() -> None:
    found = _last("Mayor Ada Marlo won. According to her party's, the count was fair.")
    assert found.name == "Ada Marlo's party"


def test_a_country_that_speaks_is_a_body() -> None:
    found = _last("Russia denied that the talks had failed.")
    assert (found.name, found.kind) == ("Russia", "organization")


@pytest.mark.parametrize(
    ("text", "name", "body"),
    [
        ("A spokeswoman for Sarnian Air said that the jet was new.", None, "Sarnian Air"),
        ("A spokeswoman for Sarnian Air, Ann Silva, said that the jet was new.", "Ann Silva", "Sarnian Air"),
        ("Kremlin spokesman Bo Lind said that the jet was new.", "Bo Lind", "Kremlin"),
        ("Mayor Ann Silva left. Her spokesman said that she was ill.", None, "Ann Silva"),
        ("Mayor Ann Silva left. Silva's lawyer, Bo Lind, said that she was ill.", "Bo Lind", "Ann Silva"),
        ("Mayor Ann Silva said that she was ill.", "Ann Silva", None),
    ],
)
def test_who_speaks_for_somebody_is_the_speaker_and_the_other_stands_beside(
    text: str, name: str | None, body: str | None
) -> None:
    prepared = Text(text)
    found = find_speakers(prepared, find_attributions(prepared))[-1][0]
    assert (found.name, found.on_behalf_of) == (name, body)


def test_a_name_written_out_is_surer_than_one_worked_out() -> None:
    full, surname, pronoun = _speakers(
        "Mayor Ann Silva said that it rained. Silva said that it was cold. Eva Roth came. She said that it was late."
    )
    assert full[0].confidence is not None
    assert surname[0].confidence is not None
    assert pronoun[0].confidence is not None
    assert full[0].confidence > surname[0].confidence > pronoun[0].confidence
    assert "Ann Silva" in pronoun[0].alternatives


def test_he_reaches_no_further_than_a_reader_would() -> None:
    gap = "The road was wet and long. " * 60
    near, far = (_last(f"Mayor Bo Lind spoke. {between}It was late, he said.") for between in ("", gap))
    assert near.confidence is not None
    assert far.name is None or (far.confidence or 0) < near.confidence


# --- chains -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "speaker", "via", "content"),
    [
        ("Silva said that Lind had told her that it rained.", "Lind", "Silva", "that it rained"),
        ("Silva said Lind told reporters that it rained.", "Lind", "Silva", "that it rained"),
        (
            "Silva said the clerk had assured residents the water was clean.",
            "the clerk",
            "Silva",
            "the water was clean",
        ),
        ("The agency quoted Bo Lind as saying that it rained.", "Bo Lind", "The agency", "that it rained"),
        ("Silva said he had been told by the minister that it rained.", "the minister", "Silva", "that it rained"),
    ],
)
def test_who_passed_words_on_is_kept_beside_who_said_them(text: str, speaker: str, via: str, content: str) -> None:
    prepared = Text(text)
    (found,) = with_chains(prepared, find_attributions(prepared))
    assert found.source is not None
    assert found.via is not None
    assert (found.source.of(text), found.via.of(text), found.content[0].of(text)) == (speaker, via, content)
    ((one,),) = find_speakers(prepared, (found,))
    assert one.via is not None


@pytest.mark.parametrize("text", ["Silva said that Lind was late.", "Silva said she had told him that it rained."])
def test_a_content_that_only_mentions_somebody_is_passed_on_by_nobody(text: str) -> None:
    prepared = Text(text)
    assert [one.via for one in with_chains(prepared, find_attributions(prepared, tagger="rules"))] == [None]


# --- speech acts --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Silva said that the bridge was safe.", "asserted"),
        ("Silva denied that the bridge was old.", "denied"),
        ("Silva rejected claims that the bridge was old.", "denied"),
        ("Silva did not deny that the bridge was old.", "asserted"),
        ("Silva asked whether the bridge was old.", "asked"),
        ("Silva declined to say whether the bridge was old.", "asked"),
        ("“Who paid for the bridge?” said Ann Silva.", "asked"),
        ("Silva vowed that the bridge would reopen.", "promised"),
        ("Silva said he hopes that the bridge will reopen.", "expressed"),
        ("Silva said that she regretted the delay.", "expressed"),
        ("Silva said that critics hoped for rain.", "asserted"),
    ],
)
def test_what_a_speaker_did_with_the_content(text: str, act: str) -> None:
    prepared = Text(text)
    assert speech_act_of(prepared, find_attributions(prepared, tagger="rules")[0]) == act


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("British Prime Minister Theresa May said on Sunday that the country would leave the union.", ["Theresa May"]),
        ("On Tuesday in May Ann Silva said that the bridge was safe.", ["Ann Silva"]),
        ("Ann Silva said on Monday that the bridge was safe.", ["Ann Silva"]),
    ],
)
def test_a_month_goes_on_with_a_name_after_a_given_name_only(text: str, names: list[str]) -> None:
    article = Text(text)
    found = find_speakers(article, find_attributions(article, tagger="rules"))
    assert [(one.name, one.kind) for speakers in found for one in speakers] == [(name, "person") for name in names]
