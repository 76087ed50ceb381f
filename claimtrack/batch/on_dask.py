"""Work shared by Dask: the tasks of a worker that is killed are done again, on this machine or on many.

The coordinator sends the records and writes the results, so that workers need no disk in common with it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import signal
import tempfile
import time
import uuid
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Any, Final, TypeVar

from claimtrack.batch.output import LastingError
from claimtrack.errors import BatchError, ClaimtrackError, MissingExtraError
from claimtrack.version import __version__

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

AHEAD: Final = 3
"""Tasks for each worker that are under way: the next ones are there before one is done."""
_PATIENCE: Final = 30
"""Seconds that a scheduler and its first worker are waited for."""
_ALONE: Final = 300
"""Seconds that a scheduler whose workers have all left is waited for: clusters start new ones meanwhile."""
_LOOKS: Final = 10
"""How often it is looked at in these seconds."""

_QUIET: Final = {
    "distributed.scheduler.http.routes": [],  # no dashboard, and nothing else to be asked over HTTP
    "distributed.worker.http.routes": [],
    "distributed.admin.low-level-log-length": 1,  # else a thousand tasks are kept with all their records
    "distributed.admin.large-graph-warning-threshold": "1GB",  # a record may be as long as 32 megabytes
    "distributed.worker.profile.enabled": False,  # nobody looks at it, and it looks a hundred times a second
    "distributed.worker.memory.spill": False,  # results are few and soon taken
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,
}


def map_on_dask(
    work: Callable[[_Task], _Result], tasks: Iterable[_Task], *, workers: int, scheduler: str | None
) -> Generator[_Result, None, None]:
    """Give what `work` makes of each task, in the order of the tasks, which are taken as they are needed.

    Raises BatchError where the scheduler cannot be reached, gives a task up or has no workers any more, or a worker has
    another version of claimtrack; MissingExtraError without Dask, and what `work` raises.
    """
    distributed = _library()
    run = uuid.uuid4().hex
    waiting: deque[Any] = deque()
    source = enumerate(tasks)
    with _client(distributed, workers, scheduler) as client:
        while True:
            with _explained():
                ahead = AHEAD * max(1, sum(client.nthreads().values()))
            while len(waiting) < ahead and (numbered := next(source, None)) is not None:
                number, task = numbered
                with _explained():
                    key = f"claimtrack-{run}-{number}"
                    waiting.append(client.submit(_checked, work, task, __version__, key=key, pure=False))
            if not waiting:
                return
            with _explained():
                version, result = _result_of(waiting.popleft(), client)
                _check_versions({version})
            yield result


def _checked(work: Callable[[_Task], _Result], task: _Task, version: str) -> tuple[str, _Result] | tuple[str, None]:
    """Give the version of claimtrack that a worker has, and what `work` makes of the task where that is `version`."""
    found = _version()  # of each task, because workers come and go
    return (found, work(task)) if found == version else (found, None)


def _result_of(future: Any, client: Any) -> Any:
    """Give the result of a task, which Dask waits for without end.

    Raises BatchError where no worker has been there for a while.
    """
    since: float | None = None
    while True:
        try:
            return future.result(timeout=_ALONE / _LOOKS)
        except TimeoutError:
            if future.status == "error":  # the work's own
                raise
        if client.nthreads():
            since = None
        else:
            since = time.monotonic() if since is None else since
            if (waited := time.monotonic() - since) >= _ALONE:
                raise BatchError(f"the Dask scheduler has had no worker for {waited:.0f} seconds; start some")


@contextlib.contextmanager
def _client(distributed: Any, workers: int, scheduler: str | None) -> Iterator[Any]:
    import dask

    with contextlib.ExitStack() as stack:
        stack.enter_context(dask.config.set(_QUIET | {"distributed.comm.timeouts.connect": f"{_PATIENCE}s"}))
        _silence(stack)
        if scheduler is None:
            folder = stack.enter_context(
                tempfile.TemporaryDirectory(prefix="claimtrack-dask-", ignore_cleanup_errors=True)
            )
            with _explained():
                cluster = distributed.LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    host="127.0.0.1",
                    local_directory=folder,
                    memory_limit=0,
                    silence_logs=logging.CRITICAL + 1,
                    scheduler_kwargs={"dashboard": False, "dashboard_address": "127.0.0.1:0"},
                )
            stack.enter_context(cluster)
            client = stack.enter_context(distributed.Client(cluster))
            client.register_plugin(_make_deaf(distributed))
        else:
            try:
                client = stack.enter_context(distributed.Client(scheduler, timeout=_PATIENCE))
                client.wait_for_workers(1, timeout=_PATIENCE)
            except (OSError, ValueError, TimeoutError) as error:
                why = " ".join(str(error).split())[:200] or "nobody answers"
                raise BatchError(
                    f"the Dask scheduler at {scheduler} cannot be used ({why}); see that it runs, and has workers"
                ) from None
            with _explained():
                _check_versions(set(client.run(_version).values()))
        yield client


def _silence(stack: contextlib.ExitStack) -> None:
    """Keep Dask's own account of what its workers do from the terminal, as long as it is at work for us."""
    for name in [name for name in logging.root.manager.loggerDict if re.match(r"distributed(\.|$)", name)]:
        logger = logging.getLogger(name)
        stack.callback(logger.setLevel, logger.level)
        logger.setLevel(logging.CRITICAL + 1)


def _make_deaf(distributed: Any) -> Any:
    """Give the plugin by which workers of our own leave Ctrl-C to this process."""

    class Deaf(distributed.WorkerPlugin):  # type: ignore[misc]
        name = "claimtrack-deaf"

        def setup(self, worker: Any) -> None:
            signal.signal(signal.SIGINT, signal.SIG_IGN)

    return Deaf()


def _check_versions(found: set[str]) -> None:
    """Raise BatchError where a worker has another claimtrack: its results would be others."""
    if others := sorted(found - {__version__}):
        raise LastingError(f"a worker has claimtrack {others[0]}, and this is {__version__}; install the same on both")


def _version() -> str:
    return __version__


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except ClaimtrackError:
        raise
    except (Exception, asyncio.CancelledError) as error:  # Dask, its transports and its pickles raise what they like
        told = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        raise BatchError(f"Dask gave up: {told}") from None


def _library() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise MissingExtraError(f"this engine needs the extra: pip install 'claimtrack[dask]' ({error})") from None
    return distributed
