"""Files from elsewhere: their characters, whatever encoding they are in, and nothing too large to hold."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from claimtrack.errors import FileMissingError, ReadError
from claimtrack.models.parse import MAX_BYTES
from claimtrack.read.decode import decode


def read_text(source: str | PathLike[str]) -> str:
    """Give the text of a file.

    Raises FileMissingError where there is none, and ReadError where it is no text, or larger than 32 MiB.
    """
    path = Path(source)
    try:
        if not path.is_file():
            what = "a folder or device, no file" if path.exists() else "no such file"
            raise (ReadError if path.exists() else FileMissingError)(f"{path}: {what}; give a JSON file or a page")
        if path.stat().st_size > MAX_BYTES:
            raise ReadError(f"{path}: larger than {MAX_BYTES} bytes; split it")
        data = path.read_bytes()
    except ReadError:
        raise
    except (OSError, ValueError) as error:
        raise ReadError(f"{str(path)[:200]!r}: {getattr(error, 'strerror', None) or error}") from None
    return to_text(data)


def to_text(data: str | bytes) -> str:
    """Give the text of what was read elsewhere.

    Raises ReadError where it is no text, or larger than 32 MiB.
    """
    if len(data) > MAX_BYTES:
        raise ReadError(f"this is larger than {MAX_BYTES} bytes; split it")
    return decode(data).text if isinstance(data, bytes) else data.removeprefix("\ufeff")
