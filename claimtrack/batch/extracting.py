"""What a worker does: records in, articles and claims out, and a reason for each record that gives none."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Final

import attrs

from claimtrack.batch.articles import article_row
from claimtrack.batch.records import FIELDS, Record, unreadable
from claimtrack.errors import BatchError, ClaimtrackError, DocumentError, Finding, MissingExtraError, ReadError
from claimtrack.exchange.columns import Row, Rows, to_rows
from claimtrack.exchange.json_lines import other_kind, to_json_line
from claimtrack.extract import Extraction, extract_claims
from claimtrack.models import Article, load_document
from claimtrack.models.parse import parse_json
from claimtrack.read.article import given_fields, read_input
from claimtrack.read.source import shown

TABLES: Final[tuple[Rows, ...]] = ("claims", "figures", "speakers")


@attrs.frozen(slots=True)
class Task:
    """Some records that follow one another in one part.

    The last task of a part brings the digest of all records of that part.
    """

    part: int
    records: tuple[Record, ...]
    digest: str | None = None

    @property
    def place(self) -> int:
        """How much of all inputs has been read with it, in bytes."""
        return self.records[-1].place if self.records else 0


@attrs.frozen(slots=True)
class Outcome:
    """What became of a record: an article with its claims, or findings that say why there is none.

    `rows` are those of each table, or of "claims" alone, and then lines of JSON.
    """

    number: int
    source: str
    article: Row | None
    findings: tuple[Finding, ...]
    rows: Mapping[Rows, tuple[Row | str, ...]] = attrs.field(factory=dict)


@attrs.frozen(slots=True)
class Result:
    """What became of a task."""

    part: int
    digest: str | None
    place: int
    outcomes: tuple[Outcome, ...]


def extract_task(task: Task, *, tagger: str, as_rows: bool) -> Result:
    """Give what becomes of the records of a task, in their order.

    Raises MissingExtraError where a library is missing without which no record of this kind can be read, and BatchError
    where the machine fails: it would reject today what it reads tomorrow.
    """
    outcomes = tuple(_extract(record, tagger, as_rows) for record in task.records)
    return Result(task.part, task.digest, task.place, outcomes)


def _extract(record: Record, tagger: str, as_rows: bool) -> Outcome:
    if record.findings:
        return Outcome(record.number, record.source, None, record.findings)
    try:
        article, key, findings = read_record(record)
        extraction = extract_claims(article, tagger=tagger)
        return _outcome(record, article, extraction, key=key, findings=findings, as_rows=as_rows)
    except MissingExtraError:
        raise
    except DocumentError as error:
        return _rejected(record, error.findings)
    except ClaimtrackError as error:
        return _rejected(record, (unreadable(str(error), record.source),))
    except (MemoryError, OSError) as error:
        why = f"{type(error).__name__} {error}".rstrip()
        raise BatchError(f"{record.source}: the machine failed here, not the article: {why}") from None
    except Exception as error:  # whatever one record of a million brings about, the others are still to come
        message = f"extraction stopped unexpectedly: {type(error).__name__}: {str(error)[:300]}"
        return _rejected(record, (Finding(code="extraction-failed", severity="error", message=message),))


def _outcome(
    record: Record,
    article: Article,
    extraction: Extraction,
    *,
    key: str | None,
    findings: tuple[Finding, ...],
    as_rows: bool,
) -> Outcome:
    told = (*findings, *extraction.findings)
    row = article_row(article, extraction, number=record.number, source=record.source, key=key, findings=told)
    rows: dict[Rows, tuple[Row | str, ...]] = {"claims": tuple(map(to_json_line, extraction))}
    if as_rows:
        rows = {name: tuple(one for claim in extraction for one in to_rows(claim, rows=name)) for name in TABLES}
    return Outcome(record.number, record.source, row, told, rows)


def _rejected(record: Record, findings: tuple[Finding, ...]) -> Outcome:
    placed = tuple(one if one.source else attrs.evolve(one, source=record.source) for one in findings)
    return Outcome(record.number, record.source, None, placed)


def read_record(record: Record) -> tuple[Article, str | None, tuple[Finding, ...]]:
    """Give the article of a record, its key in the input, and findings on what the input says wrongly about it.

    Raises ReadError and DocumentError where the record makes no article.
    """
    data = record.data
    if record.form == "page":
        assert isinstance(data, bytes)
        about = {"html": _decoded(data, record.about.get("charset")), **record.about}
        return _from_fields(about, record)
    if record.form == "row":
        assert isinstance(data, dict)
        return _from_fields(data, record)
    assert isinstance(data, bytes)
    if record.form == "file":
        return read_input(data, {}, name=record.source, ending=record.ending), None, ()
    value, findings = parse_json(data)
    if findings:
        raise DocumentError(findings, source=record.source)
    if not isinstance(value, dict):
        raise ReadError(f"the line holds no object; {_WANTED}")
    if str(value.get("format")).startswith("claimtrack."):
        document = load_document(value)
        if not isinstance(document, Article):
            raise DocumentError((other_kind(document, Article, record.source),))
        return document, None, ()
    return _from_fields(value, record)


_WANTED = "an Article document is wanted, or fields of which one is text or html"


def _from_fields(told: Mapping[str, Any], record: Record) -> tuple[Article, str | None, tuple[Finding, ...]]:
    """Give the article that fields make; one that no document holds is left out, with a finding."""
    text, html = told.get("text"), told.get("html")
    data = text or html
    if not data:
        raise ReadError(f"there is neither text nor html; {_WANTED}")
    if not isinstance(data, str | bytes):
        raise ReadError(f"text or html holds {shown(repr(data))}, which is no text; {_WANTED}")
    given: dict[str, Any] = {}
    findings: list[Finding] = []
    for field in FIELDS[2:]:
        try:
            if (value := _plain(told.get(field))) is not None:
                given |= given_fields(**{field: value})
        except ReadError as error:
            message = f"{error}; the field was left out"
            findings.append(Finding(code="cell-not-placed", severity="warning", message=message, path=f"$.{field}"))
    key = told.get("id")
    article = read_input(data, given, name=record.source, is_html=not text)
    return article, None if key is None else str(key)[:2000], tuple(findings)


def _plain(value: Any) -> Any:
    """Give a value that `read_article` takes for one of its fields.

    Raises ReadError for any other.
    """
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        return tuple(value)
    if value is None or isinstance(value, str | datetime.date):
        return value or None
    raise ReadError(f"{str(value)[:60]!r} is no text")


def _decoded(page: bytes, charset: str | None) -> str | bytes:
    """Give a page by the encoding that its server named, where that holds; else its bytes, to be looked at."""
    try:
        return page.decode(charset) if charset else page
    except (UnicodeError, LookupError):
        return page
