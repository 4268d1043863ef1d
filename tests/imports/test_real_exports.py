"""The public data sets, loaded without hand mapping and compared with sums made by hand."""

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from crm_core.domain.actor import LOCAL
from crm_core.services import figures, imports
from crm_core.store import Store

pytestmark = pytest.mark.shared

REPAIRED = {"technolgy": "technology"}


def load(store: Store, folder: Path) -> imports.ImportResult:
    with imports.prepare(store, LOCAL, [folder]) as upload:
        return imports.load(store, LOCAL, upload)


def overview(store: Store) -> dict[str | None, dict[str, object]]:
    rows = figures.metric(store, LOCAL, "segment_overview").to_pylist()
    return {row["segment"]: row for row in rows}


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def won_by_sector(folder: Path) -> dict[str | None, Decimal]:
    sector = {row["account"]: row["sector"] for row in read(folder / "accounts.csv")}
    sums: dict[str | None, Decimal] = defaultdict(Decimal)
    for deal in read(folder / "sales_pipeline.csv"):
        if deal["deal_stage"] == "Won":
            name = sector.get(deal["account"])
            sums[REPAIRED.get(str(name), name)] += Decimal(deal["close_value"])
    return sums


def test_revenue_per_sector_is_what_the_files_add_up_to(store: Store, shared: Path) -> None:
    folder = shared / "crm_sales_opportunities"
    result = load(store, folder)
    figures_by_sector = overview(store)
    assert {
        segment: row["revenue"] for segment, row in figures_by_sector.items() if segment
    } == won_by_sector(folder)
    assert [(f.rows_read, f.loaded) for f in result.files] == [
        (85, 85),
        (7, 7),
        (8800, 8800),
        (35, 35),
    ]
    unclassified = figures_by_sector[None]
    assert unclassified["open_opportunities"] == 1425
    assert (unclassified["won_opportunities"], unclassified["lost_opportunities"]) == (0, 0)
    assert "technolgy" not in figures_by_sector


def test_revenue_of_deals_without_an_account_is_unclassified(
    store: Store, shared: Path, tmp_path: Path
) -> None:
    source = shared / "crm_sales_opportunities"
    folder = tmp_path / "variant"
    folder.mkdir()
    for path in source.glob("*.csv"):
        (folder / path.name).write_bytes(path.read_bytes())
    deals = read(source / "sales_pipeline.csv")
    won = [deal for deal in deals if deal["deal_stage"] == "Won"]
    for deal in won[::7]:
        deal["account"] = ""
    with (folder / "sales_pipeline.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, deals[0])
        writer.writeheader()
        writer.writerows(deals)
    load(store, folder)
    expected = won_by_sector(folder)
    assert expected[None] > 0
    assert {segment: row["revenue"] for segment, row in overview(store).items()} == expected


def test_misspelt_products_are_counted_with_the_product_they_mean(
    store: Store, shared: Path
) -> None:
    load(store, shared / "crm_sales_opportunities")
    mix = figures.metric(store, LOCAL, "segment_product_mix").to_pylist()
    products = {row["product"] for row in mix}
    assert "GTX Pro" in products and "GTXPro" not in products


def test_the_chinese_workbook_gives_revenue_and_returns_per_segment(
    store: Store, shared: Path
) -> None:
    [path] = (shared / "superstore_zh").glob("*.xls")
    workbook = CalamineWorkbook.from_path(str(path))
    header, *lines = workbook.get_sheet_by_name("订单").to_python()
    returned = {row[0] for row in workbook.get_sheet_by_name("退货").to_python()[1:]}
    revenue: dict[str, Decimal] = defaultdict(Decimal)
    back: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        row = dict(zip(header, line, strict=True))
        amount = Decimal(format(row["销售额"], ".15g"))
        revenue[row["细分"]] += amount
        if row["订单 ID"] in returned:
            back[row["细分"]] += amount
    result = load(store, path)
    rows = overview(store)
    assert {name: row["revenue"] for name, row in rows.items() if name} == revenue
    assert {name: row["returned"] for name, row in rows.items() if name} == back
    assert [(f.entity, f.rows_read, f.loaded) for f in result.files] == [
        ("sale", 10000, 10000),
        ("sale_return", 296, 296),
        ("person", 6, 6),
    ]
    assert result.files[0].derived == {"customer": 790, "product": 1955}
