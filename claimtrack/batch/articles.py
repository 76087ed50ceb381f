"""The table of articles of a batch: one row an article, so that every claim leads back to its record."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from claimtrack.batch.output import LastingError, failed
from claimtrack.errors import Finding
from claimtrack.exchange.columns import Column, Row
from claimtrack.exchange.packed_file import DAMAGED, is_of_machine, unpacked
from claimtrack.exchange.tables import imported
from claimtrack.extract import Extraction
from claimtrack.models import Article

VERSION: Final = "claimtrack.articles-table/1"

ARTICLES: Final = (
    Column("record", "whole", "the number of the record in the input, from 1"),
    Column("source", "text", "where the record stands: file, file:line or file#number"),
    Column("key", "text", "the record's own `id` in the input"),
    Column("article_id", "text", "the article's id"),
    Column("url", "text", "where it was published"),
    Column("title", "text", "the headline"),
    Column("publisher", "text", "who published it"),
    Column("authors", "texts", "who wrote it"),
    Column("published", "text", "when it was published"),
    Column("language", "text", "the language that the input names"),
    Column("form", "text", "the form of the input: wire, text, markdown, html or document"),
    Column("characters", "whole", "the length of its text"),
    Column("sha256", "text", "the digest of its text"),
    Column("claims", "whole", "the number of claims found in it"),
    Column("figures", "whole", "the number of figures in them"),
    Column("speakers", "whole", "the number of their speakers"),
    Column("findings", "texts", "what was noticed while it was read and its claims were found"),
)


def article_row(
    article: Article,
    extraction: Extraction,
    *,
    number: int,
    source: str,
    key: str | None,
    findings: tuple[Finding, ...],
) -> Row:
    """Give the row of an article."""
    fields = ("url", "title", "publisher", "published", "language", "sha256")
    row = {name: getattr(article, name) for name in fields} | {
        "record": number,
        "source": source,
        "key": key,
        "article_id": article.id,
        "authors": list(article.authors),
        "form": article.read.form,
        "characters": len(article.text),
        "claims": len(extraction),
        "figures": sum(len(claim.figures) for claim in extraction),
        "speakers": sum(len(claim.speakers) for claim in extraction),
        "findings": [str(finding) for finding in findings],
    }
    return {column.name: row[column.name] for column in ARTICLES}


def read_article_rows(path: Path) -> Iterator[Row]:
    """Give the rows of a part's articles, from JSON Lines or Parquet; of Parquet the columns that name them.

    Raises BatchError where they cannot be read.
    """
    try:
        if path.suffix == ".parquet":
            yield from _from_parquet(path)
        else:
            with path.open("rb") as raw:
                yield from map(json.loads, unpacked(raw, name=str(path)))
    except (*DAMAGED, ValueError) as error:
        if is_of_machine(error):
            raise failed(path, error) from None
        raise LastingError(f"{path}: cannot be read: {error}; bring it back, or name another folder") from None


def _from_parquet(path: Path) -> Iterator[Row]:
    parquet: Any = imported("pyarrow.parquet")
    with contextlib.closing(parquet.ParquetFile(path)) as table:
        for batch in table.iter_batches(columns=["record", "article_id", "sha256"]):
            yield from batch.to_pylist()
