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
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal, get_args

import attrs

from claimtrack.errors import ClaimtrackError, DocumentError, Finding, StoreError, did_you_mean
from claimtrack.models import Article, Claim, Document, Evidence
from claimtrack.store.content import check_place, decode_document, encode_document
from claimtrack.store.copies import check_copy, copy_place, put_record
from claimtrack.store.home import Batch, Home, Memory, Opened
from claimtrack.store.paths import Place, article_place, id_at, is_id
from claimtrack.store.saving import check_claim, find_lost_events
from claimtrack.track import Conflict, merge_claims
from claimtrack.track.merging import Side, merge_fields

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

    def __attrs_post_init__(self) -> None:
        """Refuse another word: it would decide conflicts in a way that nobody asked for."""
        if self.prefer not in (None, *get_args(Side)):
            guess = did_you_mean(str(self.prefer), get_args(Side)) or f"; there is: {', '.join(get_args(Side))}"
            raise ValueError(f"no side is called {self.prefer!r}{guess}")


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
    """A document as one side has it, with its canonical bytes and their digest."""

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

    def carry(self, opened: Opened, versions: Mapping[Place, str | StoreError | None]) -> Iterator[Shared]:
        """Carry some documents over, whose versions in the source are given as far as they are known."""
        outcomes = {
            place: fault for place, version in versions.items() if (fault := _fault(place, version)) is not None
        }
        places = tuple(place for place in versions if place not in outcomes)
        remembered = self.memory.versions(places)
        with self.target.opened() as there:
            found = there.versions_at(places)
            same = {place for place in places if versions[place] is not None and versions[place] == found.get(place)}
            wanted = [place for place in places if place not in same or _is_needed(place, versions, remembered)]
            given: dict[Place, _Given] = {}
            for place, data in opened.read_many(wanted).items():  # what has just gone is not among them
                try:
                    given[place] = _given(data, place)
                except DocumentError as error:
                    outcomes[place] = _refused(place, *error.findings)
                except StoreError as error:
                    outcomes[place] = _refused(place, _finding("unreadable", str(error)))
            copies = {place: self._carry_copy(opened, there, one.document) for place, one in given.items()}
        # What was read is what counts: it may have been changed since the versions were asked for.
        same = {place for place in same if place not in given or given[place].version == versions[place]}
        outcomes |= {place: _shared(place, "unchanged") for place in same if place not in outcomes}
        differing = {place: one for place, one in given.items() if place not in same}
        if differing:
            outcomes |= self.target.write(lambda batch: self._fill(batch, differing, remembered))
        self.memory.keep({place: one.data for place, one in given.items() if outcomes[place].outcome in _AGREED})
        for place in versions:
            if place in outcomes:
                findings = (attrs.evolve(one, source="/".join(place)) for one in copies.get(place, ()))
                yield attrs.evolve(outcomes[place], findings=(*outcomes[place].findings, *findings))

    def _carry_copy(self, opened: Opened, there: Opened, document: Document) -> tuple[Finding, ...]:
        """Carry over the copy that evidence names, before it, and give what is wrong with the copy here."""
        if not isinstance(document, Evidence) or document.copy_path is None or document.sha256 is None:
            return ()
        place = copy_place(document.sha256)
        if there.holds(place):
            return ()
        try:
            record = opened.read(place)
        except StoreError as error:
            return (_finding("copy-damaged", str(error)),)
        wrong = check_copy(document.sha256, record)
        if record is not None and not wrong:
            self.target.write(functools.partial(put_record, sha256=document.sha256, record=record))
        return wrong

    def _fill(
        self, batch: Batch, given: Mapping[Place, _Given], remembered: Mapping[Place, str]
    ) -> dict[Place, Shared]:
        articles = {
            article_place(id)
            for one in given.values()
            if isinstance(one.document, Claim) and (id := one.document.article_id) is not None
        }
        batch.expect([*given, *articles])
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
            if isinstance(given.document, Article):  # which never changes
                return self._merge(batch, place, given, there, base=None)
            # A history that has become shorter was put back, by git or from a backup: then what is remembered tells
            # nothing of who is ahead.
            if given.version == remembered and not find_lost_events(given.document, there.document):
                return _shared(place, "newer")
            if there.version == remembered and not find_lost_events(there.document, given.document):
                return _put(batch, place, given, "changed")
            return self._merge(batch, place, given, there, base=self._base(place, given, there))
        except ClaimtrackError as error:
            return _refused(place, _finding("not-shared", str(error)))

    def _base(self, place: Place, *sides: _Given) -> Document | None:
        """Give the version that both sides come from, or None where none is known."""
        data = self.memory.document(place)
        try:
            base = None if data is None else decode_document(data, place)
        except DocumentError:  # of another version of claimtrack
            return None
        return None if any(find_lost_events(base, side.document) for side in sides) else base

    def _merge(self, batch: Batch, place: Place, given: _Given, there: _Given, *, base: Document | None) -> Shared:
        ours, theirs = (given.document, there.document) if self.is_push else (there.document, given.document)
        merged, conflicts = self._merge_two(ours, theirs, base)
        # Of two articles neither can be kept in the place of the other.
        prefer = None if isinstance(ours, Article) else self.terms.prefer
        findings = tuple(_conflict(one, prefer=prefer) for one in conflicts)
        if conflicts and prefer is None:
            return _shared(place, "conflicting", *findings)
        data = encode_document(merged)
        if data == there.data:
            return _shared(place, "newer", *findings)
        return _put(batch, place, _given(data, place), "merged", *findings)

    def _merge_two(
        self, ours: Document, theirs: Document, base: Document | None
    ) -> tuple[Document, tuple[Conflict, ...]]:
        if not isinstance(ours, Claim) or not isinstance(theirs, Claim):
            return merge_fields(ours, theirs, base=base, prefer=self.terms.prefer)
        assert base is None or isinstance(base, Claim)
        terms = self.terms
        both = merge_claims(ours, theirs, base=base, by=terms.by, at=terms.at, prefer=terms.prefer)
        return both.claim, both.conflicts


def _is_needed(place: Place, versions: Mapping[Place, Any], remembered: Mapping[Place, str]) -> bool:
    """Tell whether a document that is the same on both sides must be read: to be remembered, or for its copy."""
    return place[0] == "evidence" or remembered.get(place) != versions[place]


def _fault(place: Place, version: str | StoreError | None) -> Shared | None:
    """Give why a place cannot be shared, or None."""
    if isinstance(version, StoreError):
        return _refused(place, _finding("unreadable", str(version)))
    if not is_id(id_at(place)):
        return _refused(place, _finding("misplaced", "the file's name is no id; rename it, or move it away"))
    return None


def _given(data: bytes | StoreError, place: Place) -> _Given:
    if isinstance(data, StoreError):
        raise data
    document = decode_document(data, place)
    canonical = document.to_json().encode()
    return _Given(document, canonical, hashlib.sha256(canonical).hexdigest())


def _put(batch: Batch, place: Place, given: _Given, outcome: ShareOutcome, *findings: Finding) -> Shared:
    if wrong := check_place(given.document, place):
        return _refused(place, *wrong)
    if isinstance(given.document, Claim):
        check_claim(batch, given.document, place)
    batch.put({place: given.data})
    return _shared(place, outcome, *findings)


def _shared(place: Place, outcome: ShareOutcome, *findings: Finding) -> Shared:
    placed = tuple(attrs.evolve(one, source="/".join(place)) for one in findings)
    return Shared(id_at(place), _KINDS[place[0]], outcome, placed)


def _refused(place: Place, *findings: Finding) -> Shared:
    return _shared(place, "refused", *findings)


def _finding(code: str, message: str) -> Finding:
    return Finding(code=code, severity="error", message=message)


def _conflict(conflict: Conflict, *, prefer: Side | None) -> Finding:
    kept = f"; kept {prefer}" if prefer is not None else ""
    return Finding(
        code="share-conflict",
        severity="error" if prefer is None else "warning",
        message=f"both sides changed {conflict}{kept}",
        path=f"$.{conflict.field.split(' ')[0]}",
    )
