"""Documents that are written together: each appears whole or not at all, and all are durable before anybody is told.

The protocol: write every new file into `.claimtrack/tmp`; bring them to the device; rename each into its place; bring
every folder on the way to it to the device. (One syncfs does for all files, or all folders, where there is one to rely
on.) Articles go through the last two steps before their claims, so that a claim never stands in the store without its
article. A document that was there is replaced in the one step of the rename, so readers, who take no lock, see the old
one or the new one.

The order follows Pillai et al., "All File Systems Are Not Created Equal" (OSDI 2014): no rename before the bytes are
safe, no promise before the folder is. After a failed sync nothing is tried again on the same file, because the kernel
may have dropped the bytes and call the next sync a success (Rebello et al., "Can Applications Recover from fsync
Failures?", ATC 2020): the whole batch fails.
"""

from __future__ import annotations

import contextlib
import os
from collections import defaultdict
from collections.abc import Iterable, Sequence

from claimtrack.errors import StoreError
from claimtrack.store.files import disk
from claimtrack.store.files.folders import Folder, explained
from claimtrack.store.files.lock import TEMPORARY, Lock, sync_up
from claimtrack.store.home import Batch
from claimtrack.store.paths import Place

Steps = list[tuple[str, Place]]
"""Temporary names, and the places that the files are for."""


class FileBatch(Batch):
    """The store as it will be. Used while the lock is held."""

    def __init__(self, root: Folder) -> None:
        super().__init__()
        self.root = root

    def expect(self, places: Sequence[Place]) -> None:
        """Do nothing: a file is as soon read alone as with others."""

    def stored(self, place: Place) -> bytes | None:
        """Give the bytes that stand at a place by now, or None.

        Raises StoreError on anything but a regular file.
        """
        return read_file(self.root, place)

    def stored_names(self, folder: Place) -> Iterable[str]:
        """Give the names of the documents that stand in a folder by now, in order."""
        try:
            with self.root.inside(folder) as opened:
                return [name for name, _ in opened.names() if name.endswith(".json")]
        except FileNotFoundError:
            return ()

    def commit(self, lock: Lock) -> None:
        """Write all documents; when this returns they are durable.

        Raises StoreError where that fails: what was in the batch is then in the store whole or not at all, and its
        temporary files are gone.
        """
        if not self._pending:
            return
        steps: Steps = [(f"{number}.json", place) for number, place in enumerate(self._pending)]
        with self.root.inside(TEMPORARY) as temporary:
            _, at = temporary.name_of("")
            together = at if at is not None and len(steps) > 2 and disk.can_sync_all(at) else None
            try:
                lock.note({place[:-1] for place in self._pending})
                self._write(temporary, steps, together=together)
                self._place(temporary, [step for step in steps if step[1][0] == "articles"], together=together)
                self._place(temporary, [step for step in steps if step[1][0] != "articles"], together=together)
                lock.clear()
            except BaseException as error:
                for name, _ in steps:
                    with contextlib.suppress(OSError):  # what stays is removed by the next writer
                        disk.remove(*temporary.name_of(name))
                if isinstance(error, OSError) and not isinstance(error, StoreError):
                    raise explained(self.root.path, error) from error
                raise

    def _write(self, temporary: Folder, steps: Steps, *, together: disk.At) -> None:
        for name, place in steps:
            fd = disk.create(*temporary.name_of(name))
            try:
                disk.write(fd, self._pending[place])
                if together is None:
                    disk.sync(fd)
            finally:
                os.close(fd)
        if together is not None:
            disk.sync_all(together)

    def _place(self, temporary: Folder, steps: Steps, *, together: disk.At) -> None:
        by_folder: defaultdict[Place, Steps] = defaultdict(list)
        for name, place in steps:
            by_folder[place[:-1]].append((name, place))
        for folder, inside in by_folder.items():
            with self.root.inside(folder, make=True) as opened:
                for name, place in inside:
                    where, at = temporary.name_of(name)
                    to, to_at = opened.name_of(place[-1])
                    disk.rename(where, to, at=at, to_at=to_at)
        if together is None:
            sync_up(self.root, by_folder)
        elif by_folder:
            disk.sync_all(together)


def read_file(root: Folder, place: Place) -> bytes | None:
    """Give the bytes of the file at a place of the store, or None where there is none.

    Raises StoreError on anything but a regular file.
    """
    try:
        with root.inside(place[:-1]) as folder:
            return folder.read(place[-1])
    except FileNotFoundError:
        return None
