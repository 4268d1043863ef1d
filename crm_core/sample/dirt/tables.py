"""The company's exports as clean tables: every cell as it is written and as what it means."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from crm_core.sample import exports
from crm_core.sample.cells import EXCEL_EPOCH
from crm_core.sample.company import Company
from crm_core.sample.dirt.reach import international
from crm_core.sample.files import Columns
from crm_core.sample.world import Array, World

TYPES = {
    "day": "date", "moment": "date", "money": "number", "signed": "number", "count": "number",
    "whole": "number", "percent": "number", "share": "number", "tenthousands": "number",
    "yesno": "boolean", "segment": "segment", "ambiguous": "date",
}  # fmt: skip
"""Kind -> how two values of it are compared; all others as texts."""
STAGES = {
    "初步接洽": "Prospecting", "需求确认": "Needs Analysis", "方案报价": "Proposal Sent",
    "商务谈判": "Negotiation", "赢单": "Closed Won", "输单": "Closed Lost",
}  # fmt: skip
BELOW_COST = 40
"""One in so many order lines is sold at a loss."""


@dataclass(frozen=True)
class Column:
    """What stands under a header."""

    header: str
    field: str
    kind: str

    @property
    def type(self) -> str:
        """How its values are compared: date, number, boolean, segment or text."""
        return TYPES.get(self.kind, "text")


@dataclass(frozen=True)
class Table:
    """A clean table: `written` as a tidy export writes it, `meant` in one form everywhere.

    Meant are ISO days and moments, plain decimals, true and false, and phones with their
    country's code; blank is ''. Both frames have the columns' headers and the same rows.
    """

    name: str
    file: str
    sheet: str
    entity: str
    required: tuple[str, ...]
    columns: tuple[Column, ...]
    written: pd.DataFrame
    meant: pd.DataFrame
    encoding: str = ""
    """The only one in which it can be written; '': any that knows Chinese."""
    number: int = 0
    """Its place among the tables of its text file or sheet, from 1; 0: it is alone."""
    title: str = ""
    """What stands above it where it is not the first."""

    @property
    def place(self) -> str:
        """What its sheet is called, with the number of the table on it."""
        return f"{self.sheet}#{self.number}" if self.number else self.sheet

    def only(self, rows: Array) -> "Table":
        """Some of its rows (one truth value for each), as a table of its own."""
        return replace(
            self,
            written=self.written[rows].reset_index(drop=True),
            meant=self.meant[rows].reset_index(drop=True),
        )


@cache
def _layout() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(
        Path(__file__).with_name("tables.yaml").read_text(encoding="utf-8")
    )
    return found


def tables(world: World, company: Company) -> list[Table]:
    """Every export of the company, clean.

    Three things are other than in the light exports, so that more can go wrong: opportunities name
    their product instead of its id and their stages are English, and some orders were made at a
    loss.
    """
    deals = exports.opportunities(company)
    deals["商机阶段"] = pd.Series(deals["商机阶段"]).map(STAGES).to_numpy(dtype=object)
    deals["产品名称"] = company.products["name"].to_numpy(dtype=object)[
        company.opportunities["product"]
    ]
    orders = exports.orders(company)
    orders["毛利"][::BELOW_COST] *= -1
    leads, escalations = exports.handoffs(company)
    parts: dict[str, Columns] = {
        "staff": exports.staff(company),
        "customers": exports.customers(world, company),
        "leads": exports.leads(world, company),
        "opportunities": deals,
        "orders": orders,
        "returns": exports.return_sheet(company).columns,
        "products": exports.product_sheet(company).columns,
        "cases": exports.cases(company),
        "activities": exports.activities(company),
        "lead_handoffs": leads.columns,
        "escalations": escalations.columns,
    }
    return [_table(name, parts[name]) for name in _layout()]


def _table(name: str, cells: Columns) -> Table:
    layout = _layout()[name]
    columns = tuple(Column(header, *told) for header, told in layout["columns"].items())
    written = {c.header: _written(c, pd.Series(cells[c.header], dtype=object)) for c in columns}
    meant = {c.header: written[c.header].map(_meaning(c.kind)) for c in columns}
    return Table(
        name, layout["file"], layout.get("sheet", ""), layout["entity"],
        tuple(layout["required"]), columns, pd.DataFrame(written), pd.DataFrame(meant),
    )  # fmt: skip


def _written(column: Column, cells: pd.Series) -> pd.Series:
    """Texts: days and moments are ISO, amounts as they stand in the export."""
    if column.kind not in ("day", "moment"):
        return cells.map(str)
    counted = cells.map(lambda cell: isinstance(cell, float))
    days = pd.to_datetime(cells.where(~counted, None).replace("", None).map(_iso_order))
    whole = EXCEL_EPOCH + pd.to_timedelta(cells.where(counted).astype(float), unit="D")
    texts = days.fillna(whole.astype(days.dtype)).dt.round("min")
    shape = "%Y-%m-%d" if column.kind == "day" else "%Y-%m-%d %H:%M"
    return texts.dt.strftime(shape).fillna("").astype(object)


def _iso_order(cell: str | None) -> str | None:
    return cell.replace("/", "-") if cell else None


def _meaning(kind: str) -> Callable[[str], str]:
    """From a tidy writing to what is meant."""
    return {
        "money": lambda text: text.replace(",", ""),
        "percent": lambda text: f"{int(text.removesuffix('%')) / 100:g}" if text else "",
        "tenthousands": lambda text: text + "0000" if text else "",
        "yesno": lambda text: str(text in ("Y", "是")).lower(),
        "phone": lambda text: international(text) if text else "",
    }.get(kind, lambda text: text)
