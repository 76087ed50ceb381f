"""The pages of a web archive (WARC, ISO 28500): the HTML that servers answered with."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, cast

import attrs

from claimtrack.errors import MissingExtraError, ReadError
from claimtrack.exchange.packed_file import DAMAGED, is_of_machine, unpacked
from claimtrack.read.source import MAX_ARTICLE_BYTES

_HTML: Final = ("text/html", "application/xhtml+xml")


@attrs.frozen(slots=True)
class Page:
    """An answered page: the number of its record in the archive from 1, its body, and what its headers say.

    `place` is how far the archive has been read; `wrong` says why there is no body.
    """

    number: int
    body: bytes
    about: dict[str, str]
    place: int
    wrong: str = ""


def read_pages(path: Path) -> Iterator[Page]:
    """Give the pages of an archive: answers with status 200 that hold HTML; other records are passed over.

    Raises ReadError where the archive breaks off or is damaged, after the pages before, the system's OSError where the
    machine fails, and MissingExtraError without warcio.
    """
    archives = _library()
    with path.open("rb") as raw:
        # Unpacked here: warcio takes an archive that breaks off for one that ends.
        stream = _Watched(unpacked(raw, name=str(path)))
        try:
            iterator = archives.ArchiveIterator(stream)
            for number, record in enumerate(iterator, start=1):
                if _is_page(record):
                    about = {"url": record.rec_headers.get_header("WARC-Target-URI") or ""}
                    about |= {"id": record.rec_headers.get_header("WARC-Record-ID") or ""}
                    about |= {"charset": _charset(record)}
                    body, wrong = _body(record)
                    _pass_over(record)
                    yield Page(number, body, {key: value for key, value in about.items() if value}, raw.tell(), wrong)
                else:
                    _pass_over(record)
            if stream.broken is not None:
                raise stream.broken
        except DAMAGED as error:
            if is_of_machine(error):
                raise
            raise ReadError(str(error)) from None
        except archives.Failed as error:
            if stream.broken is not None and is_of_machine(stream.broken):
                raise stream.broken from None
            raise ReadError(" ".join(str(error).split()) or "no WARC record stands here") from None


class _Watched:
    """A stream that remembers where it broke off: warcio takes an end that comes too early for the end."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._end = b""
        self.broken: OSError | None = None

    def read(self, size: int = -1) -> bytes:
        if self.broken is not None:
            raise self.broken
        try:
            piece: bytes = self._stream.read1(size)  # all that can be had before the end, where read would lose it
        except DAMAGED as error:
            self.broken = error if is_of_machine(error) else OSError(str(error))
            raise self.broken from None
        if not piece and size and self._end not in (b"", b"\r\n\r\n"):
            self.broken = OSError("it does not end where a record ends")
        self._end = (self._end + piece[-4:])[-4:]
        return piece


def _is_page(record: Any) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = (record.http_headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    return record.http_headers.get_statuscode() == "200" and kind in _HTML


def _body(record: Any) -> tuple[bytes, str]:
    """Give the body of an answer, never more than an article can have, or why it cannot be had."""
    pieces, size = [], 0
    stream = record.content_stream()
    try:
        while size <= MAX_ARTICLE_BYTES and (piece := stream.read(64 * 1024)):
            pieces.append(piece)
            size += len(piece)
    except DAMAGED:
        raise
    except Exception as error:  # warcio meets what servers send: chunks and packings that are none
        return b"", f"the page cannot be unpacked ({type(error).__name__}: {error})"
    return b"".join(pieces), ""


def _pass_over(record: Any) -> None:
    """Read on to the record's end, so that an archive that ends before is noticed."""
    rest = record.raw_stream
    while rest.read(64 * 1024):
        pass
    if getattr(rest, "limit", 0) > 0:
        raise EOFError(f"{rest.limit:,} bytes of this record are missing")


def _charset(record: Any) -> str:
    """Give the encoding that the server names, where it is one."""
    found = re.search(r"(?i)charset\s*=\s*[\"']?([\w.:-]{1,40})", record.http_headers.get_header("Content-Type") or "")
    try:
        return codecs.lookup(found[1]).name if found else ""
    except (LookupError, ValueError):
        return ""


def _library() -> Any:
    try:
        from types import SimpleNamespace

        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise MissingExtraError(f"web archives need the extra: pip install 'claimtrack[capture]' ({error})") from None
    return SimpleNamespace(ArchiveIterator=ArchiveIterator, Failed=cast(type[Exception], ArchiveLoadFailed))
