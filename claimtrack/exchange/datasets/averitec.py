"""AVeriTeC: claims of fact-checks with questions, and answers found on the web."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from claimtrack.exchange.claimreview.fields import Fields
from claimtrack.exchange.claimreview.reading import digest, source_of
from claimtrack.exchange.datasets.reading import Node, Row, note
from claimtrack.models import Claim, Evidence, EvidenceLink, Speaker

APPEARANCE = "appearance of the claim"
_DAY = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})")


def read_averitec(node: Node, fields: Fields) -> Row:
    """Give what a row of AVeriTeC says: an answer is evidence, and one without a source is a search in vain."""
    evidence: dict[str, Evidence] = {}
    links = [*_appearance(node, fields, evidence), *_answers(node, fields, evidence)]
    speaker = fields.line(node.get("speaker"), "$.speaker")
    return Row(
        statement=fields.wording(node.get("claim"), "$.claim"),
        label=fields.line(node.get("label"), "$.label"),
        publisher="AVeriTeC",
        scale="averitec",
        speaker=Speaker(name=speaker, kind="unknown") if speaker else None,
        made_on=_day(fields, node.get("claim_date")),
        url=fields.url(node.get("fact_checking_article"), "$.fact_checking_article"),
        explanation=fields.wording(node.get("justification"), "$.justification"),
        evidence=evidence,
        links=links,
    )


def write_averitec(claim: Claim, label: str, evidence: Mapping[str, Evidence]) -> Node:
    """Give the row of a claim; a link's note is its question and answer, in two lines."""
    review = claim.reviews[0] if claim.reviews else None
    appearance = next((link for link in claim.evidence if link.note == APPEARANCE), None)
    first = evidence.get(appearance.evidence or "") if appearance is not None else None
    return {
        "claim": claim.statement,
        "label": label,
        "justification": review.explanation if review is not None else None,
        "claim_date": _written(claim.made_on),
        "speaker": claim.speaker.name if claim.speaker is not None else None,
        "original_claim_url": first.url if first is not None else None,
        "fact_checking_article": review.url if review is not None else None,
        "questions": list(_questions(claim, evidence)),
    }


def _appearance(node: Node, fields: Fields, evidence: dict[str, Evidence]) -> Iterator[EvidenceLink]:
    url = fields.url(node.get("original_claim_url"), "$.original_claim_url")
    if url is not None:
        archived = fields.url(node.get("cached_original_claim_url"), "$.cached_original_claim_url")
        one = Evidence(id=f"{source_of(url)}-{digest(url)}", url=url, archive_url=archived, kind="primary")
        evidence[one.id] = one
        yield EvidenceLink(evidence=one.id, stance="context", note=APPEARANCE)


def _answers(node: Node, fields: Fields, evidence: dict[str, Evidence]) -> Iterator[EvidenceLink]:
    for number, (asked, path) in enumerate(fields.nodes(node.get("questions"), "$.questions"), start=1):
        if not isinstance(asked, dict):
            note("row-field", fields, path, "a question is an object")
            continue
        question = fields.wording(asked.get("question"), f"{path}.question") or "?"
        question = " ".join(question.split()) or "?"
        for told, where in fields.nodes(asked.get("answers"), f"{path}.answers"):
            if not isinstance(told, dict):
                note("row-field", fields, where, "an answer is an object")
                continue
            answer = fields.wording(told.get("answer"), f"{where}.answer")
            url = fields.url(told.get("source_url"), f"{where}.source_url")
            if url is None:
                said = f"answer: {answer}" if answer else None
                yield EvidenceLink(search=question, stance="nothing_found", note=said, set=str(number))
                continue
            archived = fields.url(told.get("cached_source_url"), f"{where}.cached_source_url")
            one = Evidence(id=f"{source_of(url)}-{digest(url)}", url=url, archive_url=archived, kind="secondary")
            evidence.setdefault(one.id, one)
            said = f"{question}\n{answer}" if answer else question
            yield EvidenceLink(evidence=one.id, stance="context", note=said, set=str(number))


def _questions(claim: Claim, evidence: Mapping[str, Evidence]) -> Iterator[dict[str, Any]]:
    found: dict[tuple[str | None, str], list[dict[str, Any]]] = {}
    for link in claim.evidence:
        if link.note == APPEARANCE:
            continue
        if link.search is not None:
            answer = (link.note or "").removeprefix("answer: ")
            told: dict[str, Any] = {"answer": answer, "answer_type": "Unanswerable", "source_url": None}
            found.setdefault((link.set, link.search), []).append(told)
            continue
        question, _, answer = (link.note or "").partition("\n")
        source = evidence.get(link.evidence or "")
        told = {"answer": answer, "answer_type": "Abstractive", "source_url": source.url if source else None}
        if source is not None and source.archive_url is not None:
            told["cached_source_url"] = source.archive_url
        found.setdefault((link.set, question), []).append(told)
    yield from ({"question": question, "answers": answers} for (_, question), answers in found.items())


def _day(fields: Fields, value: Any) -> str | None:
    """Give the day of D-M-YYYY, as the data set writes it, or of ISO 8601."""
    match = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    return fields.moment(f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}" if match else value, "$.claim_date")


def _written(moment: str | None) -> str | None:
    if moment is None:
        return None
    year, month, day = moment[:10].split("-")
    return f"{int(day)}-{int(month)}-{year}"
