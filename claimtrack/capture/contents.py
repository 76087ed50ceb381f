"""What captured bytes say: their text, title, publisher and day, where they can be read."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import Any

import attrs

from claimtrack.errors import ClaimtrackError, Finding, MissingExtraError
from claimtrack.read import read_article

_MAX_PAGES = 500
_MAX_TEXT = 5_000_000
_GONE = re.compile(
    r"(?i)\b(?:(?:error|http)?\s*404|(?:page|article|story|document|file|content)\s+(?:you\s+\S+\s+(?:for\s+)?)?"
    r"(?:was\s+|is\s+|could\s+|can\s*)?(?:not\s+(?:be\s+)?found|no\s+longer\s+(?:available|exists?)|does\s+not\s+exist"
    r"|has\s+been\s+(?:removed|deleted)|unavailable))\b"
)
_SHORT = 600


@attrs.frozen(slots=True, kw_only=True)
class Contents:
    """The text of a captured copy, what it says about itself, and how that was found out."""

    text: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    extracted_by: str | None = None
    findings: tuple[Finding, ...] = ()


def read_contents(data: bytes, *, content_type: str = "", url: str | None = None) -> Contents:
    """Give what captured bytes say; what cannot be read is a finding, and the copy is kept all the same.

    >>> read_contents(b"The ferry sank.", content_type="text/plain").text
    'The ferry sank.'
    """
    kind, _, rest = content_type.partition(";")
    kind = kind.strip().lower()
    if data.startswith(b"%PDF-"):
        return _read_pdf(data)
    if kind.startswith("image/"):
        return Contents(findings=(_note("capture-no-text", "a picture has no text that could be anchored"),))
    page = kind in ("text/html", "application/xhtml+xml") or (not kind and b"<html" in data[:2000].lower())
    source = _decoded(data, rest)
    try:
        article = read_article(html=source, url=url) if page else read_article(text=source, url=url)
    except MissingExtraError:
        raise
    except (ClaimtrackError, RecursionError) as error:
        return Contents(findings=(_note("capture-no-text", f"no text was found in the copy: {error}"),))
    return Contents(
        text=article.text,
        title=article.title,
        publisher=article.publisher,
        published=article.published,
        extracted_by=f"read_article, as {article.read.form}",
        findings=tuple(_check_gone(article.title, article.text)),
    )


def _decoded(data: bytes, parameters: str) -> bytes | str:
    """Give the characters where the header names an encoding that fits and the bytes themselves are not UTF-8."""
    named = re.search(r"(?i)charset\s*=\s*[\"']?([\w.:-]{1,40})", parameters)
    try:
        data.decode("utf-8")
        return data
    except UnicodeDecodeError:
        pass
    if named is None or re.search(rb"(?i)<meta[^>]{0,200}charset", data[:4096]):
        return data
    try:
        name = codecs.lookup(named[1]).name
        return data.decode("cp1252" if name in ("iso8859-1", "ascii") else name) if _is_text(name) else data
    except (LookupError, UnicodeDecodeError):
        return data


def _is_text(name: str) -> bool:
    return name.startswith(("cp", "iso", "koi8", "mac", "gb", "big5", "shift_jis", "euc_", "utf", "ascii", "tis"))


def _check_gone(title: str | None, text: str) -> Iterator[Finding]:
    """Give a finding when a page that was sent as found says that it is not there (a soft 404)."""
    short = len(text) < _SHORT
    if _GONE.search(title or "") or (short and _GONE.search(text)):
        message = "the server sent this page as found, but it reads like one that is not; look at the copy"
        yield Finding(code="capture-not-found", severity="warning", message=message)


def _read_pdf(data: bytes) -> Contents:
    try:
        import pypdf
    except ImportError as error:
        raise MissingExtraError(f"PDFs need the extra: pip install 'claimtrack[capture]' ({error})") from None
    import logging

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader: Any = pypdf.PdfReader(io.BytesIO(data))
        pages = [reader.pages[n].extract_text() or "" for n in range(min(len(reader.pages), _MAX_PAGES))]
        told = reader.metadata or {}
        title = " ".join(str(told.get("/Title") or "").split())[:2000] or None
    except Exception as error:  # the library meets every PDF there is; whatever it stumbles over is the file's
        return Contents(
            findings=(_note("capture-no-text", f"the PDF cannot be read ({type(error).__name__}: {error})"),)
        )
    text = "\n\n".join(page.strip() for page in pages if page.strip())[:_MAX_TEXT]
    text = text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")
    findings = []
    if not text:
        findings.append(_note("capture-no-text", "the PDF has pages but no text: it may be a scan"))
    if len(reader.pages) > _MAX_PAGES:
        findings.append(_note("capture-cut", f"only the first {_MAX_PAGES} pages were read; the copy has them all"))
    by = f"pypdf {pypdf.__version__}" if text else None
    return Contents(text=text or None, title=title, extracted_by=by, findings=tuple(findings))


def _note(code: str, message: str) -> Finding:
    return Finding(code=code, severity="note", message=message)
