"""A file that is written in pieces and appears whole or not at all."""

from __future__ import annotations

import contextlib
import gzip
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from claimtrack.errors import ClaimtrackError, ReadError


@contextlib.contextmanager
def open_output(
    path: str | os.PathLike[str], *, otherwise: str = "name a file in a folder that can be written"
) -> Iterator[IO[bytes]]:
    """Give a file to write bytes to, packed where the name ends in .gz; it stands at `path` once all is written.

    `otherwise` is what to do where that fails, for the message.

    Raises ReadError where the file cannot be written; nothing is left behind then.
    """
    final = Path(path)
    # A process's number would not do: in containers it is often the same, and a killed one leaves its file behind.
    waiting = final.with_name(f"{final.name}.{secrets.token_hex(4)}.part")
    try:
        raw = waiting.open("xb")
    except (OSError, ValueError) as error:
        raise _explained(final, error, otherwise) from None
    try:
        with raw:
            if final.suffix == ".gz":
                # no name and no time inside, so that the same documents give the same bytes
                with gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=raw, mtime=0) as packed:
                    yield cast(IO[bytes], packed)
            else:
                yield raw
            raw.flush()
            os.fsync(raw.fileno())
        waiting.replace(final)
    except BaseException as error:
        with contextlib.suppress(OSError):
            waiting.unlink()
        if isinstance(error, OSError) and not isinstance(error, ClaimtrackError):
            raise _explained(final, error, otherwise) from None
        raise


def _explained(path: Path, error: OSError | ValueError, otherwise: str) -> ReadError:
    why = getattr(error, "strerror", None) or error
    return ReadError(f"{str(path)[:200]!r}: {why}; {otherwise}")
