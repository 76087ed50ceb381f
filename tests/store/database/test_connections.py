"""Connections that break, servers that die, addresses that lead nowhere: said plainly, and nothing is half done."""

from __future__ import annotations

import re
import socket
import tempfile
import threading
import traceback
from contextlib import contextmanager
from urllib.parse import quote

import pytest

from claimtrack import track
from claimtrack.errors import StoreError
from claimtrack.store import Store
from claimtrack.store.content import encode_document
from claimtrack.store.database import connecting
from claimtrack.store.database.migrating import LOCK
from claimtrack.store.paths import document_place
from tests.postgres_server import postgres_server
from tests.store import by_hand
from tests.store.news import ID, URL, make_article, make_claims, triaged

ARTICLE = make_article()
CLAIMS = make_claims(ARTICLE)
LATER = make_article(id="2025-03-15-harbour-post-ferry-afloat", url=f"{URL}-afloat")
LATER_CLAIMS = make_claims(LATER)


def pid(store):
    """Give the process of the server that the store's next call talks to."""
    with store._home._connections.one() as connection:
        return connection.info.backend_pid


def name_of(store):
    return store._home.name


# --- connections that are kept ----------------------------------------------------------------------------------------


def test_a_connection_is_kept_for_the_next_call_until_the_store_is_closed(newsroom):
    first = pid(newsroom)
    newsroom.claims(speaker="Holt").count()
    newsroom.save(triaged(CLAIMS[0]))
    assert pid(newsroom) == first
    newsroom.close()
    assert pid(newsroom) != first


@pytest.mark.parametrize("how", ["the server restarts", "the network breaks"])
def test_a_connection_that_died_while_nobody_used_it_is_replaced_and_nobody_is_told(newsroom, server, how):
    newsroom.claims().count()
    if how == "the server restarts":
        server.stop("fast")
        server.start()
    else:
        server.kill_backends(name_of(newsroom))
    newsroom.update(CLAIMS[0], track.triage, by="Ines")
    assert newsroom.claim(CLAIMS[0].id).workflow == "triaged"


def test_a_listing_goes_on_over_a_connection_that_died_between_two_of_its_claims(newsroom, server):
    newsroom.add(LATER, LATER_CLAIMS)
    listing = newsroom.claims()
    first = next(listing)
    server.kill_backends(name_of(newsroom))
    assert [claim.id for claim in (first, *listing)] == [claim.id for claim in (*CLAIMS, *LATER_CLAIMS)]


def test_a_connection_is_not_kept_in_the_middle_of_a_listing(newsroom):
    """Whoever leaves a listing half read keeps nobody waiting and nothing open."""
    listing = newsroom.claims()
    next(listing)
    assert len(newsroom._home._connections._free) == 1
    newsroom.save(triaged(CLAIMS[1]))


def test_a_connection_lost_in_the_middle_of_writing_is_told_and_nothing_is_half_written(newsroom, server, snapshot_of):
    before, tried = snapshot_of(newsroom), []

    def fill(batch):
        batch.put({document_place(LATER): encode_document(LATER)})
        if not tried:
            tried.append(batch)
            server.kill_backends(name_of(newsroom))
        assert batch.read(document_place(ARTICLE)) is not None
        batch.put({document_place(claim): encode_document(claim) for claim in LATER_CLAIMS})

    what = r"the database was lost: .*; what was not reported as written was not; try again"
    with pytest.raises(StoreError, match=what):
        newsroom._home.write(fill)
    assert snapshot_of(newsroom) == before
    newsroom._home.write(fill)
    assert newsroom.claims(article=LATER.id).count() == 3
    assert list(newsroom.validate()) == []


def test_a_step_that_raises_leaves_nothing_and_lets_go(newsroom, snapshot_of):
    before = snapshot_of(newsroom)

    def fill(batch):
        batch.put({document_place(LATER): encode_document(LATER)})
        raise InterruptedError

    with pytest.raises(InterruptedError):
        newsroom._home.write(fill)
    assert snapshot_of(newsroom) == before
    newsroom.add(LATER, LATER_CLAIMS)


# --- lost while it is confirmed ---------------------------------------------------------------------------------------


@contextmanager
def cut_off_at_commit(server):
    """Give where a server seems to be whose first answer to COMMIT never comes."""
    with tempfile.TemporaryDirectory(prefix="claimtrack-") as folder:  # a socket's path must be short
        ears = socket.socket(socket.AF_UNIX)
        ears.bind(f"{folder}/.s.PGSQL.5432")
        yield from _cut_off(server, ears, folder)


def _cut_off(server, ears, folder):
    ears.listen()
    done = []

    def serve():
        while True:
            try:
                client, _ = ears.accept()
            except OSError:
                return
            behind = socket.socket(socket.AF_UNIX)
            behind.connect(str(server.folder / ".s.PGSQL.5432"))
            threading.Thread(target=ask, args=(client, behind), daemon=True).start()
            threading.Thread(target=pass_on, args=(behind, client), daemon=True).start()

    def pass_on(one, other):
        try:
            while data := one.recv(65536):
                other.sendall(data)
        except OSError:
            pass
        for end in (one, other):
            end.close()

    def ask(client, behind):
        try:
            while data := client.recv(65536):
                if b"COMMIT\0" in data and not done:
                    done.append(data)
                    client.shutdown(socket.SHUT_RDWR)
                behind.sendall(data)
        except OSError:
            pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield folder
    ears.shutdown(socket.SHUT_RDWR)
    ears.close()
    thread.join(10)
    assert done


def test_where_the_confirmation_is_lost_nobody_claims_to_know(newsroom, server):
    with cut_off_at_commit(server) as host:
        address = f"postgresql://desk@/{name_of(newsroom)}?host={quote(host)}"
        with Store.open(address, create=False) as far:
            with pytest.raises(StoreError, match="whether it was written is not known: read it again"):
                far.save(triaged(CLAIMS[0]), expected=CLAIMS[0])
            wait_for(lambda: newsroom.claim(CLAIMS[0].id) == triaged(CLAIMS[0]))
            far.save(triaged(CLAIMS[0]))  # the same again does no harm
            assert far.claim(CLAIMS[0].id) == triaged(CLAIMS[0])


def test_where_the_server_ends_a_transaction_at_its_commit_nothing_is_written(own, sql):
    sql(
        """
        CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
        CREATE CONSTRAINT TRIGGER stop AFTER UPDATE ON document DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION stop();
        """
    )
    with pytest.raises(StoreError, match="whether it was written is not known"):
        own.save(triaged(CLAIMS[0]))
    sql("DROP TRIGGER stop ON document")
    assert own.claim(CLAIMS[0].id) == CLAIMS[0]
    own.save(triaged(CLAIMS[0]))


def wait_for(is_so):
    for _ in range(200):
        if is_so():
            return
        threading.Event().wait(0.05)
    raise AssertionError("it never was so")


# --- a server that dies -----------------------------------------------------------------------------------------------


def test_a_killed_server_keeps_all_that_it_acknowledged_and_nothing_half():
    """Every process of a server that syncs is killed while articles are added, and it is started again."""
    with postgres_server(durable=True) as server, Store.open(server.new_database()) as store:
        acknowledged, told = [], []

        def add():
            try:
                for day in range(1, 1000):
                    article = make_article(id=f"2025-03-14-harbour-post-ferry-{day}", url=f"{URL}-{day}")
                    acknowledged.append(store.add(article, make_claims(article)).article_id)
            except StoreError as error:
                told.append(str(error))

        writer = threading.Thread(target=add)
        writer.start()
        wait_for(lambda: len(acknowledged) >= 20)
        server.kill()
        writer.join(60)
        assert re.search("the database was lost|the database cannot be reached", told[0])
        with pytest.raises(StoreError, match="cannot be reached"):
            store.claims().count()
        server.start()
        stored = [article.id for article in store.articles()]
        assert set(acknowledged) <= set(stored)
        assert len(stored) <= len(acknowledged) + 1
        assert store.claims().count() == 3 * len(stored)
        assert list(store.validate()) == []
        assert store.claims(speaker="Holt").count() == len(stored)
        assert store.add(LATER, LATER_CLAIMS).article_outcome == "new"


# --- addresses --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("postgresql://desk:quay@/news?host=/nowhere", "cannot be reached: .*No such file or directory"),
        ("postgresql://desk:quay@localhost:1/news", "cannot be reached: .*refused"),
        ("postgresql://desk:quay@host.invalid/news", "cannot be reached"),
        ("postgresql://desk:quay@/nowhere?host={folder}", 'database "nowhere" does not exist; check the address'),
        ("postgresql://nobody:quay@/postgres?host={folder}", 'role "nobody" does not exist'),
        ("postgresql://desk@/nowhere?host={folder}&password=quay", 'database "nowhere" does not exist'),
        ("postgresql://desk:quay@/news?hots={folder}", "this is no address of a database: .*hots"),
        ("postgresql://desk:qu%zzquay@/news", "this is no address of a database: write @ as %40"),
        ("postgresql://desk:quay@quay@localhost:1/news", "this is no address of a database: write @ as %40"),
        ("postgresql://desk:/quay/quay@localhost:1/news", "this is no address of a database"),
        ("postgresql://desk:quay?quay@localhost:1/news", "cannot be reached"),
        ("postgresql://desk@/news?password=%zzquay", "this is no address of a database: it cannot be read"),
        ("postgresql://desk:qu\0quay@/news", "this is no address of a database: it holds characters that are no text"),
        ("postgresql://desk:\ud800quay@/news", "this is no address of a database: it holds characters"),
        ("postgresql://desk@/\ud800?host={folder}", "this is no address of a database: it holds characters"),
        ("postgresql://[::1/news", "this is no address of a database"),
    ],
    ids=ascii,
)
def test_an_address_that_leads_nowhere_is_told_without_its_password(server, address, words):
    with pytest.raises(StoreError, match=words) as caught:
        Store.open(address.replace("{folder}", str(server.folder)))
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
    assert "quay" not in told.replace(address, "")  # but for this test's own lines, which are not shown
    told.encode()


@pytest.mark.parametrize("where", ["desk:quay@", "desk:qu%40quay@"])
def test_a_store_shows_its_address_without_the_password(own, server, where):
    address = f"postgresql://{where}/{name_of(own)}?host={server.folder}&sslpassword=quay"
    with Store.open(address, create=False) as store:
        shown = f"Store('postgresql://desk@/{name_of(own)}?host={server.folder}&sslpassword=...')"
        assert repr(store) == shown
        assert "quay" not in store._repr_html_()
        server.kill_backends(name_of(own))
        server.run_sql(f"ALTER DATABASE {name_of(own)} ALLOW_CONNECTIONS false")
        with pytest.raises(StoreError) as caught:
            store.claims().count()
        assert "quay" not in "".join(traceback.format_exception(caught.value))


# --- others in the way ------------------------------------------------------------------------------------------------


def test_a_store_that_another_program_keeps_is_told_after_a_while(newsroom, monkeypatch):
    monkeypatch.setattr(connecting, "_SETTINGS", (*connecting._SETTINGS, "SET lock_timeout = '100ms'"))
    newsroom.close()
    with by_hand.rows(newsroom) as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        for write in (lambda: newsroom.save(triaged(CLAIMS[0])), lambda: newsroom.add(LATER)):
            with pytest.raises(StoreError, match="another program has kept the store for a minute"):
                write()
        assert newsroom.claim(CLAIMS[0].id) == CLAIMS[0]
    newsroom.save(triaged(CLAIMS[0]))


def test_a_long_listing_keeps_no_writer_waiting(newsroom, monkeypatch):
    monkeypatch.setattr(connecting, "_SETTINGS", (*connecting._SETTINGS, "SET lock_timeout = '100ms'"))
    newsroom.close()
    listing = newsroom.claims()
    next(listing)
    with by_hand.again(newsroom) as other:
        other.add(LATER, LATER_CLAIMS)
    assert ID in next(listing).id
