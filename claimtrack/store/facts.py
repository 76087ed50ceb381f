"""What filters ask of claims and articles, read from their plain JSON, whoever wrote it.

The same facts serve where every file is read and where the index answers, so both give the same claims.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

import attrs

from claimtrack.models import Claim
from claimtrack.models.exact import parse_exact

_WORD = re.compile(r"\w+(?:['\u2019.-]\w+)*")
_ENDS = ("low", "high")
_FIELDS = {name: Claim.model_fields[name].default for name in ("verdict", "workflow", "publication")}


VOICE: Final = ("name", "on_behalf_of", "role", "speaker_id")
Voice = tuple[str | None, ...]
"""A speaker, as those four fields have it."""


@attrs.frozen(slots=True, kw_only=True)
class FigureFacts:
    """One figure: the least and the greatest number that it can be, and the words of what, role and unit."""

    low: Fraction | None
    high: Fraction | None
    words: frozenset[str]


@attrs.frozen(slots=True, kw_only=True)
class ClaimFacts:
    """What filters ask of one claim. Texts are folded, but not those of speakers."""

    article: str | None
    kind: str | None
    verdict: str | None
    workflow: str | None
    publication: str | None
    made: str | None
    statement: str
    voices: tuple[Voice, ...]
    tags: tuple[str, ...]
    evidence: tuple[str, ...]
    figures: tuple[FigureFacts, ...]


@attrs.frozen(slots=True, kw_only=True)
class ArticleFacts:
    """What filters ask of a claim's article."""

    publisher: str | None = None
    published: str | None = None


NO_ARTICLE = ArticleFacts()


def claim_facts(claim: Mapping[str, Any]) -> ClaimFacts:
    """Give the facts of a claim's JSON.

    Raises ValueError, TypeError, KeyError or AttributeError where it does not have the shape of a claim.
    """
    fields = {name: _text(claim.get(name, usual)) for name, usual in _FIELDS.items()}
    return ClaimFacts(
        article=_text(claim.get("article_id")),
        kind=_text(claim["kind"]),
        **fields,
        made=_day(claim.get("made_on")),
        statement=_folded(claim["statement"]),
        voices=tuple(tuple(_text(one.get(name)) for name in VOICE) for one in claim.get("speakers", ())),
        tags=tuple(_folded(tag) for tag in claim.get("tags", ())),
        evidence=tuple(id for link in claim.get("evidence", ()) if (id := _text(link.get("evidence"))) is not None),
        figures=tuple(_figure_facts(figure) for figure in claim.get("figures", ())),
    )


def article_facts(article: Mapping[str, Any]) -> ArticleFacts:
    """Give the facts of an article's JSON; what does not have the shape of an article has none."""
    try:
        publisher = _text(article.get("publisher"))
        return ArticleFacts(
            publisher=None if publisher is None else folded(publisher), published=_day(article.get("published"))
        )
    except (ValueError, TypeError, AttributeError):
        return NO_ARTICLE


def folded(text: str) -> str:
    """Give a text in the form in which capital and small, composed and decomposed letters are the same."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def words_of(text: str) -> list[str]:
    """Give the words of a text, folded; the apostrophe has one form."""
    return _WORD.findall(folded(text).replace("\u2019", "'"))


def _figure_facts(figure: Mapping[str, Any]) -> FigureFacts:
    low: Fraction | None
    high: Fraction | None
    if (value := _text(figure.get("value"))) is not None:
        low = high = Fraction(parse_exact(value))
    else:
        low, high = (None if (end := _text(figure.get(name))) is None else Fraction(parse_exact(end)) for name in _ENDS)
    told = (_text(figure.get(name)) for name in ("what", "role", "unit"))
    return FigureFacts(
        low=low,
        high=high,
        words=frozenset(word for text in told if text for word in words_of(text)),
    )


def _folded(value: Any) -> str:
    text = _text(value)
    if text is None:
        raise TypeError("no text")
    return folded(text)


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError("no text")
    if "\x00" in value:
        raise ValueError("holds NUL")
    return value


def _day(value: Any) -> str | None:
    text = _text(value)
    return None if text is None else text[:10]
