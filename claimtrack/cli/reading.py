"""Reading many files, one after the other: a bad one is named, and the others still come."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from claimtrack.cli.output import say, say_error
from claimtrack.errors import ClaimtrackError
from claimtrack.extract import Extraction, extract_claims
from claimtrack.models import Article
from claimtrack.read import read_article

_MANY = 20


class Reading:
    """Reads and extracts files in their order; `failed` counts those that could not be used."""

    def __init__(self, files: Sequence[Path], tagger: str, about: Mapping[str, str]) -> None:
        self.files = files
        self.tagger = tagger
        self.about = about
        self.failed = 0

    def __iter__(self) -> Iterator[tuple[Path, Article, Extraction]]:
        """Give each file with its article and claims; what cannot be read is said on standard error."""
        for path in self._with_progress():
            try:
                article = _read(path, self.about)
                extraction = extract_claims(article, tagger=self.tagger)
            except ClaimtrackError as error:
                self.failed += 1
                say_error(error)
                continue
            if not extraction.claims:
                say(f"{path}: no claims found; is this the text of an article?")
            yield path, article, extraction

    def _with_progress(self) -> Iterator[Path]:
        if len(self.files) < _MANY or not sys.stderr.isatty():
            yield from self.files
            return
        with click.progressbar(self.files, label="articles", file=sys.stderr, show_pos=True) as bar:
            yield from bar


def _read(path: Path, about: Mapping[str, str]) -> Article:
    if str(path) == "-":
        return read_article(text=sys.stdin.buffer.read(), **about)
    return read_article(path, **about)
