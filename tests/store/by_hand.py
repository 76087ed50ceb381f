"""What people do to a store by hand: with an editor to a folder's files, with psql to a database's rows."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath
from typing import Any

from claimtrack.models import Evidence
from claimtrack.store import Store
from claimtrack.store.database.rows import place_of, sort_of
from claimtrack.store.files import FolderHome

Snapshot = Callable[[], dict[str, tuple[bytes, int]]]


def is_folder(store: Store) -> bool:
    """Tell whether a store is in a folder."""
    return isinstance(store._home, FolderHome)


def where(store: Store) -> str:
    """Give what another program opens the store with."""
    return str(store._home)


def again(store: Store) -> Store:
    """Give the same store opened anew, as another program does."""
    return Store.open(where(store), create=False)


def place(store: Store, path: PurePath) -> str:
    """Give a path that the store gave, from its folder where it has one."""
    return (path.relative_to(store.folder) if is_folder(store) else path).as_posix()


@contextlib.contextmanager
def rows(store: Store) -> Iterator[Any]:
    """Give a cursor on a store's database, beside the store's own connections; all is committed at the end."""
    import psycopg

    with psycopg.connect(where(store)) as connection, connection.cursor() as cursor:
        cursor.execute("SET search_path = claimtrack")
        yield cursor


def empty(address: str) -> None:
    """Remove all that is in a store's database, and whoever uses it."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        for table in ("document", "voice", "copy", "gone"):  # the first takes the tables of facts along
            connection.execute(f"DELETE FROM claimtrack.{table}")
        connection.execute("""UPDATE claimtrack.store SET body = '{"format": "claimtrack.store/1"}'""")


def read(store: Store, id: str) -> str:
    """Give the JSON that is stored under an id."""
    if is_folder(store):
        return _file(store, id).read_text(encoding="utf-8")
    with rows(store) as cursor:
        ((body,),) = cursor.execute("SELECT body::text FROM document WHERE place LIKE %s", (f"%/{id}.json",))
    return str(body)


def write(store: Store, id: str, text: str, *, keep_time: bool = False) -> None:
    """Write other JSON over a document; with `keep_time` the file's time is put back."""
    if not is_folder(store):
        with rows(store) as cursor:
            cursor.execute("UPDATE document SET body = %s::jsonb WHERE place LIKE %s", (text, f"%/{id}.json"))
            assert cursor.rowcount == 1
        return
    path = _file(store, id)
    before = path.stat()
    path.write_text(text, encoding="utf-8")
    if keep_time:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def edit(store: Store, id: str, old: str, new: str, *, keep_time: bool = False) -> None:
    """Write one thing for another in a document's JSON."""
    text = read(store, id)
    assert old in text
    write(store, id, text.replace(old, new), keep_time=keep_time)


def touch(store: Store, id: str) -> None:
    """Write a document as it is."""
    if is_folder(store):
        os.utime(_file(store, id))
    else:
        write(store, id, read(store, id))


def put(store: Store, path: str, text: str) -> None:
    """Put JSON at a place where nothing stands."""
    if is_folder(store):
        (store.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (store.folder / path).write_bytes(text.encode("utf-8", "surrogatepass"))
        return
    with rows(store) as cursor:
        query = "INSERT INTO document (place, sort, body) VALUES (%s, %s, %s::jsonb)"
        cursor.execute(query, (path, sort_of(place_of(path)), text))


def move(store: Store, id: str, path: str) -> None:
    """Move a document to another place."""
    if is_folder(store):
        (store.folder / path).parent.mkdir(parents=True, exist_ok=True)
        _file(store, id).rename(store.folder / path)
        return
    with rows(store) as cursor:
        query = "UPDATE document SET place = %s, sort = %s WHERE place LIKE %s"
        cursor.execute(query, (path, sort_of(place_of(path)), f"%/{id}.json"))
        assert cursor.rowcount == 1


def remove(store: Store, id: str) -> None:
    """Remove a document."""
    if is_folder(store):
        _file(store, id).unlink()
        return
    with rows(store) as cursor:
        cursor.execute("DELETE FROM document WHERE place LIKE %s", (f"%/{id}.json",))
        assert cursor.rowcount == 1


def read_copy(store: Store, evidence: Evidence) -> bytes:
    """Give the stored copy of a captured source."""
    if is_folder(store):
        return (store.folder / str(evidence.copy_path)).read_bytes()
    with rows(store) as cursor:
        ((record,),) = cursor.execute("SELECT record FROM copy WHERE sha256 = %s", (evidence.sha256,))
    return bytes(record)


def write_copy(store: Store, evidence: Evidence, record: bytes | None) -> None:
    """Write other bytes over a copy, or remove it where None is given."""
    if is_folder(store):
        path = store.folder / str(evidence.copy_path)
        path.unlink() if record is None else path.write_bytes(record)
        return
    with rows(store) as cursor:
        if record is None:
            cursor.execute("DELETE FROM copy WHERE sha256 = %s", (evidence.sha256,))
        else:
            cursor.execute("UPDATE copy SET record = %s WHERE sha256 = %s", (record, evidence.sha256))
        assert cursor.rowcount == 1


def write_marker(store: Store, text: str) -> None:
    """Write what a store says of itself."""
    if is_folder(store):
        (store.folder / "claimtrack.json").write_text(text)
        return
    with rows(store) as cursor:
        cursor.execute("UPDATE store SET body = %s::jsonb", (text,))


def look_at(store: Store) -> dict[str, tuple[bytes, int]]:
    """Give all that is stored by its place: the bytes, and what tells that they were written again.

    For a file that is its time, for a row the number of the transaction that wrote it.
    """
    if is_folder(store):
        found = (path for path in store.folder.rglob("*") if path.is_file() and ".claimtrack" not in path.parts)
        return {
            path.relative_to(store.folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in found
        }
    tables = (
        "SELECT 'claimtrack.json', body::text, xmin::text FROM store",
        "SELECT place, body::text, xmin::text FROM document",
        "SELECT 'copies/' || sha256, md5(record), xmin::text FROM copy",
    )
    with rows(store) as cursor:
        written = [row for table in tables for row in cursor.execute(table).fetchall()]
    return {path: (body.encode(), int(xmin)) for path, body, xmin in written}


def _file(store: Store, id: str) -> Path:
    return next(store.folder.rglob(f"{id}.json"))
