"""Shell completion: what the tab key offers, asked for as a shell asks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import claimtrack
from claimtrack.cli.completion import MOST

ARTICLE = claimtrack.read_article(
    text="Ferry sinks off Marl\n\nThe ferry sank, Captain Ann Silva said.", published="2025-03-14", publisher="wire"
)
RUN = "from claimtrack.cli import main; main(prog_name='claimtrack')"


def offered(words: str, **environment: str) -> list[str]:
    """Give what bash is offered for the last word, which may be empty."""
    asked = {"_CLAIMTRACK_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    done = subprocess.run(
        [sys.executable, "-c", RUN], env={**os.environ, **asked, **environment}, capture_output=True, text=True
    )
    return [line.partition(",")[2] for line in done.stdout.splitlines() if line]


@pytest.fixture
def newsroom(tmp_path: Path) -> str:
    store = claimtrack.Store(tmp_path / "newsroom")
    store.add(ARTICLE, claimtrack.extract_claims(ARTICLE, tagger="rules"))
    return str(store.folder)


def test_commands_complete() -> None:
    assert offered("claimtrack ex") == ["extract", "export"]


def test_options_and_their_words_complete() -> None:
    assert offered("claimtrack list --verd") == ["--verdict"]
    assert offered("claimtrack list --verdict mostly") == ["mostly_true", "mostly_false"]


def test_the_ids_of_the_store_complete(newsroom: str) -> None:
    ids = [ARTICLE.id, *(claim.id for claim in claimtrack.Store(newsroom).claims())]
    assert len(ids) > 1
    assert offered(f"claimtrack show --store {newsroom} 2025-03") == sorted(ids)
    for command in ("export", "log", "triage"):
        assert offered(f"claimtrack {command} 2025-03", CLAIMTRACK_STORE=newsroom) == sorted(ids)


def test_where_there_is_no_store_no_id_is_offered_and_nothing_is_said(tmp_path: Path) -> None:
    assert offered("claimtrack show 2025") == []
    assert offered(f"claimtrack show --store {tmp_path} ../*") == []


def test_no_more_ids_are_offered_than_somebody_would_read(newsroom: str) -> None:
    folder = Path(newsroom, "articles", "2025")
    for number in range(MOST + 5):
        (folder / f"2025-04-01-wire-ferry-{number}.json").touch()
    assert len(offered(f"claimtrack show --store {newsroom} 2025-04")) == MOST


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_the_script_for_bash_is_one_that_bash_reads() -> None:
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        env={**os.environ, "_CLAIMTRACK_COMPLETE": "bash_source"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "complete -o nosort -F" in done.stdout
    subprocess.run(["bash", "-n"], input=done.stdout, text=True, check=True)
