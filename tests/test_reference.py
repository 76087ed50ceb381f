"""docs/api.md and docs/reference/ say of every public name what its docstring says, and the site builds from them.

CLAIMTRACK_REWRITE=1 writes both anew: read the diff before you keep it.
"""

from __future__ import annotations

import inspect
import os
import re
from pathlib import Path

import pytest
from pydantic import BaseModel

import claimtrack

DOCS = Path(__file__).parents[1] / "docs"
OVERVIEW = DOCS / "api.md"
PAGES = {room: f"{room.rpartition('.')[2]}.md" for room in claimtrack._ROOMS}
LATE = [name for name in claimtrack.__all__ if name != "__version__"]


def summary(name: str) -> str:
    """Give the first paragraph of a docstring on one line."""
    return " ".join(inspect.getdoc(getattr(claimtrack, name)).split("\n\n")[0].split()).replace("|", "\\|")  # type: ignore[union-attr]


def row(name: str) -> str:
    page = PAGES[claimtrack._HOME[name]]
    return f"| [`{name}`](reference/{page}#claimtrack.{name}) | {summary(name)} |"


def rows(text: str, room: str) -> list[str]:
    """Give the names in the overview's table of a room, in their order there."""
    return re.findall(rf"^\| \[`(\w+)`\]\(reference/{re.escape(PAGES[room])}#", text, re.MULTILINE)


def overview(text: str) -> str:
    """Give the overview with its rows as the docstrings have them, and a row for every name."""
    for room, names in claimtrack._ROOMS.items():
        shown = [name for name in rows(text, room) if name in names.split()]
        wanted = [*shown, *sorted(set(names.split()) - set(shown))]
        table = re.compile(rf"(?:^\| \[`\w+`\]\(reference/{re.escape(PAGES[room])}#.*\n)+", re.MULTILINE)
        assert len(table.findall(text)) == 1, f"docs/api.md has no single table that links to reference/{PAGES[room]}"
        text = table.sub(lambda _, wanted=wanted: "".join(row(name) + "\n" for name in wanted), text)  # type: ignore[misc]
    return text


def page(room: str) -> str:
    """Give the page of the reference for a room: a heading, and for each name the place of its docstring."""
    text = OVERVIEW.read_text("utf-8")
    at = text.index(f"](reference/{PAGES[room]}#")
    (*_, heading) = re.findall(r"^## (.+)$", text[:at], re.MULTILINE)
    parts = [f"# {heading}\n\nThe docstrings, as `help` shows them. [All names](../api.md#{heading.lower()})\n"]
    for name in rows(text, room):
        value = getattr(claimtrack, name)
        parts.append(f"::: claimtrack.{name}\n")
        if isinstance(value, type) and issubclass(value, BaseModel):
            own = [key for key, one in vars(value).items() if isinstance(one, property)]
            members = ", ".join([*own, "replace", *(["to_json"] if hasattr(value, "to_json") else [])])
            parts[-1] += f"    options: {{inherited_members: true, members: [{members}]}}\n"
            parts.append(f"[The fields of {name}](../documents.md#{name.lower()})\n")
    return "\n".join(parts)


def test_the_overview_has_every_name_with_the_first_sentences_of_its_docstring() -> None:
    text = OVERVIEW.read_text("utf-8")
    wanted = overview(text)
    if os.environ.get("CLAIMTRACK_REWRITE"):
        OVERVIEW.write_text(wanted, encoding="utf-8")
    else:
        assert text == wanted


@pytest.mark.parametrize("room", PAGES)
def test_the_reference_holds_every_name_in_the_order_of_the_overview(room: str) -> None:
    path = DOCS / "reference" / PAGES[room]
    if os.environ.get("CLAIMTRACK_REWRITE"):
        path.write_text(page(room), encoding="utf-8")
    assert path.read_text("utf-8") == page(room)


@pytest.mark.parametrize("name", [name for name in LATE if not name.endswith("Error")])
def test_every_public_name_shows_an_example_that_runs(name: str) -> None:
    """Not the documents: their docstrings go into the published schemas, and docs/documents.md has their examples."""
    value = getattr(claimtrack, name)
    assert ">>> " in str(value.__doc__) or (isinstance(value, type) and issubclass(value, BaseModel))


def test_the_reference_has_no_page_of_a_room_that_is_gone() -> None:
    assert {path.name for path in (DOCS / "reference").iterdir()} == set(PAGES.values())
