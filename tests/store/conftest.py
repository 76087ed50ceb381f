"""Stores in fresh folders, and what stands in them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from claimtrack.store import Store
from claimtrack.store.files import folders
from tests.postgres_server import PostgresServer, find_programs, postgres_server
from tests.store import by_hand
from tests.store.by_hand import Snapshot, look_at

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))


@pytest.fixture
def platform(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a test twice: as on Linux and macOS, and as on a platform that cannot look names up in open folders.

    It makes no difference to a database, on which the test runs once.
    """
    if request.param == "checked paths":
        monkeypatch.setattr(folders, "DIR_FD", False)
    elif not folders.DIR_FD:
        pytest.skip("this platform cannot look names up in open folders")
    return str(request.param)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test of a store on a folder and on a database."""
    platforms = ["open folders", "checked paths"]
    if {"store", "platform"} <= {*metafunc.fixturenames}:
        runs = [*(("folder", platform) for platform in platforms), ("database", platforms[0])]
        metafunc.parametrize("store, platform", runs, indirect=True)
    elif "store" in metafunc.fixturenames:
        metafunc.parametrize("store", ["folder", "database"], indirect=True)
    elif "platform" in metafunc.fixturenames:
        metafunc.parametrize("platform", platforms, indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out the database where a test, or one of its cases, is about files."""
    items[:] = [
        item
        for item in items
        if item.get_closest_marker("files") is None
        or getattr(item, "callspec", None) is None
        or item.callspec.params.get("store") != "database"
    ]


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer]:
    """Give a PostgreSQL server with an empty store in the database `template_news`."""
    if find_programs() is None:
        pytest.skip("no PostgreSQL server is installed here (on Debian: apt-get install postgresql)")
    with postgres_server() as server:
        server.run_sql("CREATE DATABASE template_news TEMPLATE template0 ENCODING 'UTF8'")
        Store.open(server.address("template_news")).close()
        yield server


@pytest.fixture(scope="session")
def one_database(server: PostgresServer) -> str:
    """Give the address of a store that one test after another uses: making and removing a database takes a while."""
    return server.new_database(template="template_news")


@pytest.fixture
def empty_database(one_database: str) -> str:
    """Give the address of an empty store that nobody else uses now."""
    by_hand.empty(one_database)
    return one_database


@pytest.fixture
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Give an empty store: in a folder, or in a database."""
    if request.param == "folder":
        yield Store(tmp_path / "newsroom")
        return
    with Store.open(request.getfixturevalue("empty_database"), create=False) as store:
        yield store


@pytest.fixture
def snapshot(store: Store) -> Snapshot:
    """Give a function that tells all that is stored, with its bytes and what tells that they were written again."""
    return lambda: look_at(store)
