"""Every entry of `names.json` changes how some name is compared, as the lexicon says."""

from __future__ import annotations

import pytest

from claimtrack.data import load_lexicon, load_rows
from claimtrack.store.registry.comparing import SURE, compare_people
from claimtrack.store.registry.forms import body_name, country_names, is_slavic, person_name

NAMES = load_lexicon("names")


def test_the_lexicon_says_what_it_is_its_licence_and_its_version() -> None:
    assert "Apache-2.0" in NAMES["about"]
    assert NAMES["version"] >= 1


@pytest.mark.parametrize("name", [name for name, words in NAMES.items() if isinstance(words, list)])
def test_no_entry_stands_twice_and_all_are_in_small_letters(name: str) -> None:
    entries = [" ".join(entry) if isinstance(entry, list) else entry for entry in NAMES[name]]
    assert len(entries) == len(set(entries))
    assert [entry for entry in entries if entry != entry.lower()] == []


@pytest.mark.parametrize("forms", NAMES["given_forms"], ids=lambda forms: forms[0])
def test_the_forms_of_a_given_name_are_one_name(forms: list[str]) -> None:
    first, *others = forms
    for other in others:
        likeness = compare_people(person_name(f"{first} Quillfeather"), person_name(f"{other} Quillfeather"))
        assert likeness is not None
        assert likeness.rule == "given-form"


@pytest.mark.parametrize("family", NAMES["common_surnames"])
def test_a_common_surname_makes_initials_unsure(family: str) -> None:
    likeness = compare_people(person_name(f"Q. {family}"), person_name(f"Quentin {family}"))
    assert likeness is not None
    assert likeness.score < SURE


@pytest.mark.parametrize("ending", NAMES["slavic_endings"])
def test_a_slavic_ending_is_told_and_needed(ending: str) -> None:
    assert is_slavic(f"mar{ending}")
    assert not any(ending.endswith(other) for other in NAMES["slavic_endings"] if other != ending)


@pytest.mark.parametrize("particle", NAMES["particles"])
def test_a_particle_of_a_surname_is_left_out(particle: str) -> None:
    assert person_name(f"Ines {particle} Okafor").words == ("ines", "okafor")
    kept = particle in NAMES["given_like_particles"]
    assert person_name(f"{particle} Okafor").words == ((particle, "okafor") if kept else ("okafor",))


@pytest.mark.parametrize("generation", NAMES["generations"])
def test_a_generation_is_no_part_of_the_surname(generation: str) -> None:
    for written in (f"Rex Quill {generation}", f"Rex Quill, {generation}.", f"REX QUILL {generation.upper()}"):
        assert (person_name(written).words, person_name(written).generation) == (("rex", "quill"), generation)


@pytest.mark.parametrize("word", NAMES["names_like_titles"])
def test_a_title_that_is_a_name_as_well_stays_before_a_single_name(word: str) -> None:
    assert person_name(f"{word} Quill").words == (word, "quill")
    assert person_name(f"{word} Rex Quill").words == ("rex", "quill")


@pytest.mark.parametrize("word", NAMES["body_small_words"])
def test_a_small_word_does_not_count_in_the_name_of_a_body(word: str) -> None:
    assert body_name(f"Tides {word} Quill").words == ("tides", "quill")


@pytest.mark.parametrize("form", NAMES["company_forms"])
def test_a_form_of_company_does_not_count_at_the_end(form: str) -> None:
    assert body_name(f"Quill Shipping {form}.").words == ("quill", "shipping")
    assert body_name(form).words == (form,)


@pytest.mark.parametrize(("first", "other"), NAMES["spellings"])
def test_two_spellings_of_a_word_are_one(first: str, other: str) -> None:
    assert body_name(f"Quill {first}").words == body_name(f"Quill {other}").words


@pytest.mark.parametrize("row", load_rows("countries"), ids=lambda row: row[0])
def test_a_countrys_names_and_adjectives_are_one_word_in_the_name_of_a_body(row: tuple[str, ...]) -> None:
    written = [row[0], *(one for column in row[1:3] for one in column.split(",") if one)]
    assert {body_name(f"{name} Quill Office").words[-2:] for name in written} == {("quill", "office")}
    assert all(body_name(f"{name} Quill").words[0].startswith("@") for name in written)
    assert country_names(row[0])
