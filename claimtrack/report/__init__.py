"""What people look at: pages of an article and of a store, and tables for the terminal."""

from claimtrack.report.life import event_lines, queue_table
from claimtrack.report.pages import to_html
from claimtrack.report.speakers import matches_table, speaker_card, speakers_table
from claimtrack.report.store_page import Contents, read_contents, store_page
from claimtrack.report.terminal import claim_card, claims_table, explained_claims, listing_table
from claimtrack.report.text_view import article_text

__all__ = [
    "Contents",
    "article_text",
    "claim_card",
    "claims_table",
    "event_lines",
    "explained_claims",
    "listing_table",
    "matches_table",
    "queue_table",
    "read_contents",
    "speaker_card",
    "speakers_table",
    "store_page",
    "to_html",
]
