"""The wire copy that training mixes in: every line is well marked, and its marks stay in place."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

TRAINING = Path(__file__).parents[2] / "benchmarks" / "training"
SEEDS = range(30)


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module as the training scripts import it."""
    monkeypatch.syspath_prepend(str(TRAINING))
    import wire

    monkeypatch.delitem(sys.modules, "wire")
    return wire


def test_every_line_parses_and_its_marks_lie_inside_the_text(wire: ModuleType) -> None:
    lines = wire.read_wire()
    filling = wire.draw_filling(lines, random.Random(1))
    for line in (*lines.headlines, *lines.speech, *lines.narration):
        marked = wire.fill(line, filling)
        assert not set("{}[]_") & set(marked.text), line
        for _, start, end in marked.marks:
            piece = marked.text[start:end]
            assert piece
            assert piece == piece.strip(), line


def test_speech_has_a_source_or_a_cue_and_narration_no_mark(wire: ModuleType) -> None:
    lines = wire.read_wire()
    for line in lines.narration:
        assert not wire.parse_line(line).marks, line
    for line in lines.speech:
        assert {role for role, _, _ in wire.parse_line(line).marks} & {"source", "cue"}, line


BADLY_MARKED = {
    "a cue opens inside a source": "{Silva _said_ [it is over].",
    "a content is left open": "{Silva} _said_ [it is over.",
    "a source was never opened": "Silva} said.",
    "a source is empty": "{} _said_ [it is over].",
}


@pytest.mark.parametrize("line", BADLY_MARKED.values(), ids=BADLY_MARKED)
def test_a_badly_marked_line_is_refused(wire: ModuleType, line: str) -> None:
    with pytest.raises(ValueError):
        wire.parse_line(line)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_article_keeps_its_marks_on_whole_words(wire: ModuleType, seed: int) -> None:
    article = wire.write_article(wire.read_wire(), random.Random(seed))
    pieces = [article.text[start:end] for one in article.attributions for role in one for start, end in one[role]]
    assert pieces
    assert all(piece and piece == piece.strip() and "\n" not in piece for piece in pieces)


@pytest.mark.parametrize("seed", SEEDS)
def test_mixing_in_moves_an_articles_own_marks_along(wire: ModuleType, seed: int) -> None:
    text = "Rents rise again\n\nRents will rise, Silva said.\n\nNobody had asked for it.\n\nThe council votes in May."
    own = {"source": ((35, 40),), "cue": ((41, 45),), "content": ((18, 33),)}
    document = wire.Document("rents", "own", text, (own,))
    mixed = wire.mix_in(document, wire.read_wire(), random.Random(seed))
    kept = mixed.attributions[0]
    assert len(mixed.text) > len(text)
    assert [mixed.text[start:end] for role in kept for start, end in kept[role]] == ["Silva", "said", "Rents will rise"]


def test_a_name_is_the_same_all_through_an_article_and_another_in_the_next(wire: ModuleType) -> None:
    lines = wire.read_wire()
    first, second = (wire.draw_filling(lines, random.Random(seed)) for seed in (1, 2))
    line = "{$LAST} _said_ [that $NAME2 had left]. {$NAME} _denied_ [it]."
    marked = wire.fill(line, first)
    assert marked.text.count(first["LAST"]) == 2
    assert first["LAST2"] in marked.text
    assert wire.fill(line, second).text != marked.text


def test_the_copy_that_is_checked_is_well_marked_and_is_not_in_training(wire: ModuleType) -> None:
    lines = wire.read_wire()
    trained = {wire.parse_line(line).text for line in (*lines.headlines, *lines.speech, *lines.narration)}
    checked = (TRAINING / "wire-check.txt").read_text(encoding="utf-8").splitlines()
    texts = [wire.parse_line(line).text for line in checked if line and not line.startswith("#")]
    assert len(texts) > 40
    assert not trained.intersection(texts)
