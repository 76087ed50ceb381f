"""Other people's formats, in and out: ClaimReview, Google's Fact Check Tools API, and publishers' ratings."""

from claimtrack.exchange.claimreview import (
    check_claimreview,
    find_losses,
    from_claimreview,
    read_claimreviews,
    to_claimreview,
    to_claimreview_json,
)
from claimtrack.exchange.fact_check_tools import from_fact_check_page, from_fact_check_search, to_fact_check_page
from claimtrack.exchange.keeping import Kept, keep_imported
from claimtrack.exchange.ratings import RatingMatch, find_label, load_scale, map_rating, scale_ids
from claimtrack.exchange.results import Exported, Imported

__all__ = [
    "Exported",
    "Imported",
    "Kept",
    "RatingMatch",
    "check_claimreview",
    "find_label",
    "find_losses",
    "from_claimreview",
    "from_fact_check_page",
    "from_fact_check_search",
    "keep_imported",
    "load_scale",
    "map_rating",
    "read_claimreviews",
    "scale_ids",
    "to_claimreview",
    "to_claimreview_json",
    "to_fact_check_page",
]
