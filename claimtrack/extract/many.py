"""Many articles, on all cores: `extract_many`."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator

from claimtrack.extract.attribution import DEFAULT_TAGGER, Tagger, find_attributions
from claimtrack.extract.claims import Extraction, extract_claims
from claimtrack.extract.processes import count_workers, map_in_processes
from claimtrack.models import Article

_PART = 16
"""Articles a task: enough that handing them over costs little beside reading them."""


def extract_many(
    articles: Iterable[Article], *, workers: int | None = None, tagger: str | Tagger = DEFAULT_TAGGER
) -> Iterator[Extraction]:
    """Give the claims of many articles, in their order, as `extract_claims` gives them for each.

    `workers` processes share the work, as many as there are cores by default; each loads the tagger once. With one,
    everything happens in this process. Articles are taken as they are needed, so memory stays flat. A tagger of your
    own must be a function at the top of a module, so that the workers can import it.

    >>> from claimtrack.read import read_article
    >>> articles = [read_article(text=f"The {name} is safe, Ann Silva said.") for name in ("bridge", "quay")]
    >>> [extraction[0].statement for extraction in extract_many(articles, workers=1)]
    ['The bridge is safe', 'The quay is safe']

    Raises ValueError for fewer than one worker, TaggerError as `find_attributions` does, and BatchError where a worker
    is killed.
    """
    count = count_workers(workers)
    find_attributions("", tagger=tagger)  # an unknown tagger is an error here, not in a worker
    if count == 1:
        return (extract_claims(article, tagger=tagger) for article in articles)
    return _in_processes(articles, count, tagger)


def _in_processes(articles: Iterable[Article], workers: int, tagger: str | Tagger) -> Iterator[Extraction]:
    source = iter(articles)
    parts = iter(lambda: list(itertools.islice(source, _PART)), [])
    for extractions in map_in_processes(functools.partial(_extract_part, tagger=tagger), parts, workers=workers):
        yield from extractions


def _extract_part(articles: list[Article], tagger: str | Tagger) -> list[Extraction]:
    return [extract_claims(article, tagger=tagger) for article in articles]
