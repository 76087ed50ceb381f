"""What a newcomer gets wrong is answered by a message that says what to do instead.

docs/errors.md shows the most frequent; these are the ones that it has no room for.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import claimtrack
from claimtrack.cli import main

FIGURE = claimtrack.find_figures("Police counted 62 boats.")[0]
ARTICLE = claimtrack.read_article(text="The ferry sank, Captain Ann Silva said.")
WRONG: list[tuple[Callable[[Any], object], Any, str]] = [
    (claimtrack.extract_claims, [ARTICLE], "extract_claims takes an Article, not list; read_article makes one"),
    (claimtrack.find_figures, ARTICLE, "takes a str, not Article; an article has it as article.text"),
    (claimtrack.find_dates, None, "takes a str, not NoneType; an article has it as article.text"),
    (claimtrack.find_attributions, ARTICLE, "takes a str, not Article; an article has it as article.text"),
    (claimtrack.check_claims, ARTICLE, "takes several claims, not Article; extract_claims gives them"),
    (lambda given: claimtrack.compare_figures(FIGURE, given), "62", "takes figures, not str; find_figures gives them"),
]


@pytest.mark.parametrize(("call", "given", "said"), WRONG, ids=[one[2].partition(",")[0] for one in WRONG])
def test_a_value_of_another_type_is_named_with_what_makes_the_right_one(
    call: Callable[[Any], object], given: Any, said: str
) -> None:
    with pytest.raises(TypeError, match=said):
        call(given)


def test_only_documents_are_saved(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="save takes a document, not str; give an Article"):
        claimtrack.Store(tmp_path / "newsroom").save("claims.json")  # type: ignore[arg-type]


def test_a_claim_that_is_set_in_place_says_how_it_is_changed() -> None:
    claim = claimtrack.extract_claims(ARTICLE)[0]
    with pytest.raises(AttributeError, match=r"replace\(verdict=\.\.\.\) gives a changed copy"):
        claim.verdict = "false"  # type: ignore[misc]
    assert claim.verdict is None


def test_python_is_told_enough_to_guess_a_misspelt_name() -> None:
    with pytest.raises(AttributeError) as caught:
        claimtrack.read_articles  # noqa: B018
    assert (caught.value.name, caught.value.obj) == ("read_articles", claimtrack)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["extrct"], "there is no command 'extrct'; did you mean 'extract'?"),
        (["frobnicate"], "there is no command 'frobnicate'; `claimtrack --help` lists all"),
        (["schema", "claims"], "did you mean 'claim'?"),
        (["extract", "--tagger", "acurate", "seeds/plane-crash.txt"], "did you mean 'accurate'?"),
        (["list", "--verdict", "flase", "--store", "newsroom"], "did you mean 'false'?"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_slip_on_the_command_line_is_guessed(arguments: list[str], said: str) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert said in result.output


def test_an_address_in_the_place_of_a_file_is_told_apart_from_a_missing_file() -> None:
    for given in ("https://wire.example/ferry", Path("https://wire.example/ferry")):
        with pytest.raises(claimtrack.FileMissingError, match="an address, and nothing is fetched here"):
            claimtrack.read_article(given)


def test_a_text_in_the_place_of_a_path_is_told_apart_from_a_missing_file() -> None:
    with pytest.raises(claimtrack.FileMissingError, match=r"or the text itself as text=\.\.\."):
        claimtrack.read_article("The ferry sank, Ann Silva said.")


def test_a_listing_that_finds_nothing_says_so(tmp_path: Path) -> None:
    store = claimtrack.Store(tmp_path / "newsroom")
    arguments = ["list", "--store", str(store.folder)]
    assert "no claims in this store yet" in CliRunner().invoke(main, arguments).stderr
    result = CliRunner().invoke(main, [*arguments, "--text", "ferry"])
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no claim fits" in result.stderr
