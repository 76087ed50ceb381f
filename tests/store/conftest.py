"""Stores in fresh folders, and what stands in them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from claimtrack.store import Store
from claimtrack.store.files import folders

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

Snapshot = Callable[[], dict[str, tuple[bytes, int]]]


@pytest.fixture(params=["open folders", "checked paths"])
def platform(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a test twice: as on Linux and macOS, and as on a platform that cannot look names up in open folders."""
    if request.param == "checked paths":
        monkeypatch.setattr(folders, "DIR_FD", False)
    elif not folders.DIR_FD:
        pytest.skip("this platform cannot look names up in open folders")
    return str(request.param)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Give an empty store."""
    return Store(tmp_path / "newsroom")


@pytest.fixture
def snapshot(store: Store) -> Snapshot:
    """Give a function that tells all files of the store, with their bytes and times."""

    def files() -> dict[str, tuple[bytes, int]]:
        found = (path for path in store.folder.rglob("*") if path.is_file() and ".claimtrack" not in path.parts)
        return {
            path.relative_to(store.folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in found
        }

    return files
