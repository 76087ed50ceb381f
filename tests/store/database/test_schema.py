"""The tables of a store: made once, of this version, and only where one may."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from claimtrack.errors import StoreError
from claimtrack.models import SpeakerRecord
from claimtrack.store import Store
from claimtrack.store.database.migrating import LOCK, find_migrations
from tests.postgres_server import PostgresServer
from tests.store.news import make_article, make_claims, triaged

ARTICLE = make_article()
CLAIMS = make_claims(ARTICLE)
OPEN = "import sys; from claimtrack.store import Store; store = Store.open(sys.argv[1]); print(store._home.key)"


def as_reader(server, store, *grants):
    """Give the address of a store for a person who may do only what is granted."""
    database = store._home.name
    role = f"reader_{database}"
    server.run_sql(f"CREATE ROLE {role} LOGIN")
    for grant in grants:
        server.run_sql(f"GRANT {grant} TO {role}", database=database)
    return server.address(database, user=role)


def test_the_migrations_are_numbered_without_a_gap():
    assert [number for number, *_ in find_migrations()] == list(range(1, len(find_migrations()) + 1))


def test_two_processes_that_open_a_new_database_at_once_make_one_store(server):
    """Both have seen that there is none, and wait for the same lock."""
    address = server.new_database()
    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    with psycopg.connect(address, autocommit=True) as holder:
        holder.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
        command = [sys.executable, "-c", OPEN, address]
        both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
        while holder.execute(waiting).fetchone() != (2,):
            assert [process.poll() for process in both] == [None, None]
    told = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert told[0] == told[1] != ""
    with Store.open(address, create=False) as store:
        assert store._home.key == told[0].strip()
        assert list(store.validate()) == []


def test_opening_again_changes_nothing(newsroom, sql):
    look = "SELECT oid, relname, xmin::text FROM pg_class WHERE relnamespace = 'claimtrack'::regnamespace ORDER BY oid"
    before = sql(look), sql("SELECT *, xmin::text FROM migration"), sql("SELECT *, xmin::text FROM store")
    Store.open(str(newsroom._home)).close()
    assert before == (sql(look), sql("SELECT *, xmin::text FROM migration"), sql("SELECT *, xmin::text FROM store"))


def test_without_leave_to_make_one_a_database_without_a_store_is_an_error(server):
    address = server.new_database()
    with pytest.raises(StoreError, match="there is no store here; give the address of one"):
        Store.open(address, create=False)
    name = address.split("/")[3].split("?")[0]
    assert server.run_sql("SELECT count(*) FROM pg_namespace WHERE nspname = 'claimtrack'", database=name) == "0\n"


def test_the_tables_of_a_newer_version_are_left_alone(own, sql):
    sql("INSERT INTO migration (number, name) VALUES (9999, 'moods')")
    with pytest.raises(StoreError, match=r"of a newer claimtrack \(migration 9999\); install that version"):
        Store.open(str(own._home))
    assert sql("SELECT count(*) FROM document") == [(4,)]


def test_a_schema_without_a_store_is_told(own, sql):
    sql("DELETE FROM store")
    with pytest.raises(StoreError, match="the schema 'claimtrack' holds no store; restore it, or drop the schema"):
        Store.open(str(own._home))


def test_a_schema_of_that_name_that_is_somebody_elses_is_left_as_it_was(server):
    address = server.new_database()
    name = address.split("/")[3].split("?")[0]
    server.run_sql("CREATE SCHEMA claimtrack; CREATE TABLE claimtrack.document (rents text)", database=name)
    with pytest.raises(StoreError, match="already exists"):
        Store.open(address)
    columns = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'claimtrack'"
    assert server.run_sql(columns, database=name) == "document|rents\n"


def test_tables_of_that_name_elsewhere_in_the_database_are_neither_read_nor_written(server):
    address = server.new_database()
    name = address.split("/")[3].split("?")[0]
    server.run_sql("CREATE TABLE public.document (place text); CREATE TABLE public.claim (x int)", database=name)
    server.run_sql(f"ALTER DATABASE {name} SET search_path = public", database=name)
    with Store.open(address) as store:
        store.add(ARTICLE, CLAIMS)
        assert tuple(store.claims(speaker="Holt")) == CLAIMS[:1]
    assert server.run_sql("SELECT count(*) FROM public.document", database=name) == "0\n"


def test_an_extension_that_is_there_already_in_another_schema_is_used(server):
    address = server.new_database()
    name = address.split("/")[3].split("?")[0]
    server.run_sql('CREATE SCHEMA "Text tools"; CREATE EXTENSION pg_trgm SCHEMA "Text tools"', database=name)
    with Store.open(address) as store:
        store.add(ARTICLE, CLAIMS)
        assert tuple(store.claims(text="hull held")) == CLAIMS[1:2]


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_that_is_not_in_utf_8_is_refused(server, encoding):
    with pytest.raises(StoreError, match=f"keeps text as {encoding}; make one with the encoding UTF8"):
        Store.open(server.new_database(encoding=encoding))


def test_a_database_that_can_only_be_read_is_read(own, server):
    server.run_sql(f"ALTER DATABASE {own._home.name} SET default_transaction_read_only = on")
    with Store.open(str(own._home)) as store:
        assert tuple(store.claims()) == CLAIMS
        assert tuple(store.claims(speaker="Holt")) == CLAIMS[:1]
        assert list(store.verify()) == []
        assert len(store.changes()) == 4
        for write in (lambda: store.save(triaged(CLAIMS[0])), lambda: store.registry.add("Mira Holt")):
            with pytest.raises(StoreError, match="the database can only be read; give the address of the one"):
                write()
        assert store.claim(CLAIMS[0].id) == CLAIMS[0]


def test_a_new_database_that_can_only_be_read_is_told(server):
    address = server.new_database()
    name = address.split("/")[3].split("?")[0]
    server.run_sql(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with pytest.raises(StoreError, match="the database can only be read"):
        Store.open(address)


def test_who_may_nothing_is_told_whom_to_ask(own, server):
    with pytest.raises(StoreError, match=r"permission denied.*; ask whoever runs the database for leave"):
        Store.open(as_reader(server, own))


def test_who_may_only_read_reads(own, server):
    address = as_reader(server, own, "USAGE ON SCHEMA claimtrack", "SELECT ON ALL TABLES IN SCHEMA claimtrack")
    with Store.open(address) as store:
        assert tuple(store.claims(speaker="Holt", publisher="Harbour Post")) == CLAIMS[:1]
        assert len(store.changes()) == 4
        with pytest.raises(StoreError, match=r"permission denied.*; ask whoever runs the database for leave"):
            store.save(triaged(CLAIMS[0]))
        with pytest.raises(StoreError, match="permission denied"):
            store.add(make_article(id="2025-03-15-harbour-post-ferry-afloat"))
    assert own.claim(CLAIMS[0].id) == CLAIMS[0]


# --- a full disk ------------------------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(server: PostgresServer):
    """Give a folder of the server's on a disk of a few megabytes."""
    folder = server.folder / "small"
    folder.mkdir()
    if os.getuid() != 0 or shutil.which("mount") is None:
        pytest.skip("making a small disk takes root")
    size = "size=24m,mode=0700"
    if subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)], check=False).returncode != 0:
        pytest.skip("no disk can be mounted here")
    owner = Path(server.data).stat()
    os.chown(folder, owner.st_uid, owner.st_gid)
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_told_with_what_to_do_and_nothing_is_half_written(server, small_disk):
    server.run_sql(f"CREATE TABLESPACE small LOCATION '{small_disk}'")
    server.run_sql("CREATE DATABASE cramped TEMPLATE template_news TABLESPACE small")
    with Store.open(server.address("cramped"), create=False) as store:
        store.add(ARTICLE, CLAIMS)
        note = os.urandom(12_000_000).hex()  # what repeats is packed
        with pytest.raises(StoreError, match="No space left on device; free some space on the server and try again"):
            store.save(SpeakerRecord(id="mira-holt", name="Mira Holt", kind="person", note=note))
        assert list(store.speakers()) == []
        assert tuple(store.claims()) == CLAIMS
        store.save(triaged(CLAIMS[0]))
        assert list(store.validate()) == []
    server.run_sql("DROP DATABASE cramped")
    server.run_sql("DROP TABLESPACE small")
