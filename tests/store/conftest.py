"""Stores in fresh folders, and what stands in them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from claimtrack.store import Store
from claimtrack.store.files import folders
from tests.postgres_server import PostgresServer, find_programs, postgres_server

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

Snapshot = Callable[[], dict[str, tuple[bytes, int]]]


@pytest.fixture(params=["open folders", "checked paths"])
def platform(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a test twice: as on Linux and macOS, and as on a platform that cannot look names up in open folders."""
    if request.param == "checked paths":
        monkeypatch.setattr(folders, "DIR_FD", False)
    elif not folders.DIR_FD:
        pytest.skip("this platform cannot look names up in open folders")
    return str(request.param)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test of a store on a folder and on a database; on a folder alone where it looks at files."""
    if "store" in metafunc.fixturenames:
        is_of_files = metafunc.definition.get_closest_marker("files") or {"snapshot", "platform"} & {
            *metafunc.fixturenames
        }
        metafunc.parametrize("store", ["folder"] if is_of_files else ["folder", "database"], indirect=True)


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer]:
    """Give a PostgreSQL server with an empty store in the database `template_news`."""
    if find_programs() is None:
        pytest.skip("no PostgreSQL server is installed here (on Debian: apt-get install postgresql)")
    with postgres_server() as server:
        server.run_sql("CREATE DATABASE template_news TEMPLATE template0 ENCODING 'UTF8'")
        Store.open(server.address("template_news")).close()
        yield server


@pytest.fixture
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Give an empty store: in a folder, or in a database."""
    if request.param == "folder":
        yield Store(tmp_path / "newsroom")
        return
    server: PostgresServer = request.getfixturevalue("server")
    with Store.open(server.new_database(template="template_news"), create=False) as store:
        yield store


@pytest.fixture
def snapshot(store: Store) -> Snapshot:
    """Give a function that tells all files of the store, with their bytes and times."""

    def files() -> dict[str, tuple[bytes, int]]:
        found = (path for path in store.folder.rglob("*") if path.is_file() and ".claimtrack" not in path.parts)
        return {
            path.relative_to(store.folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in found
        }

    return files
