"""How a store shows itself in a notebook: where it is and how many documents of each kind it holds."""

from __future__ import annotations

from pathlib import Path

from claimtrack.models.notebook import rows_table
from claimtrack.store.folders import open_folder
from claimtrack.store.listing import find_entries

_KINDS = ("articles", "claims", "evidence", "speakers")


def store_table(path: Path) -> str:
    """Give a store as an HTML table. Files are counted, not read, so a large store shows itself at once."""
    with open_folder(path) as root:
        counts = {
            kind: sum(one.kind == "file" and one.place[-1].endswith(".json") for one in find_entries(root, (kind,)))
            for kind in _KINDS
        }
    return rows_table([("store", str(path)), *((kind, f"{count:,}") for kind, count in counts.items())])
