"""Exact numbers: decimal strings (or fractions) in JSON, `Decimal` and `Fraction` in Python.

A JSON number loses digits ("3.40" becomes 3.4, 2**64 a float), so documents hold numbers as strings.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import core_schema

EXACT_PATTERN = r"^-?(0|[1-9][0-9]*)(\.[0-9]+|/[1-9][0-9]*)?$"
EXACT_LENGTH = 200
_EXACT = re.compile(EXACT_PATTERN.removesuffix("$") + r"\Z")


def parse_exact(written: str) -> Decimal | Fraction:
    """Give the number that a decimal string or fraction writes: "3.40" keeps its zero, "1/3" is a Fraction.

    >>> parse_exact("3.40"), parse_exact("1/3")
    (Decimal('3.40'), Fraction(1, 3))

    Raises ValueError on any other form, and on more than 200 characters.
    """
    if len(written) > EXACT_LENGTH or not _EXACT.match(written):
        raise ValueError(f"{written[:40]!r} is not a decimal like '3.40' or a fraction like '1/3'")
    return Fraction(written) if "/" in written else Decimal(written)


def format_exact(number: Decimal | Fraction) -> str:
    """Give the string that documents hold for a number; `parse_exact` reads it back.

    >>> format_exact(Decimal("1.2E+9")), format_exact(Fraction(2, 6))
    ('1200000000', '1/3')
    """
    if isinstance(number, Fraction):
        return f"{number.numerator}/{number.denominator}"
    return f"{number:f}"


class _ExactType:
    """How pydantic reads, writes and describes an exact number."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        written = core_schema.no_info_after_validator_function(
            parse_exact, core_schema.str_schema(strict=True, pattern=EXACT_PATTERN, max_length=EXACT_LENGTH)
        )
        number = core_schema.no_info_plain_validator_function(_check_number)
        return core_schema.json_or_python_schema(
            json_schema=written,
            python_schema=number,
            serialization=core_schema.plain_serializer_function_ser_schema(format_exact, when_used="unless-none"),
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "pattern": EXACT_PATTERN, "maxLength": EXACT_LENGTH}


def _check_number(value: Any) -> Decimal | Fraction:
    """Give a number as a document would give it back, so that both refuse an infinity or 1E+9999."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = Decimal(value)
    if isinstance(value, Decimal):
        short = value.is_finite() and abs(value.adjusted()) < EXACT_LENGTH
    elif isinstance(value, Fraction):
        short = max(abs(value.numerator), value.denominator) < 10**EXACT_LENGTH
    else:
        raise ValueError("an exact number is a Decimal, a Fraction or an int")
    written = format_exact(value) if short else ""
    if not 0 < len(written) <= EXACT_LENGTH:
        raise ValueError(f"an exact number is finite and at most {EXACT_LENGTH} characters when written out")
    return parse_exact(written)


Exact = Annotated[Decimal | Fraction, _ExactType()]
"""A number without rounding."""
