"""A filter as SQL over the index: which files can hold a claim that is asked for, none left out."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any, Final

import attrs

from claimtrack.store.facts import folded
from claimtrack.store.filters import ClaimFilter
from claimtrack.store.paths import DEPTH, Place
from claimtrack.store.voices import VoicesAsked, voices_asked_for

_FEW: Final = 2000
_PIECE: Final = 3
"""The tokens of the full text index: all runs of three characters."""
_TRIED: Final = 12
_COMMON: Final = "zqxjkvbpygfwmculdrhsnioat e"
"""English letters by how often they are written; what is none of them, a digit say, comes before all."""


@attrs.frozen(slots=True)
class _Condition:
    """One condition, as the claims that meet it, and as a check of the claim `c`."""

    claims: str
    check: str
    values: tuple[Any, ...]
    is_quick: bool = True
    check_values: tuple[Any, ...] | None = None


def find_places(db: sqlite3.Connection, asked: ClaimFilter) -> list[tuple[Place, str]]:
    """Give the folder and name of the claims that can be asked for, in order, as they stood at the last look.

    Files that hold no claim are among them: whoever asks is told about those too.
    """
    conditions = list(_conditions(db, asked))
    values: tuple[Any, ...]
    first = min(conditions, key=lambda one: _count(db, one), default=None)
    if first is None:
        where, values = "SELECT id FROM claim", ()
    else:
        rest = [one for one in conditions if one is not first]
        checks = "".join(f" AND {one.check}" for one in rest)
        where = f"SELECT c.id FROM claim c WHERE c.id IN ({first.claims}){checks}"
        values = (*first.values, *(value for one in rest for value in one.check_values or one.values))
    found = db.execute(
        "SELECT folder.place, file.name FROM file JOIN folder ON folder.id = file.folder "
        f"WHERE file.id IN ({where} UNION SELECT id FROM file WHERE odd) ORDER BY folder.sort || file.sort",
        values,
    )
    folders: dict[str, Place] = {}
    places: list[tuple[Place, str]] = []
    for folder, name in found:
        inside = folders.get(folder)
        if inside is None:
            inside = folders[folder] = tuple(folder.split("/"))
        if _is_place(inside, name):
            places.append((inside, name))
    return places


def _count(db: sqlite3.Connection, condition: _Condition) -> int:
    """Give how many claims meet a condition, as far as is worth counting."""
    if not condition.is_quick:
        return _FEW + 1
    counted = db.execute(f"SELECT count(*) FROM ({condition.claims} LIMIT {_FEW})", condition.values).fetchone()
    return int(counted[0])


def _conditions(db: sqlite3.Connection, asked: ClaimFilter) -> Iterator[_Condition]:
    for name, usual in (("verdict", None), ("workflow", "candidate"), ("publication", "unpublished"), ("kind", None)):
        value = getattr(asked, name)
        if value is not None:
            is_quick = name != "kind" and value != usual
            yield _of_claim(
                f"{name} = ?", value, also=f" AND {name} <> '{usual}'" if usual and is_quick else "", is_quick=is_quick
            )
    for name, sign in (("made_since", ">="), ("made_until", "<")):
        value = getattr(asked, name)
        if value is not None:
            yield _of_claim(f"made {sign} ?", value if sign == ">=" else _after(value))
    if asked.speaker is not None:
        heard = [str(id) for id in _voices(db, voices_asked_for(asked.speaker))]
        yield _facet("s", "value IN (SELECT value FROM json_each(?))", (json.dumps(heard),))
    if asked.tag is not None:
        yield _facet("t", "value = ?", (folded(asked.tag),))
    if asked.evidence is not None:
        yield _facet("e", "value = ?", (asked.evidence,))
    for word in sorted(asked.figure_words):
        yield _facet("w", "value = ?", (word,))
    if asked.figure_number is not None:
        number = float(asked.figure_number)
        exact, between = "low = high AND low = ?", "low <> high AND low <= ? AND high >= ?"
        claims = f"SELECT claim FROM figure WHERE {exact} UNION ALL SELECT claim FROM figure WHERE {between}"
        check = "EXISTS (SELECT 1 FROM figure WHERE claim = c.id AND low <= ? AND high >= ?)"
        yield _Condition(claims, check, (number,) * 3, check_values=(number,) * 2)
    if asked.text is not None:
        yield _of_text(db, folded(asked.text))
    if asked.asks_articles:
        yield _of_article(asked)


def _voices(db: sqlite3.Connection, asked: VoicesAsked) -> Iterator[int]:
    ways, values = ["role = ?"], [asked.role]
    for phrase in asked.phrases:
        ways.append("instr(words, ?)")
        values.append(phrase)
    for column, known in (("key", asked.keys), ("record", asked.records)):
        ways.append(f"{column} IN ({', '.join('?' * len(known))})")
        values.extend(known)
    for (id,) in db.execute(f"SELECT id FROM voice WHERE {' OR '.join(ways)}", values):
        yield id


def _of_claim(condition: str, value: str, *, also: str = "", is_quick: bool = True) -> _Condition:
    return _Condition(f"SELECT id FROM claim WHERE {condition}{also}", f"c.{condition}", (value,), is_quick)


def _facet(kind: str, condition: str, values: tuple[Any, ...]) -> _Condition:
    found = f"SELECT claim FROM facet WHERE kind = '{kind}' AND ({condition})"
    check = f"EXISTS (SELECT 1 FROM facet WHERE claim = c.id AND kind = '{kind}' AND ({condition}))"
    return _Condition(found, check, values)


def _of_text(db: sqlite3.Connection, text: str) -> _Condition:
    check = "instr(c.statement, ?) > 0"
    pieces = {text[at : at + _PIECE] for at in range(len(text) - _PIECE + 1)}
    if not pieces:
        return _Condition("SELECT id FROM claim WHERE instr(statement, ?) > 0", check, (text,), is_quick=False)
    # The three rarest pieces tell a text from most others, and cost least; the whole is compared afterwards.
    likely = sorted(pieces, key=lambda piece: (sum(map(_COMMON.find, piece)), piece))
    counted: list[tuple[int, str]] = []
    for piece in likely[:_TRIED]:
        row = db.execute("SELECT doc FROM pieces WHERE term = ?", (piece,)).fetchone()
        counted.append((row[0] if row else 0, piece))
        if counted[-1][0] < _FEW // 10:
            break
    quoted = ('"' + piece.replace('"', '""') + '"' for _, piece in sorted(counted)[:3])
    claims = (
        "SELECT id FROM claim WHERE id IN (SELECT rowid FROM words WHERE words MATCH ?) AND instr(statement, ?) > 0"
    )
    return _Condition(claims, check, (" AND ".join(quoted), text), check_values=(text,))


def _of_article(asked: ClaimFilter) -> _Condition:
    wanted = [
        (condition, value)
        for condition, value in (
            ("publisher = ?", asked.publisher and folded(asked.publisher)),
            ("published >= ?", asked.since),
            ("published < ?", asked.until and _after(asked.until)),
        )
        if value is not None
    ]
    where = " AND ".join(condition for condition, _ in wanted)
    claims = f"SELECT id FROM claim WHERE article IN (SELECT name FROM article WHERE {where})"
    check = f"EXISTS (SELECT 1 FROM article WHERE name = c.article AND {where})"
    return _Condition(claims, check, tuple(value for _, value in wanted))


def _after(day: str) -> str:
    """Give what stands after every day that starts so."""
    return day + "~"


def _is_place(folder: Place, name: str) -> bool:
    """Tell whether what the index names lies where documents lie: the index may be a stranger's."""
    if folder[0] not in DEPTH or len(folder) > DEPTH[folder[0]] + 1:
        return False
    return all(one and not one.startswith(".") and not set(one) & {"/", "\\", "\0"} for one in (*folder, name))
