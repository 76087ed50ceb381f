"""Short reports for the tests of batches, and whole folders as bytes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from claimtrack import Article, extract_claims

SPEAKERS = ("Ann Silva", "Tom Reed", "Ines Okafor", "Paul Brandt", "Lena Horvat")
PLACES = ("quay", "bridge", "mill", "ferry", "school")


def report(number: int) -> str:
    """Give a report of two claims or three, unlike any other."""
    who, where = SPEAKERS[number % 5], PLACES[number // 5 % 5]
    return (
        f"Report {number} from the {where}\n\nThe {where} is safe, Mayor {who} said on Monday. "
        f"“We counted {number + 2} boats,” she told reporters. The repairs cost {number + 3} million euros."
    )


def record(number: int) -> dict[str, Any]:
    """Give the record of a report as it may stand in a file of JSON Lines."""
    return {"text": report(number), "publisher": "Port Daily", "published": f"2025-04-{number % 28 + 1:02}"}


def write_lines(path: Path, records: Iterable[Any]) -> Path:
    """Give the path of a file of JSON Lines that holds the records; what is bytes stands there as it is."""
    lines = (one if isinstance(one, bytes) else json.dumps(one).encode() for one in records)
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


def files_of(folder: Path) -> dict[str, bytes]:
    """Give every file of a folder, by its path in it."""
    return {os.fspath(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lines_of(output: Path, kind: str) -> list[Any]:
    """Give the JSON of all parts of one kind."""
    return [
        json.loads(line) for path in sorted((output / kind).glob("*.jsonl")) for line in path.read_bytes().splitlines()
    ]


def claims_alone(articles: Iterable[Article]) -> list[Any]:
    """Give the JSON of the claims that each article gives by itself."""
    return [
        json.loads(claim.model_dump_json(exclude_none=True))
        for article in articles
        for claim in extract_claims(article, tagger="rules")
    ]


def rejects_of(output: Path) -> list[tuple[int, str, list[str]]]:
    """Give number, source and codes of each reject."""
    return [
        (row["record"], Path(row["source"]).name, [finding["code"] for finding in row["findings"]])
        for row in lines_of(output, "rejects")
    ]
