"""Which of an article's stored claims a newly extracted one is, told by where their contents stand.

Pure. Ids never change, so a claim that an improved extractor cuts a little differently keeps its stored id, with the
history and the links that hang on it.
"""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Hashable, Sequence
from typing import Final

from claimtrack.models import Claim

PEOPLES: Final = ("workflow", "verdict", "publication", "evidence", "reviews", "relations", "tags", "events", "origin")
"""The fields that people fill, not extraction."""
_EXTRACTED = tuple(name for name in Claim.model_fields if name not in (*PEOPLES, "id"))
_HISTORY = ("workflow", "verdict", "publication", "evidence", "reviews", "events")


def match_claims(found: Sequence[Claim], stored: Sequence[Claim]) -> dict[int, int]:
    """Give, for the found claims that are stored already, the index of each and of the stored one.

    First those that are equal in all that is extracted; then those whose contents stand at the same place with the
    same words, with the same id before another; then those whose contents share characters, the most first; at last,
    where one of the two has no place in the text, those with the same id. Each is matched once. Time grows with the
    claims and their overlaps, not with all pairs.
    """
    matched: dict[int, int] = {}
    free = dict.fromkeys(range(len(stored)))

    def match(here: int, there: int) -> None:
        if here not in matched and there in free:
            matched[here] = there
            del free[there]

    for key in (_extracted, _place_and_id, _place):
        waiting: defaultdict[Hashable, deque[int]] = defaultdict(deque)
        for there in free:
            waiting[key(stored[there])].append(there)
        for here, claim in enumerate(found):
            if here not in matched and (same := key(claim)) is not None and waiting[same]:
                match(here, waiting[same].popleft())
    rest = [here for here in range(len(found)) if here not in matched]
    shared = _shared_characters([(here, found[here]) for here in rest], [(there, stored[there]) for there in free])
    for here, there in sorted(shared, key=lambda pair: (-shared[pair], found[pair[0]].id != stored[pair[1]].id, pair)):
        match(here, there)
    by_id = {stored[there].id: there for there in free}
    for here in rest:
        same_id = by_id.get(found[here].id)
        if same_id is not None and not (found[here].attribution and stored[same_id].attribution):
            match(here, same_id)
    return matched


def merge_claim(found: Claim, stored: Claim) -> Claim:
    """Give the stored claim as extraction now has it: what people filled in stays unless `found` brings its own."""
    defaults = Claim.model_fields
    kept = {name: getattr(stored, name) for name in PEOPLES if getattr(found, name) == defaults[name].default}
    return found.replace(id=stored.id, **kept)


def has_history(claim: Claim) -> bool:
    """Tell whether people have worked on a claim, so that it must not be overwritten."""
    return any(getattr(claim, name) != Claim.model_fields[name].default for name in _HISTORY)


def find_differences(claim: Claim, other: Claim) -> tuple[str, ...]:
    """Give the names of the fields in which two claims differ as documents, where 3.40 is not 3.4."""
    if claim.to_json() == other.to_json():
        return ()
    left, right = (one.model_dump(mode="json", exclude_none=True) for one in (claim, other))
    return tuple(name for name in Claim.model_fields if left.get(name) != right.get(name))


def _extracted(claim: Claim) -> Hashable:
    return tuple(getattr(claim, name) for name in _EXTRACTED)


def _place(claim: Claim) -> Hashable:
    return tuple((piece.start, piece.exact) for piece in claim.attribution.content) if claim.attribution else None


def _place_and_id(claim: Claim) -> Hashable:
    return (claim.id, _place(claim)) if claim.attribution else None


def _shared_characters(found: list[tuple[int, Claim]], stored: list[tuple[int, Claim]]) -> dict[tuple[int, int], int]:
    """Give how many characters the contents of a found and a stored claim share, for all pairs that share any.

    A sweep over the text: the pieces that are still open when one starts are those that overlap it.
    """
    pieces = [
        (piece.start, piece.end, side, index)
        for side, claims in enumerate((found, stored))
        for index, claim in claims
        if claim.attribution
        for piece in claim.attribution.content
    ]
    shared: defaultdict[tuple[int, int], int] = defaultdict(int)
    still_open: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for start, end, side, index in sorted(pieces):
        for heap in still_open:
            while heap and heap[0][0] <= start:
                heapq.heappop(heap)
        for other_end, other in still_open[1 - side]:
            shared[(index, other) if side == 0 else (other, index)] += min(end, other_end) - start
        heapq.heappush(still_open[side], (end, index))
    return shared
