"""Connections to a database: one is kept for the next call, and whatever goes wrong comes out as a StoreError."""

from __future__ import annotations

import contextlib
import os
import re
import threading
import weakref
from collections.abc import Iterator
from typing import Any, Final

from claimtrack.errors import MissingExtraError, StoreError
from claimtrack.store.database.address import find_fault, shown

try:
    import psycopg
    from psycopg import conninfo, errors
except ImportError:
    raise MissingExtraError("psycopg is needed for databases: pip install 'claimtrack[postgresql]'") from None

Connection = psycopg.Connection[tuple[Any, ...]]

SCHEMA: Final = "claimtrack"
OLDEST: Final = 140000
"""PostgreSQL 14, as servers write their version."""
_SETTINGS: Final = (
    # pg_catalog comes first by itself: nothing in the database can stand in for what PostgreSQL brings.
    f"SET search_path = {SCHEMA}",
    "SET jit = off",  # compiling takes longer than any question here
    # A stopped program must not keep the others waiting for ever; what the address or the server says stays.
    "SELECT set_config('lock_timeout', '60s', false) WHERE current_setting('lock_timeout') = '0'",
    "SELECT set_config('idle_in_transaction_session_timeout', '120s', false) "
    "WHERE current_setting('idle_in_transaction_session_timeout') = '0'",
    # What is acknowledged is durable; stronger settings stay.
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'",
)
_USUAL: Final = {"connect_timeout": "10", "application_name": "claimtrack"}

_NEXT: Final[tuple[tuple[type[Exception], str], ...]] = (
    (errors.DiskFull, "free some space on the server and try again"),
    (errors.OutOfMemory, "the server has too little memory for this; make the document smaller, or try again later"),
    (errors.LockNotAvailable, "another program has kept the store for a minute; see what it is doing, then try again"),
    (errors.InsufficientPrivilege, "ask whoever runs the database for leave to do this"),
    (errors.ReadOnlySqlTransaction, "the database can only be read; give the address of the one that is written to"),
    (errors.ProgramLimitExceeded, "the document is too large for a database; make it smaller"),
    (errors.QueryCanceled, "somebody, or a time limit of the server, stopped this; try again"),
)


class Connections:
    """The connections of one store: made where none is free, and kept for the next call."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._shown = shown(address)
        self._free: list[Connection] = []
        self._process = os.getpid()
        self._lock = threading.Lock()
        # A store that is merely forgotten closes what it kept.
        weakref.finalize(self, _close, self._free, self._process)

    def __str__(self) -> str:
        return self._shown

    @contextlib.contextmanager
    def one(self) -> Iterator[Connection]:
        """Give a connection for a while; each statement is a transaction of its own unless one is begun.

        Raises StoreError in the place of whatever the database has to say.
        """
        connection = self._take()
        try:
            yield connection
        except psycopg.Error as error:
            raise explained(error, self._shown) from error
        finally:
            self._put_back(connection)

    def close(self) -> None:
        """Close those that are free."""
        with self._lock:
            _close(self._free, self._process)

    def _take(self) -> Connection:
        with self._lock:
            if self._process != os.getpid():
                self._process = os.getpid()
                self._free.clear()
            kept = self._free.pop() if self._free else None
        if kept is not None and _is_alive(kept):
            return kept
        return self._connect()

    def _put_back(self, connection: Connection) -> None:
        if connection.closed or connection.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
            connection.close()
            return
        with self._lock:
            self._free.append(connection)

    def _connect(self) -> Connection:
        fault, given = find_fault(self._address), {}
        try:
            given = conninfo.conninfo_to_dict(self._address) if fault is None else {}
        except psycopg.Error as error:
            fault = told(error)
            if any(piece not in self._shown for piece in re.findall('"([^"]*)"', fault)):
                fault = "it cannot be read"  # what cannot is quoted, and may be a piece of a password
        if fault is not None:
            raise StoreError(
                f"{self._shown}: this is no address of a database: {fault}; write postgresql://user@host/name"
            )
        settings: dict[str, Any] = {name: value for name, value in _USUAL.items() if name not in given}
        try:
            connection = psycopg.connect(
                self._address, autocommit=True, prepare_threshold=None, client_encoding="utf8", **settings
            )
            for setting in _SETTINGS:
                connection.execute(setting)
        except (psycopg.Error, UnicodeError) as error:
            raise StoreError(
                f"{self._shown}: the database cannot be reached: {told(error)}; "
                "check the address, and that the server runs and lets you in"
            ) from None
        connection.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        return connection


def explained(error: Exception, where: str) -> StoreError:
    """Give a StoreError that says what, where and what next."""
    for kind, hint in _NEXT:
        if isinstance(error, kind):
            return StoreError(f"{where}: {told(error)}; {hint}")
    if isinstance(error, psycopg.OperationalError):
        hint = "what was not reported as written was not; try again once the database is there"
        return StoreError(f"{where}: the database was lost: {told(error)}; {hint}")
    return StoreError(f"{where}: the database says: {told(error)}; what was not reported as written was not")


def _close(free: list[Connection], process: int) -> None:
    """Close connections, unless they are those of a parent process, which goes on using them."""
    while free:
        connection = free.pop()
        if process == os.getpid():
            connection.close()


def _is_alive(connection: Connection) -> bool:
    """Tell whether a connection that was kept is still good: the server may have been restarted meanwhile."""
    try:
        connection.execute("")
    except psycopg.Error:
        connection.close()
        return False
    return not connection.closed


def was_lost(error: psycopg.Error) -> bool:
    """Tell whether the connection is gone, so that nobody knows what became of what was last sent."""
    return error.sqlstate is None or error.sqlstate[:2] in ("08", "57")


def told(error: Exception) -> str:
    """Give the first line of what was said: what follows quotes the statement."""
    lines = str(error).strip().splitlines()
    return lines[0][:300] if lines else type(error).__name__
