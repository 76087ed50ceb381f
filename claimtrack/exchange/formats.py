"""The formats that the command line reads and writes, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

import attrs

from claimtrack.errors import ClaimtrackError, Finding
from claimtrack.exchange.claimreview.exporting import to_claimreview_json
from claimtrack.exchange.claimreview.importing import read_claimreviews
from claimtrack.exchange.claimreview.losses import find_losses
from claimtrack.exchange.fact_check_tools import from_fact_check_page, from_fact_check_search, to_fact_check_page
from claimtrack.exchange.foreign_json import write_foreign
from claimtrack.exchange.results import Imported
from claimtrack.models import Claim, Evidence

Linked = tuple[Claim, Sequence[Evidence]]
"""A claim with the evidence documents that it links to."""

READERS: Final[Mapping[str, Callable[[str], Imported]]] = {
    "claimreview": lambda text: read_claimreviews(text=text),
    "fact-check-search": from_fact_check_search,
    "fact-check-page": from_fact_check_page,
}


def write_claims(claims: Iterable[Linked], *, form: str) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    """Give the lines of claims in a format, each with what it does not carry; what cannot be written is a finding."""
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


_WRITERS: Final[Mapping[str, Callable[[Iterable[Linked]], Iterator[tuple[str, tuple[Finding, ...]]]]]] = {
    "claimreview": _claimreviews,
    "fact-check-page": _page,
}
WRITERS: Final = tuple(_WRITERS)
"""The names of the formats that are written."""
