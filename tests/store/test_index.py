"""The index changes nothing but the time: the same claims and findings with and without it, after any edit by hand."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import sqlite3
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimtrack.errors import StoreError
from claimtrack.models import Anchor, Claim, ClaimFigure, EvidenceLink, Speaker, SpeakerRecord, SpeakerRole
from claimtrack.store import Store, claims
from claimtrack.store.files.index import asking, database, looking
from claimtrack.store.files.index import index as index_module
from claimtrack.store.filters import ClaimFilter
from claimtrack.store.paths import sort_key
from claimtrack.store.registry import find_speaker_query
from tests.store import by_hand
from tests.store.news import ID, make_article, make_claims, triaged

ARTICLE = make_article()
CLAIMS = make_claims(ARTICLE)
INDEX = ".claimtrack/index.sqlite"


class WithoutIndex:
    """A home in which every claim is read."""

    def __init__(self, home):
        self.home = home

    @contextlib.contextmanager
    def opened(self):
        with self.home.opened() as opened:
            yield Everything(opened)


class Everything:
    """What is open of it."""

    def __init__(self, opened):
        self.read, self.entries = opened.read, opened.entries

    def find(self, asked, report):
        return self.entries(("claims",))


def told(listing):
    documents = [document.to_json() for document in listing]
    return documents, [finding for finding in listing.findings if finding.code != "index-unused"]


def by_reading(store, **asked):
    """Give what is asked for without the index."""
    return told(claims.list_claims(WithoutIndex(store._home), wanted(store, **asked), article=None))


def wanted(store, **asked):
    if "speaker" in asked:
        asked["speaker"] = find_speaker_query(store._home, asked["speaker"])
    return ClaimFilter(**asked)


@pytest.fixture
def newsroom(store):
    store.add(ARTICLE, CLAIMS)
    return store


@pytest.fixture
def large(monkeypatch):
    """Treat every store as one that is too large to be looked through before each question."""
    monkeypatch.setattr(index_module, "_FEW_FILES", -1)
    monkeypatch.setattr(index_module, "_REST", 1e9)


def edit(store, claim, old, new, *, times=None):
    """Change a document in place, as an editor does that writes into it; its times are put back if they are "kept"."""
    by_hand.edit(store, claim.id, old, new, keep_time=times == "kept")


# --- the same answers -------------------------------------------------------------------------------------------------

NAMES = ("Mira Holt", "Tomas Reyle", "José O’Neill", "Ursula von der Brack", "Ana Holt")
WORDS = ("the ferry sank", "The Ferry is afloat", "no one was hurt off Brackwater", "“quay” closed", "à l’aube", "x")
KNOWN = (
    SpeakerRecord(id="mh", name="Mira Holt", kind="person", aliases=("Ana Holt", "the harbour master")),
    SpeakerRecord(id="tr", name="Tomas Reyle", kind="person", roles=(SpeakerRole(role="mayor"),)),
)
WHATS = ("passengers", "crew members", None)
ROLES = ("aboard", "killed", None)
DAYS = ("2025-03-14", "2025-04-02", "2024-12-31")
IDS = ("2025-03-14-harbour-post-ferry", "2025-04-02-valley-echo-ferry-2", "2024-12-31-harbour-post-quay")
ROLES_HELD = st.sampled_from(["Mayor", "Norland's mayor", "the harbour master", None])
BODIES = st.sampled_from(["Port of Brackwater", None, None])
RECORDS = st.sampled_from(["mh", None, None])
NUMBERS = st.sampled_from([{"value": 62}, {"value": 5}, {"low": 5, "high": 62}, {"low": 10}, {"high": 7}])
FIGURES = st.builds(
    lambda bounds, what, role, unit: ClaimFigure(
        anchor=Anchor(start=0, end=2, exact="62"), kind="count", what=what, role=role, unit=unit, **bounds
    ),
    NUMBERS,
    st.sampled_from(WHATS),
    st.sampled_from(ROLES),
    st.sampled_from(["USD", None]),
)


@st.composite
def stored_claims(draw):
    article = draw(st.sampled_from(IDS))
    return Claim(
        id=f"{article}-{draw(st.sampled_from([3, 20, 100]))}",
        article_id=article,
        kind=draw(st.sampled_from(["direct", "indirect"])),
        statement=draw(st.sampled_from(WORDS)),
        speakers=tuple(
            Speaker(
                name=name, kind="person", role=draw(ROLES_HELD), on_behalf_of=draw(BODIES), speaker_id=draw(RECORDS)
            )
            for name in draw(st.lists(st.sampled_from(NAMES), max_size=2, unique=True))
        ),
        verdict=draw(st.sampled_from(["true", "false", None])),
        workflow=draw(st.sampled_from(["candidate", "triaged"])),
        publication=draw(st.sampled_from(["unpublished", "published"])),
        made_on=draw(st.sampled_from(["2025-03-13", "2025-04-01T10:00:00Z", None])),
        tags=draw(st.lists(st.sampled_from(["Ports", "ports", "ÉCOLE"]), max_size=2).map(tuple)),
        evidence=draw(
            st.lists(
                st.sampled_from(["log", "release"]).map(lambda id: EvidenceLink(evidence=id, stance="supports")),
                max_size=1,
            ).map(tuple)
        ),
        figures=tuple(draw(st.lists(FIGURES, max_size=2))),
    )


FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "speaker": st.sampled_from(
            ["Holt", "MIRA holt", "Mira", "o'neill", "der Brack", "von der brack", "mayor", "the Port", "mh", "Norland"]
        ),
        "kind": st.sampled_from(["direct", "indirect", "narration"]),
        "verdict": st.sampled_from(["true", "false", "satire"]),
        "workflow": st.sampled_from(["candidate", "triaged"]),
        "publication": st.sampled_from(["unpublished", "published"]),
        "publisher": st.sampled_from(["harbour post", "Valley Echo", "Echo"]),
        "since": st.sampled_from(["2025", "2025-03-14", "2025-03-15", "2025-04"]),
        "until": st.sampled_from(["2024", "2025-03", "2025-03-14", "2025-04-02"]),
        "made_since": st.sampled_from(["2025-03-13", "2025-04"]),
        "made_until": st.sampled_from(["2025", "2025-03-13", "2025-04-01"]),
        "figure": st.sampled_from(["62", "62 aboard", "7", "passengers", "crew killed", "10 USD", "5.0", "1/2"]),
        "evidence": st.sampled_from(["log", "nothing"]),
        "tag": st.sampled_from(["PORTS", "école", "port"]),
        "text": st.sampled_from(["FERRY", "y is a", "“quay”", "à L’AUBE", "e", "x", "off brackwater", "hurt on"]),
    },
)
BROKEN = ("{", "[]", "null", '{"statement": 3}', '{"statement": "the ferry sank", "kind": "direct"}', "")
EDITS = st.sampled_from(["in place", "same length", "replaced", "removed", "broken", "copied", "folder", "article"])


@st.composite
def steps(draw):
    kind = draw(st.sampled_from(["save", "save", "save", "edit", "edit", "record"]))
    if kind == "record":
        return kind, draw(st.sampled_from(KNOWN))
    if kind == "save":
        return kind, draw(stored_claims())
    return kind, (draw(EDITS), draw(st.integers(0, 50)), draw(st.sampled_from(BROKEN)), draw(stored_claims()))


def edit_by_hand(store, what, number, broken, claim):
    """Do to one of the store's files what a person, an editor or git might do."""
    files = sorted((store.folder / "claims").rglob("*.json"))
    if not files:
        return
    path = files[number % len(files)]
    replaced = claim.replace(id=path.stem, article_id=path.parent.name).to_json()
    if what == "in place":
        path.write_text(replaced)
    elif what == "same length":
        text = path.read_text()
        before = path.stat()
        path.write_text(text.replace("Holt", "Bolt").replace("ferry", "barge").replace('"true"', '"tree"'))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    elif what == "replaced":
        (path.parent / "new.tmp").write_text(replaced)
        os.replace(path.parent / "new.tmp", path)
    elif what == "removed":
        path.unlink()
    elif what == "broken":
        path.write_text(broken)
    elif what == "copied":
        copy = path.with_name(f"{path.parent.name}-7.json")
        if copy != path:
            shutil.copy2(path, copy)
    elif what == "folder":
        path.parent.rename(path.parent.with_name(path.parent.name + "-moved"))
    else:
        article = next((store.folder / "articles").rglob("*.json"))
        article.write_text(article.read_text().replace("Harbour Post", "Valley Echo"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(st.tuples(steps(), FILTERS), min_size=1, max_size=8))
def test_the_same_claims_and_findings_with_and_without_the_index(tmp_path_factory, plan):
    store = Store(tmp_path_factory.mktemp("newsroom") / "store")
    for id, publisher in zip(IDS, ("Harbour Post", "Valley Echo", "Harbour Post"), strict=True):
        store.add(make_article(id=id, publisher=publisher, published=id[:10], url=f"https://{id}.example/"))
    for (kind, what), asked in plan:
        if kind == "record" or kind == "save":
            store.save(what)
        else:
            edit_by_hand(store, *what)
        assert told(store.claims(**asked)) == by_reading(store, **asked)
    shutil.rmtree(store.folder)


@pytest.mark.files
def test_the_index_is_what_answers(newsroom):
    """Otherwise the tests here would compare reading with reading."""
    places = newsroom._home.index.find_places(wanted(newsroom, speaker="Holt"))
    assert places == [(("claims", "2025", ID), f"{CLAIMS[0].id}.json")]
    assert newsroom.claims(speaker="Holt").findings == ()


names = st.text("a0192-é.", min_size=1, max_size=8).filter(lambda name: not name.startswith("."))


@given(st.sets(st.tuples(names, names), max_size=12))
def test_files_found_by_the_index_stand_in_the_order_of_the_folders(paths):
    def in_folders(pair):
        parts = []
        for name in pair:
            numbers = re.split("([0-9]+)", name.removesuffix(".json"))
            numbers[1::2] = map(int, numbers[1::2])
            parts.append((numbers, name))
        return parts

    assert sorted(paths, key=lambda pair: b"".join(map(sort_key, pair))) == sorted(paths, key=in_folders)


# --- what changes under it --------------------------------------------------------------------------------------------


def test_an_edit_in_place_that_keeps_size_and_time_is_seen(newsroom):
    assert newsroom.claims(speaker="Holt").count() == 1
    edit(newsroom, CLAIMS[0], "Mira Holt", "Mira Bolt", times="kept")
    assert newsroom.claims(speaker="Holt").count() == 0
    assert newsroom.claims(speaker="Bolt").count() == 1


def test_edits_in_the_same_moment_as_the_look_are_seen(newsroom):
    """The clock of the file system stands still for milliseconds, and so do the times of two edits."""
    for now, then in [("Holt", "Bolt"), ("Bolt", "Colt"), ("Colt", "Dolt"), ("Dolt", "Holt")] * 10:
        edit(newsroom, CLAIMS[0], f"Mira {now}", f"Mira {then}")
        assert newsroom.claims(speaker=then).count() == 1
        assert newsroom.claims(speaker=now).count() == 0


@pytest.mark.files
def test_in_a_large_store_what_another_store_wrote_is_seen_at_once(newsroom, large):
    other = Store(newsroom.folder)
    assert newsroom.claims(workflow="triaged").count() == 0
    for claim in CLAIMS:
        other.save(triaged(claim))
        assert claim.id in [one.id for one in newsroom.claims(workflow="triaged")]


@pytest.mark.files
def test_in_a_large_store_an_edit_in_place_is_seen_by_the_full_walk(newsroom, large):
    assert newsroom.claims(speaker="Bolt").count() == 0
    newsroom.reindex()  # once more, so that the folders are older than the look
    edit(newsroom, CLAIMS[0], "Mira Holt", "Mira Bolt", times="kept")
    assert newsroom.claims(speaker="Holt").count() == 0  # found by the index, and read: it is Holt no more
    assert newsroom.reindex().changed == 1
    assert newsroom.claims(speaker="Bolt").count() == 1


@pytest.mark.files
def test_in_a_large_store_a_replaced_file_is_seen_by_its_folder(newsroom, large, monkeypatch):
    newsroom.claims(speaker="Holt").count()
    path = newsroom.folder.joinpath("claims", "2025", ID, f"{CLAIMS[0].id}.json")
    (path.parent / ".new").write_text(path.read_text().replace("Mira Holt", "Mira Bolt"))
    os.replace(path.parent / ".new", path)
    monkeypatch.setattr(index_module, "_REST", 0)
    newsroom._home.index._last["files"].took = float("inf")
    assert newsroom.claims(speaker="Bolt").count() == 1


@pytest.mark.files
def test_a_full_reindex_reads_every_byte_again(newsroom):
    assert str(newsroom.reindex()) == "4 documents: 4 new, 0 changed, 0 gone"
    assert str(newsroom.reindex(full=True)) == "4 documents: 0 new, 0 changed, 0 gone"
    with sqlite3.connect(newsroom.folder / INDEX) as db:  # an index that has missed an edit
        db.execute("UPDATE file SET digest = zeroblob(16)")
    db.close()
    assert newsroom.reindex().changed == 0
    assert newsroom.reindex(full=True).changed == 4


@pytest.mark.files
def test_a_look_that_is_cut_short_is_taken_up_by_the_next(newsroom, monkeypatch):
    monkeypatch.setattr(looking, "_AT_ONCE", 1)
    read = looking._Looking.read

    def stop(self, folder, place, name, *rest):
        if name == f"{CLAIMS[2].id}.json":
            raise InterruptedError
        return read(self, folder, place, name, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(looking._Looking, "read", stop)
        with pytest.raises(StoreError, match="cannot be used"):
            newsroom.reindex()
    assert told(newsroom.claims(text="e")) == by_reading(newsroom, text="e")


@pytest.mark.files
def test_a_store_that_was_copied_or_moved_needs_nothing(newsroom, tmp_path):
    assert newsroom.claims(speaker="Holt").count() == 1
    shutil.copytree(newsroom.folder, tmp_path / "copy")
    shutil.move(newsroom.folder, tmp_path / "moved")
    for name in ("copy", "moved"):
        store = Store(tmp_path / name)
        assert told(store.claims(speaker="Holt")) == by_reading(store, speaker="Holt") != ([], [])


def test_threads_ask_at_once(newsroom):
    found = []
    threads = [threading.Thread(target=lambda: found.append(newsroom.claims(speaker="Holt").count())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found == [1] * 8


# --- an index that cannot be used, or not be trusted ------------------------------------------------------------------


def scribble(path):
    data = bytearray(path.read_bytes())
    data[4096:] = b"\x55" * (len(data) - 4096)
    path.write_bytes(data)


def other_version(path):
    with sqlite3.connect(path) as db:
        db.execute("UPDATE meta SET value = '0'")
    db.close()


def other_tables(path):
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE meta (rents TEXT)")
        db.execute("CREATE VIEW claim AS SELECT 1 AS id")
    db.close()


DAMAGE = {
    "removed": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "no database": lambda path: path.write_bytes(b"rents" * 2000),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:9000]),
    "scribbled on": scribble,
    "of another version": other_version,
    "of another program": other_tables,
}


@pytest.mark.files
@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_index_is_made_anew(newsroom, damage):
    newsroom.claims(speaker="Holt").count()
    damage(newsroom.folder / INDEX)
    for asked in ({"speaker": "Holt"}, {"text": "ferry"}, {"figure": "62 aboard"}):
        listing = newsroom.claims(**asked)
        assert told(listing) == by_reading(newsroom, **asked) != ([], [])
        assert listing.findings == ()


@pytest.mark.files
@pytest.mark.parametrize("place", [INDEX, INDEX + "-journal"])
@pytest.mark.parametrize("what", ["link", "folder", "pipe"])
def test_what_stands_in_the_place_of_the_index_is_left_alone(newsroom, tmp_path, place, what):
    (tmp_path / "ledger.sqlite").write_bytes(b"rents")
    path = newsroom.folder / place
    path.unlink(missing_ok=True)
    {
        "link": lambda: path.symlink_to(tmp_path / "ledger.sqlite"),
        "folder": path.mkdir,
        "pipe": lambda: os.mkfifo(path),
    }[what]()
    listing = newsroom.claims(speaker="Holt")
    assert [claim.id for claim in listing] == [CLAIMS[0].id]
    (finding,) = listing.findings
    assert (finding.code, finding.severity) == ("index-unused", "note")
    assert "every file is read" in finding.message
    assert (tmp_path / "ledger.sqlite").read_bytes() == b"rents"
    with pytest.raises(StoreError, match="stands where the store has a file"):
        newsroom.reindex()


@pytest.mark.files
def test_a_store_that_can_only_be_read_is_read_file_by_file(newsroom, monkeypatch):
    connect = sqlite3.connect

    def connect_to_read(path, **options):
        return connect(f"file:{path}?mode=ro", uri=True, **options)

    monkeypatch.setattr(sqlite3, "connect", connect_to_read)
    listing = newsroom.claims(speaker="Holt")
    assert [claim.id for claim in listing] == [CLAIMS[0].id]
    assert [finding.code for finding in listing.findings] == ["index-unused"]


@pytest.mark.files
def test_a_lock_that_nobody_lets_go_is_no_reason_to_wait_for_ever(newsroom, monkeypatch):
    newsroom.reindex()
    monkeypatch.setattr(database, "_PATIENCE", 0.05)
    holder = sqlite3.connect(newsroom.folder / INDEX, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    listing = newsroom.claims(speaker="Holt")
    assert [claim.id for claim in listing] == [CLAIMS[0].id]
    assert "locked" in listing.findings[0].message
    holder.close()
    assert newsroom.claims(speaker="Holt").count() == 1


@pytest.mark.files
@pytest.mark.parametrize("place", ["..", "claims/../..", "claims//2025", "claims/2025/.git", "copies", "/tmp"])
def test_a_folder_that_an_index_from_a_stranger_names_leads_nowhere(newsroom, place):
    newsroom.reindex()
    with sqlite3.connect(newsroom.folder / INDEX) as db:
        db.execute("UPDATE folder SET place = ? WHERE place = ?", (place, f"claims/2025/{ID}"))
    assert asking.find_places(db, wanted(newsroom, speaker="Holt")) == []
    db.close()
    assert newsroom.claims(speaker="Holt").count() == 1


@pytest.mark.files
@pytest.mark.parametrize("name", ["../secret.json", "/tmp/secret.json", "..", ".secret.json", "a\x00b.json"])
def test_a_file_that_an_index_from_a_stranger_names_leads_nowhere(newsroom, name):
    newsroom.reindex()
    with sqlite3.connect(newsroom.folder / INDEX) as db:
        db.execute("UPDATE file SET name = ? WHERE name = ?", (name, f"{CLAIMS[0].id}.json"))
    assert asking.find_places(db, wanted(newsroom, speaker="Holt")) == []
    db.close()


def test_the_index_holds_nothing_open(newsroom):
    fds = Path("/proc/self/fd")
    if not fds.exists():
        pytest.skip("counts open files through /proc")
    newsroom.claims(speaker="Holt").count()
    before = len(list(fds.iterdir()))
    for _ in range(5):
        newsroom.claims(speaker="Holt").count()
    assert len(list(fds.iterdir())) == before


# --- what is asked ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figure", "asked", "found"),
    [
        ({"value": 62, "what": "passengers", "role": "aboard"}, "62 aboard", True),
        ({"value": 62, "what": "passengers", "role": "aboard"}, "62 Passengers", True),
        ({"value": 62, "what": "passengers", "role": "aboard"}, "aboard 62 passengers", True),
        ({"value": 62, "what": "passengers", "role": "aboard"}, "62 passenger", False),
        ({"value": 62, "what": "passengers", "role": "aboard"}, "6", False),
        ({"value": 62, "what": "passengers", "role": "aboard"}, "62.0", True),
        ({"value": 1200}, "1,200", True),
        ({"value": 12, "unit": "percent"}, "12%", True),
        ({"value": 12}, "12%", False),
        ({"value": 5, "unit": "USD"}, "$5", True),
        ({"value": 5, "unit": "EUR"}, "$5", False),
        ({"low": 10, "high": 15}, "12", True),
        ({"low": 10, "high": 15}, "15", True),
        ({"low": 10, "high": 15}, "16", False),
        ({"low": 10}, "1000000", True),
        ({"low": 10}, "9", False),
        ({"value": 2**70}, str(2**70), True),
        ({"value": 2**70}, str(2**70 + 1), False),
    ],
    ids=str,
)
def test_a_figure_is_asked_for_as_it_is_written(store, figure, asked, found):
    one = ClaimFigure(anchor=Anchor(start=0, end=2, exact="62"), kind="count", **figure)
    store.add(ARTICLE, (CLAIMS[0].replace(figures=(one,)), *CLAIMS[1:]))
    listing = store.claims(figure=asked)
    assert [claim.id for claim in listing] == [CLAIMS[0].id] * found
    assert by_reading(store, figure=asked) == told(store.claims(figure=asked))


def test_the_listing_says_what_it_is_and_counts(newsroom):
    listing = newsroom.claims(speaker="Holt")
    assert repr(listing) == "<Listing of claims with speaker='Holt', 0 given>"
    assert listing.count() == 1
    assert repr(listing) == "<Listing of claims with speaker='Holt', 1 given>"
    assert repr(newsroom.claims()) == "<Listing of all claims, 0 given>"
    assert json.loads(newsroom.claims(speaker="Holt").__next__().to_json())["id"] == CLAIMS[0].id
