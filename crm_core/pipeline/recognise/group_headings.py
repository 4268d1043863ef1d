"""Records in groups, as accounts print them: a name alone above the lines, their sum below."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from crm_core.domain.plan import TablePlan
from crm_core.domain.raw import lines_in
from crm_core.domain.steps import FillDown
from crm_core.pipeline.clean import trimmed
from crm_core.pipeline.recognise.match import Column

SEVERAL = 2
"""So many groups make the pattern."""
_MEANT = ("customer_id", "product_id", "owner_id")
"""What sales are grouped by."""


def settle(
    cursor: duckdb.DuckDBPyConnection, data: Path, plan: TablePlan, columns: Sequence[Column]
) -> None:
    """Propose that each line takes the heading of its group, and ask what that is.

    The headings stand in a column without a header, in which the lines have nothing.
    """
    if plan.entity != "sale":
        return
    for column, kept in zip(columns, plan.columns, strict=True):
        untold = not column.header.text.strip() and column.profile.cells and kept.field is None
        if untold and _heads_groups(cursor, data, plan.header_line, column.index, len(columns)):
            taken = {other.field for other in plan.columns}
            kept.candidates = tuple(name for name in _MEANT if name not in taken)
            plan.steps = [
                FillDown(column=plan.titles()[column.index], headings=True),
                *plan.steps,
            ]
            return


def _heads_groups(
    cursor: duckdb.DuckDBPyConnection, data: Path, header_line: int, index: int, columns: int
) -> bool:
    """Whether what is alone in its line is named by a sum below, and nothing else stands there."""
    own = trimmed(f"c{index}")
    others = ", ".join(f"nullif(trim(c{at}), '')" for at in range(columns) if at != index)
    if not others:
        return False
    heads, sums, rest = cursor.execute(
        f"WITH filled AS (SELECT lower({own}) AS said, coalesce({others}) IS NULL AS alone"
        f" FROM {lines_in(cursor, data)} WHERE line > ? AND {own} IS NOT NULL),"
        " head AS (SELECT DISTINCT said FROM filled WHERE alone),"
        " beside AS (SELECT said, EXISTS (FROM head WHERE contains(filled.said, head.said)"
        " AND filled.said <> head.said) AS sums FROM filled WHERE NOT alone)"
        " SELECT (SELECT count(*) FROM head), count(*) FILTER (sums), count(*) FILTER (NOT sums)"
        " FROM beside",
        [header_line],
    ).fetchall()[0]
    return bool(heads >= SEVERAL and sums >= SEVERAL and 2 * sums >= heads and rest <= 1)
