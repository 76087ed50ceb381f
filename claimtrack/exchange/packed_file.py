"""Packed files, told by their first bytes and unpacked as they are read, however much they unpack to."""

from __future__ import annotations

import bz2
import errno
import gzip
import io
import lzma
import zlib
from typing import IO, Any, Final, TypeGuard, cast

from claimtrack.errors import MissingExtraError

DAMAGED: Final = (OSError, EOFError, zlib.error, lzma.LZMAError)
"""What reading raises where a file breaks off or is damaged; `is_of_machine` tells the OSErrors that mean neither."""

_ZSTD: Final = b"\x28\xb5\x2f\xfd"
_FEED: Final = 512
"""Bytes that go to zstd at a time: four of them can stand for 128 kilobytes."""


def is_of_machine(error: BaseException) -> TypeGuard[OSError]:
    """Tell whether reading failed because of the machine: the system's errors have a number, those of damage have none.

    >>> is_of_machine(OSError(errno.EIO, "Input/output error")), is_of_machine(gzip.BadGzipFile("Not a gzipped file"))
    (True, False)
    """
    # A damaged table can name a place that no file has, and the system answers that with EINVAL.
    return isinstance(error, OSError) and error.errno not in (None, errno.EINVAL)


def unpacked(raw: IO[bytes], *, name: str) -> IO[bytes]:
    """Give what a file holds, unpacked from gzip, bzip2, xz or zstd; the file itself where it is packed with none.

    >>> unpacked(io.BytesIO(gzip.compress(b"The ferry sank.")), name="ferry.gz").read()
    b'The ferry sank.'

    Reading raises one of `DAMAGED` where the file breaks off. Raises MissingExtraError for zstd without zstandard.
    """
    if not hasattr(raw, "peek"):
        raw = cast(IO[bytes], io.BufferedReader(cast(io.RawIOBase, raw)))
    start = raw.peek(6)[:6]  # type: ignore[attr-defined]  # every buffered reader has it
    if start.startswith(b"\x1f\x8b"):
        return cast(IO[bytes], gzip.GzipFile(fileobj=raw))
    if start.startswith(b"BZh"):
        return cast(IO[bytes], bz2.BZ2File(raw))
    if start == b"\xfd7zXZ\x00":
        return cast(IO[bytes], lzma.LZMAFile(raw))
    if start.startswith(_ZSTD):
        return cast(IO[bytes], io.BufferedReader(_ZstdFile(raw, name)))
    return raw


class _ZstdFile(io.RawIOBase):
    """Unpacks zstd: zstandard's own reader takes a file that breaks off for one that ends."""

    def __init__(self, raw: IO[bytes], name: str) -> None:
        try:
            import zstandard
        except ImportError:
            raise MissingExtraError(f"{name}: zstandard is needed to unpack zstd: pip install zstandard") from None
        self._raw = raw
        self._error = zstandard.ZstdError
        self._new = zstandard.ZstdDecompressor().decompressobj
        self._frame: Any = None
        self._ready = memoryview(b"")
        self._broken: OSError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            if self._broken is not None:
                raise self._broken
            piece = self._raw.read(_FEED)
            if not piece and self._frame is not None:
                raise EOFError("the zstd frame has no end")
            if not piece:
                return 0
            self._ready = memoryview(self._unpacked(piece))
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _unpacked(self, piece: bytes) -> bytes:
        found = []
        while piece:
            self._frame = self._frame or self._new()
            try:
                found.append(self._frame.decompress(piece))
            except self._error as error:
                self._broken = OSError(str(error))  # raised when what stands before it has been read
                break
            piece = b""
            if self._frame.eof:
                piece, self._frame = self._frame.unused_data, None
        return b"".join(found)
