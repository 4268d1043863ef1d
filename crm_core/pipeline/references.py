"""References by name: a product written 'GTXPro' is repaired to the known 'GTX Pro'."""

import duckdb

from crm_core.domain.plan import ColumnPlan
from crm_core.pipeline.cells import Cells
from crm_core.pipeline.clean import LETTERS
from crm_core.pipeline.rivals import rivals
from crm_core.pipeline.standardise.companies import companies
from crm_core.pipeline.standardise.names import names
from crm_core.pipeline.vocabulary import ValueMap

Cursor = duckdb.DuckDBPyConnection

NAME_LIKE = "[\u3400-\u9fff]|^[^0-9]* [^0-9]*$"
"""Regular expression of a reference that is a name for sure, and no id: Chinese, or of words."""
TARGETS = ("customer", "product", "person")
"""Entities that people refer to by name."""


def note_targets(cursor: Cursor) -> None:
    """Begin an upload: the table of all known ids and names that a cell can refer to."""
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE target (entity VARCHAR, word VARCHAR, named BOOLEAN)"
    )
    for entity in TARGETS:
        add_targets(cursor, entity, f"crm.{entity}")


def add_targets(cursor: Cursor, entity: str, table: str) -> None:
    """Add the ids and names that `table` holds, as far as it has such columns."""
    if entity not in TARGETS:
        return
    columns = {row[0] for row in cursor.execute(f"DESCRIBE {table}").fetchall()}
    for column in {f"{entity}_id", "name"} & columns:
        cursor.execute(
            f"INSERT INTO target SELECT DISTINCT ?, {column}, ? FROM {table}"
            f" WHERE {column} IS NOT NULL",
            [entity, column == "name"],
        )


def repaired(
    cursor: Cursor, cells: Cells, column: ColumnPlan, entity: str, refused: list[str]
) -> tuple[ValueMap | None, dict[str, tuple[str, int]]]:
    """The cells that name a known row in other case, spacing or signs: raw -> (clean, lines).

    Only a single candidate counts. A cell that is a known id or name is left alone, and none is
    taken for another id.
    """
    cell, name = f"c{column.index}", f"{cells.name}_{column.index}"
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE {name} AS
        WITH word AS (SELECT word, bool_or(named) AS named FROM target
                      WHERE entity = $entity GROUP BY word),
        unknown AS (
            SELECT {cell} AS raw, count(*) AS lines FROM {cells.name}
            WHERE {cell} IS NOT NULL AND NOT list_contains($refused, {cell})
              AND {cell} NOT IN (SELECT word FROM word) GROUP BY ALL)
        SELECT raw, any_value(word) AS clean, any_value(lines) AS lines
        FROM unknown JOIN word ON {LETTERS.format("raw")} = {LETTERS.format("word")}
        WHERE named AND {LETTERS.format("raw")} <> '' GROUP BY raw HAVING count(*) = 1
        """,
        {"entity": entity, "refused": refused},
    )
    _add_variants(cursor, cells, column.index, entity, refused)
    rows = cursor.execute(f"SELECT raw, clean, lines FROM {name} ORDER BY raw").fetchall()
    repairs = {raw: (clean, int(lines)) for raw, clean, lines in rows}
    return (ValueMap(name, column.index) if repairs else None), repairs


def _add_variants(
    cursor: Cursor, cells: Cells, index: int, entity: str, refused: list[str]
) -> None:
    """Names in other width, script or legal form become the known name, or the usual one."""
    if entity not in TARGETS:
        return
    name = f"{cells.name}_{index}"
    found = rivals(cursor, cells, index, entity, NAME_LIKE)
    clean = (
        companies(found.lines, found.known)
        if entity == "customer"
        else names(found.lines, found.known, people=entity == "person", together=found.together)
    )
    mended = {raw: to for raw, to in clean.items() if to != raw and raw not in refused}
    cursor.execute(
        f"INSERT INTO {name} SELECT raw, clean, lines FROM (SELECT unnest($raw::VARCHAR[]) AS raw,"
        " unnest($clean::VARCHAR[]) AS clean, unnest($lines::BIGINT[]) AS lines)"
        f" WHERE raw NOT IN (SELECT raw FROM {name})"
        " AND raw NOT IN (SELECT word FROM target WHERE entity = $entity)",
        {
            "raw": [*mended],
            "clean": [*mended.values()],
            "lines": [found.lines[raw] for raw in mended],
            "entity": entity,
        },
    )
