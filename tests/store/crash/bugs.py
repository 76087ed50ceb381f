"""Writers that break the protocol, one rule each: what stores have got wrong before. The replay must catch all."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from claimtrack.store.files import batch, disk, lock
from claimtrack.store.files.batch import FileBatch
from claimtrack.store.files.folders import Folder

_write = FileBatch._write
_place = FileBatch._place


def no_sync_of_files(patch: pytest.MonkeyPatch) -> None:
    """The bytes are left to the operating system."""

    def write(self: FileBatch, temporary: Folder, steps: batch.Steps, *, together: disk.At) -> None:
        with pytest.MonkeyPatch.context() as unsynced:
            unsynced.setattr(disk, "sync", lambda fd: None)
            unsynced.setattr(disk, "sync_all", lambda fd: None)
            _write(self, temporary, steps, together=together)

    patch.setattr(FileBatch, "_write", write)


def files_synced_after_the_rename(patch: pytest.MonkeyPatch) -> None:
    """The names are put in place first, and the bytes brought to the disk afterwards."""
    no_sync_of_files(patch)

    def place(self: FileBatch, temporary: Folder, steps: batch.Steps, *, together: disk.At) -> None:
        _place(self, temporary, steps, together=together)
        for _, where in steps:
            fd = os.open(self.root.path.joinpath(*where), os.O_WRONLY)
            disk.sync(fd)
            os.close(fd)

    patch.setattr(FileBatch, "_place", place)


def no_sync_of_folders(patch: pytest.MonkeyPatch) -> None:
    """The names are left to the operating system."""

    def place(self: FileBatch, temporary: Folder, steps: batch.Steps, *, together: disk.At) -> None:
        with pytest.MonkeyPatch.context() as unsynced:
            unsynced.setattr(disk, "sync_all", lambda fd: None)
            unsynced.setattr(batch, "sync_up", lambda root, places: None)
            _place(self, temporary, steps, together=together)

    patch.setattr(FileBatch, "_place", place)


def no_sync_of_the_folder_above_a_new_one(patch: pytest.MonkeyPatch) -> None:
    """The folder of the document is synced, but not the one in which that folder is new."""

    def sync_lowest(root: Folder, places: batch.Iterable[tuple[str, ...]]) -> None:
        for place in {*places}:
            with root.inside(place) as folder:
                folder.sync()

    patch.setattr(batch, "sync_up", sync_lowest)
    patch.setattr(disk, "can_sync_all", lambda fd: False)


def written_in_place(patch: pytest.MonkeyPatch) -> None:
    """The document's own file is emptied and written anew."""

    def write(self: FileBatch, temporary: Folder, steps: batch.Steps, *, together: disk.At) -> None:
        for _, where in steps:
            with self.root.inside(where[:-1], make=True) as folder:
                name, at = folder.name_of(where[-1])
                if folder.read(where[-1]) is None:
                    fd = disk.create(name, at)
                else:
                    fd = os.open(name, os.O_WRONLY, dir_fd=at)
                    disk.truncate(fd)
                disk.write(fd, self._pending[where])
                disk.sync(fd)
                os.close(fd)

    def place(self: FileBatch, temporary: Folder, steps: batch.Steps, *, together: disk.At) -> None:
        lock.sync_up(self.root, [where[:-1] for _, where in steps])

    patch.setattr(FileBatch, "_write", write)
    patch.setattr(FileBatch, "_place", place)


def renamed_before_all_is_written(patch: pytest.MonkeyPatch) -> None:
    """The file is put in its place when half of it is written and synced."""

    def write(self: FileBatch, temporary: Folder, steps: batch.Steps, *, together: disk.At) -> None:
        for name, where in steps:
            data = self._pending[where]
            fd = disk.create(*temporary.name_of(name))
            disk.write(fd, data[: len(data) // 2])
            disk.sync(fd)
            _place(self, temporary, [(name, where)], together=None)
            disk.write(fd, data[len(data) // 2 :])
            disk.sync(fd)
            os.close(fd)

    patch.setattr(FileBatch, "_write", write)
    patch.setattr(FileBatch, "_place", lambda *_, **__: None)


def file_used_again_after_a_failed_sync(patch: pytest.MonkeyPatch) -> None:
    """A sync fails and is tried again on the same file, which then succeeds with nothing left to save."""
    patch.setattr(disk, "can_sync_all", lambda fd: False)

    def write(self: FileBatch, temporary: Folder, steps: batch.Steps, *, together: disk.At) -> None:
        for name, where in steps:
            fd = disk.create(*temporary.name_of(name))
            disk.write(fd, self._pending[where])
            try:
                disk.sync(fd)
            except OSError:
                disk.sync(fd)
            os.close(fd)

    patch.setattr(FileBatch, "_write", write)


def reported_before_the_last_sync(patch: pytest.MonkeyPatch) -> None:
    """The last folders of a batch are not waited for."""

    def place(self: FileBatch, temporary: Folder, steps: batch.Steps, *, together: disk.At) -> None:
        if steps and steps[0][1][0] == "articles":
            _place(self, temporary, steps, together=together)
            return
        with pytest.MonkeyPatch.context() as unsynced:
            unsynced.setattr(disk, "sync_all", lambda fd: None)
            unsynced.setattr(batch, "sync_up", lambda root, places: None)
            _place(self, temporary, steps, together=together)

    patch.setattr(FileBatch, "_place", place)


def claims_before_their_article(patch: pytest.MonkeyPatch) -> None:
    """All documents are put in their places at once, in any order."""
    waiting: batch.Steps = []

    def place(self: FileBatch, temporary: Folder, steps: batch.Steps, *, together: disk.At) -> None:
        if steps and steps[0][1][0] == "articles":
            waiting.extend(steps)
            return
        _place(self, temporary, [*steps, *waiting], together=together)
        waiting.clear()

    patch.setattr(FileBatch, "_place", place)


def old_document_removed_first(patch: pytest.MonkeyPatch) -> None:
    """What a document replaces is removed before the rename."""
    rename = disk.rename

    def remove_and_rename(name: str, to: str, *, at: disk.At, to_at: disk.At) -> None:
        if os.path.lexists(to) if to_at is None else to in os.listdir(to_at):
            disk.remove(to, to_at)
        rename(name, to, at=at, to_at=to_at)

    patch.setattr(disk, "rename", remove_and_rename)


def what_a_killed_writer_changed_is_not_synced(patch: pytest.MonkeyPatch) -> None:
    """A successor takes what it finds for safe, though the killed writer never synced the folders."""
    patch.setattr(lock, "sync_up", lambda root, places: None)
    patch.setattr(disk, "can_sync_all", lambda fd: False)


def fail_the_first_sync() -> Callable[[int, str, str], None]:
    """Give what makes the first sync of a temporary file fail."""
    failed: list[str] = []

    def before(_: int, name: str, path: str) -> None:
        if name == "sync" and "tmp" in Path(path).parts and not failed:
            failed.append(path)
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    return before


BUGS = (
    no_sync_of_files,
    files_synced_after_the_rename,
    no_sync_of_folders,
    no_sync_of_the_folder_above_a_new_one,
    written_in_place,
    renamed_before_all_is_written,
    file_used_again_after_a_failed_sync,
    reported_before_the_last_sync,
    claims_before_their_article,
    old_document_removed_first,
    what_a_killed_writer_changed_is_not_synced,
)
