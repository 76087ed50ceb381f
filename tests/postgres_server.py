"""A real PostgreSQL server of our own: in a temporary folder, on a socket, run by an ordinary user."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import attrs

USER = "desk"
_QUICK = ("fsync=off", "synchronous_commit=on", "full_page_writes=off", "autovacuum=off")
"""For tests, which cut no power: what is committed need not reach the device. Nothing happens by itself."""
_SMALL = ("shared_buffers=64MB", "max_connections=40", "log_min_messages=fatal", "autovacuum_naptime=10s")


def find_programs() -> Path | None:
    """Give the folder of PostgreSQL's programs, the newest where there are several, or None."""
    folders = [Path(found).resolve().parent for name in ("postgres", "pg_ctl") if (found := shutil.which(name))]
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -float(path.parent.name))
    return next((one for one in (*folders, *debian) if (one / "initdb").exists()), None)


@attrs.define
class PostgresServer:
    """A server; each database is made from the one before it was opened for writing."""

    programs: Path
    folder: Path
    options: tuple[str, ...]
    made: int = 0

    @property
    def data(self) -> Path:
        """Where its files are."""
        return self.folder / "data"

    def address(self, database: str, *, user: str = USER) -> str:
        """Give the address of a database."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def new_database(self, *, template: str = "template0", encoding: str = "UTF8") -> str:
        """Give the address of a new database."""
        self.made += 1
        name = f"news{self.made}"
        self.run_sql(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING '{encoding}'")
        return self.address(name)

    def run_sql(self, statement: str, *, database: str = "postgres") -> str:
        """Give what psql prints for a statement."""
        told = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", str(self.folder), "-U", USER]
        done = subprocess.run(
            [self.programs / told[0], *told[1:], "-d", database, "-c", statement],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self) -> None:
        """Start it, and wait until it answers."""
        told = " ".join(f"-c {option}" for option in (*self.options, "listen_addresses=", "port=5432"))
        self._control("start", "-w", "-o", f"{told} -k {self.folder}", "-l", str(self.folder / "log"))

    def stop(self, how: str = "immediate") -> None:
        """Stop it: at once without tidying up, or `fast`."""
        self._control("stop", "-w", "-m", how)

    def kill_backends(self, database: str) -> None:
        """End all connections to a database, as a broken network does."""
        self.run_sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")

    def kill(self) -> None:
        """Kill every process of it at once, as a power cut does."""
        main = int((self.data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{main}/task/{main}/children")
        found = [int(one) for one in children.read_text().split()] if children.exists() else []
        for process in (main, *found):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        for process in (main, *found):
            while Path(f"/proc/{process}").exists():
                time.sleep(0.01)

    def _control(self, *words: str) -> None:
        self.as_owner("pg_ctl", "-D", str(self.data), "-s", *words)

    def as_owner(self, program: str, *words: str) -> None:
        """Run one of PostgreSQL's programs as who owns the server: it refuses to be run by root."""
        as_user = ["runuser", "-u", _ordinary_user(), "--"] if os.getuid() == 0 else []
        subprocess.run(
            [*as_user, str(self.programs / program), *words], check=True, cwd=self.folder, stdout=subprocess.DEVNULL
        )


@contextlib.contextmanager
def postgres_server(*, durable: bool = False, folder: str | None = None) -> Iterator[PostgresServer]:
    """Give a server that runs; as real servers are with `durable`, else quick. Its folder goes when it is done."""
    programs = find_programs()
    assert programs is not None
    # A socket's path may have some hundred letters only.
    with tempfile.TemporaryDirectory(prefix="claimtrack-pg-", dir=folder) as made:
        options = _SMALL if durable else (*_SMALL, *_QUICK)
        server = PostgresServer(programs, Path(made), options)
        if os.getuid() == 0:
            owner = pwd.getpwnam(_ordinary_user())
            os.chown(made, owner.pw_uid, owner.pw_gid)
        server.as_owner(
            "initdb", "-D", str(server.data), "-A", "trust", "-U", USER, "--no-sync", "-E", "UTF8", "--locale=C"
        )
        server.start()
        try:
            yield server
        finally:
            with contextlib.suppress(subprocess.CalledProcessError):  # a test may have stopped it
                server.stop()


def _ordinary_user() -> str:
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"
