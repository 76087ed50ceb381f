"""What people look at."""

from claimtrack.report.speakers import matches_table, speaker_card, speakers_table
from claimtrack.report.terminal import claim_card, claims_table, explained_claims, listing_table

__all__ = [
    "claim_card",
    "claims_table",
    "explained_claims",
    "listing_table",
    "matches_table",
    "speaker_card",
    "speakers_table",
]
