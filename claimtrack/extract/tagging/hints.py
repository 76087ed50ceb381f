"""What the rules make of each token, as a hint for the fast tagger: it learns which of their frames to trust."""

from __future__ import annotations

import bisect
from typing import Final

from claimtrack.extract.rules import tag_by_rules
from claimtrack.extract.tagging.labels import CONTENT, CUE, SOURCE
from claimtrack.extract.tagging.tokens import Tokens
from claimtrack.text import Text

NO_HINT: Final = "-"


def find_hints(text: Text, tokens: Tokens) -> list[str]:
    """Give for each token the number of the label that the rules would give it and their stage, or a dash.

    >>> from claimtrack.extract.tagging.tokens import find_tokens
    >>> text = Text("“We won,” said Ann Silva.")
    >>> find_hints(text, find_tokens(text))[-4:]
    ['3inverted', '1inverted', '2inverted', '-']
    """
    hints = [NO_HINT] * len(tokens)
    for one in tag_by_rules(text):
        for kind, spans in ((CONTENT, one.content), (SOURCE, (one.source,)), (CUE, (one.cue,))):
            for span in spans:
                if span is None:
                    continue
                first = bisect.bisect_right(tokens.ends, span.start)
                stop = bisect.bisect_left(tokens.starts, span.end)
                for index in range(first, stop):
                    hints[index] = f"{2 * kind + 1 + (index > first)}{one.stage}"
    return hints
