"""The worklist on the command line: taken away, filled in, brought back and run again."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from run_here import crm
from test_command_line import crm as apart

from crm_core.cli import holding
from crm_core.domain.actor import LOCAL
from crm_core.services.quarantine import worklist

DEALS = (
    "Opportunity ID,Account Name,Stage,Amount,Close Date\n"
    "1,Alder,Closed Won,100.50,2024-03-01\n"
    "2,Birch,Closed Won,0.10,2024-03-02\n"
    "3,Birch,Closed Won,twelve,2024-03-02\n"
    "4,Birch,Closed Won,many,2024-03-02\n"
) + "".join(f"9{n},Gum,Closed Lost,{n},2024-03-0{n}\n" for n in range(1, 10))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with two lines that wait."""
    (tmp_path / "deals.csv").write_text(DEALS)
    store = tmp_path / "s.duckdb"
    assert crm("import", tmp_path / "deals.csv", "--yes", "--store", store).returncode == 0
    return store


def filled_in(file: Path, **cells: str) -> None:
    """Type into the first row of an exported worklist."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows: list[dict[str, Any]] = list(csv.DictReader(stream))
    rows[0] |= cells
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_a_worklist_is_taken_away_filled_in_and_brought_back(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "list.csv"
    done = crm("quarantine", "--export", out, "--store", path)
    assert (done.returncode, done.stdout) == (0, "") and "2 of 2" in done.stderr
    filled_in(out, correction="12", owner="Ada")
    done = crm("quarantine", "--import", out, "--store", path, "--format", "json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    [file] = answer["files"]
    assert answer["batch"] and (file["loaded"], file["rows_read"], file["error"]) == (1, 1, None)
    left = json.loads(crm("quarantine", "--store", path, "--format", "json").stdout)
    assert [(row["source_line"], row["value"]) for row in left] == [(5, "many")]


def test_a_worklist_without_lines_goes_out_and_comes_back(tmp_path: Path) -> None:
    store, out = tmp_path / "s.duckdb", tmp_path / "list.csv"
    crm("init", "--store", store)
    assert "0 of 0" in crm("quarantine", "--export", out, "--store", store).stderr
    done = crm("quarantine", "--import", out, "--store", store)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_unchanged_worklist_changes_nothing(path: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"list.{ending}"
    crm("quarantine", "--export", out, "--store", path)
    done = crm("quarantine", "--import", out, "--store", path, "--format", "json")
    assert (done.returncode, json.loads(done.stdout)["batch"]) == (0, None)


def test_a_worklist_that_does_not_fit_is_refused_in_one_line(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "list.csv"
    crm("quarantine", "--export", out, "--store", path)
    filled_in(out, due="soon", correction="12")
    done = crm("quarantine", "--import", out, "--store", path, "--format", "json")
    assert done.returncode == 1
    assert "row 2, column due: soon is no day" in json.loads(done.stdout)["files"][0]["error"]
    assert "list.csv" in done.stderr and "Traceback" not in done.stderr
    refused = crm("quarantine", "--export", tmp_path / "list.pdf", "--store", path)
    assert refused.returncode == 1 and "list.pdf" in refused.stderr


def test_the_app_takes_a_worklist_while_it_holds_the_store(path: Path, tmp_path: Path) -> None:
    store = holding.hold(path)
    try:
        done = apart("quarantine", "--export", "list.xlsx", "--store", path, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        done = apart("quarantine", "--import", "list.xlsx", "--store", path, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        again = apart("quarantine", "--rerun", "--store", path, "--format", "json")
        assert json.loads(again.stdout)["files"][0]["quarantined"] == 2
        assert worklist.count(store, LOCAL) == 2
    finally:
        holding.release()
