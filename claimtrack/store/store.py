"""`Store`: add, look up, list, save and validate the documents in one folder, or in one database."""

from __future__ import annotations

import contextlib
import datetime
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path, PurePath
from typing import Any, Final, Self, TypeVar

from claimtrack.capture import Capture
from claimtrack.errors import Finding, NotFoundError, StoreError, wrong_type
from claimtrack.models import Article, Claim, Document, Evidence, SpeakerRecord
from claimtrack.models.vocabulary import EvidenceKind
from claimtrack.store.adding import Added, add_to_batch
from claimtrack.store.changes import Changes, Looked
from claimtrack.store.claims import list_claims
from claimtrack.store.content import decode_document, encode_document
from claimtrack.store.copies import check_copies, make_evidence, put_copy
from claimtrack.store.database import is_database
from claimtrack.store.files import FolderHome, FolderMemory
from claimtrack.store.filters import ClaimFilter
from claimtrack.store.home import Batch, Home, read_marker
from claimtrack.store.listing import Listing, list_documents
from claimtrack.store.notebook import store_table
from claimtrack.store.paths import (
    MARKER,
    Place,
    article_place,
    claim_places,
    document_place,
    evidence_place,
    is_id,
    speaker_place,
)
from claimtrack.store.policy import read_policy
from claimtrack.store.registry import SpeakerRegistry, find_speaker_query
from claimtrack.store.saving import check_claim, check_version
from claimtrack.store.sharing import Shared, Terms, share
from claimtrack.store.validating import validate_store
from claimtrack.store.verifying import verify_store
from claimtrack.track import Policy, approve, publish
from claimtrack.track.merging import Side

_HINTS: Final[Mapping[type[Document], str]] = {
    Article: "`claimtrack list` shows the claims, and each id begins with its article's",
    Claim: "`claimtrack list` shows the ids",
    Evidence: "the files under evidence/ are named by their ids",
    SpeakerRecord: "the files under speakers/ are named by their ids",
    Document: "`claimtrack list` shows the ids of the claims, and each begins with its article's",
}
_PLACES: Final[Mapping[type[Document], Callable[[str], tuple[Place, ...]]]] = {
    Article: lambda id: (article_place(id),),
    Claim: claim_places,
    Evidence: lambda id: (evidence_place(id),),
    SpeakerRecord: lambda id: (speaker_place(id),),
}

AnyDocument = TypeVar("AnyDocument", bound=Document)
Result = TypeVar("Result")


class Store:
    """A folder of documents, one JSON file each: opened, or made where `create` is true and nothing is there.

    What a call reports as written is on the disk: it survives a killed process and a power cut. Readers take no lock
    and see each document as it was or as it is, never half. Any number of processes may add at once; they take turns.
    On a folder a Store holds nothing open between calls. On Windows, and on network drives that sync no folders, a
    power cut can take back the last writes. `where` can also be the address of a PostgreSQL database, see `open`.

    >>> from tempfile import TemporaryDirectory
    >>> from claimtrack.extract import extract_claims
    >>> from claimtrack.read import read_article
    >>> article = read_article(text="The ferry sank, Captain Ann Silva said. All 38 passengers survived.")
    >>> with TemporaryDirectory() as folder:
    ...     store = Store(Path(folder) / "newsroom")
    ...     first, again = (store.add(article, extract_claims(article)) for _ in range(2))
    ...     found = [claim.statement for claim in store.claims(speaker="Silva")]
    ...     findings = list(store.validate())
    >>> first.article_outcome, again.article_outcome, found, findings
    ('new', 'unchanged', ['The ferry sank'], [])

    Raises StoreError when the folder holds something else, was made by a newer version, or cannot be used.
    """

    def __init__(self, where: str | os.PathLike[str], *, create: bool = True) -> None:
        self._home: Home
        if isinstance(where, str) and is_database(where):
            from claimtrack.store.database.home import DatabaseHome

            self._home = DatabaseHome(where, create=create)
        else:
            self._home = FolderHome(where, create=create)

    @classmethod
    def open(cls, where: str | os.PathLike[str], *, create: bool = True) -> Self:
        """Give the store in a folder, or in the PostgreSQL database (14 or newer) at an address.

        The address is libpq's, and what it leaves out comes from where libpq takes it ($PGPASSWORD, ~/.pgpass):

            with Store.open("postgresql://desk@db.example/newsroom") as store:
                store.claims(speaker="Silva")

        Both hold the same documents and do the same; docs/database.md says what a database adds. Its tables are made
        where they are missing and `create` is true. A connection is kept for the next call until `close`.

        Raises StoreError where the store cannot be used, and MissingExtraError where the extra is not installed.
        """
        return cls(where, create=create)

    def close(self) -> None:
        """Let go of the connection to a database; the next call makes a new one. A folder holds nothing open."""
        self._home.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Store({str(self._home)!r})"

    def _repr_html_(self) -> str:
        """Give the store as notebooks show it."""
        return store_table(self._home)

    @property
    def name(self) -> str:
        """What people call the store: the name of its folder or database."""
        return self._home.name

    @property
    def folder(self) -> Path:
        """The store's folder.

        Raises StoreError where the store is in a database.
        """
        if not isinstance(self._home, FolderHome):
            raise StoreError(f"{self._home}: a database has no folder; give the store of a folder here")
        return self._home.folder

    # --- writing ------------------------------------------------------------------------------------------------------

    def add(self, article: Article, claims: Iterable[Claim] = ()) -> Added:
        """Give what became of an article and its claims, once both are safely in the store.

        Adding again changes nothing and says so. Claims are told by where their contents stand: one that is stored
        keeps its id; one that extraction now gives differently is rewritten, unless people have worked on it; one
        that is not found again stays and is reported as gone. Another text under the same id becomes a new edition
        (the same address, or title where there is none) or gets an id of its own. Nothing is ever deleted.

        Raises StoreError when the article cannot be added or the disk fails.
        """
        (added,) = self._add([(article, tuple(claims))])
        if added.article_outcome == "refused":
            raise StoreError(added.findings[0].message)
        return added

    def add_many(self, pairs: Iterable[tuple[Article, Iterable[Claim]]], *, batch: int = 300) -> Iterator[Added]:
        """Give what became of each article, as `add` does, once the batch that it is in is safely in the store.

        A batch holds at least `batch` documents and shares the waiting for the disk. An article that cannot be added
        is refused with a finding and stops no other.

        Raises StoreError when the disk fails; what was given before is safe, and adding again completes the rest.
        """
        waiting: list[tuple[Article, Sequence[Claim]]] = []
        documents = 0
        for article, claims in pairs:
            waiting.append((article, tuple(claims)))
            documents += 1 + len(waiting[-1][1])
            if documents >= batch:
                yield from self._add(waiting)
                waiting, documents = [], 0
        if waiting:
            yield from self._add(waiting)

    def _add(self, pairs: Iterable[tuple[Article, Sequence[Claim]]]) -> list[Added]:
        def add_all(batch: Batch) -> list[Added]:
            return [add_to_batch(batch, article, claims=claims) for article, claims in pairs]

        return self._home.write(add_all)

    def save(self, document: Document, *, expected: Document | str | None = None) -> PurePath:
        """Give the path of the file that now holds a document, new or in the place of the one with its id.

        In a database it is the path that the file would have in a folder.

        `expected` is the document as it was read before the change (or its version, see `version_of`): when the store
        holds another one by now, nothing is written. Without it a claim is only refused when events would be lost.

            claim = store.claim(id)
            store.save(claim.replace(tags=("ferries",)), expected=claim)

        Raises ConflictError when somebody else has changed the document meanwhile, DocumentError when it is not valid,
        and StoreError when its id has no place in a store, when it would change an article (which is immutable: `add`
        makes a new edition), when a claim's article is not in the store, and when the disk fails.
        """
        if not isinstance(document, Document):
            raise wrong_type(
                "save", "a document", document, hint="give an Article, a Claim, Evidence or a SpeakerRecord"
            )
        data, place = encode_document(document), document_place(document)

        def save_one(batch: Batch) -> None:
            before = batch.read(place)
            if before == data and expected is None:
                return
            check_version(document, before, place=place, expected=expected)
            if isinstance(document, Article) and before not in (None, data):
                raise StoreError(f"{document.id}: a stored article never changes; adding it makes a new edition of it")
            if isinstance(document, Claim):
                check_claim(batch, document, place)
            batch.put({place: data})

        self._home.write(save_one, only=place)
        return self._home.locate(place)

    def add_evidence(
        self,
        capture: Capture,
        *,
        kind: EvidenceKind = "secondary",
        excerpt: str | None = None,
        same_source_as: str | None = None,
        id: str | None = None,
    ) -> Evidence:
        """Give the evidence for a captured source, once its copy and its document are safely in the store.

        A content is kept once, however often it is captured. `excerpt` is the part that matters, in the words of the
        captured text.

        Raises StoreError where the excerpt does not stand in the text, the id is taken, or the disk fails.
        """

        def make(batch: Batch) -> Evidence:
            evidence = make_evidence(batch, capture, kind=kind, excerpt=excerpt, same_source_as=same_source_as, id=id)
            place, data = document_place(evidence), encode_document(evidence)
            if batch.read(place) != data:
                batch.put({place: data})
            return evidence

        # The copy first, so that no document ever names one that is not there.
        self._home.write(lambda batch: put_copy(batch, capture))
        return self._home.write(make)

    def check_copies(self) -> Iterator[Finding]:
        """Give every finding on the copies of captured sources: missing, damaged, or not what was captured."""
        return check_copies(self._home)

    def update(
        self, claim: Claim | str, step: Callable[..., Claim], *details: Any, by: str, at: str | None = None, **more: Any
    ) -> Claim:
        """Give a claim after a step of its life, once it is safely in the store.

        `step` is a function of `claimtrack.track`, and what follows is given to it; `at` is now where it is not given,
        `approve` gets the store's policy, and `publish` the evidence cited. A claim that somebody else has changed
        since it was read is not overwritten; of one that is named by its id, the stored version is taken.

            store.update(claim, track.decide, "false", words="Wrong", by="Ines")

        Raises TransitionError where the step is not allowed, ConflictError when the claim was changed meanwhile, and
        whatever `save` raises.
        """
        before = self.claim(claim) if isinstance(claim, str) else claim
        details, more = self._given(step, before, details, more)
        after = step(before, *details, by=by, at=at or now(), **more)
        self.save(after, expected=before)
        return after

    def _given(
        self, step: Callable[..., Claim], claim: Claim, details: tuple[Any, ...], more: dict[str, Any]
    ) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Give what a step is given, with what the store itself knows."""
        if step is approve:
            more = {"policy": self.policy} | more
        if step is publish and not details:
            more = {"evidence": self.cited(claim)} | more
        return details, more

    # --- sharing ------------------------------------------------------------------------------------------------------

    def push(self, other: Store, *, by: str, at: str | None = None, prefer: Side | None = None) -> Iterator[Shared]:
        """Give what became of each document of this folder in another store, mostly a database, once it is durable.

        What only this side has changed goes over; what only the other has changed is left (newer: `pull` brings it);
        of what both have changed, claims are merged event by event, under a merge event of `by` at `at` (else now), and
        other documents field by field. What conflicts is named in findings and left alone, unless `prefer` says whether
        ours, the folder's, or theirs is kept. Nothing is deleted. It is done as the outcomes are gone through; stopped
        and done again, it does the rest.

            for shared in store.push(Store.open("postgresql://desk@db.example/newsroom"), by="Ines"):
                if shared.outcome != "unchanged":
                    print(shared)

        Raises StoreError where this store is no folder, and where one of the two cannot be used, and ValueError for
        another word than the two.
        """
        return self._share(other, self._home, other._home, Terms(by=by, at=at or now(), prefer=prefer))

    def pull(self, other: Store, *, by: str, at: str | None = None, prefer: Side | None = None) -> Iterator[Shared]:
        """Give what became of each document of another store in this folder, as `push` does the other way.

        Raises StoreError as `push` does.
        """
        return self._share(other, other._home, self._home, Terms(by=by, at=at or now(), prefer=prefer))

    def _share(self, other: Store, source: Home, target: Home, terms: Terms) -> Iterator[Shared]:
        memory = FolderMemory(self.folder, other._home.key)
        return share(source, target, memory=memory, terms=terms, ours=self._home)

    # --- reading ------------------------------------------------------------------------------------------------------

    def article(self, id: str) -> Article:
        """Give the article with an id.

        Raises NotFoundError where there is none, and DocumentError when its file is not valid; so do the next four.
        """
        return self._load(Article, id)

    def claim(self, id: str) -> Claim:
        """Give the claim with an id."""
        return self._load(Claim, id)

    def evidence(self, id: str) -> Evidence:
        """Give the evidence with an id."""
        return self._load(Evidence, id)

    def speaker(self, id: str) -> SpeakerRecord:
        """Give the speaker record with an id."""
        return self._load(SpeakerRecord, id)

    def document(self, id: str) -> Document:
        """Give the document with an id, whatever its kind: an article, a claim, evidence or a speaker record."""
        return self._load(Document, id)

    def cited(self, claim: Claim) -> tuple[Evidence, ...]:
        """Give the evidence that a claim links to, as far as the store has it."""
        found = []
        for id in dict.fromkeys(link.evidence for link in claim.evidence if link.evidence is not None):
            with contextlib.suppress(NotFoundError):
                found.append(self.evidence(id))
        return tuple(found)

    @property
    def policy(self) -> Policy:
        """What the store asks of a check: `{"format": "claimtrack.store/1", "eyes": 3}` in its `claimtrack.json`."""
        with self._home.opened() as opened:
            return read_policy(read_marker(opened), where=f"{self._home}: {MARKER}")

    def articles(self) -> Listing[Article]:
        """Give all articles in the order of their places.

        Files that hold no valid article are passed over and stand in the listing's `findings`.
        """
        return list_documents(self._home, ("articles",), what="all articles")

    def speakers(self) -> Listing[SpeakerRecord]:
        """Give all speaker records in the order of their ids.

        Files that hold no valid record are passed over and stand in the listing's `findings`.
        """
        return list_documents(self._home, ("speakers",), what="all speaker records")

    @property
    def registry(self) -> SpeakerRegistry:
        """The registry of speakers: who they are across articles, and what people decided about them."""
        return SpeakerRegistry(self._home)

    def claims(
        self,
        *,
        article: str | None = None,
        speaker: str | None = None,
        kind: str | None = None,
        verdict: str | None = None,
        workflow: str | None = None,
        publication: str | None = None,
        publisher: str | None = None,
        since: str | datetime.date | None = None,
        until: str | datetime.date | None = None,
        made_since: str | datetime.date | None = None,
        made_until: str | datetime.date | None = None,
        figure: str | int | Decimal | None = None,
        evidence: str | None = None,
        tag: str | None = None,
        text: str | None = None,
    ) -> Listing[Claim]:
        """Give the claims that are asked for, article by article in the order of their places in it.

        `article` is an article's id; `speaker` a name or a part of it, a body, a role, a country, or a speaker record's
        id, with all names that the registry has for it (see `registry`); `publisher` the whole name of the article's
        publisher; `since` and `until` the first and last day (or month, or year) on which it was published,
        `made_since` and `made_until` on which the claim was made; `figure` a number, what is counted, its role or
        unit, or both ("67 aboard"); `evidence` an id; `tag` a whole tag; `text` a part of the statement; the others
        are words of their vocabularies. Capital and small letters are the same. Files that hold no valid claim are
        passed over and stand in the listing's `findings`.

        An index finds the files, and each claim is read from its own: what comes back is as it stands there. Where
        the index cannot be used every file is read, and a finding says so.

        Raises NotFoundError on an unknown article, and FilterError on a word that is in no vocabulary.
        """
        query = None if speaker is None else find_speaker_query(self._home, speaker)
        asked = ClaimFilter(
            speaker=query,
            kind=kind,
            verdict=verdict,
            workflow=workflow,
            publication=publication,
            publisher=publisher,
            since=since,
            until=until,
            made_since=made_since,
            made_until=made_until,
            figure=figure,
            evidence=evidence,
            tag=tag,
            text=text,
        )
        if article is not None:
            with self._home.opened() as opened:
                if not is_id(article) or opened.read(article_place(article)) is None:
                    raise _not_found(Article, article)
        return list_claims(self._home, asked, article=article)

    def reindex(self, *, full: bool = False) -> Looked:
        """Give what changed in the store's files, once the index holds it.

        The index sees to itself; this finds at once what another program changed inside a file of a large store.
        With `full` every file is read again, whatever its times say.

        Raises StoreError where the index cannot be used.
        """
        return self._home.look(full=full)

    def changes(self, *, since: str | datetime.datetime | None = None) -> Changes:
        """Give the documents that are new, changed or gone since a token that an earlier call gave, and a new token.

        Every file's times, size and inode are looked at, so edits by hand are told too. What was changed twice is told
        once, and what was changed and changed back may be told. Without `since`, or with the token of an index that is
        there no more, every document is told as new, and `whole` is true. Since a time, those are told whose files
        say that they were changed then or later: not what is gone, nor what has its time set back.

        Raises StoreError where the index cannot be used, and FilterError on a `since` that is neither.
        """
        return self._home.changes(since)

    def validate(self) -> Iterator[Finding]:
        """Give every finding on the store, file after file; none means that all is well.

        Each document is held to its schema, its name and place to its id, each claim's article must be there; links,
        unknown files and temporary files that a stopped writer left are named. `source` is the file's path from the
        store's folder.
        """
        return validate_store(self._home)

    def verify(
        self,
        *,
        heads: Mapping[str, str] | None = None,
        progress: Callable[[int], None] | None = None,
        seen: dict[str, str] | None = None,
    ) -> Iterator[Finding]:
        """Give every finding on the store: what `validate` finds, and on histories, copies of evidence and anchors.

        What could not be checked is said in notes with the code `not-checked`. `heads` are the heads of histories by
        claim id as they were recorded elsewhere: without them nobody can see that a history was cut at its end. `seen`
        is filled with the heads that are there now; `progress` is told how many documents were looked at.
        """
        return verify_store(self._home, policy=self.policy, heads=heads, progress=progress, seen=seen)

    def _load(self, model: type[AnyDocument], id: str) -> AnyDocument:
        with self._home.opened() as opened:
            fitting = (places for kind, places in _PLACES.items() if issubclass(kind, model) and is_id(id))
            for place in (place for places in fitting for place in places(id)):
                data = opened.read(place)
                if data is not None:
                    document = decode_document(data, place)
                    assert isinstance(document, model)
                    return document
        raise _not_found(model, id)


def now() -> str:
    """Give the time by the machine's clock, in UTC, to the second."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _not_found(model: type[Document], id: object) -> NotFoundError:
    shown = repr(id) if len(repr(id)) <= 140 else repr(id)[:137] + "..."
    return NotFoundError(f"no {model.__name__.removesuffix('Record').lower()} with id {shown}; {_HINTS[model]}")
