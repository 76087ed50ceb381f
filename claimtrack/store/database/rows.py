"""Documents as rows: the JSON as it is stored, and beside it what filters ask."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, Final

import attrs
from pydantic_core import from_json

from claimtrack.store.facts import Voice, article_facts, claim_facts
from claimtrack.store.paths import FOLDERS, Place, id_at, sort_key
from claimtrack.store.voices import voice_row

_LONGEST: Final = 300
"""Letters of what an index holds whole: PostgreSQL's take at most some 2,700 bytes."""


@attrs.frozen(slots=True)
class DocumentRow:
    """One document as the database holds it; `facts` is the row of its table of facts, where it has one."""

    place: str
    sort: bytes
    body: str
    version: str | None
    facts: Mapping[str, Any] | None
    voices: tuple[tuple[Any, ...], ...] = ()


def document_row(place: Place, data: bytes) -> DocumentRow:
    """Give the row of a document in its canonical form."""
    facts, voices = _facts(place, from_json(data))
    return DocumentRow(path_of(place), sort_of(place), data.decode(), hashlib.sha256(data).hexdigest(), facts, voices)


def canonical(place: Place, body: str, *, strict: bool = False) -> bytes:
    """Give the bytes that a folder would hold for a stored body; those of the body where it is no document.

    Raises ValueError there if it is `strict`.
    """
    try:
        return FOLDERS[place[0]].model_validate_json(body).to_json().encode()
    except ValueError:
        if strict:
            raise
        return body.encode()


def path_of(place: Place) -> str:
    """Give a place as a path."""
    return "/".join(place)


def place_of(path: str) -> Place:
    """Give the place of a path."""
    return tuple(path.split("/"))


def sort_of(place: Place) -> bytes:
    """Give bytes that put places in the order of a listing."""
    return b"".join(map(sort_key, place))


def bounded(text: str) -> str:
    """Give a text as indexes hold it: itself, or its digest where it is long.

    >>> bounded("ferries"), bounded("very " * 100)[:9]
    ('ferries', '#0d9c930e')
    """
    return text if len(text) <= _LONGEST else "#" + hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def to_jsonb(rows: Iterable[Mapping[str, Any]]) -> str:
    """Give rows as one parameter, which `jsonb_to_recordset` takes apart again."""
    return json.dumps(list(rows), ensure_ascii=False)


def to_real(number: Fraction) -> str:
    """Give a number as a float in digits; what is too large for one is without end."""
    try:
        return repr(float(number))
    except OverflowError:
        return "Infinity" if number > 0 else "-Infinity"


@functools.lru_cache(maxsize=20_000)
def numbered_voice(voice: Voice) -> tuple[int, str, str, str, str]:
    """Give the row of a voice with its number: 63 bits of a digest, so that nobody need ask for it."""
    words, key, role, record = voice_row(voice)
    row = (words, bounded(key), bounded(role), record)
    digest = hashlib.blake2b("\0".join(row).encode(), digest_size=8).digest()
    return (int.from_bytes(digest) >> 1, *row)


def _facts(place: Place, value: Any) -> tuple[Mapping[str, Any] | None, tuple[tuple[Any, ...], ...]]:
    if place[0] == "articles":
        article = article_facts(value)
        publisher = article.publisher and bounded(article.publisher)
        return {"id": id_at(place), "publisher": publisher, "published": article.published}, ()
    if place[0] != "claims":
        return None, ()
    facts = claim_facts(value)
    voices = tuple(numbered_voice(voice) for voice in facts.voices)
    exact, least, most = [], [], []
    for figure in facts.figures:
        if figure.low is not None and figure.low is figure.high:
            exact.append(to_real(figure.low))
        elif figure.low is not None or figure.high is not None:
            least.append("-Infinity" if figure.low is None else to_real(figure.low))
            most.append("Infinity" if figure.high is None else to_real(figure.high))
    return {
        "article": facts.article,
        "kind": facts.kind,
        "verdict": facts.verdict,
        "workflow": facts.workflow,
        "publication": facts.publication,
        "made": facts.made,
        "statement": facts.statement,
        "voices": sorted({voice[0] for voice in voices}),
        "tags": sorted(set(map(bounded, facts.tags))),
        "evidence": sorted(set(facts.evidence)),
        "words": sorted({bounded(word) for figure in facts.figures for word in figure.words}),
        "numbers": sorted(set(exact), key=float),
        "least": min(least, key=float, default=None),
        "most": max(most, key=float, default=None),
    }, voices
