"""Many articles at once give what each gives alone, whatever the number of processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from claimtrack.errors import BatchError, TaggerError
from claimtrack.extract import Attribution, extract_claims, extract_many
from claimtrack.models import Article
from claimtrack.text import Text
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


def kill_the_worker(text: Text) -> tuple[Attribution, ...]:
    """Find nothing, as a worker that the system kills for want of memory."""
    if "$7 million" in text.string:
        os.kill(os.getpid(), signal.SIGKILL)
    return ()


@pytest.mark.skipif(sys.platform == "win32", reason="kills with SIGKILL")
def test_a_worker_that_is_killed_is_an_error_of_our_own() -> None:
    with pytest.raises(BatchError, match="a worker was killed"):
        list(extract_many(ARTICLES, workers=2, tagger=kill_the_worker))


def test_a_script_without_its_guard_is_told_of_it(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import claimtrack\narticle = claimtrack.read_article(text='The quay is safe, Ann Silva said.')\n"
        "list(claimtrack.extract_many([article], workers=2, tagger='rules'))\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True)
    assert done.returncode == 1
    assert "BatchError: a worker was killed" in done.stderr
    assert 'or could not begin: a script needs the line if __name__ == "__main__":' in done.stderr


def test_wrong_use_is_an_error_before_any_work() -> None:
    with pytest.raises(ValueError, match="at least one"):
        extract_many(ARTICLES, workers=0)
    with pytest.raises(TaggerError, match="no tagger is called 'spacy'"):
        extract_many(ARTICLES, workers=1, tagger="spacy")
