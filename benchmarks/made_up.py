"""Articles and claims made up from a seed, for the benchmarks of the store: always the same ones.

Two thousand speakers, of whom a few say most; twenty claims to an article, each with a figure.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from decimal import Decimal

from claimtrack.models import Anchor, Article, Claim, ClaimAttribution, ClaimFigure, Reading, Speaker

FIRST = (
    *("Mira", "Tomas", "Ana", "Ilse", "Karim", "José", "Lena", "Piet", "Oda", "Ravi", "Sunniva", "Bruno", "Chidi"),
    *("Dagny", "Emre", "Farah", "Goran", "Hanne", "Ivo", "Jun", "Katya", "Luc", "Marit", "Noor", "Otto", "Pilar"),
)
LAST = (
    *("Holt", "Reyle", "Bell", "van Dorn", "O’Neill", "Sadiq", "Brack", "Quill", "Adeyemi", "Bakker", "Castell"),
    *("Drummond", "Eide", "Ferro", "Grau", "Hauge", "Ibsen", "Joubert", "Kowal", "Lindqvist", "Moreau", "Nakata"),
    *("Ortega", "Pryce", "Quist", "Rask", "Soler", "Tveit", "Ulrich", "Varga", "Winter", "Xylander", "Yilmaz"),
)
JOINED = ("", "-Aas", "-Berg", "-Dahl")
ROLES = ("harbour master", "mayor", "engineer", "spokeswoman of the line", "captain")
PLACES = (
    *("Brackwater", "Port Ellery", "Norhaven", "the valley", "Saltmouth", "Kettle Bay", "Orsay Point", "Lowmarsh"),
    *("the Tarn islands", "Fellbridge", "Old Quay", "Merrow", "Stanehope", "the northern shore", "Wickland"),
)
CARGO = ("timber", "grain", "letters", "cement", "salt", "apples", "machine parts", "peat", "medicine", "glass")
REASONS = (
    *("fog", "a broken rudder", "a strike of the pilots", "an empty tank", "ice", "a drill", "a missing crew list"),
    *("high water", "a dispute over fees", "repairs to the ramp", "a warning from the coastguard", "rot in the hull"),
)
PUBLISHERS = ("Harbour Post", "Valley Echo", "Norhaven Courier")
COUNTED = (
    *(("passengers", "aboard"), ("crew members", "aboard"), ("people", "injured"), ("people", "missing")),
    *(("lorries", None), ("containers", None), ("calls for help", None), ("unpaid bills", None)),
)
TAGS = ("ferries", "safety", "ports", "weather", "budget")
CLAIMS_PER_ARTICLE = 20


def make_article(number: int, *, seed: int = 1) -> tuple[Article, tuple[Claim, ...]]:
    """Give article `number` of a seed and its claims: always the same ones."""
    random_ = random.Random(f"{seed}/{number}")
    day = f"20{10 + number % 16:02}-{1 + number % 12:02}-{1 + number % 28:02}"
    publisher = random_.choice(PUBLISHERS)
    id = f"{day}-{publisher.lower().replace(' ', '-')}-ferry-number-{number}-is-late"
    title = f"Ferry number {number} is late again"
    text = title + "\n\n"
    claims = []
    for _ in range(CLAIMS_PER_ARTICLE):
        name, role = _speaker(random_), random_.choice(ROLES)
        count = str(round(random_.lognormvariate(5, 1.5)) + 2)
        what, part = random_.choice(COUNTED)
        words = (
            f"the ferry to {random_.choice(PLACES)} told of {count} {what} and {random_.choice(CARGO)} on board, and "
            f"because of {random_.choice(REASONS)} lay for {random_.randrange(2, 90)} hours off "
            f"{random_.choice(PLACES)}"
        )
        start = len(text)
        text += f"{words[0].upper()}{words[1:]}, {name}, {role}, said. "
        content = text[start : start + len(words)]
        source, cue = start + len(words) + 2, start + len(words) + 2 + len(name) + 2 + len(role) + 2
        figure = _anchor(text, start + content.index(count), count)
        claims.append(
            Claim(
                id=f"{id}-{start}",
                article_id=id,
                kind="indirect",
                statement=content,
                speakers=(Speaker(name=name, kind="person", role=role, mention=_anchor(text, source, name)),),
                attribution=ClaimAttribution(
                    source=_anchor(text, source, name),
                    cue=_anchor(text, cue, "said"),
                    content=(_anchor(text, start, content),),
                    confidence=0.9,
                    stage="rules",
                    tagger="rules",
                    version="1",
                ),
                figures=(ClaimFigure(anchor=figure, kind="count", value=Decimal(count), what=what, role=part),),
                verdict="false" if random_.random() < 0.02 else None,
                tags=(random_.choice(TAGS),) if random_.random() < 0.1 else (),
            )
        )
    article = Article(
        id=id,
        url=f"https://{publisher.lower().replace(' ', '-')}.example/{number}",
        title=title,
        publisher=publisher,
        published=day,
        language="en",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        read=Reading(form="text"),
    )
    return article, tuple(claims)


def _speaker(random_: random.Random) -> str:
    # The most quoted are quoted a hundred times as often as those in the middle.
    first, last = (int(len(names) * random_.random() ** 2) for names in (FIRST, LAST))
    return f"{FIRST[first]} {LAST[last]}{random_.choice(JOINED)}"


def _anchor(text: str, start: int, exact: str) -> Anchor:
    return Anchor(start=start, end=start + len(exact), exact=exact, prefix=text[max(0, start - 32) : start])


def options(about: str | None, **numbers: int) -> argparse.Namespace:
    """Give the options of a benchmark of the store: its numbers, a seed, and the folder to make stores in."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, usual in numbers.items():
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", help="where to make the stores (default: a temporary folder)")
    return parser.parse_args()
