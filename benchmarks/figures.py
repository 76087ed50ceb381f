"""Figures against NewsQuant, false figures where there are none, and the kinds table beside quantulum3.

python benchmarks/figures.py newsquant [--errors N]     value, change and unit, through the score tool
python benchmarks/figures.py speed                      sentences a second, figures and dates together; linearity
python benchmarks/figures.py kinds [--peer PYTHON]      the kinds table; PYTHON is one that has quantulum3
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from claimtrack.extract.dates.finding import find_dates
from claimtrack.extract.figures.finding import find_figures
from claimtrack.extract.values import Figure

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("CLAIMTRACK_SHARED", HERE.parents[1] / "shared"))
GOLD = SHARED / "data" / "newsquant" / "dev.json"
KINDS = HERE.parent / "tests" / "figures" / "kinds.json"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["newsquant", "speed", "kinds"])
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--peer", help="a python that has quantulum3")
    options = parser.parse_args()
    if options.what == "newsquant":
        newsquant(options.errors)
    elif options.what == "speed":
        speed()
    else:
        kinds(options.peer)


# --- NewsQuant ---------------------------------------------------------------------------------------------------


def newsquant(errors: int) -> None:
    gold = json.loads(GOLD.read_text("utf-8"))
    predicted = [{"text": one["text"], "quantities": quantities(one["text"])} for one in gold]
    empty = [(one, guess) for one, guess in zip(gold, predicted, strict=True) if not one["quantities"]]
    false = sum(len(guess["quantities"]) for _, guess in empty)
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(predicted, file)
        file.flush()
        tool = [sys.executable, str(SHARED / "tools" / "score_newsquant.py"), str(GOLD), file.name]
        subprocess.run([*tool, "--system", "claimtrack", "--errors", str(errors)], check=True)
    print(f"false figures in {len(empty)} sentences without any: {false}")
    for one, guess in empty:
        if guess["quantities"]:
            print("   ", one["text"], [(q["value"], q["normalized_unit"]) for q in guess["quantities"]])


def quantities(text: str) -> list[dict[str, Any]]:
    """Give the figures of a sentence as NewsQuant writes them.

    It has no ordinals; it joins "from 5 to 7" into one quantity; only a verb is a change there, not a noun or a
    comparison ("a drop of 5%", "5% above"); and "dozens" is 12.
    """
    found = [one for one in find_figures(text) if one.kind != "ordinal"]
    given: list[dict[str, Any]] = []
    for place, one in enumerate(found):
        previous = found[place - 1] if place else None
        if previous is not None and _moves_to(text, previous, one):
            given[-1]["value"] = f"{float(previous.value or 0)}-{float(one.value or 0)}"
            given[-1]["normalized_unit"] = _unit(one if one.unit or not previous.unit else previous)
            continue
        given.append({"value": _value(one), "normalized_unit": _unit(one), "change": _change(text, one)})
    return given


def _moves_to(text: str, one: Figure, other: Figure) -> bool:
    between, before = text[one.span.end : other.span.start].strip(), text[: one.span.start].split()[-1:]
    return between == "to" and before == ["from"] and one.value is not None and other.value is not None


def _value(figure: Figure) -> str:
    if figure.value is None:
        low, high = figure.low, figure.high
        if figure.unit is None and high is not None and low is not None and float(low) == 12:
            return "12"
        return f"{float(low or 0)}-{float(high or 0)}"
    return str(float(figure.value))


def _change(text: str, figure: Figure) -> str:
    after = text[figure.span.end :].split()[:1]
    before = text[: figure.span.start].split()[-1:]
    nouns = (
        "drop",
        "rise",
        "increase",
        "rebound",
        "discount",
        "boost",
        "above",
        "below",
        "less",
        "more",
        "cut",
        "fall",
    )
    if figure.change != "none" and before != ["of"] and not (after and after[0].strip(".,") in nouns):
        return figure.change
    return str(_table()["changes"][figure.modifier])


def _unit(figure: Figure) -> str:
    table = _table()
    if figure.kind == "fraction":
        return f"% {_singular(figure.what) if figure.what else '-'}"
    if figure.kind == "ratio":
        return "count"
    if figure.kind == "age":
        return f"{figure.unit} of age"
    if figure.unit is None:
        return _singular(figure.what) if figure.what else "-"
    unit, _, per = figure.unit.partition(" per ")
    name = figure.unit if figure.unit in table["units"] else unit
    name = table["units"].get(name) or (table["currencies"].get(unit, unit) if figure.kind == "money" else unit)
    if name == "pound-mass" and "per" in (figure.unit or ""):
        return figure.unit
    return f"{name} per {per}" if per and figure.unit not in table["units"] else str(name)


def _singular(what: str) -> str:
    table = _table()
    words = [word for word in what.lower().replace("’s", "").replace("'s", "").split() if word not in ("and", ",")]
    words = [table["adjectives"].get(word, word) for word in words]
    last = words[-1]
    if last in table["irregular"]:
        last = table["irregular"][last]
    elif last.endswith("ies"):
        last = last[:-3] + "y"
    elif last.endswith(("sses", "shes", "ches", "xes")):
        last = last[:-2]
    elif last.endswith("s") and not last.endswith(tuple(table["kept_endings"])):
        last = last[:-1]
    return " ".join([*words[:-1], last])


@functools.cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads((HERE / "newsquant_units.json").read_text("utf-8"))
    return table


# --- speed -------------------------------------------------------------------------------------------------------


def speed() -> None:
    sentences = [one["text"] for one in json.loads(GOLD.read_text("utf-8"))]
    best = 0.0
    for _ in range(5):
        started = time.process_time()
        for sentence in sentences:
            find_figures(sentence)
            find_dates(sentence, published="2025-10-09")
        best = max(best, len(sentences) / (time.process_time() - started))
    print(f"figures and dates together: {best:,.0f} sentences per CPU second (best of 5, {len(sentences)} sentences)")
    for name, text in (
        ("a run of digits", "7" * 1_000_000),
        ("commas", "," * 10_000),
        ("digits and commas", "1," * 50_000),
    ):
        times = []
        for share in (100, 10, 1):
            part = text[: len(text) // share]
            started = time.process_time()
            find_figures(part)
            find_dates(part, published="2025-10-09")
            times.append(time.process_time() - started)
        print(
            f"{name} ({len(text):,}): "
            + ", ".join(f"{seconds * 1000:.1f} ms" for seconds in times)
            + " at 1/100, 1/10, 1/1"
        )


# --- kinds -------------------------------------------------------------------------------------------------------

_PEER = """
import json, sys
from quantulum3 import parser
out = []
for text in json.load(sys.stdin):
    try:
        found = parser.parse(text)
    except Exception as error:
        found = []
    out.append([[one.span[0], one.span[1], str(one.value), one.unit.name, one.unit.entity.name] for one in found])
json.dump(out, sys.stdout)
"""


_COLUMNS = {"expected": 10, "found": 8, "unit": 8, "modifier": 10, "false": 7}


def kinds(peer: str | None) -> None:
    rows = json.loads(KINDS.read_text("utf-8"))["rows"]
    tables = {"claimtrack": [_ours(row["text"]) for row in rows]}
    if peer:
        texts = json.dumps([row["text"] for row in rows])
        done = subprocess.run(
            [peer, "-W", "ignore", "-c", _PEER], input=texts, capture_output=True, text=True, check=True
        )
        tables["quantulum3"] = [
            [{"value": value, "unit": unit, "modifier": None} for _, _, value, unit, _ in found]
            for found in json.loads(done.stdout)
        ]
    for name, found in tables.items():
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for row, given in zip(rows, found, strict=True):
            for kind in (row["kind"], "all"):
                counts[kind] += _judge(row, given)
        print(f"\n{name}\n{'kind':22}" + "".join(f"{title:>{width}}" for title, width in _COLUMNS.items()))
        for kind, count in counts.items():
            columns = (f"{count[name]:{width}}" for name, width in _COLUMNS.items())
            print(f"{kind:22}{''.join(columns)}")


def _ours(text: str) -> list[dict[str, Any]]:
    return [
        {
            "value": str(one.value) if one.value is not None else f"{one.low}..{one.high}",
            "unit": one.unit or one.what,
            "modifier": one.modifier,
            "change": one.change,
        }
        for one in find_figures(text)
    ]


def _judge(row: dict[str, Any], given: list[dict[str, Any]]) -> Counter[str]:
    """Count what was found: a value once, then whether the unit or thing and the modifier are right as well."""
    count: Counter[str] = Counter()
    left = list(given)
    for value, unit, modifier, *change in row["figures"]:
        count["expected"] += 1
        match = next((one for one in left if _same(value, one["value"])), None)
        if match is None:
            continue
        left.remove(match)
        count["found"] += 1
        count["unit"] += _same_unit(unit, match["unit"])
        count["modifier"] += match["modifier"] == modifier and (not change or match.get("change") == change[0])
    count["false"] += len(left)
    return count


def _same(expected: str, given: str) -> bool:
    def numbers(written: str) -> list[float]:
        parts = []
        for part in written.split(".."):
            top, _, below = part.partition("/")
            parts.append(float(top) / float(below or 1))
        return parts

    one, other = numbers(expected), numbers(given)
    return len(one) == len(other) and all(abs(a - b) <= 1e-9 * max(1, abs(a)) for a, b in zip(one, other, strict=True))


_PEER_NAMES = {
    "USD": "dollar", "EUR": "euro", "GBP": "pound sterling", "JPY": "japanese yen", "percent": "percentage",
    "AUD": "australian dollar", "CAD": "canadian dollar", "BRL": "brazilian real", "INR": "indian rupee",
    "CNY": "chinese yuan", "CHF": "swiss franc", "pound": "pound-mass", "RUB": "russian ruble",
    "KZT": "kazakhstani tenge", "degree celsius": "degree celsius",
}  # fmt: skip


def _same_unit(expected: str | None, given: str | None) -> bool:
    if given in ("dimensionless", None, ""):
        return expected is None
    return expected is not None and given in (expected, _PEER_NAMES.get(expected), expected.removesuffix("s"))


if __name__ == "__main__":
    main()
