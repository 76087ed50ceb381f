"""What was captured, as one WARC record (ISO 28500): the format of web archives, which other tools read."""

from __future__ import annotations

import hashlib
import io
import re
from typing import Any

from claimtrack.capture.fetching import Response
from claimtrack.capture.unpacking import unpack
from claimtrack.errors import CaptureError, MissingExtraError


def digest_of(data: bytes) -> str:
    """Give the SHA-256 digest of some bytes."""
    return hashlib.sha256(data).hexdigest()


def make_response_record(response: Response, *, retrieved: str) -> bytes:
    """Give a page as a gzipped `response` record: headers and body as they were sent."""
    warcio = _library()
    status = warcio.StatusAndHeaders(
        f"{response.status} {response.reason}", list(response.headers), protocol="HTTP/1.1"
    )
    # The body has lost its chunks on the way, and the record says so by its length.
    status.remove_header("transfer-encoding")
    status.replace_header("Content-Length", str(len(response.sent)))
    return _record(warcio, response.url, "response", response.sent, retrieved, http_headers=status)


def make_resource_record(data: bytes, *, uri: str, content_type: str, retrieved: str) -> bytes:
    """Give a file as a gzipped `resource` record."""
    return _record(_library(), uri, "resource", data, retrieved, warc_content_type=content_type)


def read_record(record: bytes, *, max_bytes: int) -> bytes:
    """Give the content of a record: the page as it was meant, or the file. Needs no library.

    Raises CaptureError where the record is damaged, or holds more than `max_bytes`.
    """
    try:
        warc, block = _split(unpack(record, "gzip", max_bytes + 1_000_000))
        block = block[: int(_field(warc, "content-length"))]
        if _field(warc, "warc-type") != "response":
            return block
        http, body = _split(block)
        return unpack(body, _field(http, "content-encoding"), max_bytes)
    except (CaptureError, ValueError) as error:
        raise CaptureError(f"the copy is no WARC record that can be read: {error}") from None


def _split(data: bytes) -> tuple[str, bytes]:
    head, gap, rest = data.partition(b"\r\n\r\n")
    if not gap:
        raise CaptureError("its headers have no end")
    return head.decode("utf-8", "replace"), rest


def _field(head: str, name: str) -> str:
    found = re.search(rf"(?im)^{name}:[ \t]*(.*?)\r?$", head)
    return found[1].strip() if found else ""


def _record(warcio: Any, uri: str, kind: str, data: bytes, retrieved: str, **options: Any) -> bytes:
    out = io.BytesIO()
    writer = warcio.WARCWriter(out, gzip=True, warc_version="1.1")
    record = writer.create_warc_record(
        uri, kind, payload=io.BytesIO(data), length=len(data), warc_headers_dict={"WARC-Date": retrieved}, **options
    )
    writer.write_record(record)
    return out.getvalue()


def _library() -> Any:
    try:
        from types import SimpleNamespace

        from warcio.statusandheaders import StatusAndHeaders
        from warcio.warcwriter import WARCWriter
    except ImportError as error:
        raise MissingExtraError(f"capturing needs the extra: pip install 'claimtrack[capture]' ({error})") from None
    return SimpleNamespace(StatusAndHeaders=StatusAndHeaders, WARCWriter=WARCWriter)
