"""How likely an attribution is right, judged by how sure its labels were.

The weights are fitted on articles that were held out of training.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from claimtrack.data import load_lexicon
from claimtrack.extract.tagging.linking import Link
from claimtrack.extract.values import AttributionKind


def describe_link(link: Link, kind: AttributionKind) -> dict[str, float]:
    """Give what the confidence of an attribution is worked out from."""
    words = sum(one.stop - one.first for one in link.content)
    return {
        "always": 1.0,
        "content": sum(one.sure * (one.stop - one.first) for one in link.content) / words,
        "weakest_content": min(one.weakest for one in link.content),
        "source": link.source.sure if link.source else 0.0,
        "cue": link.cue.sure if link.cue else 0.0,
        "no_source": float(link.source is None),
        "no_cue": float(link.cue is None),
        "pieces": min(4, len(link.content)) - 1.0,
        "far": math.log1p(link.cost),
        "short": float(words <= 3),
        "direct": float(kind == "direct"),
        "mixed": float(kind == "mixed"),
    }


def confidence_of(tagger: str, link: Link, kind: AttributionKind) -> float:
    """Give the share of attributions like this one that are right: its content by half or more, and its source."""
    weights: Mapping[str, float] = load_lexicon("attribution-confidence")[tagger]
    total = sum(weights[name] * value for name, value in describe_link(link, kind).items())
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 4)
