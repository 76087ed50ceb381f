"""How often anchors are found again in edited articles, and how often they land on the wrong words without a word.

    python benchmarks/anchors.py [--articles 1000] [--seed 1]

Articles are put together from a vocabulary of our own, some sentences standing twice, and, where CLAIMTRACK_SHARED
holds it, taken from the dev part of PolNeAR. Each is edited at random: sentences deleted, put in and repeated
elsewhere, words changed, paragraphs moved, marks and spaces typed in another way. Every character carries the place
that it came from, so what became of each anchor is known without looking for it.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import attrs

from claimtrack.models import Anchor
from claimtrack.text import AnchorMatch, Span, find_paragraphs, find_sentences, fold, match_anchors

PEOPLE = ("Mira Holt", "Tomas Reyle", "Ana Bell", "Ilse Quill", "Karim Sadiq", "Lena Brack", "Piet van Dorn")
ROLES = ("the harbour master", "the mayor", "an engineer", "the minister", "a spokeswoman", "the captain", "a nurse")
CUES = ("said", "told reporters", "added", "warned", "wrote", "insisted", "explained")
THINGS = ("ferry", "bridge", "budget", "school", "water main", "hospital", "tram line", "power station", "market hall")
DEEDS = ("was late again", "will be closed", "cost too much", "was never inspected", "must be rebuilt", "is safe")
PLACES = ("in Brackwater", "near Port Ellery", "in Norhaven", "across the valley", "at Saltmouth", "on the north shore")
TIMES = ("on Monday", "last week", "in March", "this year", "before dawn", "after the storm", "since 2019")
WHYS = (
    "because the pumps had failed",
    "although the council had been told",
    "while families waited on the pier",
    "so that nobody had to be moved",
    "and it’s not the first time",
    "which the auditors had asked for - twice",
)
TYPING = str.maketrans({'"': "“", "'": "’", "’": "'", "-": "–", "“": '"', "”": '"', "\xa0": " "})
REPEATED = 3
"""One article in so many has a sentence that stands twice from the start."""


@attrs.frozen(slots=True)
class Origin:
    """Where a character of the edited text came from: a place in the text before, a stretch it replaces, or nowhere."""

    place: int | None = None
    instead_of: Span | None = None


Letters = list[tuple[str, Origin]]
NEW = Origin()


def make_text(dice: random.Random) -> str:
    paragraphs = []
    for _ in range(dice.randint(4, 10)):
        paragraphs.append(" ".join(make_sentence(dice) for _ in range(dice.randint(1, 4))))
    if dice.randrange(REPEATED) == 0:
        again = dice.choice(find_sentences("\n\n".join(paragraphs))).of("\n\n".join(paragraphs))
        where = dice.randrange(len(paragraphs))
        if again not in paragraphs[where]:
            paragraphs[where] += " " + again
    return "\n\n".join(paragraphs)


def make_sentence(dice: random.Random) -> str:
    content = (
        f"the {dice.choice(THINGS)} {dice.choice(PLACES)} {dice.choice(DEEDS)} {dice.choice(TIMES)} "
        f"{dice.choice(WHYS)} and {dice.randint(2, 900)} people {dice.choice(('waited', 'left', 'complained'))}"
    )
    who = dice.choice((f"{dice.choice(PEOPLE)}, {dice.choice(ROLES)},", dice.choice(PEOPLE), dice.choice(ROLES)))
    cue = dice.choice(CUES)
    form = dice.randrange(4)
    if form == 0:
        return f"“{content.capitalize()},” {who} {cue}."
    if form == 1:
        return f"{who[0].upper()}{who[1:]} {cue} that {content}."
    if form == 2:
        return f"{content.capitalize()}, {who} {cue}."
    return f"{content.capitalize()}."


def make_anchors(text: str, dice: random.Random) -> list[Span]:
    """Give spans such as claims have: contents, sources, cues, figures."""
    spans: set[Span] = set()
    for sentence in find_sentences(text):
        if dice.random() < 0.4:
            continue
        spans.add(sentence)
        string = sentence.of(text)
        for word in (*PEOPLE, *CUES):
            at = string.find(word)
            if at >= 0:
                spans.add(Span(sentence.start + at, sentence.start + at + len(word)))
        comma = string.find(", ")
        if comma > 30:
            spans.add(Span(sentence.start, sentence.start + comma))
        digits = [n for n, char in enumerate(string) if char.isdigit()]
        if digits:
            spans.add(Span(sentence.start + digits[0], sentence.start + digits[-1] + 1))
    return sorted(spans)


def edit(text: str, dice: random.Random) -> Letters:
    """Give the letters of the edited text with their origins."""
    paragraphs = [
        [[(text[n], Origin(n)) for n in range(s.start, s.end)] for s in find_sentences(text, paragraph)]
        for paragraph in find_paragraphs(text)
    ]
    paragraphs = [one for one in paragraphs if one]
    # Sentences are repeated far from where they stand at last: of two side by side nobody could say which is the first.
    kinds = ("move", "delete", "repeat", "words", "words", "words", "put in", "typing")
    for kind in sorted((dice.choice(kinds) for _ in range(dice.randint(1, 6))), key=kinds.index):
        here = dice.randrange(len(paragraphs))
        at = dice.randrange(len(paragraphs[here]))
        sentence = paragraphs[here][at]
        if kind == "delete" and sum(map(len, paragraphs)) > 2:
            del paragraphs[here][at]
        elif kind == "put in":
            paragraphs[here].insert(at, [(char, NEW) for char in make_sentence(dice)])
        elif kind == "repeat" and len(paragraphs) > 2 and all(origin.place is not None for _, origin in sentence):
            far = [n for n in range(len(paragraphs)) if abs(n - here) > 1]
            if far:
                paragraphs[dice.choice(far)].append([(char, NEW) for char, _ in sentence])
        elif kind == "words":
            for _ in range(dice.randint(1, 2)):
                paragraphs[here][at] = change_word(paragraphs[here][at], dice)
        elif kind == "move":
            paragraphs.insert(dice.randrange(len(paragraphs)), paragraphs.pop(here))
        elif kind == "typing":
            for n, one in enumerate(paragraphs[here]):
                paragraphs[here][n] = [(char.translate(TYPING) if char in "\"'’“”-" else char, o) for char, o in one]
        paragraphs = [one for one in paragraphs if one]
    letters: Letters = []
    for number, paragraph in enumerate(paragraphs):
        letters += [("\n", NEW), ("\n", NEW)] if number else []
        for place, sentence in enumerate(paragraph):
            letters += _gap(text, letters[-1][1], sentence[0][1]) if place else []
            letters += sentence
    return letters


def _gap(text: str, before: Origin, after: Origin) -> Letters:
    """Give the blanks between two sentences: those that stood there, or a new one."""
    if before.place is not None and after.place is not None:
        gap = range(before.place + 1, after.place)
        if len(gap) < 9 and not text[before.place + 1 : after.place].strip():
            return [(text[n], Origin(n)) for n in gap]
    return [(" ", NEW)]


def change_word(sentence: Letters, dice: random.Random) -> Letters:
    """Give the sentence with one word replaced, left out or put in."""
    string = "".join(char for char, _ in sentence)
    words = [span for span in _words(string) if all(o.place is not None for _, o in sentence[span.start : span.end])]
    if len(words) < 5:
        return sentence
    span = dice.choice(words)
    first, last = sentence[span.start][1].place, sentence[span.end - 1][1].place
    assert first is not None
    assert last is not None
    kind = dice.randrange(4)
    if kind == 0 and span.start > 0:  # with the blank before it
        return sentence[: span.start - 1] + sentence[span.end :]
    new = dice.choice(("almost", "clearly", "another", "eleven", "harbours", "nobody’s", "perhaps", "3,400", "quickly"))
    if kind == 1:
        return [*sentence[: span.start], *((char, NEW) for char in new + " "), *sentence[span.start :]]
    instead = Origin(instead_of=Span(first, last + 1))
    return [*sentence[: span.start], *((char, instead) for char in new), *sentence[span.end :]]


def _words(string: str) -> list[Span]:
    spans, start = [], None
    for n, char in enumerate(string + " "):
        if char.isalnum():
            start = n if start is None else start
        elif start is not None:
            spans.append(Span(start, n))
            start = None
    return spans


@attrs.frozen(slots=True)
class Truth:
    """What became of an anchor: the outcomes that are right, and where its words are now."""

    outcomes: frozenset[str]
    span: Span | None


def truth_of(span: Span, text: str, letters: Letters, where: dict[int, int]) -> Truth:
    kept = [where[n] for n in range(span.start, span.end) if n in where]
    # A word that was put in the place of others belongs to an anchor where it replaces a part of it.
    instead = [n for n, (_, o) in enumerate(letters) if o.instead_of is not None and o.instead_of.overlaps(span)]
    if not kept:
        if not instead:
            return Truth(frozenset({"lost"}), None)
        return Truth(frozenset({"changed", "lost"}), Span(min(instead), max(instead) + 1))
    now = Span(min(kept), max(kept) + 1)
    if len(kept) == len(span) and len(now) == len(span) and not instead:
        new = "".join(char for char, _ in letters[now.start : now.end])
        if new == span.of(text):
            return Truth(frozenset({"exact" if now.start == span.start else "moved"}), now)
        if fold(new).string == fold(span.of(text)).string:
            return Truth(frozenset({"normalised"}), now)
    whole = Span(min([now.start, *instead]), max([now.end, *(n + 1 for n in instead)]))
    if len(kept) <= len(span) * 0.4:  # next to nothing of it is left
        return Truth(frozenset({"changed", "lost"}), whole)
    return Truth(frozenset({"changed"}), whole)


def is_right(match: AnchorMatch, truth: Truth) -> bool:
    if match.outcome not in truth.outcomes:
        return False
    if match.span is None or truth.span is None:
        return match.outcome == "lost"
    if match.found:
        return match.span == truth.span
    shared = min(match.span.end, truth.span.end) - max(match.span.start, truth.span.start)
    union = max(match.span.end, truth.span.end) - min(match.span.start, truth.span.start)
    return shared >= union / 2


def is_silently_wrong(match: AnchorMatch, truth: Truth) -> bool:
    return match.found and match.span != truth.span


def polnear() -> list[tuple[str, list[Span]]]:
    path = Path(os.environ.get("CLAIMTRACK_SHARED", ""), "data", "polnear", "dev.jsonl")
    if not os.environ.get("CLAIMTRACK_SHARED") or not path.exists():
        return []
    found: dict[str, list[Span]] = {}
    for line in path.read_text("utf-8").splitlines():
        article = json.loads(line)
        spans = [
            Span(*piece)
            for one in article["attributions"]
            for piece in (*one["content"], *(one["source"] or ()), *(one["cue"] or ()))
        ]
        text = article["text"]
        found.setdefault(text, sorted({span for span in spans if span.of(text) == span.of(text).strip()}))
    return list(found.items())


def cases(number: int, seed: int, *, with_corpus: bool = True) -> Iterator[tuple[str, list[Span], Letters]]:
    """Give texts, the spans anchored in them, and the edited letters."""
    corpus = polnear() if with_corpus else []
    for n in range(number):
        dice = random.Random(f"{seed}/{n}")
        if corpus and n % 2:
            text, spans = corpus[dice.randrange(len(corpus))]
        else:
            text = make_text(dice)
            while has_twins(text):
                text = make_text(dice)
            spans = make_anchors(text, dice)
        letters = edit(text, dice)
        while not can_be_told(text, letters):
            letters = edit(text, dice)
        yield text, spans, letters


def has_twins(text: str) -> bool:
    """Tell whether two sentences with the same words stand side by side."""
    sentences = [one.of(text) for one in find_sentences(text)]
    return any(one == other for one, other in itertools.pairwise(sentences))


def can_be_told(text: str, letters: Letters) -> bool:
    """Tell whether the text says which of several sentences with the same words is which.

    It does not where one now stands beside what another stood beside: nobody who reads both texts could know.
    """
    string = "".join(char for char, _ in letters)
    before, after = find_sentences(text), find_sentences(string)
    words, words_after = [one.of(text) for one in before], [one.of(string) for one in after]
    if has_twins(string):
        return False
    for there, said in enumerate(words_after):
        for here, other in enumerate(words):
            if said == other and letters[after[there].start][1].place != before[here].start:
                left = here > 0 and there > 0 and words[here - 1] == words_after[there - 1]
                right = words[here + 1 : here + 2] == words_after[there + 1 : there + 2] != []
                if left or right:
                    return False
    return True


@attrs.define(slots=True)
class Score:
    """How many anchors had the right outcome, which outcomes were wrong, and the time that matching took."""

    anchors: int = 0
    right: int = 0
    silent: int = 0
    seconds: float = 0.0
    wrong: Counter[tuple[str, str]] = attrs.field(factory=Counter)
    truths: Counter[str] = attrs.field(factory=Counter)


def score(number: int, seed: int, *, before: bool = True, with_corpus: bool = True, shown: int = 0) -> Score:
    """Give the score over edited articles; with `before` the old text is at hand, as it is in a store."""
    total = Score()
    for text, spans, letters in cases(number, seed, with_corpus=with_corpus):
        edited = "".join(char for char, _ in letters)
        where = {origin.place: n for n, (_, origin) in enumerate(letters) if origin.place is not None}
        anchors = [Anchor.at(span, text) for span in spans]
        began = time.perf_counter()
        matches = match_anchors(anchors, edited, before=text if before else None)
        total.seconds += time.perf_counter() - began
        for span, match in zip(spans, matches, strict=True):
            truth = truth_of(span, text, letters, where)
            name = "/".join(sorted(truth.outcomes))
            right = is_right(match, truth)
            total.anchors += 1
            total.right += right
            total.silent += is_silently_wrong(match, truth)
            total.truths[name] += 1
            if not right:
                total.wrong[name, match.outcome] += 1
                if shown and is_silently_wrong(match, truth):
                    shown -= 1
                    print(f"{name} told as {match.outcome}: {span.of(text)!r} {span} {match.span} {truth.span}")
    return total


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="print so many wrong outcomes")
    options = parser.parse_args()
    for before in (True, False):
        total = score(options.articles, options.seed, before=before, shown=options.show)
        known = "old text at hand" if before else "anchors alone"
        print(
            f"{known}: {total.anchors:,} anchors in {options.articles:,} articles, right outcome "
            f"{total.right / total.anchors:.4f}, silently wrong {total.silent}, "
            f"{total.seconds / options.articles * 1000:.1f} ms an article"
        )
        print("  what became of them:", ", ".join(f"{name} {count:,}" for name, count in total.truths.most_common()))
        print("  wrong:", ", ".join(f"{a} told as {b} {count}" for (a, b), count in total.wrong.most_common(12)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
