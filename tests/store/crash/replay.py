"""Every state in which a power cut can leave the disk, worked out from recorded calls.

After Pillai et al., "All File Systems Are Not Created Equal" (OSDI 2014): what was not synced may be there or not, in
any combination, and bytes that were not synced may be there in part, or as zeros. A rename happens whole or not at all.
Syncing a file saves its bytes and not its name; a name is saved by syncing the folder that it stands in, and counts
only while the folder is there itself. A sync that fails saves nothing, and what it should have saved is dropped from
memory: a second one has nothing left to save, and succeeds.
"""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from tests.store.crash.recording import Call

FOLDER = "a folder"
Tree = dict[str, bytes | str]
"""Paths with their bytes, or FOLDER."""
_ALL_SUBSETS = 6
_SAMPLE = 40


@attrs.frozen
class Effect:
    """One change of the disk: bytes of a file, or a name in a folder."""

    number: int
    kind: str  # bytes, name, rename, unname
    file: int
    path: str = ""
    to: str = ""
    data: bytes | None = b""

    @property
    def folder(self) -> str:
        """The folder that must be synced for the change to last."""
        return os.path.dirname(self.to or self.path) or "."


def crash_states(before: Mapping[str, bytes | str], calls: Sequence[Call]) -> Iterator[tuple[int, Tree]]:
    """Give each state that a power cut can leave, with the number of calls that had been made."""
    files = {path: number for number, path in enumerate(sorted(before))}
    held = {files[path]: what for path, what in before.items()}
    names, lasting, pending = dict(files), [], []
    fresh = itertools.count(len(files))
    for number in range(len(calls) + 1):
        seen: set[frozenset[tuple[str, bytes | str]]] = set()
        for chosen in _choices(pending):
            tree = _tree(held, files, sorted([*lasting, *chosen], key=lambda one: one.number))
            key = frozenset(tree.items())
            if key not in seen:
                seen.add(key)
                yield number, tree
        if number == len(calls):
            return
        call = calls[number]
        if call.name in ("sync", "sync_all"):
            saved = [one for one in pending if _is_saved(one, call, names.get(call.path))]
            pending = [one for one in pending if one not in saved]
            if not call.failed:
                lasting += saved
            else:  # names stand in the journal and may still arrive; the bytes are dropped
                pending += [one for one in saved if one.kind != "bytes"]
        elif call.name == "write" or not call.failed:
            pending += _effects(number, call, names, held, fresh)


def _is_saved(effect: Effect, call: Call, file: int | None) -> bool:
    if call.name == "sync_all":
        return True
    return effect.file == file if effect.kind == "bytes" else effect.folder == call.path


def _effects(
    number: int, call: Call, names: dict[str, int], held: dict[int, bytes | str], fresh: Iterator[int]
) -> list[Effect]:
    if call.name in ("create", "make_folder"):
        names[call.path] = file = next(fresh)
        held[file] = FOLDER if call.name == "make_folder" else b""
        return [Effect(number, "name", file, call.path)]
    if call.name == "rename":
        names[call.to] = file = names.pop(call.path)
        return [Effect(number, "rename", file, call.path, call.to)]
    if call.name == "remove":
        return [Effect(number, "unname", names.pop(call.path), call.path)]
    return [Effect(number, "bytes", names[call.path], call.path, data=call.data if call.name == "write" else None)]


def _choices(pending: Sequence[Effect]) -> Iterator[Sequence[Effect]]:
    """Give what of the changes that were not synced can have arrived."""
    count = len(pending)
    if count <= _ALL_SUBSETS:
        for bits in range(2**count):
            yield [one for at, one in enumerate(pending) if bits >> at & 1]
    else:
        yield from (pending[:at] for at in range(count + 1))
        yield from ([one] for one in pending)
        yield from ([one for one in pending if one is not left] for left in pending)
        random_ = random.Random(count)
        yield from ([one for one in pending if random_.random() < 0.5] for _ in range(_SAMPLE))
    for at, one in enumerate(pending):
        if one.kind == "bytes" and one.data:
            for torn in (one.data[: len(one.data) // 2], bytes(len(one.data))):
                yield [*pending[:at], attrs.evolve(one, data=torn), *pending[at + 1 :]]


def _tree(start: Mapping[int, bytes | str], files: Mapping[str, int], effects: Sequence[Effect]) -> Tree:
    names, held = dict(files), dict(start)
    for one in effects:
        if one.kind == "bytes":
            old = held[one.file]
            assert isinstance(old, bytes)
            held[one.file] = b"" if one.data is None else old + one.data
        elif one.kind == "name":
            names[one.path] = one.file
        else:
            if names.get(one.path) == one.file:
                del names[one.path]
            if one.kind == "rename":
                names[one.to] = one.file
    tree: Tree = {}
    for path in sorted(names):
        parent = os.path.dirname(path)
        if parent == "" or tree.get(parent) == FOLDER:
            tree[path] = held[names[path]]
    return tree


def tree_of(folder: Path) -> Tree:
    """Give what stands under a folder."""
    return {
        path.relative_to(folder).as_posix(): FOLDER if path.is_dir() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
    }


def lay_out(tree: Tree, folder: Path) -> None:
    """Make a folder that holds what a tree says."""
    folder.mkdir()
    for path, held in tree.items():
        if isinstance(held, str):
            (folder / path).mkdir()
        else:
            (folder / path).write_bytes(held)
