"""The trained taggers: `tag_accurately` reads with a small encoder, `tag_fast` with a CRF; the rest is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claimtrack.extract.rules.headlines import tag_headline
from claimtrack.extract.tagging.confidence import confidence_of
from claimtrack.extract.tagging.crf import load_chain
from claimtrack.extract.tagging.decoding import find_marks
from claimtrack.extract.tagging.encoder import load_encoder
from claimtrack.extract.tagging.hints import find_hints
from claimtrack.extract.tagging.labels import LABELS
from claimtrack.extract.tagging.linking import Link, link_marks
from claimtrack.extract.tagging.tokens import Tokens, find_tokens, with_lost_paragraphs
from claimtrack.extract.values import Attribution, AttributionKind, kind_of
from claimtrack.text import Text

if TYPE_CHECKING:
    from claimtrack.extract.tagging.decoding import Scores

LEAN: Final = {"encoder": 0.5, "crf": 0.25}
"""What is added to the score of a cue's beginning, tried on held-out articles: single annotators overlook cues, and a
tagger that learns from them marks too few."""


HEADLINE_LEAST: Final = 0.5
"""In a headline, what is likelier wrong than right is no attribution: "Flood warning for 14 villages"."""

LONGEST: Final = 50_000
"""A text of more tokens than this, a novel's length, is no article: it is left to the quick tagger."""


def tag_accurately(text: Text) -> tuple[Attribution, ...]:
    """Give the attributions that the fine-tuned encoder finds, in the order of the text.

    In a text of more than 50,000 words the CRF finds them, and their stage says so.

    >>> text = Text("The bridge is safe, Mayor Ann Silva told reporters on Monday.")
    >>> [(one.source.of(text.string), one.content[0].of(text.string)) for one in tag_accurately(text)]
    [('Mayor Ann Silva', 'The bridge is safe')]
    """
    if len(text.words) > LONGEST:
        return tag_fast(text)
    return _tag(text, "encoder")


def tag_fast(text: Text) -> tuple[Attribution, ...]:
    """Give the attributions that the CRF finds, in the order of the text.

    >>> text = Text("Mayor Ann Silva said the bridge is safe.")
    >>> [(one.source.of(text.string), one.content[0].of(text.string)) for one in tag_fast(text)]
    [('Mayor Ann Silva', 'the bridge is safe')]
    """
    return _tag(text, "crf")


def _tag(text: Text, stage: str) -> tuple[Attribution, ...]:
    headline = tag_headline(text)
    found = [] if headline is None else [headline]
    for link, kind in find_links(text, stage):
        confidence = confidence_of(stage, link, kind)
        in_title = text.title is not None and link.content[0].span.start < text.title.end
        if in_title and (headline is not None or confidence < HEADLINE_LEAST):
            continue  # the rules know headlines better than running text has taught the taggers
        found.append(
            Attribution(
                source=link.source.span if link.source else None,
                cue=link.cue.span if link.cue else None,
                content=tuple(one.span for one in link.content),
                kind=kind,
                confidence=confidence,
                stage=stage,
            )
        )
    return tuple(found)


def find_links(text: Text, stage: str) -> tuple[tuple[Link, AttributionKind], ...]:
    """Give the attributions that the tagger of a stage finds, as marks, each with its kind."""
    tokens = find_tokens(text)
    if not len(tokens):
        return ()
    if stage == "encoder":
        encoder = load_encoder()
        return links_of(text, tokens, encoder.scores(tokens), encoder.moves, LEAN[stage])
    chain = load_chain()
    return links_of(text, tokens, chain.scores(tokens, find_hints(text, tokens)), chain.moves, LEAN[stage])


def links_of(
    text: Text, tokens: Tokens, scores: Scores, moves: Scores, lean: float
) -> tuple[tuple[Link, AttributionKind], ...]:
    """Give the attributions that scores make; `lean` is added to the beginning of a cue."""
    scores[:, LABELS.index("B-CUE")] += lean
    tokens = with_lost_paragraphs(tokens)
    marks = find_marks(tokens, scores, moves)
    return tuple(
        (link, kind_of(text, tuple(one.span for one in link.content))) for link in link_marks(text, tokens, marks)
    )
