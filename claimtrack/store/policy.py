"""What a store asks of a check before it is published: the `eyes` in its `claimtrack.json`."""

from __future__ import annotations

from claimtrack.errors import StoreError, TransitionError
from claimtrack.models.parse import parse_json
from claimtrack.store.folders import Folder
from claimtrack.track import Policy

_KNOWN = ("format", "eyes")


def read_policy(root: Folder, name: str) -> Policy:
    """Give the policy that a store's own file tells, or the default where it tells none.

    Raises StoreError on a field that is not known, and on eyes that are no number from 1 to 9.
    """
    value, findings = parse_json(root.read(name) or b"{}")
    if findings or not isinstance(value, dict):
        raise StoreError(f"{root.path / name}: cannot be read as JSON; restore it")
    for field in value:
        if field not in _KNOWN:
            raise StoreError(f"{root.path / name}: there is no field {field!r} here; known are {', '.join(_KNOWN)}")
    try:
        return Policy(eyes=value.get("eyes", Policy().eyes))
    except TransitionError as error:
        raise StoreError(f"{root.path / name}: {error}") from None
