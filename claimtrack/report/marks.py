"""Where claims stand in their article: its text cut at every border, each piece with the claims that cover it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, pairwise

import attrs

from claimtrack.models import Anchor, Article, Claim, ClaimDate, ClaimFigure
from claimtrack.report.shown import one_line
from claimtrack.report.terminal import figure_line

_BETWEEN_PARAGRAPHS = re.compile(r"[^\S\n]*\n(?:[^\S\n]*\n)+[^\S\n]*|\s+\Z")


@attrs.frozen(slots=True)
class Piece:
    """A stretch of text with the numbers of the claims whose content, source or cue it is part of."""

    text: str
    content: tuple[int, ...] = ()
    source: tuple[int, ...] = ()
    cue: tuple[int, ...] = ()
    narrated: bool = False
    ends: tuple[int, ...] = ()
    """The claims whose content ends here: where their numbers are printed."""


@attrs.frozen(slots=True)
class Run:
    """Pieces that share the figures and dates they are part of."""

    pieces: tuple[Piece, ...]
    notes: tuple[str, ...] = ()
    """What the figures and dates mean, in words."""
    is_figure: bool = False

    @property
    def ends(self) -> tuple[int, ...]:
        """The claims whose content ends in this run."""
        return tuple(number for piece in self.pieces for number in piece.ends)


@attrs.frozen(slots=True)
class Paragraph:
    """A paragraph of the article, and the white space after it."""

    runs: tuple[Run, ...]
    after: str
    is_headline: bool = False


def stands_in(article: Article, anchor: Anchor) -> bool:
    """Tell whether an anchor's words stand in the article where it says."""
    return article.text[anchor.start : anchor.end] == anchor.exact


def is_marked(article: Article, claim: Claim) -> bool:
    """Tell whether a claim can be shown in its place: every piece of its content stands in the text."""
    found = claim.attribution
    return found is not None and all(stands_in(article, piece) for piece in found.content)


def by_place(claims: Iterable[Claim]) -> list[Claim]:
    """Give claims in the order of the text, the longer of two that start together first; those without a place last."""
    return sorted(claims, key=_place)


def _place(claim: Claim) -> tuple[float, int]:
    if claim.attribution is None:
        return float("inf"), 0
    content = claim.attribution.content
    return min(piece.start for piece in content), -max(piece.end for piece in content)


def find_paragraphs(article: Article, claims: Mapping[int, Claim]) -> Iterator[Paragraph]:
    """Go through the paragraphs of an article with the numbered claims marked in them.

    Put together, the pieces and the white space after each paragraph are the article's text, character by character.

    >>> from claimtrack.extract import extract_claims
    >>> from claimtrack.read import read_article
    >>> article = read_article(text="The ferry sank, Captain Ann Silva said.")
    >>> claims = dict(enumerate(extract_claims(article, tagger="rules"), 1))
    >>> for run in next(find_paragraphs(article, claims)).runs:
    ...     for piece in run.pieces:
    ...         print(piece)
    Piece(text='The ferry sank', content=(1,), source=(), cue=(), narrated=False, ends=(1,))
    Piece(text=', ', content=(), source=(), cue=(), narrated=False, ends=())
    Piece(text='Captain Ann Silva', content=(), source=(1,), cue=(), narrated=False, ends=())
    Piece(text=' ', content=(), source=(), cue=(), narrated=False, ends=())
    Piece(text='said', content=(), source=(), cue=(1,), narrated=False, ends=())
    Piece(text='.', content=(), source=(), cue=(), narrated=False, ends=())
    """
    marked = {number: claim for number, claim in claims.items() if is_marked(article, claim)}
    paragraphs = tuple(_paragraphs(article))
    notes, spans = _notes(article, marked.values()), [*_parts(article, marked)]
    spans += [("note", number, anchor.start, anchor.end) for number, (anchor, _, _) in enumerate(notes)]
    pieces = _pieces(article.text, spans, {place for one in paragraphs for place in one[:2]})
    narrated = {number for number, claim in marked.items() if claim.kind == "narration"}
    length = {number: _length(claim) for number, claim in marked.items()}
    ends = _ends(marked, [one[1] for one in paragraphs])
    at = 0
    for start, end, after, is_headline in paragraphs:
        inside: list[tuple[tuple[int, ...], Piece]] = []
        while at < len(pieces) and pieces[at].end <= end:
            one, at = pieces[at], at + 1
            if one.start < start:
                continue  # white space between paragraphs
            content = one.of("content", length)
            piece = Piece(
                text=article.text[one.start : one.end],
                content=content,
                source=one.of("source", length),
                cue=one.of("cue", length),
                narrated=bool(content) and narrated.issuperset(content),
                ends=tuple(ends.get(one.end, ())),
            )
            inside.append((one.of("note"), piece))
        runs = []
        for covering, group in groupby(inside, key=lambda pair: pair[0]):
            words = tuple(dict.fromkeys(notes[number][1] for number in covering))
            runs.append(Run(tuple(piece for _, piece in group), words, any(notes[number][2] for number in covering)))
        yield Paragraph(tuple(runs), article.text[end:after], is_headline)


def _paragraphs(article: Article) -> Iterator[tuple[int, int, int, bool]]:
    """Give each paragraph's start, its end, the start of the next, and whether it is the headline."""
    text, start = article.text, 0
    title = article.title
    if title and text.startswith(title) and text[len(title) : len(title) + 1] in ("", "\n"):
        start = len(text) - len(text[len(title) :].lstrip())
        yield 0, len(title), start, True
    for gap in _BETWEEN_PARAGRAPHS.finditer(text, start):
        yield start, gap.start(), gap.end(), False
        start = gap.end()
    if start < len(text):
        yield start, len(text), len(text), False


@attrs.frozen(slots=True)
class _Cut:
    """A stretch between two borders, with what covers it: role and number."""

    start: int
    end: int
    covering: frozenset[tuple[str, int]]

    def of(self, role: str, length: Mapping[int, int] | None = None) -> tuple[int, ...]:
        """Give the numbers that cover it in a role; the claim with the shortest content, the innermost, is first."""
        numbers = sorted(number for name, number in self.covering if name == role)
        return tuple(sorted(numbers, key=length.__getitem__) if length else numbers)


def _pieces(text: str, spans: Iterable[tuple[str, int, int, int]], borders: set[int]) -> list[_Cut]:
    """Cut a text at every border of its marks, in one walk."""
    opening: dict[int, list[tuple[str, int]]] = defaultdict(list)
    closing: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for role, number, start, end in spans:
        if start < end:
            opening[start].append((role, number))
            closing[end].append((role, number))
    found: list[_Cut] = []
    covering: set[tuple[str, int]] = set()
    for start, end in pairwise(sorted({0, len(text), *opening, *closing, *borders})):
        covering.difference_update(closing.get(start, ()))
        covering.update(opening.get(start, ()))
        found.append(_Cut(start, end, frozenset(covering)))
    return found


def _parts(article: Article, claims: Mapping[int, Claim]) -> Iterator[tuple[str, int, int, int]]:
    for number, claim in claims.items():
        found = claim.attribution
        assert found is not None
        yield from (("content", number, piece.start, piece.end) for piece in found.content)
        for role, part in (("source", found.source), ("cue", found.cue)):
            if part is not None and stands_in(article, part):
                yield role, number, part.start, part.end


def _length(claim: Claim) -> int:
    assert claim.attribution is not None
    return sum(piece.end - piece.start for piece in claim.attribution.content)


def _ends(claims: Mapping[int, Claim], paragraph_ends: list[int]) -> dict[int, list[int]]:
    """Give the claims whose content ends at a place; an end in the white space after a paragraph is the paragraph's."""
    ends: dict[int, list[int]] = defaultdict(list)
    for number, claim in claims.items():
        assert claim.attribution is not None
        end = max(piece.end for piece in claim.attribution.content)
        start = max(piece.start for piece in claim.attribution.content)
        before = bisect_left(paragraph_ends, start + 1)
        ends[min(end, paragraph_ends[before]) if before < len(paragraph_ends) else paragraph_ends[-1]].append(number)
    return ends


def _notes(article: Article, claims: Iterable[Claim]) -> list[tuple[Anchor, str, bool]]:
    """Give what the figures and dates mean, each place and wording once."""
    found: dict[tuple[int, int, str], tuple[Anchor, str, bool]] = {}
    for claim in claims:
        notes = [(one.anchor, figure_note(one), True) for one in claim.figures]
        notes += [(one.anchor, date_note(one), False) for one in claim.dates]
        for anchor, words, is_figure in notes:
            if stands_in(article, anchor):
                found.setdefault((anchor.start, anchor.end, words), (anchor, words, is_figure))
    return list(found.values())


def figure_note(figure: ClaimFigure) -> str:
    """Give the normal form of a figure in words, with its role: `62 passengers, aboard`."""
    change = {"up": "a rise", "down": "a fall", "none": ""}[figure.change]
    return one_line(", ".join(part for part in (figure_line(figure), figure.role or "", change) if part))


def date_note(date: ClaimDate) -> str:
    """Give the days that a date expression means: `2025-11-18`, `2025-11-01 to 2025-11-30 (month)`."""
    if date.start is None and date.end is None:
        return f"a {date.granularity}, not known which"
    if date.start == date.end:
        return str(date.start)
    days = f"{date.start} to {date.end}" if date.start and date.end else f"{date.start or 'until'} {date.end or 'on'}"
    return f"{days} ({date.granularity})"
