"""Attribution by rules: reporting verbs, quotation marks, headlines, and the order of words."""

from claimtrack.extract.rules.headlines import tag_headline
from claimtrack.extract.rules.other_languages import tag_quotations
from claimtrack.extract.rules.tagger import tag_by_rules

__all__ = ["tag_by_rules", "tag_headline", "tag_quotations"]
