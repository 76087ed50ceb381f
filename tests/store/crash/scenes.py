"""What a writer does in each scene, and what must hold of the store after a power cut at any moment of it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest

from claimtrack import track
from claimtrack.store import Store
from claimtrack.store.paths import FOLDERS
from tests.store.crash.recording import Killed, Recording, record
from tests.store.crash.replay import Tree, crash_states, lay_out, tree_of
from tests.store.news import make_article, make_claim, make_claims

ARTICLE = make_article()
CLAIMS = make_claims(ARTICLE)
LATER = make_article(
    "The ferry is afloat. No charges will be brought, Ursula Brack said.",
    id="2026-04-02-valley-echo-ferry-afloat",
    url="https://valley-echo.example/ferry",
)
LATER_CLAIMS = (
    make_claim(LATER, "The ferry is afloat", None),
    make_claim(LATER, "No charges will be brought", "Ursula Brack"),
)
_OPENED_AGAIN = 20


@attrs.frozen
class Played:
    """A scene that was played: the disk before it, the calls, and the documents at each report."""

    before: Tree
    recording: Recording
    snapshots: tuple[Tree, ...]


def add_changed_claims(store: Store, recording: Recording) -> None:
    """Add an extraction that changed one stored claim and found another."""
    store.add(ARTICLE, (CLAIMS[0].replace(statement="All are safe"), *CLAIMS[1:]))
    recording.report("added")


def add_article(store: Store, recording: Recording) -> None:
    """Add an article whose folders are not there yet."""
    store.add(LATER, LATER_CLAIMS)
    recording.report("added")


def save_claim(store: Store, recording: Recording) -> None:
    """Take a step of a claim's life."""
    store.update(CLAIMS[0], track.triage, by="ana", at="2025-03-15T09:00:00Z")
    recording.report("saved")


def add_and_save(store: Store, recording: Recording) -> None:
    """Do one thing after the other."""
    add_article(store, recording)
    save_claim(store, recording)


def add_after_a_kill(store: Store, recording: Recording) -> None:
    """Add what a killed writer had already put in its place, and be told that nothing changed."""
    with contextlib.suppress(Killed):
        store.add(LATER, LATER_CLAIMS)
    again = Store(store.folder)
    again.add(LATER, LATER_CLAIMS)
    recording.report("added")


SCENES: tuple[Callable[[Store, Recording], None], ...] = (
    add_changed_claims,
    add_article,
    save_claim,
    add_and_save,
    add_after_a_kill,
)


def play(
    scene: Callable[[Store, Recording], None],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    before_call: Callable[[int, str, str], None] = lambda *_: None,
    plant: Callable[[pytest.MonkeyPatch], None] = lambda _: None,
) -> Played:
    """Play a scene in a fresh store, with a bug planted if so wanted, and give what was asked of the disk."""
    store = Store(folder)
    store.add(ARTICLE, CLAIMS[:2])
    before, snapshots = tree_of(folder), []
    if scene is add_after_a_kill:
        before_call = _killing_before_the_folders_are_synced()
    with monkeypatch.context() as patched:
        recording = record(patched, folder, before_call)
        recording.on_report = lambda: snapshots.append(documents(tree_of(folder)))
        plant(patched)
        scene(store, recording)
    return Played(before, recording, tuple(snapshots))


def _killing_before_the_folders_are_synced() -> Callable[[int, str, str], None]:
    renamed = []

    def before(_: int, name: str, path: str) -> None:
        if name == "rename":
            renamed.append(path)
        if name in ("sync", "sync_all", "truncate") and len(renamed) == 1 + len(LATER_CLAIMS):
            renamed.append("killed")
            raise Killed

    return before


def documents(tree: Tree) -> Tree:
    """Give the documents of a tree."""
    return {path: held for path, held in tree.items() if path.split("/")[0] in FOLDERS and path.endswith(".json")}


def find_violations(played: Played, scratch: Path) -> Iterator[str]:
    """Give what is wrong after a power cut, for each moment and each state that it can leave."""
    first = documents(played.before)
    versions = [first, *played.snapshots]
    opened: set[frozenset[tuple[str, bytes | str]]] = set()
    for number, tree in crash_states(played.before, played.recording.calls):
        told = sum(after <= number for after, _ in played.recording.reports)
        there = documents(tree)
        for path, held in versions[told].items():
            if not any(there.get(path) == later.get(path, held) for later in versions[told:]):
                what = "half" if path in there else "lost"
                yield f"after call {number}: {path} was reported and is {what}"
        for path, held in there.items():
            if held not in [version.get(path) for version in versions]:
                yield f"after call {number}: {path} holds what nobody wrote"
            folder = path.split("/")
            if folder[0] == "claims" and f"articles/{folder[1]}/{folder[2]}.json" not in there:
                yield f"after call {number}: {path} is there without its article"
        key = frozenset((path, held if path in there else "") for path, held in tree.items())
        if key not in opened and len(opened) < _OPENED_AGAIN:
            opened.add(key)
            yield from (
                f"after call {number}: {wrong}" for wrong in _open_again(tree, there, scratch / str(len(opened)))
            )


def _open_again(tree: Tree, there: Tree, folder: Path) -> Iterator[str]:
    """Open the store that a power cut left, and give what is wrong with it."""
    lay_out(tree, folder)
    try:
        store = Store(folder, create=False)
        yield from (str(finding) for finding in store.validate())
        yield from (f"{path.name} is left over" for path in (folder / ".claimtrack/tmp").iterdir())
        if documents(tree_of(folder)) != there:
            yield "opening the store changed a document"
        store.add(LATER, LATER_CLAIMS)
        if {claim.id for claim in store.claims(article=LATER.id)} != {claim.id for claim in LATER_CLAIMS}:
            yield "what is added afterwards is not there"
    except OSError as error:
        yield f"the store cannot be opened: {error}"
