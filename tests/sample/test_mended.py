"""The import held against the truth of dirty exports, on a small company."""

from pathlib import Path

import pytest

from bench import dirt
from crm_core import sample
from crm_core.services import stores

pytestmark = pytest.mark.long

SEED, SCALE = 3, 0.05
# Of faults handled and clean cells spoilt, rounded: a file of seven lines is asked, not loaded.
HANDLED_TODAY, SPOILT_TODAY = 0.95, 0.005


@pytest.fixture(scope="module")
def heavy() -> dirt.Score:
    return dirt.run(SEED, SCALE, "heavy")


def test_most_planted_faults_are_repaired_or_quarantined(heavy: dirt.Score) -> None:
    assert heavy.planted > 500
    assert heavy.handled_share >= HANDLED_TODAY


def test_few_clean_cells_are_changed_beside_them(heavy: dirt.Score) -> None:
    assert heavy.changed_share <= SPOILT_TODAY


def test_every_fault_has_one_verdict(heavy: dirt.Score) -> None:
    assert all(
        sum(kind[verdict] for verdict in dirt.VERDICTS) == kind["planted"] for kind in heavy.kinds
    )


def test_exports_without_a_fault_are_loaded_to_the_cell() -> None:
    clean = dirt.run(SEED, SCALE, "none")
    assert set(clean.cells) == {"kept"}
    assert (clean.planted, clean.held_lines) == (0, 0)


def test_a_cell_that_differs_from_the_truth_is_found(tmp_path: Path) -> None:
    sample.write(tmp_path / "exports", SEED, scale=SCALE, level="none")
    staff = tmp_path / "exports" / "staff.csv"
    lines = staff.read_text(encoding="utf-8").split("\n")
    lines[1] = lines[1].replace("@staff.example.com", "@staff.example.org")
    del lines[5]
    staff.write_text("\n".join(lines), encoding="utf-8")
    store = stores.open_store(tmp_path / "crm.duckdb")
    try:
        dirt.load(tmp_path / "exports", store)
        found = dirt.score(tmp_path / "exports", store)
    finally:
        store.close()
    emails = next(cell for cell in found.changed if cell["column"] == "email")
    assert (emails["line"], emails["value"]) == (2, "s0017@staff.example.org")
    assert found.cells["lost"] == 8
