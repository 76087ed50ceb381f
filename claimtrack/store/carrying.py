"""The claims of one edition of an article, carried over to the next.

Pure. Each edition keeps claims of its own, whose anchors fit its text, and a claim of the edition before is never
touched: where its words are still there the new claim points back to it, as `same_as` or as `updates`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import attrs

from claimtrack.models import Anchor, Article, Claim, Relation
from claimtrack.store.matching import PEOPLES, has_history, match_claims
from claimtrack.text import AnchorMatch, AnchorOutcome, match_anchors

CarriedOutcome = Literal["unchanged", "changed", "gone"]


@attrs.frozen(slots=True)
class Carried:
    """What became, in a new edition, of a claim of the edition before.

    `claim` is its id there, `outcome` unchanged, changed or gone; `into` is the id of the claim in the new edition,
    where there is one. `anchor` tells what became of its words (the worst of its contents, None where it has no place),
    and `reason` is that in a sentence.

    >>> print(Carried("2025-03-14-port-ferry-35", "gone", None, "lost", "the words are not there"))
    2025-03-14-port-ferry-35 gone; words lost: the words are not there
    """

    claim: str
    outcome: CarriedOutcome
    into: str | None
    anchor: AnchorOutcome | None
    reason: str

    def __str__(self) -> str:
        """Give one line for people."""
        words = f"words {self.anchor}: {self.reason}" if self.anchor else self.reason
        return f"{self.claim} {self.outcome}{f' as {self.into}' if self.into else ''}; {words}"


_ORDER: tuple[AnchorOutcome, ...] = ("exact", "moved", "normalised", "changed", "ambiguous", "lost")


def carry_claims(
    found: Sequence[Claim], old: Sequence[Claim], *, edition: Article, before: Article
) -> tuple[tuple[Claim, ...], dict[int, Relation], tuple[Carried, ...]]:
    """Give the claims of a new edition, by their numbers the relations to old ones, and what became of each old one.

    A claim that people have worked on and that extraction does not find again, though its words are there, is carried
    over with its anchors put where they now stand.
    """
    matches = _match_anchors(old, edition.text, before.text)
    placed = [_placed(claim, matches, edition.text) for claim in old]
    pairs = {there: here for here, there in match_claims(found, placed).items()}
    claims = list(found)
    relations: dict[int, Relation] = {}
    carried = []
    for there, claim in enumerate(old):
        worst = _worst([matches[piece] for piece in claim.attribution.content] if claim.attribution else [])
        anchor, reason = (worst.outcome, worst.reason) if worst else (None, "it has no place in the text")
        here = pairs.get(there)
        if here is None and worst is not None and worst.found and has_history(claim):
            again = _again(claim, matches, edition)
            if again is not None:
                here = len(claims)
                claims.append(again)
        outcome: CarriedOutcome = "gone"
        if here is not None:
            outcome = "unchanged" if _is_same(claims[here], claim) else "changed"
            relations[here] = Relation(kind="same_as" if outcome == "unchanged" else "updates", claim=claim.id)
        carried.append(Carried(claim.id, outcome, None if here is None else claims[here].id, anchor, reason))
    return tuple(claims), relations, tuple(carried)


def _match_anchors(claims: Sequence[Claim], text: str, before: str) -> dict[Anchor, AnchorMatch]:
    """Give where each anchor of the claims stands now; the many of one article help each other."""
    anchors = list(dict.fromkeys(anchor for claim in claims for anchor in _anchors(claim)))
    return dict(zip(anchors, match_anchors(anchors, text, before=before), strict=True))


def _anchors(value: Any) -> list[Anchor]:
    """Give every anchor in a claim or a part of it."""
    if isinstance(value, Anchor):
        return [value]
    if isinstance(value, tuple):
        return [anchor for one in value for anchor in _anchors(one)]
    if hasattr(type(value), "model_fields"):
        return [anchor for name in type(value).model_fields for anchor in _anchors(getattr(value, name))]
    return []


def _worst(matches: Sequence[AnchorMatch]) -> AnchorMatch | None:
    return max(matches, key=lambda match: _ORDER.index(match.outcome), default=None)


def _placed(claim: Claim, matches: dict[Anchor, AnchorMatch], text: str) -> Claim:
    """Give a claim with its contents where they now stand, or may stand, to be matched with what was found there."""
    if claim.attribution is None:
        return claim
    spans = (matches[piece].span for piece in claim.attribution.content)
    content = tuple(Anchor.at(span, text) for span in spans if span is not None)
    # Without a place it must match nothing: another claim can have its offset, and so its id, by now.
    if not content:
        nowhere = Anchor(start=2_000_000_000, end=2_000_000_001, exact="-")
        return claim.replace(attribution=claim.attribution.replace(content=(nowhere,)))
    return claim.replace(attribution=claim.attribution.replace(content=content))


def _is_same(found: Claim, old: Claim) -> bool:
    """Tell whether two claims say the same: the same words, by the same speakers."""
    return (
        " ".join(found.statement.split()) == " ".join(old.statement.split())
        and found.speech_act == old.speech_act
        and [speaker.name for speaker in found.speakers] == [speaker.name for speaker in old.speakers]
    )


def _again(claim: Claim, matches: dict[Anchor, AnchorMatch], edition: Article) -> Claim | None:
    """Give an old claim as a candidate of the new edition, or None where not all that it needs has a place."""
    moved = _moved(claim, matches, edition.text)
    if not isinstance(moved, Claim) or moved.attribution is None:
        return None
    fresh = {name: Claim.model_fields[name].default for name in PEOPLES}
    return moved.replace(id=f"{edition.id}-{moved.attribution.content[0].start}", article_id=edition.id, **fresh)


def _moved(value: Any, matches: dict[Anchor, AnchorMatch], text: str) -> Any:
    """Give a value with all its anchors where they stand now; None, or left out of a list, where one is lost."""
    if isinstance(value, Anchor):
        match = matches[value]
        return Anchor.at(match.span, text) if match.found and match.span is not None else None
    if not hasattr(type(value), "model_fields"):
        return value
    changes: dict[str, Any] = {}
    for name, field in type(value).model_fields.items():
        part = getattr(value, name)
        if not _anchors(part):
            continue
        if isinstance(part, tuple):
            moved = tuple(_moved(one, matches, text) for one in part)
            if name == "content" and None in moved:
                return None
            changes[name] = tuple(one for one in moved if one is not None)
        else:
            changes[name] = _moved(part, matches, text)
            if changes[name] is None and field.is_required():
                return None
    return value.replace(**changes) if changes else value
