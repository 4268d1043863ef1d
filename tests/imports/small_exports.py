"""Small exports written out as texts, and what the store makes of them."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from crm_core.domain.actor import LOCAL
from crm_core.services import figures, imports, loads
from crm_core.store import Store

HEAD = "Opportunity ID,Account Name,Segment,Stage,Amount,Close Date,Created Date"


def deals(*lines: str, head: str = HEAD) -> str:
    return "\n".join((head, *lines)) + "\n"


def won(number: int, segment: str, amount: str, closed: str = "2024-03-15") -> str:
    return f'D{number:03},Firm {number % 3},{segment},Closed Won,"{amount}",{closed},2024-01-20'


def revenue(store: Store, basis: str = "opportunities") -> dict[Any, Decimal]:
    """Revenue by segment and currency."""
    rows = figures.metric(store, LOCAL, "segment_overview", {"basis": basis}).to_pylist()
    return {(row["segment"], row["currency"]): row["revenue"] for row in rows if row["revenue"]}


def refused(store: Store) -> list[tuple[int, str, str]]:
    """The lines set aside: line, value, rule."""
    waiting = loads.quarantine(store, LOCAL)
    return [(item["source_line"], item["value"], item["rule"]) for item in waiting]


def write_workbook(path: Path, **sheets: Iterable[Iterable[object]]) -> Path:
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy/m/d"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for index, row in enumerate(rows):
            sheet.write_row(index, 0, row)
    book.close()
    return path


def load_path(store: Store, path: Path) -> imports.ImportResult:
    with imports.prepare(store, LOCAL, [path]) as upload:
        return imports.load(store, LOCAL, upload)


def sales(store: Store) -> dict[str, tuple[str | None, Decimal | None]]:
    with store.read() as cursor:
        rows = cursor.execute("SELECT sale_id, currency, amount FROM crm.sale").fetchall()
    return {sale: (currency, amount) for sale, currency, amount in rows}
