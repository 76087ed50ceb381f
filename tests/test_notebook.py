"""docs/notebook.ipynb runs, and shows what it showed when it was written.

CLAIMTRACK_REWRITE=1 keeps what it shows now: read the diff before you keep it.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

nbformat = pytest.importorskip("nbformat", reason="notebooks need the extra: pip install 'claimtrack[notebook]'")
nbclient = pytest.importorskip("nbclient", reason="notebooks need the extra: pip install 'claimtrack[notebook]'")

ROOT = Path(__file__).parents[1]
NOTEBOOK = ROOT / "docs" / "notebook.ipynb"


def shown(notebook: Any) -> list[str]:
    """Give what the cells of code show, as text and as HTML."""
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    return [text for one in outputs for text in (one.get("text"), *sorted(one.get("data", {}).values())) if text]


@pytest.mark.filterwarnings("default")
def test_the_notebook_runs_and_shows_what_is_written_in_it(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    (tmp_path / "docs").mkdir()
    written = nbformat.read(NOTEBOOK, as_version=4)
    run = nbformat.read(NOTEBOOK, as_version=4)
    nbclient.NotebookClient(run, timeout=120, resources={"metadata": {"path": tmp_path / "docs"}}).execute()
    if os.environ.get("CLAIMTRACK_REWRITE"):
        run.metadata = written.metadata
        for cell in run.cells:
            cell.metadata.clear()  # when each ran
        nbformat.write(run, NOTEBOOK)
        written = run
    assert len(shown(run)) >= 7
    assert shown(run) == shown(written)


def test_documents_in_the_notebook_are_shown_as_tables() -> None:
    tables = [text for text in shown(nbformat.read(NOTEBOOK, as_version=4)) if text.startswith("<")]
    assert len(tables) == 2
    assert all("passengers" in table for table in tables)
