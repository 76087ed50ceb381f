"""Every entry of every lexicon is reachable: a sentence made from it is read as the lexicon says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import claimtrack.data
from claimtrack.data import load_lexicon, load_rows
from claimtrack.extract import Attribution, find_attributions
from claimtrack.extract.narration import find_narration
from claimtrack.extract.noun_phrases import is_adverb, is_day, is_noun_like
from claimtrack.extract.rules.cues import cue_forms, find_cues
from claimtrack.extract.speakers import FoundSpeaker, find_speakers, speech_act_of
from claimtrack.extract.speakers.lexicon import countries, country_words, gendered_words, given_names, same_role
from claimtrack.extract.speakers.roles import names_a_person
from claimtrack.text import Span, Text, find_sentences, find_words

FOLDER = Path(claimtrack.data.__file__).parent
LEXICONS = (
    "abbreviations",
    "changes",
    "events",
    "given_names",
    "numbers",
    "roles",
    "rule_confidence",
    "speakers",
    "tenses",
    "words",
)
FRAMES = {"quote", "clause", "noun", "infinitive", "addressee"}


def _lists(value: Any) -> Iterator[list[str]]:
    """Give every list of words in a lexicon."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from _lists(inner)
    elif isinstance(value, list):
        yield value


# --- the files ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LEXICONS)
def test_a_lexicon_says_what_it_is_its_licence_and_its_version(name: str) -> None:
    lexicon = load_lexicon(name)
    assert "Apache-2.0" in lexicon["about"]
    assert lexicon["version"] >= 1


@pytest.mark.parametrize("name", LEXICONS)
def test_no_entry_stands_twice_in_one_list(name: str) -> None:
    for words in _lists(load_lexicon(name)):
        written = [json.dumps(word) for word in words]
        assert len(written) == len(set(written)), sorted(word for word in written if written.count(word) > 1)


@pytest.mark.parametrize("name", LEXICONS)
def test_words_are_in_small_letters_because_matching_is_exact(name: str) -> None:
    for words in _lists(load_lexicon(name)):
        for word in words:
            assert isinstance(word, list) or word == word.lower()


@pytest.mark.parametrize("name", LEXICONS)
def test_every_list_is_read_by_the_code(name: str) -> None:
    code = "".join(path.read_text("utf-8") for path in (FOLDER.parent).rglob("*.py"))
    for key in set(load_lexicon(name)) - {"about", "version", "measured_on"}:
        assert f'"{key}"' in code


def test_the_readme_names_every_file_and_only_those() -> None:
    readme = (FOLDER / "README.md").read_text("utf-8")
    named = set(re.findall(r"^\| `([^`]+)`", readme, re.MULTILINE))
    there = {path.name for path in FOLDER.iterdir() if path.suffix not in (".py", ".md") and path.is_file()}
    assert {name for name in there if not name.startswith("attribution-")} == {
        name for name in named if "*" not in name
    }


# --- reporting verbs ------------------------------------------------------------------------------------------------


def test_every_form_of_every_reporting_verb_is_found() -> None:
    for form, cue in cue_forms().items():
        words = find_words(f"They {' '.join(form)} it.")
        found = [words.texts[at.first : at.last + 1] for at in find_cues(words, 0, len(words))]
        assert found == [form], cue.lemma


def test_no_reporting_verb_stands_twice() -> None:
    lemmas = [row[0] for row in load_rows("cues")]
    assert len(lemmas) == len(set(lemmas))


@pytest.mark.parametrize("row", load_rows("cues"), ids=lambda row: row[0])
def test_a_row_of_the_reporting_verbs_has_known_frames_and_marks(row: tuple[str, ...]) -> None:
    _, frames, irregular, noun = (*row, "", "", "")[:4]
    assert frames
    assert set(frames.split()) <= FRAMES
    assert noun in ("", "noun")
    assert irregular == irregular.lower()


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("say", {"say", "says", "saying", "said"}),
        ("deny", {"deny", "denies", "denying", "denied"}),
        ("admit", {"admit", "admits", "admitting", "admitted"}),
        ("agree", {"agree", "agrees", "agreeing", "agreed"}),
        ("stress", {"stress", "stresses", "stressing", "stressed"}),
        ("argue", {"argue", "argues", "arguing", "argued"}),
        ("point out", {"point out", "points out", "pointing out", "pointed out"}),
        ("put it", {"put it", "puts it", "putting it"}),
        ("know", {"know", "knows", "knowing", "knew", "known"}),
    ],
)
def test_the_forms_of_a_verb_are_spelled_as_english_spells_them(lemma: str, forms: set[str]) -> None:
    assert {" ".join(form) for form, cue in cue_forms().items() if cue.lemma == lemma} == forms


def test_every_speech_act_belongs_to_one_reporting_verb() -> None:
    lemmas = [lemma for acts in load_lexicon("speakers")["speech_acts"].values() for lemma in acts]
    assert len(lemmas) == len(set(lemmas))
    assert set(lemmas) <= {row[0] for row in load_rows("cues")}


def test_a_confidence_is_known_for_stages_of_the_rules_only() -> None:
    room = FOLDER.parent / "extract" / "rules"
    rules = "".join((room / name).read_text("utf-8") for name in ("tagger.py", "headlines.py"))
    for stage, share in load_lexicon("rule_confidence")["share_right"].items():
        assert f'"{stage}"' in rules
        assert 0 <= share <= 1


# --- abbreviations ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", load_lexicon("abbreviations")["never_end"])
def test_an_abbreviation_keeps_its_sentence_together(word: str) -> None:
    assert len(find_sentences(f"They named {word}. Brackwater in the letter.")) == 1


@pytest.mark.parametrize("word", load_lexicon("abbreviations")["before_number"])
def test_an_abbreviation_before_a_number_keeps_its_sentence_together(word: str) -> None:
    assert len(find_sentences(f"They named {word}. 3 in the letter.")) == 1


@pytest.mark.parametrize("word", load_lexicon("abbreviations")["may_end"])
def test_an_abbreviation_ends_a_sentence_only_where_a_new_one_plainly_starts(word: str) -> None:
    assert len(find_sentences(f"They named Silva {word}. Brackwater in the letter.")) == 1
    assert len(find_sentences(f"They named Silva {word}. The letter was long.")) == 2


@pytest.mark.parametrize("word", load_lexicon("abbreviations")["clock"])
def test_a_clock_time_ends_a_sentence_before_a_name(word: str) -> None:
    assert len(find_sentences(f"They left at 5:40 {word}. Brackwater slept.")) == 2


@pytest.mark.parametrize("word", load_lexicon("abbreviations")["after_clock"])
def test_a_clock_time_goes_on_with_a_day_or_a_time_zone(word: str) -> None:
    assert len(find_sentences(f"They left at 5:40 a.m. {word.title()} with the ferry.")) == 1


@pytest.mark.parametrize("word", load_lexicon("abbreviations")["starters"])
def test_a_starter_opens_a_sentence_after_an_abbreviation(word: str) -> None:
    assert len(find_sentences(f"They left the U.S. {word.capitalize()} went on.")) == 2


# --- speakers -----------------------------------------------------------------------------------------------------

SPEAKERS = load_lexicon("speakers")
WORDS = load_lexicon("words")


def _speaker(sentence: str) -> FoundSpeaker:
    text = Text(sentence)
    ((found,),) = find_speakers(text, find_attributions(text, tagger="rules"))
    return found


@pytest.mark.parametrize("word", [word for word in SPEAKERS["titles"] if not word.endswith(".")])
def test_a_title_before_a_name_is_the_role(word: str) -> None:
    found = _speaker(f"The ferry sank at noon, {word.capitalize()} Ann Silva said.")
    assert (found.name, found.kind, found.role) == ("Ann Silva", "person", word.capitalize())


@pytest.mark.parametrize("word", SPEAKERS["honorifics"])
def test_an_honorific_is_neither_name_nor_role(word: str) -> None:
    found = _speaker(f"The ferry sank at noon, {word.capitalize()} Ann Silva said.")
    assert (found.name, found.role) == ("Ann Silva", None)


@pytest.mark.parametrize("word", [word for word in SPEAKERS["organization"] if word not in SPEAKERS["document"]])
def test_an_organisation_is_named_or_described(word: str) -> None:
    named, bare = (_speaker(f"The ferry sank at noon, the {name}{word} said.") for name in ("Brackwater ", ""))
    assert (named.kind, named.name) == ("organization", f"Brackwater {word}")
    assert (bare.kind, bare.name, bare.role) == ("organization", None, word)


@pytest.mark.parametrize("kind", ["document", "group", "anonymous"])
def test_a_nameless_source_has_its_kind(kind: str) -> None:
    for word in SPEAKERS[kind]:
        if kind in ("document", "group") and word in SPEAKERS["organization"]:
            continue
        source = word if word in WORDS["pronouns"] else f"the regional {word}"
        found = _speaker(f"The ferry sank at noon, {source} said.")
        assert (found.kind, found.name) == (kind, None), word


@pytest.mark.parametrize("word", SPEAKERS["generic_organization"])
def test_a_general_word_stands_for_the_organisation_that_spoke_last(word: str) -> None:
    text = Text(f"Sarnian Airlines denied that the jet was old. It was new, the {word} said.")
    names = [one.name for found in find_speakers(text, find_attributions(text, tagger="rules")) for one in found]
    assert names == ["Sarnian Airlines"] * 2


def test_general_words_and_public_bodies_are_organisations() -> None:
    assert set(SPEAKERS["generic_organization"]) | set(SPEAKERS["public_body"]) <= set(SPEAKERS["organization"])


@pytest.mark.parametrize("word", [word for word in SPEAKERS["people"] if word not in SPEAKERS["group"]])
def test_a_noun_for_a_person_describes_one(word: str) -> None:
    words = find_words(f"the regional {word}")
    assert names_a_person(words, 2)


@pytest.mark.parametrize("word", [*SPEAKERS["epithets"], *SPEAKERS["occupations"]])
def test_an_epithet_means_who_is_in_mind(word: str) -> None:
    text = Text(f"Robin Vale, 40, walked home. It was late, the {word} said.")
    ((found,),) = find_speakers(text, find_attributions(text, tagger="rules"))
    assert found.name == "Robin Vale"


@pytest.mark.parametrize("group", SPEAKERS["same_role"], ids=lambda group: group[0])
def test_each_word_of_a_group_may_name_the_same_office(group: list[str]) -> None:
    for word in group:
        assert set(group) <= same_role(word)


@pytest.mark.parametrize("gender", ["female", "male"])
def test_a_title_tells_a_gender(gender: str) -> None:
    for word in SPEAKERS["gendered"][gender]:
        assert gendered_words()[word] == gender
        assert word in SPEAKERS["honorifics"] or names_a_person(find_words(word), 0), word


def test_a_given_name_tells_one_gender() -> None:
    lexicon = load_lexicon("given_names")
    for gender in ("female", "male"):
        for name in (*lexicon[gender], *lexicon[f"{gender}_elsewhere"]):
            assert given_names()[name] == gender, name


@pytest.mark.parametrize("row", load_rows("countries"), ids=lambda row: row[0])
def test_a_country_is_known_by_every_word_of_its_row(row: tuple[str, ...]) -> None:
    name, others, adjectives, cities, houses = row
    for word in (name, *others.split(","), *cities.split(",")):
        assert not word or countries()[word.lower()] in (name, *(other[0] for other in load_rows("countries")))
    for word in filter(None, houses.split(",")):
        assert countries()[word.lower()] == word
    for word in filter(None, adjectives.split(",")):
        assert country_words()[word.lower()] == name


@pytest.mark.parametrize("act", SPEAKERS["act_nouns"])
def test_a_noun_in_the_cue_tells_the_speech_act(act: str) -> None:
    for noun in SPEAKERS["act_nouns"][act]:
        text = Text(f"Silva made a {noun} that the ferry sank.")
        found = Attribution(
            source=Span(0, 5),
            cue=Span(6, 13 + len(noun)),
            content=(Span(14 + len(noun), len(text.string) - 1),),
            kind="indirect",
            confidence=1.0,
            stage="mine",
        )
        assert speech_act_of(text, found) == act, noun


@pytest.mark.parametrize("word", SPEAKERS["negations"])
def test_a_negation_before_the_verb_takes_a_denial_back(word: str) -> None:
    text = Text(f"Silva {word} deny that the ferry sank.")
    at = text.string.index("deny")
    found = Attribution(
        source=Span(0, 5),
        cue=Span(at, at + 4),
        content=(Span(at + 5, len(text.string) - 1),),
        kind="indirect",
        confidence=1.0,
        stage="mine",
    )
    assert speech_act_of(text, found) == "asserted"


# --- events and word classes --------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", load_lexicon("events")["past"])
def test_a_verb_of_events_makes_a_sentence_checkable(verb: str) -> None:
    assert len(find_narration(Text(f"The ferry {verb} with much noise near Brackwater."), (), (), ())) == 1


@pytest.mark.parametrize("verb", load_lexicon("events")["irregular_participles"])
def test_a_participle_in_the_passive_makes_a_sentence_checkable(verb: str) -> None:
    assert len(find_narration(Text(f"The ferry was {verb} with much noise."), (), (), ())) == 1


@pytest.mark.parametrize("word", [*WORDS["weekdays"], *WORDS["months"]])
def test_a_day_or_month_is_a_day_and_no_noun(word: str) -> None:
    words = find_words(word.capitalize().removesuffix("."))
    if word.endswith("."):  # words keep the full stop of a month apart
        assert word[:-1].isalpha()
        return
    assert is_day(words, 0)
    assert not is_noun_like(words, 0)


@pytest.mark.parametrize("word", WORDS["adverbs"])
def test_an_adverb_stands_between_subject_and_verb(word: str) -> None:
    assert is_adverb(find_words(word), 0)
    (found,) = find_attributions(f"Silva {word} said that the ferry sank.", tagger="rules")
    assert found.source is not None
    assert found.source.of(f"Silva {word} said") == "Silva"


@pytest.mark.parametrize("group", ["subordinators", "auxiliaries", "prepositions"])
def test_a_word_of_a_closed_class_stands_in_no_noun_phrase(group: str) -> None:
    for word in WORDS[group]:
        assert not is_noun_like(find_words(word), 0), word


@pytest.mark.parametrize("word", WORDS["auxiliaries"])
def test_an_auxiliary_belongs_to_the_verb_group(word: str) -> None:
    text = f"Silva {word} say that the ferry sank."
    (found,) = find_attributions(text, tagger="rules")
    assert found.cue is not None
    assert found.cue.of(text) == f"{word} say"


@pytest.mark.parametrize("word", WORDS["determiners"])
def test_a_determiner_opens_a_source(word: str) -> None:
    text = f"The ferry sank at noon, {word} witness said."
    (found,) = find_attributions(text, tagger="rules")
    assert found.source is not None
    assert found.source.of(text) == f"{word} witness"


@pytest.mark.parametrize("word", WORDS["pronouns"])
def test_a_pronoun_is_a_source_of_its_own(word: str) -> None:
    text = f"The ferry sank at noon, {word} said."
    (found,) = find_attributions(text, tagger="rules")
    assert found.source is not None
    assert found.source.of(text) == word


@pytest.mark.parametrize("word", WORDS["prepositions_inside"])
def test_a_preposition_stands_inside_a_source(word: str) -> None:
    text = f"The ferry sank at noon, the head {word} rescue said."
    (found,) = find_attributions(text, tagger="rules")
    assert found.source is not None
    assert found.source.of(text) == f"the head {word} rescue"


@pytest.mark.parametrize("word", WORDS["periods"])
def test_a_period_between_source_and_verb_is_no_source(word: str) -> None:
    text = f"The bank last {word} said that prices rose."
    (found,) = find_attributions(text, tagger="rules")
    assert found.source is not None
    assert found.source.of(text) == "The bank"


@pytest.mark.parametrize("word", ["is", "are", "was", "were"])
def test_a_verb_in_the_passive_attributes_nothing(word: str) -> None:
    assert word in WORDS["be"]
    assert find_attributions(f"The mayor {word} asked that the ferry wait.", tagger="rules") == ()


@pytest.mark.parametrize("verb", WORDS["doubled_verbs"])
def test_a_verb_that_doubles_its_last_letter_is_found_doubled(verb: str) -> None:
    rows = {row[0].split()[0] for row in load_rows("cues")}
    assert verb in rows
    assert any(form[0] == f"{verb}{verb[-1]}ing" for form in cue_forms())
