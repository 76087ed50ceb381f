"""Imported claims in a store: new ones are added, untouched ones brought up to date, worked-on ones kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import attrs

from claimtrack.errors import Finding, NotFoundError
from claimtrack.exchange.claimreview.exporting import original_of
from claimtrack.exchange.claimreview.reading import read_object
from claimtrack.exchange.datasets import DATASETS, from_dataset
from claimtrack.exchange.fact_check_tools import SEARCH_FORMAT, from_fact_check_search
from claimtrack.exchange.foreign_json import parse_foreign
from claimtrack.exchange.results import Imported
from claimtrack.models import Claim
from claimtrack.store import Store

KeptOutcome = Literal["new", "unchanged", "changed", "kept"]


@attrs.frozen(slots=True)
class Kept:
    """What became of one imported claim: new, unchanged, changed, or kept because people have worked on it.

    >>> import claimtrack, tempfile
    >>> read = claimtrack.read_claimreviews(text='{"@type": "ClaimReview", "claimReviewed": "The quay cost nothing"}')
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     kept, = claimtrack.keep_imported(claimtrack.Store(folder), read)
    >>> kept.outcome, kept.findings
    ('new', ())
    """

    id: str
    outcome: KeptOutcome
    findings: tuple[Finding, ...] = ()


def keep_imported(store: Store, imported: Imported) -> Iterator[Kept]:
    """Give what became of each imported claim, once it and its evidence are safely in the store.

    Importing again changes nothing. A claim that somebody has worked on is never overwritten.

    >>> import claimtrack, tempfile
    >>> read = claimtrack.read_claimreviews(text='{"@type": "ClaimReview", "claimReviewed": "The quay cost nothing"}')
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     store = claimtrack.Store(folder)
    ...     [kept.outcome for _ in range(2) for kept in keep_imported(store, read)]
    ['new', 'unchanged']

    Raises StoreError when the disk fails.
    """
    for evidence in imported.evidence:
        try:
            store.evidence(evidence.id)
        except NotFoundError:
            store.save(evidence)
    for claim in imported:
        yield _keep(store, claim)


def _keep(store: Store, claim: Claim) -> Kept:
    try:
        stored = store.claim(claim.id)
    except NotFoundError:
        store.save(claim)
        return Kept(claim.id, "new")
    if stored == claim:
        return Kept(claim.id, "unchanged")
    if stored != _as_it_came(stored):
        message = "people have worked on the stored claim, so it was kept although the import now gives it otherwise"
        return Kept(claim.id, "kept", () if _same_original(stored, claim) else (_note(claim, message),))
    if _form(stored) != _form(claim):
        message = f"the review is stored as it came from {_form(stored)}, and this is another form of it"
        return Kept(claim.id, "kept", (_note(claim, message),))
    store.save(claim)
    return Kept(claim.id, "changed")


def _as_it_came(claim: Claim) -> Claim | None:
    """Give the claim as its original has it, to tell whether anybody has changed it since."""
    if claim.origin is None:
        return None
    if claim.origin.format == SEARCH_FORMAT:
        read = from_fact_check_search({"claims": [parse_foreign(claim.origin.original)]})
        return next(iter(read), None)
    if claim.origin.format in DATASETS:
        return from_dataset(claim.origin.original, name=claim.origin.format)[0]
    node = original_of(claim)
    fresh = read_object(node, claim.origin.original, form=claim.origin.format).claim if node is not None else None
    return fresh.replace(id=claim.id) if fresh is not None else None


def _form(claim: Claim) -> str | None:
    return claim.origin.format if claim.origin is not None else None


def _note(claim: Claim, message: str) -> Finding:
    return Finding(code="claim-kept", severity="note", message=message, source=claim.id)


def _same_original(stored: Claim, claim: Claim) -> bool:
    return stored.origin is not None and claim.origin is not None and stored.origin.original == claim.origin.original
