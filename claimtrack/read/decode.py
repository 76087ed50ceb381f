"""Bytes into characters: a byte order mark, UTF-8, what the page declares, and only then a guess."""

from __future__ import annotations

import codecs
import re

import attrs

from claimtrack.errors import ReadError
from claimtrack.read.source import ACCEPTED


@attrs.frozen(slots=True)
class Decoded:
    """The characters of an input, without a byte order mark; the encoding's Python name; whether it was guessed."""

    text: str
    encoding: str | None = None
    guessed: bool = False


_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# What the WHATWG Encoding Standard lists, by Python's names. Python knows more (punycode, unicode_escape, utf-7),
# which no page means and which turn harmless bytes into others.
_LEGACY = re.compile(
    r"(cp(125\d|8(66|74)|932|949)|iso8859-|koi8-|mac-|gb|big5|shift_jis|euc_|iso2022_jp|ascii|tis-620)"
)

_CANDIDATES = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874"),
    *("iso8859_2", "iso8859_5", "iso8859_7", "koi8_r", "koi8_u", "mac_roman"),
    *("cp932", "euc_jp", "iso2022_jp", "gb18030", "big5", "cp949"),
]


def decode(data: bytes) -> Decoded:
    """Give the characters of the bytes, exactly as they stand.

    >>> decode("The quay costs £2m, “at last”.".encode("cp1252"))
    Decoded(text='The quay costs £2m, “at last”.', encoding='cp1252', guessed=True)

    Raises ReadError where the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode(encoding), encoding)
            except UnicodeDecodeError as error:
                raise ReadError(
                    f"a byte order mark says {encoding}, but byte {error.start} does not fit; save it as UTF-8"
                ) from None
    if b"\x00" in data:
        place = data.index(b"\x00")
        raise ReadError(
            f"byte {place} is NUL, so this is no text (or UTF-16 without its mark: save it as UTF-8); {ACCEPTED}"
        )
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        _check_damage(data, error.start)
        return _declared(data) or _western(data) or _guess(data)


def _check_damage(data: bytes, start: int) -> None:
    """Raise ReadError where UTF-8 was damaged: text in other encodings hardly ever holds well-formed UTF-8."""
    characters = re.findall(r"[^\x00-\x7f]", data.decode("utf-8", "replace"))
    if characters.count("\ufffd") * 2 < len(characters):
        line = len(re.findall(rb"\r\n|\r|\n", data[:start])) + 1
        raise ReadError(f"byte {start}, in line {line}, is not UTF-8, though the rest is; repair it there")


def _declared(data: bytes) -> Decoded | None:
    """Give what the HTML page says that it is, where that holds."""
    found = re.search(
        rb"""(?i)<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", data[:4096]
    )
    if found is None:
        return None
    try:
        encoding = codecs.lookup(found[1].decode("ascii", "replace")).name
        if encoding in ("iso8859-1", "ascii"):  # browsers read both as windows-1252 (WHATWG Encoding Standard)
            encoding = "cp1252"
        return Decoded(data.decode(encoding), encoding) if _LEGACY.match(encoding) else None
    except (LookupError, UnicodeDecodeError):
        return None


def _western(data: bytes) -> Decoded | None:
    """Give the windows-1252 reading where it is plausible.

    Guessing by statistics reads "£2m" as "Ł2m" in English text with curly quotes, so the encoding that browsers
    fall back to is preferred while at most one letter in twenty is accented (French has one in twenty-five, Polish
    one in fourteen) and no accented capital follows a small letter (as the quotes of old Macintosh texts would).
    """
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    accented = sum(char.isalpha() for char in re.findall(r"[^\x00-\x7f]", text))
    letters = accented + len(re.findall(r"[A-Za-z]", text))
    if accented * 20 > letters or re.search(r"[a-z][À-ÖØ-Þ]", text):
        return None
    return Decoded(text, "cp1252", guessed=True)


def _guess(data: bytes) -> Decoded:
    """Give the most plausible reading by statistics."""
    import logging

    import charset_normalizer

    logging.getLogger("charset_normalizer").addHandler(logging.NullHandler())
    best = charset_normalizer.from_bytes(data, cp_isolation=_CANDIDATES).best()
    if best is None:
        raise ReadError(f"these bytes are no text in any usual encoding; save it as UTF-8: {ACCEPTED}")
    return Decoded(data.decode(best.encoding), best.encoding, guessed=True)
