"""Packed bytes unpacked, never beyond a limit: a few of them can be made to mean gigabytes."""

from __future__ import annotations

import zlib

from claimtrack.errors import CaptureError

_ENCODINGS = ("identity", "gzip", "x-gzip", "deflate")


def unpack(data: bytes, encoding: str, max_bytes: int) -> bytes:
    """Give bytes without the content encodings that they have, as an HTTP header names them.

    >>> import gzip
    >>> unpack(gzip.compress(b"The ferry sank."), "gzip", 100)
    b'The ferry sank.'

    Raises CaptureError on an unknown encoding, damaged bytes, and more than `max_bytes`.
    """
    for name in reversed([one.strip().lower() for one in encoding.split(",") if one.strip()]):
        if name not in _ENCODINGS:
            raise CaptureError(f"is packed as {name!r}, which cannot be read")
        if name == "identity":
            continue
        try:
            data = _inflated(data, name, max_bytes)
        except (zlib.error, EOFError) as error:
            raise CaptureError(f"what is packed is damaged ({error})") from None
        except OverflowError:
            raise CaptureError(f"unpacks to more than {max_bytes:,} bytes") from None
    return data


def _inflated(data: bytes, name: str, most: int) -> bytes:
    if name == "deflate":  # some servers send it with the header of zlib, as they should, and some without
        bits = zlib.MAX_WBITS if data[:1] and (data[0] & 0x0F) == 8 else -zlib.MAX_WBITS
    else:
        bits = zlib.MAX_WBITS | 16
    found: list[bytes] = []
    size = 0
    while data:
        unpacking = zlib.decompressobj(bits)
        found.append(unpacking.decompress(data, most + 1 - size))
        size += len(found[-1])
        if size > most:
            raise OverflowError
        if not unpacking.eof:
            raise EOFError("it ends too early")
        data = unpacking.unused_data if unpacking.unused_data.startswith(b"\x1f\x8b") else b""
    return b"".join(found)
