"""Time grows with the length of a text and no faster, whatever is in it; benchmarks/linear.py has the full sizes."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest

from claimtrack.extract import extract_claims, find_attributions, find_figures
from claimtrack.extract.dates.finding import find_dates
from claimtrack.text import Text
from tests.extract.articles import article_of

HOSTILE = {
    "digits": "1234567890",
    "digits apart": "12 ",
    "number words": "one hundred and ",
    "commas": ",",
    "dots": ".",
    "a.": "a.",
    "capitals with dots": "A.",
    "capitals": "ABCDEF",
    "capital words": "Ann Silva ",
    "said": "said ",
    "said that": "said that ",
    "he said": "he said, ",
    "and": "and ",
    "who": "a nurse who ",
    "according to": "according to ",
    "hyphens": "-",
    "line breaks": "\n",
    "short lines": "a\n",
    "brackets": "([",
    "straight marks": '"',
    "curly marks": "“",
    "closing marks": "”",
    "mixed marks": "“\"'‘«",
    "typewriter marks": "''",
    "marks with letters": '"a',
    "marks with spaces": '" a ',
    "quotations with a cue": '"We won," said Ann Silva. ',
    "glued quotations": 'said."Our',
    "a quotation without end": "“We won it all this time again.\n\n",
    "titles": "President Ann Silva said. The president said he won. ",
    "emoji": "🚢",
}


def _seconds(run: Callable[[str], object], text: str) -> float:
    gc.disable()  # its full passes come at odd sizes and would be counted as the rules' work
    try:
        started = time.process_time()
        run(text)
        return time.process_time() - started
    finally:
        gc.enable()


def _grows_linearly(run: Callable[[str], object], piece: str, length: int) -> bool:
    """Tell whether four times the text takes clearly less than sixteen times as long, in one of three tries."""
    small = (piece * (length // len(piece) + 1))[:length]
    ratios = []
    for _ in range(3):
        gc.collect()
        before = min(_seconds(run, small) for _ in range(2))
        after = _seconds(run, small * 4)
        ratios.append(after / max(before, 0.002))
        if ratios[-1] <= 7:
            return True
    return False


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_finding_attributions_takes_time_in_proportion_to_the_text(piece: str) -> None:
    assert _grows_linearly(find_attributions, piece, 6000)


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_finding_figures_and_dates_takes_time_in_proportion_to_the_text(piece: str) -> None:
    assert _grows_linearly(lambda text: (find_figures(text), find_dates(text)), piece, 6000)


@pytest.mark.parametrize("name", ["he said", "quotations with a cue", "a quotation without end", "titles"])
def test_making_claims_takes_time_in_proportion_to_the_text(name: str) -> None:
    assert _grows_linearly(lambda text: extract_claims(article_of(text + "x")), HOSTILE[name], 3000)


@pytest.mark.parametrize("piece", ['"', "“", "“\"'", '"a', '" a '])
def test_ten_thousand_quotation_marks_are_read(piece: str) -> None:
    text = piece * (10_000 // len(piece))
    assert len(Text(text).quotations) <= len(text)
    find_attributions(text)
