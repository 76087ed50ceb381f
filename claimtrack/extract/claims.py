"""The one place where working values become documents: spans become anchors, attributions become claims."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from typing import TypeVar, overload

import attrs

from claimtrack.errors import Finding, wrong_type
from claimtrack.extract.attribution import DEFAULT_TAGGER, VERSIONS, Tagger, find_attributions
from claimtrack.extract.dates import find_dates
from claimtrack.extract.figures import find_figures
from claimtrack.extract.narration import Places, find_narration
from claimtrack.extract.speakers import FoundSpeaker, find_speakers, speech_act_of, with_chains
from claimtrack.extract.values import Attribution, DateMention, Figure, without_that
from claimtrack.models import Anchor, Article, Claim, ClaimAttribution, ClaimDate, ClaimFigure, Speaker
from claimtrack.models.vocabulary import ClaimKind, SpeechAct
from claimtrack.text import Span, Text, check_quotations

_Placed = TypeVar("_Placed", Figure, DateMention)


@attrs.frozen(slots=True)
class Extraction(Sequence[Claim]):
    """The claims of an article in the order of the text, and the findings on the way.

    It is a sequence: `len(claims)`, `claims[0]`, `for claim in claims`.

    >>> import claimtrack
    >>> article = claimtrack.read_article(text="“We knew, Ann Silva said.\\n\\nThe quay closed in 2019.")
    >>> claims = claimtrack.extract_claims(article)
    >>> claims[-1].statement, [finding.code for finding in claims.findings]
    ('The quay closed in 2019.', ['quotation-unclosed'])
    """

    article_id: str
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]

    def __len__(self) -> int:
        """Give the number of claims."""
        return len(self.claims)

    @overload
    def __getitem__(self, index: int) -> Claim: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Claim, ...]: ...

    def __getitem__(self, index: int | slice) -> Claim | tuple[Claim, ...]:
        """Give one claim, or a tuple of them."""
        return self.claims[index]

    def __iter__(self) -> Iterator[Claim]:
        """Go through the claims."""
        return iter(self.claims)

    def __repr__(self) -> str:
        """Give the counts."""
        return f"<Extraction of {self.article_id}: {len(self.claims)} claims, {len(self.findings)} findings>"


def extract_claims(article: Article, *, tagger: str | Tagger = DEFAULT_TAGGER) -> Extraction:
    """Give the claims of an article: what it attributes to somebody, and the checkable facts of its own voice.

    A pure function of the article: no clock, no disk, the same claims every time. `tagger` is as in
    `find_attributions`.

    >>> from claimtrack.read import read_article
    >>> article = read_article(text="Port news\\n\\nThe bridge is safe, Mayor Ann Silva said. It cost $3 million.",
    ...                        publisher="Port Daily")
    >>> for claim in extract_claims(article):
    ...     print(claim.kind, "|", claim.speaker.name, "|", claim.statement)
    indirect | Ann Silva | The bridge is safe
    narration | Port Daily | It cost $3 million.

    Raises TaggerError as `find_attributions` does.
    """
    if not isinstance(article, Article):
        raise wrong_type("extract_claims", "an Article", article, hint="read_article makes one")
    text = Text(article.text, article.title)
    attributions = with_chains(text, find_attributions(text, tagger=tagger))
    figures = find_figures(text, language=article.language or "en")
    dates = find_dates(text, published=article.published)
    counts = tuple(one for one in figures if one.kind != "ordinal")  # "the first draft" alone is nothing to check
    maker = _Maker(article, text, figures, dates, tagger)
    drafts = [
        (one.content[0].start, maker.attributed(one, speakers))
        for one, speakers in zip(attributions, find_speakers(text, attributions), strict=True)
    ]
    drafts += [(span.start, maker.narrated(span)) for span in find_narration(text, attributions, counts, dates)]
    drafts.sort(key=lambda draft: draft[0])
    findings = (*_check_language(text), *check_quotations(text.quotations), *_check_speakers(text, attributions))
    return Extraction(article.id, _with_ids(article.id, drafts), findings)


def _check_language(text: Text) -> tuple[Finding, ...]:
    if text.is_english:
        return ()
    message = "the text does not look English; attribution went by quotation marks and colons alone"
    return (Finding(code="language-not-english", severity="warning", message=message, start=0, end=0),)


def _check_speakers(text: Text, attributions: Sequence[Attribution]) -> Iterator[Finding]:
    """Give a note for each quotation of three words or more that is in no attribution; titles of works are none."""
    taken = Places([span for one in attributions for span in (one.source, one.cue, *one.content) if span is not None])
    for one in text.quotations:
        words = one.inner.of(text.string).split()
        long_words = [word for word in words if len(word) > 3]
        is_title = bool(long_words) and all(word[0].isupper() for word in long_words)
        if one.closed and one.depth == 0 and len(words) >= 3 and not is_title and not taken.touch(one.span):
            message = "nobody is found who says this quotation, and no claim holds it as speech"
            start, end = one.span.start, one.span.end
            yield Finding(code="quotation-without-speaker", severity="note", message=message, start=start, end=end)


def _with_ids(article_id: str, drafts: list[tuple[int, Claim]]) -> tuple[Claim, ...]:
    """Name each claim by its article and the offset of its content; a second one there gets `-2`."""
    seen: dict[int, int] = {}
    claims = []
    for start, draft in drafts:
        seen[start] = seen.get(start, 0) + 1
        again = f"-{seen[start]}" if seen[start] > 1 else ""
        claims.append(draft.replace(id=f"{article_id}-{start}{again}"))
    return tuple(claims)


class _Maker:
    """Makes the claims of one article."""

    def __init__(
        self,
        article: Article,
        text: Text,
        figures: Sequence[Figure],
        dates: Sequence[DateMention],
        tagger: str | Tagger,
    ) -> None:
        self.article = article
        self.text = text
        self.figures = figures
        self.dates = dates
        self.tagger = tagger if isinstance(tagger, str) else getattr(tagger, "__name__", type(tagger).__name__)

    def attributed(self, found: Attribution, speakers: Sequence[FoundSpeaker]) -> Claim:
        """Give the claim of an attribution."""
        content = tuple(sorted(found.content))
        return self._claim(
            kind=found.kind,
            content=content,
            speakers=tuple(self._speaker(one) for one in speakers),
            speech_act=speech_act_of(self.text, found),
            made_on=self._made_on(found),
            attribution=ClaimAttribution(
                source=self._anchor(found.source) if found.source else None,
                cue=self._anchor(found.cue) if found.cue else None,
                content=tuple(self._anchor(span) for span in content),
                confidence=found.confidence,
                stage=found.stage,
                tagger=self.tagger,
                version=VERSIONS.get(self.tagger),
                via=next((self._speaker(one.via) for one in speakers if one.via is not None), None),
            ),
        )

    def narrated(self, sentence: Span) -> Claim:
        """Give the claim of a sentence in the outlet's own voice."""
        publisher = Speaker(
            name=self.article.publisher, kind="publisher", role=None if self.article.publisher else "publisher"
        )
        attribution = ClaimAttribution(content=(self._anchor(sentence),), stage="narration")
        return self._claim(
            kind="narration", content=(sentence,), speakers=(publisher,), speech_act="asserted", attribution=attribution
        )

    def _claim(
        self,
        *,
        kind: ClaimKind,
        content: tuple[Span, ...],
        speakers: tuple[Speaker, ...],
        speech_act: SpeechAct,
        attribution: ClaimAttribution,
        made_on: str | None = None,
    ) -> Claim:
        return Claim(
            id="draft",
            article_id=self.article.id,
            kind=kind,
            statement=_statement(self.text, content, self.article.read.form == "markdown"),
            speakers=speakers,
            speech_act=speech_act,
            attribution=attribution,
            made_on=made_on,
            figures=tuple(self._figure(one) for one in _inside(self.figures, content)),
            dates=tuple(self._date(one) for one in _inside(self.dates, content)),
        )

    def _made_on(self, found: Attribution) -> str | None:
        """Give the day beside the cue, outside of what was said: `Putin said on Thursday`."""
        cue = found.cue
        if cue is None:
            return None
        place = bisect.bisect_right(self.text.sentences, cue.start, key=lambda sentence: sentence.start) - 1
        if place < 0:
            return None
        published = self.article.published or "9999"
        days = [
            date
            for date in _inside(self.dates, (self.text.sentences[place],))
            if date.start is not None and date.start == date.end and date.start <= published
            if not any(piece.overlaps(date.span) for piece in found.content)
        ]
        nearest = min(days, key=lambda date: max(cue.start - date.span.end, date.span.start - cue.end), default=None)
        return nearest.start if nearest else None

    def _anchor(self, span: Span) -> Anchor:
        return Anchor.at(span, self.text.string)

    def _speaker(self, found: FoundSpeaker) -> Speaker:
        by_outlet = found.kind == "publisher" and self.article.publisher is not None
        return Speaker(
            name=self.article.publisher if by_outlet else found.name,
            kind=found.kind,
            role=None if by_outlet else found.role,
            mention=self._anchor(found.mention) if found.mention else None,
            on_behalf_of=found.on_behalf_of,
            confidence=found.confidence,
            alternatives=found.alternatives,
        )

    def _figure(self, found: Figure) -> ClaimFigure:
        fields = attrs.asdict(found, filter=lambda field, _: field.name != "span")
        return ClaimFigure(anchor=self._anchor(found.span), **fields)

    def _date(self, found: DateMention) -> ClaimDate:
        return ClaimDate(
            anchor=self._anchor(found.span), start=found.start, end=found.end, granularity=found.granularity
        )


def _inside(found: Sequence[_Placed], content: tuple[Span, ...]) -> Iterator[_Placed]:
    for piece in content:
        first = bisect.bisect_left(found, piece.start, key=lambda one: one.span.start)
        for number in range(first, len(found)):
            if found[number].span.start >= piece.end:
                break
            if found[number].span.end <= piece.end:
                yield found[number]


_EDGES = '"“”„«»‹›「」『』'
_MARKDOWN = (
    (re.compile(r"!?\[([^\]\n]{0,500})\]\([^)\s]{0,2000}\)"), r"\1"),  # links and pictures
    (re.compile(r"(\*{1,3}|_{2,3}|`)(?=\S)([^*_`\n]{1,500}?)(?<=\S)\1"), r"\2"),  # emphasis and code
    (re.compile(r"(?<!\w)[*`]{1,3}(?=\w)|(?<=\w)[*`]{1,3}(?!\w)"), ""),  # marks whose partner lies outside the content
)


def _statement(text: Text, content: tuple[Span, ...], markdown: bool) -> str:
    """Give the wording of a content: without outer quotation marks, line breaks, mark-up and a leading "that"."""
    pieces: list[str] = []
    for span in content:
        span = without_that(text, span)
        piece = " ".join(span.of(text.string).split())
        quoted = text.quotations_in(span)
        if quoted and quoted[0].span == span:
            piece = " ".join(quoted[0].inner.of(text.string).split())
        elif not quoted:
            piece = piece.strip(_EDGES)
        if pieces and pieces[-1].endswith(",") and piece[:1].isupper():
            # The comma belongs to the cue (`"We won," he said. "They lost."`): two sentences.
            pieces[-1] = pieces[-1].removesuffix(",") + "."
        if piece:
            pieces.append(piece)
    joined = " ".join(pieces).removesuffix(",")
    for pattern, kept in _MARKDOWN if markdown else ():
        joined = pattern.sub(kept, joined)
    return joined.strip() or content[0].of(text.string)
