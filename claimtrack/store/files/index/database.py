"""The index's SQLite file: its tables, and what is done when it cannot be used.

Opened for each use and closed again, so that a Store holds nothing open. A rollback journal rather than a write-ahead
log: that needs memory shared between processes, which network drives and folders without leave to write do not give.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
from collections.abc import Iterator
from typing import Final

from claimtrack.errors import StoreError
from claimtrack.store.files import disk
from claimtrack.store.files.folders import Folder
from claimtrack.store.files.lock import workshop_of
from claimtrack.version import __version__

VERSION: Final = f"1 of {__version__}"
"""Another version of claimtrack may fold and key texts in another way."""
FILE: Final = "index.sqlite"
_BESIDE: Final = ("-journal", "-wal", "-shm")
_PATIENCE: Final = 60.0
"""Seconds to wait while another process brings the index up to date."""

# What stands in a claim is kept folded. `facet` holds what a claim can have several of, under a one-letter kind:
# s a voice's number; t a tag; e evidence; w a word of a figure.
_TABLES: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE folder (
    id INTEGER PRIMARY KEY, parent INTEGER, place TEXT UNIQUE, sort BLOB,
    mtime INTEGER, ctime INTEGER, inode INTEGER, stamp BLOB);
CREATE INDEX folder_parent ON folder (parent);
CREATE TABLE file (
    id INTEGER PRIMARY KEY, folder INTEGER, name TEXT, sort BLOB,
    mtime INTEGER, ctime INTEGER, size INTEGER, inode INTEGER, digest BLOB, born INTEGER, seq INTEGER, odd INTEGER);
CREATE UNIQUE INDEX file_name ON file (folder, name);
CREATE INDEX file_seq ON file (seq);
CREATE INDEX file_odd ON file (id) WHERE odd;
CREATE TABLE gone (place TEXT PRIMARY KEY, seq INTEGER) WITHOUT ROWID;
CREATE TABLE article (id INTEGER PRIMARY KEY, name TEXT, publisher TEXT, published TEXT);
CREATE INDEX article_name ON article (name);
CREATE INDEX article_publisher ON article (publisher);
CREATE INDEX article_published ON article (published);
CREATE TABLE claim (
    id INTEGER PRIMARY KEY, article TEXT, kind TEXT, verdict TEXT, workflow TEXT, publication TEXT, made TEXT,
    statement TEXT);
CREATE INDEX claim_article ON claim (article);
CREATE INDEX claim_verdict ON claim (verdict) WHERE verdict IS NOT NULL;
CREATE INDEX claim_workflow ON claim (workflow) WHERE workflow <> 'candidate';
CREATE INDEX claim_publication ON claim (publication) WHERE publication <> 'unpublished';
CREATE INDEX claim_made ON claim (made) WHERE made IS NOT NULL;
CREATE TABLE voice (id INTEGER PRIMARY KEY, words TEXT, key TEXT, role TEXT, record TEXT,
    UNIQUE (words, key, role, record));
CREATE TABLE facet (kind TEXT, value TEXT, claim INTEGER, PRIMARY KEY (kind, value, claim)) WITHOUT ROWID;
CREATE INDEX facet_claim ON facet (claim);
CREATE TABLE figure (claim INTEGER, low REAL, high REAL);
CREATE INDEX figure_claim ON figure (claim);
CREATE INDEX figure_value ON figure (low, claim) WHERE low = high;
CREATE INDEX figure_bounds ON figure (low, high, claim) WHERE low <> high;
CREATE VIRTUAL TABLE words USING fts5(
    statement, content='claim', content_rowid='id', tokenize='trigram case_sensitive 1', detail=none, columnsize=0);
CREATE VIRTUAL TABLE pieces USING fts5vocab(words, row);
"""
# Failures of the surroundings: another try on a new file would fare no better. Anything else is a broken index.
_SURROUNDINGS: Final = {
    *("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_FULL", "SQLITE_CANTOPEN"),
    *("SQLITE_PERM", "SQLITE_AUTH", "SQLITE_NOMEM", "SQLITE_PROTOCOL", "SQLITE_NOLFS", "SQLITE_INTERRUPT"),
}


class IndexUnusableError(Exception):
    """The index cannot be used here and now; every file can still be read."""


class IndexBrokenError(IndexUnusableError):
    """What stands in the index is damaged; a new one can be made."""


@contextlib.contextmanager
def opened(root: Folder) -> Iterator[sqlite3.Connection]:
    """Open the index, made where there is none, or one of another version.

    Raises IndexBrokenError where it is damaged, also while it is used, and IndexUnusableError where it cannot be used.
    """
    with _explaining(), workshop_of(root) as workshop:
        _check_files(workshop)
        db = _connect(workshop)
        try:
            _make_ready(db, workshop)
            yield db
            db.rollback()
        finally:
            db.close()


def clock(root: Folder) -> int:
    """Give the time that the file system gives to a file that is changed now.

    Only times of one clock can be compared, and the drive may be another machine's.
    """
    with workshop_of(root) as workshop:
        name, at = workshop.name_of(FILE)
        try:
            if at is None:
                os.utime(name)
                return os.stat(name).st_mtime_ns
            os.utime(name, dir_fd=at, follow_symlinks=False)
            return os.stat(name, dir_fd=at, follow_symlinks=False).st_mtime_ns
        except (OSError, NotImplementedError) as error:
            raise IndexUnusableError(str(error)) from error


def remove(root: Folder) -> None:
    """Remove the index, which costs nothing but the time to make it again.

    Raises IndexUnusableError where that cannot be done.
    """
    with _explaining(), workshop_of(root) as workshop:
        for ending in (*_BESIDE, ""):
            with contextlib.suppress(FileNotFoundError):
                disk.remove(*workshop.name_of(FILE + ending))


def _is_of_surroundings(error: sqlite3.Error) -> bool:
    """Tell whether an error is no fault of the index's file."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name == "SQLITE_IOERR_SHORT_READ":
        return False
    is_old = "no such module" in str(error) or "no such tokenizer" in str(error)  # SQLite before 3.34
    return is_old or any(name == one or name.startswith(one + "_") for one in _SURROUNDINGS)


def _connect(workshop: Folder) -> sqlite3.Connection:
    path = str(workshop.path / FILE)
    db = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
    # Whoever sent us the folder may have made the file: no code runs from it, and what it says is checked.
    db.execute("PRAGMA trusted_schema = OFF")
    db.execute("PRAGMA cell_size_check = ON")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA cache_size = -16000")
    db.execute("PRAGMA temp_store = MEMORY")
    return db


def _make_ready(db: sqlite3.Connection, workshop: Folder) -> None:
    if _is_ours(db, workshop):
        return
    db.execute("BEGIN IMMEDIATE")
    if _is_ours(db, workshop):  # another process may have been quicker
        db.rollback()
        return
    kinds = "SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'"
    for kind, name in db.execute(kinds).fetchall():
        quoted = str(name).replace('"', '""')
        with contextlib.suppress(sqlite3.OperationalError):  # the tables of a virtual table go with it
            db.execute(f'DROP {kind} IF EXISTS "{quoted}"')
    for statement in _TABLES.split(";"):
        db.execute(statement)
    given = {"version": VERSION, "id": secrets.token_hex(4), "seq": 0, "inode": _inode(workshop)}
    db.executemany("INSERT INTO meta VALUES (?, ?)", given.items())
    db.commit()


def _is_ours(db: sqlite3.Connection, workshop: Folder) -> bool:
    """Tell whether the tables are there, of this version, and the file no copy that was made while it changed."""
    if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone() is None:
        return False
    try:
        meta = dict(db.execute("SELECT key, value FROM meta"))
    except sqlite3.OperationalError as error:
        if _is_of_surroundings(error):
            raise
        return False
    return meta.get("version") == VERSION and meta.get("inode") == _inode(workshop)


def _inode(workshop: Folder) -> int:
    name, at = workshop.name_of(FILE)
    return os.stat(name, dir_fd=at, follow_symlinks=False).st_ino


def _check_files(workshop: Folder) -> None:
    """Raise StoreError where a link or anything else stands in the place of one of SQLite's files."""
    for ending in ("", *_BESIDE):
        workshop.check_file(FILE + ending)


@contextlib.contextmanager
def _explaining() -> Iterator[None]:
    try:
        yield
    except StoreError as error:
        raise IndexUnusableError(str(error)) from error
    except OSError as error:
        raise IndexUnusableError(error.strerror or str(error)) from error
    except sqlite3.Error as error:
        kind = IndexUnusableError if _is_of_surroundings(error) else IndexBrokenError
        raise kind(f"SQLite says: {error}") from error
