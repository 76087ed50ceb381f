"""The public names are a promise: they are pinned here, documented, and typed as they are imported."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import claimtrack
from claimtrack.cli.main import COMMANDS, LIFE, STEPS

ROOT = Path(__file__).parents[1]
NAMES = [
    *("Added", "Anchor", "Article", "Attribution", "Claim", "ClaimtrackError", "DocumentError", "Evidence"),
    *("EvidenceLink", "Extraction", "Figure", "FileMissingError", "FilterError", "Finding"),
    *("MissingExtraError", "NotFoundError"),
    *("ReadError", "Span", "Speaker", "SpeakerRecord", "Store", "StoreError", "TaggerError", "Text", "__version__"),
    *("ConflictError", "TransitionError", "track"),
    *(
        "Identifier",
        "KnownSpeaker",
        "Shared",
        "SpeakerDecision",
        "SpeakerError",
        "SpeakerMatch",
        "SpeakerRegistry",
        "SpeakerRole",
    ),
    *("ClaimFinding", "Comparison", "DateMention", "check_claims", "compare_figures", "find_dates"),
    *("extract_claims", "extract_many", "find_attributions", "find_figures", "json_schema", "load_document"),
    *("read_article", "to_html", "validate_document"),
    *("Exported", "Imported", "Kept", "RatingMatch", "check_claimreview", "find_losses", "from_claimreview"),
    *("from_fact_check_page", "from_fact_check_search", "keep_imported", "map_rating", "read_claimreviews"),
    *("to_claimreview", "to_claimreview_json", "to_fact_check_page"),
    *("from_annotations", "from_dataset", "from_frame", "keep_rows", "load_mapping", "read_dataset"),
    *("read_json_lines", "read_rows", "read_table", "to_annotations", "to_dataset", "to_frame"),
    *("write_json_lines", "write_table"),
    *("AnchorMatch", "Capture", "CaptureError", "Carried", "Limits", "QuoteComparison", "capture_file", "capture_page"),
    *("Batch", "BatchError", "Engine", "Progress", "extract_batch", "join_batch"),
    *("compare_quote", "find_independent", "match_anchor", "match_anchors"),
]


def test_the_public_names_are_these_and_no_others() -> None:
    assert sorted(claimtrack.__all__) == sorted(NAMES)
    assert set(claimtrack.__all__) <= set(dir(claimtrack))


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    assert getattr(claimtrack, name) is not None
    assert re.search(rf"\b{name}\b", (ROOT / "docs" / "api.md").read_text("utf-8"))
    assert name == "__version__" or getattr(claimtrack, name).__doc__


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'claimtrack' has no attribute 'extract_claim'"):
        claimtrack.extract_claim  # noqa: B018


def test_type_checkers_see_the_names_that_are_imported_late() -> None:
    tree = ast.parse(Path(claimtrack.__file__).read_text("utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {
        f"{item.module}.{alias.name}" for item in block.body if isinstance(item, ast.ImportFrom) for alias in item.names
    }
    late = {f"{claimtrack._HOME[name]}.{name}" for name in NAMES if name != "__version__"}
    assert seen == late


@pytest.mark.parametrize("command", [*COMMANDS, *LIFE])
def test_every_command_is_documented(command: str) -> None:
    assert f"\n## claimtrack {command}\n" in (ROOT / "docs" / "command-line.md").read_text("utf-8")


@pytest.mark.parametrize("step", STEPS)
def test_every_step_of_a_claims_life_is_documented(step: str) -> None:
    assert f"\n| `{step}` |" in (ROOT / "docs" / "command-line.md").read_text("utf-8")


def test_importing_claimtrack_loads_no_library() -> None:
    code = (
        "import sys; before = set(sys.modules); import claimtrack;"
        "new = {name.split('.')[0] for name in set(sys.modules) - before};"
        "heavy = 'attrs click jinja2 jsonschema numpy pydantic rich trafilatura yaml';"
        "print(sorted(new & set(heavy.split())))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
