"""What starting costs: `import claimtrack` and its first use against `import pydantic`, and the commands from cold.

    python benchmarks/start_up.py

Each figure is the median of several new processes; imports count only what comes beyond `import pydantic`.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

SEED = Path(__file__).resolve().parents[1] / "seeds" / "plane-crash.txt"
RUNS = 9

_IMPORT = """
import time, pydantic
start = time.perf_counter()
{code}
print(time.perf_counter() - start)
"""


def import_seconds(code: str) -> float:
    """Give the median seconds of running code in a new process after `import pydantic`."""
    command = [sys.executable, "-c", _IMPORT.format(code=code)]
    return statistics.median(
        float(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in range(RUNS)
    )


def command_seconds(*arguments: str) -> float:
    """Give the median wall-clock seconds of a whole command."""
    took = []
    for _ in range(RUNS):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "claimtrack", *arguments], capture_output=True, check=True)
        took.append(time.perf_counter() - started)
    return statistics.median(took)


def main() -> None:
    """Print the table."""
    rows = {
        "import claimtrack, beyond pydantic": import_seconds("import claimtrack"),
        "the same, and every public name touched": import_seconds(
            "import claimtrack\nfor name in claimtrack.__all__: getattr(claimtrack, name)"
        ),
        "claimtrack --help": command_seconds("--help"),
        "claimtrack extract, one article, from cold": command_seconds("extract", str(SEED)),
    }
    for name, seconds in rows.items():
        print(f"{name:45} {seconds:6.3f} s")


if __name__ == "__main__":
    main()
