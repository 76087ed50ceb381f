"""A claim as a card of the article page: its fields in words for people, in the order they are read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import attrs

from claimtrack.check import ClaimFinding
from claimtrack.models import Article, Claim, Evidence, EvidenceLink, Review, Speaker
from claimtrack.report.marks import figure_note, is_marked
from claimtrack.report.shown import web_link
from claimtrack.report.terminal import speakers_line

KINDS = {"direct": "direct speech", "indirect": "indirect speech", "mixed": "mixed speech", "narration": "narration"}
COLOURS = {
    "true": "holds",
    "mostly_true": "holds",
    "half_true": "mixed",
    "missing_context": "mixed",
    "conflicting_evidence": "mixed",
    "outdated": "mixed",
    "mostly_false": "fails",
    "false": "fails",
    "misleading": "fails",
    "altered": "fails",
    "misattributed": "fails",
}
_SIGNS = {"holds": "✓", "mixed": "◐", "fails": "✗", "open": "?"}
_STANCES = {"supports": "+", "refutes": "−", "partly_supports": "±", "nothing_found": "∅"}


def words(name: str) -> str:
    """Give a word of a vocabulary as people write it: `missing context`."""
    return name.replace("_", " ")


@attrs.frozen(slots=True, kw_only=True)
class Source:
    """A piece of evidence, a search or a review as the page shows it."""

    sign: str
    stance: str
    title: str
    link: str | None
    archive: str | None = None
    facts: tuple[str, ...] = ()
    note: str | None = None


@attrs.frozen(slots=True, kw_only=True)
class Sum:
    """A calculation drawn out: terms with their signs, and what comes out."""

    terms: tuple[tuple[str, str], ...]
    result: str


@attrs.frozen(slots=True, kw_only=True)
class Remark:
    """A finding of a check at the claim where it arises, with the numbers of the other claims it rests on."""

    severity: str
    message: str
    sum: Sum | None = None
    others: tuple[int, ...] = ()


@attrs.frozen(slots=True, kw_only=True)
class Card:
    """One claim as the page shows it; `number` is its number on the page."""

    number: int
    claim: Claim
    who: str
    voices: tuple[int, ...]
    """The places of its speakers in the page's list of speakers."""
    marked: bool
    figures: tuple[tuple[str, str], ...]
    verdict: str
    colour: str
    sign: str
    sources: tuple[Source, ...]
    reviews: tuple[Source, ...]
    relations: tuple[tuple[str, str, int | None, str | None], ...]
    remarks: tuple[Remark, ...]

    @property
    def kind(self) -> str:
        """The kind of speech, in words."""
        return KINDS[self.claim.kind]


def make_cards(
    article: Article,
    claims: Mapping[int, Claim],
    *,
    findings: Sequence[ClaimFinding],
    evidence: Mapping[str, Evidence],
    voices: Sequence[str],
) -> tuple[Card, ...]:
    """Give the cards of numbered claims; a finding stands at the first claim that it rests on."""
    numbers = {claim.id: number for number, claim in claims.items()}
    remarks: dict[int, list[Remark]] = {}
    for finding in findings:
        rests_on = sorted(numbers[one] for one in finding.claims if one in numbers)
        if rests_on:
            remark = Remark(
                severity=finding.severity, message=finding.message, sum=_sum(finding), others=tuple(rests_on[1:])
            )
            remarks.setdefault(rests_on[0], []).append(remark)
    return tuple(
        Card(
            number=number,
            claim=claim,
            who=speakers_line(claim),
            voices=tuple(dict.fromkeys(voices.index(voice_of(speaker)) for speaker in claim.speakers)),
            marked=is_marked(article, claim),
            figures=tuple((one.anchor.exact, figure_note(one)) for one in claim.figures),
            verdict=words(claim.verdict) if claim.verdict else "not rated",
            colour=colour_of(claim.verdict),
            sign=sign_of(claim.verdict),
            sources=tuple(_source(link, evidence) for link in claim.evidence),
            reviews=tuple(map(_review, claim.reviews)),
            relations=tuple((words(one.kind), one.claim, numbers.get(one.claim), one.note) for one in claim.relations),
            remarks=tuple(remarks.get(number, ())),
        )
        for number, claim in claims.items()
    )


def colour_of(verdict: str | None) -> str:
    """Give what a verdict says in the end: holds, mixed, fails or open; none where there is no verdict."""
    return COLOURS.get(verdict, "open") if verdict else "none"


def sign_of(verdict: str | None) -> str:
    """Give the sign that stands beside a verdict, so that its colour is not alone."""
    return _SIGNS.get(colour_of(verdict), "–")


def voice_of(speaker: Speaker) -> str:
    """Give the name by which the page lists a speaker."""
    if speaker.kind == "publisher":
        return f"{speaker.name} (outlet)" if speaker.name else "the outlet"
    return speaker.name or speaker.role or "unknown"


def _source(link: EvidenceLink, evidence: Mapping[str, Evidence]) -> Source:
    sign, stance = _STANCES.get(link.stance, "·"), words(link.stance)
    if link.evidence is None:
        return Source(sign=sign, stance=stance, title=link.search or "", link=None, note=link.note)
    found = evidence.get(link.evidence)
    if found is None:
        return Source(sign=sign, stance=stance, title=link.evidence, link=None, note=link.note)
    facts = (found.publisher, (found.published or "")[:10], words(found.kind))
    return Source(
        sign=sign,
        stance=stance,
        title=found.title or found.url or found.id,
        link=web_link(found.url),
        archive=web_link(found.archive_url),
        facts=tuple(fact for fact in facts if fact),
        note=link.note,
    )


def _review(review: Review) -> Source:
    rating = review.rating.label if review.rating else None
    facts = ((review.published or "")[:10], f"as of {review.as_of}" if review.as_of else "")
    return Source(
        sign="",
        stance=rating or (words(review.verdict) if review.verdict else "rated"),
        title=review.publisher or review.url or review.id,
        link=web_link(review.url),
        facts=tuple(fact for fact in facts if fact),
        note=review.explanation,
    )


def _sum(finding: ClaimFinding) -> Sum | None:
    """Give the calculation of a finding drawn out: `62 passengers`, `+ 5 crew members`, and `67 aboard`."""
    if finding.formula is None or finding.derived is None:
        return None
    result, derived, formula = finding.message.partition(", derived from ")
    if not derived:
        number = finding.derived
        formula = finding.formula
        result = f"{number.numerator:,}" if number.denominator == 1 else f"{float(number):,.2f}"
    first, *others = re.split(r" ([+-]) ", formula)
    signs = ["−" if sign == "-" else sign for sign in others[::2]]
    return Sum(terms=(("", first), *zip(signs, others[1::2], strict=True)), result=result)
