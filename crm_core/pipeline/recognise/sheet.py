"""A sheet of an upload, and when its values count as those of another one."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.domain.raw import lines_in

LINKED = 0.85
"""The confidence in a column whose values are another sheet's ids or names."""
SHARED = 0.8
"""The share of a column's cells that must be found there: a damaged cell is a value of its own,
and of few ids soon half the values are damaged ones."""
LEAST_VALUES = 5
"""Fewer distinct values are found anywhere by chance."""
TELLING = "[^0-9]|.{6}"
"""Regular expression of an id that hardly any other system gives as well: no small number."""
ANY = "."
"""Regular expression of any id."""
COMPARED = 2_000
"""How many distinct values of a column are compared, the most frequent ones."""


@dataclass(frozen=True)
class Sheet:
    """A raw table: the file's name, the sheet's, and the Parquet file with its cells."""

    file: str
    sheet: str | None
    data: Path
    entity: str | None = None
    """What a person says it is."""


def name_beside(other: Sheet, sheet: Sheet) -> str:
    """What a person told about `sheet` calls the other one: "Sheet4" says nothing of which file."""
    if other.sheet and other.file != sheet.file:
        return f"{other.file} [{other.sheet}]"
    return other.sheet or other.file


def values_in(
    cursor: duckdb.DuckDBPyConnection, sheet: Sheet, plan: TablePlan, column: ColumnPlan
) -> str:
    """SQL: the filled cells of a column below the header as `v`, in small letters."""
    cell = f"lower(trim(c{column.index}))"
    return (
        f"SELECT {cell} AS v FROM {lines_in(cursor, sheet.data)}"
        f" WHERE line > {plan.header_line} AND {cell} <> ''"
    )


def is_held(cursor: duckdb.DuckDBPyConnection, entity: str) -> bool:
    """Whether the connection is to a store: a sheet alone can be recognised without one."""
    found = cursor.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'crm' AND table_name = ?",
        [entity],
    ).fetchone()
    return bool(found and found[0])


def leave(column: ColumnPlan) -> None:
    """Ask about the column, and propose that it stays an extra."""
    column.candidates = tuple(dict.fromkeys((str(column.field), *column.candidates)))
    column.field, column.confidence, column.evidence = None, 0.0, "none"
