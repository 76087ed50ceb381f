"""The files of the data sets: JSON Lines, one JSON list (AVeriTeC), or tabs between columns (LIAR)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from os import PathLike
from typing import Any

import attrs

from claimtrack.errors import DocumentError, Finding
from claimtrack.exchange.datasets.converting import from_dataset
from claimtrack.exchange.datasets.liar import COLUMNS
from claimtrack.exchange.files import read_text
from claimtrack.exchange.foreign_json import parse_foreign, write_foreign
from claimtrack.exchange.results import Imported
from claimtrack.models import Claim, Evidence


def read_dataset(path: str | PathLike[str], *, name: str) -> Imported:
    """Give the claims of a data set's file, and a finding with its number for each row that makes none.

    Raises ReadError where there is no such file, DocumentError where it is no list, NotFoundError for an unknown name.
    """
    return dataset_of(read_text(path), name=name)


def dataset_of(text: str, *, name: str) -> Imported:
    """Give the claims of the text of a data set's file, as `read_dataset` does."""
    claims: dict[str, Claim] = {}
    evidence: dict[str, Evidence] = {}
    findings: list[Finding] = []
    for number, row in enumerate(_rows(text, name), start=1):
        where = f"row {number}"
        try:
            imported = from_dataset(row, name=name)
        except DocumentError as error:
            findings.extend(attrs.evolve(one, source=where) for one in error.findings)
            continue
        (claim,) = imported.claims
        if claim.id in claims:
            message = f"{where} has the key of an earlier row, which counts"
            findings.append(Finding(code="row-key-twice", severity="warning", message=message, source=where))
            continue
        claims[claim.id] = claim
        evidence.update((one.id, one) for one in imported.evidence)
        findings.extend(attrs.evolve(one, source=where) for one in imported.findings)
    return Imported(tuple(claims.values()), tuple(evidence.values()), tuple(findings))


def to_dataset_line(row: Mapping[str, Any], *, name: str) -> str:
    """Give a row as one line of a data set's file.

    >>> to_dataset_line({"id": "7.json", "label": "false", "statement": "It was\\tfree"}, name="liar").split("\\t")[:3]
    ['7.json', 'false', 'It was free']
    """
    if name != "liar":
        return write_foreign(row)
    return "\t".join(" ".join(str(row.get(column, "")).split()) for column in COLUMNS)


def _rows(text: str, name: str) -> Iterator[Any]:
    if name == "liar":
        # No quoting: a quotation mark in the file is one of the statement.
        lines = (line.removesuffix("\r") for line in text.split("\n"))
        yield from (dict(zip(COLUMNS, line.split("\t"), strict=False)) for line in lines if line)
    elif text.lstrip()[:1] == "[":
        yield from parse_foreign(text)
    else:
        yield from (line for line in text.split("\n") if line.strip())
