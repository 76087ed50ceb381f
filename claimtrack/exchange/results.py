"""What came in from another format, and what went out to one, each with what could not be placed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, overload

import attrs

from claimtrack.errors import Finding
from claimtrack.models import Claim, Evidence


@attrs.frozen(slots=True, repr=False)
class Imported(Sequence[Claim]):
    """The claims of a file from elsewhere in its order, with `.evidence` and `.findings`; a sequence of claims.

    >>> import claimtrack
    >>> read = claimtrack.read_claimreviews(text='{"@type": "ClaimReview", "claimReviewed": "The quay cost nothing"};')
    >>> len(read), read[0].statement, read.evidence, [finding.code for finding in read.findings]
    (1, 'The quay cost nothing', (), ['json-wrapped'])
    """

    claims: tuple[Claim, ...]
    evidence: tuple[Evidence, ...] = ()
    findings: tuple[Finding, ...] = ()

    def __len__(self) -> int:
        """Give the number of claims."""
        return len(self.claims)

    @overload
    def __getitem__(self, index: int) -> Claim: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Claim, ...]: ...

    def __getitem__(self, index: int | slice) -> Claim | tuple[Claim, ...]:
        """Give one claim, or a tuple of them."""
        return self.claims[index]

    def __iter__(self) -> Iterator[Claim]:
        """Go through the claims."""
        return iter(self.claims)

    def __repr__(self) -> str:
        """Give the counts."""
        return f"<Imported: {len(self.claims)} claims, {len(self.evidence)} evidence, {len(self.findings)} findings>"


@attrs.frozen(slots=True)
class Exported:
    """A value in another format, and a finding for each thing that the format has no place for.

    >>> import claimtrack
    >>> claim = claimtrack.from_claimreview({"@type": "ClaimReview", "claimReviewed": "The quay cost nothing",
    ...     "url": "https://herald.example/quay", "sdLicense": "https://herald.example/by"})
    >>> exported = claimtrack.to_fact_check_page([claim])
    >>> exported.value["pageUrl"], [finding.path for finding in exported.findings]
    ('https://herald.example/quay', ['$.sdLicense'])
    """

    value: Any
    findings: tuple[Finding, ...] = ()
