"""The rules that join several fields. Pydantic and the JSON Schema path both run these very functions.

A rule takes plain field values as JSON holds them (strings, ints, None, tuples or lists) and gives a sentence
when they do not fit together, else None.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from claimtrack.models.exact import parse_exact


@attrs.frozen(slots=True)
class Rule:
    """A named check on some fields of one model."""

    check: Callable[..., str | None]
    fields: tuple[str, ...]

    @property
    def code(self) -> str:
        """The finding code: the function's name with hyphens."""
        return "rule-" + self.check.__name__.replace("_", "-")

    def broken_by(self, values: Mapping[str, Any]) -> str | None:
        """Give the sentence that says how `values` break the rule, or None."""
        return self.check(*(values.get(field) for field in self.fields))


def span_has_length(start: int, end: int) -> str | None:
    """An anchor's start lies before its end."""
    return None if start < end else f"start {start} is not before end {end}"


def exact_fills_span(start: int, end: int, exact: str) -> str | None:
    """An anchor's quote is as long as its position says."""
    if len(exact) == end - start or end <= start:  # the rule before says what is wrong with the latter
        return None
    return f"exact has {len(exact)} characters, but start and end span {end - start}"


def digest_matches_text(text: str, sha256: str) -> str | None:
    """An article's digest is that of its text in UTF-8."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return None if digest == sha256 else f"sha256 is not that of the text, which is {digest}"


def _number(value: str | Decimal | Fraction) -> Decimal | Fraction:
    return parse_exact(value) if isinstance(value, str) else value


def has_value_or_bounds(value: Any, low: Any, high: Any) -> str | None:
    """A figure has either a value or at least one bound."""
    if value is not None and (low is not None or high is not None):
        return "a figure has either a value or bounds, not both"
    if value is None and low is None and high is None:
        return "a figure needs a value, or a low or high bound"
    return None


def low_not_above_high(low: Any, high: Any) -> str | None:
    """A range's low end is not above its high end."""
    if low is None or high is None or Fraction(_number(low)) <= Fraction(_number(high)):
        return None
    return f"low {low} is above high {high}"


def days_exist(*moments: str | None) -> str | None:
    """Each date is in the calendar (no 30 February)."""
    for moment in moments:
        if moment is not None:
            try:
                datetime.date.fromisoformat(moment[:10])
            except ValueError:
                return f"{moment[:10]} is not in the calendar"
    return None


def start_not_after_end(start: str | None, end: str | None) -> str | None:
    """An interval starts no later than it ends."""
    if start is None or end is None or start <= end:
        return None
    return f"the first day {start} is after the last day {end}"


def evidence_or_search(evidence: Any, search: Any, stance: str) -> str | None:
    """A link names evidence, or tells of a search that found nothing."""
    if (evidence is None) == (search is None):
        return "a link has either evidence (an id) or search (what was looked for), not both and not neither"
    if (search is not None) != (stance == "nothing_found"):
        return "the stance nothing_found goes with a search, and only with one"
    return None


def excerpt_stands_in_text(excerpt: Any, text: str | None) -> str | None:
    """An excerpt stands in the captured text where its anchor says."""
    if excerpt is None or text is None:
        return None
    get = excerpt.__getitem__ if isinstance(excerpt, Mapping) else lambda name: getattr(excerpt, name)
    start, end, exact = get("start"), get("end"), get("exact")
    if start >= end or len(exact) != end - start or text[start:end] == exact:  # the anchor's own rules tell the former
        return None
    return f"the excerpt does not stand in the text at {start}"


def named_or_described(name: Any, role: Any, kind: str) -> str | None:
    """A speaker of a known kind has a name or at least a role."""
    if kind == "unknown" or name is not None or role is not None:
        return None
    return f"a speaker of kind {kind} needs a name or a role"


def name_or_speaker(name: Any, speaker: Any) -> str | None:
    """A decision is about a name or about another record."""
    if (name is None) != (speaker is None):
        return None
    return "a decision has either name (as claims have it) or speaker (the id of another record)"


def narration_has_no_source(kind: str, attribution: Any) -> str | None:
    """What the outlet says in its own voice is attributed to nobody in the text."""
    if kind != "narration" or attribution is None:
        return None
    get = attribution.get if isinstance(attribution, Mapping) else lambda name: getattr(attribution, name)
    if get("source") is None and get("cue") is None:
        return None
    return "a claim of kind narration has no source and no cue"
