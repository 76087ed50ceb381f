"""What every stored value and document shares: frozen, strict, closed to unknown fields, checked copies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic_core import ErrorDetails

from claimtrack.errors import DocumentError, Finding, did_you_mean
from claimtrack.models.rules import Rule


class Value(BaseModel):
    """A part of a document. Frozen all the way down; a change is a checked copy."""

    model_config = ConfigDict(
        strict=True, frozen=True, extra="forbid", use_attribute_docstrings=True, regex_engine="rust-regex"
    )
    rules: ClassVar[tuple[Rule, ...]] = ()

    @model_validator(mode="after")
    def _rules_hold(self) -> Self:
        values = self.__dict__
        for rule in self.rules:
            sentence = rule.broken_by(values)
            if sentence is not None:
                raise ValueError(sentence)
        return self

    def replace(self, **changes: Any) -> Self:
        """Give a copy with some fields changed, checked like a new one; a list is taken for a tuple.

        >>> import claimtrack
        >>> speaker = claimtrack.Speaker(kind="person", name="Ann Silva")
        >>> speaker.replace(role="mayor").role, speaker.role
        ('mayor', None)

        Raises DocumentError when the copy would not be valid, and says which field may be meant by an unknown one.
        """
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        if unknown := changes.keys() - fields:
            raise DocumentError((_unknown_field(name, fields) for name in sorted(unknown)), source=type(self).__name__)
        changes = {name: tuple(value) if isinstance(value, list) else value for name, value in changes.items()}
        try:
            return type(self)(**(fields | changes))
        except ValidationError as error:
            raise DocumentError(findings_from_pydantic(error), source=type(self).__name__) from None

    def __setattr__(self, name: str, value: Any) -> None:
        """Refuse, and say how a changed copy is made."""
        kind = type(self).__name__
        raise AttributeError(f"a {kind} is frozen: it never changes; replace({name}=...) gives a changed copy")

    def _repr_html_(self) -> str:
        """Give the value as notebooks show it."""
        from claimtrack.models.notebook import to_table

        return to_table(self)


def _unknown_field(name: str, fields: Iterable[str]) -> Finding:
    guess = did_you_mean(name, fields) or f"; there are {', '.join(fields)}"
    message = f"there is no field {name[:200]!r}{guess}"
    return Finding(code="field-unknown", severity="error", message=message, path=json_path([name]))


class Document(Value):
    """A value that is a JSON file of its own."""

    format: str
    id: str

    def to_json(self) -> str:
        """Give the document's one canonical form: UTF-8, two-space indent, model order, newline at the end.

        >>> import claimtrack
        >>> print(claimtrack.Evidence(id="port-release", kind="primary").to_json())
        {
          "format": "claimtrack.evidence/1",
          "id": "port-release",
          "kind": "primary"
        }
        <BLANKLINE>
        """
        return self.model_dump_json(indent=2, exclude_none=True) + "\n"


def findings_from_pydantic(error: ValidationError) -> tuple[Finding, ...]:
    """Give pydantic's complaints as findings with JSON paths; a word outside its vocabulary comes with a guess."""
    return tuple(
        Finding(
            code="choice" if one["type"] == "literal_error" else f"model-{one['type'].replace('_', '-')}",
            severity="error",
            message=_choice(one) if one["type"] == "literal_error" else one["msg"].removeprefix("Value error, "),
            path=json_path(one["loc"]),
        )
        for one in error.errors(include_url=False)
    )


def _choice(error: ErrorDetails) -> str:
    """Give what is wrong with a word that is none of the choices, and which may be meant."""
    given, words = error["input"], re.findall(r"'([^']+)'", error["ctx"]["expected"])
    return f"{repr(given)[:60]} is not one of the choices{guess_or_choices(given, words)}"


def guess_or_choices(given: object, words: Iterable[str]) -> str:
    """Give which word may be meant, or all that there are."""
    guess = did_you_mean(given, words) if isinstance(given, str) else ""
    return guess or f"; the choices are {', '.join(words)}"


def json_path(parts: Any) -> str:
    """Give the JSON path of a sequence of keys and indexes.

    >>> json_path(["figures", 0, "low"])
    '$.figures[0].low'
    """
    path = "$"
    for part in parts:
        if isinstance(part, int):
            path += f"[{part}]"
        elif len(part) > 200:  # no field of ours: somebody's megabytes in the place of a name
            path += f"[{part[:200]!r}...]"
        elif part.isidentifier():
            path += f".{part}"
        else:
            path += f"[{part!r}]"
    return path
