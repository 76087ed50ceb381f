"""The copies of captured sources: WARC records in `copies/`, each named by the digest of its content."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from claimtrack.capture import MAX_BYTES, Capture, digest_of, read_record
from claimtrack.errors import CaptureError, Finding, StoreError
from claimtrack.models import Anchor, Evidence
from claimtrack.models.parse import MAX_BYTES as MAX_FILE
from claimtrack.models.vocabulary import EvidenceKind
from claimtrack.read.identity import article_id
from claimtrack.store.content import decode_document
from claimtrack.store.home import Batch, Home, Opened
from claimtrack.store.listing import list_documents
from claimtrack.store.paths import Place, evidence_place
from claimtrack.text import compare_quote


def copy_place(sha256: str) -> Place:
    """Give the place of the copy of a content.

    >>> copy_place("ab" * 32)[:2]
    ('copies', 'ab')

    Raises StoreError on what is no digest.
    """
    if re.fullmatch(r"[0-9a-f]{64}", sha256) is None:
        raise StoreError(f"{sha256[:80]!r} is no SHA-256 digest, and no copy is named by it")
    return ("copies", sha256[:2], f"{sha256}.warc.gz")


def make_evidence(
    batch: Batch,
    capture: Capture,
    *,
    kind: EvidenceKind,
    excerpt: str | None,
    same_source_as: str | None,
    id: str | None,
) -> Evidence:
    """Give the document of a captured source: the stored one where the same content was captured there before.

    Raises StoreError where the excerpt does not stand in the captured text, and where the id is taken.
    """
    named = id or article_id(
        text=capture.contents.text or capture.sha256,
        title=capture.contents.title,
        url=capture.url,
        publisher=capture.contents.publisher,
        published=capture.contents.published or capture.retrieved,
    )
    anchor = None if excerpt is None else _excerpt(excerpt, capture.contents.text)
    for candidate in (named, f"{named[:100].rstrip('-')}-{capture.sha256[:8]}"):
        place = evidence_place(candidate)
        data = batch.read(place)
        if data is None:
            made = capture.to_evidence(id=candidate, kind=kind)
            path = "/".join(copy_place(capture.sha256))
            return made.replace(copy_path=path, excerpt=anchor, same_source_as=same_source_as)
        stored = decode_document(data, place)
        assert isinstance(stored, Evidence)
        if stored.sha256 == capture.sha256 and stored.url == capture.url:
            return stored if anchor is None or stored.excerpt == anchor else stored.replace(excerpt=anchor)
        if id is not None:
            break
    raise StoreError(f"{named}: the id is taken by other evidence; give another id")


def _excerpt(words: str, text: str | None) -> Anchor:
    if text is None:
        raise StoreError("the copy has no text, so no excerpt can be anchored in it; leave the excerpt out")
    found = compare_quote(words, text)
    if not found.stands or found.span is None:
        more = f": {found.difference}" if found.difference else ""
        raise StoreError(f"the excerpt does not stand in the captured text: {found.reason}{more}")
    return Anchor.at(found.span, text)


def put_copy(batch: Batch, capture: Capture) -> None:
    """Put a copy into a batch, unless the same content is stored and whole."""
    if len(capture.record) > MAX_FILE:
        raise StoreError(f"the copy has {len(capture.record):,} bytes; {MAX_FILE:,} is the most that a store keeps")
    put_record(batch, capture.sha256, record=capture.record)


def put_record(batch: Batch, sha256: str, *, record: bytes) -> None:
    """Put the record of a content into a batch, unless it is stored and whole."""
    place = copy_place(sha256)
    stored = batch.read(place)
    if stored is None or check_copy(sha256, stored):
        batch.put({place: record})


def check_copy(sha256: str, record: bytes | None) -> tuple[Finding, ...]:
    """Give what is wrong with the copy of a content: it is not there, cannot be read, or is not what was captured."""
    if record is None:
        message = "the copy is not in the store; capture the source again, if it is still there"
        return (Finding(code="copy-missing", severity="error", message=message, path="$.copy_path"),)
    try:
        digest = digest_of(read_record(record, max_bytes=MAX_BYTES))
    except CaptureError as error:
        return (Finding(code="copy-damaged", severity="error", message=str(error), path="$.copy_path"),)
    if digest == sha256:
        return ()
    message = f"the copy is not what was captured: its content has the digest {digest}"
    return (Finding(code="copy-damaged", severity="error", message=message, path="$.sha256"),)


def check_copies(home: Home) -> Iterator[Finding]:
    """Give every finding on the copies of a store's evidence; `source` names the document."""
    listing = list_documents(home, ("evidence",), what="all evidence")
    with home.opened() as opened:
        for evidence in listing:
            if evidence.copy_path is None:
                continue
            source = "/".join(evidence_place(evidence.id))
            yield from (attrs.evolve(one, source=source) for one in check_evidence_copy(opened, evidence))
    yield from listing.findings


def check_evidence_copy(opened: Opened, evidence: Evidence) -> tuple[Finding, ...]:
    """Give what is wrong with the copy that evidence names: not where it belongs, missing, damaged, or another one."""
    if evidence.sha256 is None or evidence.copy_path != "/".join(copy_place(evidence.sha256)):
        message = f"{evidence.copy_path!r} is not where the copy of this content lies"
        return (Finding(code="copy-missing", severity="error", message=message, path="$.copy_path"),)
    try:
        return check_copy(evidence.sha256, opened.read(copy_place(evidence.sha256)))
    except StoreError as error:
        return (Finding(code="copy-damaged", severity="error", message=str(error), path="$.copy_path"),)
