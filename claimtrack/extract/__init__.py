"""Article in, claims out: attributions, speakers, figures, dates, narration."""

from claimtrack.extract.attribution import TAGGERS, Tagger, find_attributions
from claimtrack.extract.claims import Extraction, extract_claims
from claimtrack.extract.dates import find_dates
from claimtrack.extract.figures import find_figures
from claimtrack.extract.many import extract_many
from claimtrack.extract.values import Attribution, DateMention, Figure

__all__ = [
    "TAGGERS",
    "Attribution",
    "DateMention",
    "Extraction",
    "Figure",
    "Tagger",
    "extract_claims",
    "extract_many",
    "find_attributions",
    "find_dates",
    "find_figures",
]
