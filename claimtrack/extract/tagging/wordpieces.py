"""Word pieces as BERT's uncased tokenizer makes them (Devlin et al., 2019): greedy, longest match first."""

from __future__ import annotations

import functools
import unicodedata
from importlib.resources import files

CLS, SEP, UNKNOWN = 101, 102, 100
MAX_CHARACTERS = 100
LONGEST_WORD = 1000
"""A longer run of letters is one unknown piece."""


@functools.cache
def load_vocabulary() -> dict[str, int]:
    """Give the number of each word piece."""
    lines = (files("claimtrack.data") / "attribution-vocabulary.txt").read_text("utf-8").split("\n")
    return {piece: number for number, piece in enumerate(lines) if piece}


@functools.lru_cache(maxsize=50_000)
def wordpieces(word: str) -> tuple[int, ...]:
    """Give the pieces of a word or of any text without white space, as numbers of the vocabulary.

    >>> vocabulary = {number: piece for piece, number in load_vocabulary().items()}
    >>> [vocabulary[piece] for piece in wordpieces("Café-goers")]
    ['cafe', '-', 'go', '##ers']
    """
    vocabulary = load_vocabulary()
    if len(word) > LONGEST_WORD:
        return (UNKNOWN,)  # no word, and taking it apart would be slow
    whole = vocabulary.get(word) if word.isascii() and word.isalpha() else None
    if whole is not None:
        return (whole,)
    return tuple(piece for run in _runs(word) for piece in _pieces(run, vocabulary))


def _runs(word: str) -> list[str]:
    """Give the runs of letters and digits, and each mark and ideograph alone, small and without accents."""
    runs: list[str] = []
    joined = False
    for character in unicodedata.normalize("NFD", word.lower()):
        category = unicodedata.category(character)
        if category == "Mn" or character in "\0\ufffd" or (category[0] == "C" and category != "Cn"):
            continue
        if category[0] == "Z" or character in "\t\n\r":
            joined = False
        elif _stands_alone(character, category):
            runs.append(character)
            joined = False
        elif joined:
            runs[-1] += character
        else:
            runs.append(character)
            joined = True
    return runs


def _stands_alone(character: str, category: str) -> bool:
    code = ord(character)
    if code < 128:
        return not character.isalnum()
    return (
        category[0] == "P"
        or 0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0x20000 <= code <= 0x2CEAF
        or 0xF900 <= code <= 0xFAFF
        or 0x2F800 <= code <= 0x2FA1F
    )


def _pieces(run: str, vocabulary: dict[str, int]) -> tuple[int, ...]:
    if len(run) > MAX_CHARACTERS:
        return (UNKNOWN,)
    pieces = []
    start = 0
    while start < len(run):
        prefix = "##" if start else ""
        for end in range(len(run), start, -1):
            piece = vocabulary.get(prefix + run[start:end])
            if piece is not None:
                pieces.append(piece)
                start = end
                break
        else:
            return (UNKNOWN,)
    return tuple(pieces)
