"""The command `match`: pairs as JSON and as a file."""

import csv
import json
import shutil
from pathlib import Path

import duckdb
import pytest
from run_here import crm

HEAD = "Customer ID,Customer Name,Tax ID,Phone,Address,City"
LINES = [
    *(f"C{n},Alder {n} Foods Ltd,T{n},+4420794{n:05},{n} Mill Road,York" for n in range(1, 41)),
    "D1,ALDER 7 FOODS LIMITED,T7,+442079400007,7 Mill Rd.,York",
    "D2,Alder 9 Foods,,+442079400009,9 Mill Road,York",
    "D3,Alder 11 Foods Ltd,T99,+442079400011,11 Mill Road,York",
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    file = folder / "accounts.csv"
    file.write_text("\n".join([HEAD, *LINES]) + "\n", encoding="utf-8")
    done = crm("import", file, "--yes", "--entity", "customer", "--store", folder / "s.duckdb")
    assert done.returncode == 0, done.stderr
    return folder / "s.duckdb"


def read(pairs: Path) -> list[dict[str, str]]:
    with pairs.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_every_scored_pair_is_written_with_its_lines_and_its_band(
    store: Path, tmp_path: Path
) -> None:
    out = tmp_path / "o'pairs.csv"
    done = crm("match", "--dry-run", "--export", out, "--store", store)
    told = json.loads(done.stdout)
    rows = read(out)
    assert list(rows[0]) == [
        *("left_row_id", "left_source_file", "left_source_line"),
        *("right_row_id", "right_source_file", "right_source_line"),
        *("probability", "band"),
    ]
    bands = {(int(r["left_source_line"]), int(r["right_source_line"])): r["band"] for r in rows}
    assert (bands[8, 42], bands[10, 43], bands[12, 44]) == ("merge", "merge", "review")
    assert {r["left_source_file"] for r in rows} == {"accounts.csv"}
    assert told["pairs"] == len(rows)
    assert told["merged"] == sum(band == "merge" for band in bands.values())
    assert told["review"] == sum(band == "review" for band in bands.values())
    assert told["seconds"] > 0


def test_a_higher_threshold_merges_fewer_and_none_below_it(store: Path, tmp_path: Path) -> None:
    earlier: set[tuple[str, str]] | None = None
    for threshold in ("0.5", "0.9", "0.999", "1"):
        out = tmp_path / f"{threshold}.csv"
        crm("match", "--dry-run", "--threshold", threshold, "--export", out, "--store", store)
        rows = [row for row in read(out) if row["band"] == "merge"]
        assert all(float(row["probability"]) >= float(threshold) for row in rows)
        merged = {(row["left_row_id"], row["right_row_id"]) for row in rows}
        assert earlier is None or merged <= earlier
        earlier = merged
    assert earlier == set()


def test_matching_leaves_the_store_as_it_is(store: Path) -> None:
    def tables() -> list[tuple[str, int]]:
        with duckdb.connect(str(store), read_only=True) as connection:
            return connection.execute(
                "SELECT table_name, estimated_size FROM duckdb_tables() ORDER BY ALL"
            ).fetchall()

    before = tables()
    crm("match", "--dry-run", "--store", store)
    assert tables() == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--dry-run", "--threshold", "1.5"], "1.5"),
        (["--dry-run", "--threshold", "0"], "0"),
        (["--dry-run", "--export", "/nowhere/at/all.csv"], "/nowhere/at/all.csv"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(store: Path, words: list[str], says: str) -> None:
    done = crm("match", *words, "--store", store)
    assert done.returncode == 1
    assert says in done.stderr and len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


def test_what_is_sure_is_merged_and_decisions_of_a_file_hold(store: Path, tmp_path: Path) -> None:
    copy = tmp_path / "s.duckdb"
    shutil.copy(store, copy)
    crm("match", "--dry-run", "--export", tmp_path / "pairs.csv", "--store", copy)
    with (tmp_path / "pairs.csv").open(encoding="utf-8") as stream:
        asked = [row for row in csv.DictReader(stream) if row["band"] == "review"]
    lines = [f"{row['left_row_id']},{row['right_row_id']},same\n" for row in asked]
    said = tmp_path / "said.csv"
    said.write_text("left_row_id,right_row_id,verdict\n" + "".join(lines), encoding="utf-8")
    alone = json.loads(crm("match", "--store", copy).stdout)["merged"]
    more = json.loads(crm("match", "--decisions", said, "--store", copy).stdout)["merged"]
    assert (alone, more > 0) == (2, bool(lines))


@pytest.mark.parametrize("entity", ["customer", "contact", "lead"])
def test_an_empty_store_has_no_pairs(tmp_path: Path, entity: str) -> None:
    done = crm("match", "--dry-run", "--entity", entity, "--store", tmp_path / "s.duckdb")
    told = json.loads(done.stdout)
    assert (told["pairs"], told["merged"], told["review"]) == (0, 0, 0)


def test_an_import_after_a_match_says_what_was_merged_with_what_was_there(
    store: Path, tmp_path: Path
) -> None:
    own, late = tmp_path / "own.duckdb", tmp_path / "late.csv"
    shutil.copy(store, own)
    assert crm("match", "--store", own).returncode == 0
    line = "E5,ALDER 5 FOODS LIMITED,T5,+442079400005,5 Mill Rd.,York"
    late.write_text(f"{HEAD}\n{line}\n", encoding="utf-8")
    done = crm("import", late, "--yes", "--entity", "customer", "--format", "json", "--store", own)
    assert json.loads(done.stdout)["matched"] == {
        "merged": {"customer": 1},
        "review": {"customer": 1},
        "error": None,
    }
