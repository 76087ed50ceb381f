"""Bringing the index up to date: which files changed since the last look, told by their status, and what is in them.

Three depths. *Folders*: only the times of folders are compared, which tell of files that were added, removed or
replaced, but not of one that was changed in place. *Files*: the time of change, status change, size and inode of every
file; the time of change alone can be set back. *Bytes*: every file is read again.

A file that was changed in the moment in which it was read can be changed again in the same tick of the file system's
clock, with nothing to show for it; so what is as young as the look itself is not taken as seen, and looked at again
(git's "racy" rule).
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from typing import Any, Final, Literal

import attrs
from pydantic_core import from_json

from claimtrack.errors import StoreError
from claimtrack.store.changes import Looked
from claimtrack.store.facts import Voice, article_facts, claim_facts
from claimtrack.store.files.folders import Folder
from claimtrack.store.files.index.database import IndexUnusableError, clock
from claimtrack.store.home import Kind
from claimtrack.store.paths import DEPTH, Place, sort_key
from claimtrack.store.voices import voice_row

Depth = Literal["folders", "files", "bytes"]
Key = tuple[int, int, int, int]
"""Time of change, time of status change, size, inode."""
_UNSEEN: Final[Key] = (0, 0, 0, 0)
_AT_ONCE: Final = 4000
"""Files between two commits: what is done is kept when the look is cut short, and memory stays flat."""
_MOST_VOICES: Final = 20_000
_INSERTS: Final = {
    "file": "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "article": "INSERT INTO article VALUES (?, ?, ?, ?)",
    "claim": "INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    "facet": "INSERT OR IGNORE INTO facet VALUES (?, ?, ?)",
    "figure": "INSERT INTO figure VALUES (?, ?, ?)",
    "words": "INSERT INTO words (rowid, statement) VALUES (?, ?)",
}


def look(db: sqlite3.Connection, root: Folder, *, depth: Depth) -> Looked:
    """Give what changed, once the index holds it.

    Raises IndexUnusableError where a folder cannot be looked into.
    """
    looking = _Looking(db, root, depth)
    looking.begin()
    for top, levels in DEPTH.items():
        try:
            status = root.status(top)
            with root.inside((top,)) as folder:
                looking.visit(folder, (top,), levels, parent=0, status=status)
        except FileNotFoundError:
            looking.forget_folder(top)
        except StoreError as error:
            raise IndexUnusableError(str(error)) from error
    return looking.end()


@attrs.define
class _Looking:
    db: sqlite3.Connection
    root: Folder
    depth: Depth
    now: int = 0
    seq: int = 0
    next_id: int = 1
    counts: dict[str, int] = attrs.field(factory=lambda: {"new": 0, "changed": 0, "gone": 0})
    waiting: dict[str, list[tuple[Any, ...]]] = attrs.field(factory=lambda: {table: [] for table in _INSERTS})
    voices: dict[Voice, int] = attrs.field(factory=dict)
    done: int = 0
    is_first: bool = False

    def begin(self) -> None:
        self.db.execute("BEGIN IMMEDIATE")
        self.now = clock(self.root)
        (seq,) = self.db.execute("SELECT value FROM meta WHERE key = 'seq'").fetchone()
        self.seq = int(seq) + 1
        (last,) = self.db.execute("SELECT max(id) FROM file").fetchone()
        self.next_id = (last or 0) + 1
        if last is None:
            self.is_first = True

    def end(self) -> Looked:
        self.commit()
        if self.is_first and self.counts["new"]:
            # Which of two conditions leaves fewer claims is decided by what is in the store.
            self.db.execute("PRAGMA analysis_limit = 400")
            self.db.execute("ANALYZE")
        (documents,) = self.db.execute("SELECT count(*) FROM file").fetchone()
        return Looked(documents, **self.counts)

    def commit(self) -> None:
        self.flush()
        if self.done:
            self.db.execute("UPDATE meta SET value = ? WHERE key = 'seq'", (self.seq,))
        self.db.commit()
        self.done = 0

    def flush(self) -> None:
        for table, rows in self.waiting.items():
            if rows:
                self.db.executemany(_INSERTS[table], rows)
                rows.clear()

    def visit(self, folder: Folder, place: Place, levels: int, *, parent: int, status: os.stat_result) -> None:
        """Bring what is known of a folder, and `levels` more under it, up to date."""
        known = self.db.execute(
            "SELECT id, mtime, ctime, inode, stamp FROM folder WHERE place = ?", ("/".join(place),)
        ).fetchone()
        times = (status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        if levels == 0 and self.depth == "folders" and known is not None and known[1:4] == times:
            return
        entries = folder.statuses()
        inner = [(name, status) for name, kind, status in entries if kind == "folder"] if levels else []
        files = [entry for entry in entries if not (levels and entry[1] == "folder")]
        id = self.scan(folder, place, parent, files, known=known, times=times)
        subfolders = {
            name: row
            for row in self.db.execute(
                "SELECT place, id, mtime, ctime, inode FROM folder WHERE parent = ?", (id,)
            ).fetchall()
            for name in [row[0].rpartition("/")[2]]
        }
        for name, status in inner:
            row = subfolders.pop(name, None)
            times = (status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
            if levels == 1 and self.depth == "folders" and row is not None and row[2:] == times:
                continue
            try:
                with folder.inside((name,)) as opened:
                    self.visit(opened, (*place, name), levels - 1, parent=id, status=status)
            except FileNotFoundError:
                self.forget_folder("/".join((*place, name)))
        for row in subfolders.values():
            self.forget_folder(row[0])

    def scan(
        self,
        folder: Folder,
        place: Place,
        parent: int,
        files: list[tuple[str, Kind, os.stat_result]],
        *,
        known: tuple[int, int, int, int, bytes] | None,
        times: tuple[int, int, int],
    ) -> int:
        """Bring the files of one folder up to date, and give the folder's id."""
        where = "/".join(place)
        keys = {
            name: (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)
            for name, kind, status in files
            if kind != "file" or name.endswith(".json")
        }
        stamp: bytes | None = hashlib.blake2b(repr(sorted(keys.items())).encode("utf-8", "replace")).digest()[:16]
        if known is None:
            insert = "INSERT INTO folder (parent, place, sort) VALUES (?, ?, ?)"
            sort = b"".join(map(sort_key, place))
            try:
                id = self.db.execute(insert, (parent, where, sort)).lastrowid
            except UnicodeEncodeError as error:
                raise IndexUnusableError(f"a folder in {'/'.join(place[:-1])} has a name that is no text") from error
            assert id is not None
        else:
            id = known[0]
        if known is None or known[4] != stamp or self.depth == "bytes":
            old = {row[0]: row[1:] for row in self.db.execute(_KNOWN, (id,))} if known is not None else {}
            for name, key in keys.items():
                row = old.pop(name, None)
                is_known = row is not None and row[1:5] == key and self.depth != "bytes"
                if not is_known and not self.read(folder, place, name, id, row):
                    stamp = None
            for name, row in old.items():
                self.forget_file(row[0], f"{where}/{name}")
        if max(times[:2]) >= self.now:
            times = (0, 0, 0)
        if known is None or known[1:] != (*times, stamp):
            self.db.execute(
                "UPDATE folder SET mtime = ?, ctime = ?, inode = ?, stamp = ? WHERE id = ?", (*times, stamp, id)
            )
        if self.done >= _AT_ONCE:
            self.commit()
            self.begin()
        return id

    def read(self, folder: Folder, place: Place, name: str, folder_id: int, row: tuple[Any, ...] | None) -> bool:
        """Take in what is in a file; tell whether it can be taken as seen until its status changes."""
        try:
            found = folder.read_with_status(name)
        except StoreError:
            data, key = None, _UNSEEN
        else:
            if found is None:
                return False
            data, status = found
            key = (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)
        is_seen = data is not None and max(key[:2]) < self.now
        digest = None if data is None else hashlib.blake2b(data, digest_size=16).digest()
        shown = key if is_seen else _UNSEEN
        if row is not None and row[5] == digest:
            if row[1:5] == shown:
                return is_seen
            self.db.execute("UPDATE file SET mtime = ?, ctime = ?, size = ?, inode = ? WHERE id = ?", (*shown, row[0]))
            return is_seen
        id, born = (self.next_id, self.seq) if row is None else (row[0], row[6])
        if row is None:
            self.next_id += 1
            self.counts["new"] += 1
        else:
            self.drop(id)
            self.counts["changed"] += 1
        odd = self.take(id, place[0], name, data)
        try:
            name.encode()
        except UnicodeEncodeError as error:
            raise IndexUnusableError(f"a file in {'/'.join(place)} has a name that is no text") from error
        row = (id, folder_id, name, sort_key(name), *shown, digest, born, self.seq, odd)
        self.waiting["file"].append(row)
        self.done += 1
        return is_seen

    def take(self, id: int, top: str, name: str, data: bytes | None) -> bool:
        """Note the facts of a document; tell whether it is odd, so that only reading it can tell what is asked for."""
        if top not in ("articles", "claims"):
            return False
        try:
            value = from_json(data or b"")
            if top == "articles":
                article = article_facts(value)
                row = (id, name.removesuffix(".json"), article.publisher, article.published)
                self.waiting["article"].append(row)
                return False
            facts = claim_facts(value)
        except (ValueError, TypeError, AttributeError, KeyError):
            return top == "claims"
        add = self.waiting["facet"].append
        for voice in facts.voices:
            add(("s", self.voice_id(voice), id))
        for tag in facts.tags:
            add(("t", tag, id))
        for evidence in facts.evidence:
            add(("e", evidence, id))
        for figure in facts.figures:
            for word in figure.words:
                add(("w", word, id))
            low = float("-inf") if figure.low is None else float(figure.low)
            high = float("inf") if figure.high is None else low if figure.high is figure.low else float(figure.high)
            self.waiting["figure"].append((id, low, high))
        state = (facts.article, facts.kind, facts.verdict, facts.workflow, facts.publication, facts.made)
        self.waiting["claim"].append((id, *state, facts.statement))
        self.waiting["words"].append((id, facts.statement))
        return False

    def voice_id(self, voice: Voice) -> str:
        """Give the number of a voice, a new one where it has not been heard before."""
        if voice not in self.voices:
            if len(self.voices) >= _MOST_VOICES:
                self.voices.clear()
            row = voice_row(voice)
            self.db.execute("INSERT OR IGNORE INTO voice (words, key, role, record) VALUES (?, ?, ?, ?)", row)
            where = "words = ? AND key = ? AND role = ? AND record = ?"
            (self.voices[voice],) = self.db.execute(f"SELECT id FROM voice WHERE {where}", row).fetchone()
        return str(self.voices[voice])

    def drop(self, id: int) -> None:
        """Forget the facts of a document."""
        self.flush()
        claim = self.db.execute("SELECT statement FROM claim WHERE id = ?", (id,)).fetchone()
        if claim is not None:
            self.db.execute("INSERT INTO words (words, rowid, statement) VALUES ('delete', ?, ?)", (id, *claim))
        for statement in _FORGET:
            self.db.execute(statement, (id,))

    def forget_file(self, id: int, place: str) -> None:
        self.drop(id)
        self.db.execute("DELETE FROM file WHERE id = ?", (id,))
        self.db.execute("INSERT OR REPLACE INTO gone VALUES (?, ?)", (place, self.seq))
        self.counts["gone"] += 1
        self.done += 1

    def forget_folder(self, place: str) -> None:
        self.flush()
        row = self.db.execute("SELECT id FROM folder WHERE place = ?", (place,)).fetchone()
        if row is None:
            return
        for (inner,) in self.db.execute("SELECT place FROM folder WHERE parent = ?", row).fetchall():
            self.forget_folder(inner)
        for id, name in self.db.execute("SELECT id, name FROM file WHERE folder = ?", row).fetchall():
            self.forget_file(id, f"{place}/{name}")
        self.db.execute("DELETE FROM folder WHERE id = ?", row)


_KNOWN: Final = "SELECT name, id, mtime, ctime, size, inode, digest, born FROM file WHERE folder = ?"
_FORGET: Final = (
    "DELETE FROM claim WHERE id = ?",
    "DELETE FROM article WHERE id = ?",
    "DELETE FROM figure WHERE claim = ?",
    "DELETE FROM facet WHERE claim = ?",
)
