"""When two names are one person: who may approve must not hang on a capital letter or a stray space."""

from __future__ import annotations

import unicodedata


def same_person(one: str, other: str) -> bool:
    """Tell whether two names are the same but for capitals, spaces and characters that nobody sees.

    >>> same_person("Ines Okafor", "ines  okafor\\u200b"), same_person("Ines", "Inés")
    (True, False)
    """
    return folded_name(one) == folded_name(other)


def folded_name(name: str) -> str:
    """Give the form in which names are compared."""
    seen = "".join(letter for letter in unicodedata.normalize("NFKC", name) if unicodedata.category(letter) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", seen.casefold()).split())
