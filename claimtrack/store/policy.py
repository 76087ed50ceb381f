"""What a store asks of a check before it is published: the `eyes` in its `claimtrack.json`."""

from __future__ import annotations

from claimtrack.errors import StoreError, TransitionError
from claimtrack.models.parse import parse_json
from claimtrack.track import Policy

_KNOWN = ("format", "eyes")


def read_policy(marker: bytes, *, where: str) -> Policy:
    """Give the policy that a store's own file tells, or the default where it tells none; `where` names it in errors.

    Raises StoreError on a field that is not known, and on eyes that are no number from 1 to 9.
    """
    value, findings = parse_json(marker)
    if findings or not isinstance(value, dict):
        raise StoreError(f"{where}: cannot be read as JSON; restore it")
    for field in value:
        if field not in _KNOWN:
            raise StoreError(f"{where}: there is no field {field!r} here; known are {', '.join(_KNOWN)}")
    try:
        return Policy(eyes=value.get("eyes", Policy().eyes))
    except TransitionError as error:
        raise StoreError(f"{where}: {error}") from None
