"""How a store shows itself in a notebook: where it is and how many documents of each kind it holds."""

from __future__ import annotations

from claimtrack.models.notebook import rows_table
from claimtrack.store.home import Home
from claimtrack.store.paths import DEPTH


def store_table(home: Home) -> str:
    """Give a store as an HTML table. Documents are counted, not read, so a large store shows itself at once."""
    with home.opened() as opened:
        counts = {kind: opened.count((kind,)) for kind in DEPTH}
    return rows_table([("store", str(home)), *((kind, f"{count:,}") for kind, count in counts.items())])
