"""Anchors that were found tell where those beside them stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import attrs

from claimtrack.text.span import Span
from claimtrack.text.surroundings import Setting

_NEIGHBOUR = 250
"""How far away a neighbour that was found may stand, in characters."""


class Selector(Protocol):
    """A place in a text with its words and what stands around them; an `Anchor` is one."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


@attrs.define(slots=True)
class Place:
    """What is known so far about where an anchor's words stand, in the folded text."""

    setting: Setting
    known: bool
    """Whether the setting is the whole text before."""
    chosen: int | None = None
    candidates: tuple[int, ...] = ()
    areas: tuple[Span, ...] = ()
    """The sentences that theirs have become."""

    @property
    def words(self) -> str:
        """The words, folded."""
        return self.setting.span.of(self.setting.string)

    @property
    def home(self) -> int:
        """Where they stood in the setting."""
        return self.setting.span.start


def ask_neighbours(anchors: Sequence[Selector], places: Sequence[Place]) -> None:
    """Choose the candidate that stands as before to its neighbours on both sides, or to the one around it.

    Only an equal distance counts: then nothing between them was put in or taken away.
    """
    order = sorted(range(len(anchors)), key=lambda n: (anchors[n].start, -anchors[n].end))
    shifts = {n: chosen - _stood(anchors[n], places[n]) for n in order if (chosen := places[n].chosen) is not None}
    for rank, n in enumerate(order):
        place, anchor = places[n], anchors[n]
        if place.chosen is not None or not place.candidates:
            continue
        left, right = (_beside(anchors, order, rank, shifts, step=step) for step in (-1, 1))
        around = left is not None and anchors[left].end >= anchor.end
        if left is not None and (around or (right is not None and shifts[left] == shifts[right])):
            wanted = _stood(anchor, place) + shifts[left]
            if wanted in place.candidates:
                place.chosen = wanted


def _stood(anchor: Selector, place: Place) -> int:
    return place.home if place.known else anchor.start


def _beside(
    anchors: Sequence[Selector], order: Sequence[int], rank: int, shifts: Mapping[int, int], *, step: int
) -> int | None:
    """Give the nearest anchor on one side that was found, if it is not far away."""
    here = anchors[order[rank]]
    at = rank + step
    while 0 <= at < len(order):
        other = anchors[order[at]]
        if max(other.start - here.end, here.start - other.end) > _NEIGHBOUR:
            return None
        if order[at] in shifts:
            return order[at]
        at += step
    return None
