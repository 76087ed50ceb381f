"""`SpeakerRegistry`: the known speakers of a store, and what people decide about them."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from anyascii import anyascii

from claimtrack.errors import NotFoundError, SpeakerError
from claimtrack.models import Identifier, SpeakerDecision, SpeakerRecord, SpeakerRole
from claimtrack.models.vocabulary import SpeakerKind
from claimtrack.store.content import decode_document, encode_document
from claimtrack.store.home import Batch, Home
from claimtrack.store.paths import is_id, speaker_place
from claimtrack.store.registry.census import find_known_speakers, load_roll
from claimtrack.store.registry.forms import name_key, stands_in, words_of
from claimtrack.store.registry.known import Found, KnownSpeaker, SpeakerMatch
from claimtrack.store.registry.pairing import find_pairs
from claimtrack.store.registry.roll import Roll, subject_key

MIN_SCORE: Final = 0.5
_SLUG_LENGTH: Final = 60


class SpeakerRegistry:
    """Who the speakers of a store are, across articles: `Store.registry`.

    Nothing is merged by itself. `find_matches` suggests, a person confirms or rejects, and both are remembered in the
    records' files, with who and when. No claim is changed by it: records and claims are put together when they are
    read, so that a decision that is undone leaves everything as it was.

    >>> from tempfile import TemporaryDirectory
    >>> from claimtrack.extract import extract_claims
    >>> from claimtrack.read import read_article
    >>> from claimtrack.store import Store
    >>> text = "The quay is safe, harbour master Mira Holt said. It will stay open, M. Holt told the council."
    >>> article = read_article(text=text)
    >>> with TemporaryDirectory() as folder:
    ...     store = Store(folder)
    ...     _ = store.add(article, extract_claims(article, tagger="rules"))
    ...     for match in store.registry.find_matches():
    ...         print(match)
    ...     before = [claim.statement for claim in store.claims(speaker="Mira")]
    ...     record = store.registry.confirm("M. Holt", "Mira Holt", by="ana")
    ...     after = [claim.statement for claim in store.claims(speaker="Mira")]
    0.85 Mira Holt = M. Holt: initials that fit, and the same surname
    >>> record.id, before, after
    ('mira-holt', ['The quay is safe'], ['The quay is safe', 'It will stay open'])
    """

    def __init__(self, home: Home) -> None:
        self._home = home

    def __repr__(self) -> str:
        return f"SpeakerRegistry({str(self._home)!r})"

    # --- looking ------------------------------------------------------------------------------------------------------

    def find_speakers(self) -> Found[KnownSpeaker]:
        """Give everybody who has a record or speaks in a claim, with all names and the number of claims.

        Those with most claims come first; `findings` tells of files that could not be read.
        """
        return find_known_speakers(self._home)

    def find_matches(self, *, speaker: str | None = None, min_score: float = MIN_SCORE) -> Found[SpeakerMatch]:
        """Give the pairs of known speakers that could be one, likeliest first, each with its score and reason.

        `speaker` keeps those in whose names it stands, as whole words. A pair that is confirmed already, or rejected,
        does not come again. Names of documents, of nameless sources and of more than 150 letters are not compared, and
        a name that would fit more than five others is not suggested.
        """
        speakers = self.find_speakers()
        matches = find_pairs(speakers, min_score=min_score)
        if speaker is not None:
            words = words_of(speaker)
            matches = tuple(one for one in matches if any(stands_in(words, words_of(name)) for name in one.names))
        return Found(matches, speakers.findings)

    # --- deciding -----------------------------------------------------------------------------------------------------

    def add(
        self,
        name: str,
        *,
        kind: SpeakerKind = "person",
        aliases: Sequence[str] = (),
        roles: Sequence[SpeakerRole] = (),
        identifiers: Sequence[Identifier] = (),
        note: str | None = None,
    ) -> SpeakerRecord:
        """Give the new record of a speaker, saved under an id made from the name.

        `Store.save` changes it later. Two people of one name get a record each.

        Raises DocumentError when the record would not be valid.
        """

        def fill(batch: Batch) -> SpeakerRecord:
            id = _free_id(batch, name)
            blank = SpeakerRecord(id=id, name="?", kind="unknown")
            record = blank.replace(
                name=name,
                kind=kind,
                aliases=tuple(aliases),
                roles=tuple(roles),
                identifiers=tuple(identifiers),
                note=note,
            )
            _put(batch, record)
            return record

        return self._home.write(fill)

    def confirm(
        self,
        one: str,
        other: str,
        *,
        by: str,
        why: str | None = None,
        at: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> SpeakerRecord:
        """Give the record that now says that two are the same speaker.

        Each is named by a record's id, or by a name as claims have it. Two records stay two files and count as one
        speaker; a name goes to the other's record, which is made where there is none. With `since` and `until` a name
        counts only in claims of that time: a role passes on. `at` is now where it is not given. Of a rejection before,
        this decision takes the place.

        Raises SpeakerError when a name is several records', or when another decision says the contrary; NotFoundError
        when neither has a record nor a claim.
        """
        decision = _decision(by=by, why=why, at=at, since=since, until=until)
        return self._decide(one, other, decision, same=True)

    def reject(self, one: str, other: str, *, by: str, why: str | None = None, at: str | None = None) -> SpeakerRecord:
        """Give the record that now says that two are different speakers, so that they are not suggested again.

        What `confirm` says on names, records and errors holds here too. Of a confirmation before, this takes the place.
        """
        return self._decide(one, other, _decision(by=by, why=why, at=at), same=False)

    def undo(self, one: str, other: str) -> tuple[SpeakerRecord, ...]:
        """Give the records from which what was decided about two names or records is taken out: one is two again.

        Raises NotFoundError where nothing is decided about the two, and SpeakerError where both are names that were
        confirmed for one record: it must be told which of them is to go.
        """

        def fill(batch: Batch) -> tuple[SpeakerRecord, ...]:
            changed = _without_pair(_load(batch), one, other)
            if not changed:
                raise NotFoundError(
                    f"nothing is decided about {_shown(one)} and {_shown(other)}; "
                    "the record of a speaker shows what is, in same_as and not_same_as"
                )
            for record in changed:
                _put(batch, record)
            return changed

        return self._home.write(fill)

    def _decide(self, one: str, other: str, decision: SpeakerDecision, *, same: bool) -> SpeakerRecord:
        if name_key(one) == name_key(other):
            raise SpeakerError(f"{_shown(one)} and {_shown(other)} are one name; give two names or ids")
        by_name = {}
        roll, _ = load_roll(self._home)
        if not any(_owners(roll, text) for text in (one, other)):
            # Read before the lock is taken: it takes as long as there are claims.
            by_name = {name_key(speaker.name): speaker for speaker in self.find_speakers() if speaker.id is None}

        def fill(batch: Batch) -> SpeakerRecord:
            roll = _load(batch)
            record, subject = _record_and_subject(roll, one, other)
            if record is None:
                record = _new_record(batch, one, other, by_name)
                subject = other if name_key(record.name) == name_key(one) else one
            is_id = subject in roll.records
            about = decision.replace(name=None if is_id else subject, speaker=subject if is_id else None)
            if about.speaker is not None and (about.since or about.until):
                raise SpeakerError("days go with a name; two records are one speaker for all time, or for none")
            # What was decided about the two by name, before both had records, gives way as well.
            changed = {its.id: its for its in _without_pair(roll, one, other)} if about.speaker is not None else {}
            decided = _with(changed.get(record.id, record), about, same=same)
            changed[record.id] = decided
            _check_contradictions(roll, changed)
            for written in changed.values():
                _put(batch, written)
            return decided

        return self._home.write(fill)


def _decision(*, by: str, at: str | None, **fields: Any) -> SpeakerDecision:
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
    blank = SpeakerDecision(name="?", by="?", at="1970-01-01T00:00Z")
    return blank.replace(by=by, at=now if at is None else at, **fields)


def _load(batch: Batch) -> Roll:
    """Give the roll as it is under the lock; a broken record stands in the way of a decision, and says so."""
    records = []
    for place in batch.places_in(("speakers",)):
        data = batch.read(place)
        if data is not None:
            document = decode_document(data, place)
            assert isinstance(document, SpeakerRecord)
            records.append(document)
    return Roll(records)


def _owners(roll: Roll, text: str) -> tuple[str, ...]:
    return (text,) if text in roll.records else roll.owners_of(name_key(text))


def _owner(roll: Roll, text: str) -> str | None:
    owners = _owners(roll, text)
    if len(owners) > 1:
        raise SpeakerError(f"{_shown(text)} is a name of several records; give the id of one: {', '.join(owners)}")
    return owners[0] if owners else None


def _record_and_subject(roll: Roll, one: str, other: str) -> tuple[SpeakerRecord | None, str]:
    """Give the record that a decision on two goes into, and what it is then about: the other's id, or a name."""
    left, right = _owner(roll, one), _owner(roll, other)
    if left is not None and right is not None:
        if left == right:
            raise SpeakerError(f"{_shown(one)} and {_shown(other)} are names of one record, {left}; edit its aliases")
        first, second = sorted((left, right))
        return roll.records[first], second
    if left is not None or right is not None:
        return roll.records[left or right or ""], other if left is not None else one
    for text, subject in ((one, other), (other, one)):
        confirmed = roll.confirmed_for(name_key(text))
        if len(confirmed) == 1:
            return roll.records[confirmed[0]], subject
    return None, ""


def _without_pair(roll: Roll, one: str, other: str) -> tuple[SpeakerRecord, ...]:
    """Give the records that hold a decision on two names or records, each without it."""
    changed: dict[str, SpeakerRecord] = {}
    for text, subject in ((one, other), (other, one)):
        owners = _owners(roll, text)
        if not owners and not _owners(roll, subject):
            owners = roll.confirmed_for(name_key(text))
            if shared := set(owners).intersection(roll.confirmed_for(name_key(subject))):
                raise SpeakerError(
                    f"{_shown(one)} and {_shown(other)} are both confirmed for {min(shared)}; undo one of them for it"
                )
        for id in owners:
            record = changed.get(id, roll.records[id])
            for about in (
                name_key(subject),
                *(key for owner in _owners(roll, subject) for key in roll.own_keys(owner)),
            ):
                record = _without(record, about)
            if record != roll.records[id]:
                changed[id] = record
    return tuple(changed.values())


def _new_record(batch: Batch, one: str, other: str, by_name: Mapping[str, KnownSpeaker]) -> SpeakerRecord:
    """Give a record for one of two names that have none: the one that says more."""
    speakers = [speaker for text in (one, other) if (speaker := by_name.get(name_key(text))) is not None]
    if not speakers:
        raise NotFoundError(
            f"neither {_shown(one)} nor {_shown(other)} is a record or speaks in a claim; "
            "`claimtrack speakers` shows the names that are there"
        )
    named = [speaker for speaker in speakers if not speaker.is_described] or speakers
    best = max(named, key=lambda one: ("," not in one.name, len(one.name.split()), len(one.name), one.name))
    return SpeakerRecord(id=_free_id(batch, best.name), name=best.name, kind=best.kind)


def _with(record: SpeakerRecord, decision: SpeakerDecision, *, same: bool) -> SpeakerRecord:
    """Give the record with a decision in the place of those before on the same name or record."""
    record = _without(record, subject_key(decision), but_terms_beside=decision if same else None)
    field = "same_as" if same else "not_same_as"
    decisions: Iterable[SpeakerDecision] = (*getattr(record, field), decision)
    # In the order of the alphabet, so that two who decide on two branches seldom touch the same line.
    return record.replace(**{field: tuple(sorted(decisions, key=lambda one: (subject_key(one), one.since or "")))})


def _without(record: SpeakerRecord, subject: str, *, but_terms_beside: SpeakerDecision | None = None) -> SpeakerRecord:
    """Give the record without its decisions on a name or record; terms before or after a new one can stay."""

    def stays(one: SpeakerDecision) -> bool:
        return subject_key(one) != subject or (but_terms_beside is not None and _are_apart(one, but_terms_beside))

    same, not_same = tuple(filter(stays, record.same_as)), record.not_same_as
    return record.replace(same_as=same, not_same_as=tuple(one for one in not_same if subject_key(one) != subject))


def _are_apart(one: SpeakerDecision, other: SpeakerDecision) -> bool:
    return (one.until or "9999") < (other.since or "") or (other.until or "9999") < (one.since or "")


def _check_contradictions(before: Roll, changed: Mapping[str, SpeakerRecord]) -> None:
    known = {(record.id, subject_key(decision)) for record, decision in before.find_contradictions()}
    after = Roll({**before.records, **changed}.values())
    for record, decision in after.find_contradictions():
        if (record.id, subject_key(decision)) not in known:
            raise SpeakerError(
                f"{record.id} and {_shown(decision.speaker or decision.name)} would be the same and told apart at "
                f"once (told apart by {decision.by}, {decision.at}); undo() one of the decisions first"
            )


def _put(batch: Batch, record: SpeakerRecord) -> None:
    place, data = speaker_place(record.id), encode_document(record)
    if batch.read(place) != data:
        batch.put({place: data})


def _free_id(batch: Batch, name: str) -> str:
    """Give an id made from a name that no record has: the name in ASCII letters, or a digest where it has none."""
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    slug = "-".join(re.findall(r"[a-z0-9]+", anyascii(re.sub(r"['’.]", "", name[:200])).lower()))
    slug = slug[:_SLUG_LENGTH].strip("-") or f"speaker-{digest}"
    if not is_id(slug):  # the name of a device: "Con"
        slug = f"{slug}-{digest}"
    number, id = 1, slug
    while batch.read(speaker_place(id)) is not None:
        number += 1
        id = f"{slug}-{number}"
    return id


def _shown(text: str | None) -> str:
    shown = repr(text)
    return shown if len(shown) <= 80 else shown[:77] + "..."
