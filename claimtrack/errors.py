"""What goes wrong: one tree of exceptions, and `Finding` for data that is merely wrong.

Raise when a call cannot go on; return a `Finding` when data is wrong but the work continues::

    ClaimtrackError
    ├── ReadError (ValueError)              an input cannot be made into an Article
    │   └── FileMissingError (FileNotFoundError)
    ├── DocumentError (ValueError)          a document does not fit its schema; carries .findings
    ├── TaggerError (ValueError)            an unknown tagger, or one whose spans do not fit the text
    ├── FilterError (ValueError)            a filter asks for a word that its vocabulary does not have
    ├── SpeakerError (ValueError)           a name is several speakers', or a decision contradicts another
    ├── CaptureError (OSError)              a source cannot be captured: not allowed, too large, too slow, broken
    ├── TransitionError (ValueError)        a step that a claim's state or history does not allow; carries .allowed
    ├── StoreError (OSError)                the folder is no store, or cannot be used safely
    │   └── ConflictError                   a document was changed meanwhile; carries both versions
    ├── BatchError (OSError)                many articles: the work was stopped, or its output is of another run
    ├── NotFoundError (LookupError)         no document with this id
    └── MissingExtraError (ImportError)     an optional library is needed for this
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Literal

import attrs

Severity = Literal["error", "warning", "note"]


@attrs.frozen(slots=True, kw_only=True)
class Finding:
    """One thing that a check reports: a value, never an exception.

    `code` is stable and made for programs, `message` is a sentence for people. `path` is a JSON path
    (`$.figures[0].low`) in a document; `start` and `end` are half-open offsets in Unicode code points in an
    article's text; `source` names the file. Whatever does not apply is None.

    >>> print(Finding(code="quotation-unclosed", severity="warning", start=4, end=5,
    ...               message="a quotation mark is opened here and never closed"))
    warning quotation-unclosed at 4: a quotation mark is opened here and never closed
    """

    code: str
    severity: Severity
    message: str
    path: str | None = None
    start: int | None = None
    end: int | None = None
    source: str | None = None

    def __str__(self) -> str:
        """Give one line: source, severity, code, place, message."""
        source = f"{self.source}: " if self.source else ""
        place = f" {self.path}" if self.path else f" at {self.start}" if self.start is not None else ""
        return f"{source}{self.severity} {self.code}{place}: {self.message}"


def wrong_type(call: str, wanted: str, given: object, *, hint: str) -> TypeError:
    """Give the TypeError of a call that was handed something else than it takes.

    >>> print(wrong_type("extract_claims", "an Article", "The ferry sank.", hint="read_article makes one"))
    extract_claims takes an Article, not str; read_article makes one
    """
    return TypeError(f"{call} takes {wanted}, not {type(given).__name__}; {hint}")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Give "; did you mean 'false'?" where a word is near one of the known ones, else nothing.

    >>> did_you_mean("flase", ["true", "false"]), did_you_mean("rents", ["true", "false"])
    ("; did you mean 'false'?", '')
    """
    if len(word) > 100:  # no slip of the pen, and comparing takes time that grows with its length
        return ""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


class ClaimtrackError(Exception):
    """Any error that claimtrack raises on purpose."""


class ReadError(ClaimtrackError, ValueError):
    """An input cannot be made into an Article; the message says why and what is accepted."""


class FileMissingError(ReadError, FileNotFoundError):
    """The file to read is not there."""


class DocumentError(ClaimtrackError, ValueError):
    """A document does not fit its schema. `.findings` holds every reason, each with its JSON path."""

    def __init__(self, findings: Iterable[Finding], *, source: str | None = None) -> None:
        self.findings: tuple[Finding, ...] = tuple(findings)
        self.source = source
        head = f"{source}: " if source else ""
        shown = "; ".join(f"{f.path or '$'}: {f.message}" for f in self.findings[:5])
        more = f"; and {len(self.findings) - 5} more" if len(self.findings) > 5 else ""
        super().__init__(f"{head}{shown}{more}")


class TaggerError(ClaimtrackError, ValueError):
    """A tagger is unknown, or gave spans that do not fit the text."""


class FilterError(ClaimtrackError, ValueError):
    """A filter asks for a word that its vocabulary does not have; the message names the choices."""


class SpeakerError(ClaimtrackError, ValueError):
    """A name belongs to several known speakers, or a decision about speakers contradicts another."""


class CaptureError(ClaimtrackError, OSError):
    """A source cannot be captured as evidence; the message says which limit or rule stands in the way."""


class TransitionError(ClaimtrackError, ValueError):
    """A step that a claim's state or history does not allow. `.allowed` names the actions that are possible."""

    def __init__(self, message: str, *, allowed: Iterable[str] = ()) -> None:
        self.allowed: tuple[str, ...] = tuple(allowed)
        super().__init__(message)


class StoreError(ClaimtrackError, OSError):
    """A folder is no store, or cannot be used safely."""


class ConflictError(StoreError):
    """A document was changed by somebody else meanwhile, and was not saved.

    `.id` is the document's, `.expected` the version that it should have had (None where only its history was at
    stake), `.stored` the version that it has (None where there is none to be read).
    """

    def __init__(self, message: str, *, id: str, expected: str | None, stored: str | None) -> None:
        super().__init__(message)
        self.id = id
        self.expected = expected
        self.stored = stored


class BatchError(ClaimtrackError, OSError):
    """Work on many articles cannot begin or go on; the message says what was kept, and how to go on."""


class NotFoundError(ClaimtrackError, LookupError):
    """There is no document with this id."""


class MissingExtraError(ClaimtrackError, ImportError):
    """An optional library is needed; the message gives the pip command."""
