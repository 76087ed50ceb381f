"""`capture_page` and `capture_file`: a source that may be gone tomorrow, kept as it is today."""

from __future__ import annotations

import mimetypes
import stat
from os import PathLike
from pathlib import Path
from urllib.parse import urlsplit

import attrs

from claimtrack.capture.contents import Contents, read_contents
from claimtrack.capture.fetching import Limits, fetch
from claimtrack.capture.records import digest_of, make_resource_record, make_response_record
from claimtrack.errors import CaptureError, FileMissingError, Finding
from claimtrack.models import Evidence
from claimtrack.models.vocabulary import EvidenceKind

MAX_BYTES = 30_000_000
"""The largest content that is kept: a store's files have at most 32 MiB."""


@attrs.frozen(slots=True, kw_only=True)
class Capture:
    """A captured source: the WARC record of its bytes, the digest of its content, and what it says.

    `Store.add_evidence` keeps it; `findings` say what to look at.
    """

    url: str | None
    retrieved: str
    content_type: str
    sha256: str
    size: int
    record: bytes
    contents: Contents
    findings: tuple[Finding, ...] = ()

    def to_evidence(self, *, id: str, kind: EvidenceKind = "secondary") -> Evidence:
        """Give the document for a captured source, without the place of its copy, which the store knows."""
        return Evidence(
            id=id,
            url=self.url,
            title=self.contents.title,
            publisher=self.contents.publisher,
            published=self.contents.published,
            retrieved=self.retrieved,
            sha256=self.sha256,
            content_type=self.content_type[:200] or None,
            size=self.size,
            text=self.contents.text,
            extracted_by=self.contents.extracted_by,
            kind=kind,
        )


def capture_page(url: str, *, retrieved: str, limits: Limits | None = None, allow_private: bool = False) -> Capture:
    """Give a page as it is now; `retrieved` is the time, as `2025-11-19T08:30:00Z`. The one call that uses the network.

    Raises CaptureError when the page cannot be had within the limits, or is not on the public internet.
    """
    response = fetch(url, limits=limits, allow_private=allow_private)
    findings = []
    if response.redirects:
        message = f"{response.redirects[0]} redirected to {response.url}, which was captured"
        findings.append(Finding(code="capture-redirected", severity="note", message=message))
        if urlsplit(response.redirects[0]).path.strip("/") and not urlsplit(response.url).path.strip("/"):
            message = "the page redirected to the front page of its site, as pages that are gone do; look at the copy"
            findings.append(Finding(code="capture-not-found", severity="warning", message=message))
    content_type = response.header("content-type")
    contents = read_contents(response.body, content_type=content_type, url=response.url)
    return Capture(
        url=response.url,
        retrieved=retrieved,
        content_type=content_type,
        sha256=digest_of(response.body),
        size=len(response.body),
        record=make_response_record(response, retrieved=retrieved),
        contents=contents,
        findings=(*findings, *contents.findings),
    )


def capture_file(source: str | PathLike[str], *, retrieved: str, max_bytes: int = MAX_BYTES) -> Capture:
    """Give a file (a saved page, a PDF, a picture, a text) as it is now.

    Raises FileMissingError where there is none, and CaptureError where it is no regular file or too large.
    """
    path = Path(source)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise CaptureError(f"{path}: a folder or device, not a file; give one file")
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except CaptureError:
        raise
    except FileNotFoundError:
        raise FileMissingError(
            f"{path}: no such file; give the path of a file, or a URL with http:// or https://"
        ) from None
    except (OSError, ValueError) as error:
        raise CaptureError(f"{path}: cannot be read: {error}") from None
    if len(data) > max_bytes:
        raise CaptureError(f"{path}: larger than {max_bytes:,} bytes; --max-bytes takes more")
    if not data:
        raise CaptureError(f"{path}: the file is empty; there is nothing to keep")
    content_type = mimetypes.guess_type(path.name)[0] or ("application/pdf" if data.startswith(b"%PDF-") else "")
    contents = read_contents(data, content_type=content_type)
    digest = digest_of(data)
    record = make_resource_record(
        data, uri=f"urn:sha256:{digest}", content_type=content_type or "application/octet-stream", retrieved=retrieved
    )
    return Capture(
        url=None,
        retrieved=retrieved,
        content_type=content_type,
        sha256=digest,
        size=len(data),
        record=record,
        contents=contents,
        findings=contents.findings,
    )
