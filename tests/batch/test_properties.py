"""Whatever the records and the size of the parts: each is read or rejected, and gives the claims it gives alone."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimtrack import Article, Engine, ReadError, extract_batch, extract_claims, read_article
from claimtrack.batch import running
from claimtrack.exchange import to_json_line
from tests.batch.news import files_of, lines_of, record, report, write_lines

GOOD = st.builds(record, st.integers(0, 60))
TEXTS = st.builds(lambda text, number: {"text": text + report(number)}, st.text(max_size=40), st.integers(0, 3))
BROKEN = st.one_of(
    st.binary(max_size=30).map(lambda data: data.replace(b"\n", b" ") or b" "),
    st.dictionaries(st.sampled_from(["text", "html", "format", "title"]), st.none() | st.integers()),
    st.lists(st.integers(), max_size=2),
)


def alone(given: Any) -> Article | None:
    """Give the article of a record, or None where it makes none."""
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        return None
    try:
        return read_article(**given)
    except ReadError:
        return None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    records=st.lists(st.one_of(GOOD, TEXTS, BROKEN), max_size=25), part_size=st.integers(1, 30), task=st.integers(1, 9)
)
def test_the_parts_together_are_what_each_record_gives_alone(records: list[Any], part_size: int, task: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        news = write_lines(Path(place, "news.jsonl"), records)
        output = Path(place, "claims")
        before, running.TASK = running.TASK, dict.fromkeys(running.TASK, task)
        try:
            batch = extract_batch(news, output, tagger="rules", part_size=part_size)
        finally:
            running.TASK = before
        lines = [line for line in news.read_bytes().split(b"\n") if line.strip(b" \t\r\n\xef\xbb\xbf")]
        read, rejected = lines_of(output, "articles"), lines_of(output, "rejects")
        assert batch.records == len(lines) == len(read) + len(rejected)
        assert sorted(row["record"] for row in (*read, *rejected)) == list(range(1, len(lines) + 1))
        assert all(row["findings"] for row in rejected)
        assert batch.parts == -(-len(lines) // part_size)

        taken: dict[str, set[str]] = {}
        articles: list[Article] = []
        for article in filter(None, map(alone, records)):
            texts = taken.setdefault(article.id, set())
            if article.sha256 not in texts:
                articles.append(article.replace(id=f"{article.id}-{article.sha256[:8]}") if texts else article)
            texts.add(article.sha256)
        claims = [claim for article in articles for claim in extract_claims(article, tagger="rules")]
        assert b"".join(path.read_bytes() for path in sorted((output / "claims").glob("*"))) == b"".join(
            to_json_line(claim).encode() for claim in claims
        )


@settings(max_examples=15, deadline=None)
@given(records=st.lists(st.one_of(GOOD, BROKEN), max_size=12), part_size=st.integers(1, 6), kept=st.integers(0, 12))
def test_a_run_that_is_stopped_after_any_record_ends_up_the_same(records: list[Any], part_size: int, kept: int) -> None:
    def stop(progress: Any) -> None:
        if progress.records >= kept:
            raise KeyboardInterrupt

    with tempfile.TemporaryDirectory() as place:
        news = write_lines(Path(place, "news.jsonl"), records)
        try:
            extract_batch(news, Path(place, "a"), tagger="rules", part_size=part_size, progress=stop)
        except KeyboardInterrupt:
            extract_batch(news, Path(place, "a"), tagger="rules", part_size=part_size, engine=Engine("here", workers=1))
        extract_batch(news, Path(place, "b"), tagger="rules", part_size=part_size)
        assert files_of(Path(place, "a")) == files_of(Path(place, "b"))
