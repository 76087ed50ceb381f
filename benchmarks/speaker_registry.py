"""How well and how quickly the registry finds names of one speaker.

    python benchmarks/speaker_registry.py            pairs, then 10,000 and 100,000 names
    python benchmarks/speaker_registry.py --wrong    the pairs that come out wrong, too

The pairs are `speaker_pairs.tsv`, each judged alone: what the same names would do beside others is less sure. The many
names are made from lists of syllables with a fixed seed, as press archives have them: most often the full name, now and
then initials, a surname alone, another order, another spelling; and bodies with countries.
"""

from __future__ import annotations

import itertools
import random
import resource
import sys
import time
from pathlib import Path

from claimtrack.store.registry import KnownSpeaker
from claimtrack.store.registry.comparing import SURE
from claimtrack.store.registry.pairing import find_pairs

PAIRS = Path(__file__).parent / "speaker_pairs.tsv"
MIN_SCORE = 0.5


def load_pairs() -> list[tuple[str, str, str, bool]]:
    """Give the judged pairs: two names, their kind, and whether they are one speaker's."""
    lines = PAIRS.read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(one, other, kind, judged == "same") for one, other, kind, judged in rows]


def score_of(one: str, other: str, kind: str) -> float:
    """Give the score of the match between two names that stand alone in a store; 0 where there is none."""
    speakers = [KnownSpeaker(name=name, kind=kind, names=(name,), claims=1) for name in (one, other)]  # type: ignore[arg-type]
    matches = find_pairs(speakers, min_score=MIN_SCORE)
    return matches[0].score if matches else 0.0


def shares(least: float) -> tuple[int, int, int, list[tuple[str, str, float]]]:
    """Give the right, the wrong and the missed suggestions of at least a score, and which are wrong or missed."""
    right = wrong = missed = 0
    listed = []
    for one, other, kind, same in load_pairs():
        score = score_of(one, other, kind)
        suggested = score >= least
        right += suggested and same
        wrong += suggested and not same
        missed += same and not suggested
        if suggested != same:
            listed.append((one, other, score))
    return right, wrong, missed, listed


_SYLLABLES = {
    name: tuple(written.split())
    for name, written in {
        "given, first": "al be ca da el fi ga ha il jo ka li ma no ol pe ro sa ti vi",
        "given, last": "na ris len mir ton dra vin gor bel nuk",
        "family, first": "bar cor dun fel gra hol kes lan mor nev pel quin ros tar vel",
        "family, middle": "a e i o u an en",
        "family, last": "mer ston dov sky rin bach lund wick enko ley",
    }.items()
}
_GIVEN = ["".join(parts) for parts in itertools.product(_SYLLABLES["given, first"], _SYLLABLES["given, last"])]
_FAMILY = [
    "".join(parts)
    for parts in itertools.product(*(_SYLLABLES[f"family, {place}"] for place in ("first", "middle", "last")))
]
_TOPICS = ["Tides", "Rents", "Harbours", "Roads", "Wages", "Forests", "Mines", "Schools", "Trade", "Health", "Energy"]
_BODIES = ["Ministry of {}", "{} Board", "Institute for {}", "Council of {}", "{} Agency"]
_COUNTRIES = ["Russian", "German", "Indian", "Chilean", "Kenyan", "Polish", "Danish", "Peruvian", "Thai", "Greek"]


def make_names(count: int) -> list[KnownSpeaker]:
    """Give that many different names, always the same ones."""
    draw = random.Random(20251124)
    names: dict[str, str] = {}
    while len(names) < count:
        given, family = draw.choice(_GIVEN).title(), draw.choice(_FAMILY).title()
        family += draw.choice(["", "", "", "-" + draw.choice(_FAMILY).title()])
        middle = draw.choice(["", "", "", draw.choice(_GIVEN)[0].upper() + "."])
        kind = draw.random()
        if kind < 0.70:
            names[" ".join(filter(None, (given, middle, family)))] = "person"
        elif kind < 0.80:
            names[f"{given[0]}. {family}"] = "person"
        elif kind < 0.86:
            names[f"{family}, {given}"] = "person"
        elif kind < 0.90:
            names[family] = "person"
        else:
            body = draw.choice(_BODIES).format(draw.choice(_TOPICS))
            place = draw.choice(_FAMILY).title()
            names[draw.choice([f"{draw.choice(_COUNTRIES)} {body}", f"{place} {body}", f"{body} of {place}"])] = (
                "organization"
            )
    return [KnownSpeaker(name=name, kind=kind, names=(name,), claims=1) for name, kind in names.items()]  # type: ignore[arg-type]


def main() -> None:
    pairs = load_pairs()
    print(f"{len(pairs)} pairs, {sum(same for *_, same in pairs)} of them one speaker")
    for title, least in (("sure", SURE), ("suggested", MIN_SCORE)):
        right, wrong, missed, listed = shares(least)
        print(f"{title:10} precision {right / (right + wrong):.3f}   recall {right / (right + missed):.3f}"
              f"   ({right} right, {wrong} wrong, {missed} missed)")  # fmt: skip
        if "--wrong" in sys.argv:
            for one, other, score in listed:
                print(f"    {score:.2f}  {one} | {other}")
    for count in (10_000, 100_000):
        speakers = make_names(count)
        begun = time.process_time()
        matches = find_pairs(speakers, min_score=MIN_SCORE)
        seconds = time.process_time() - begun
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{count:7,} names: {seconds:.2f} CPU seconds, {len(matches):,} suggestions, peak {memory} MB")


if __name__ == "__main__":
    main()
