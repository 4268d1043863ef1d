"""Raw tables for tests, written as a reader would hand them over."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.pipeline.recognise import propose


def lines(text: str) -> list[list[str]]:
    """The lines of `text` as cells, which are parted by |."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip("\n").split("\n")]


def write(path: Path, rows: Sequence[Sequence[str | None]]) -> Path:
    """Write `rows` as raw Parquet to `path`: line, width, c0 …; short rows are filled with NULL."""
    width = max(map(len, rows))
    filled = [[*row, *[None] * (width - len(row))] for row in rows]
    cells = zip(*filled, strict=True)
    columns = {f"c{index}": pa.array(column, pa.string()) for index, column in enumerate(cells)}
    numbers = pa.array(range(1, len(rows) + 1), pa.int64())
    widths = pa.array([len(row) for row in rows], pa.int32())
    pq.write_table(pa.table({"line": numbers, "width": widths} | columns), path)
    return path


def recognise(
    folder: Path,
    text: str,
    file: str = "export.csv",
    sheet: str | None = None,
    entity: str | None = None,
) -> TablePlan:
    """The proposal for the table that `text` writes down."""
    data = write(folder / "raw.parquet", lines(text))
    with duckdb.connect() as connection:
        return propose(connection, file=file, sheet=sheet, data=data, entity=entity)


def column(plan: TablePlan, header: str) -> ColumnPlan:
    """The plan's column with that header."""
    return next(column for column in plan.columns if column.header == header)


def field(plan: ColumnPlan) -> str | None:
    """The field a column fills; of a derived entity written entity.field."""
    return f"{plan.entity}.{plan.field}" if plan.entity and plan.field else plan.field
