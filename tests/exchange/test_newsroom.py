"""A newsroom's own CSV: mapped, previewed, findings by row, and importing again never undoes what people did."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimtrack import DocumentError, ReadError, Store, keep_rows, load_mapping, read_rows
from claimtrack.exchange import RowMapping

MAPPING = {
    "source": "marl-desk",
    "key": ["Nr"],
    "columns": {
        "statement": "Behauptung",
        "speaker": "Wer",
        "made_on": "Am",
        "verdict": "Urteil",
        "review_rating": "Wertung",
        "tags": "Themen",
    },
    "words": {"verdict": {"Falsch": "false", "Stimmt": "true"}},
    "fixed": {"review_publisher": "Marl Desk"},
    "dates": "%d.%m.%Y",
    "separator": ";",
    "tag_separator": ",",
}
SHEET = """Nr;Behauptung;Wer;Am;Urteil;Wertung;Themen;Intern
1;The quay was free;Ann Silva;06.03.2025;Falsch;False;port, money;x
2;"All ferries sail;
even on Sunday";;7.3.2025;Stimmt;;;
"""


@pytest.fixture
def mapping() -> RowMapping:
    return load_mapping(MAPPING)


def outcomes(store: Store, path: Path, mapping: RowMapping, text: str, *, preview: bool = False) -> list[str]:
    path.write_text(text, "utf-8")
    return [kept.outcome for kept in keep_rows(store, read_rows(path, mapping), mapping=mapping, preview=preview)]


def test_rows_become_claims_by_their_mapping(tmp_path: Path, mapping: RowMapping) -> None:
    path = tmp_path / "desk.csv"
    path.write_text(SHEET, "utf-8-sig")
    first, second = (row.claim for row in read_rows(path, mapping))
    assert first is not None
    assert second is not None
    assert (first.statement, first.made_on, first.verdict, first.tags) == (
        *("The quay was free", "2025-03-06", "false"),
        ("port", "money"),
    )
    assert first.id.startswith("marl-desk-")
    assert first.reviews[0].verdict == "false"
    assert (second.statement, second.made_on, second.verdict) == (
        "All ferries sail;\neven on Sunday",
        "2025-03-07",
        "true",
    )
    assert '"Intern": "x"' in first.origin.original if first.origin else False


def test_importing_again_tells_new_unchanged_and_changed(tmp_path: Path, mapping: RowMapping) -> None:
    store, path = Store(tmp_path / "store"), tmp_path / "desk.csv"
    assert outcomes(store, path, mapping, SHEET, preview=True) == ["new", "new"]
    assert list(store.claims()) == []
    assert outcomes(store, path, mapping, SHEET) == ["new", "new"]
    assert outcomes(store, path, mapping, SHEET) == ["unchanged", "unchanged"]
    mended = SHEET.replace("Ann Silva", "Anna Silva")
    assert outcomes(store, path, mapping, mended) == ["changed", "unchanged"]
    assert outcomes(store, path, mapping, mended) == ["unchanged", "unchanged"]
    assert [claim.speaker.name for claim in store.claims(speaker="Silva") if claim.speaker] == ["Anna Silva"]


def test_what_people_changed_stays_and_changes_on_both_sides_conflict(tmp_path: Path, mapping: RowMapping) -> None:
    store, path = Store(tmp_path / "store"), tmp_path / "desk.csv"
    outcomes(store, path, mapping, SHEET)
    (claim,) = store.claims(speaker="Silva")
    store.save(claim.replace(verdict="misleading", workflow="triaged"))
    assert outcomes(store, path, mapping, SHEET) == ["unchanged", "unchanged"]
    renamed = SHEET.replace("Ann Silva", "Anna Silva")
    assert outcomes(store, path, mapping, renamed) == ["changed", "unchanged"]
    assert (store.claim(claim.id).verdict, store.claim(claim.id).workflow) == ("misleading", "triaged")
    before = store.claim(claim.id)
    assert outcomes(store, path, mapping, renamed.replace("Falsch", "Stimmt")) == ["conflicting", "unchanged"]
    assert store.claim(claim.id) == before


def test_a_bad_row_is_a_finding_with_its_number_and_the_others_still_come(tmp_path: Path, mapping: RowMapping) -> None:
    path = tmp_path / "desk.csv"
    rows = [
        ";No key;;;;;;",
        "3;;Ann;;;;;",
        "4;Safe;Ann;30.2.2025;Jein;;;",
        "4;Safe again;;;;;;",
        "",
        "5;Fine;;;;;;;more",
    ]
    path.write_text(SHEET + "\n".join(rows) + "\n", "utf-8")
    found = {row.number: [finding.code for finding in row.findings] for row in read_rows(path, mapping)}
    assert found == {
        2: [],
        3: [],
        4: ["row-no-key"],
        5: ["row-no-statement"],
        6: ["date-format", "cell-not-placed"],
        7: ["row-key-twice"],
        9: ["row-cells"],
    }
    claims = [row.claim.statement for row in read_rows(path, mapping) if row.claim]
    assert claims == ["The quay was free", "All ferries sail;\neven on Sunday", "Safe", "Fine"]


def test_hostile_cells_do_no_harm(tmp_path: Path, mapping: RowMapping) -> None:
    path, store = tmp_path / "desk.csv", Store(tmp_path / "store")
    cells = ["\0", "\u202equay", "'=1+1", "x" * 1_000_000, "\ud83d".encode("utf-8", "replace").decode()]
    text = SHEET + "".join(f'{number};"{cell}";"{cell[:3000]}";;;;;\n' for number, cell in enumerate(cells, start=10))
    kept = outcomes(store, path, mapping, text)
    assert kept == ["new", "new", "refused", "new", "new", "new", "new"]
    assert [claim.statement for claim in store.claims(text="=1+1")] == ["=1+1"]
    assert list(store.validate()) == []


@pytest.mark.parametrize(
    "change",
    [
        {"source": "Marl Desk"},
        {"key": []},
        {"columns": {"speaker": "Wer"}},
        {"columns": {"statement": "Behauptung", "wording": "Wer"}},
        {"dates": "%d"},
        {"scale": "no-scale"},
        {"extra": 1},
    ],
)
def test_a_mapping_that_cannot_be_meant_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(DocumentError):
        load_mapping({**MAPPING, **change})


def test_a_mapping_is_read_from_yaml_and_a_missing_column_is_named(tmp_path: Path) -> None:
    path, sheet = tmp_path / "desk.yaml", tmp_path / "desk.csv"
    path.write_text("source: desk\nkey: [No]\ncolumns: {statement: Claim}\n", "utf-8")
    sheet.write_text("No,Wording\n1,Safe\n", "utf-8")
    mapping = load_mapping(path)
    with pytest.raises(ReadError, match="no column 'Claim'; there are No, Wording"):
        list(read_rows(sheet, mapping))
    path.write_text("source: [", "utf-8")
    with pytest.raises(DocumentError, match="neither JSON nor YAML"):
        load_mapping(path)
