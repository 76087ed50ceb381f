"""A filter as SQL: which rows can hold a claim that is asked for, none left out; what is asked goes in as values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from claimtrack.store.database.connecting import Connection
from claimtrack.store.database.rows import bounded, to_real
from claimtrack.store.facts import folded
from claimtrack.store.filters import ClaimFilter
from claimtrack.store.voices import VoicesAsked, voices_asked_for

Condition = tuple[str, tuple[Any, ...]]

_DAYS: Final = (
    ("made_since", "claim.made >= %s"),
    ("made_until", "claim.made < %s"),
    ("since", "article.published >= %s"),
    ("until", "article.published < %s"),
)

_EDITED: Final = r"""
UNION SELECT number, sort FROM document JOIN claim USING (number) WHERE claim.article = ANY(ARRAY(
    SELECT substring(place FROM '([^/]+)\.json$') FROM document WHERE version IS NULL AND place LIKE 'articles/%%'))"""


def find_rows(connection: Connection, asked: ClaimFilter) -> list[int]:
    """Give the numbers of the documents that can be asked for, in the order of their places.

    Rows that somebody edited by hand are among them, and the claims of articles so edited where these are asked about:
    nothing is known of what they say now.
    """
    conditions = list(_conditions(connection, asked))
    joined = "JOIN article ON article.id = claim.article" if asked.asks_articles else ""
    edited = _EDITED if asked.asks_articles else ""
    where = " AND ".join(f"({condition})" for condition, _ in conditions) or "true"
    query = (
        f"SELECT number FROM (SELECT claim.number, sort FROM document JOIN claim USING (number) {joined} WHERE {where} "
        f"UNION SELECT number, sort FROM document WHERE version IS NULL AND place LIKE 'claims/%%'{edited}) AS found "
        "ORDER BY sort"
    )
    values = tuple(value for _, values in conditions for value in values)
    return [number for (number,) in connection.execute(query.encode(), values)]


def _conditions(connection: Connection, asked: ClaimFilter) -> Iterator[Condition]:
    for name in ("kind", "verdict", "workflow", "publication"):
        value = getattr(asked, name)
        if value is not None:
            yield f"claim.{name} = %s", (value,)
    for name, condition in _DAYS:
        value = getattr(asked, name)
        if value is not None:  # a month or a year stands for all that starts so
            yield condition, (f"{value}~" if name.endswith("until") else value,)
    if asked.publisher is not None:
        yield "article.publisher = %s", (bounded(folded(asked.publisher)),)
    if asked.speaker is not None:
        yield "claim.voices && %s::bigint[]", (_voices(connection, voices_asked_for(asked.speaker)),)
    if asked.tag is not None:
        yield "claim.tags @> ARRAY[%s] AND claim.tags <> '{}'", (bounded(folded(asked.tag)),)
    if asked.evidence is not None:
        yield "claim.evidence @> ARRAY[%s] AND claim.evidence <> '{}'", (asked.evidence,)
    if asked.figure_words:
        yield "claim.words @> %s::text[]", (sorted(map(bounded, asked.figure_words)),)
    if asked.figure_number is not None:
        number = to_real(asked.figure_number)
        between = "claim.least IS NOT NULL AND claim.least <= %s AND claim.most >= %s"
        yield f"claim.numbers @> ARRAY[%s::float8] OR ({between})", (number, number, number)
    if asked.text is not None:
        yield "claim.statement LIKE %s", (_anywhere(folded(asked.text)),)


def _voices(connection: Connection, asked: VoicesAsked) -> list[int]:
    phrases = [_anywhere(phrase) for phrase in asked.phrases]
    found = connection.execute(
        "SELECT number FROM voice "
        "WHERE role = %s OR key = ANY(%s) OR (record <> '' AND record = ANY(%s)) OR words LIKE ANY(%s)",
        (bounded(asked.role), list(map(bounded, asked.keys)), list(asked.records), phrases),
    )
    return [number for (number,) in found]


def _anywhere(text: str) -> str:
    """Give the pattern of LIKE for a text that stands anywhere; nothing in it has a meaning of its own."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
