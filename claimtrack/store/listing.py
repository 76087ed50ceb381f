"""Reading through a store: one document after another, and findings on the files that hold none."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar, cast

import attrs
from pydantic_core import from_json

from claimtrack.errors import DocumentError, Finding, StoreError
from claimtrack.models import Document
from claimtrack.store.batch import read_file
from claimtrack.store.content import decode_document
from claimtrack.store.facts import NO_ARTICLE, ArticleFacts, article_facts
from claimtrack.store.folders import Entry, Folder, Place, open_folder, walk
from claimtrack.store.paths import article_place

AnyDocument = TypeVar("AnyDocument", bound=Document, covariant=True)
Wanted = Callable[[Mapping[str, Any]], bool]
Report = Callable[[Finding], None]
Entries = Callable[[Folder, Report], Iterable[Entry]]

DEPTH = {"articles": 1, "claims": 2, "evidence": 1, "speakers": 0}
"""How many folders deep the documents stand in each folder of the store."""


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
    path: Path, place: Place, *, what: str, wanted: Wanted | None = None, entries: Entries | None = None
) -> Listing[Any]:
    """Give the documents under a place of the store at `path` that are `wanted`, told from their parsed JSON.

    They stand in the files that `entries` gives, by default in all.
    """

    def documents(report: Report) -> Iterator[Document]:
        with open_folder(path) as root:
            for entry in find_entries(root, place) if entries is None else entries(root, report):
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

    def __init__(self, path: Path) -> None:
        self._path = path
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
            with open_folder(self._path) as root:
                data = read_file(root, article_place(id))
            return None if data is None else article_facts(from_json(data))
        except StoreError:
            return None
        except ValueError:
            return NO_ARTICLE  # a file that `articles` and `validate` tell about


def finding_on(entry: Entry, error: StoreError) -> Finding:
    """Give a StoreError about an entry as a finding."""
    message = str(error).removeprefix(f"{entry.folder.path / entry.place[-1]}: ")
    return Finding(code="unreadable", severity="error", message=message, source="/".join(entry.place))


def find_entries(root: Folder, place: Place) -> Iterator[Entry]:
    """Give everything that stands where documents are kept under a place, in order."""
    try:
        with root.inside(place) as folder:
            yield from walk(folder, place, depth=DEPTH[place[0]] - len(place) + 1)
    except FileNotFoundError:
        return
    except StoreError as error:
        yield Entry(place, "folder", root, error)


def read_entry(entry: Entry) -> Document | None:
    """Give the document in a file, or None for a file with another ending, or one that has just gone.

    Raises DocumentError and StoreError with the reason why it cannot be read.
    """
    data = _bytes(entry)
    return None if data is None else decode_document(data, entry.place)


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
    document = decode_document(data, entry.place)
    return document if asked or wanted(from_json(document.to_json())) else None


def _bytes(entry: Entry) -> bytes | None:
    if entry.trouble is not None:
        raise entry.trouble
    if entry.kind == "file" and not entry.place[-1].endswith(".json"):
        return None
    return entry.folder.read(entry.place[-1])
