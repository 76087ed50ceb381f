"""Score find_attributions on PolNeAR with the corpus' scorer, and measure words per CPU second and memory.

    python benchmarks/attribution.py [--tagger rules] [--part dev]

Needs the shared data beside the project (or at $CLAIMTRACK_SHARED).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from claimtrack.extract import find_attributions

SHARED = Path(os.environ.get("CLAIMTRACK_SHARED", Path(__file__).resolve().parents[2] / "shared"))


def predict(part: Path, tagger: str, out: Path) -> tuple[int, float]:
    """Write the predictions for every document and give the number of words and the CPU seconds."""
    words, seconds = 0, 0.0
    done: set[str] = set()
    with out.open("w", encoding="utf-8") as file:
        for line in part.open(encoding="utf-8"):
            document = json.loads(line)
            if document["id"] in done:
                continue
            done.add(document["id"])
            started = time.process_time()
            found = find_attributions(document["text"], tagger=tagger)
            seconds += time.process_time() - started
            words += len(document["text"].split())
            attributions = [
                {
                    "source": [[one.source.start, one.source.end]] if one.source else [],
                    "cue": [[one.cue.start, one.cue.end]] if one.cue else [],
                    "content": [[piece.start, piece.end] for piece in one.content],
                }
                for one in found
            ]
            file.write(json.dumps({"id": document["id"], "attributions": attributions}) + "\n")
    return words, seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--tagger", default="rules")
    parser.add_argument("--part", default="dev", choices=["dev", "train"])
    arguments = parser.parse_args()
    part = SHARED / "data" / "polnear" / f"{arguments.part}.jsonl"
    if not part.is_file():
        sys.exit(f"{part} is not there; set CLAIMTRACK_SHARED to the folder that holds data/polnear")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "predictions.jsonl"
        words, seconds = predict(part, arguments.tagger, out)
        scorer = SHARED / "tools" / "score_attribution.py"
        print(subprocess.run([sys.executable, scorer, part, out], capture_output=True, text=True, check=True).stdout)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{words} words, {words / seconds:,.0f} words per CPU second, peak memory {peak} MiB")


if __name__ == "__main__":
    main()
