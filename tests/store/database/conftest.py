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
def address(server: PostgresServer) -> str:
    """Give the address of an empty store."""
    return server.new_database(template="template_news")


@pytest.fixture
def newsroom(address: str) -> Iterator[Store]:
    """Give a store with an article and three claims."""
    article = make_article()
    with Store.open(address, create=False) as store:
        store.add(article, make_claims(article))
        yield store


@pytest.fixture
def sql(newsroom: Store) -> Sql:
    """Give a function that runs a statement on the store's database beside the store, and gives the rows."""

    def run(statement: str, *values: Any) -> list[tuple[Any, ...]]:
        with by_hand.rows(newsroom) as cursor:
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
