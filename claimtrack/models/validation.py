"""Documents from anybody: `validate_document` gives every finding, `load_document` a document or an error.

The published JSON Schema finds all errors of shape at once; the named rules of `models.rules` join fields. The
pydantic models accept exactly what passes both, and a property test holds them to it.
"""

from __future__ import annotations

import functools
import itertools
import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from claimtrack.errors import DocumentError, FileMissingError, Finding, ReadError, did_you_mean
from claimtrack.models.base import Document, findings_from_pydantic, guess_or_choices, json_path
from claimtrack.models.parse import MAX_BYTES, MAX_FINDINGS, check_plain, first_findings, parse_json
from claimtrack.models.schemas import DOCUMENTS, FORMATS, _schema, models_by_name

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

Path_ = tuple[str | int, ...]


def load_document(source: str | bytes | Path | Mapping[str, Any]) -> Document:
    """Give the Article, Claim, Evidence or SpeakerRecord that a file, a JSON text or a mapping holds.

    A string that starts with `{` is JSON, any other string is a path.

    >>> load_document('{"format": "claimtrack.speaker/1", "id": "a-b", "name": "A. B.", "kind": "person"}').name
    'A. B.'

    Raises DocumentError with every finding, and ReadError where there is no file to read.
    """
    text, name = _text_of(source)
    value, findings = parse_json(text)
    if not findings:
        model, findings = _model_of(value)
        if model is not None:
            try:
                # Only `from` is a field's name in a document; `from_` is its name in Python.
                return model.model_validate_json(text.removeprefix(b"\xef\xbb\xbf"), by_alias=True, by_name=False)
            except ValidationError as error:
                findings = _check_shape(model, value) or findings_from_pydantic(error)
    raise DocumentError(findings, source=name)


def validate_document(source: str | bytes | Path | Mapping[str, Any] | Document) -> tuple[Finding, ...]:
    """Give every finding on a document, each with its JSON path; an empty tuple means that it is valid.

    Takes what `load_document` takes, and documents themselves.

    >>> for finding in validate_document({"format": "claimtrack.speaker/1", "id": "A B", "nam": "A", "kind": "person"}):
    ...     print(finding.path, finding.message)
    $.id 'A B' does not have the form of an id: small letters, digits and hyphens
    $ the field 'name' is missing
    $.nam there is no field 'nam' here; did you mean 'name'?

    Raises ReadError where there is no file to read.
    """
    if isinstance(source, Document):
        source = source.to_json().encode()
    try:
        text, _ = _text_of(source)
    except DocumentError as error:
        return error.findings
    value, findings = parse_json(text)
    if findings:
        return findings
    model, findings = _model_of(value)
    return findings if model is None else _check_shape(model, value)


def _text_of(source: Any) -> tuple[bytes, str | None]:
    """Give the JSON bytes of a source, and its name for messages."""
    if isinstance(source, bytes):
        return source, None
    if not isinstance(source, str | os.PathLike):
        value = dict(source) if isinstance(source, Mapping) else source
        if findings := first_findings(check_plain(value)):
            raise DocumentError(findings)
        return json.dumps(value, ensure_ascii=False).encode(), None
    if isinstance(source, str) and source.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        return source.encode("utf-8", "surrogatepass"), None
    if isinstance(source, str) and ("\x00" in source or len(source) > 4096):
        finding = Finding(code="json-syntax", severity="error", path="$", message="neither JSON nor a path")
        raise DocumentError((finding,))
    path = Path(source)
    try:
        if not path.exists():
            raise FileMissingError(f"{path}: no such file; give a JSON file, or JSON text that starts with '{{'")
        if not path.is_file():
            raise ReadError(f"{path}: a folder or device, not a file; give one JSON file")
        if path.stat().st_size > MAX_BYTES:
            raise ReadError(f"{path}: larger than {MAX_BYTES} bytes, which no document is; split it")
        return path.read_bytes(), str(path)
    except ReadError:
        raise
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror or error}") from None


def _model_of(value: Any) -> tuple[type[Document] | None, tuple[Finding, ...]]:
    """Give the model that a parsed value says it follows, or the finding that there is none."""
    if not isinstance(value, dict):
        return None, (_finding("type", (), f"a document is a JSON object, not {_words(value)}"),)
    written = value.get("format")
    if written is None:
        message = f"the field 'format' is missing; it says which schema holds: {', '.join(FORMATS)}"
        return None, (_finding("format-missing", (), message),)
    model = FORMATS.get(written) if isinstance(written, str) else None
    if model is None:
        message = f"the format {_shown(written)} is not known; the known ones are {', '.join(FORMATS)}"
        return None, (_finding("format-unknown", ("format",), message),)
    return model, ()


# --- the JSON Schema path ---------------------------------------------------------------------------------------


@functools.cache
def _validator(model: type[Document]) -> Validator:
    """Give the schema's validator, made as strict as pydantic where jsonschema is lax by default."""
    import jsonschema
    from jsonschema import validators

    checker = jsonschema.Draft202012Validator.TYPE_CHECKER.redefine(
        "integer",  # 1.0 is no integer
        lambda _, value: isinstance(value, int) and not isinstance(value, bool),
    )

    def pattern(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[Any]:
        # In Python `$` also matches before a last newline; ECMAScript and Rust mean the end of the string.
        if isinstance(instance, str) and not _compiled(pattern).search(instance):
            yield jsonschema.ValidationError("pattern")

    extend: Any = validators.extend
    strict = extend(jsonschema.Draft202012Validator, {"pattern": pattern}, type_checker=checker)
    kind = next(name for name, known in DOCUMENTS.items() if known is model)
    made: Validator = strict(_schema(kind))
    return made


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\$$", r"\\Z", pattern))


def _check_shape(model: type[Document], value: Any) -> tuple[Finding, ...]:
    """Give all findings of schema and rules on a parsed document."""
    validator = _validator(model)
    explained = (finding for error in validator.iter_errors(value) for finding in _explain(error))
    found = list(itertools.islice(explained, MAX_FINDINGS + 1))
    if len(found) <= MAX_FINDINGS:  # with all errors of shape known, the rules meet no value of a wrong type
        broken = {path[:length] for path, _ in found for length in range(len(path) + 1)}
        schema = validator.schema
        assert isinstance(schema, dict)
        rules = _check_rules(model.__name__, schema, schema, value, (), broken)
        found.extend(itertools.islice(rules, MAX_FINDINGS + 1))
    return first_findings(dict.fromkeys(finding for _, finding in found))


def _check_rules(
    name: str, schema: dict[str, Any], root: dict[str, Any], value: Any, path: Path_, broken: set[Path_]
) -> Iterator[tuple[Path_, Finding]]:
    """Walk document and schema side by side and run each model's rules on its objects.

    `broken` holds every path at or below which the shape is wrong: a rule that reads such a field has nothing to say.
    """
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        schema = root["$defs"][name]
    for option in schema.get("anyOf", ()):
        if option.get("type") != "null":
            yield from _check_rules(name, option, root, value, path, broken)
    if isinstance(value, dict) and "properties" in schema:
        for rule in models_by_name()[name].rules:
            if any((*path, field) in broken for field in rule.fields):
                continue
            sentence = rule.broken_by(value)
            if sentence is not None:
                yield path, _finding(rule.code, path, sentence)
        for field, child in schema["properties"].items():
            if field in value:
                yield from _check_rules(name, child, root, value[field], (*path, field), broken)
    elif isinstance(value, list) and "items" in schema:
        for index, item in enumerate(value):
            yield from _check_rules(name, schema["items"], root, item, (*path, index), broken)


def _explain(error: Any, base: Path_ = ()) -> Iterator[tuple[Path_, Finding]]:
    """Put one schema error into plain words, with the path of what is wrong."""
    path: Path_ = (*base, *error.relative_path)
    keyword, wanted, value = error.validator, error.validator_value, error.instance
    if keyword == "anyOf":  # every anyOf of ours is "this or null"
        inner = [one for one in error.context if one.schema.get("type") != "null"]
        for one in inner:
            yield from _explain(one, path)
        return
    if keyword in ("enum", "const") and not isinstance(value, str):
        return  # the type is wrong, and that is said already
    if keyword == "additionalProperties":
        known = list(error.schema["properties"])
        for field in value:
            if field not in known:
                guess = did_you_mean(field, known) or f"; known are {', '.join(known)}"
                message = f"there is no field {_shown(field)} here{guess}"
                yield (*path, field), _finding("field-unknown", (*path, field), message)
        return
    if keyword == "required":
        # jsonschema reports one error per missing field and names it only in its message.
        field = next(name for name in wanted if error.message.startswith(f"{name!r} is a required"))
        yield (*path, field), _finding("field-missing", path, f"the field {field!r} is missing")
        return
    yield path, _finding(_CODES.get(keyword, keyword), path, _sentence(keyword, wanted, value))


def _sentence(keyword: str, wanted: Any, value: Any) -> str:
    match keyword:
        case "type":
            return f"should be {_TYPES[wanted if isinstance(wanted, str) else wanted[0]]}, not {_words(value)}"
        case "enum":
            return _choice(value, wanted)
        case "const":
            return f"should be {wanted!r}, not {_shown(value)}"
        case "pattern":
            return f"{_shown(value)} does not have the form of {_form(wanted)}"
        case "minimum":
            return f"{_shown(value)} is below {wanted}"
        case "maximum":
            return f"{_shown(value)} is above {wanted}"
        case "maxLength":
            return f"has {len(value)} characters; {wanted} is the most"
        case "minItems":
            return f"needs at least {wanted} item" + ("s" if wanted > 1 else "")
    return f"does not satisfy {keyword} {wanted!r}"


_CODES = {
    "enum": "choice",
    "const": "choice",
    "pattern": "form",
    "minimum": "range",
    "maximum": "range",
    "maxLength": "length",
    "minItems": "length",
}
_TYPES = {
    "string": "text in quotation marks",
    "integer": "a whole number",
    "number": "a number",
    "object": "an object",
    "array": "a list",
    "boolean": "true or false",
    "null": "null",
}


@functools.cache
def _forms() -> dict[str, str]:
    from claimtrack.models import exact, strings

    return {
        strings.ID_PATTERN: "an id: small letters, digits and hyphens",
        exact.EXACT_PATTERN: "an exact number: a decimal like '3.40' or a fraction like '1/3', as a string",
        _pattern_of(strings.Prose): "text: it holds the character NUL",
        _pattern_of(strings.Wording): "text: it is empty or holds the character NUL",
        _pattern_of(strings.Line): "one line: it is empty or holds line breaks or control characters",
        _pattern_of(strings.Url): "an absolute URL like 'https://example.org/page'",
        _pattern_of(strings.Day): "a day, YYYY-MM-DD",
        _pattern_of(strings.Moment): "a day, YYYY-MM-DD, or a time with its offset, YYYY-MM-DDThh:mm:ssZ",
        _pattern_of(strings.Instant): "a time with its offset, YYYY-MM-DDThh:mm:ssZ",
        _pattern_of(strings.Language): "a language tag like 'en' or 'pt-BR'",
        _pattern_of(strings.Digest): "a SHA-256 digest: 64 small hexadecimal digits",
    }


def _pattern_of(annotated: Any) -> str:
    return str(annotated.__metadata__[0].pattern)


def _form(pattern: str) -> str:
    return _forms().get(pattern, pattern)


def _choice(value: Any, allowed: list[Any]) -> str:
    words = [word for word in allowed if word is not None]
    return f"{_shown(value)} is not one of the choices{guess_or_choices(value, words)}"


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"the text {_shown(value)}" if isinstance(value, str) else f"the number {_shown(value)}"


def _shown(value: Any) -> str:
    written = repr(value)
    return written if len(written) <= 60 else written[:57] + "..."


def _finding(code: str, path: Path_, message: str) -> Finding:
    return Finding(code=code, severity="error", message=message, path=json_path(path))
