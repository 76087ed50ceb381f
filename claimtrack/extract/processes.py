"""Work shared among processes of this machine, and its results in order."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

from claimtrack.errors import BatchError

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

AHEAD = 2
"""Tasks for each worker that are under way: one being done and one that waits, so that nobody idles."""


def count_workers(workers: int | None = None) -> int:
    """Give the number of workers: what is asked for, or as many as this process has cores.

    >>> count_workers(3)
    3

    Raises ValueError for fewer than one.
    """
    if workers is None:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if workers < 1:
        raise ValueError(f"workers is {workers}; at least one process must do the work")
    return workers


def map_in_processes(
    work: Callable[[_Task], _Result], tasks: Iterable[_Task], *, workers: int
) -> Generator[_Result, None, None]:
    """Give what `work` makes of each task, in the order of the tasks, which are taken as they are needed.

    When the results are no longer asked for, or this process dies, the workers end at once.

    Raises BatchError where a worker is killed, and what `work` raises.
    """
    context = get_context("spawn")
    lifeline, held = context.Pipe(duplex=False)
    waiting: deque[Future[_Result]] = deque()
    source, begun = iter(tasks), False
    with lifeline:
        pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(lifeline,))
        try:
            while True:
                while len(waiting) < AHEAD * workers and (task := next(source, _NONE)) is not _NONE:
                    waiting.append(pool.submit(work, task))  # type: ignore[arg-type]
                if not waiting:
                    break
                result = waiting.popleft().result()
                begun = True
                yield result
        except BrokenProcessPool:
            guard = "" if begun else ', or could not begin: a script needs the line if __name__ == "__main__":'
            raise BatchError(f"a worker was killed, by somebody or for want of memory{guard}") from None
        finally:
            if waiting:
                held.close()
                # A worker that ends while it sends a result leaves half of it, and the pool would wait for the other
                # half as long as this process can write to the pipe as well.
                pool._result_queue._writer.close()  # type: ignore[attr-defined]
            pool.shutdown(cancel_futures=True)
            held.close()


_NONE = object()


def _begin(lifeline: Connection) -> None:
    """Leave Ctrl-C to the parent, and end when the parent lets go of its end of the line."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()


def _end_with(lifeline: Connection) -> None:
    lifeline.poll(None)
    os._exit(1)
