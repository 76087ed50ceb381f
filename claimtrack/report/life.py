"""A claim's life in the terminal: its history line by line, and the queue of what waits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from claimtrack.models import Event
from claimtrack.report.terminal import safe, speakers_line
from claimtrack.track import Waiting

if TYPE_CHECKING:
    from rich.table import Table


def event_lines(event: Event) -> Iterator[str]:
    """Give an event as lines for people: when, who, what, from where to where; then its details and its reason."""
    moved = f": {event.from_} → {event.to}" if event.from_ and event.to and event.from_ != event.to else ""
    yield safe(f"{event.at}  {event.by}  {event.action.replace('_', ' ')}{moved}  [{event.id}]")
    if event.data is not None:
        for name, value in event.data.model_dump(mode="json", exclude_none=True).items():
            told = ", ".join(f"{key} {one}" for key, one in value.items()) if isinstance(value, dict) else value
            yield safe(f"    {name}: {told}")
    if event.why is not None:
        yield safe(f"    why: {' '.join(event.why.split())}")


def queue_table(waiting: Iterable[Waiting]) -> Table:
    """Give what waits as a table: the step, for whom, until when, and which claim."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("waits for", no_wrap=True)
    table.add_column("whom", overflow="fold", min_width=8, max_width=20)
    table.add_column("due", no_wrap=True)
    table.add_column("claim", overflow="fold", ratio=1, min_width=20)
    table.add_column("statement", overflow="fold", ratio=1, min_width=20)
    for one in waiting:
        whom = one.person or (f"not {', '.join(one.without)}" if one.without else "anybody")
        due = f"{one.due} overdue" if one.overdue else one.due or ""
        table.add_row(
            one.step,
            Text(safe(whom)),
            Text(due, style="bold red" if one.overdue else ""),
            Text(one.claim.id),
            Text(safe(f"{speakers_line(one.claim)}: {' '.join(one.claim.statement.split())}")),
        )
    return table
