"""Incoming rows meet the rows of the store: new, changed or the same.

A row that is known by its key is updated, never doubled: filled cells win over what was there,
blank cells erase nothing, and fields set by hand in the product stay as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import duckdb


class Writer(Protocol):
    """The open change of the store that rows are written in."""

    cursor: duckdb.DuckDBPyConnection
    change_id: int

    def retire(
        self, table: str, condition: str, params: Sequence[Any] | dict[str, Any] = ()
    ) -> int:
        """Take rows out of force; how many there were."""
        ...


@dataclass(frozen=True)
class Source:
    """Where rows come from, as they carry it."""

    batch_id: int
    file_id: int
    name: str


TECHNICAL = {
    *("row_id", "row_key", "origin", "batch_id", "file_id", "source_file", "source_line"),
    *("loaded_at", "change_id", "by_hand", "extra"),
}


def reserve_row_ids(cursor: duckdb.DuckDBPyConnection, count: int) -> int:
    """The first of so many row ids on end that nobody else gets, whoever loads at the same time."""
    while True:
        first, last = cursor.execute(
            "SELECT min(id), max(id) FROM (SELECT nextval('crm.row_id') AS id FROM range(?))",
            [count],
        ).fetchall()[0]
        if last - first + 1 == count:  # else another has taken some in between
            return int(first)


def columns_of(cursor: duckdb.DuckDBPyConnection, entity: str) -> list[str]:
    """The columns of an entity's table, the technical ones included."""
    return [row[0] for row in cursor.execute(f"DESCRIBE crm.{entity}").fetchall()]


@dataclass(frozen=True)
class Incoming:
    """Temporary table or view `name`: row_key (unique), row_id, line, `fields` and extra."""

    name: str
    entity: str
    fields: Sequence[str]
    origin: str


def apply(change: Writer, incoming: Incoming, source: Source) -> None:
    """Write the incoming rows into their entity's table.

    Leaves the temporary table `known` (row_key, row_id, changed) of those that were there.
    """
    change.cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE known AS
        SELECT row_key, known.row_id, {_differs(incoming.fields, incoming.origin)} AS changed
        FROM {incoming.name} AS incoming JOIN crm.{incoming.entity} AS known USING (row_key)
        """
    )
    _insert_new(change, incoming, source)
    if change.cursor.execute("FROM temp.known WHERE changed LIMIT 1").fetchone():
        _replace_changed(change, incoming, source)


def _differs(fields: Sequence[str], origin: str) -> str:
    """SQL: the incoming row says something that the known one does not."""
    tests = [f"({_merged(field)}) IS DISTINCT FROM known.{field}" for field in fields]
    tests.append(
        "coalesce(incoming.extra::VARCHAR, '{}') <> '{}' AND NOT json_contains("
        "coalesce(known.extra, '{}'), incoming.extra)"  # in whatever order the extras stand
    )
    if origin == "own":
        tests.append("known.origin <> 'own'")
    return " OR ".join(f"({test})" for test in tests)


def _merged(field: str) -> str:
    """SQL: the field's value after the incoming row was taken in."""
    kept = f"coalesce(list_contains(known.by_hand, '{field}'), false)"
    return f"CASE WHEN {kept} THEN known.{field} ELSE coalesce(incoming.{field}, known.{field}) END"


def _lineage(change: Writer, incoming: Incoming, source: Source) -> str:
    return (
        f"'{incoming.origin}' AS origin, {source.batch_id} AS batch_id,"
        f" {source.file_id} AS file_id, $source AS source_file, incoming.line AS source_line,"
        f" now() AT TIME ZONE 'UTC' AS loaded_at, {change.change_id} AS change_id"
    )


def _insert_new(change: Writer, incoming: Incoming, source: Source) -> None:
    values = ", ".join(f"incoming.{field}" for field in incoming.fields)
    change.cursor.execute(
        f"INSERT INTO crm.{incoming.entity} BY NAME SELECT incoming.row_id, incoming.row_key,"
        f" {_lineage(change, incoming, source)}, incoming.extra, {values}"
        f" FROM {incoming.name} AS incoming ANTI JOIN known USING (row_key)",
        {"source": source.name},
    )


def _replace_changed(change: Writer, incoming: Incoming, source: Source) -> None:
    """The merged rows are computed first: retiring takes the known ones away."""
    entity, fields = incoming.entity, incoming.fields
    untouched = [
        column
        for column in columns_of(change.cursor, entity)
        if column not in TECHNICAL and column not in fields
    ]
    merged = [f"{_merged(field)} AS {field}" for field in fields]
    kept = [f"known.{column}" for column in (*untouched, "row_id", "row_key", "by_hand")]
    change.cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE replacement AS SELECT {', '.join(kept + merged)},"
        f" {_lineage(change, incoming, source)}, json_merge_patch(coalesce(known.extra, '{{}}'),"
        " coalesce(incoming.extra, '{}')) AS extra"
        f" FROM {incoming.name} AS incoming JOIN crm.{entity} AS known USING (row_key)"
        " WHERE known.row_id IN (SELECT row_id FROM temp.known WHERE changed)",
        {"source": source.name},
    )
    change.retire(f"crm.{entity}", "row_id IN (SELECT row_id FROM replacement)")
    change.cursor.execute(f"INSERT INTO crm.{entity} BY NAME FROM replacement")
