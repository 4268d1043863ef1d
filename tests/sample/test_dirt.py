import hashlib
import json
import re
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from crm_core import sources
from crm_core.sample import LEVELS, dirt, write
from crm_core.sample.dirt import truth
from crm_core.sample.dirt.dates import STYLES, styled
from crm_core.sample.dirt.reach import international


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dirty")
    write(folder, seed=5, scale=0.3, level="heavy")
    return folder


@pytest.fixture(scope="module")
def faults(folder: Path) -> pd.DataFrame:
    return pd.read_parquet(folder / truth.FOLDER / truth.FAULTS)


@pytest.fixture(scope="module")
def cells(folder: Path) -> pd.DataFrame:
    return pd.read_parquet(folder / truth.FOLDER / truth.CELLS)


def digests(paths: list[Path]) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def lines_of(folder: Path, file: str, faults: pd.DataFrame) -> list[str]:
    """The lines of a text file, in the encoding that the truth tells."""
    kinds = faults.loc[faults["file"] == file, "kind"]
    named = kinds[kinds.str.startswith("file_encoding_")].str.removeprefix("file_encoding_")
    raw = (folder / file).read_bytes()
    if file.endswith(".zip"):
        with ZipFile(folder / file) as archive:
            raw = archive.read(archive.namelist()[0])
    text = raw.decode(named.iloc[0] if len(named) else "utf-8")
    return [line.removesuffix("\r") for line in text.split("\n")]


def headers_of(faults: pd.DataFrame) -> dict[str, str]:
    """Column -> its header as it is written, where that is odd."""
    odd = faults[faults["kind"].str.startswith("header_") & faults["line"].isna()]
    return dict(zip(odd["column"], odd["dirty"], strict=True))


def is_text(found: pd.DataFrame) -> pd.Series:
    """Of which faults or cells stand in text files."""
    return found["file"].str.endswith((".csv", ".zip"))


def bare(text: str) -> str:
    """The first line of a text, without what quotes and escapes it."""
    return re.sub(r"[\\\"']", "", text.partition("\n")[0])


@pytest.mark.parametrize("level", ["heavy", "none"])
def test_the_same_seed_plants_the_same_faults_and_another_seed_others(
    tmp_path: Path, level: str
) -> None:
    first = digests(write(tmp_path / "a", scale=0.03, level=level))
    again = digests(write(tmp_path / "b", scale=0.03, level=level))
    other = digests(write(tmp_path / "c", scale=0.03, level=level, seed=7))
    assert first == again
    assert first["商机.csv"] != other["商机.csv"]
    assert first[truth.CELLS] != other[truth.CELLS]


@pytest.mark.parametrize("level", sorted(LEVELS))
def test_a_folder_of_exports_is_read_without_the_truth(tmp_path: Path, level: str) -> None:
    written = write(tmp_path, scale=0.01, level=level)
    read = sources.expand([tmp_path])
    assert set(read) == {path for path in written if path.parent == tmp_path}


def test_every_kind_of_fault_is_planted(faults: pd.DataFrame) -> None:
    assert {fault.name for fault in dirt.FAULTS} <= set(faults["kind"])


def test_a_fault_is_as_frequent_as_it_says(faults: pd.DataFrame) -> None:
    fault = next(fault for fault in dirt.FAULTS if fault.name == "date_impossible")
    planted = faults[(faults["kind"] == fault.name) & (faults["file"] == "活动记录.csv")]
    assert len(planted) == pytest.approx(fault.rate * 9_000 * 19 / 20, abs=1)


def test_a_line_has_one_fault_at_most(faults: pd.DataFrame) -> None:
    placed = faults[faults["line"].notna()]
    assert not placed.duplicated(["file", "sheet", "line"]).any()


def test_every_fault_stands_in_its_text_file_where_the_truth_says(
    folder: Path, faults: pd.DataFrame
) -> None:
    dirty = faults[is_text(faults) & faults["line"].notna() & (faults["dirty"] != "")]
    dirty = dirty[dirty["kind"] != "date_order"]  # written in the file's own date style
    assert len(dirty) > 500
    for file, found in dirty.groupby("file"):
        lines = lines_of(folder, str(file), faults)
        for fault in found.itertuples():
            written = lines[int(fault.line) - 1]
            assert bare(fault.dirty) in bare(written), (fault, written)


def test_every_fault_stands_in_its_sheet_where_the_truth_says(
    folder: Path, faults: pd.DataFrame
) -> None:
    dirty = faults[faults["file"].str.endswith(".xlsx") & (faults["column"] != "")]
    dirty = dirty[dirty["line"].notna() & (dirty["type"] == "text")]
    dirty = dirty[~dirty["kind"].isin(["merged_cell", "formula"])]
    dirty = dirty[~dirty["dirty"].str.startswith("#")]  # an error, which calamine calls blank
    assert len(dirty) > 100
    for (file, sheet), found in dirty.groupby(["file", "sheet"]):
        book = CalamineWorkbook.from_path(folder / str(file))
        name = str(sheet).partition("#")[0]
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        named = headers_of(faults[(faults["file"] == file) & (faults["sheet"] == sheet)])
        found = found.assign(header=found["column"].replace(named))
        header = next(row for row in rows if found["header"].iloc[0] in row)
        for fault in found.itertuples():
            assert rows[int(fault.line) - 1][header.index(fault.header)] == fault.dirty


def test_clean_cells_stand_in_their_files_where_the_truth_says(
    folder: Path, faults: pd.DataFrame, cells: pd.DataFrame
) -> None:
    texts = cells[is_text(cells) & cells["type"].isin(["text", "segment"])]
    for file, found in texts.sample(2_000, random_state=1).groupby("file"):
        lines = lines_of(folder, str(file), faults)
        assert all(
            bare(cell.written) in bare("".join(lines[int(cell.line) - 1 : int(cell.line) + 1]))
            for cell in found.itertuples()
        )


def test_every_format_and_way_of_writing_is_in_each_company(faults: pd.DataFrame) -> None:
    whole = {
        *("file_json", "file_jsonl", "file_parquet", "file_zip", "file_quote_single"),
        *("file_escape_backslash", "file_encoding_cp1252", "file_encoding_big5", "dates_ambiguous"),
        *("formula", "table_below", "table_title"),
    }
    assert whole <= set(faults["kind"])


def test_records_have_the_faults_and_numbers_that_the_truth_tells(
    folder: Path, faults: pd.DataFrame, cells: pd.DataFrame
) -> None:
    rows = json.loads((folder / "门户工单.json").read_text(encoding="utf-8"))
    columnar = pd.read_parquet(folder / "渠道商机.parquet").to_dict("records")
    for file, found in (("门户工单.json", rows), ("渠道商机.parquet", columnar)):
        here = faults[(faults["file"] == file) & (faults["column"] != "")]
        assert len(here) > 5
        for fault in here.itertuples():
            if fault.kind != "date_order":
                assert found[int(fault.line) - 2][fault.column] == fault.dirty
    told = cells[(cells["file"] == "门户工单.json") & (cells["column"] == "受理时行业已知")]
    for cell in told.itertuples():
        assert rows[int(cell.line) - 2][cell.column] is (cell.clean == "true")


def test_a_day_that_may_be_a_month_is_no_clean_cell(
    faults: pd.DataFrame, cells: pd.DataFrame
) -> None:
    [asked] = faults[faults["expected"] == "asked"].itertuples()
    assert cells[(cells["file"] == asked.file) & (cells["column"] == asked.column)].empty


def test_a_cell_is_either_clean_or_dirty(faults: pd.DataFrame, cells: pd.DataFrame) -> None:
    placed = faults[faults["line"].notna() & (faults["column"] != "")]
    where = ["file", "sheet", "line", "column"]
    assert placed.merge(cells.astype({"line": "Int64"}), on=where).empty


def test_without_dirt_there_are_clean_cells_alone(tmp_path: Path) -> None:
    write(tmp_path, scale=0.02, level="none")
    assert pd.read_parquet(tmp_path / truth.FOLDER / truth.FAULTS).empty
    cells = pd.read_parquet(tmp_path / truth.FOLDER / truth.CELLS)
    assert set(cells["file"]) == {path.name for path in tmp_path.iterdir()} - {truth.FOLDER}


@pytest.mark.parametrize("style", sorted(STYLES))
def test_a_file_writes_its_days_in_one_style(style: str) -> None:
    parsed = pd.to_datetime(styled("2024-03-25 14:05", style), format=STYLES[style][1])
    assert parsed == pd.Timestamp("2024-03-25 14:05")
    assert styled("", style) == ""


@pytest.mark.parametrize(
    ("phone", "meant"),
    [
        ("0512-55512345", "+8651255512345"),
        ("13955512345", "+8613955512345"),
        ("+65 55512345", "+6555512345"),
    ],
)
def test_a_phone_is_meant_with_its_country(phone: str, meant: str) -> None:
    assert international(phone) == meant
