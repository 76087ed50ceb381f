"""What the fast tagger sees of each token."""

from __future__ import annotations

from claimtrack.extract.tagging.crf import load_chain
from claimtrack.extract.tagging.features import WordKinds, features_of
from claimtrack.extract.tagging.hints import find_hints
from claimtrack.extract.tagging.tokens import find_tokens
from claimtrack.text import Text

KINDS = WordKinds(cue={"said": 5}, source={"mayor": 2})
TEXT = Text("The mayor said that taxes rise. Nobody left.")
TOKENS = find_tokens(TEXT)
COLUMNS = [list(column) for column in features_of(TOKENS, KINDS, find_hints(TEXT, TOKENS))]


def test_every_column_says_something_about_every_token() -> None:
    assert {len(column) for column in COLUMNS} == {10}
    assert all(isinstance(one, str) and one for column in COLUMNS for one in column)


def test_a_token_knows_the_cue_before_it_in_its_sentence_and_how_far_back() -> None:
    assert "said1" in [column[3] for column in COLUMNS]
    assert "said3" in [column[5] for column in COLUMNS]
    assert not any(column[7].startswith("said") for column in COLUMNS)


def test_a_token_knows_the_cue_after_it() -> None:
    assert "said2" in [column[0] for column in COLUMNS]


def test_a_token_knows_what_the_rules_make_of_it_and_of_its_neighbours() -> None:
    assert "3forward" in [column[2] for column in COLUMNS]
    assert "2forward3forward5forward" in [column[2] for column in COLUMNS]
    assert "-" in [column[8] for column in COLUMNS]


def test_the_stored_weights_are_for_these_columns() -> None:
    assert len(load_chain().tables) == len(COLUMNS)
    assert all(load_chain().tables)
