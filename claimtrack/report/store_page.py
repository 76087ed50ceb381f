"""The page of a store: its counts, what waits, one figure over several articles, and a list of all claims."""

from __future__ import annotations

import contextlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

import attrs
from markupsafe import Markup

from claimtrack.errors import FilterError, Finding
from claimtrack.models import Article, Claim
from claimtrack.report.cards import colour_of, sign_of, words
from claimtrack.report.charts import bars, reported
from claimtrack.report.marks import by_place
from claimtrack.report.rendering import render
from claimtrack.report.shown import web_link
from claimtrack.report.tallies import STANDS, count_speakers, count_steps, count_verdicts
from claimtrack.report.terminal import figure_line, speakers_line
from claimtrack.report.timelines import Timeline, find_timelines
from claimtrack.store import Store
from claimtrack.store.store import now
from claimtrack.track import Waiting, find_waiting
from claimtrack.track.guards import instant

_SPEAKERS, _TIMELINES, _OVERDUE, _NAMES = 12, 12, 20, 300
_LONGEST = 1000
"""Characters of a statement in the list; the whole of it stands on its article's page."""


@attrs.frozen(slots=True, kw_only=True)
class Contents:
    """What a store holds, read once."""

    name: str
    articles: Mapping[str, Article]
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    """What was wrong with the files that hold no valid document."""


@attrs.frozen(slots=True, kw_only=True)
class Drawn:
    """A timeline with its chart, which is empty where the numbers are too large to draw."""

    timeline: Timeline
    chart: Markup


def read_contents(store: Store) -> Contents:
    """Give the articles and claims of a store, and what was wrong with the files that are passed over."""
    articles, claims = store.articles(), store.claims()
    return Contents(
        name=store.name,
        articles={article.id: article for article in articles},
        claims=tuple(claims),
        findings=(*articles.findings, *claims.findings),
    )


def store_page(held: Contents, *, at: str | None = None, pages: str | None = None) -> str:
    """Give the page of a store: counts, what waits at a moment, timelines of figures, and a list of the claims."""
    claims, articles = held.claims, held.articles
    at = _moment(at)
    waiting = tuple(find_waiting(claims, at=at))
    verdicts, speakers, timelines = (
        count_verdicts(claims),
        count_speakers(claims),
        find_timelines(claims, articles.values()),
    )
    links = {id: _link(article, pages) for id, article in articles.items()}
    overdue = sorted((one for one in waiting if one.overdue), key=lambda one: (one.due or "", one.claim.id))
    return render(
        "store",
        name=held.name,
        at=at,
        claims=len(claims),
        articles=articles,
        links=links,
        findings=held.findings,
        rated=sum(claim.verdict is not None for claim in claims),
        published=sum(claim.publication not in ("unpublished", "retracted") for claim in claims),
        waiting=len(waiting),
        steps=count_steps(waiting),
        overdue=len(overdue),
        longest_overdue=overdue[:_OVERDUE],
        verdicts=verdicts,
        verdict_chart=bars(
            [(one.verdict, {one.colour: one.count}) for one in verdicts], label="Rated claims by verdict"
        )
        if verdicts
        else Markup(),
        speakers=speakers[:_SPEAKERS],
        more_speakers=len(speakers) - _SPEAKERS,
        stands=STANDS,
        speaker_chart=bars(
            [(one.name, one.stands) for one in speakers[:_SPEAKERS]], label="Claims by speaker and verdict"
        )
        if speakers
        else Markup(),
        names=[one.name for one in speakers[:_NAMES]],
        timelines=[
            Drawn(timeline=one, chart=reported(one.reports, label=f"{one.title}: what {one.articles} articles report"))
            for one in timelines[:_TIMELINES]
        ],
        more_timelines=len(timelines) - _TIMELINES,
        workflows=list(dict.fromkeys(words(claim.workflow) for claim in claims)),
        data=_data(claims, articles, waiting={one.claim.id: one for one in waiting}, links=links, pages=pages),
    )


def _moment(at: str | None) -> str:
    if at is None:
        return now()
    with contextlib.suppress(ValueError):
        if instant(at).tzinfo is not None:
            return at
    raise FilterError(f"{at!r} is no time; write 2025-03-04T10:00:00+01:00, or 2025-03-04")


def _link(article: Article, pages: str | None) -> str | None:
    return f"{pages}{quote(article.id)}.html" if pages is not None else web_link(article.url)


def _data(
    claims: Sequence[Claim],
    articles: Mapping[str, Article],
    *,
    waiting: Mapping[str, Waiting],
    links: Mapping[str, str | None],
    pages: str | None,
) -> Markup:
    """Give what the list shows as JSON that no HTML parser takes for a tag: the page's script makes text of it."""
    places = {id: place for place, id in enumerate(articles)}
    numbers = _numbers(claims)
    rows = [
        [*_row(claim, waiting.get(claim.id)), places.get(claim.article_id or "", -1), numbers[claim.id]]
        for claim in claims
    ]
    sources = [
        [one.title or one.id, one.publisher or "", (one.published or "")[:10], links[one.id] or ""]
        for one in articles.values()
    ]
    written = json.dumps(
        {"pages": pages is not None, "articles": sources, "claims": rows}, ensure_ascii=False, separators=(",", ":")
    )
    return Markup(written.replace("<", "\\u003c"))


def _numbers(claims: Iterable[Claim]) -> dict[str, int]:
    """Give the numbers that claims have on the pages of their articles."""
    own: dict[str | None, list[Claim]] = defaultdict(list)
    for claim in claims:
        own[claim.article_id].append(claim)
    return {claim.id: number for held in own.values() for number, claim in enumerate(by_place(held), 1)}


def _row(claim: Claim, waits: Waiting | None) -> list[object]:
    statement = " ".join(claim.statement[: _LONGEST + 1].split())
    if len(claim.statement) > _LONGEST:
        statement = statement[:_LONGEST] + "…"
    return [
        claim.id,
        speakers_line(claim),
        f"“{statement}”" if claim.kind == "direct" else statement,
        words(claim.workflow),
        words(claim.verdict) if claim.verdict else "",
        colour_of(claim.verdict),
        sign_of(claim.verdict),
        [figure_line(figure) for figure in claim.figures[:6]],
        waits.step if waits is not None else "",
        (waits.due or "") if waits is not None else "",
        int(waits.overdue) if waits is not None else 0,
    ]
