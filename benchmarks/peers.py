"""Score claimtrack beside textacy and the approach of the Gender Gap Tracker, on PolNeAR dev in one run.

    python benchmarks/peers.py

The peers need `pip install textacy` and spaCy's English model (`python -m spacy download en_core_web_sm`). Where
either is not installed, the table says so and holds claimtrack's rows alone.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from attribution import SHARED

from claimtrack.extract import find_attributions

Pieces = list[list[int]]
Found = list[dict[str, Pieces]]
MODEL = "en_core_web_sm"
VERBS = frozenset(
    re.findall(
        r"\w+",
        "say tell add note claim argue explain announce report state warn insist suggest write ask confirm deny admit"
        " acknowledge stress point predict promise reply respond recall believe think hope",
    )
)
"""Verbs of speech and thought, by their lemmas."""


def claimtrack(tagger: str) -> Callable[[str], Found]:
    """Give what finds attributions with one of claimtrack's taggers."""

    def find(text: str) -> Found:
        return [
            {
                "source": [[one.source.start, one.source.end]] if one.source else [],
                "cue": [[one.cue.start, one.cue.end]] if one.cue else [],
                "content": [[piece.start, piece.end] for piece in one.content],
            }
            for one in find_attributions(text, tagger=tagger)
        ]

    return find


def textacy_quotations(parse: Any) -> Callable[[str], Found]:
    """Give what finds direct quotations with textacy, paragraph by paragraph, as its makers advise."""
    from textacy.extract import direct_quotations

    def find(text: str) -> Found:
        found = []
        for paragraph in re.finditer(r"[^\n]+", text):
            for one in direct_quotations(parse(paragraph.group())):
                parts = {"source": one.speaker, "cue": one.cue, "content": list(one.content)}
                found.append({name: _piece(tokens, paragraph.start()) for name, tokens in parts.items()})
        return found

    return find


def clause_quotations(parse: Any) -> Callable[[str], Found]:
    """Give what finds the clauses that a verb of speech governs, with its subject.

    The syntactic part of Asr et al., "The Gender Gap Tracker" (PLOS ONE 2021), written anew from its description.
    """

    def find(text: str) -> Found:
        found = []
        for token in parse(text):
            if token.dep_ == "ccomp" and token.head.lemma_ in VERBS:
                subject = [one for one in token.head.children if one.dep_ == "nsubj"]
                source = list(subject[0].subtree) if subject else []
                # Where the clause comes first its verb is a part of the same tree.
                content = [one for one in token.subtree if one not in source and one is not token.head]
                found.append(
                    {"source": _piece(source, 0), "cue": _piece([token.head], 0), "content": _piece(content, 0)}
                )
        return found

    return find


def _piece(tokens: list[Any], offset: int) -> Pieces:
    return [[offset + tokens[0].idx, offset + tokens[-1].idx + len(tokens[-1])]] if tokens else []


def load_peers() -> dict[str, Callable[[str], Found]]:
    """Give the peers that are installed; say what is missing."""
    try:
        import spacy

        parse = spacy.load(MODEL)
    except ImportError:
        print("no peers: spaCy is not installed; `pip install textacy` brings it")
        return {}
    except OSError:
        print(f"no peers: spaCy's model {MODEL} is not installed; `python -m spacy download {MODEL}` fetches it")
        return {}
    peers = {"Gender Gap Tracker's approach": clause_quotations(parse)}
    try:
        peers["textacy"] = textacy_quotations(parse)
    except ImportError:
        print("no row for textacy: `pip install textacy`")
    return peers


def main() -> None:
    part = SHARED / "data" / "polnear" / "dev.jsonl"
    if not part.is_file():
        sys.exit(f"{part} is not there; set CLAIMTRACK_SHARED to the folder that holds data/polnear")
    texts = {row["id"]: row["text"] for row in map(json.loads, part.open(encoding="utf-8"))}
    words = sum(len(text.split()) for text in texts.values())
    systems = load_peers() | {f"claimtrack, {name}": claimtrack(name) for name in ("rules", "fast", "accurate")}
    print("| system | content exact F1 | content half F1 | speaker F1 | words per CPU second |")
    print("|---|---|---|---|---|")
    for name, find in systems.items():
        find("“We won,” said Ann Silva.")
        started = time.process_time()
        found = {key: find(text) for key, text in texts.items()}
        seconds = time.process_time() - started
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "found.jsonl"
            rows = (json.dumps({"id": key, "attributions": one}) for key, one in found.items())
            out.write_text("\n".join(rows), encoding="utf-8")
            command = [sys.executable, str(SHARED / "tools" / "score_attribution.py"), str(part), str(out)]
            said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        exact, _, half, speaker = re.findall(r"F1 (\S+)", said)
        print(f"| {name} | {exact} | {half} | {speaker} | {words / seconds:,.0f} |", flush=True)


if __name__ == "__main__":
    main()
