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
from claimtrack.store.folders import Entry, Folder, Place, open_folder, walk
from claimtrack.store.paths import article_place

AnyDocument = TypeVar("AnyDocument", bound=Document, covariant=True)
Wanted = Callable[[Mapping[str, Any]], bool]

DEPTH = {"articles": 1, "claims": 2, "evidence": 1, "speakers": 0}
"""How many folders deep the documents stand in each folder of the store."""


class Listing(Iterator[AnyDocument]):
    """Documents, one at a time, in the order of their places; numbers in names sort as numbers.

    A file that holds no valid document is passed over, and `findings` grows by what is wrong with it.
    """

    def __init__(self, documents: Callable[[Callable[[Finding], None]], Iterator[Document]]) -> None:
        self._findings: list[Finding] = []
        self._documents = documents(self._findings.append)

    def __next__(self) -> AnyDocument:
        """Give the next document."""
        return cast(AnyDocument, next(self._documents))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was wrong with the files passed over so far."""
        return tuple(self._findings)


def list_documents(
    path: Path, place: Place, *, wanted: Wanted | None = None, findings: Iterable[Finding] = ()
) -> Listing[Any]:
    """Give the documents under a place of the store at `path` that are `wanted`, told from their parsed JSON.

    `findings` are those that there are already, on what `wanted` is made from.
    """

    def documents(report: Callable[[Finding], None]) -> Iterator[Document]:
        for finding in findings:
            report(finding)
        with open_folder(path) as root:
            for entry in find_entries(root, place):
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

    return Listing(documents)


class LastArticle:
    """The article of the claim at hand, as plain JSON; claims come article by article, so one is remembered."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._id: str | None = None
        self._fields: Mapping[str, Any] | None = None

    def fields(self, id: str) -> Mapping[str, Any]:
        """Give the fields of an article; none where it is missing or no document."""
        return (self._fields or {}) if self.holds(id) else {}

    def holds(self, id: str) -> bool:
        """Tell whether an article is there."""
        if id != self._id:
            self._id, self._fields = id, self._read(id)
        return self._fields is not None

    def _read(self, id: str) -> Mapping[str, Any] | None:
        try:
            with open_folder(self._path) as root:
                data = read_file(root, article_place(id))
            value = None if data is None else from_json(data)
        except StoreError:
            return None
        except ValueError:
            return {}  # a file that `articles` and `validate` tell about
        return value if value is None or isinstance(value, dict) else {}


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
