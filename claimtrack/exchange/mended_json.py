"""Broken JSON of others, mended where that is safe, with a finding for each repair."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import attrs

from claimtrack.errors import DocumentError, Finding
from claimtrack.exchange.foreign_json import parse_loosely

_STRINGS_AND_COMMAS = re.compile(r'"(?:[^"\\]++|\\.)*(?:"|\Z)|,(?=\s*[}\]])', re.DOTALL)
_STRINGS_AND_BRACES = re.compile(r'"(?:[^"\\]++|\\.)*(?:"|\Z)|[{}]', re.DOTALL)
_OPENINGS = re.compile(r"(?:\s|<!--|//|/\*|\*/|<!\[CDATA\[)*")
_CLOSINGS_REVERSED = re.compile(r"(?:\s|>--|//|\*/|/\*|>\]\]|;)*")  # from the end: a search would be quadratic


@attrs.frozen(slots=True)
class Mended:
    """What could be read: `values`, each with its own text where that is untouched; `findings`, one a repair."""

    values: tuple[tuple[Any, str | None], ...]
    findings: tuple[Finding, ...] = ()


def mend_json(text: str) -> Mended:
    """Give the values that stand in a text which should be JSON, and a finding for each repair.

    JSON Lines are several values as they are. Mended are wrappers (HTML comments, CDATA, a semicolon at the end),
    control characters in strings, trailing commas, text that was escaped twice, several values one after the other.
    Where all that does not help, the objects that are whole are saved from between the broken ones.

    >>> mend_json('<!-- {"@type": "ClaimReview", "url": "https://herald.example/quay",} -->').values
    (({'@type': 'ClaimReview', 'url': 'https://herald.example/quay'}, None),)
    """
    findings: list[Finding] = []
    try:
        value = parse_loosely(text, findings)
        if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
            inner = mend_json(value)
            return Mended(inner.values, (*findings, _twice(), *inner.findings))
        return Mended(((value, None if findings else text.strip()),), tuple(findings))
    except DocumentError as error:
        if error.findings[0].code != "json-syntax":
            return Mended((), error.findings)
        first = error.findings[0]
    lines = _json_lines(text)
    if lines:
        return Mended(lines)
    for repair in _REPAIRS:
        repaired, said = repair(text)
        if said is None:
            continue
        text = repaired
        findings.append(said)
        inside: list[Finding] = []
        try:
            value = parse_loosely(text, inside)
            return Mended(((value, None),), (*findings, *inside))
        except DocumentError as error:
            if error.findings[0].code != "json-syntax":
                return Mended((), (*findings, *error.findings))
    values = tuple((value, None) for value in _several(text, findings))
    return Mended(values, tuple(findings)) if values else Mended((), (first,))


def _json_lines(text: str) -> tuple[tuple[Any, str], ...]:
    """Give the objects of JSON Lines, each with its line; none where the text is anything else."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    values: list[tuple[Any, str]] = []
    for line in lines if len(lines) > 1 else ():
        findings: list[Finding] = []
        try:
            value = parse_loosely(line, findings)
        except DocumentError:
            return ()
        if findings or not isinstance(value, dict):
            return ()
        values.append((value, line))
    return tuple(values)


# --- repairs, each giving the text and what was done to it, or None -----------------------------------------------


def _unwrap(text: str) -> tuple[str, Finding | None]:
    opening, closing = _OPENINGS.match(text), _CLOSINGS_REVERSED.match(text[::-1])
    assert opening is not None
    assert closing is not None
    bare = text[opening.end() : max(opening.end(), len(text) - closing.end())]
    if bare == text.strip():
        return bare, None
    return bare, _warning("json-wrapped", "the JSON stands in a comment or CDATA, or ends in ';'; take that away")


def _unescape_entities(text: str) -> tuple[str, Finding | None]:
    if '"' in text or "&quot;" not in text:
        return text, None
    return html.unescape(text), _twice()


def _unescape_quotes(text: str) -> tuple[str, Finding | None]:
    if not re.match(r"[\[{\s]*\\\"", text):
        return text, None
    try:
        return json.loads(f'"{text}"', strict=False), _twice()
    except json.JSONDecodeError:
        return text, None


def _escape_controls(text: str) -> tuple[str, Finding | None]:
    def escaped(found: re.Match[str]) -> str:
        return re.sub(r"[\x00-\x1f]", lambda one: f"\\u{ord(one[0]):04x}", found[0])

    repaired = _STRINGS_AND_BRACES.sub(escaped, text)
    if repaired == text:
        return text, None
    message = r"a string holds a line break or another control character; write it as \n"
    return repaired, _warning("json-control-character", message)


def _drop_commas(text: str) -> tuple[str, Finding | None]:
    repaired = _STRINGS_AND_COMMAS.sub(lambda one: "" if one[0] == "," else one[0], text)
    if repaired == text:
        return text, None
    return repaired, _warning("json-trailing-comma", "a comma stands before a closing bracket; delete it")


_REPAIRS: tuple[Callable[[str], tuple[str, Finding | None]], ...] = (
    _unwrap,
    _unescape_entities,
    _unescape_quotes,
    _escape_controls,
    _drop_commas,
)


def _several(text: str, findings: list[Finding]) -> Iterator[Any]:
    """Give the outermost objects that can be read, where the whole cannot."""
    opened: list[int] = []
    whole: list[tuple[int, int]] = []
    for token in _STRINGS_AND_BRACES.finditer(text):
        if token[0] == "{":
            opened.append(token.start())
        elif token[0] == "}" and opened:
            start = opened.pop()
            if len(text) < 1000 or len(opened) < 8:  # the deeper ones are parts, and reading each again is quadratic
                whole.append((start, token.end()))
    end = 0
    for start, stop in sorted(whole):
        if start < end:
            continue
        try:
            inside: list[Finding] = []
            value = parse_loosely(text[start:stop], inside)
        except DocumentError:
            continue
        end = stop
        findings.extend(inside)
        yield value
    if end:
        message = "the block is no single JSON value; what is whole in it was read: give each a script of its own"
        findings.append(_warning("json-pieces", message))


def _twice() -> Finding:
    return _warning("json-escaped-twice", "the JSON was escaped twice; write it as plain JSON")


def _warning(code: str, message: str) -> Finding:
    return Finding(code=code, severity="warning", message=message)
