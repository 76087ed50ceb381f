"""The parts of a finished batch as single files."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from claimtrack.batch.manifest import digest_of, read_manifest, read_parts
from claimtrack.batch.output import failed
from claimtrack.errors import BatchError
from claimtrack.exchange.output_file import open_output
from claimtrack.exchange.packed_file import unpacked
from claimtrack.exchange.tables import imported

_REJECTS: Final = "rejects.jsonl"
_PIECE: Final = 1 << 20


def join_batch(output: str | os.PathLike[str], folder: str | os.PathLike[str]) -> tuple[Path, ...]:
    """Give the single files that the parts of a finished batch were joined into.

    One file for each folder of parts, in `folder`, in the format of the parts: `claims.parquet`, `figures.parquet`, ...
    Each appears once it is whole. Memory holds one group of rows. Parts that are not what the batch wrote are an error.

    >>> from tempfile import TemporaryDirectory
    >>> from claimtrack.batch import extract_batch
    >>> with TemporaryDirectory() as place:
    ...     for day in ("Monday", "Friday"):
    ...         _ = Path(place, f"{day}.txt").write_text(f"{day} in the port\\n\\nThe quay is safe, Ann Silva said.")
    ...     batch = extract_batch(Path(place, "*.txt"), Path(place, "parts"), tagger="rules", part_size=1)
    ...     [path.name for path in join_batch(batch.output, Path(place, "whole"))], batch.parts
    (['articles.jsonl', 'claims.jsonl'], 2)

    The `rejects.jsonl` of an earlier batch goes where this one has no rejects.

    Raises BatchError where the batch is not finished or its parts are damaged, and ReadError where a file cannot be
    written.
    """
    source, target = Path(output), Path(folder)
    if not (read_manifest(source) or {}).get("finished"):
        raise BatchError(f"{source}: holds no finished batch; run it to its end, then join it")
    parts: dict[str, list[Path]] = {}
    for part in read_parts(source):
        for name, told in part.files.items():
            path = source / name
            with _reading(path):
                is_there = path.is_file() and digest_of(path) == told["sha256"]
            if not is_there:
                raise BatchError(f"{path}: is not there as it was written, so nothing was joined; bring it back")
            parts.setdefault(path.parent.name + path.name[path.name.index(".") :], []).append(path)
    if target.resolve() == source.resolve():
        raise BatchError(f"{target}: is the folder of the parts; name another for the single files")
    try:
        target.mkdir(parents=True, exist_ok=True)
        if _REJECTS not in parts:
            (target / _REJECTS).unlink(missing_ok=True)  # it would pass for this batch's
    except OSError as error:
        raise failed(target, error) from None
    for name, paths in sorted(parts.items()):
        (_join_tables if name.endswith(".parquet") else _join_lines)(paths, target / name)
    return tuple(target / name for name in sorted(parts))


def _join_lines(paths: Iterable[Path], target: Path) -> None:
    with open_output(target) as file:
        for path in paths:
            for piece in _pieces(path):
                file.write(piece)


def _pieces(path: Path) -> Iterator[bytes]:
    with _reading(path), path.open("rb") as part:
        stream = unpacked(part, name=str(path))
        while piece := stream.read(_PIECE):
            yield piece


def _join_tables(paths: list[Path], target: Path) -> None:
    parquet: Any = imported("pyarrow.parquet")
    with _reading(paths[0]):
        schema = parquet.read_schema(paths[0])
    with open_output(target) as file, parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for path in paths:
            for group in _groups(path):
                writer.write_table(group)


def _groups(path: Path) -> Iterator[Any]:
    parquet: Any = imported("pyarrow.parquet")
    with _reading(path), contextlib.closing(parquet.ParquetFile(path)) as part:
        for group in range(part.num_row_groups):
            yield part.read_row_group(group)


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BatchError(
            f"{path}: the part cannot be read: {error.strerror or error}; join again when it can"
        ) from None
