"""Every entry of the lexicons of figures is reachable: a sentence made from it is read as the lexicon says."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from claimtrack.data import load_lexicon
from claimtrack.extract import Figure, find_dates, find_figures
from claimtrack.extract.figures.units import unit_factor

NUMBERS, UNITS = load_lexicon("numbers"), load_lexicon("units")
CHANGES, ROLES = load_lexicon("changes"), load_lexicon("roles")


def figure(text: str) -> Figure:
    (one,) = find_figures(text)
    return one


def unit_words(kind: str) -> Iterator[tuple[str, str]]:
    """Give every way to write every unit of a kind, with the unit."""
    groups: list[dict[str, Any]] = list(UNITS["units"].values()) if kind == "measure" else [UNITS["duration"]]
    for group in groups:
        for unit, (_, written) in group.items():
            for form in written.split():
                yield form.replace("_", " "), unit


def test_the_lexicon_of_units_says_what_it_is_its_licence_and_its_version() -> None:
    assert "Apache-2.0" in UNITS["about"]
    assert UNITS["version"] >= 1


@pytest.mark.parametrize(("word", "value"), [pair for pair in NUMBERS["words"].items() if pair[1] > 1])
def test_a_number_word_counts(word: str, value: int) -> None:
    one = figure(f"They saw {word} ships.")
    assert (one.value, one.what) == (Decimal(value), "ships")


@pytest.mark.parametrize(("word", "factor"), NUMBERS["scales"].items())
def test_a_scale_multiplies(word: str, factor: str) -> None:
    assert figure(f"They saw 3 {word} ships.").value == 3 * Decimal(factor)


@pytest.mark.parametrize(("word", "factor"), [pair for pair in NUMBERS["plural_scales"].items() if pair[0] != "tens"])
def test_a_plural_scale_gives_an_order_of_magnitude(word: str, factor: str) -> None:
    one = figure(f"They saw {word} of ships.")
    assert (one.low, one.high, one.what) == (Decimal(factor), 10 * Decimal(factor), "ships")


@pytest.mark.parametrize(("letters", "factor"), NUMBERS["scale_letters"].items())
def test_a_scale_letter_multiplies_where_it_touches_the_number(letters: str, factor: str) -> None:
    assert figure(f"It cost $3.5{letters} to mend.").value == Decimal("3.5") * Decimal(factor)


@pytest.mark.parametrize(("sign", "value"), NUMBERS["fraction_signs"].items())
def test_a_fraction_sign_is_exact(sign: str, value: str) -> None:
    assert figure(f"It weighs 2{sign} kg.").value == 2 + Fraction(value)


@pytest.mark.parametrize(("word", "parts"), [pair for pair in NUMBERS["parts"].items() if pair[1] > 2])
def test_a_part_gives_an_exact_fraction(word: str, parts: int) -> None:
    assert figure(f"They lost one {word} of the ships.").value == Fraction(1, parts)


@pytest.mark.parametrize(("word", "place"), NUMBERS["ordinals"].items())
def test_an_ordinal_before_a_noun_is_marked_as_such(word: str, place: int) -> None:
    one = figure(f"It was the {word} ferry to sink.")
    assert (one.kind, one.value) == ("ordinal", place)


@pytest.mark.parametrize("word", NUMBERS["not_ordered"])
def test_an_ordinal_before_this_word_orders_nothing(word: str) -> None:
    assert [one.kind for one in find_figures(f"It was the third {word} by far.") if one.kind == "ordinal"] == []


@pytest.mark.parametrize(
    ("hedge", "modifier"), [pair for pair in NUMBERS["hedges"] if pair[0] not in ("sub -", "or more")]
)
def test_a_hedge_gives_its_modifier(hedge: str, modifier: str) -> None:
    assert figure(f"They counted {hedge} 40 ships there.").modifier == modifier


@pytest.mark.parametrize(("hedge", "modifier"), [pair for pair in NUMBERS["hedges_after"] if "-" not in pair[0]])
def test_a_hedge_after_the_noun_gives_its_modifier(hedge: str, modifier: str) -> None:
    assert figure(f"They measured 40 kg {hedge}, they said.").modifier == modifier


@pytest.mark.parametrize("word", NUMBERS["plurals"])
def test_a_plural_without_s_is_counted(word: str) -> None:
    one = figure(f"They counted 40 {word} there.")
    assert one.what == word or one.unit is not None or one.role is not None


@pytest.mark.parametrize("word", NUMBERS["compounds"])
def test_a_singular_noun_of_size_is_counted_after_digits(word: str) -> None:
    assert figure(f"It was a 12 {word} thing.").what is not None


@pytest.mark.parametrize("word", NUMBERS["named_by_number"])
def test_a_thing_named_by_its_number_is_no_figure(word: str) -> None:
    assert find_figures(f"They saw {word.title()} 190 there.") == ()


@pytest.mark.parametrize("word", NUMBERS["not_counted_by_one"])
def test_one_is_a_pronoun_before_this_word(word: str) -> None:
    assert [one for one in find_figures(f"And one {word} they saw it.") if one.span.start < 8] == []


@pytest.mark.parametrize("idiom", NUMBERS["idioms"])
def test_an_idiom_is_no_figure(idiom: str) -> None:
    written = idiom.replace(" - ", "-").replace(" / ", "/")
    assert find_figures(f"It was {written}.") == ()


@pytest.mark.parametrize(("symbol", "code"), UNITS["currency_symbols"].items())
def test_a_currency_symbol_gives_its_code(symbol: str, code: str) -> None:
    text = f"It cost {symbol}350 to mend."
    one = figure(text)
    assert (one.kind, one.unit, one.span.of(text)) == ("money", code, f"{symbol}350")


@pytest.mark.parametrize("code", UNITS["currency_codes"])
def test_a_currency_code_stands_before_or_after(code: str) -> None:
    assert figure(f"It cost {code} 350 to mend.").kind == figure(f"It cost 350 {code} to mend.").kind == "money"


@pytest.mark.parametrize(("words", "code"), UNITS["currency_nouns"].items())
def test_a_currency_word_gives_its_code(words: str, code: str) -> None:
    for word in words.split():
        one = figure(f"It cost 350 {word} to mend.")
        assert one.kind == "money"
        assert one.unit in (code, "SEK", "NOK")  # "kronor" and "kroner" are written for both


@pytest.mark.parametrize(("words", "code"), UNITS["currency_adjectives"].items())
def test_a_country_before_a_currency_word_decides(words: str, code: str) -> None:
    one = figure(f"It cost 350 {words.replace('_', ' ')} to mend.")
    assert (one.kind, one.unit) == ("money", code)


@pytest.mark.parametrize("kind", ["measure", "duration"])
def test_every_way_to_write_a_unit_gives_it(kind: str) -> None:
    for word, unit in unit_words(kind):
        one = figure(f"They measured 12{'' if word[0] == '°' else ' '}{word} there.")
        assert (one.kind, one.unit, one.value) == (kind, unit, Decimal(12)), word


@pytest.mark.parametrize(("text", "unit"), UNITS["exact_case"].items())
def test_a_unit_of_one_sign_is_known_by_its_case(text: str, unit: str) -> None:
    assert figure(f"They measured 12{text}, they said.").unit == unit


@pytest.mark.parametrize(
    ("unit", "other", "count"),
    [
        ("mile", "kilometre", "1.609344"),
        ("inch", "centimetre", "2.54"),
        ("pound", "gram", "453.59237"),
        ("acre", "square metre", "4046.8564224"),
    ],
)
def test_factors_are_the_ones_that_the_units_are_defined_by(unit: str, other: str, count: str) -> None:
    one, base = unit_factor(unit), unit_factor(other)
    assert one is not None
    assert base is not None
    assert one[0] == base[0]
    assert one[1] / base[1] == Fraction(count)


@pytest.mark.parametrize("word", UNITS["per"])
def test_a_rate_is_part_of_the_unit(word: str) -> None:
    assert (figure(f"It costs $12 per {word.replace('_', ' ')}.").unit or "").startswith("USD per ")


@pytest.mark.parametrize("word", UNITS["percent"])
def test_a_percent_word_gives_percent(word: str) -> None:
    if word == "percentage":  # stands there for "percentage point"
        return
    one = figure(f"Pay was 3.40 {word.replace('_', ' ')} of it.")
    assert (one.kind, str(one.value)) == ("percent", "3.40")


@pytest.mark.parametrize("word", UNITS["money_words"])
def test_a_word_of_money_tells_pounds_of_money_from_pounds_of_weight(word: str) -> None:
    assert figure(f"The {word} was 350 pounds.").unit == "GBP"
    assert figure("The calf was 350 pounds.").unit == "pound"


@pytest.mark.parametrize(
    ("direction", "word"), [(name, word) for name in ("up", "down") for word in CHANGES[name] if " " not in word]
)
def test_a_verb_of_change_gives_its_direction(direction: str, word: str) -> None:
    assert figure(f"It {word} by 12 percent.").change == direction


@pytest.mark.parametrize(
    ("direction", "word"), [(name[6:], word) for name in ("nouns_up", "nouns_down") for word in CHANGES[name]]
)
def test_a_noun_of_change_gives_its_direction(direction: str, word: str) -> None:
    assert figure(f"There was a {word} of 12 percent.").change == direction


@pytest.mark.parametrize(("role", "word"), [(role, word) for role, words in ROLES["after"].items() for word in words])
def test_a_verb_after_the_counted_gives_their_role(role: str, word: str) -> None:
    found = find_figures(f"At noon 12 people {word}.")
    assert found[0].role in (role, ROLES_SHARED.get(word, role))


ROLES_SHARED = {
    "freed": "released",
    "were freed": "rescued",
    "burned down": "injured",
    "survived the crash": "survived",
}


@pytest.mark.parametrize(("role", "word"), [(role, word) for role, words in ROLES["nouns"].items() for word in words])
def test_a_noun_that_is_counted_gives_its_role(role: str, word: str) -> None:
    assert figure(f"There were 12 {word}.").role == role


@pytest.mark.parametrize("word", load_lexicon("tenses")["ahead"])
def test_a_date_after_this_word_looks_ahead(word: str) -> None:
    (date,) = find_dates(f"It {word} on Monday.", published="2025-10-09")
    assert date.start == "2025-10-13"


@pytest.mark.parametrize("word", [*load_lexicon("tenses")["back"], *load_lexicon("tenses")["not_past"]])
def test_a_date_after_this_word_looks_back(word: str) -> None:
    """A word that only ends like a past tense tells nothing, and a weekday is then the last one."""
    (date,) = find_dates(f"It {word} on Monday.", published="2025-10-09")
    assert date.start == "2025-10-06"
