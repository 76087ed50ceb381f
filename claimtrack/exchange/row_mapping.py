"""What the columns of a newsroom's own CSV file mean: a small JSON or YAML file."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from os import PathLike
from typing import Any, Final

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from claimtrack.errors import DocumentError, Finding, NotFoundError
from claimtrack.exchange.columns import CLAIMS
from claimtrack.exchange.files import read_text
from claimtrack.exchange.foreign_json import parse_foreign
from claimtrack.exchange.ratings import load_scale
from claimtrack.models.base import findings_from_pydantic
from claimtrack.models.strings import Id

FIELDS: Final = tuple(column.name for column in CLAIMS if not column.told and column.name not in ("id", "article_id"))
"""The columns of the claims table that a mapping can fill."""


class RowMapping(BaseModel):
    """How the rows of a newsroom's file become claims: which column is which field, and what its words mean."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    source: Id = Field(max_length=60)
    """Whose file it is; the ids of its claims start with it."""
    key: tuple[str, ...] = Field(min_length=1)
    """The columns that tell one row from every other, and do not change."""
    columns: Mapping[str, str]
    """For each field the column that it stands in."""
    words: Mapping[str, Mapping[str, str]] = {}
    """For each field the file's own words, each with ours: {"verdict": {"Falsch": "false"}}."""
    fixed: Mapping[str, str] = {}
    """Fields that are the same in every row."""
    dates: str | None = None
    """How days are written, in the words of strptime (%d.%m.%Y); ISO 8601 where this is left out."""
    scale: str | None = None
    """The scale of the words in review_rating."""
    separator: str = Field(default=",", min_length=1, max_length=1)
    """What stands between cells."""
    tag_separator: str | None = Field(default=None, min_length=1)
    """What stands between the tags of a cell."""
    encoding: str = "utf-8-sig"
    """The file's encoding."""

    @field_validator("columns", "words", "fixed")
    @classmethod
    def _fields_are_known(cls, value: Mapping[str, Any]) -> Mapping[str, Any]:
        unknown = sorted(set(value) - set(FIELDS))
        if unknown:
            raise ValueError(f"there is no field {unknown[0]!r}; there are {', '.join(FIELDS)}")
        return value

    @field_validator("columns")
    @classmethod
    def _statement_is_there(cls, value: Mapping[str, str]) -> Mapping[str, str]:
        if "statement" not in value:
            raise ValueError("the field 'statement' needs a column: it holds the claim's wording")
        return value

    @field_validator("dates")
    @classmethod
    def _dates_can_be_read(cls, value: str | None) -> str | None:
        if value is not None:
            day = datetime.date(2001, 2, 3)
            if datetime.datetime.strptime(day.strftime(value), value).date() != day:
                raise ValueError(f"{value!r} does not say day, month and year, as %d.%m.%Y does")
        return value

    @field_validator("scale")
    @classmethod
    def _scale_is_known(cls, value: str | None) -> str | None:
        try:
            return value if value is None else load_scale(value).name
        except NotFoundError as error:
            raise ValueError(str(error)) from None


def load_mapping(source: str | PathLike[str] | Mapping[str, Any]) -> RowMapping:
    """Give the mapping that a JSON or YAML file, or a dict, holds.

    >>> load_mapping({"source": "herald", "key": ["No"], "columns": {"statement": "Claim"}}).key
    ('No',)

    Raises DocumentError with every finding where it is no mapping, and ReadError where there is no file.
    """
    name, value = None, source
    if not isinstance(source, Mapping):
        name, text = str(source), read_text(source)
        try:
            # Every scalar is text: a column called No is no boolean, and 007 no number.
            value = parse_foreign(text) if text.lstrip()[:1] == "{" else yaml.load(text, Loader=yaml.BaseLoader)
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            told = Finding(code="mapping-syntax", severity="error", message=f"neither JSON nor YAML: {error}")
            raise DocumentError([told], source=name) from None
    try:
        return RowMapping.model_validate(value)
    except ValidationError as error:
        raise DocumentError(findings_from_pydantic(error), source=name) from None
