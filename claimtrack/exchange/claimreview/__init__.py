"""schema.org's ClaimReview: found in pages, read as claims, written back, checked. Nothing is ever fetched.

`pages` finds the scripts of a page, `sources` the objects in them, `reading` makes one a claim by the `fields` it has;
`importing` and `exporting` are the ways in and out, `losses` and `checking` tell what is lost and what is wrong.
"""

from claimtrack.exchange.claimreview.checking import check_claimreview
from claimtrack.exchange.claimreview.exporting import to_claimreview, to_claimreview_json
from claimtrack.exchange.claimreview.importing import from_claimreview, read_claimreviews
from claimtrack.exchange.claimreview.losses import find_losses

__all__ = [
    "check_claimreview",
    "find_losses",
    "from_claimreview",
    "read_claimreviews",
    "to_claimreview",
    "to_claimreview_json",
]
