"""The columns of the three tables, one row a claim, a figure or a speaker of a claim, and the rows that fill them.

A column once published keeps its name and meaning; another list of columns is another version.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Literal

import attrs
from pydantic import ValidationError

from claimtrack.errors import DocumentError, Finding
from claimtrack.models import Anchor, Claim, ClaimFigure, Rating, Review, Speaker
from claimtrack.models.base import findings_from_pydantic
from claimtrack.models.exact import format_exact, parse_exact

Row = dict[str, Any]
Rows = Literal["claims", "figures", "speakers"]
Kind = Literal["text", "texts", "whole", "share"]
VERSIONS: Final[Mapping[Rows, str]] = {
    "claims": "claimtrack.claims-table/1",
    "figures": "claimtrack.figures-table/1",
    "speakers": "claimtrack.speakers-table/1",
}


@attrs.frozen(slots=True)
class Column:
    """One column: its name, what its cells hold (text, a list of texts, a whole number, a share), and what that means.

    `told` marks columns that only tell and are not read back.
    """

    name: str
    kind: Kind
    about: str
    told: bool = False


CLAIMS: Final = (
    Column("id", "text", "the claim's id"),
    Column("article_id", "text", "the article it stands in"),
    Column("kind", "text", "direct, indirect, mixed or narration"),
    Column("statement", "text", "the wording"),
    Column("speech_act", "text", "what the speaker did with it"),
    Column("made_on", "text", "when it was said"),
    Column("speaker", "text", "the name of the first speaker"),
    Column("speaker_kind", "text", "what sort of speaker that is"),
    Column("speaker_role", "text", "the role as the article gives it"),
    Column("speaker_on_behalf_of", "text", "the body that the speaker speaks for"),
    Column("speaker_id", "text", "the record in the registry"),
    Column("other_speakers", "texts", "the names, or roles, of the other speakers", told=True),
    Column("workflow", "text", "where the work stands"),
    Column("verdict", "text", "what was found"),
    Column("publication", "text", "what the public saw"),
    Column("tags", "texts", "free labels"),
    Column("review_id", "text", "the first review's id"),
    Column("review_publisher", "text", "who published the first review"),
    Column("review_url", "text", "where it stands"),
    Column("review_published", "text", "when it was published"),
    Column("review_rating", "text", "the publisher's own words"),
    Column("review_language", "text", "the language of these words"),
    Column("review_verdict", "text", "these words in our vocabulary"),
    Column("review_explanation", "text", "the reasons in short"),
    Column("reviews", "whole", "the number of reviews", told=True),
    Column("figures", "whole", "the number of figures", told=True),
    Column("evidence", "whole", "the number of links to evidence and searches", told=True),
    Column("start", "whole", "where the claim starts in its article", told=True),
    Column("end", "whole", "where it ends", told=True),
    Column("confidence", "share", "how sure the attribution is", told=True),
    Column("origin_format", "text", "the format that it was imported from", told=True),
    Column("origin_key", "text", "its name there", told=True),
)
FIGURES: Final = (
    Column("claim_id", "text", "the claim that the figure is in"),
    Column("figure", "whole", "its number within the claim, from 1"),
    Column("kind", "text", "count, money, percent, ..."),
    Column("value", "text", "the number, as an exact decimal or fraction"),
    Column("low", "text", "the lower end of a range"),
    Column("high", "text", "the upper end of a range"),
    Column("step", "text", "the precision shown"),
    Column("unit", "text", "the unit"),
    Column("what", "text", "what is counted"),
    Column("role", "text", "killed, injured, aboard, ..."),
    Column("modifier", "text", "exact, about, at_least, ..."),
    Column("change", "text", "up, down or none"),
    Column("start", "whole", "where it starts in the article"),
    Column("end", "whole", "where it ends"),
    Column("exact", "text", "the words themselves"),
    Column("prefix", "text", "the words before"),
    Column("suffix", "text", "the words after"),
    Column("statement", "text", "the claim's wording", told=True),
    Column("speaker", "text", "the name of its first speaker", told=True),
    Column("made_on", "text", "when it was said", told=True),
    Column("claim_verdict", "text", "the claim's verdict", told=True),
)
SPEAKERS: Final = (
    Column("claim_id", "text", "the claim that the speaker makes"),
    Column("number", "whole", "the speaker's number within the claim, from 1"),
    Column("name", "text", "the full name, as the article lets a reader know it; empty where it names nobody"),
    Column("kind", "text", "person, organization, group, document, anonymous, publisher or unknown"),
    Column("role", "text", "the role as the article gives it"),
    Column("on_behalf_of", "text", "the body that a spokesperson speaks for"),
    Column("speaker_id", "text", "the record in the registry"),
    Column("confidence", "share", "how sure the name is"),
    Column("alternatives", "texts", "other names that it might be, likeliest first"),
    Column("start", "whole", "where the words that name the speaker start in the article"),
    Column("end", "whole", "where they end"),
    Column("exact", "text", "the words themselves"),
    Column("prefix", "text", "the words before"),
    Column("suffix", "text", "the words after"),
    Column("article_id", "text", "the article that the claim stands in", told=True),
    Column("claim_kind", "text", "direct, indirect, mixed or narration", told=True),
    Column("statement", "text", "the claim's wording", told=True),
    Column("speech_act", "text", "what the speaker did with it", told=True),
    Column("made_on", "text", "when it was said", told=True),
    Column("via", "text", "the name, or role, of who passed it on", told=True),
    Column("claim_verdict", "text", "the claim's verdict", told=True),
)
COLUMNS: Final[Mapping[Rows, tuple[Column, ...]]] = {"claims": CLAIMS, "figures": FIGURES, "speakers": SPEAKERS}
_SAME: Final = ("id", "article_id", "kind", "statement", "speech_act", "made_on", "workflow", "verdict", "publication")
_SPEAKER: Final = {
    "speaker": "name",
    "speaker_kind": "kind",
    "speaker_role": "role",
    "speaker_on_behalf_of": "on_behalf_of",
    "speaker_id": "speaker_id",
}
_REVIEW: Final = {
    "review_id": "id",
    "review_publisher": "publisher",
    "review_url": "url",
    "review_published": "published",
    "review_verdict": "verdict",
    "review_explanation": "explanation",
}
_RATING: Final = {"review_rating": "label", "review_language": "language"}
_FIGURE: Final = ("kind", "unit", "what", "role", "modifier", "change")
_NUMBERS: Final = ("value", "low", "high", "step")
_ANCHOR: Final = ("start", "end", "exact", "prefix", "suffix")
_WORDS: Final = ("exact", "prefix", "suffix")
_TOLD_OF_SPEAKER: Final = ("name", "kind", "role", "on_behalf_of", "speaker_id", "confidence")


@attrs.frozen(slots=True)
class FigureRow:
    """A figure with the id of its claim, and its number in it."""

    claim_id: str
    number: int
    figure: ClaimFigure


@attrs.frozen(slots=True)
class SpeakerRow:
    """A speaker with the id of the claim, and the number among its speakers."""

    claim_id: str
    number: int
    speaker: Speaker


def to_rows(claim: Claim, *, rows: Rows = "claims") -> Iterator[Row]:
    """Give the rows of a claim: one, or one for each figure or each speaker; a value that is not there is None.

    >>> claim = Claim(id="quay-7", kind="direct", statement="The quay is safe", tags=("port",))
    >>> row, = to_rows(claim)
    >>> row["statement"], row["tags"], row["verdict"]
    ('The quay is safe', ['port'], None)
    """
    if rows == "claims":
        yield _claim_row(claim)
    else:
        yield from _figure_rows(claim) if rows == "figures" else _speaker_rows(claim)


def from_row(row: Mapping[str, Any], *, rows: Rows = "claims") -> Claim | FigureRow | SpeakerRow:
    """Give the claim, figure or speaker of a row; columns that only tell, or that are not known, are passed over.

    Raises DocumentError with every finding where the row does not make one.
    """
    found = {name: value for name, value in row.items() if value is not None and value != "" and value != []}
    try:
        return _READERS[rows](found)
    except ValidationError as error:
        raise DocumentError(findings_from_pydantic(error)) from None
    except (KeyError, ValueError, TypeError) as error:
        told = f"the column {error} is missing" if isinstance(error, KeyError) else str(error)
        raise DocumentError([Finding(code="row-unreadable", severity="error", message=told)]) from None


def _claim_row(claim: Claim) -> Row:
    row: Row = dict.fromkeys(column.name for column in CLAIMS)
    for name in _SAME:
        row[name] = getattr(claim, name)
    if claim.speakers:
        first, *others = claim.speakers
        row |= {column: getattr(first, field) for column, field in _SPEAKER.items()}
        row["other_speakers"] = [one.name or one.role or one.kind for one in others]
    if claim.reviews:
        review = claim.reviews[0]
        row |= {column: getattr(review, field) for column, field in _REVIEW.items()}
        if review.rating is not None:
            row |= {column: getattr(review.rating, field) for column, field in _RATING.items()}
    if claim.attribution is not None:
        row["start"] = min(piece.start for piece in claim.attribution.content)
        row["end"] = max(piece.end for piece in claim.attribution.content)
        row["confidence"] = claim.attribution.confidence
    if claim.origin is not None:
        row |= {"origin_format": claim.origin.format, "origin_key": claim.origin.key}
    row |= {"reviews": len(claim.reviews), "figures": len(claim.figures), "evidence": len(claim.evidence)}
    row |= {"tags": list(claim.tags), "other_speakers": row["other_speakers"] or []}
    return row


def _figure_rows(claim: Claim) -> Iterator[Row]:
    told = {
        "statement": claim.statement,
        "speaker": claim.speaker.name if claim.speaker else None,
        "made_on": claim.made_on,
        "claim_verdict": claim.verdict,
    }
    for number, figure in enumerate(claim.figures, start=1):
        row: Row = {"claim_id": claim.id, "figure": number}
        row |= {name: getattr(figure, name) for name in _FIGURE}
        numbers = {name: getattr(figure, name) for name in _NUMBERS}
        row |= {name: None if value is None else format_exact(value) for name, value in numbers.items()}
        row |= {name: getattr(figure.anchor, name) for name in _ANCHOR} | told
        yield {column.name: row[column.name] for column in FIGURES}


def _speaker_rows(claim: Claim) -> Iterator[Row]:
    via = claim.attribution.via if claim.attribution else None
    told = {
        "article_id": claim.article_id,
        "claim_kind": claim.kind,
        "statement": claim.statement,
        "speech_act": claim.speech_act,
        "made_on": claim.made_on,
        "via": (via.name or via.role) if via else None,
        "claim_verdict": claim.verdict,
    }
    for number, speaker in enumerate(claim.speakers, start=1):
        row: Row = {"claim_id": claim.id, "number": number}
        row |= {name: getattr(speaker, name) for name in _TOLD_OF_SPEAKER} | told
        row |= {"alternatives": list(speaker.alternatives)}
        row |= {name: getattr(speaker.mention, name, None) for name in _ANCHOR}
        yield {column.name: row[column.name] for column in SPEAKERS}


def _claim(row: Mapping[str, Any]) -> Claim:
    told = {name: row[name] for name in _SAME if name in row}
    speaker = {field: row[column] for column, field in _SPEAKER.items() if column in row}
    review = {field: row[column] for column, field in _REVIEW.items() if column in row}
    rating = {field: row[column] for column, field in _RATING.items() if column in row}
    if rating:
        review["rating"] = Rating(**rating)
    if speaker:
        told["speakers"] = (Speaker(**({"kind": "unknown"} | speaker)),)
    if review:
        told["reviews"] = (Review(**({"id": "review-1"} | review)),)
    return Claim(**told, tags=tuple(texts_of(row.get("tags"))))


def _figure(row: Mapping[str, Any]) -> FigureRow:
    told = {name: row[name] for name in _FIGURE if name in row}
    told |= {name: parse_exact(str(row[name])) for name in _NUMBERS if name in row}
    figure = ClaimFigure(anchor=_anchor(row), **told)
    return FigureRow(str(row["claim_id"]), int(row["figure"]), figure)


def _speaker(row: Mapping[str, Any]) -> SpeakerRow:
    told = {name: row[name] for name in _TOLD_OF_SPEAKER if name in row}
    if "confidence" in told:
        told["confidence"] = float(told["confidence"])
    speaker = Speaker(
        mention=_anchor(row) if "start" in row else None,
        alternatives=tuple(texts_of(row.get("alternatives"))),
        **told,
    )
    return SpeakerRow(str(row["claim_id"]), int(row["number"]), speaker)


def _anchor(row: Mapping[str, Any]) -> Anchor:
    words: Row = {name: row[name] for name in _WORDS if name in row}
    return Anchor(start=int(row["start"]), end=int(row["end"]), **words)


_READERS: Final[Mapping[Rows, Callable[[Mapping[str, Any]], Claim | FigureRow | SpeakerRow]]] = {
    "claims": _claim,
    "figures": _figure,
    "speakers": _speaker,
}


def texts_of(value: Any) -> list[str]:
    """Give the texts of a cell that may hold several: a list, or the JSON of one, or one text."""
    if value is None or value == "":
        return []
    if not isinstance(value, str):
        return list(value)
    if value.startswith("["):
        try:
            parsed = json.loads(value)
        except (ValueError, RecursionError):
            return [value]
        if isinstance(parsed, list) and all(isinstance(one, str) for one in parsed):
            return parsed
    return [value]
