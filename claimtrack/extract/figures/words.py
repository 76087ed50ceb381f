"""The words of a text as numbers need them: "5-mile" and "$3.5m" fall apart, "COVID-19" and "Jordan-Hare" do not."""

from __future__ import annotations

import functools
import re

from claimtrack.data import load_lexicon
from claimtrack.text import Words

_GAP = "\u00a0\u2009\u202f"


def find_figure_words(string: str) -> Words:
    """Give the words and marks of a text, with every numeral a word of its own.

    >>> find_figure_words("A five-year, USD3.5m plan for COVID-19").texts
    ('A', 'five', '-', 'year', ',', 'USD', '3.5', 'm', 'plan', 'for', 'COVID-19')
    """
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _token().finditer(string):
        texts.append(match.group())
        starts.append(match.start())
        ends.append(match.end())
    lower = tuple(word.lower().replace("’", "'") for word in texts)
    return Words(tuple(texts), lower, tuple(starts), tuple(ends))


@functools.cache
def _token() -> re.Pattern[str]:
    units = load_lexicon("units")
    numbers = load_lexicon("numbers")
    codes = sorted(
        [*units["currency_codes"], *(symbol for symbol in units["currency_symbols"] if symbol.isalpha())], key=len
    )
    tens = "|".join(word for word, value in numbers["words"].items() if value >= 20)
    ones = "|".join(word for word, value in numbers["words"].items() if 0 < value < 10)
    every = "|".join([*sorted(numbers["words"], key=len, reverse=True), *numbers["parts"], *numbers["scales"]])
    return re.compile(
        rf"\d{{1,3}}(?:[{_GAP}]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,:’']\d+)*(?!\d)"
        rf"|(?<![\w.])\.\d+"
        rf"|(?:{'|'.join(reversed(codes))})(?=\d)"
        rf"|(?:Rs|Y)(?:\.|=)(?= ?\d)"
        rf"|(?:[^\W\d_]\.){{2,}}(?:[^\W\d_]\b)?|[A-Z]\.(?=\s[A-Z])"
        rf"|(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sen|Rep|Gov|St|Jr|Sr|No|Nos)\.(?=\s)"
        rf"|(?i:(?:{tens})[-‑](?:{ones}))\b|(?i:{every})(?=[-‑])|(?i:minus|sub|to|now|then|mid|under|over)(?=-\d)"
        rf"|[A-Z](?=\$)|(?:US|NZ|HK|AU|CA|NT|MX)(?=\$)"
        rf"|[^\W\d_]+(?:[’'‑-]\w+|\w)*"
        rf"|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|\w+|[^\w\s]"
    )
