"""The trained taggers: words to labels, labels to spans, spans to attributions."""

from claimtrack.extract.tagging.taggers import tag_accurately, tag_fast

__all__ = ["tag_accurately", "tag_fast"]
