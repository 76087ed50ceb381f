"""JSON text from anybody, read strictly: what parsers disagree about is refused, and said.

Duplicate keys (parsers differ on which wins), NaN and infinities, numbers too long to be meant, NUL and lone
surrogates, nesting without end: each is a finding, and nothing is guessed.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator
from typing import Any

from claimtrack.errors import Finding
from claimtrack.models.base import json_path

MAX_BYTES = 32 * 1024 * 1024
"""The largest document that is parsed: a JSON string costs two to three times its size in memory."""
MAX_DEPTH = 64
"""The deepest nesting: our own documents need six levels."""
MAX_FINDINGS = 1000
"""The most findings on one document: a file with more is something else, and listing all of them helps nobody."""
_MAX_NUMBER = 40


def parse_json(text: str | bytes) -> tuple[Any, tuple[Finding, ...]]:
    """Give the value of a JSON text, and findings on what is wrong with it.

    With any finding the value is not to be trusted.

    >>> parse_json('{"id": "a", "id": "b"}')[1][0].message
    "the key 'id' stands twice in one object; parsers disagree on which counts"
    """
    if len(text) > MAX_BYTES:
        return None, (_error("json-too-large", f"larger than {MAX_BYTES} bytes; split it"),)
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            return None, (_error("json-encoding", f"byte {error.start} is not UTF-8; save the file as UTF-8"),)
    findings: list[Finding] = []

    def note(code: str, message: str) -> None:
        if len(findings) <= MAX_FINDINGS:
            findings.append(_error(code, message))

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) < len(items):
            seen: set[str] = set()
            for key, _ in items:
                if key in seen:
                    message = f"the key {key[:60]!r} stands twice in one object; parsers disagree on which counts"
                    note("json-duplicate-key", message)
                seen.add(key)
        return found

    def number(written: str) -> int:
        if len(written) > _MAX_NUMBER:
            note("json-number", f"a number of {len(written)} digits ({written[:12]}...); write it as a string")
            return 0
        return int(written)

    def real(written: str) -> float:
        value = float(written)
        if len(written) > _MAX_NUMBER or value in (float("inf"), float("-inf")):
            note("json-number", f"{written[:20]} is too long or too large for a JSON number")
            return 0.0
        return value

    def constant(written: str) -> float:
        note("json-number", f"{written} is no JSON number")
        return 0.0

    try:
        value = json.loads(text, object_pairs_hook=pairs, parse_int=number, parse_float=real, parse_constant=constant)
    except json.JSONDecodeError as error:
        return None, (_error("json-syntax", f"not JSON: {error.msg} at line {error.lineno} column {error.colno}"),)
    except RecursionError:
        return None, (_error("json-too-deep", f"nested deeper than {MAX_DEPTH} levels"),)
    return value, first_findings(itertools.chain(findings, check_plain(value)))


def first_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Give at most MAX_FINDINGS of the findings, and one more to say so where there were more."""
    found = tuple(itertools.islice(findings, MAX_FINDINGS + 1))
    if len(found) <= MAX_FINDINGS:
        return found
    return (*found[:-1], _error("findings-cut", f"there are more than {MAX_FINDINGS} findings; mend these first"))


def check_plain(value: Any) -> Iterator[Finding]:
    """Give findings on what no document holds: NUL, lone surrogates, endless nesting, types that JSON lacks."""
    stack: list[tuple[Any, tuple[str | int, ...]]] = [(value, ())]
    while stack:
        item, path = stack.pop()
        if isinstance(item, str):
            yield from _check_string(item, path)
        elif isinstance(item, dict | list | tuple):
            if len(path) >= MAX_DEPTH:
                yield _error("json-too-deep", f"nested deeper than {MAX_DEPTH} levels", path[:8])
                return
            entries = item.items() if isinstance(item, dict) else enumerate(item)
            for key, child in entries:
                if isinstance(key, str):
                    yield from _check_string(key, path)
                elif isinstance(item, dict):
                    yield _error("json-type", f"the key {key!r} is not a string", path)
                    continue
                stack.append((child, (*path, key)))
        elif isinstance(item, float) and (item != item or item in (float("inf"), float("-inf"))):
            yield _error("json-number", f"{item} is no JSON number", path)
        elif isinstance(item, int) and abs(item) >= 10**_MAX_NUMBER:
            yield _error("json-number", f"a number of more than {_MAX_NUMBER} digits; write it as a string", path)
        elif item is not None and not isinstance(item, bool | int | float):
            yield _error("json-type", f"{type(item).__name__} is no JSON type", path)


def _check_string(text: str, path: tuple[str | int, ...]) -> Iterator[Finding]:
    if "\x00" in text:
        yield _error("text-nul", "holds the character NUL; remove it", path)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        message = f"holds a lone surrogate (\\u{ord(text[error.start]):04x}) at {error.start}; it is not Unicode text"
        yield _error("text-surrogate", message, path)


def _error(code: str, message: str, path: tuple[str | int, ...] = ()) -> Finding:
    shown = [part.encode("ascii", "backslashreplace").decode() if isinstance(part, str) else part for part in path]
    return Finding(code=code, severity="error", message=message, path=json_path(shown))
