"""`Store`: add, look up, list, save and validate the documents in one folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

from claimtrack.errors import Finding, NotFoundError, StoreError, wrong_type
from claimtrack.models import Article, Claim, Document, Evidence, SpeakerRecord
from claimtrack.models.parse import parse_json
from claimtrack.store.adding import Added, add_to_batch
from claimtrack.store.batch import Batch, read_file
from claimtrack.store.content import decode_document, encode_document
from claimtrack.store.filters import ClaimFilter, folded
from claimtrack.store.folders import Folder, Place, make_folders, open_folder
from claimtrack.store.listing import LastArticle, Listing, list_documents
from claimtrack.store.lock import locked, tidy_up
from claimtrack.store.paths import (
    article_place,
    claim_places,
    claims_folder,
    document_place,
    evidence_place,
    is_id,
    speaker_place,
)
from claimtrack.store.registry import SpeakerRegistry, find_speaker_query
from claimtrack.store.validating import validate_store

FORMAT: Final = "claimtrack.store/1"
MARKER: Final = "claimtrack.json"

_HINTS: Final[Mapping[type[Document], str]] = {
    Article: "`claimtrack list` shows the ids of the claims, and each begins with its article's",
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
    A Store holds nothing open between calls. On Windows, and on network drives that sync no folders, a power cut can
    take back the last writes.

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

    def __init__(self, folder: str | os.PathLike[str], *, create: bool = True) -> None:
        self.folder = Path(os.path.abspath(folder))
        if not self.folder.exists():
            if not create:
                raise StoreError(f"{self.folder}: there is no store here; name its folder, or a new one to add to")
            make_folders(self.folder)
        with open_folder(self.folder) as root:
            if create and root.read(MARKER) is None and not root.names():
                _make_store(root)
            _check_marker(root)
            tidy_up(root)

    def __repr__(self) -> str:
        return f"Store({str(self.folder)!r})"

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

        return self._write(add_all)

    def save(self, document: Document) -> Path:
        """Give the path of the file that now holds a document, new or in the place of the one with its id.

        Raises DocumentError when the document is not valid, and StoreError when its id has no place in a store, when
        it would change an article (which is immutable: `add` makes a new edition), when a claim's article is not in
        the store, and when the disk fails.
        """
        if not isinstance(document, Document):
            raise wrong_type(
                "save", "a document", document, hint="give an Article, a Claim, Evidence or a SpeakerRecord"
            )
        data, place = encode_document(document), document_place(document)

        def save_one(batch: Batch) -> None:
            before = batch.read(place)
            if before == data:
                return
            if isinstance(document, Article) and before is not None:
                raise StoreError(f"{document.id}: a stored article never changes; add() makes a new edition of it")
            if isinstance(document, Claim):
                _check_claim(batch, document, place)
            batch.put({place: data})

        self._write(save_one)
        return self.folder.joinpath(*place)

    def _write(self, fill: Callable[[Batch], Result]) -> Result:
        """Take the lock, let `fill` look at the store and fill a batch, and write it."""
        with open_folder(self.folder) as root, locked(root) as lock:
            batch = Batch(root)
            result = fill(batch)
            batch.commit(lock)
            return result

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

    def articles(self) -> Listing[Article]:
        """Give all articles in the order of their places.

        Files that hold no valid article are passed over and stand in the listing's `findings`.
        """
        return list_documents(self.folder, ("articles",))

    def speakers(self) -> Listing[SpeakerRecord]:
        """Give all speaker records in the order of their ids.

        Files that hold no valid record are passed over and stand in the listing's `findings`.
        """
        return list_documents(self.folder, ("speakers",))

    @property
    def registry(self) -> SpeakerRegistry:
        """The registry of speakers: who they are across articles, and what people decided about them."""
        return SpeakerRegistry(self.folder, write=self._write)

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
        tag: str | None = None,
        text: str | None = None,
    ) -> Listing[Claim]:
        """Give the claims that are asked for, article by article in the order of their places in it.

        `article` is an article's id; `speaker` a name or a part of it, a body, a role, a country, or a speaker record's
        id, with all names that the registry has for it (see `registry`); `publisher` the whole name of the article's
        publisher; `tag` a whole tag; `text` a part of the statement; the others are words of their vocabularies.
        Capital and small letters are the same. Files that hold no valid claim are passed over and stand in the
        listing's `findings`.

        Raises NotFoundError on an unknown article, and FilterError on a word that is in no vocabulary.
        """
        query = None if speaker is None else find_speaker_query(self.folder, speaker)
        asked = ClaimFilter(
            speaker=query, kind=kind, verdict=verdict, workflow=workflow, publication=publication, tag=tag, text=text
        )
        place: Place = ("claims",)
        if article is not None:
            with open_folder(self.folder) as root:
                if not is_id(article) or read_file(root, article_place(article)) is None:
                    raise _not_found(Article, article)
            place = claims_folder(article)
        if publisher is None:
            wanted = None if asked == ClaimFilter() else asked.matches
            return list_documents(self.folder, place, wanted=wanted, findings=query.findings if query else ())
        articles, name = LastArticle(self.folder), folded(publisher)

        def is_wanted(claim: Mapping[str, Any]) -> bool:
            found = articles.fields(claim.get("article_id") or "").get("publisher")
            return found is not None and folded(found) == name and asked.matches(claim)

        return list_documents(self.folder, place, wanted=is_wanted, findings=query.findings if query else ())

    def validate(self) -> Iterator[Finding]:
        """Give every finding on the store, file after file; none means that all is well.

        Each document is held to its schema, its name and place to its id, each claim's article must be there; links,
        unknown files and temporary files that a stopped writer left are named. `source` is the file's path from the
        store's folder.
        """
        return validate_store(self.folder)

    def _load(self, model: type[AnyDocument], id: str) -> AnyDocument:
        with open_folder(self.folder) as root:
            fitting = (places for kind, places in _PLACES.items() if issubclass(kind, model) and is_id(id))
            for place in (place for places in fitting for place in places(id)):
                data = read_file(root, place)
                if data is not None:
                    document = decode_document(data, place)
                    assert isinstance(document, model)
                    return document
        raise _not_found(model, id)


def _not_found(model: type[Document], id: object) -> NotFoundError:
    shown = repr(id) if len(repr(id)) <= 140 else repr(id)[:137] + "..."
    return NotFoundError(f"no {model.__name__.removesuffix('Record').lower()} with id {shown}; {_HINTS[model]}")


def _make_store(root: Folder) -> None:
    with locked(root) as lock:
        if root.read(MARKER) is None:  # another process may have been quicker
            batch = Batch(root)
            batch.put({(MARKER,): b'{\n  "format": "' + FORMAT.encode() + b'"\n}\n'})
            batch.commit(lock)


def _check_marker(root: Folder) -> None:
    strangers = bool(root.names())
    marker = root.read(MARKER)  # after the names: whoever makes a store writes it before anything else
    if marker is None:
        what = f"a folder with other things in it ({MARKER} is missing)" if strangers else "there is no store here"
        raise StoreError(f"{root.path}: {what}; name the folder of a store, or a new one to add to")
    value, findings = parse_json(marker)
    written = value.get("format") if isinstance(value, dict) and not findings else None
    if written != FORMAT:
        shown = f"the format {written!r} is not known" if written else "there is no format in it"
        raise StoreError(f"{root.path / MARKER}: {shown}; this version of claimtrack reads {FORMAT}")


def _check_claim(batch: Batch, claim: Claim, place: Place) -> None:
    if claim.article_id is not None and batch.read(article_place(claim.article_id)) is None:
        raise StoreError(f"{claim.id}: its article {claim.article_id!r} is not in the store; add() the article first")
    for other in claim_places(claim.id):
        if other != place and batch.read(other) is not None:
            raise StoreError(f"{claim.id}: the id is taken by {'/'.join(other)}; give the claim another offset")
