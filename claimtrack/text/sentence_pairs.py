"""Which sentence of an edited text is which sentence of the text before: by their words, and by their neighbours.

A sentence that stands twice, or whose copy was put elsewhere while it was itself edited, cannot be told by its words
alone; its neighbours tell.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

import attrs

_LIKE = 0.5
"""How like two sentences must be to be one that was edited, from 0 to 1."""
_NEIGHBOUR = 0.75
"""How like they must be to tell about their neighbours."""
_UNSURE = 0.3
"""By how much one pair must be better than another, in the likeness of the sentences and of their neighbours."""
_MOST_PAIRS = 40_000


@attrs.frozen(slots=True)
class SentencePairs:
    """For each sentence before that is still there: where it is after, or may be where nothing tells; by numbers."""

    places: Mapping[int, tuple[int, ...]]
    unsure: frozenset[int]


def match_sentences(before: Sequence[str], after: Sequence[str]) -> SentencePairs:
    """Give which sentence is which.

    >>> before = ["The ferry sank.", "All were saved.", "It was raining.", "Nobody knew why.", "All were saved."]
    >>> after = ["The ferry sank.", "It was raining hard.", "Nobody knew why.", "All were saved."]
    >>> sorted(match_sentences(before, after).places.items())
    [(0, (0,)), (2, (1,)), (3, (2,)), (4, (3,))]
    """
    places: dict[int, tuple[int, ...]] = {}
    for block in SequenceMatcher(None, before, after).get_matching_blocks():
        # Those inside a block have their neighbours; the first and last may be copies beside what was next to them.
        first = int(block.a > 0 or block.b > 0)
        last = int(block.a + block.size < len(before) or block.b + block.size < len(after))
        places |= {block.a + n: (block.b + n,) for n in range(first, block.size - last)}
    taken = {one[0] for one in places.values()}
    here = [n for n in range(len(before)) if n not in places]
    there = [n for n in range(len(after)) if n not in taken]
    scores = _scores(before, after, here, there, places)
    of_one: defaultdict[int, list[int]] = defaultdict(list)
    of_other: defaultdict[int, list[int]] = defaultdict(list)
    for one, other in scores:
        of_one[one].append(other)
        of_other[other].append(one)
    unsure: set[int] = set()
    for (one, other), score in sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])):
        if one in places or other in taken:
            continue
        also = [n for n in of_one[one] if n != other and n not in taken and scores[one, n] > score - _UNSURE]
        rivals = [n for n in of_other[other] if n != one and n not in places and scores[n, other] > score - _UNSURE]
        places[one] = (other, *also)
        if also or rivals:
            unsure.add(one)
        if not rivals:
            taken.add(other)
    shared = Counter(place for found in places.values() for place in found)
    unsure |= {one for one, found in places.items() if any(shared[place] > 1 for place in found)}
    return SentencePairs(places, frozenset(unsure))


def _scores(
    before: Sequence[str],
    after: Sequence[str],
    here: list[int],
    there: list[int],
    matched: Mapping[int, tuple[int, ...]],
) -> dict[tuple[int, int], float]:
    """Give how like pairs of sentences are, from 0 to 1, and as much again for the neighbours on either side."""
    from rapidfuzz.distance import Indel

    if len(here) * len(there) > _MOST_PAIRS:
        by_words: dict[str, list[int]] = {}
        for n in there:
            by_words.setdefault(after[n], []).append(n)
        same = {one: by_words.get(before[one], ()) for one in here}
        like = {(one, other): 1.0 for one, places in same.items() if len(places) <= 3 for other in places}
    else:
        # By whole words: most English sentences share half of their letters in order.
        words = {n: before[n].split() for n in here}, {n: after[n].split() for n in there}
        like = {
            (one, other): found
            for one, left in words[0].items()
            for other, right in words[1].items()
            if (found := Indel.normalized_similarity(left, right, score_cutoff=_LIKE)) >= _LIKE
        }

    def is_pair(one: int, other: int) -> float:
        if one in matched:
            return float(other in matched[one])
        found = like.get((one, other), 0.0)
        return found if found >= _NEIGHBOUR else 0.0

    def beside(one: int, other: int, step: int) -> float:
        edges = (one + step in (-1, len(before))), (other + step in (-1, len(after)))
        if all(edges):
            return 1.0
        near = is_pair(one + step, other + step)
        far = max(is_pair(one + 2 * step, other + step), is_pair(one + step, other + 2 * step))
        return max(near, far * 0.8)

    return {pair: found + (beside(*pair, -1) + beside(*pair, 1)) / 2 for pair, found in like.items()}
