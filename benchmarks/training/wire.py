"""Sentences and headlines in agency style, from wire.txt, as training material: filled, marked, put together."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import attrs
from corpus import Document, Gold, edit, glue

WIRE: Final = Path(__file__).with_name("wire.txt")

_SLOT = re.compile(r"\$([A-Za-z]+)(\d?)")
_OPENING: Final = {"{": "source", "[": "content", "_": "cue"}
_CLOSING: Final = {"source": "}", "content": "]", "cue": "_"}
_MARK = re.compile(r'"')


@attrs.frozen
class Wire:
    """The lines of wire.txt by their headings, still with slots and marks."""

    people: tuple[tuple[str, ...], ...]
    places: tuple[tuple[str, ...], ...]
    slots: dict[str, tuple[str, ...]]
    headlines: tuple[str, ...]
    speech: tuple[str, ...]
    narration: tuple[str, ...]


@attrs.frozen
class Marked:
    """A filled line: its text and its marks, each a role with a range of characters."""

    text: str
    marks: tuple[tuple[str, int, int], ...]

    @property
    def gold(self) -> tuple[Gold, ...]:
        """The marks as one attribution: labels know roles, not who belongs to whom."""
        if not self.marks:
            return ()
        return ({role: tuple((s, e) for kind, s, e in self.marks if kind == role) for role in _CLOSING},)


def read_wire(path: Path = WIRE) -> Wire:
    """Give what wire.txt holds."""
    parts: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            lines = parts.setdefault(line.removeprefix("= "), [])
        elif line and not line.startswith("# "):
            lines.append(line)
    slots = dict(line.removeprefix("$").split(" = ") for line in parts["slots"])
    return Wire(
        people=tuple(tuple(line.split("/")) for line in parts["people"]),
        places=tuple(tuple(one.split("/")) for line in parts["places"] for one in line.split(" | ")),
        slots={name: tuple(values.split(" | ")) for name, values in slots.items()},
        headlines=tuple(parts["headlines"]),
        speech=tuple(parts["speech"]),
        narration=tuple(parts["narration"]),
    )


def parse_line(line: str) -> Marked:
    """Give a line without its marks, and the marks.

    Raises ValueError where a mark is not closed or another one opens inside it.
    """
    text: list[str] = []
    marks: list[tuple[str, int, int]] = []
    role, start = "", 0
    for letter in line:
        if role and letter == _CLOSING[role]:
            if start == len(text):
                raise ValueError(f"an empty mark in {line!r}")
            marks.append((role, start, len(text)))
            role = ""
        elif not role and letter in _OPENING:
            role, start = _OPENING[letter], len(text)
        elif letter in "{}[]_":
            raise ValueError(f"{letter!r} inside another mark, or closing none, in {line!r}")
        else:
            text.append(letter)
    if role:
        raise ValueError(f"a {role} is not closed in {line!r}")
    return Marked("".join(text), tuple(marks))


def draw_filling(wire: Wire, chance: random.Random) -> dict[str, str]:
    """Give what each slot holds in one text; `$NAME2` is another person than `$NAME`, `$LAST2` their last name."""
    filling: dict[str, str] = {}
    men, women, families = wire.people
    surnames = chance.sample(families, 3)
    places = chance.sample(wire.places, 3)
    for number, (surname, place) in enumerate(zip(surnames, places, strict=True), 1):
        tail = "" if number == 1 else str(number)
        male = chance.random() < 0.6
        filling[f"NAME{tail}"] = f"{chance.choice(men if male else women)} {surname}"
        filling[f"LAST{tail}"] = surname
        pronouns = ("he", "his", "him") if male else ("she", "her", "her")
        filling |= dict(zip((f"HE{tail}", f"HIS{tail}", f"HIM{tail}"), pronouns, strict=True))
        filling |= dict(zip((f"COUNTRY{tail}", f"NATION{tail}", f"CAPITAL{tail}"), place, strict=True))
        for name, values in wire.slots.items():
            filling[name + tail] = chance.choice(values)
    return filling


def fill(line: str, filling: dict[str, str]) -> Marked:
    """Give a line with its slots filled, begun with a capital letter, its marks taken out."""
    marked = parse_line(_SLOT.sub(lambda slot: filling[slot[1] + slot[2]], line))
    return attrs.evolve(marked, text=marked.text[:1].upper() + marked.text[1:])


def write_article(wire: Wire, chance: random.Random) -> Document:
    """Give a short article, sometimes badly pasted: half the time a headline, then paragraphs of one to three lines."""
    filling = draw_filling(wire, chance)
    pieces = [fill(chance.choice(wire.headlines), filling), Marked("\n\n", ())] if chance.random() < 0.5 else []
    if chance.random() < 0.3:
        pieces.append(fill("$CAPITAL, $MONTH 9 ($WIRE) - ", filling))
    pieces.append(_paragraph(wire, filling, chance))
    for _ in range(chance.randint(3, 8)):
        pieces += (Marked("\n\n", ()), _paragraph(wire, filling, chance))
    whole = join(pieces)
    article = _typeset(Document("wire", "own", whole.text, whole.gold), chance)
    return glue(article, chance=chance) if chance.random() < 0.25 else article


def _paragraph(wire: Wire, filling: dict[str, str], chance: random.Random) -> Marked:
    lines = [
        fill(chance.choice(wire.speech if chance.random() < 0.75 else wire.narration), filling)
        for _ in range(chance.choice((1, 1, 1, 2, 2, 3)))
    ]
    spaced = [lines[0]]
    for line in lines[1:]:
        spaced += (Marked(" ", ()), line)
    return join(spaced)


def join(pieces: Sequence[Marked]) -> Marked:
    """Give filled lines as one."""
    text = ""
    marks: list[tuple[str, int, int]] = []
    for piece in pieces:
        marks += ((role, start + len(text), end + len(text)) for role, start, end in piece.marks)
        text += piece.text
    return Marked(text, tuple(marks))


def mix_in(document: Document, wire: Wire, chance: random.Random) -> Document:
    """Give an article with a headline before it, or with one to three wire paragraphs between its own."""
    filling = draw_filling(wire, chance)
    breaks = [one.end() for one in re.finditer(r"\n\n+", document.text)]
    if chance.random() < 0.4 or not breaks:
        return insert(document, 0, fill(chance.choice(wire.headlines), filling))
    for at in sorted(chance.sample(breaks, min(len(breaks), chance.randint(1, 3))), reverse=True):
        document = insert(document, at, _paragraph(wire, filling, chance))
    return document


def insert(document: Document, at: int, paragraph: Marked) -> Document:
    """Give the document with a paragraph put in before the character `at`."""
    moved = edit(document, [(at, at, paragraph.text + "\n\n")])
    shifted = tuple((role, start + at, end + at) for role, start, end in paragraph.marks)
    return attrs.evolve(moved, attributions=(*moved.attributions, *Marked(paragraph.text, shifted).gold))


def _typeset(document: Document, chance: random.Random) -> Document:
    """Give the text half the time with curly quotation marks."""
    if chance.random() < 0.5:
        return document
    marks = [one.start() for one in _MARK.finditer(document.text)]
    return edit(document, [(at, at + 1, "“”"[place % 2]) for place, at in enumerate(marks)])
