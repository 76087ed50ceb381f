"""What came in from another format, and what went out to one, each with what could not be placed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, overload

import attrs

from claimtrack.errors import Finding
from claimtrack.models import Claim, Evidence


@attrs.frozen(slots=True, repr=False)
class Imported(Sequence[Claim]):
    """The claims of a file from elsewhere in its order, with `.evidence` and `.findings`; a sequence of claims."""

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
    """A value in another format, and a finding for each thing that the format has no place for."""

    value: Any
    findings: tuple[Finding, ...] = ()
