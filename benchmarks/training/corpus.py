"""PolNeAR as training material: documents, labels for their tokens, and copies in other shapes."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import attrs

from claimtrack.extract.tagging.labels import LABELS
from claimtrack.extract.tagging.tokens import Tokens
from claimtrack.text import Text

ROLES = ("source", "cue", "content")
Pieces = tuple[tuple[int, int], ...]
Gold = dict[str, Pieces]
"""One annotated attribution: the pieces of source, cue and content as character ranges."""

_DOUBLE_MARK = re.compile(r"[“”\"]")


@attrs.frozen
class Document:
    """An article as one annotator marked it."""

    id: str
    annotator: str
    text: str
    attributions: tuple[Gold, ...]


def read_documents(path: Path) -> list[Document]:
    """Give the documents of a PolNeAR file, one JSON object a line."""
    documents = []
    for line in path.open(encoding="utf-8"):
        row = json.loads(line)
        found = tuple({role: tuple((s, e) for s, e in one[role]) for role in ROLES} for one in row["attributions"])
        documents.append(Document(row["id"], row["annotator"], row["text"], found))
    return documents


def split_documents(documents: Sequence[Document], held_out: int = 50) -> tuple[list[Document], list[Document]]:
    """Give the documents to train on and those of `held_out` articles, kept for choices and for calibration."""
    names = sorted({one.id for one in documents})
    kept = set(random.Random(20).sample(names, held_out))
    return [one for one in documents if one.id not in kept], [one for one in documents if one.id in kept]


def label_tokens(tokens: Tokens, attributions: Iterable[Gold]) -> list[int]:
    """Give the number of each token's label; where two annotations overlap the content wins, then the source."""
    labels = [0] * len(tokens)
    ranges = [(role, start, end) for one in attributions for role in ROLES for start, end in one[role]]
    ranges.sort(key=lambda one: ("cue", "source", "content").index(one[0]))
    for role, start, end in ranges:
        inside = _tokens_in(tokens, start, end)
        for place, index in enumerate(inside):
            labels[index] = LABELS.index(("I-" if place else "B-") + role.upper())
    return labels


def _tokens_in(tokens: Tokens, start: int, end: int) -> range:
    import bisect

    return range(bisect.bisect_right(tokens.ends, start), bisect.bisect_left(tokens.starts, end))


def edit(document: Document, edits: Sequence[tuple[int, int, str]]) -> Document:
    """Give the document with character ranges replaced, in order, and its annotations moved along."""
    pieces: list[str] = []
    moved: list[int] = []
    at = 0
    length = 0
    for start, end, new in [*edits, (len(document.text), len(document.text), "")]:
        moved += range(length, length + start - at)
        pieces += (document.text[at:start], new)
        length += start - at
        moved += [length] * (end - start)
        length += len(new)
        at = end
    moved.append(length)

    def shift(spans: Pieces) -> Pieces:
        shifted = ((moved[start], moved[end - 1] + 1) for start, end in spans)
        return tuple((start, end) for start, end in shifted if end > start)

    attributions = tuple({role: shift(one[role]) for role in ROLES} for one in document.attributions)
    return Document(document.id, document.annotator, "".join(pieces), attributions)


def glue(document: Document, *, sentences: bool = True, chance: random.Random | None = None) -> Document:
    """Give the document as careless copying leaves it: no paragraph breaks, no spaces after full stops.

    Without `sentences` only the paragraphs run together; with `chance` half of the seams stay as they were.
    """
    text = Text(document.text)
    paragraph_starts = {one.start for one in text.paragraphs}
    edits = []
    for before, after in zip(text.sentences, text.sentences[1:], strict=False):
        if document.text[before.end - 1] not in '.!?”"’' or (after.start not in paragraph_starts and not sentences):
            continue
        if chance is None or chance.random() < 0.5:
            edits.append((before.end, after.start, ""))
    return edit(document, edits)


def straighten(document: Document) -> Document:
    """Give the document with straight double quotation marks."""
    return edit(document, [(one.start(), one.end(), '"') for one in _DOUBLE_MARK.finditer(document.text)])


def lose_marks(document: Document, chance: random.Random, share: float = 0.15) -> Document:
    """Give the document without a share of its double quotation marks."""
    marks = [one.span() for one in _DOUBLE_MARK.finditer(document.text) if chance.random() < share]
    return edit(document, [(start, end, "") for start, end in marks])


def vary(document: Document, chance: random.Random) -> Document:
    """Give the document, or two times in five a copy in another shape."""
    dice = chance.random()
    if dice < 0.12:
        return glue(document)
    if dice < 0.22:
        return glue(document, sentences=False)
    if dice < 0.30:
        return straighten(document)
    if dice < 0.34:
        return lose_marks(document, chance)
    if dice < 0.40:
        return glue(document, chance=chance)
    return document
