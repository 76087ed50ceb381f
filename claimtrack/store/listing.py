"""Reading through a store: one document after another, and findings on the files that hold none."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar, cast

import attrs
from pydantic_core import from_json

from claimtrack.errors import DocumentError, Finding, StoreError
from claimtrack.models import Document
from claimtrack.store.content import decode_document
from claimtrack.store.facts import NO_ARTICLE, ArticleFacts, article_facts
from claimtrack.store.home import Entry, Home, Opened, Report
from claimtrack.store.paths import Place, article_place

AnyDocument = TypeVar("AnyDocument", bound=Document, covariant=True)
Wanted = Callable[[Mapping[str, Any]], bool]
Entries = Callable[[Opened, Report], Iterable[Entry]]


class Listing(Iterator[AnyDocument]):
    """Documents, one at a time, in the order of their places; numbers in names sort as numbers.

    A file that holds no valid document is passed over, and `findings` grows by what is wrong with it. Each document
    is read when it is asked for, so there is no `len`: `count()` reads what is left.
    """

    def __init__(self, documents: Callable[[Report], Iterator[Document]], *, what: str) -> None:
        self._findings: list[Finding] = []
        self._documents = documents(self._findings.append)
        self._what = what
        self._given = 0

    def __repr__(self) -> str:
        return f"<Listing of {self._what}, {self._given} given>"

    def __next__(self) -> AnyDocument:
        """Give the next document."""
        document = next(self._documents)
        self._given += 1
        return cast(AnyDocument, document)

    def count(self) -> int:
        """Give how many documents are left, which reads them all."""
        return sum(1 for _ in self)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was wrong with the files passed over so far."""
        return tuple(self._findings)


def list_documents(
    home: Home, place: Place, *, what: str, wanted: Wanted | None = None, entries: Entries | None = None
) -> Listing[Any]:
    """Give the documents under a place of a store that are `wanted`, told from their parsed JSON.

    They stand in the entries that `entries` gives, by default in all.
    """

    def documents(report: Report) -> Iterator[Document]:
        with home.opened() as opened:
            for entry in opened.entries(place) if entries is None else entries(opened, report):
                try:
                    document = read_entry(entry) if wanted is None else _read_wanted(entry, wanted)
                except DocumentError as error:
                    for finding in error.findings:
                        report(attrs.evolve(finding, source="/".join(entry.place)))
                except StoreError as error:
                    report(finding_on(entry, error))
                else:
                    if document is not None:
                        yield document

    return Listing(documents, what=what)


class LastArticle:
    """The article of the claim at hand; claims come article by article, so one is remembered."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._id: str | None = None
        self._facts: ArticleFacts | None = None

    def facts(self, id: str) -> ArticleFacts:
        """Give the facts of an article; none where it is missing or no document."""
        return (self._facts or NO_ARTICLE) if self.holds(id) else NO_ARTICLE

    def holds(self, id: str) -> bool:
        """Tell whether an article is there."""
        if id != self._id:
            self._id, self._facts = id, self._read(id)
        return self._facts is not None

    def _read(self, id: str) -> ArticleFacts | None:
        try:
            with self._home.opened() as opened:
                data = opened.read(article_place(id))
            return None if data is None else article_facts(from_json(data))
        except StoreError:
            return None
        except ValueError:
            return NO_ARTICLE  # a file that `articles` and `validate` tell about


def finding_on(entry: Entry, error: StoreError) -> Finding:
    """Give a StoreError about an entry as a finding."""
    message = str(error).removeprefix(f"{entry.folder.path / entry.place[-1]}: ")
    return Finding(code="unreadable", severity="error", message=message, source="/".join(entry.place))


def read_entry(entry: Entry) -> Document | None:
    """Give the document in a file, or None for a file with another ending, or one that has just gone.

    Raises DocumentError and StoreError with the reason why it cannot be read.
    """
    data = _bytes(entry)
    return None if data is None else decode_document(data, entry.place, is_plain=entry.is_plain)


def _read_wanted(entry: Entry, wanted: Wanted) -> Document | None:
    data = _bytes(entry)
    if data is None:
        return None
    asked: bool | None = None
    # Plain parsing costs a fifth of building the model, and most files are not asked for. What fails here is not in
    # canonical form or no document at all, which decoding tells.
    with contextlib.suppress(ValueError, TypeError, AttributeError, KeyError):
        asked = wanted(from_json(data))
    if asked is False:
        return None
    document = decode_document(data, entry.place, is_plain=entry.is_plain)
    return document if asked or wanted(from_json(document.to_json())) else None


def _bytes(entry: Entry) -> bytes | None:
    if entry.trouble is not None:
        raise entry.trouble
    if entry.kind == "file" and not entry.place[-1].endswith(".json"):
        return None
    return entry.folder.read(entry.place[-1])
