"""A whole store looked through: every file against its schema, its name, its place and the article that it needs."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import attrs

from claimtrack.errors import DocumentError, Finding, StoreError
from claimtrack.models import Document
from claimtrack.store.content import check_place
from claimtrack.store.folders import Entry, Folder, open_folder
from claimtrack.store.listing import DEPTH, find_entries, finding_on, read_entry
from claimtrack.store.lock import TEMPORARY, WORKSHOP, find_leftovers
from claimtrack.store.references import References

Also = Callable[[Document | None], Iterator[Finding]]
"""Takes a document that is valid by itself, or None for a file that holds none."""


def validate_store(path: Path, *, also: Also | None = None) -> Iterator[Finding]:
    """Give every finding on a store; `source` names the file, from the store's folder. `also` checks what is valid.

    Hidden files and folders (`.git`, `.DS_Store`) are nobody's business, what lies in `copies` neither.
    """
    with open_folder(path) as root:
        references = References(root)
        for name, kind in root.names():
            if name in DEPTH:
                for entry in find_entries(root, (name,)):
                    yield from _check_entry(entry, references, also)
            elif (name, kind) not in (("claimtrack.json", "file"), ("copies", "folder")):
                yield _unknown(Entry((name,), kind, root))
        yield from _check_leftovers(root)


def _check_entry(entry: Entry, references: References, also: Also | None) -> Iterator[Finding]:
    source = "/".join(entry.place)
    if entry.trouble is None and (entry.kind == "folder" or (entry.kind == "file" and source[-5:] != ".json")):
        yield _unknown(entry)
        return
    found: Iterable[Finding]
    document: Document | None = None
    try:
        document = read_entry(entry)
        if document is None:
            return
        found = itertools.chain(check_place(document, entry.place), references.check(document))
    except DocumentError as error:
        found = error.findings
    except StoreError as error:
        found = (finding_on(entry, error),)
    for finding in itertools.chain(found, also(document) if also is not None else ()):
        yield attrs.evolve(finding, source=source)


def _check_leftovers(root: Folder) -> Iterator[Finding]:
    try:
        names = find_leftovers(root)
    except StoreError as error:
        yield finding_on(Entry(WORKSHOP, "folder", root), error)
        return
    for name in names:
        message = "left behind by a writer that was stopped; opening the store for writing removes it"
        yield Finding(code="leftover", severity="warning", message=message, source="/".join((*TEMPORARY, name)))


def _unknown(entry: Entry) -> Finding:
    what = {"file": "file", "folder": "folder", "link": "link", "other": "pipe or device"}[entry.kind]
    message = f"a {what} that is no part of a store and is not read; move it away if it came here by mistake"
    beside = entry.kind == "file" and len(entry.place) == 1  # a README, say
    return Finding(
        code="unknown", severity="note" if beside else "warning", message=message, source="/".join(entry.place)
    )
