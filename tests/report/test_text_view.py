"""The article's text in the terminal, with its claims marked."""

from __future__ import annotations

import io
from pathlib import Path

from click.testing import CliRunner
from rich.console import Console

from claimtrack import Store, extract_claims, read_article
from claimtrack.cli import main
from claimtrack.report import article_text
from tests.report.pages import seed


def printed(text: str) -> str:
    article = read_article(text=text)
    out = io.StringIO()
    console = Console(file=out, width=100, force_terminal=True, color_system="standard")
    console.print(article_text(article, extract_claims(article, tagger="rules")))
    return out.getvalue()


def test_source_cue_and_figure_look_different_without_colours_too() -> None:
    shown = printed("The ferry carried 38 passengers, Captain Ann Silva said.")
    assert "\x1b[1;35mCaptain Ann Silva" in shown  # bold
    assert "\x1b[3;33msaid" in shown  # slanted
    assert "\x1b[4;32m38" in shown  # underlined


def test_control_characters_of_the_text_are_shown_and_not_sent() -> None:
    shown = printed("The ferry \x1b[2J\u202e sank, Captain Ann Silva said.")
    assert "\x1b[2J" not in shown
    assert "\u202e" not in shown
    assert "\\u202e" in shown


def test_show_text_prints_the_whole_article_with_the_numbers_of_its_claims(tmp_path: Path) -> None:
    article, claims = seed("plane-crash.txt")
    store = str(tmp_path / "newsroom")
    Store(store).add(article, claims)
    run = CliRunner(env={"COLUMNS": "4000"})
    shown = run.invoke(main, ["show", "--text", article.id, "--store", store])
    assert shown.exit_code == 0
    words = shown.stdout
    for number in range(1, len(claims) + 1):
        assert f" [{number}]" in words
        words = words.replace(f" [{number}]", "", 1)
    assert words.split() == article.text.split()
    refused = run.invoke(main, ["show", "--text", claims[0].id, "--store", store])
    assert refused.exit_code == 2
    assert "--text shows the text of an article" in refused.stderr
