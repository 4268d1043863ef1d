"""What a column holds: its values with how often each stands there, as the steps have left them."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from crm_core.domain.plan import TablePlan
from crm_core.pipeline import steps
from crm_core.pipeline.cells import take
from crm_core.reference import entities

Cursor = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Facet:
    """The values of a column on the lines that are records."""

    lines: int
    blank: int
    """Lines without a value."""
    distinct: int
    """Different values, blank not counted."""
    values: tuple[tuple[str, int], ...]
    """Value and lines, the most frequent first; at most as many as were asked for."""


def facet(
    cursor: Cursor, data: Path, plan: TablePlan, index: int, *, search: str = "", most: int = 500
) -> Facet:
    """The values of column `index` in the reader's file `data`, after the plan's steps.

    `search`: only values that contain this, in whatever case. The plan must name an entity.
    """
    cells = take(cursor, "facet_cells", data, plan, entities()[str(plan.entity)])
    steps.apply(cursor, cells, plan)
    cell = f"c{index}"
    total = cursor.execute(
        f"SELECT count(*), count(*) - count({cell}), count(DISTINCT {cell})"
        f" FROM {cells.name} WHERE skip IS NULL"
    ).fetchone()
    values = cursor.execute(
        f"SELECT {cell}, count(*) AS lines FROM {cells.name} WHERE skip IS NULL"
        f" AND {cell} IS NOT NULL AND contains(lower({cell}), lower($search))"
        " GROUP BY ALL ORDER BY lines DESC, 1 LIMIT $most",
        {"search": search, "most": most},
    ).fetchall()
    cursor.execute(f"DROP TABLE {cells.name}")
    assert total is not None
    lines, blank, distinct = map(int, total)
    return Facet(lines, blank, distinct, tuple((value, int(count)) for value, count in values))
