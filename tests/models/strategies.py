"""Documents made by hypothesis: any that the models accept, out of the models' own field types.

`values(Model)` gives the strategy of one model; `documents()` gives documents of every kind.
"""

from __future__ import annotations

import datetime
import functools
import hashlib
import types
import typing
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, Union

from hypothesis import strategies as st

from claimtrack.models import (
    DOCUMENTS,
    Anchor,
    Article,
    Claim,
    ClaimAttribution,
    ClaimDate,
    ClaimFigure,
    Document,
    Evidence,
    EvidenceLink,
    Speaker,
    SpeakerDecision,
    SpeakerRole,
    Value,
)
from claimtrack.models.exact import EXACT_PATTERN, Exact, parse_exact
from claimtrack.models.strings import (
    Confidence,
    Count,
    Day,
    Digest,
    Id,
    Instant,
    Language,
    Line,
    Moment,
    Offset,
    Prose,
    Url,
    Wording,
)

# Characters that have broken documents elsewhere stand beside plain letters: quotation marks, a no-break space,
# right-to-left text, an emoji outside the basic plane, line separators that are no control characters.
_LETTERS = "aZ0 .-'\"\\{“”’«é\u00a0\u0085\u2028שע中🙂"
_lines = st.text(_LETTERS, min_size=1, max_size=8)
_prose = st.text(_LETTERS + "\n\r\t\x01\x7f", max_size=12)
_wordings = st.text(_LETTERS + "\n\r\t", min_size=1, max_size=12)
_ids = st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True)
_days = st.dates().map(datetime.date.isoformat)
_clocks = st.sampled_from(
    ["T00:00Z", "T23:59:59Z", "T12:30:00+05:30", "T12:30-11:00", "T06:05:04.25Z", "T01:02:03.000001+00:00"]
)
_instants = st.builds(str.__add__, _days, _clocks)
_urls = st.sampled_from(["https://herald.example/ferry?id=7#top", "urn:isbn:0", "http://[2001:db8::1]/", "a:b"])
_languages = st.sampled_from(["en", "pt-BR", "zh-Hant-TW", "gsw"])

_BY_TYPE: list[tuple[Any, st.SearchStrategy[Any]]] = [
    (Id, _ids),
    (Line, _lines),
    (Prose, _prose),
    (Wording, _wordings),
    (Url, _urls),
    (Day, _days),
    (Moment, _days | _instants),
    (Instant, _instants),
    (Language, _languages),
    (Digest, st.from_regex(r"[0-9a-f]{64}", fullmatch=True)),
    (Offset, st.integers(0, 2_147_483_647)),
    (Count, st.integers(1, 9)),
    (Confidence, st.floats(0, 1)),
    (Exact, st.from_regex(EXACT_PATTERN.removesuffix("$") + r"\Z").map(parse_exact)),
]


def _of_type(hint: Any) -> st.SearchStrategy[Any]:
    for known, strategy in _BY_TYPE:
        if hint == known:
            return strategy
    if isinstance(hint, type) and issubclass(hint, Value):
        return values(hint)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        return st.lists(_of_type(arguments[0]), max_size=2).map(tuple)
    if origin in (Union, types.UnionType):  # optional: None comes first, where examples shrink to
        return st.none() | _of_type(next(one for one in arguments if one is not types.NoneType))
    raise NotImplementedError(f"no strategy for {hint}")


@functools.cache
def values(model: type[Value]) -> st.SearchStrategy[Any]:
    """Give the strategy of one model; those whose rules join fields are made so that the rules hold."""
    hints = typing.get_type_hints(model, include_extras=True)
    fields = {name: _of_type(hints[name]) for name in model.model_fields}
    if model is ClaimAttribution:
        fields["content"] = st.lists(values(Anchor), min_size=1, max_size=2).map(tuple)
    joined = _JOINED.get(model)
    if joined is None:
        return st.builds(model, **fields)
    return st.fixed_dictionaries(fields).map(lambda drawn: model(**joined(drawn)))


def documents() -> st.SearchStrategy[Document]:
    """Give documents of every kind."""
    return st.one_of([values(model) for model in DOCUMENTS.values()])


def _anchor(drawn: dict[str, Any]) -> dict[str, Any]:
    start = min(drawn["start"], 2_147_483_647 - len(drawn["exact"]))
    return drawn | {"start": start, "end": start + len(drawn["exact"])}


def _article(drawn: dict[str, Any]) -> dict[str, Any]:
    return drawn | {"sha256": hashlib.sha256(drawn["text"].encode()).hexdigest()}


def _claim(drawn: dict[str, Any]) -> dict[str, Any]:
    if drawn["kind"] == "narration" and drawn["attribution"] is not None:
        drawn["attribution"] = drawn["attribution"].replace(source=None, cue=None)
    return drawn


def _figure(drawn: dict[str, Any]) -> dict[str, Any]:
    low, high = drawn["low"], drawn["high"]
    if low is None and high is None:
        return drawn | {"value": Decimal("3.40") if drawn["value"] is None else drawn["value"]}
    if low is not None and high is not None:
        low, high = sorted((low, high), key=Fraction)
    return drawn | {"value": None, "low": low, "high": high}


def _interval(first: str, last: str, drawn: dict[str, Any]) -> dict[str, Any]:
    if drawn[first] is not None and drawn[last] is not None:
        drawn[first], drawn[last] = sorted((drawn[first], drawn[last]))
    return drawn


def _link(drawn: dict[str, Any]) -> dict[str, Any]:
    if drawn["stance"] == "nothing_found":
        return drawn | {"evidence": None, "search": drawn["search"] or "the port's notices"}
    return drawn | {"evidence": drawn["evidence"] or "coastguard-log", "search": None}


def _speaker(drawn: dict[str, Any]) -> dict[str, Any]:
    if drawn["name"] is None and drawn["role"] is None:
        return drawn | {"kind": "unknown"}
    return drawn


def _decision(drawn: dict[str, Any]) -> dict[str, Any]:
    drawn = _interval("since", "until", drawn)
    return drawn | {"name": None} if drawn["speaker"] is not None else drawn | {"name": drawn["name"] or "Okafor"}


def _evidence(drawn: dict[str, Any]) -> dict[str, Any]:
    return drawn | ({"text": None} if drawn["excerpt"] is not None else {})


_JOINED: dict[type[Value], Callable[[dict[str, Any]], dict[str, Any]]] = {
    Anchor: _anchor,
    Article: _article,
    Claim: _claim,
    ClaimFigure: _figure,
    Evidence: _evidence,
    ClaimDate: functools.partial(_interval, "start", "end"),
    SpeakerRole: functools.partial(_interval, "since", "until"),
    EvidenceLink: _link,
    Speaker: _speaker,
    SpeakerDecision: _decision,
}
