"""The bytes of a file that somebody names: regular, not too large, and no picture or archive."""

from __future__ import annotations

import errno
import re
import stat
from os import PathLike
from pathlib import Path

from claimtrack.errors import FileMissingError, ReadError

MAX_ARTICLE_BYTES = 5_000_000
"""The largest input that is read: more than any article, and small enough for every stage after."""

ACCEPTED = "wire text, plain text, Markdown, HTML and Article documents (JSON) are accepted"

_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive (as .docx, .odt and .epub files are)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a RIFF file (a picture or a recording)"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
)


def read_bytes(source: str | PathLike[str]) -> bytes:
    """Give the bytes of a regular file, and at most one more than `check_size` lets through.

    Raises FileMissingError where there is no file, and ReadError where it cannot be opened or is no regular file
    (reading a pipe could wait for ever).
    """
    path = Path(source)
    name = shown(source)
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            with path.open("rb") as file:
                return file.read(MAX_ARTICLE_BYTES + 1)
    except OSError as error:
        if "\n" in str(path) or error.errno == errno.ENAMETOOLONG:
            otherwise = "pass text=... in Python, or - and the text on standard input"
            raise FileMissingError(f"{name}: no such file; this looks like the text itself: {otherwise}") from None
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            raise FileMissingError(f"{name}: no such file; {_otherwise(source)}") from None
        raise ReadError(f"{name}: {error.strerror or error}") from None
    except ValueError:  # a lone surrogate or NUL in the name
        raise ReadError(f"{name}: no file can have this name; give the path of an article") from None
    what = "a folder" if stat.S_ISDIR(mode) else "no regular file"
    raise ReadError(f"{name}: {what}; give the path of one article, {ACCEPTED}")


def _otherwise(source: str | PathLike[str]) -> str:
    """Give what to do about a file that is not there, by what its name looks like."""
    if re.match(r"https?:/", str(source)):  # a Path has lost one slash
        return "this is an address, and nothing is fetched here: save the page, and give its file"
    if isinstance(source, str) and re.search(r"\s\S+\s", source):
        return "give the path of an article, or the text itself as text=..."
    return "give the path of an article"


def check_size(data: str | bytes, name: str) -> None:
    """Raise ReadError where the input is larger than `MAX_ARTICLE_BYTES`."""
    if len(data) > MAX_ARTICLE_BYTES:
        raise ReadError(f"{name}: larger than {MAX_ARTICLE_BYTES:,} bytes, which no article is; give one article alone")


def check_text_inside(data: bytes) -> None:
    """Raise ReadError where the bytes are those of a well-known format that holds no plain text."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise ReadError(f"this is {what}; save its text first: {ACCEPTED}")


def shown(source: object) -> str:
    """Give a name that is short enough and safe to print."""
    written = str(source).encode("utf-8", "backslashreplace").decode()
    written = "".join(char if char.isprintable() else repr(char)[1:-1] for char in written[:4096])
    return written if len(written) <= 200 else written[:80] + "..."
