"""How many speakers of the golden set come out right, and which do not.

    python -m tests.speakers.golden

`articles/` holds news of our own writing; beside each text stand its claims: the exact words of the content, the words
that name the source (`mention`, none where the sentence has none), and whom a careful reader takes for the speaker.
`name` is the full name; where the article names nobody it is null and `described` says how the speaker is described.
`accept` holds other names that are as good. A field with a list accepts any of them; `speakers` stands where several
speak at once. `role`, `on_behalf_of`, `via` and `speech_act` stand where there is something to say. `case` is the kind
of difficulty. `speech_act` goes by the words: a feeling or wish is `expressed`, a promise needs a word for it. The
texts were annotated before any tagger had read them.
"""

from __future__ import annotations

import collections
import functools
import json
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import attrs

from claimtrack import Article, Claim, Speaker, extract_claims, read_article
from claimtrack.text import Span

ARTICLES = Path(__file__).parent / "articles"
RIGHT = "right"
MISSES = ("no claim found there", "wrong source span", "resolved wrong")


@attrs.frozen
class Gold:
    """One annotated claim of one article."""

    slug: str
    text: str
    fields: dict[str, Any]

    @property
    def content(self) -> Span:
        """Where the content stands."""
        words: str = self.fields["content"]
        start = self.text.index(words)
        return Span(start, start + len(words))

    @property
    def mentions(self) -> Sequence[Span]:
        """Where the words that name the source stand, the content left out."""
        if self.fields["mention"] is None:
            return ()
        words = re.escape(self.fields["mention"])
        found = (Span(*one.span()) for one in re.finditer(rf"(?<!\w){words}(?!\w)", self.text))
        return tuple(one for one in found if not one.overlaps(self.content))

    @property
    def speakers(self) -> Sequence[dict[str, Any]]:
        """Who speaks, in order."""
        speakers: list[dict[str, Any]] = self.fields.get("speakers") or [self.fields]
        return speakers


@attrs.frozen
class Outcome:
    """What became of one annotated claim."""

    gold: Gold
    claim: Claim | None
    verdict: str

    def __str__(self) -> str:
        """Give one line of the report."""
        wanted = " + ".join(one["name"] or f"[{_listed(one['described'])[0]}]" for one in self.gold.speakers)
        got = "nothing"
        if self.claim is not None:
            names = (one.name or f"[{one.role or one.kind}]" for one in self.claim.speakers)
            source = self.claim.attribution and self.claim.attribution.source
            got = f"{' + '.join(names) or 'nobody'} (from {source.exact if source else 'no source'!r})"
        gold = self.gold
        place = f"{gold.slug} {gold.content.start} [{gold.fields['case']}] {gold.fields['content'][:40]!r}"
        return f"{place}: {wanted}; got {got}"


def load_golden() -> tuple[tuple[Article, tuple[Gold, ...]], ...]:
    """Give each article of the golden set with its annotated claims."""
    golden = []
    for path in sorted(ARTICLES.glob("*.json")):
        kept = json.loads(path.read_text("utf-8"))
        article = read_article(
            text=kept["text"], title=kept["title"], publisher=kept["publisher"], published=kept["published"]
        )
        golden.append((article, tuple(Gold(path.stem, article.text, one) for one in kept["claims"])))
    return tuple(golden)


@functools.cache
def score_golden() -> tuple[Outcome, ...]:
    """Give what becomes of every annotated claim with the default tagger."""
    outcomes = []
    for article, annotated in load_golden():
        claims = extract_claims(article).claims
        outcomes += [judge_claim(gold, claims) for gold in annotated]
    return tuple(outcomes)


def judge_claim(gold: Gold, claims: Sequence[Claim]) -> Outcome:
    """Tell whether the claim that overlaps an annotated one most has the right speakers, or else what went wrong."""
    claim = max(claims, key=lambda one: _overlap(gold.content, one), default=None)
    narrated = gold.fields.get("kind") == "publisher"
    if claim is None or _overlap(gold.content, claim) == 0 or (claim.kind == "narration") != narrated:
        return Outcome(gold, None, "no claim found there")
    if len(claim.speakers) == len(gold.speakers) and all(map(is_right, gold.speakers, claim.speakers)):
        return Outcome(gold, claim, RIGHT)
    source = claim.attribution.source if claim.attribution else None
    place = Span(source.start, source.end) if source else None
    if "via" in gold.fields:  # the tagger's source is A in "A said B had told him": finding B comes after it
        return Outcome(gold, claim, "resolved wrong")
    if gold.mentions and not (place and any(one.overlaps(place) for one in gold.mentions)):
        return Outcome(gold, claim, "wrong source span")
    return Outcome(gold, claim, "resolved wrong")


def is_right(wanted: dict[str, Any], got: Speaker) -> bool:
    """Tell whether a speaker is the one wanted: the full name, or for somebody nameless no name and the description.

    A body, a group or a document that is only described may carry its description as a name: `the report` is both.
    """
    accepted = [_plain(one) for one in (*_listed(wanted["name"]), *wanted.get("accept", ()))]
    if got.name is not None:
        if wanted["kind"] in ("organization", "group", "document"):
            accepted += [_plain(one) for one in _listed(wanted.get("described"))]
        return _plain(got.name) in accepted
    words = (f" {_plain(one)} " for one in (got.role, got.mention and got.mention.exact) if one)
    described = [f" {_plain(one)} " for one in _listed(wanted.get("described"))]
    return any(one in heard for heard in words for one in described)


def write_report(outcomes: Iterable[Outcome]) -> str:
    """Give the shares by half and by case, the other fields, and the list of what is wrong."""
    outcomes = tuple(outcomes)
    groups: dict[str, list[Outcome]] = {"a": [], "b": [], "all": []}
    for one in sorted(outcomes, key=lambda one: one.gold.fields["case"]):
        for group in (one.gold.slug[0], "all", one.gold.fields["case"]):
            groups.setdefault(group, []).append(one)
    lines = [f"{'':14}{'claims':>8}{'right':>7}{'share':>7}" + "".join(f"{miss:>22}" for miss in MISSES)]
    for group, members in groups.items():
        counts = collections.Counter(one.verdict for one in members)
        share = counts[RIGHT] / len(members)
        misses = "".join(f"{counts[miss]:>22}" for miss in MISSES)
        lines.append(f"{group:14}{len(members):>8}{counts[RIGHT]:>7}{share:>7.3f}{misses}")
    lines += ["", "Other fields, over the claims found:"]
    for field, right, of in _count_fields(outcomes):
        lines.append(f"{field:30}{right:>5} of {of}")
    for miss in MISSES:
        lines += ["", f"{miss}:"]
        lines += [f"  {one}" for one in outcomes if one.verdict == miss]
    return "\n".join(lines)


def _count_fields(outcomes: Sequence[Outcome]) -> Iterable[tuple[str, int, int]]:
    found = [(one.gold.fields, one.claim) for one in outcomes if one.claim and one.claim.speaker]
    single = [(wanted, claim, claim.speaker) for wanted, claim in found if "speakers" not in wanted and claim.speaker]
    yield "kind", sum(got.kind == wanted["kind"] for wanted, _, got in single), len(single)
    fields: tuple[tuple[str, Callable[[Claim, Speaker], str | None]], ...] = (
        ("role", lambda _, got: got.role),
        ("on_behalf_of", lambda _, got: got.on_behalf_of),
        ("via", lambda claim, _: _called(claim.attribution.via if claim.attribution else None)),
    )
    for field, read in fields:
        pairs = [(_listed(wanted[field]), read(claim, got)) for wanted, claim, got in single if field in wanted]
        yield field, sum(_plain(got or "") in map(_plain, wanted) for wanted, got in pairs), len(pairs)
    acts = [(wanted.get("speech_act", "asserted"), claim.speech_act) for wanted, claim in found]
    yield "speech act", sum(wanted == got for wanted, got in acts), len(acts)
    others = [(wanted, got) for wanted, got in acts if wanted != "asserted"]
    yield "speech act, where not asserted", sum(wanted == got for wanted, got in others), len(others)


def _called(speaker: Speaker | None) -> str | None:
    return (speaker.name or speaker.role) if speaker else None


def _overlap(content: Span, claim: Claim) -> float:
    """Give twice the characters shared over those of both: 1 where the contents are the same."""
    pieces = claim.attribution.content if claim.attribution else ()
    shared = sum(max(0, min(content.end, one.end) - max(content.start, one.start)) for one in pieces)
    return 2 * shared / (len(content) + sum(one.end - one.start for one in pieces)) if shared else 0.0


def _listed(value: str | Sequence[str] | None) -> Sequence[str]:
    return (value,) if isinstance(value, str) else value or ()


def _plain(name: str) -> str:
    """Give a name for comparing: small letters, straight quotation marks, no article in front, no comma at the end."""
    straight = name.translate({0x2019: "'", 0x2018: "'", 0x201C: '"', 0x201D: '"'})
    return re.sub(r"^(the|a|an) ", "", " ".join(straight.casefold().split())).rstrip(",")


if __name__ == "__main__":
    print(write_report(score_golden()))
