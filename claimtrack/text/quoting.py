"""Whether a quotation stands in a text as it is quoted, and what was done to it if not."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal

import attrs

from claimtrack.text.folding import fold
from claimtrack.text.nearest import Passages
from claimtrack.text.span import Span

QuoteOutcome = Literal["verbatim", "allowed", "altered", "not_found"]
Liberty = Literal["marks", "ellipsis", "brackets", "first_letter", "last_mark"]

_CUT = re.compile(r"\[?\.\.\.\]?|\[[^\[\]]{0,200}\]")
_BRACKET_ROOM = 80
"""How many characters of the text words in brackets can stand for."""
_ELLIPSIS_ROOM = 2_000
_MOST_STARTS = 200
_LIKE = 0.6


@attrs.frozen(slots=True, kw_only=True)
class QuoteComparison:
    """Whether a quotation stands in a text.

    `outcome` is verbatim (character for character), allowed (only with liberties that quoting allows), altered (other
    words, of which `span` is the likeliest stretch) or not_found. `liberties` names those taken: marks (other quotation
    marks, dashes, spaces), ellipsis, brackets, first_letter (capital or small), last_mark (the punctuation at the end).
    `difference` shows, where words were altered, left out or put in brackets, those that are [-quoted but not there-]
    and {+there but not quoted+}.

    >>> import claimtrack
    >>> found = claimtrack.compare_quote("the pumps had failed", "“The pumps would fail,” the engineer said.")
    >>> found.outcome, found.stands, found.difference
    ('altered', False, '[-the-]{+The+} pumps [-had-]{+would+} [-failed-]{+fail+}')
    """

    outcome: QuoteOutcome
    reason: str
    span: Span | None = None
    liberties: tuple[Liberty, ...] = ()
    difference: str = ""

    @property
    def stands(self) -> bool:
        """Whether the quotation can be printed as it is."""
        return self.outcome in ("verbatim", "allowed")


def compare_quote(quotation: str, text: str) -> QuoteComparison:
    """Give whether a quotation stands in a text, with the liberties taken, or the difference to what stands there.

    Quotation marks around the whole are left away.

    >>> text = "“The hull, which is old, held for nine hours,” Reyle said."
    >>> compare_quote("“The hull ... held for nine hours”", text).liberties
    ('ellipsis',)
    >>> print(compare_quote("The hull, which was new, held for nine hours", text).difference)
    The hull, which [-was-]{+is+} [-new-]{+old+}, held for nine hours
    """
    wanted = _bare(quotation)
    if not wanted:
        return QuoteComparison(outcome="not_found", reason="there are no words in the quotation")
    place = text.find(wanted)
    if place >= 0:
        span = Span(place, place + len(wanted))
        return QuoteComparison(outcome="verbatim", reason="the words stand there, character for character", span=span)
    folded = fold(text)
    plain = fold(wanted).string.strip()
    ways: tuple[tuple[str, tuple[Liberty, ...]], ...] = (
        (plain, ("marks",)),
        (plain.rstrip(".,;:!?"), ("last_mark",)),
    )
    for quoted, liberties in ways:
        found = _find(quoted, folded.string) if quoted.strip(" .") else None
        if found is None:
            continue
        span, taken = found
        place_in_text = folded.span(span)
        stretch = place_in_text.of(text)
        if liberties == ("marks",) and taken and fold(stretch).string == stretch:
            liberties = ()
        named = tuple(sorted({*liberties, *taken}))
        return QuoteComparison(
            outcome="allowed",
            reason=f"the words stand there, but for {', '.join(_SAID[one] for one in named)}",
            span=place_in_text,
            liberties=named,
            difference=_difference(plain, span.of(folded.string)) if {"ellipsis", "brackets"} & {*named} else "",
        )
    nearest = Passages(folded.string).find_nearest(plain)
    if not nearest or nearest[0].similarity < _LIKE:
        return QuoteComparison(outcome="not_found", reason="neither the words nor anything like them is there")
    there = nearest[0].span.of(folded.string)
    return QuoteComparison(
        outcome="altered",
        reason=f"other words stand there, {nearest[0].distance} edits of a character away",
        span=folded.span(nearest[0].span),
        difference=_difference(plain, there),
    )


_SAID: dict[Liberty, str] = {
    "marks": "quotation marks, dashes or spaces",
    "ellipsis": "what is left out at an ellipsis",
    "brackets": "what stands in brackets",
    "first_letter": "the first letter",
    "last_mark": "the mark at the end",
}


def _bare(quotation: str) -> str:
    """Give the quotation without blanks and quotation marks around the whole."""
    bare = quotation.strip()
    if len(bare) > 1 and bare[0] in "“\"«„‘'" and bare[-1] in "”\"»“’'" and not set(bare[1:-1]) & set('“”"«»„'):
        bare = bare[1:-1].strip()
    return bare


def _find(quoted: str, text: str) -> tuple[Span, list[Liberty]] | None:
    """Give where the pieces of a quotation stand one after another, and the liberties taken."""
    pieces: list[tuple[str, int]] = []
    """Each piece with the most characters that may stand before it; -1 for the first one."""
    taken: list[Liberty] = []
    room, at = -1, 0
    letter = ""
    for cut in (*_CUT.finditer(quoted), None):
        piece = (letter + quoted[at : cut.start() if cut else len(quoted)]).strip()
        letter = ""
        if piece:
            pieces.append((piece, room))
            room = 0
        if cut is None:
            break
        at = cut.end()
        inside = cut.group().strip("[]")
        if "..." in inside:
            taken.append("ellipsis")
            room = max(room, _ELLIPSIS_ROOM) if pieces else -1
        else:
            taken.append("brackets")
            if len(inside) == 1 and quoted[at : at + 1].isalpha():
                letter = inside  # "[T]he": a letter that was made capital or small
                room = max(room, 1) if pieces else -1
            else:
                room = max(room, _BRACKET_ROOM) if pieces else -1
    if not pieces:
        return None
    first = pieces[0][0]
    for start in (first, first[0].swapcase() + first[1:]):
        place = text.find(start)
        for _ in range(_MOST_STARTS):
            if place < 0:
                break
            end = _follow(pieces[1:], text, place + len(start))
            if end is not None:
                swapped: list[Liberty] = ["first_letter"] if start != first else []
                return Span(place, end), [*taken, *swapped]
            place = text.find(start, place + 1)
    return None


def _follow(pieces: list[tuple[str, int]], text: str, end: int) -> int | None:
    """Give where the last piece ends, when each stands within its room after the one before."""
    for piece, room in pieces:
        within = end + room + len(piece) + 2
        places = [text.find(one, end, within) for one in (piece, piece[0].swapcase() + piece[1:])]
        found = [place for place in places if place >= 0]
        if not found:
            return None
        end = min(found) + len(piece)
    return end


def _difference(quoted: str, there: str) -> str:
    """Give both wordings in one, by words."""
    left, right = (re.findall(r"\w+|\s+|[^\w\s]", one) for one in (quoted, there))
    shown = []
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        gone, new = "".join(left[a:b]), "".join(right[c:d])
        shown.append(gone if kind == "equal" else (f"[-{gone}-]" if gone else "") + (f"{{+{new}+}}" if new else ""))
    return "".join(shown)
