"""JSON as other people write it: read strictly, or mended with a finding for each repair; and written digit by digit.

A number that a float would change (1.50, 1e400) is a Decimal here, so that it is written as it was read.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

import attrs

from claimtrack.errors import DocumentError, Finding

_MAX_NUMBER = 40
_MAX_DEPTH = 200
_DECODER = json.JSONDecoder()
_STRINGS_AND_COMMAS = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\Z)|,(?=\s*[}\]])', re.DOTALL)
_STRINGS_AND_BRACES = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\Z)|[{}]', re.DOTALL)
_OPENINGS = re.compile(r"(?:\s|<!--|//|/\*|\*/|<!\[CDATA\[)*+")
_CLOSINGS_REVERSED = re.compile(r"(?:\s|>--|//|\*/|/\*|>\]\]|;)*+")  # from the end: a search would be quadratic


@attrs.frozen(slots=True)
class Mended:
    """What could be read: `values`, each with its own text where that is untouched; `findings`, one a repair."""

    values: tuple[tuple[Any, str | None], ...]
    findings: tuple[Finding, ...] = ()


def parse_foreign(text: str) -> Any:
    """Give the value of a JSON text, with its numbers' digits.

    >>> parse_foreign('{"ratingValue": 1.50, "bestRating": 5}')
    {'ratingValue': Decimal('1.50'), 'bestRating': 5}

    Raises DocumentError where the text is no JSON, where a key stands twice, and on numbers and nesting without end.
    """
    findings: list[Finding] = []
    value = _parse(text, findings)
    if findings:
        raise DocumentError(findings)
    return value


def write_foreign(value: Any) -> str:
    """Give a value as JSON text on one line: keys in their order, characters as they are, Decimals digit by digit.

    >>> print(write_foreign({"alternateName": "Engañoso", "ratingValue": Decimal("1.50")}))
    {"alternateName": "Engañoso", "ratingValue": 1.50}

    Raises DocumentError on what JSON cannot hold.
    """
    try:
        try:
            text = json.dumps(value, ensure_ascii=False, allow_nan=False)
        except TypeError:
            text = _write(value)
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair can only be written as an escape
        return json.dumps(value, allow_nan=False)
    except DocumentError:
        raise
    except ValueError as error:
        code = "json-too-deep" if "Circular" in str(error) else "json-number"
        raise DocumentError([_error(code, f"no JSON: {error}")]) from None
    except RecursionError:
        raise DocumentError([_error("json-too-deep", f"nested deeper than {_MAX_DEPTH} levels")]) from None
    return text


def mend_json(text: str) -> Mended:
    """Give the values that stand in a text which should be JSON, and a finding for each repair.

    Mended are wrappers (HTML comments, CDATA, a semicolon at the end), control characters in strings, trailing
    commas, text that was escaped twice, several values one after the other. Where all that does not help, the objects
    that are whole are saved from between the broken ones.

    >>> mend_json('<!-- {"@type": "ClaimReview", "url": "https://herald.example/quay",} -->').values
    (({'@type': 'ClaimReview', 'url': 'https://herald.example/quay'}, None),)
    """
    findings: list[Finding] = []
    try:
        value = _parse(text, findings)
        if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
            inner = mend_json(value)
            return Mended(inner.values, (*findings, _twice(), *inner.findings))
        return Mended(((value, None if findings else text.strip()),), tuple(findings))
    except DocumentError as error:
        if error.findings[0].code != "json-syntax":
            return Mended((), error.findings)
        first = error.findings[0]
    for repair in _REPAIRS:
        repaired, said = repair(text)
        if said is None:
            continue
        text = repaired
        findings.append(said)
        inside: list[Finding] = []
        try:
            value = _parse(text, inside)
            return Mended(((value, None),), (*findings, *inside))
        except DocumentError as error:
            if error.findings[0].code != "json-syntax":
                return Mended((), (*findings, *error.findings))
    values = tuple((value, None) for value in _several(text, findings))
    return Mended(values, tuple(findings)) if values else Mended((), (first,))


def _parse(text: str, findings: list[Finding]) -> Any:
    """Give the value of JSON text; what is not to be trusted goes to `findings`, and broken syntax raises."""

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) < len(items):
            seen: set[str] = set()
            for key, _ in items:
                if key in seen:
                    message = f"the key {key[:60]!r} stands twice in one object; the last one counts: delete the other"
                    findings.append(_error("json-duplicate-key", message))
                seen.add(key)
        return found

    def whole(written: str) -> int | str:
        return int(written) if len(written) <= _MAX_NUMBER else too_long(written)

    def real(written: str) -> float | Decimal | str:
        value = float(written)
        if repr(value) == written:
            return value
        try:
            return Decimal(written) if len(written) <= _MAX_NUMBER else too_long(written)
        except InvalidOperation:
            return too_long(written)

    def too_long(written: str) -> str:
        findings.append(_error("json-number", f"the number {written[:20]}... is too long; write it as a string"))
        return written[:2000]

    def constant(written: str) -> None:
        findings.append(_error("json-number", f"{written} is no JSON number; leave the field out"))

    try:
        value = json.loads(text, object_pairs_hook=pairs, parse_int=whole, parse_float=real, parse_constant=constant)
    except json.JSONDecodeError as error:
        message = f"not JSON: {error.msg} at line {error.lineno} column {error.colno}; mend it there"
        raise DocumentError([_error("json-syntax", message)]) from None
    except RecursionError:
        raise DocumentError([_error("json-too-deep", f"nested deeper than {_MAX_DEPTH} levels")]) from None
    if text.count("[") + text.count("{") > _MAX_DEPTH and _is_deep(value):
        raise DocumentError([_error("json-too-deep", f"nested deeper than {_MAX_DEPTH} levels; flatten it")])
    return value


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(_MAX_DEPTH):
        inside = (item.values() if isinstance(item, dict) else item for item in level if isinstance(item, dict | list))
        level = [child for children in inside for child in children]
        if not level:
            return False
    return True


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
            value = _parse(text[start:stop], inside)
        except DocumentError:
            continue
        end = stop
        findings.extend(inside)
        yield value
    if end:
        message = "the block is no single JSON value; what is whole in it was read: give each a script of its own"
        findings.append(_warning("json-pieces", message))


def _write(value: Any) -> str:
    """Give JSON text with Decimals in it, which the standard writer cannot."""
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise DocumentError([_error("json-type", "a key is not a string; JSON has no other keys")])
        inside = (f"{json.dumps(key, ensure_ascii=False)}: {_write(child)}" for key, child in value.items())
        return "{" + ", ".join(inside) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_write, value)) + "]"
    if isinstance(value, Decimal) and value.is_finite():
        return str(value)
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    except TypeError:
        raise DocumentError([_error("json-type", f"{type(value).__name__} is no JSON type")]) from None


def _twice() -> Finding:
    return _warning("json-escaped-twice", "the JSON was escaped twice; write it as plain JSON")


def _error(code: str, message: str) -> Finding:
    return Finding(code=code, severity="error", message=message)


def _warning(code: str, message: str) -> Finding:
    return Finding(code=code, severity="warning", message=message)
