import csv
import hashlib
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from crm_core.sample import UNTIL, write

ENCODINGS = {
    "staff.csv": ("utf-8", ","),
    "客户.csv": ("gb18030", ","),
    "线索.csv": ("gb18030", ","),
    "商机.csv": ("utf-8-sig", ","),
    "服务工单.csv": ("gb18030", ","),
    "活动记录.csv": ("utf-8", ";"),
}
SEGMENTS = {"医疗", "汽车", "电子", "能源", "食品饮料", "物流", "教育"}
VARIANTS = {f"{name}行业" for name in SEGMENTS} | {"食品、饮料"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    write(folder)
    return folder


def read_csv(path: Path) -> pd.DataFrame:
    encoding, delimiter = ENCODINGS[path.name]
    with path.open(encoding=encoding, newline="") as file:
        header, *rows = (row for row in csv.reader(file, delimiter=delimiter) if row)
    assert {len(row) for row in rows} == {len(header)}
    return pd.DataFrame(rows, columns=header, dtype=object)


def read_sheet(path: Path, sheet: str, header_row: int) -> pd.DataFrame:
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
    return pd.DataFrame(rows[header_row:], columns=rows[header_row - 1], dtype=object)


@pytest.fixture(scope="module")
def tables(folder: Path) -> dict[str, pd.DataFrame]:
    found = {name: read_csv(folder / name) for name in ENCODINGS}
    lines = read_sheet(folder / "订单明细.xlsx", "订单明细", 3)
    found["订单明细"] = lines[lines["明细编号"] != "合计"]
    found["退货"] = read_sheet(folder / "订单明细.xlsx", "退货", 1)
    found["产品"] = read_sheet(folder / "订单明细.xlsx", "产品", 1)
    for sheet in ("线索交接", "问题升级"):
        found[sheet] = read_sheet(folder / "线索交接与升级.xlsx", sheet, 3)
    return found


def digests(paths: list[Path]) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def test_the_same_seed_writes_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    first = digests(write(tmp_path / "a", scale=0.03))
    again = digests(write(tmp_path / "b", scale=0.03))
    other = digests(write(tmp_path / "c", scale=0.03, seed=7))
    assert first == again
    assert all(first[name] != other[name] for name in first)


def test_a_second_writing_into_the_same_folder_replaces_the_files(tmp_path: Path) -> None:
    first = digests(write(tmp_path, scale=0.02))
    assert digests(write(tmp_path, scale=0.02)) == first
    assert {path.name for path in tmp_path.iterdir()} == set(first)


@pytest.mark.parametrize("until", [date(2024, 2, 29), date(2030, 1, 1)])
def test_a_tiny_company_of_other_years_can_be_written_too(tmp_path: Path, until: date) -> None:
    write(tmp_path, until=until, scale=0.001)
    deals = read_csv(tmp_path / "商机.csv")
    assert max(deals["关闭日期"]) <= until.isoformat()
    assert len(read_csv(tmp_path / "staff.csv")) == 60


@pytest.mark.parametrize(
    ("table", "promised", "tolerance"),
    [
        ("客户.csv", 2_000, 0),
        ("线索.csv", 6_000, 0),
        ("商机.csv", 9_000, 0.02),
        ("订单明细", 30_000, 0.02),
        ("服务工单.csv", 5_000, 0),
        ("活动记录.csv", 30_000, 0),
        ("线索交接", 1_500, 0.02),
        ("问题升级", 600, 0),
        ("staff.csv", 60, 0),
        ("产品", 40, 0),
    ],
)
def test_tables_are_as_large_as_promised(
    tables: dict[str, pd.DataFrame], table: str, promised: int, tolerance: float
) -> None:
    assert len(tables[table]) == pytest.approx(promised, rel=tolerance, abs=0)


def test_files_are_encoded_as_a_chinese_office_exports_them(folder: Path) -> None:
    assert (folder / "商机.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert not (folder / "活动记录.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    for name in ("客户.csv", "线索.csv", "服务工单.csv"):
        with pytest.raises(UnicodeDecodeError):
            (folder / name).read_text(encoding="utf-8")


def test_the_order_sheet_has_a_merged_title_a_blank_row_and_a_total(folder: Path) -> None:
    sheet = CalamineWorkbook.from_path(folder / "订单明细.xlsx").get_sheet_by_name("订单明细")
    rows = sheet.to_python()
    assert rows[0][0] == "订单明细（2023-11 至 2026-10）"
    assert not any(rows[1])
    assert sheet.merged_cell_ranges == [((0, 0), (0, 14))]
    amounts = [row[12] for row in rows[3:-1] if not isinstance(row[12], str)]
    assert rows[-1][0] == "合计"
    assert rows[-1][12] == pytest.approx(sum(amounts))


REFERENCES = [
    ("客户.csv", "负责人工号", "staff.csv", "staff_no"),
    ("客户.csv", "行业确认人工号", "staff.csv", "staff_no"),
    ("客户.csv", "上级客户编号", "客户.csv", "客户编号"),
    ("线索.csv", "负责人工号", "staff.csv", "staff_no"),
    ("线索.csv", "转化客户编号", "客户.csv", "客户编号"),
    ("商机.csv", "客户编号", "客户.csv", "客户编号"),
    ("商机.csv", "线索编号", "线索.csv", "线索编号"),
    ("商机.csv", "产品编码", "产品", "产品编码"),
    ("订单明细", "客户编号", "客户.csv", "客户编号"),
    ("订单明细", "产品编码", "产品", "产品编码"),
    ("订单明细", "销售员工号", "staff.csv", "staff_no"),
    ("退货", "明细编号", "订单明细", "明细编号"),
    ("退货", "订单编号", "订单明细", "订单编号"),
    ("服务工单.csv", "客户编号", "客户.csv", "客户编号"),
    ("服务工单.csv", "处理人工号", "staff.csv", "staff_no"),
    ("活动记录.csv", "客户编号", "客户.csv", "客户编号"),
    ("活动记录.csv", "Lead ID", "线索.csv", "线索编号"),
    ("活动记录.csv", "Opportunity ID", "商机.csv", "商机编号"),
    ("活动记录.csv", "工单编号", "服务工单.csv", "工单编号"),
    ("线索交接", "线索编号", "线索.csv", "线索编号"),
    ("线索交接", "接收人工号", "staff.csv", "staff_no"),
    ("问题升级", "工单编号", "服务工单.csv", "工单编号"),
]


@pytest.mark.parametrize(("table", "column", "other", "key"), REFERENCES)
def test_what_a_row_refers_to_exists(
    tables: dict[str, pd.DataFrame], table: str, column: str, other: str, key: str
) -> None:
    named = set(tables[table][column]) - {""}
    assert named
    assert named <= set(tables[other][key])


def test_ids_are_unique_and_keep_their_leading_zeros(tables: dict[str, pd.DataFrame]) -> None:
    keys = {
        "客户.csv": "客户编号",
        "商机.csv": "商机编号",
        "订单明细": "明细编号",
        "线索.csv": "线索编号",
    }
    for table, key in keys.items():
        assert tables[table][key].is_unique
    assert all(key.startswith("0") and len(key) == 6 for key in tables["客户.csv"]["客户编号"])
    assert all(key.startswith("0") for key in tables["产品"]["产品编码"])


def test_only_a_handful_of_cells_cannot_be_understood(tables: dict[str, pd.DataFrame]) -> None:
    broken = ["2025-02-30", "2025-13-40 09:00", "2024-11-31", "2026-02-30", "0000-00-00 00:00"]
    broken += ["待定", "面议", "见合同"]
    cells = Counter(
        cell
        for table in tables.values()
        for cell in table.to_numpy().ravel()
        if isinstance(cell, str) and cell in broken
    )
    assert cells == dict.fromkeys(broken, 1)


def segment_of(tables: dict[str, pd.DataFrame]) -> pd.Series:
    """Customer id -> segment, spelled one way; what is unclassified is left out."""
    rows = tables["客户.csv"].set_index("客户编号")["所属行业"].str.strip()
    rows = rows.str.replace("行业", "").str.replace("、", "")
    return rows[rows.isin(SEGMENTS)]


def test_segments_are_in_one_language_and_some_customers_have_none(
    tables: dict[str, pd.DataFrame],
) -> None:
    for table, column in (("客户.csv", "所属行业"), ("线索.csv", "市场板块")):
        assert set(tables[table][column].str.strip()) <= SEGMENTS | VARIANTS | {"", "-", "无"}
    share = 1 - len(segment_of(tables)) / len(tables["客户.csv"])
    assert 0.10 <= share <= 0.15


def test_half_of_the_customer_names_are_chinese_and_all_are_different(
    tables: dict[str, pd.DataFrame],
) -> None:
    names = tables["客户.csv"]["客户名称"].str.strip()
    assert names.is_unique
    assert names.str.contains("公司").mean() == pytest.approx(0.5, abs=0.05)


@pytest.fixture(scope="module")
def sales(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    lines = tables["订单明细"].copy()
    lines["amount"] = pd.to_numeric(lines["金额"], errors="coerce")
    ordered = lines["下单日期"].map(str).str.replace("[年月]", "-", regex=True).str.strip("日")
    lines["day"] = ordered.map(lambda day: pd.to_datetime(day, errors="coerce"))
    lines["segment"] = lines["客户编号"].map(segment_of(tables))
    return lines[lines["币种"] == "CNY"]


def test_one_segment_grows_one_declines_and_shares_differ(sales: pd.DataFrame) -> None:
    year = (sales["day"] >= "2025-11-01").map({True: "last", False: "before"})
    year = year.mask(sales["day"] < "2024-11-01", "first")
    revenue = sales.pivot_table(index="segment", columns=year, values="amount", aggfunc="sum")
    growth = revenue["last"] / revenue["first"]
    assert growth.idxmax() == "医疗"
    assert growth["医疗"] > 1.4
    assert growth["汽车"] < 0.9
    assert revenue["last"].max() > 4 * revenue["last"].min()


def test_business_rests_at_the_chinese_new_year(sales: pd.DataFrame) -> None:
    lines = sales.groupby(sales["day"].dt.date).size()
    for feast in (date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17)):
        holidays = [lines.get(feast + timedelta(days=n), 0) for n in range(7)]
        usual = [lines.get(feast + timedelta(days=n), 0) for n in range(28, 35)]
        assert sum(holidays) < 0.3 * sum(usual)


def test_segments_differ_in_win_rate_deal_size_cycle_and_product_mix(
    tables: dict[str, pd.DataFrame], sales: pd.DataFrame
) -> None:
    deals = tables["商机.csv"]
    deals = deals.assign(segment=deals["客户编号"].map(segment_of(tables)))
    decided = deals[deals["商机阶段"].isin(["赢单", "输单"])]
    won = decided["商机阶段"].eq("赢单").groupby(decided["segment"]).mean()
    assert won.max() - won.min() > 0.15
    amount = pd.to_numeric(
        deals["预计成交金额"].str.replace("[¥,]", "", regex=True), errors="coerce"
    )
    size = amount.groupby(deals["segment"])
    assert size.median()["能源"] > 4 * size.median()["教育"]
    assert (size.mean() > 1.15 * size.median()).all()
    begun = pd.to_datetime(decided["创建日期"], format="%Y-%m-%d", errors="coerce")
    days = (pd.to_datetime(decided["关闭日期"]) - begun).dt.days
    cycle = days.groupby(decided["segment"]).median()
    assert cycle["能源"] > 2.5 * cycle["食品饮料"]
    family = sales["产品编码"].map(tables["产品"].set_index("产品编码")["产品系列"])
    mix = pd.crosstab(sales["segment"], family, normalize="index")
    assert mix.idxmax(axis=1).nunique() >= 4


def test_most_segments_of_the_last_months_were_captured_in_all_three_places(
    tables: dict[str, pd.DataFrame],
) -> None:
    rows = tables["客户.csv"]
    team = rows["行业确认人工号"].map(tables["staff.csv"].set_index("staff_no")["team"])
    recent = pd.to_datetime(rows["行业确认日期"]) >= pd.Timestamp(UNTIL - timedelta(days=90))
    by_team = team[recent].value_counts()
    assert by_team.sum() > 0.3 * len(rows)
    assert {"内勤销售", "华东销售", "服务台一线"} <= set(by_team.index)


def test_returns_late_entries_and_stalled_handoffs_are_there_to_be_found(
    tables: dict[str, pd.DataFrame],
) -> None:
    assert len(tables["退货"]) / len(tables["订单明细"]) == pytest.approx(0.03, abs=0.006)
    deals = tables["商机.csv"]
    late = deals["创建日期"].eq(deals["关闭日期"]) & deals["商机阶段"].eq("赢单")
    assert 50 < late.sum() < 300
    stalled = tables["线索交接"]["下一步时间"].eq("")
    assert 0.1 < stalled.mean() < 0.35
    assert tables["问题升级"]["背景说明"].eq("").mean() > 0.1
    staff = tables["staff.csv"]
    absent = staff.loc[staff["absent_from"] != "", "staff_no"]
    assert tables["客户.csv"]["负责人工号"].isin(absent).any()


def test_nothing_ends_before_it_began_or_after_the_last_day(
    tables: dict[str, pd.DataFrame],
) -> None:
    for table in ("线索交接", "问题升级"):
        rows = tables[table].replace("", pd.NaT)
        handed, accepted = pd.to_datetime(rows["移交时间"]), pd.to_datetime(rows["接受时间"])
        step = pd.to_datetime(rows["下一步时间"])
        assert not (accepted < handed).any()
        assert not (step < accepted).any()
        assert handed.max() < pd.Timestamp(UNTIL + timedelta(days=1))
    cases = tables["服务工单.csv"].query("受理时间 > '0001' and 关闭时间 != ''")
    assert (cases["受理时间"] <= cases["关闭时间"]).all()
    deals = tables["商机.csv"].query("关闭日期 != ''")
    written = ~deals["创建日期"].str.contains("年") & (deals["创建日期"] != "2024-11-31")
    assert (deals["创建日期"] <= deals["关闭日期"])[written].all()
