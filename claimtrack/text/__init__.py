"""Text as people write it: spans, words, sentences, paragraphs, quotation marks."""

from claimtrack.text.anchoring import AnchorMatch, AnchorOutcome, match_anchor, match_anchors
from claimtrack.text.folding import Folded, fold
from claimtrack.text.language import is_english
from claimtrack.text.quotations import Quotation, check_quotations, find_quotations
from claimtrack.text.quoting import QuoteComparison, compare_quote
from claimtrack.text.sentences import find_paragraphs, find_sentences
from claimtrack.text.span import Span
from claimtrack.text.text import Text
from claimtrack.text.words import Words, find_words

__all__ = [
    "AnchorMatch",
    "AnchorOutcome",
    "Folded",
    "Quotation",
    "QuoteComparison",
    "Span",
    "Text",
    "Words",
    "check_quotations",
    "compare_quote",
    "find_paragraphs",
    "find_quotations",
    "find_sentences",
    "find_words",
    "fold",
    "is_english",
    "match_anchor",
    "match_anchors",
]
