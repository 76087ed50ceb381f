"""Stores in a database, and what a person at psql sees of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from claimtrack.store import Store
from tests.postgres_server import PostgresServer
from tests.store import by_hand
from tests.store.news import make_article, make_claims

Sql = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def newsroom(empty_database: str) -> Iterator[Store]:
    """Give a store with an article and three claims."""
    with Store.open(empty_database, create=False) as store:
        yield _filled(store)


@pytest.fixture
def own(server: PostgresServer) -> Iterator[Store]:
    """Give such a store in a database of its own, for a test that changes more than documents."""
    with Store.open(server.new_database(template="template_news"), create=False) as store:
        yield _filled(store)


def _filled(store: Store) -> Store:
    article = make_article()
    store.add(article, make_claims(article))
    return store


@pytest.fixture
def sql(request: pytest.FixtureRequest) -> Sql:
    """Give a function that runs a statement on the store's database beside the store, and gives the rows."""
    name = "own" if "own" in request.fixturenames else "newsroom"
    store: Store = request.getfixturevalue(name)

    def run(statement: str, *values: Any) -> list[tuple[Any, ...]]:
        with by_hand.rows(store) as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Store:
    """Give a store in a folder, with nothing in it."""
    return Store(tmp_path / "newsroom")


@pytest.fixture
def snapshot_of() -> Callable[[Store], object]:
    """Give a function that tells all that is stored, and what tells that it was written again."""
    return by_hand.look_at
