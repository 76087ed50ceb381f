"""Word pieces are those of BERT's uncased tokenizer; the numbers below came out of that tokenizer."""

from __future__ import annotations

import pytest

from claimtrack.extract.tagging.wordpieces import wordpieces

PIECES = [
    ("said", [2056]),
    ("Putin", [22072]),
    ("Café", [7668]),
    ("naïve", [15743]),
    ("co-founder", [2522, 1011, 3910]),
    ("$204,202", [1002, 19627, 1010, 16798]),
    ("don't", [2123, 1005, 1056]),
    ("U.S.", [1057, 1012, 1055, 1012]),
    ("Zelenskyy", [27838, 7770, 5874, 2100]),
    ("İstanbul", [9960]),
    ("Straße", [2358, 27807]),
    ("ﬁnance", [1984, 7229, 3401]),
    ("“", [1523]),
    ("—", [1517]),
    ("…", [1529]),
    ("3.4%", [1017, 1012, 1018, 1003]),
    ("日本語", [1864, 1876, 1950]),
    ("Київ", [1189, 10325, 29760, 25529]),
    ("🙂", [100]),
    ("e\u0301lan", [3449, 2319]),
    ("a\u200bb", [11113]),
    ("soft\u00adhyphen", [3730, 10536, 8458, 2368]),
    ("½", [1092]),
    ("x" * 100, [22038, *[20348] * 49]),
    ("x" * 101, [100]),
    ("http://news.example/a?b=1", [8299, 1024, 1013, 1013, 2739, 1012, 2742, 1013, 1037, 1029, 1038, 1027, 1015]),
    ("unaffordableness", [14477, 4246, 8551, 3085, 2791]),
    ("@SenWarren", [1030, 12411, 9028, 7389]),
    ("#Brexit", [1001, 7987, 10288, 4183]),
]


@pytest.mark.parametrize(("word", "pieces"), PIECES, ids=[word[:20] for word, _ in PIECES])
def test_a_word_has_the_pieces_that_bert_gives_it(word: str, pieces: list[int]) -> None:
    assert list(wordpieces(word)) == pieces


def test_a_control_character_alone_has_no_piece() -> None:
    assert wordpieces("\x07") == ()


def test_a_run_of_a_million_letters_is_one_unknown_piece_and_quick() -> None:
    # Letter by letter this took time quadratic in the length: minutes here.
    assert len(wordpieces("9" * 1_000_000)) == 1
