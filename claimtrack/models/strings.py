"""The kinds of string that documents hold. Each is a pattern that reads the same in Rust, Python and ECMAScript.

No string holds NUL (PostgreSQL refuses it, SQLite cuts text at it) or a lone surrogate (not UTF-8).
`$` means the end of the string: pydantic's engine reads it so, and `models.validation` makes jsonschema do so.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

ID_PATTERN = r"^[a-z0-9][a-z0-9-]*$"
ID_LENGTH = 120
_DAY = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_TIME = r"T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=ID_LENGTH)]
"""A file name without its ending: small letters, digits and hyphens, at most 120 of them."""

Prose = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]
"""Any text, empty or of many lines, without NUL."""

Wording = Annotated[str, StringConstraints(pattern=r"^[^\x00]+$")]
"""Any text that is not empty, without NUL."""

Line = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]+$", max_length=2000)]
"""One line that is not empty, without control characters: a name, a title, a label."""

Url = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20\x7f]+$", max_length=4000)]
"""An absolute URL: a scheme, a colon, no spaces. What is shown as a link is decided where it is shown."""

Day = Annotated[str, StringConstraints(pattern=rf"^{_DAY}$")]
"""A calendar day, YYYY-MM-DD."""

Moment = Annotated[str, StringConstraints(pattern=rf"^{_DAY}({_TIME})?$")]
"""A calendar day, or a day and time with its offset from UTC (RFC 3339)."""

Instant = Annotated[str, StringConstraints(pattern=rf"^{_DAY}{_TIME}$")]
"""A day and time with its offset from UTC (RFC 3339)."""

Language = Annotated[str, StringConstraints(pattern=r"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$", max_length=35)]
"""A BCP 47 language tag."""

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 digest in small hexadecimal letters."""

Count = Annotated[int, Field(ge=1, le=9)]
"""A small number of people."""

Offset = Annotated[int, Field(ge=0, le=2_147_483_647)]
"""A place in a text, in Unicode code points from its start."""

Confidence = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False), AfterValidator(lambda share: share + 0.0)]
"""A share between 0 and 1. There is one nought: a database does not keep -0.0, and one document has one form."""
