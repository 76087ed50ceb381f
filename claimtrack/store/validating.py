"""A whole store looked through: every file against its schema, its name, its place and the article that it needs."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator

import attrs

from claimtrack.errors import DocumentError, Finding, StoreError
from claimtrack.models import Document
from claimtrack.store.content import check_place
from claimtrack.store.home import Entry, Home
from claimtrack.store.listing import finding_on, read_entry
from claimtrack.store.paths import DEPTH
from claimtrack.store.references import References

Also = Callable[[Document | None], Iterator[Finding]]
"""Takes a document that is valid by itself, or None for a file that holds none."""


def validate_store(home: Home, *, also: Also | None = None) -> Iterator[Finding]:
    """Give every finding on a store; `source` names the file, from the store's folder. `also` checks what is valid."""
    with home.opened() as opened:
        references = References(opened)
        for name in DEPTH:
            for entry in opened.entries((name,)):
                yield from _check_entry(entry, references, also)
        yield from opened.strangers()


def _check_entry(entry: Entry, references: References, also: Also | None) -> Iterator[Finding]:
    source = "/".join(entry.place)
    if entry.trouble is None and (entry.kind == "folder" or (entry.kind == "file" and source[-5:] != ".json")):
        yield unknown(entry)
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


def unknown(entry: Entry) -> Finding:
    """Give the finding on an entry that is no part of a store."""
    what = {"file": "file", "folder": "folder", "link": "link", "other": "pipe or device"}[entry.kind]
    message = f"a {what} that is no part of a store and is not read; move it away if it came here by mistake"
    beside = entry.kind == "file" and len(entry.place) == 1  # a README, say
    return Finding(
        code="unknown", severity="note" if beside else "warning", message=message, source="/".join(entry.place)
    )
