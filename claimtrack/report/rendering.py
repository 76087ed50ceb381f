"""How a page becomes one file: its template with style and script inside, and the policy that lets in no other."""

from __future__ import annotations

import base64
import functools
import hashlib
import importlib.resources
from typing import TYPE_CHECKING

from claimtrack.report.cards import words
from claimtrack.report.shown import marked_up, one_line
from claimtrack.version import __version__

if TYPE_CHECKING:
    from jinja2 import Environment


def render(page: str, **values: object) -> str:
    """Give a page as HTML from its three files, `<page>.html`, `<page>.css` and `<page>.js`, and its values."""
    style, script = _part("base.css") + _part(f"{page}.css"), _part(f"{page}.js")
    policy = (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    return (
        _environment()
        .get_template(f"{page}.html")
        .render(style=style, script=script, policy=policy, version=__version__, **values)
    )


@functools.cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_part), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"shown": marked_up, "one_line": one_line, "words": words}
    return environment


@functools.cache
def _part(name: str) -> str:
    return importlib.resources.files("claimtrack.report").joinpath("page", name).read_text(encoding="utf-8")


@functools.cache
def _digest(text: str) -> str:
    """Give the name by which a Content-Security-Policy knows an inline style or script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
