"""The tables of a database, made and brought up to date by numbered SQL files, each applied once."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import secrets
from importlib import resources
from typing import Final

from psycopg import errors

from claimtrack.errors import StoreError
from claimtrack.store.database.connecting import OLDEST, SCHEMA, Connection
from claimtrack.store.paths import FORMAT

LOCK: Final = 0x636C61696D  # "claim"
"""The advisory lock that writers of a store take; each database has its own."""
_FILE = re.compile(r"([0-9]{4})_([a-z_]+)\.sql")
_SCHEMA = f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"
_APPLIED = (
    "CREATE TABLE IF NOT EXISTS migration "
    "(number integer PRIMARY KEY, name text NOT NULL, applied timestamptz NOT NULL DEFAULT now())"
)
_EXTENSION = f"CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA {SCHEMA}"
_FIND_EXTENSION = (
    "SELECT set_config('search_path', current_setting('search_path') || ', ' || quote_ident(nspname), true) "
    "FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace WHERE extname = 'pg_trgm'"
)
_NO_EXTENSION = "the extension pg_trgm, which finds text, is not installed; it comes with PostgreSQL's contrib package"


def find_migrations() -> tuple[tuple[int, str, str], ...]:
    """Give the migrations in their order: number, name and SQL.

    >>> [(number, name) for number, name, _ in find_migrations()][0]
    (1, 'documents')
    """
    folder = resources.files(__package__) / "migrations"
    found = [(_FILE.fullmatch(file.name), file) for file in folder.iterdir()]
    return tuple(sorted((int(name[1]), name[2], file.read_text("utf-8")) for name, file in found if name is not None))


def bring_up_to_date(connection: Connection, where: str, *, create: bool) -> str:
    """Give the store's key, once its tables are there and as this version wants them.

    Raises StoreError where there is no store and none is to be made, and where a newer version has been at work.
    """
    if connection.info.server_version < OLDEST:
        raise StoreError(
            f"{where}: the server is PostgreSQL {connection.info.server_version // 10000}; 14 or newer is needed"
        )
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise StoreError(f"{where}: the database keeps text as {encoding}; make one with the encoding UTF8")
    known = find_migrations()
    if _applied(connection) != [number for number, *_ in known]:
        _migrate(connection, where, known, create=create)
    found = connection.execute("SELECT id, body ->> 'format' FROM store").fetchone()
    if found is None:
        raise StoreError(f"{where}: the schema {SCHEMA!r} holds no store; restore it, or drop the schema")
    if found[1] != FORMAT:
        raise StoreError(f"{where}: the format {found[1]!r} is not known; this version of claimtrack reads {FORMAT}")
    return _key(connection, str(found[0]))


def _key(connection: Connection, id: str) -> str:
    """Give what tells this store from all others, its own copies and restored backups among them."""
    query = "SELECT oid::text FROM pg_database WHERE datname = current_database()"
    (where,) = connection.execute(query).fetchone() or ("",)
    with contextlib.suppress(errors.InsufficientPrivilege):  # some hosts let nobody ask which cluster this is
        (cluster,) = connection.execute("SELECT system_identifier FROM pg_control_system()").fetchone() or ("",)
        where += f" {cluster}"
    return hashlib.sha256(f"{id} {where}".encode()).hexdigest()[:8]


def _migrate(connection: Connection, where: str, known: tuple[tuple[int, str, str], ...], *, create: bool) -> None:
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        applied = _applied(connection)  # another process may have been quicker
        if not applied and not create:
            raise StoreError(f"{where}: there is no store here; give the address of one, or add to it to make one")
        unknown = [number for number in applied if number not in {one for one, *_ in known}]
        if unknown:
            raise StoreError(
                f"{where}: the tables are those of a newer claimtrack (migration {unknown[-1]}); install that version"
            )
        if not applied:
            _make_schema(connection, where)
        for number, name, sql in known:
            if number not in applied:
                connection.execute(sql.encode())  # several statements, so without parameters
                connection.execute("INSERT INTO migration (number, name) VALUES (%s, %s)", (number, name))
        marker = json.dumps({"format": FORMAT})
        connection.execute(
            "INSERT INTO store (id, body) VALUES (%s, %s::jsonb) ON CONFLICT DO NOTHING", (secrets.token_hex(4), marker)
        )


def _make_schema(connection: Connection, where: str) -> None:
    connection.execute(_SCHEMA)
    connection.execute(_APPLIED)
    try:
        connection.execute(_EXTENSION)
    except (errors.FeatureNotSupported, errors.UndefinedFile) as error:
        raise StoreError(f"{where}: {_NO_EXTENSION}") from error
    # It may have been there already, in a schema of its own.
    connection.execute(_FIND_EXTENSION)


def _applied(connection: Connection) -> list[int]:
    # Not to_regclass(): what it last knew of the schema may be from before another process made it.
    found = connection.execute("SELECT FROM pg_tables WHERE schemaname = %s AND tablename = 'migration'", (SCHEMA,))
    if found.fetchone() is None:
        return []
    return [number for (number,) in connection.execute(f"SELECT number FROM {SCHEMA}.migration ORDER BY number")]
