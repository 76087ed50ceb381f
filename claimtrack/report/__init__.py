"""What people look at."""

from claimtrack.report.life import event_lines, queue_table
from claimtrack.report.speakers import matches_table, speaker_card, speakers_table
from claimtrack.report.terminal import claim_card, claims_table, explained_claims, listing_table

__all__ = [
    "claim_card",
    "claims_table",
    "event_lines",
    "explained_claims",
    "listing_table",
    "matches_table",
    "queue_table",
    "speaker_card",
    "speakers_table",
]
