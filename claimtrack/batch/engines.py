"""Who does the work: this process, several of this machine, or a cluster of Dask's. The results are the same."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from typing import Literal, TypeVar, get_args

import attrs

from claimtrack.errors import did_you_mean
from claimtrack.extract.processes import count_workers, map_in_processes

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

EngineName = Literal["here", "processes", "dask"]


@attrs.frozen(slots=True)
class Engine:
    """Who does the work of a batch: "here" (this process), "processes" (of this machine), or "dask".

    `workers` is the number of processes, as many as there are cores where it is None. `scheduler` is the address of a
    Dask scheduler that is running already; without one Dask is started on this machine, and ended afterwards. A worker
    that is killed stops a run with "processes", which can be gone on with; "dask" does its part again.

    >>> Engine("processes", workers=2)
    Engine(name='processes', workers=2, scheduler=None)

    Raises ValueError where the three do not go together.
    """

    name: EngineName = "here"
    workers: int | None = attrs.field(default=None, kw_only=True)
    scheduler: str | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Hold the values to each other."""
        names = get_args(EngineName)
        if self.name not in names:
            guess = did_you_mean(str(self.name), names) or f"; there is: {', '.join(names)}"
            raise ValueError(f"no engine is called {self.name!r}{guess}")
        if self.workers is not None:
            count_workers(self.workers)
        if self.name == "here" and self.workers not in (None, 1):
            raise ValueError(f"here is one process, so workers={self.workers} needs processes or dask")
        if self.scheduler is not None and self.name != "dask":
            raise ValueError(f"a scheduler is for dask, not for {self.name}")
        if self.scheduler is not None and self.workers is not None:
            raise ValueError("a scheduler has workers of its own; leave workers out")

    def map(self, work: Callable[[_Task], _Result], tasks: Iterable[_Task]) -> Generator[_Result, None, None]:
        """Give what `work` makes of each task, in their order; tasks are taken as they are needed.

        Raises BatchError where a worker is killed, or a scheduler cannot be reached, and MissingExtraError for Dask
        without the extra.
        """
        if self.name == "here":
            return (work(task) for task in tasks)
        if self.name == "processes":
            return map_in_processes(work, tasks, workers=count_workers(self.workers))
        from claimtrack.batch.on_dask import map_on_dask

        return map_on_dask(work, tasks, workers=count_workers(self.workers), scheduler=self.scheduler)
