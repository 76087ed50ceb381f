"""What stands in a store's folder and does not belong there: links, pipes, giants. Nothing leads out of it."""

from __future__ import annotations

import errno
import os
import signal
import stat

import pytest

from claimtrack.errors import StoreError
from claimtrack.models import SpeakerRecord
from claimtrack.models.parse import MAX_BYTES
from claimtrack.store import Store
from tests.store.news import ID, make_article, make_claims, triaged

ARTICLE = make_article()
CLAIMS = make_claims(ARTICLE)
CLAIM_FILE = f"claims/2025/{ID}/{CLAIMS[0].id}.json"
pytestmark = pytest.mark.files


@pytest.fixture
def outside(tmp_path):
    """Give a folder that is none of the store's business."""
    folder = tmp_path / "outside"
    folder.mkdir()
    return folder


@pytest.fixture(autouse=True)
def _no_waiting():
    """Stop a test that waits for a pipe."""
    signal.alarm(20)
    yield
    signal.alarm(0)


@pytest.mark.parametrize(
    "linked",
    ["articles", "articles/2025", "claims", "claims/2025", f"claims/2025/{ID}", ".claimtrack", ".claimtrack/tmp"],
)
def test_a_linked_folder_never_leads_a_write_out_of_the_store(store, outside, linked, platform):
    link = store.folder / linked
    if link.exists():
        for path in sorted(link.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        link.rmdir()
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(outside)
    with pytest.raises(StoreError, match="a link stands where the store has a folder"):
        store.add(ARTICLE, CLAIMS)
    assert list(outside.iterdir()) == []
    assert [finding.code for finding in Store(store.folder).validate()] == ["unreadable"]


@pytest.mark.parametrize("linked", [CLAIM_FILE, f"articles/2025/{ID}.json"])
def test_a_linked_document_is_neither_read_nor_written(store, outside, linked, platform):
    store.add(ARTICLE, CLAIMS)
    path = store.folder / linked
    path.rename(outside / "kept.json")
    path.symlink_to(outside / "kept.json")
    before = (outside / "kept.json").read_bytes()
    look_up = store.claim if linked == CLAIM_FILE else store.article
    with pytest.raises(StoreError, match="a link stands where"):
        look_up(path.stem)
    listing = store.claims() if linked == CLAIM_FILE else store.articles()
    assert path.stem not in [document.id for document in listing]
    assert [(finding.code, finding.source) for finding in listing.findings] == [("unreadable", linked)]
    with pytest.raises(StoreError, match="a link stands where"):
        store.save(triaged(CLAIMS[0]) if linked == CLAIM_FILE else ARTICLE)
    assert ("unreadable", linked) in [(finding.code, finding.source) for finding in store.validate()]
    assert (outside / "kept.json").read_bytes() == before
    assert path.is_symlink()


def test_a_linked_lock_is_refused(store, outside):
    lock = store.folder / ".claimtrack/lock"
    lock.unlink()
    lock.symlink_to(outside / "lock")
    with pytest.raises(StoreError, match="a link stands where"):
        store.add(ARTICLE)
    assert list(outside.iterdir()) == []


def test_a_pipe_in_the_place_of_the_lock_is_refused(store):
    lock = store.folder / ".claimtrack/lock"
    lock.unlink()
    os.mkfifo(lock)
    with pytest.raises(StoreError, match="a pipe or a device stands where"):
        store.add(ARTICLE)


def test_a_linked_marker_makes_no_store(tmp_path, outside):
    (outside / "marker").write_text('{"format": "claimtrack.store/1"}')
    (tmp_path / "newsroom").mkdir()
    (tmp_path / "newsroom/claimtrack.json").symlink_to(outside / "marker")
    with pytest.raises(StoreError, match="a link stands where"):
        Store(tmp_path / "newsroom")


def test_a_link_that_the_user_names_is_the_users_own(tmp_path, outside):
    (tmp_path / "desk").symlink_to(outside)
    store = Store(tmp_path / "desk")
    store.add(ARTICLE, CLAIMS)
    assert (outside / CLAIM_FILE).is_file()


def test_a_pipe_is_refused_without_waiting_for_its_writer(store, platform):
    store.add(ARTICLE, CLAIMS)
    path = store.folder / CLAIM_FILE
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(StoreError, match="a pipe or a device stands where"):
        store.claim(CLAIMS[0].id)
    listing = store.claims()
    assert [claim.id for claim in listing] == [claim.id for claim in CLAIMS[1:]]
    assert [finding.source for finding in listing.findings] == [CLAIM_FILE]
    assert [finding.source for finding in store.validate()] == [CLAIM_FILE]
    assert store.add(ARTICLE, CLAIMS).findings[0].code == "claim-damaged"
    assert stat.S_ISFIFO(path.lstat().st_mode)


def test_a_folder_where_a_document_belongs_is_told(store):
    store.add(ARTICLE, CLAIMS[1:])
    (store.folder / CLAIM_FILE).mkdir()
    with pytest.raises(StoreError, match="a folder stands where"):
        store.claim(CLAIMS[0].id)
    assert [finding.source for finding in store.validate()] == [CLAIM_FILE]


def test_a_giant_file_is_refused_before_it_is_read(store):
    store.add(ARTICLE, CLAIMS)
    with open(store.folder / CLAIM_FILE, "r+b") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(StoreError, match="larger than"):
        store.claim(CLAIMS[0].id)
    assert [finding.code for finding in store.validate()] == ["unreadable"]


def test_a_document_too_large_to_be_read_again_is_not_written(store):
    record = SpeakerRecord(id="mira-holt", name="Mira Holt", kind="person", note="holt " * (MAX_BYTES // 5))
    with pytest.raises(ValueError, match="larger than"):
        store.save(record)
    assert not (store.folder / "speakers").exists()


def test_a_store_on_a_disk_that_can_only_be_read_is_read(store, monkeypatch):
    store.add(ARTICLE, CLAIMS)
    (store.folder / ".claimtrack/tmp/0.json").write_text("{")
    open_ = os.open

    def open_to_read(path, flags, mode=0o777, *, dir_fd=None):
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return open_(path, flags, mode, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", open_to_read)
    again = Store(store.folder)
    assert tuple(again.claims()) == CLAIMS
    assert [finding.code for finding in again.validate()] == ["leftover"]
    with pytest.raises(StoreError, match="Read-only file system; the disk can only be read"):
        again.save(triaged(CLAIMS[0]))
