"""The formats that the command line reads and writes, by name."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

import attrs

from claimtrack.errors import ClaimtrackError, DocumentError, Finding
from claimtrack.exchange.annotations import to_annotations
from claimtrack.exchange.claimreview.exporting import to_claimreview_json
from claimtrack.exchange.claimreview.importing import read_claimreviews
from claimtrack.exchange.claimreview.losses import find_losses
from claimtrack.exchange.columns import Rows
from claimtrack.exchange.datasets import DATASETS, to_dataset, to_dataset_line
from claimtrack.exchange.datasets.converting import Policy
from claimtrack.exchange.datasets.files import dataset_of
from claimtrack.exchange.fact_check_tools import from_fact_check_page, from_fact_check_search, to_fact_check_page
from claimtrack.exchange.foreign_json import write_foreign
from claimtrack.exchange.json_lines import to_json_line
from claimtrack.exchange.results import Imported
from claimtrack.models import Article, Claim, Evidence

Linked = tuple[Claim, Sequence[Evidence]]
"""A claim with the evidence documents that it links to."""

READERS: Final[Mapping[str, Callable[[str], Imported]]] = {
    "claimreview": lambda text: read_claimreviews(text=text),
    "fact-check-search": from_fact_check_search,
    "fact-check-page": from_fact_check_page,
    **{name: functools.partial(dataset_of, name=name) for name in DATASETS},
}
TABLES: Final[Mapping[str, Rows]] = {
    "csv": "claims",
    "figures-csv": "figures",
    "speakers-csv": "speakers",
    "parquet": "claims",
    "figures-parquet": "figures",
    "speakers-parquet": "speakers",
}
"""The names of the tables, which are written to a file, each with what a row is."""


def write_claims(
    claims: Iterable[Linked], *, form: str, policy: Policy = "refuse", article: Callable[[str], Article] | None = None
) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    """Give the lines of claims in a format, each with what it does not carry; what cannot be written is a finding.

    `policy` is that of `to_dataset`; `article` finds the articles of claims, which annotations stand on.
    """
    if form in DATASETS:
        yield from _dataset_rows(claims, form, policy)
    elif form == "annotations":
        yield from _annotations(claims, article)
    else:
        yield from _WRITERS[form](claims)


def _claimreviews(claims: Iterable[Linked]) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    for claim, evidence in claims:
        try:
            line = to_claimreview_json(claim, evidence=evidence)
            losses = find_losses(claim, evidence=evidence)
        except ClaimtrackError as error:
            yield "", (Finding(code="not-exported", severity="error", message=str(error), source=claim.id),)
            continue
        yield " ".join(line.splitlines()), tuple(attrs.evolve(one, source=claim.id) for one in losses)


def _page(claims: Iterable[Linked]) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    linked = tuple(claims)
    exported = to_fact_check_page(
        [claim for claim, _ in linked], evidence=[document for _, documents in linked for document in documents]
    )
    yield write_foreign(exported.value), exported.findings


def _lines(claims: Iterable[Linked]) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    yield from ((to_json_line(claim).rstrip("\n"), ()) for claim, _ in claims)


def _dataset_rows(claims: Iterable[Linked], name: str, policy: Policy) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    for claim, evidence in claims:
        try:
            exported = to_dataset([claim], name=name, evidence=evidence, policy=policy)
        except DocumentError as error:
            yield "", error.findings
            continue
        line = to_dataset_line(exported.value[0], name=name) if exported.value else ""
        yield line, exported.findings


def _annotations(
    claims: Iterable[Linked], article: Callable[[str], Article] | None
) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    for id, group in itertools.groupby((claim for claim, _ in claims), key=lambda claim: claim.article_id):
        if id is None or article is None:
            message = "the claim has no article, so it was left out"
            yield (
                "",
                tuple(
                    Finding(code="not-anchored", severity="warning", message=message, source=claim.id)
                    for claim in group
                ),
            )
            continue
        exported = to_annotations(article(id), group)
        yield write_foreign(exported.value), exported.findings


_WRITERS: Final[Mapping[str, Callable[[Iterable[Linked]], Iterator[tuple[str, tuple[Finding, ...]]]]]] = {
    "claimreview": _claimreviews,
    "fact-check-page": _page,
    "jsonl": _lines,
}
WRITERS: Final = (*_WRITERS, "annotations", *DATASETS)
"""The names of the formats that are written."""
