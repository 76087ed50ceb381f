"""Attribution where the language is not English: what quotation marks and colons say by themselves.

English reporting verbs are never looked for in other languages: a chance match would be a made-up attribution.
"""

from __future__ import annotations

import re

from claimtrack.extract.values import Attribution, make_attribution
from claimtrack.text import Quotation, Span, Text

_NAME_COLON = re.compile(r"(?P<name>[^\W\d_a-zа-яё][\w’'.-]*(?:\s[^\W\d_a-zа-яё][\w’'.-]*){0,4})\s*(?P<colon>:)\s*\Z")
_FEWEST_CHARACTERS = 20


def tag_quotations(text: Text) -> tuple[Attribution, ...]:
    """Give an attribution for each quotation that reads like speech, with a source where a name and a colon lead in.

    >>> text = Text("Anna Schmidt: „Wir haben das nicht gewusst und bedauern es sehr.“")
    >>> [(one.source.of(text.string), one.kind) for one in tag_quotations(text)]
    [('Anna Schmidt', 'direct')]
    """
    found = []
    for quotation in text.quotations:
        if quotation.depth == 0 and quotation.closed and len(quotation.inner) >= _FEWEST_CHARACTERS:
            source, cue = _lead_in(text, quotation)
            found.append(make_attribution(text, source, cue, (quotation.span,), "quotation-marks"))
    return tuple(found)


def _lead_in(text: Text, quotation: Quotation) -> tuple[Span | None, Span | None]:
    floor = max(text.string.rfind("\n", 0, quotation.span.start) + 1, quotation.span.start - 120)
    match = _NAME_COLON.search(text.string, floor, quotation.span.start)
    return (Span(*match.span("name")), Span(*match.span("colon"))) if match else (None, None)
