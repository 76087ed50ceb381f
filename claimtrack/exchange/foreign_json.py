"""JSON as other people write it, with its numbers' digits.

A number that a float would change (1.50, 1e400) is a Decimal here, so that it is written as it was read.
"""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from claimtrack.errors import DocumentError, Finding

_MAX_NUMBER = 40
_MAX_DEPTH = 200


def parse_foreign(text: str) -> Any:
    """Give the value of a JSON text, with its numbers' digits.

    >>> parse_foreign('{"ratingValue": 1.50, "bestRating": 5}')
    {'ratingValue': Decimal('1.50'), 'bestRating': 5}

    Raises DocumentError where the text is no JSON, where a key stands twice, and on numbers and nesting without end.
    """
    findings: list[Finding] = []
    value = parse_loosely(text, findings)
    if findings:
        raise DocumentError(findings)
    return value


def parse_loosely(text: str, findings: list[Finding]) -> Any:
    """Give the value of a JSON text; what is not to be trusted goes to `findings`.

    Raises DocumentError on broken syntax and on nesting without end.
    """

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
        mend = "look for JSON in it with read_claimreviews()" if text.lstrip().startswith("<") else "mend it there"
        message = f"not JSON: {error.msg} at line {error.lineno} column {error.colno}; {mend}"
        raise DocumentError([_error("json-syntax", message)]) from None
    except RecursionError:
        raise DocumentError([_error("json-too-deep", f"nested deeper than {_MAX_DEPTH} levels")]) from None
    if text.count("[") + text.count("{") > _MAX_DEPTH and _is_deep(value):
        raise DocumentError([_error("json-too-deep", f"nested deeper than {_MAX_DEPTH} levels; flatten it")])
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
        try:
            text.encode()
        except UnicodeEncodeError:  # half a surrogate pair can only be written as an escape
            text = _write(value, escape=True)
    except DocumentError:
        raise
    except ValueError as error:
        code = "json-too-deep" if "Circular" in str(error) else "json-number"
        raise DocumentError([_error(code, f"no JSON: {error}")]) from None
    except RecursionError:
        raise DocumentError([_error("json-too-deep", f"nested deeper than {_MAX_DEPTH} levels")]) from None
    return text


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(_MAX_DEPTH):
        inside = (item.values() if isinstance(item, dict) else item for item in level if isinstance(item, dict | list))
        level = [child for children in inside for child in children]
        if not level:
            return False
    return True


def _write(value: Any, *, escape: bool = False) -> str:
    """Give JSON text with Decimals in it, which the standard writer cannot."""
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise DocumentError([_error("json-type", "a key is not a string; JSON has no other keys")])
        inside = (
            f"{json.dumps(key, ensure_ascii=escape)}: {_write(child, escape=escape)}" for key, child in value.items()
        )
        return "{" + ", ".join(inside) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_write(child, escape=escape) for child in value) + "]"
    if isinstance(value, Decimal) and value.is_finite():
        return str(value)
    try:
        return json.dumps(value, ensure_ascii=escape, allow_nan=False)
    except TypeError:
        raise DocumentError([_error("json-type", f"{type(value).__name__} is no JSON type")]) from None


def _error(code: str, message: str) -> Finding:
    return Finding(code=code, severity="error", message=message)
