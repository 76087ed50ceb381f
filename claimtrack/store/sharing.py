"""Two stores brought together: what a folder has into a database, and back, document by document.

For each document three versions tell what to do: the one here, the one there, and the one that both had when they were
last brought together, which the folder remembers. What only one side changed goes to the other; of what both changed,
claims are merged event by event and other documents field by field, and what truly conflicts is named and left alone.
Nothing is ever deleted.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, Literal

import attrs

from claimtrack.errors import ClaimtrackError, DocumentError, Finding
from claimtrack.models import Article, Claim, Document, Evidence
from claimtrack.store.content import decode_document, encode_document
from claimtrack.store.copies import copy_place
from claimtrack.store.home import Batch, Home, Memory, Opened
from claimtrack.store.paths import Place, article_place, id_at
from claimtrack.track import Conflict, merge_claims

Side = Literal["ours", "theirs"]
ShareOutcome = Literal["new", "changed", "merged", "unchanged", "newer", "conflicting", "refused"]

# What others refer to goes first, so that nothing ever stands anywhere without what it needs.
_ORDER: Final = ("articles", "evidence", "speakers", "claims")
_KINDS: Final = {"articles": "article", "evidence": "evidence", "speakers": "speaker", "claims": "claim"}
_AGREED: Final = ("new", "changed", "merged", "unchanged", "newer")
"""After these the target's version holds all that the source's does."""
_AT_ONCE: Final = 500


@attrs.frozen(slots=True)
class Shared:
    """What became of one document that was pushed or pulled.

    `outcome` is new, changed, merged (both sides had changed it), unchanged, newer (what is there has all of this and
    more: sharing the other way brings it), conflicting or refused; of the last two nothing is written, and `findings`
    say why.

    >>> print(Shared("rents-1", "claim", "newer"))
    claim rents-1: newer
    """

    id: str
    kind: str
    outcome: ShareOutcome
    findings: tuple[Finding, ...] = ()

    def __str__(self) -> str:
        """Give one line for people."""
        return f"{self.kind} {self.id}: {self.outcome}"


@attrs.frozen(slots=True, kw_only=True)
class Terms:
    """Who merges what both sides changed, when, and which side is kept where they conflict (None: neither)."""

    by: str
    at: str
    prefer: Side | None = None


def share(source: Home, target: Home, *, memory: Memory, terms: Terms, ours: Home) -> Iterator[Shared]:
    """Give what became of each document of `source` in `target`, once it is durable there.

    `ours` is that one of the two which "ours" means in `terms`; `memory` holds what both had the last time.

    Raises StoreError where one of the stores fails; what was given before is safe, and sharing again does the rest.
    """
    sharing = _Sharing(source, target, memory, terms, is_push=ours is source)
    for top in _ORDER:
        with source.opened() as opened:
            versions = opened.versions((top,))
            while part := dict(itertools.islice(versions, _AT_ONCE)):
                yield from sharing.carry(opened, part)


@attrs.frozen(slots=True)
class _Given:
    """A document as the source has it, with its canonical bytes and their digest."""

    document: Document
    data: bytes
    version: str


@attrs.frozen(slots=True)
class _Sharing:
    source: Home
    target: Home
    memory: Memory
    terms: Terms
    is_push: bool

    def carry(self, opened: Opened, versions: Mapping[Place, str | None]) -> Iterator[Shared]:
        """Carry some documents over, whose versions in the source are given as far as they are known."""
        places = tuple(versions)
        with self.target.opened() as there:
            found = there.versions_at(places)
        same = {place: version for place, version in versions.items() if version and version == found.get(place)}
        remembered = self.memory.versions(places)
        forgotten = [place for place, version in same.items() if remembered.get(place) != version]
        differing = [place for place in places if place not in same]
        read = opened.read_many([*differing, *forgotten])
        given: dict[Place, _Given] = {}
        outcomes = {place: _shared(place, "unchanged") for place in same}
        for place in differing:
            try:
                if place in read:  # else it has just gone
                    given[place] = _given(read[place], place)
            except DocumentError as error:
                findings = (attrs.evolve(one, source="/".join(place)) for one in error.findings)
                outcomes[place] = _shared(place, "refused", *findings)
        if given:
            self._carry_copies(opened, given)
            outcomes |= self.target.write(lambda batch: self._fill(batch, given, remembered))
        agreed = {place: one.data for place, one in given.items() if outcomes[place].outcome in _AGREED}
        self.memory.keep(agreed | {place: read[place] for place in forgotten if place in read})
        yield from (outcomes[place] for place in places if place in outcomes)

    def _carry_copies(self, opened: Opened, given: Mapping[Place, _Given]) -> None:
        """Carry over the copies that evidence names, before it: no document ever names one that is not there."""
        for one in given.values():
            if isinstance(one.document, Evidence) and one.document.copy_path and one.document.sha256:
                place = copy_place(one.document.sha256)
                record = opened.read(place)
                if record is not None:
                    self.target.write(functools.partial(_put_missing, {place: record}))

    def _fill(
        self, batch: Batch, given: Mapping[Place, _Given], remembered: Mapping[Place, str]
    ) -> dict[Place, Shared]:
        batch.expect([*given, *(needed for one in given.values() if (needed := _needed(one.document)) is not None)])
        return {place: self._decide(batch, place, one, remembered.get(place)) for place, one in given.items()}

    def _decide(self, batch: Batch, place: Place, given: _Given, remembered: str | None) -> Shared:
        """Give what is to become of a document, with what is to be written put into the batch."""
        try:
            data = batch.read(place)
            if data is None:
                return _put(batch, place, given, "new")
            there = _given(data, place)
            if there.version == given.version:
                return _shared(place, "unchanged")
            if given.version == remembered:
                return _shared(place, "newer")
            if there.version == remembered and not isinstance(given.document, Article):
                return _put(batch, place, given, "changed")
            return self._merge(batch, place, given, there)
        except ClaimtrackError as error:
            return _shared(place, "refused", _finding("not-shared", str(error), place))

    def _merge(self, batch: Batch, place: Place, given: _Given, there: _Given) -> Shared:
        data = self.memory.document(place)
        base = None if data is None else decode_document(data, place)
        ours, theirs = (given, there) if self.is_push else (there, given)
        # Articles never change, so neither side's can be kept in the place of the other's.
        terms = attrs.evolve(self.terms, prefer=None) if isinstance(given.document, Article) else self.terms
        merged, conflicts = merge_documents(ours.document, theirs.document, base=base, terms=terms)
        findings = tuple(_conflict(place, one, prefer=terms.prefer) for one in conflicts)
        if conflicts and terms.prefer is None:
            return _shared(place, "conflicting", *findings)
        data = encode_document(merged)
        if data == there.data:
            return _shared(place, "newer", *findings)
        return _put(batch, place, _given(data, place), "merged", *findings)


def merge_documents(
    ours: Document, theirs: Document, *, base: Document | None, terms: Terms
) -> tuple[Document, Sequence[Conflict]]:
    """Give two versions of a document as one, each changed since `base`, and the conflicts that were met.

    Claims are merged as `track.merge_claims` does. Of other documents each field that one side alone changed is taken
    from that side.
    """
    if isinstance(ours, Claim) and isinstance(theirs, Claim):
        assert base is None or isinstance(base, Claim)
        merged = merge_claims(ours, theirs, base=base, by=terms.by, at=terms.at, prefer=terms.prefer)
        return merged.claim, merged.conflicts
    conflicts: list[Conflict] = []
    changes: dict[str, Any] = {}
    for name in type(ours).model_fields:
        mine, other = getattr(ours, name), getattr(theirs, name)
        before = mine if base is None else getattr(base, name)
        if mine == other or (base is not None and other == before):
            continue
        if base is None or mine != before:
            conflicts.append(Conflict(name, None if base is None else before, mine, other))
            if terms.prefer != "theirs":
                continue
        changes[name] = other
    return ours.replace(**changes), conflicts


def _given(data: bytes, place: Place) -> _Given:
    document = decode_document(data, place)
    canonical = document.to_json().encode()
    return _Given(document, canonical, hashlib.sha256(canonical).hexdigest())


def _needed(document: Document) -> Place | None:
    """Give the place of what must be there before a document."""
    id = document.article_id if isinstance(document, Claim) else None
    return None if id is None else article_place(id)


def _put(batch: Batch, place: Place, given: _Given, outcome: ShareOutcome, *findings: Finding) -> Shared:
    needed = _needed(given.document)
    if needed is not None and batch.read(needed) is None:
        message = f"its article {id_at(needed)!r} is not there; share the article first"
        return _shared(place, "refused", _finding("article-missing", message, place))
    batch.put({place: given.data})
    return _shared(place, outcome, *findings)


def _put_missing(copies: Mapping[Place, bytes], batch: Batch) -> None:
    batch.put({place: record for place, record in copies.items() if batch.read(place) is None})


def _shared(place: Place, outcome: ShareOutcome, *findings: Finding) -> Shared:
    return Shared(id_at(place), _KINDS[place[0]], outcome, findings)


def _finding(code: str, message: str, place: Place) -> Finding:
    return Finding(code=code, severity="error", message=message, source="/".join(place))


def _conflict(place: Place, conflict: Conflict, *, prefer: Side | None) -> Finding:
    kept = f"; kept {prefer}" if prefer is not None else ""
    return Finding(
        code="share-conflict",
        severity="error" if prefer is None else "warning",
        message=f"both sides changed {conflict}{kept}",
        path=f"$.{conflict.field.split(' ')[0]}",
        source="/".join(place),
    )
