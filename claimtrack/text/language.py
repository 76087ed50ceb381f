"""Whether a text is English: by the script of its letters and the share of English function words.

Function words make up a third to a half of English running text and next to nothing of other languages', which is
the oldest way to tell languages apart (Ingle, "A Language Identification Table", 1976). docs/benchmarks.md gives the
error rate measured.
"""

from __future__ import annotations

import functools
import re
from itertools import islice

from claimtrack.data import load_lexicon

_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SEEN = 600
_FEWEST = 12
_SHARE = 0.12


def is_english(text: str) -> bool:
    """Tell whether a text is English, from its first 600 words.

    A text of fewer than twelve words is taken for English when its letters are Latin: too little to tell.

    >>> is_english("The minister said that the bridge would be closed for a week."), is_english("Мост закрыт.")
    (True, False)
    >>> is_english("El ministro dijo el lunes que el puente estará cerrado durante una semana por las obras.")
    False
    """
    words = [match.group().lower() for match in islice(_LETTERS.finditer(text), _SEEN)]
    if not words:
        return True
    latin = sum(1 for word in words if word[0] < "\u0250" or "\u1e00" <= word[0] <= "\u1eff")
    if latin * 2 < len(words):
        return False
    if len(words) < _FEWEST:
        return True
    return sum(1 for word in words if word in _function_words()) >= _SHARE * len(words)


@functools.cache
def _function_words() -> frozenset[str]:
    return frozenset(load_lexicon("english")["function_words"])
