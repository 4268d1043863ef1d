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


@dataclass(frozen=True)
class Extra:
    """A column among the extras: its title, and the column of `prepared` that it becomes."""

    title: str
    column: str

    @property
    def sql(self) -> str:
        """The cell in the table `records`."""
        path = '$."' + self.title.replace("\\", "\\\\").replace('"', '\\"') + '"'
        return f"(extra ->> '{path.replace(chr(39), chr(39) * 2)}')"


def chosen(cursor: Cursor) -> tuple[Extra, ...]:
    """The extras of the table `records` that are filled on many rows and shared by few.

    A column that numbers the rows of its file says nothing of who they are.
    """
    cursor.execute(
        "CREATE TABLE extra_cells AS SELECT source_file AS file, title,"
        " extra ->> ('$.\"' || replace(replace(title, '\\', '\\\\'), '\"', '\\\"') || '\"') AS cell"
        " FROM (SELECT source_file, extra, unnest(json_keys(extra)) AS title FROM records"
        " WHERE extra IS NOT NULL)"
    )
    found = cursor.execute(
        "WITH rows AS (SELECT count(*) AS rows FROM records),"
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
