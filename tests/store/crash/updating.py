"""Updates the index of many stores, one process each, so that a tracer can fail another call in each.

Run under `strace -f -e inject=CALLS:...:when=N+1`: the process for store number K makes N - K calls of the kind that
do nothing, so that its own call number K + 1 is the one that fails.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path

from claimtrack.errors import StoreError
from claimtrack.store import Store


def main(home: Path, most: int, every: int, calls: str) -> None:
    """Fork for each store, and give up on none."""
    for number in range(0, most, every):
        child = os.fork()
        if child:
            os.waitpid(child, 0)
            continue
        _make_calls(calls, most - number)
        try:
            Store(home / str(number), create=False).reindex()
        except StoreError as error:
            print(error)
        os._exit(0)


def _make_calls(calls: str, count: int) -> None:
    with tempfile.TemporaryFile() as file:
        for _ in range(count):
            if calls.startswith("pwrite64"):
                os.pwrite(file.fileno(), b"", 0)
            elif calls.startswith("fsync"):
                os.fdatasync(file.fileno())
            else:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink("/nothing/here")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
