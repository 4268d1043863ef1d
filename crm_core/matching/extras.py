"""Columns of no field of ours that tell records apart all the same."""

from dataclasses import dataclass

import duckdb

Cursor = duckdb.DuckDBPyConnection
_FILLED = 0.5
"""So many of the rows must have a value."""
_ROW_ID = 0.95
"""A column with so many different values per file numbers its rows."""
_FEW = 50
"""So many different values are always telling; below, so many per hundred rows are."""
_MOST = 4
_TOLD = "from_json(extra, '\"MAP(VARCHAR, VARCHAR)\"')"
_CELLS = 10_000_000
"""So many cells are looked at, or a little more."""


@dataclass(frozen=True)
class Extra:
    """A column among the extras: its title, and the column of `prepared` that it becomes."""

    title: str
    column: str

    @property
    def sql(self) -> str:
        """The cell in the table `records`; no JSON path, in which "*" is any column."""
        return f"{_TOLD}['{self.title.replace(chr(39), chr(39) * 2)}']"


def chosen(cursor: Cursor) -> tuple[Extra, ...]:
    """The extras of the table `records` that are filled on many rows and shared by few.

    A column that numbers the rows of its file says nothing of who they are. Where there are very
    many cells, a part of the rows is looked at, the same each time.
    """
    ((rows,),) = cursor.execute("SELECT count(*) FROM records").fetchall()
    titles = cursor.execute(
        "SELECT count(*) FROM (SELECT unnest(json_keys(extra)) AS title FROM records"
        " WHERE extra IS NOT NULL) GROUP BY title HAVING count(*) >= $least",
        {"least": _FILLED * rows},
    ).fetchall()
    cells = sum(count for (count,) in titles)
    part = cells // _CELLS + 1
    cursor.execute(
        "CREATE TABLE extra_cells AS SELECT source_file AS file, unnest(map_keys(told)) AS title,"
        " unnest(map_values(told)) AS cell FROM (SELECT source_file,"
        f" {_TOLD} AS told FROM records"
        f" WHERE extra IS NOT NULL AND hash(row_id) % {part} = 0)"
    )
    found = cursor.execute(
        "WITH rows AS (SELECT count(*) AS rows FROM records"
        f" WHERE hash(row_id) % {part} = 0),"
        " per_file AS (SELECT title, file, count(cell) AS cells, count(DISTINCT cell) AS different"
        " FROM extra_cells GROUP BY ALL), whole AS (SELECT title, count(cell) AS cells,"
        " count(DISTINCT cell) AS different FROM extra_cells GROUP BY title)"
        " SELECT title FROM whole JOIN (SELECT title, sum(different) / sum(cells) AS own"
        " FROM per_file GROUP BY title HAVING sum(cells) > 0) USING (title), rows"
        f" WHERE cells >= {_FILLED} * rows AND own < {_ROW_ID}"
        f" AND different >= least({_FEW}, 0.02 * cells) ORDER BY different DESC, title"
        f" LIMIT {_MOST}"
    ).fetchall()
    cursor.execute("DROP TABLE extra_cells")
    return tuple(Extra(str(title), f"x{place}") for place, (title,) in enumerate(found))
