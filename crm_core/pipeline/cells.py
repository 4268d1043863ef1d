"""The raw cells of one table, trimmed, as a temporary table to clean from."""

from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from crm_core.domain.entities import EntitySpec
from crm_core.domain.plan import TablePlan
from crm_core.domain.raw import lines_in
from crm_core.pipeline import asides, identity, lines, order_sums
from crm_core.pipeline.clean import trimmed
from crm_core.reference import totals, written_placeholders

Cursor = duckdb.DuckDBPyConnection
WIDE = 200
"""Columns from which on SQL is kept plain: the optimizer would look for minutes for what the
expressions share, and each takes memory."""


@dataclass(frozen=True)
class Cells:
    """Temporary table `name`: line, width, c0 … c{columns-1}; only lines below the header.

    `skip` is the code of why a line is no record (NULL: it is one), `content` the fingerprint of
    its cells where that identifies it; both as the file has the line, before any step but those
    that take cells from above.
    """

    name: str
    data: Path
    """The file they were taken from, where they stand untouched."""
    columns: int
    header_width: int
    rows_read: int
    even: bool
    """Whether all but a few lines have as many cells as the header, or fewer."""
    counted: set[int] = field(default_factory=set, compare=False)
    """The columns whose values are counted; see `values_of`."""


def take(cursor: Cursor, name: str, data: Path, plan: TablePlan, spec: EntitySpec) -> Cells:
    """Trim the cells of the reader's Parquet file `data` below the header into table `name`."""
    rows = lines_in(cursor, data)
    described = cursor.execute(f"DESCRIBE SELECT * FROM {rows}").fetchall()
    raw = [row[0] for row in described if row[0] not in ("line", "width")]
    header = cursor.execute(
        f"SELECT width FROM {rows} WHERE line = ?", [plan.header_line]
    ).fetchone()
    columns = len(raw)
    content = identity.content_of(columns) if identity.by_content(plan, spec) else "NULL::VARCHAR"
    wide = columns >= WIDE
    apart = "MATERIALIZED" if wide else "NOT MATERIALIZED"
    cells = ", ".join(f"{trimmed(c, plainly=wide)} AS {c}" for c in raw)
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE {name} AS WITH trimmed AS {apart}"
        f" (SELECT line, width, {cells} FROM {rows} WHERE line > {plan.header_line}),"
        f" opened AS {apart} (SELECT *, coalesce({', '.join(raw)}) AS {lines.OPENING}"
        " FROM trimmed)"
        f" SELECT * EXCLUDE ({lines.OPENING}), {lines.skip_reason(columns, plan, spec)} AS skip,"
        f" {content} AS content FROM opened",
        {"totals": sorted(totals()), "placeholders": sorted(written_placeholders())},
    )
    asides.settle(cursor, name, columns, plan, spec)
    order_sums.settle(cursor, name, plan)
    width = int(header[0]) if header else columns
    every, records, wide = cursor.execute(
        "SELECT count(*), count(*) FILTER (skip IS NULL),"
        " count(*) FILTER (skip IS NULL AND width > $width)"
        f" FROM {name}",
        {"width": width},
    ).fetchall()[0]
    return Cells(name, data, columns, width, int(every), bool(wide < lines.FEW * records))


def values_of(cursor: Cursor, cells: Cells, index: int) -> str:
    """The temporary table of a column's different values: raw, lines, and records among these.

    Counted when first asked for: from then on no step may change the column.
    """
    name = f"{cells.name}_{index}_values"
    if index not in cells.counted:
        cursor.execute(
            f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT c{index} AS raw, count(*) AS lines,"
            f" count(*) FILTER (skip IS NULL) AS records FROM {cells.name}"
            f" WHERE c{index} IS NOT NULL GROUP BY raw"
        )
        cells.counted.add(index)
    return name
