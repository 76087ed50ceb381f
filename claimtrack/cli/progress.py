"""How far long work has come: a bar on a terminal, a line every half minute elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Final

from claimtrack.cli.output import say

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from claimtrack.batch import Progress

EVERY: Final = 30.0
"""Seconds between two lines."""


class Teller:
    """Tells of the progress of a batch on standard error; the speed is that of this run alone."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._began = self._told = time.monotonic()
        self._start: int | None = None
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Teller:
        """Show the bar, where there is a terminal."""
        if not self._quiet and sys.stderr.isatty():
            self._bar = _bar()
            self._bar.start()
            self._task = self._bar.add_task("", total=None)
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        """Leave the bar as it stands."""
        if self._bar is not None:
            self._bar.stop()

    def tell(self, progress: Progress) -> None:
        """Tell how far it has come, where it is time to."""
        now = time.monotonic()
        if self._start is None:  # what an earlier run has read says nothing of this one's speed
            self._start, self._began = progress.place, now
        if self._bar is not None and self._task is not None:
            self._bar.update(
                self._task, total=progress.size, completed=progress.place, description=self._line(progress)
            )
        elif not self._quiet and now - self._told >= EVERY:
            self._told = now
            say(self._line(progress))

    def _line(self, progress: Progress) -> str:
        spent = time.monotonic() - self._began
        done = progress.place - (self._start or 0)
        line = f"{progress.records:,} records, {progress.claims:,} claims, {progress.rejected:,} rejected"
        if spent < 1 or not done:
            return line
        speed = (progress.records - progress.kept) / spent
        left = spent * (progress.size - progress.place) / done
        return f"{line}; {speed:,.1f} records/s, {_duration(left)} left"


def _duration(seconds: float) -> str:
    """Give a time as people say it.

    >>> _duration(42), _duration(5400)
    ('42 s', '1 h 30 min')
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    hours, minutes = divmod(round(whole / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    columns = (BarColumn(bar_width=20), TaskProgressColumn(), TextColumn("{task.description}", markup=False))
    return Progress(*columns, console=Console(stderr=True), refresh_per_second=2)
