"""See how a tagger reads wire copy that no training has seen, as it is and glued.

    python check_wire.py accurate

Gives the share of the attributions in wire-check.txt whose content is found word for word, and with the right source,
and how many it finds that are not there.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from corpus import ROLES
from wire import Marked, parse_line

from claimtrack.extract.attribution import TAGGERS, find_attributions

CHECK: Final = Path(__file__).with_name("wire-check.txt")

Said = tuple[str, str]
"""A source and a content, in letters and digits alone."""


def read_articles() -> Iterator[list[Marked]]:
    """Give the articles, each as its lines; the first is the headline."""
    for part in CHECK.read_text(encoding="utf-8").split("\n\n")[1:]:
        yield [parse_line(line) for line in part.strip().splitlines()]


def expected(line: Marked) -> list[Said]:
    """Give who says what in a line."""
    source, cue, content = ([line.text[s:e] for kind, s, e in line.marks if kind == role] for role in ROLES)
    said = [" ".join(content)] if len(cue) == 1 else content
    return [(plain(" ".join(source)), plain(one)) for one in said]


def plain(text: str) -> str:
    """Give a text without what nobody reads aloud."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text.lower()).split())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("tagger", choices=TAGGERS)
    parser.add_argument("--explain", action="store_true", help="print what is missed and what is too much")
    arguments = parser.parse_args()
    for name, joint in (("as it is", "\n\n"), ("glued", "")):
        gold = contents = sources = extra = 0
        for lines in read_articles():
            title = lines[0].text
            text = title + "\n\n" + joint.join(line.text for line in lines[1:])
            wanted = [one for line in lines for one in expected(line)]
            found = []
            for one in find_attributions(text, title=title, tagger=arguments.tagger):
                content = plain(" ".join(piece.of(text) for piece in one.content))
                found.append((plain(one.source.of(text)) if one.source else "", content))
            gold += len(wanted)
            contents += sum(any(one[1] == other[1] for other in found) for one in wanted)
            sources += sum(one in found for one in wanted)
            extra += sum(all(one[1] != other[1] for other in wanted) for one in found)
            if arguments.explain:
                print(*(f"missed    {one}" for one in wanted if one not in found), sep="\n")
                print(*(f"too much  {one}" for one in found if one not in wanted), sep="\n")
        print(f"{name}: of {gold}, {contents} contents word for word, {sources} with their source; {extra} others")


if __name__ == "__main__":
    main()
