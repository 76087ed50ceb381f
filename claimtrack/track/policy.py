"""What a newsroom asks of a check before the public sees it."""

from __future__ import annotations

import attrs

from claimtrack.errors import TransitionError

MOST_EYES = 9


@attrs.frozen(slots=True, kw_only=True)
class Policy:
    """The rules of one newsroom: `eyes` people see a check before it is approved, its author among them.

    With two, the default, somebody other than the author approves; with one, the author may; with three, two others.

    >>> Policy(eyes=3).approvals
    2

    Raises TransitionError on a number that is not between 1 and 9.
    """

    eyes: int = 2

    def __attrs_post_init__(self) -> None:
        if type(self.eyes) is not int or not 1 <= self.eyes <= MOST_EYES:
            raise TransitionError(f"the policy's eyes are a whole number from 1 to {MOST_EYES}, not {self.eyes!r}")

    @property
    def approvals(self) -> int:
        """How many people have to approve."""
        return max(1, self.eyes - 1)
