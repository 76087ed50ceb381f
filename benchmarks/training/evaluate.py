"""Score a trained tagger on PolNeAR with the corpus' scorer, as it is and glued; measure its speed and memory.

    python evaluate.py accurate POLNEAR/dev.jsonl score_attribution.py

`glued` is the same text without paragraph breaks and without spaces after full stops.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from corpus import Document, glue, read_documents

from claimtrack.extract.attribution import Tagger, find_attributions
from claimtrack.extract.tagging import tag_accurately, tag_fast

TAGGERS: dict[str, str | Tagger] = {"accurate": tag_accurately, "fast": tag_fast, "rules": "rules"}


def score(documents: Sequence[Document], tagger: str | Tagger, scorer: Path) -> str:
    """Give what the scorer prints; each annotator's copy of an article counts."""
    with tempfile.TemporaryDirectory() as folder:
        gold, found = Path(folder) / "gold.jsonl", Path(folder) / "found.jsonl"
        with gold.open("w", encoding="utf-8") as golds, found.open("w", encoding="utf-8") as founds:
            for one in documents:
                name = f"{one.id} {one.annotator}"
                golds.write(json.dumps({"id": name, "text": one.text, "attributions": one.attributions}) + "\n")
                attributions = [
                    {
                        "source": [[a.source.start, a.source.end]] if a.source else [],
                        "cue": [[a.cue.start, a.cue.end]] if a.cue else [],
                        "content": [[piece.start, piece.end] for piece in a.content],
                    }
                    for a in find_attributions(one.text, tagger=tagger)
                ]
                founds.write(json.dumps({"id": name, "attributions": attributions}) + "\n")
        command = [sys.executable, str(scorer), str(gold), str(found)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def peak_memory() -> int:
    """Give the most memory that this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("tagger", choices=TAGGERS)
    parser.add_argument("part", type=Path)
    parser.add_argument("scorer", type=Path)
    arguments = parser.parse_args()
    tagger = TAGGERS[arguments.tagger]
    documents = read_documents(arguments.part)
    started = time.perf_counter()
    find_attributions("“We won,” said Ann Silva.", tagger=tagger)
    print(f"first call {time.perf_counter() - started:.2f} s")
    texts = [one.text for one in documents]
    cpu = time.process_time()
    for text in texts:
        find_attributions(text, tagger=tagger)
    cpu = time.process_time() - cpu
    words = sum(len(text.split()) for text in texts)
    print(f"{words} words, {words / cpu:,.0f} words per CPU second, peak memory {peak_memory()} MiB")
    cpu = time.process_time()
    find_attributions("\n\n".join(texts), tagger=tagger)
    cpu = time.process_time() - cpu
    print(f"as one text: {words / cpu:,.0f} words per CPU second, peak memory {peak_memory()} MiB")
    print(score(documents, tagger, arguments.scorer))
    print("glued\n" + score([glue(one) for one in documents], tagger, arguments.scorer))


if __name__ == "__main__":
    main()
