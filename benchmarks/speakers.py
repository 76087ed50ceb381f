"""Measure the speakers on PolNeAR: shares, hidden surnames, the judged sheet, and the time that resolution takes.

    python benchmarks/speakers.py shares [--part dev] [--tagger accurate]
    python benchmarks/speakers.py hidden [--part train]
    python benchmarks/speakers.py draw
    python benchmarks/speakers.py sheet
    python benchmarks/speakers.py time

`shares` counts sources that are a pronoun or a bare description before resolution and after. `hidden` puts "he" or
"she" for surnames and asks for the name again. `draw` writes 100 of the resolved sources, drawn with a fixed seed, to
speaker_sheet.tsv with an empty judgement and prints them in their texts for a reader; `sheet` prints what the reader
judged. `time` compares `extract_claims` with and without resolution. Needs the shared data beside the project (or at
$CLAIMTRACK_SHARED).
"""

from __future__ import annotations

import argparse
import collections
import csv
import json
import os
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import claimtrack.extract.claims as claims_module
from claimtrack.extract import Attribution, extract_claims, find_attributions
from claimtrack.extract.speakers import FoundSpeaker, find_speakers, with_chains
from claimtrack.extract.speakers.cast import Cast
from claimtrack.extract.speakers.phrases import PRONOUNS
from claimtrack.read import read_article
from claimtrack.text import Span, Text

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("CLAIMTRACK_SHARED", ROOT.parent / "shared"))
SHEET = Path(__file__).with_name("speaker_sheet.tsv")
SEED = 20251009
SHEET_SEED = 20261124  # the third draw; a new seed before each reading


def documents(part: str) -> Iterator[dict[str, Any]]:
    """Give each article of a part once."""
    path = SHARED / "data" / "polnear" / f"{part}.jsonl"
    if not path.is_file():
        sys.exit(f"{path} is not there; set CLAIMTRACK_SHARED to the folder that holds data/polnear")
    done: set[str] = set()
    for line in path.open(encoding="utf-8"):
        document = json.loads(line)
        if document["id"] not in done:
            done.add(document["id"])
            yield document


def gold(document: dict[str, Any]) -> tuple[Attribution, ...]:
    """Give the annotators' attributions."""
    found = []
    for one in document["attributions"]:
        spans = {name: [Span(*piece) for piece in one.get(name) or []] for name in ("source", "cue", "content")}
        if spans["content"]:
            found.append(
                Attribution(
                    source=Span(spans["source"][0].start, spans["source"][-1].end) if spans["source"] else None,
                    cue=Span(spans["cue"][0].start, spans["cue"][-1].end) if spans["cue"] else None,
                    content=tuple(spans["content"]),
                    kind="indirect",
                    confidence=1.0,
                    stage="gold",
                )
            )
    return tuple(found)


def form_of(text: Text, cast: Cast, source: Span) -> str:
    """Tell whether a source is a pronoun, a bare description of somebody, or neither."""
    first, last = text.words.first_from(source.start), text.words.first_from(source.end) - 1
    if first > last:
        return "other"
    if first == last and text.words.lower[first].partition("'")[0] in PRONOUNS:
        return "pronoun"
    if any(text.words.texts[index][0].isupper() for index in range(first + 1, last + 1)):
        return "other"
    if text.words.texts[first][0].isupper() and not cast.reader.opens(first):
        return "other"
    return "other" if cast.namings_in(first, last) else "description"


def told(
    text: Text, attributions: tuple[Attribution, ...]
) -> Iterator[tuple[Attribution, str, tuple[FoundSpeaker, ...]]]:
    """Give each attribution that has a source, with the source's form and its speakers."""
    cast = Cast(text, [one.source for one in attributions if one.source is not None])
    for one, speakers in zip(attributions, find_speakers(text, attributions), strict=True):
        if one.source is not None:
            yield one, form_of(text, cast, one.source), speakers


def shares(part: str, tagger: str) -> None:
    counts: collections.Counter[str] = collections.Counter()
    for document in documents(part):
        text = Text(document["text"])
        found = gold(document) if tagger == "gold" else find_attributions(text, tagger=tagger)
        for _, form, speakers in told(text, with_chains(text, found)):
            counts["all"] += 1
            counts[form] += 1
            counts[f"{form}, named"] += bool(speakers) and all(one.name for one in speakers)
            counts[f"{form}, {speakers[0].kind if speakers else 'none'}"] += 1
    for name, count in sorted(counts.items()):
        print(f"{name:28} {count:6} {count / counts['all']:.3f}")
    bare = counts["pronoun"] + counts["description"]
    left = bare - counts["pronoun, named"] - counts["description, named"]
    print(f"pronoun or bare description: before {bare / counts['all']:.3f}, after {left / counts['all']:.3f}")


def hide(document: dict[str, Any], source: Span, pronoun: str) -> dict[str, Any]:
    """Give the article with a pronoun for one source, and all other spans moved along."""
    string = document["text"]
    change = len(pronoun) - len(source)

    def moved(piece: list[int]) -> list[int]:
        return [at if at <= source.start else at + change for at in piece]

    attributions = [
        {name: [moved(piece) for piece in one.get(name) or []] for name in ("source", "cue", "content")}
        for one in document["attributions"]
    ]
    return {
        "id": document["id"],
        "text": string[: source.start] + pronoun + string[source.end :],
        "attributions": attributions,
    }


def hidden(part: str, limit: int) -> None:
    """Print how often a hidden surname is found again, and how sure the finder was."""
    tries = list(hidden_tries(part, limit))
    right, all_, said = 0, 0, 0
    bins: dict[int, list[int]] = collections.defaultdict(lambda: [0, 0])
    for document, start, name in tries:
        speaker = found_again(document, start)
        all_ += 1
        if speaker is None or speaker.name is None:
            continue
        said += 1
        right += speaker.name == name
        bins[int((speaker.confidence or 0) * 10)][0] += 1
        bins[int((speaker.confidence or 0) * 10)][1] += speaker.name == name
    print(f"{all_} hidden, {said} given a name, {right} the right one: {right / max(said, 1):.3f} of the named")
    for bin_, (count, good) in sorted(bins.items()):
        print(f"confidence {bin_ / 10:.1f}: {count:5} {good / count:.3f}")


def hidden_tries(part: str, limit: int) -> Iterator[tuple[dict[str, Any], int, str]]:
    """Give articles with one surname hidden: the article, where the pronoun stands, and the name."""
    chance = random.Random(SEED)
    for document in documents(part):
        text = Text(document["text"])
        attributions = gold(document)
        cast = Cast(text, [one.source for one in attributions if one.source is not None])
        fit = []
        for one in attributions:
            if one.source is None:
                continue
            first, last = text.words.first_from(one.source.start), text.words.first_from(one.source.end) - 1
            namings = cast.namings_in(first, last) if first == last else []
            if len(namings) == 1 and not namings[0].possessive and not namings[0].others:
                person = namings[0].character
                if person.is_person and person.gender is not None and " " in person.key and person.name:
                    fit.append((one.source, "she" if person.gender == "female" else "he", person.name))
        for source, pronoun, name in chance.sample(fit, min(limit, len(fit))):
            yield hide(document, source, pronoun), source.start, name


def found_again(document: dict[str, Any], start: int) -> FoundSpeaker | None:
    attributions = gold(document)
    for one, speakers in zip(attributions, find_speakers(Text(document["text"]), attributions), strict=True):
        if one.source is not None and one.source.start == start and speakers:
            return speakers[0]
    return None


def draw(count: int) -> None:
    """Write the sheet without judgements, and print what a reader needs to judge it."""
    rows = []
    for document in documents("dev"):
        text = Text(document["text"])
        attributions = with_chains(text, find_attributions(text))
        for one, form, speakers in told(text, attributions):
            assert one.source is not None
            if form != "other" and speakers and speakers[0].name:
                rows.append((document["id"], one.source, form, speakers, text.string))
    rows = list({(row[0], row[1]): row for row in rows}.values())  # several claims of one source are one
    rows.sort(key=lambda row: (row[0], row[1].start))
    drawn = sorted(
        random.Random(SHEET_SEED).sample(rows, min(count, len(rows))), key=lambda row: (row[0], row[1].start)
    )
    with SHEET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(["article", "start", "end", "form", "kind", "confidence", "judgement"])
        for name, source, form, speakers, string in drawn:
            who = speakers[0]
            writer.writerow([name, source.start, source.end, form, who.kind, who.confidence, ""])
            print(f"=== {name} {source.start} {form}: {[(who.name, who.confidence) for who in speakers]}")
            print(
                string[max(0, source.start - 700) : source.start],
                f"[[{source.of(string)}]]",
                string[source.end : source.end + 200],
            )
    print(f"{len(drawn)} of {len(rows)} resolved sources")


def sheet() -> None:
    with SHEET.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    for form in ("pronoun", "description"):
        part = [row["judgement"] for row in rows if row["form"] == form]
        print(f"{form:12} {len(part):4} {dict(collections.Counter(part))}")
    right = sum(row["judgement"] == "right" for row in rows)
    print(f"right: {right} of {len(rows)}: {right / len(rows):.2f}")


def timing(part: str) -> None:
    """Print how much longer `extract_claims` takes with resolution, in the same run, turn by turn."""
    texts = [document["text"] for document in documents(part)][:40]
    articles = [read_article(text=text, publisher="Port Daily") for text in texts]
    module: Any = claims_module
    find, chain = module.find_speakers, module.with_chains

    def run(tagger: str, resolve: bool) -> float:
        if not resolve:
            module.find_speakers = lambda text, attributions: ((),) * len(attributions)
            module.with_chains = lambda text, attributions: attributions
        try:
            started = time.process_time()
            for article in articles:
                extract_claims(article, tagger=tagger)
            return time.process_time() - started
        finally:
            module.find_speakers, module.with_chains = find, chain

    for tagger in ("accurate", "fast", "rules"):
        run(tagger, True)
        without, with_ = (min(run(tagger, resolve) for _ in range(3)) for resolve in (False, True))
        print(f"{tagger:10} without {without:.2f} s, with {with_:.2f} s: {with_ / without - 1:+.1%}", flush=True)
    long = "\n\n".join(texts)
    for size in (1, 2, 4):
        text = Text(long * size)
        found = find_attributions(text, tagger="rules")
        started = time.process_time()
        find_speakers(text, with_chains(text, found))
        print(f"{len(text.string):9} characters: {time.process_time() - started:.2f} s for the speakers alone")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("what", choices=["shares", "hidden", "draw", "sheet", "time"])
    parser.add_argument("--part", default=None, choices=["dev", "train"])
    parser.add_argument("--tagger", default="accurate", help="a tagger's name, or gold for the annotators' own spans")
    parser.add_argument("--limit", type=int, default=3, help="surnames hidden in an article")
    arguments = parser.parse_args()
    if arguments.what == "shares":
        shares(arguments.part or "dev", arguments.tagger)
    elif arguments.what == "hidden":
        hidden(arguments.part or "train", arguments.limit)
    elif arguments.what == "draw":
        draw(100)
    elif arguments.what == "sheet":
        sheet()
    else:
        timing(arguments.part or "dev")


if __name__ == "__main__":
    main()
