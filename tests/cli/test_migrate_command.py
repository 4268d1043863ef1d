"""Migration on the command line: files in load order, what the target says, and a signature."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from run_here import crm
from test_command_line import crm as apart

from crm_core.cli import holding

CUSTOMERS = (
    "Customer ID,Customer Name,City,Revenue,Currency\n"
    "007,Alder,Rome,100.50,EUR\n008,Birch and Sons of the North,Oslo,2,EUR\n"
)
TARGET = """
name: Small
tables:
  - name: Account
    entity: customer
    columns:
      - {name: Id, id: true}
      - {name: Name, from: name, length: 10}
      - {name: Revenue, from: annual_revenue, type: decimal, scale: 2}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with two customers, and a template beside it."""
    (tmp_path / "customers.csv").write_text(CUSTOMERS)
    (tmp_path / "small.yaml").write_text(TARGET)
    store = tmp_path / "s.duckdb"
    assert crm("import", tmp_path / "customers.csv", "--yes", "--store", store).returncode == 0
    return store


def answer(*words: object) -> Any:
    done = crm(*words)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_files_are_written_and_counted(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    told = answer("migrate", tmp_path / "small.yaml", "--out", out, "--store", path)
    [table] = told["tables"]
    assert (told["run"], table["table"], table["file"]) == (1, "Account", "01-Account.csv")
    assert (table["rows"], table["rejected"]) == (1, 1)
    assert table["sums"][0]["accepted"] == 100.5 and told["seconds"] >= 0
    written = (out / "01-Account.csv").read_bytes()
    assert written == b"Id,Name,Revenue\r\n007,Alder,100.50\r\n"


def test_a_run_goes_from_rehearsal_to_a_signed_cut_over(path: Path, tmp_path: Path) -> None:
    small, common = tmp_path / "small.yaml", ("--store", path)
    answer("migrate", small, "--out", tmp_path / "one", *common)
    told = answer("migrate", small, "--out", tmp_path / "two", "--kind", "delta", *common)
    assert (told["tables"][0]["rows"], told["tables"][0]["unchanged"]) == (0, 1)
    [compared] = answer("migrate", "--compare", 1, 2, *common)
    assert (compared["added"], compared["changed"], compared["same"]) == (0, 0, 1)
    refused = crm("migrate", "--sign", "Ada", *common)
    assert refused.returncode == 1 and "Nothing was signed" in refused.stderr
    totals = tmp_path / "two" / "totals.csv"
    with totals.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.DictReader(stream))
    with totals.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(lines[0]))
        writer.writeheader()
        writer.writerows(line | {"target": line["source"]} for line in lines)
    assert {one["difference"] for one in answer("migrate", "--totals", totals, *common)} == {0}
    assert answer("migrate", "--sign", "Ada", *common)["differences"] == 0
    assert answer("migrate", "--status", *common)["state"] == "signed"
    assert [one["run"] for one in answer("migrate", "--runs", *common)] == [2, 1]


def test_rejects_of_the_target_are_taken_in(path: Path, tmp_path: Path) -> None:
    answer("migrate", tmp_path / "small.yaml", "--out", tmp_path / "one", "--store", path)
    (tmp_path / "errors.csv").write_text("Id,Name,Error\n007,Alder,duplicate found\n")
    brought = answer("migrate", "--rejects", tmp_path / "errors.csv", "--store", path)
    assert (brought["new"], brought["unknown"]) == (1, [])
    waiting = answer("migrate", "--waiting", "--store", path)
    assert sorted((one["new_id"], one["said_by"]) for one in waiting) == [
        ("007", "target"),
        ("008", "template"),
    ]


def test_mistakes_are_told_in_a_line_each(path: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(TARGET.replace("from: name", "from: nom, lenght: 3"))
    for words in (
        (tmp_path / "bad.yaml", "--out", tmp_path / "o"),
        (tmp_path / "none.yaml", "--out", tmp_path / "o"),
        (tmp_path / "small.yaml",),
        (tmp_path / "small.yaml", "--out", tmp_path),
    ):
        done = crm("migrate", *words, "--store", path)
        assert done.returncode == 1 and done.stdout == ""
        assert "Traceback" not in done.stderr and done.stderr.strip()
    assert not (tmp_path / "o").exists()


def test_the_app_migrates_while_it_holds_the_store(path: Path, tmp_path: Path) -> None:
    holding.hold(path)
    try:
        done = apart("migrate", "small.yaml", "--out", "out", "--store", path, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["tables"][0]["rows"] == 1
        assert (tmp_path / "out" / "manifest.json").exists()
    finally:
        holding.release()
