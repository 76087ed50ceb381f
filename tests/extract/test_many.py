"""Many articles at once give what each gives alone, whatever the number of processes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from claimtrack.errors import TaggerError
from claimtrack.extract import extract_claims, extract_many
from claimtrack.models import Article
from tests.extract.articles import article_of

ARTICLES = [
    article_of(f"The quay costs ${number} million, Mayor Ann Silva said. It opened in 1932.") for number in range(40)
]


@pytest.mark.parametrize("workers", [1, 2])
def test_the_claims_are_the_same_and_in_order(workers: int) -> None:
    alone = [extract_claims(article, tagger="fast") for article in ARTICLES]
    assert list(extract_many(ARTICLES, workers=workers, tagger="fast")) == alone


def test_articles_are_taken_as_they_are_needed() -> None:
    taken = []

    def source() -> Iterator[Article]:
        for article in ARTICLES:
            taken.append(article)
            yield article

    next(extract_many(source(), workers=1, tagger="rules"))
    assert len(taken) == 1


def test_wrong_use_is_an_error_before_any_work() -> None:
    with pytest.raises(ValueError, match="at least one"):
        extract_many(ARTICLES, workers=0)
    with pytest.raises(TaggerError, match="no tagger is called 'spacy'"):
        extract_many(ARTICLES, workers=1, tagger="spacy")
