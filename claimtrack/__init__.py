"""Split news articles into attributed claims and keep each as a validated JSON document.

>>> import claimtrack
>>> article = claimtrack.read_article(text="The ferry sank, Captain Ann Silva said. All 38 passengers survived.")
>>> for claim in claimtrack.extract_claims(article):
...     print(claim.speaker.name, "|", claim.statement, "|", [str(figure.value) for figure in claim.figures])
Ann Silva | The ferry sank | []
None | All 38 passengers survived. | ['38']

Names are imported when they are first used, so that `import claimtrack` costs next to nothing.
"""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any

from claimtrack.version import __version__

if TYPE_CHECKING:
    from claimtrack import track as track
    from claimtrack.batch import Batch as Batch
    from claimtrack.batch import Engine as Engine
    from claimtrack.batch import Progress as Progress
    from claimtrack.batch import extract_batch as extract_batch
    from claimtrack.batch import join_batch as join_batch
    from claimtrack.capture import Capture as Capture
    from claimtrack.capture import Limits as Limits
    from claimtrack.capture import capture_file as capture_file
    from claimtrack.capture import capture_page as capture_page
    from claimtrack.check import ClaimFinding as ClaimFinding
    from claimtrack.check import Comparison as Comparison
    from claimtrack.check import check_claims as check_claims
    from claimtrack.check import compare_figures as compare_figures
    from claimtrack.errors import BatchError as BatchError
    from claimtrack.errors import CaptureError as CaptureError
    from claimtrack.errors import ClaimtrackError as ClaimtrackError
    from claimtrack.errors import ConflictError as ConflictError
    from claimtrack.errors import DocumentError as DocumentError
    from claimtrack.errors import FileMissingError as FileMissingError
    from claimtrack.errors import FilterError as FilterError
    from claimtrack.errors import Finding as Finding
    from claimtrack.errors import MissingExtraError as MissingExtraError
    from claimtrack.errors import NotFoundError as NotFoundError
    from claimtrack.errors import ReadError as ReadError
    from claimtrack.errors import SpeakerError as SpeakerError
    from claimtrack.errors import StoreError as StoreError
    from claimtrack.errors import TaggerError as TaggerError
    from claimtrack.errors import TransitionError as TransitionError
    from claimtrack.exchange import Exported as Exported
    from claimtrack.exchange import Imported as Imported
    from claimtrack.exchange import Kept as Kept
    from claimtrack.exchange import RatingMatch as RatingMatch
    from claimtrack.exchange import check_claimreview as check_claimreview
    from claimtrack.exchange import find_losses as find_losses
    from claimtrack.exchange import from_annotations as from_annotations
    from claimtrack.exchange import from_claimreview as from_claimreview
    from claimtrack.exchange import from_dataset as from_dataset
    from claimtrack.exchange import from_fact_check_page as from_fact_check_page
    from claimtrack.exchange import from_fact_check_search as from_fact_check_search
    from claimtrack.exchange import from_frame as from_frame
    from claimtrack.exchange import keep_imported as keep_imported
    from claimtrack.exchange import keep_rows as keep_rows
    from claimtrack.exchange import load_mapping as load_mapping
    from claimtrack.exchange import map_rating as map_rating
    from claimtrack.exchange import read_claimreviews as read_claimreviews
    from claimtrack.exchange import read_dataset as read_dataset
    from claimtrack.exchange import read_json_lines as read_json_lines
    from claimtrack.exchange import read_rows as read_rows
    from claimtrack.exchange import read_table as read_table
    from claimtrack.exchange import to_annotations as to_annotations
    from claimtrack.exchange import to_claimreview as to_claimreview
    from claimtrack.exchange import to_claimreview_json as to_claimreview_json
    from claimtrack.exchange import to_dataset as to_dataset
    from claimtrack.exchange import to_fact_check_page as to_fact_check_page
    from claimtrack.exchange import to_frame as to_frame
    from claimtrack.exchange import write_json_lines as write_json_lines
    from claimtrack.exchange import write_table as write_table
    from claimtrack.extract import Attribution as Attribution
    from claimtrack.extract import DateMention as DateMention
    from claimtrack.extract import Extraction as Extraction
    from claimtrack.extract import Figure as Figure
    from claimtrack.extract import extract_claims as extract_claims
    from claimtrack.extract import extract_many as extract_many
    from claimtrack.extract import find_attributions as find_attributions
    from claimtrack.extract import find_dates as find_dates
    from claimtrack.extract import find_figures as find_figures
    from claimtrack.models import Anchor as Anchor
    from claimtrack.models import Article as Article
    from claimtrack.models import Claim as Claim
    from claimtrack.models import Evidence as Evidence
    from claimtrack.models import EvidenceLink as EvidenceLink
    from claimtrack.models import Identifier as Identifier
    from claimtrack.models import Speaker as Speaker
    from claimtrack.models import SpeakerDecision as SpeakerDecision
    from claimtrack.models import SpeakerRecord as SpeakerRecord
    from claimtrack.models import SpeakerRole as SpeakerRole
    from claimtrack.models import find_independent as find_independent
    from claimtrack.models import json_schema as json_schema
    from claimtrack.models import load_document as load_document
    from claimtrack.models import validate_document as validate_document
    from claimtrack.read import read_article as read_article
    from claimtrack.report import to_html as to_html
    from claimtrack.store import Added as Added
    from claimtrack.store import Carried as Carried
    from claimtrack.store import KnownSpeaker as KnownSpeaker
    from claimtrack.store import Shared as Shared
    from claimtrack.store import SpeakerMatch as SpeakerMatch
    from claimtrack.store import SpeakerRegistry as SpeakerRegistry
    from claimtrack.store import Store as Store
    from claimtrack.text import AnchorMatch as AnchorMatch
    from claimtrack.text import QuoteComparison as QuoteComparison
    from claimtrack.text import Span as Span
    from claimtrack.text import Text as Text
    from claimtrack.text import compare_quote as compare_quote
    from claimtrack.text import match_anchor as match_anchor
    from claimtrack.text import match_anchors as match_anchors

_ROOMS = {
    "claimtrack": "track",
    "claimtrack.batch": "Batch Engine Progress extract_batch join_batch",
    "claimtrack.capture": "Capture Limits capture_file capture_page",
    "claimtrack.check": "ClaimFinding Comparison check_claims compare_figures",
    "claimtrack.errors": (
        "BatchError CaptureError ClaimtrackError ConflictError DocumentError FileMissingError FilterError Finding"
        " MissingExtraError NotFoundError ReadError SpeakerError StoreError TaggerError TransitionError"
    ),
    "claimtrack.exchange": (
        "Exported Imported Kept RatingMatch check_claimreview find_losses from_annotations from_claimreview"
        " from_dataset from_fact_check_page from_fact_check_search from_frame keep_imported keep_rows"
        " load_mapping map_rating read_claimreviews read_dataset read_json_lines read_rows read_table"
        " to_annotations to_claimreview to_claimreview_json to_dataset to_fact_check_page to_frame"
        " write_json_lines write_table"
    ),
    "claimtrack.extract": (
        "Attribution DateMention Extraction Figure extract_claims extract_many find_attributions find_dates"
        " find_figures"
    ),
    "claimtrack.models": (
        "Anchor Article Claim Evidence EvidenceLink Identifier Speaker SpeakerDecision SpeakerRecord SpeakerRole"
        " find_independent json_schema load_document validate_document"
    ),
    "claimtrack.read": "read_article",
    "claimtrack.report": "to_html",
    "claimtrack.store": "Added Carried KnownSpeaker Shared SpeakerMatch SpeakerRegistry Store",
    "claimtrack.text": "AnchorMatch QuoteComparison Span Text compare_quote match_anchor match_anchors",
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names.split()}

__all__ = ["__version__", *sorted(_HOME)]


def __getattr__(name: str) -> Any:
    """Import a public name from its room on first use (PEP 562)."""
    room = _HOME.get(name)
    if room is None:
        # With name and obj Python's traceback asks "Did you mean: 'read_article'?"
        raise AttributeError(f"module 'claimtrack' has no attribute {name!r}", name=name, obj=sys.modules[__name__])
    value = (
        importlib.import_module(f"{room}.{name}") if room == __name__ else getattr(importlib.import_module(room), name)
    )
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Give the public names."""
    return sorted(__all__)
