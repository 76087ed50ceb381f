"""What people look at: the page of an article, and tables for the terminal."""

from claimtrack.report.article_page import to_html
from claimtrack.report.life import event_lines, queue_table
from claimtrack.report.speakers import matches_table, speaker_card, speakers_table
from claimtrack.report.terminal import claim_card, claims_table, explained_claims, listing_table
from claimtrack.report.text_view import article_text

__all__ = [
    "article_text",
    "claim_card",
    "claims_table",
    "event_lines",
    "explained_claims",
    "listing_table",
    "matches_table",
    "queue_table",
    "speaker_card",
    "speakers_table",
    "to_html",
]
