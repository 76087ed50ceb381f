"""docs/api.md and docs/reference/ say of every public name what its docstring says, and the site is built from them.

CLAIMTRACK_REWRITE=1 writes both anew: read the diff before you keep it.
"""

from __future__ import annotations

import inspect
import os
import re
import types
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

import claimtrack

DOCS = Path(__file__).parents[1] / "docs"
OVERVIEW = DOCS / "api.md"


def public_values() -> dict[str, dict[str, Any]]:
    """Give the public names with their values, by the page of the reference that they stand on."""
    pages: dict[str, dict[str, Any]] = {}
    for name in claimtrack.__all__:
        value = getattr(claimtrack, name)
        if isinstance(value, types.ModuleType):  # a module's functions are public by its name: track.decide
            members = {f"{name}.{inner}": getattr(value, inner) for inner in value.__all__}
            pages[name] = {inner: one for inner, one in members.items() if callable(one)}
        elif name != "__version__":
            pages.setdefault(claimtrack._HOME[name].rpartition(".")[2], {})[name] = value
    return pages


PAGES = public_values()
VALUES = {name: value for values in PAGES.values() for name, value in values.items()}


def row(page: str, name: str) -> str:
    """Give a name's row of the overview: the link, and the first paragraph of its docstring."""
    summary = " ".join(str(inspect.getdoc(VALUES[name])).split("\n\n")[0].split()).replace("|", "\\|")
    return f"| [`{name}`](reference/{page}.md#claimtrack.{name}) | {summary} |\n"


def rows_of(page: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^\| \[`[\w.]+`\]\(reference/{page}\.md#.*\n)+", re.MULTILINE)


def names_on(page: str, text: str) -> list[str]:
    """Give the names on a page: as the overview orders them, and new ones at the end."""
    shown = re.findall(rf"^\| \[`([\w.]+)`\]\(reference/{page}\.md#", text, re.MULTILINE)
    return [*(name for name in shown if name in PAGES[page]), *(name for name in PAGES[page] if name not in shown)]


def overview(text: str) -> str:
    """Give the overview with a row for every name."""
    for page in PAGES:
        if not rows_of(page).search(text):  # a section that is new: give it a better heading and a sentence
            first = next(iter(PAGES[page]))
            text += f"\n## {page.title()}\n\n| name | what it gives or is |\n|---|---|\n{row(page, first)}"
        rows = "".join(row(page, name) for name in names_on(page, text))
        text = rows_of(page).sub(lambda _, rows=rows: rows, text)  # type: ignore[misc]
    return text


def reference(page: str) -> str:
    """Give a page of the reference: a heading, and for each name the place of its docstring."""
    text = OVERVIEW.read_text("utf-8")
    (*_, heading) = re.findall(r"^## (.+)$", text[: text.index(f"](reference/{page}.md#")], re.MULTILINE)
    parts = [f"# {heading}\n\nThe docstrings, as `help` shows them. [All names](../api.md#{heading.lower()})\n"]
    for name in names_on(page, text):
        parts.append(f"::: claimtrack.{name}\n")
        value = VALUES[name]
        if isinstance(value, type) and issubclass(value, BaseModel):
            own = [key for key, one in vars(value).items() if isinstance(one, property | classmethod)]
            members = ", ".join([*own, "replace", *(["to_json"] if hasattr(value, "to_json") else [])])
            parts[-1] += f"    options: {{inherited_members: true, members: [{members}]}}\n"
            parts.append(f"[The fields of {name}](../documents.md#{name.lower()})\n")
    return "\n".join(parts)


def test_the_overview_has_every_name_with_the_first_sentences_of_its_docstring() -> None:
    text = OVERVIEW.read_text("utf-8")
    if os.environ.get("CLAIMTRACK_REWRITE"):
        OVERVIEW.write_text(overview(text), encoding="utf-8")
    else:
        assert text == overview(text)


@pytest.mark.parametrize("page", PAGES)
def test_the_reference_holds_every_name_in_the_order_of_the_overview(page: str) -> None:
    path = DOCS / "reference" / f"{page}.md"
    if os.environ.get("CLAIMTRACK_REWRITE"):
        path.write_text(reference(page), encoding="utf-8")
    assert path.read_text("utf-8") == reference(page)


def test_the_reference_has_no_page_that_belongs_to_nothing() -> None:
    assert {path.stem for path in (DOCS / "reference").iterdir()} == set(PAGES)


def is_shown_elsewhere(name: str) -> bool:
    """Tell errors (docs/errors.md), documents (docs/documents.md: docstrings go into schemas), and steps (a table)."""
    value = VALUES[name]
    return name.endswith("Error") or "." in name or (isinstance(value, type) and issubclass(value, BaseModel))


@pytest.mark.parametrize("name", [name for name in VALUES if not is_shown_elsewhere(name)])
def test_every_public_name_is_shown_at_work_in_its_docstring_or_in_a_page(name: str) -> None:
    if ">>> " not in str(VALUES[name].__doc__):
        pages = "".join(path.read_text("utf-8") for path in (*DOCS.glob("*.md"), *DOCS.glob("recipes/*.md")))
        lines = re.findall(r"^(?:>>> |\.\.\. ).*", pages, re.MULTILINE)
        assert any(re.search(rf"\b{re.escape(name)}\b", line) for line in lines)
