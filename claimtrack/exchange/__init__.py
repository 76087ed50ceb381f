"""Other people's formats, in and out: ClaimReview, ratings, data sets, tables, JSON Lines and web annotations."""

from claimtrack.exchange.annotations import from_annotations, to_annotations
from claimtrack.exchange.claimreview import (
    check_claimreview,
    find_losses,
    from_claimreview,
    read_claimreviews,
    to_claimreview,
    to_claimreview_json,
)
from claimtrack.exchange.columns import COLUMNS, Column, FigureRow, SpeakerRow
from claimtrack.exchange.datasets import from_dataset, read_dataset, to_dataset
from claimtrack.exchange.fact_check_tools import from_fact_check_page, from_fact_check_search, to_fact_check_page
from claimtrack.exchange.json_lines import Line, read_json_lines, to_json_line, write_json_lines
from claimtrack.exchange.keeping import Kept, keep_imported
from claimtrack.exchange.keeping_rows import KeptRow, keep_lines, keep_rows
from claimtrack.exchange.newsroom_rows import NewsroomRow, read_rows
from claimtrack.exchange.ratings import RatingMatch, find_label, load_scale, map_rating, scale_ids
from claimtrack.exchange.results import Exported, Imported
from claimtrack.exchange.row_mapping import RowMapping, load_mapping
from claimtrack.exchange.tables import TableRow, from_frame, read_table, to_frame, write_table

__all__ = [
    "COLUMNS",
    "Column",
    "Exported",
    "FigureRow",
    "Imported",
    "Kept",
    "KeptRow",
    "Line",
    "NewsroomRow",
    "RatingMatch",
    "RowMapping",
    "SpeakerRow",
    "TableRow",
    "check_claimreview",
    "find_label",
    "find_losses",
    "from_annotations",
    "from_claimreview",
    "from_dataset",
    "from_fact_check_page",
    "from_fact_check_search",
    "from_frame",
    "keep_imported",
    "keep_lines",
    "keep_rows",
    "load_mapping",
    "load_scale",
    "map_rating",
    "read_claimreviews",
    "read_dataset",
    "read_json_lines",
    "read_rows",
    "read_table",
    "scale_ids",
    "to_annotations",
    "to_claimreview",
    "to_claimreview_json",
    "to_dataset",
    "to_fact_check_page",
    "to_frame",
    "to_json_line",
    "write_json_lines",
    "write_table",
]
