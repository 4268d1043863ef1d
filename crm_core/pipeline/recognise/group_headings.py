"""Records in groups, as reports print them: a name alone in a line above those that it is of."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.domain.raw import lines_in
from crm_core.domain.steps import FillDown, Step, Substitute
from crm_core.pipeline.clean import LETTERS, trimmed
from crm_core.pipeline.recognise.locate import Line
from crm_core.reference import totals

SEVERAL = 2
"""So many groups make the pattern."""
_MEANT = ("customer_id", "product_id", "owner_id")
"""What sales are grouped by."""
_COUNT = r"\s*[(（]\d+[^)）]*[)）]$"
"""What stands behind a heading: Alder Ltd (2), Alder Ltd (2 records)."""


def settle(
    cursor: duckdb.DuckDBPyConnection, data: Path, plan: TablePlan, lines: Sequence[Line]
) -> None:
    """Propose that each line takes the heading of its group; `lines`: the table's first ones.

    The headings stand in a column in which the lines have nothing. It may have a header of its
    own; where it has none, and the groups have sums, it is asked what the headings are.
    """
    kept = _first_alone(plan, lines)
    if kept is None:
        return
    untold = not kept.header.strip() and kept.field is None and plan.entity == "sale"
    if not (untold or kept.field):
        return
    found = _cells(cursor, data, plan.header_line, kept.index, len(plan.columns))
    if found.named_by_sums if untold else found.alone_above:
        plan.steps = [*_steps(plan, kept, found), *plan.steps]
        if untold:
            taken = {other.field for other in plan.columns}
            kept.candidates = tuple(name for name in _MEANT if name not in taken)


def _first_alone(plan: TablePlan, lines: Sequence[Line]) -> ColumnPlan | None:
    """The column of the only cell of the first line below the header that has any."""
    below = (line for line in lines if line.number > plan.header_line and line.filled)
    first = next(below, None)
    if first is None or len(first.filled) > 1:
        return None
    index = next(at for at, cell in enumerate(first.cells) if cell and cell.strip())
    return plan.columns[index]


@dataclass(frozen=True)
class _Cells:
    """The lines that a column fills, counted."""

    heads: int
    """Different cells that stand alone in their lines."""
    counted: int
    """Those with a number of records behind them."""
    named: int
    """Lines with other cells that name a heading again, as its sum does."""
    summed: int
    """Lines with other cells that begin with a word of sums."""
    rest: int
    """Any other."""
    below: int
    """Lines that do not fill the column, from the first heading on."""
    before: int
    """Such lines above the first heading."""

    @property
    def named_by_sums(self) -> bool:
        return (
            self.heads >= SEVERAL <= self.named >= self.heads / 2 and self.rest + self.summed <= 1
        )

    @property
    def alone_above(self) -> bool:
        proved = self.counted == self.heads or self.named + self.summed >= self.heads
        apart = not (self.rest or self.before) and self.below >= self.heads
        return self.heads >= SEVERAL and proved and apart


def _steps(plan: TablePlan, kept: ColumnPlan, found: _Cells) -> list[Step]:
    title = plan.titles()[kept.index]
    counts = Substitute(column=title, find=_COUNT, regex=True)
    down = FillDown(column=title, headings=True)
    return [down, counts] if found.counted == found.heads else [down]


def _cells(
    cursor: duckdb.DuckDBPyConnection, data: Path, header_line: int, index: int, columns: int
) -> _Cells:
    own = trimmed(f"c{index}")
    others = ", ".join(f"nullif(trim(c{at}), '')" for at in range(columns) if at != index)
    row = cursor.execute(
        f"WITH every AS (SELECT line, lower({own}) AS said, coalesce({others or 'NULL'}) IS NULL"
        f" AS alone FROM {lines_in(cursor, data)} WHERE line > $header),"
        " filled AS (FROM every WHERE said IS NOT NULL),"
        " head AS (SELECT said, min(line) AS line FROM filled WHERE alone GROUP BY said),"
        f" beside AS (SELECT list_contains($totals, {LETTERS.format('said')}) AS summed,"
        " EXISTS (FROM head WHERE contains(filled.said, head.said)) AS named"
        " FROM filled WHERE NOT alone),"
        " record AS (SELECT line >= (SELECT min(line) FROM head) AS below FROM every"
        " WHERE said IS NULL AND NOT alone)"
        " SELECT (SELECT count(*) FROM head),"
        " (SELECT count(*) FROM head WHERE regexp_matches(said, $count)),"
        " count(*) FILTER (named), count(*) FILTER (summed AND NOT named),"
        " count(*) FILTER (NOT (summed OR named)),"
        " (SELECT count(*) FILTER (below) FROM record),"
        " (SELECT count(*) FILTER (NOT below) FROM record) FROM beside",
        {"header": header_line, "totals": sorted(totals()), "count": _COUNT},
    ).fetchall()[0]
    return _Cells(*map(int, row))
