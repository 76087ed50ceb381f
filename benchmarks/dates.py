"""Dates against a table of expressions with known days, beside dateparser.

python benchmarks/dates.py [--peer PYTHON]     PYTHON is one that has dateparser
"""

from __future__ import annotations

import argparse
import json
import subprocess
from pathlib import Path

from claimtrack.extract.dates.finding import find_dates

TABLE = Path(__file__).parents[1] / "tests" / "figures" / "dates.json"

_PEER = """
import json, sys, datetime
from dateparser.search import search_dates
table = json.load(sys.stdin)
base = datetime.datetime.fromisoformat(table["published"])
out = []
for text in [row[0] for row in table["rows"]] + table["no_dates"]:
    best = []
    for prefer in ("past", "future"):
        settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": prefer, "PREFER_DAY_OF_MONTH": "first"}
        found = search_dates(text, languages=["en"], settings=settings) or []
        best.append([[words, moment.date().isoformat()] for words, moment in found])
    out.append(best)
json.dump(out, sys.stdout)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", help="a python that has dateparser")
    options = parser.parse_args()
    table = json.loads(TABLE.read_text("utf-8"))
    right = inside = 0
    for text, words, granularity, start, end in table["rows"]:
        found = find_dates(text, published=table["published"])
        here = [one for one in found if _same_place(words, one.span.of(text))]
        right += any((one.granularity, one.start, one.end) == (granularity, start, end) for one in here)
        inside += any(one.start is not None and start <= one.start <= end for one in here)
    false = sum(len(find_dates(text, published=table["published"])) for text in table["no_dates"])
    count = len(table["rows"])
    print(f"claimtrack: {right} of {count} right at the right granularity; {inside} begin inside the days meant;")
    print(f"    {false} dates in {len(table['no_dates'])} sentences without any")
    if options.peer:
        done = subprocess.run(
            [options.peer, "-W", "ignore", "-c", _PEER],
            input=json.dumps(table),
            capture_output=True,
            text=True,
            check=True,
        )
        answers = json.loads(done.stdout)
        for which, name in enumerate(("past", "future")):
            hits = sum(
                any(_same_place(words, said) and start <= day <= end for said, day in answer[which])
                for (_, words, _, start, end), answer in zip(table["rows"], answers, strict=False)
            )
            days = sum(
                granularity == "day" and any(_same_place(words, said) and day == start for said, day in answer[which])
                for (_, words, granularity, start, _), answer in zip(table["rows"], answers, strict=False)
            )
            false = sum(len(answer[which]) for answer in answers[count:])
            print(f"dateparser, dates preferred from the {name}: {hits} of {count} inside the days meant (it gives")
            print(f"    one day and no granularity); {days} of the single days; {false} dates in sentences without any")


def _same_place(expected: str, given: str) -> bool:
    one, other = expected.lower(), given.lower()
    return one in other or other in one


if __name__ == "__main__":
    main()
