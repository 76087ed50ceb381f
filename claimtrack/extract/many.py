"""Many articles, on all cores: `extract_many`."""

from __future__ import annotations

import itertools
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context

from claimtrack.extract.attribution import DEFAULT_TAGGER, Tagger, find_attributions
from claimtrack.extract.claims import Extraction, extract_claims
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

    Raises ValueError for fewer than one worker, and TaggerError as `find_attributions` does.
    """
    count = len(os.sched_getaffinity(0)) if workers is None and hasattr(os, "sched_getaffinity") else workers
    count = count if count is not None else os.cpu_count() or 1
    if count < 1:
        raise ValueError(f"workers is {count}; at least one process must do the work")
    find_attributions("", tagger=tagger)  # an unknown tagger is an error here, not in a worker
    return _here(articles, tagger) if count == 1 else _in_processes(articles, count, tagger)


def _here(articles: Iterable[Article], tagger: str | Tagger) -> Iterator[Extraction]:
    for article in articles:
        yield extract_claims(article, tagger=tagger)


def _in_processes(articles: Iterable[Article], workers: int, tagger: str | Tagger) -> Iterator[Extraction]:
    waiting: deque[Future[list[Extraction]]] = deque()
    source = iter(articles)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        while True:
            while len(waiting) < 2 * workers and (part := list(itertools.islice(source, _PART))):
                waiting.append(pool.submit(_extract_part, part, tagger))
            if not waiting:
                return
            yield from waiting.popleft().result()


def _extract_part(articles: list[Article], tagger: str | Tagger) -> list[Extraction]:
    return [extract_claims(article, tagger=tagger) for article in articles]
