"""What a writer asks of the disk, recorded call by call through the functions of `claimtrack.store.files.disk`."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from claimtrack.store.files import disk

CALLS = ("create", "write", "sync", "sync_all", "rename", "make_folder", "remove", "truncate")


class Killed(BaseException):
    """Stands in for the end of the process."""


@attrs.frozen
class Call:
    """One call: what was asked, of which file or folder (from the store's folder), and the bytes or the other name."""

    name: str
    path: str
    data: bytes = b""
    to: str = ""
    failed: bool = False


@attrs.define
class Recording:
    """The calls in their order, and after how many of them something was reported as done."""

    calls: list[Call] = attrs.field(factory=list)
    reports: list[tuple[int, str]] = attrs.field(factory=list)
    on_report: Callable[[], None] = lambda: None

    def report(self, what: str) -> None:
        """Note that the writer was told that something is safe."""
        self.reports.append((len(self.calls), what))
        self.on_report()


def record(
    monkeypatch: pytest.MonkeyPatch, folder: Path, before: Callable[[int, str, str], None] = lambda *_: None
) -> Recording:
    """Record every call from now on; `before` is asked before each, and can raise."""
    recording = Recording()
    home = str(folder.resolve())

    def inside(path: str) -> str:
        return os.path.relpath(path, home)

    def path_of(fd: int) -> str:
        return inside(os.readlink(f"/proc/self/fd/{fd}"))

    def name_of(name: str, at: int | None) -> str:
        return inside(os.path.join("" if at is None else os.readlink(f"/proc/self/fd/{at}"), name))

    def told(name: str, args: tuple[Any, ...], options: dict[str, Any]) -> Call:
        if name == "rename":
            return Call(name, name_of(args[0], options["at"]), to=name_of(args[1], options["to_at"]))
        if name in ("create", "make_folder", "remove"):
            return Call(name, name_of(args[0], args[1]))
        return Call(name, path_of(args[0]), data=bytes(args[1]) if name == "write" else b"")

    def watched(name: str) -> Callable[..., Any]:
        call = getattr(disk, name)

        def calling(*args: Any, **options: Any) -> Any:
            one = told(name, args, options)
            try:
                before(len(recording.calls), name, one.path)
                result = call(*args, **options)
            except OSError:
                recording.calls.append(attrs.evolve(one, failed=True))
                raise
            recording.calls.append(one)
            return result

        return calling

    for name in CALLS:
        monkeypatch.setattr(disk, name, watched(name))
    return recording
