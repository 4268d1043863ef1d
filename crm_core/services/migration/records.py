"""The records that a target is filled from: one per entity and identity, merged ones as one.

Everything is a temporary table of the cursor:
  member(entity, row_id, row_key, key, rank, id, spelled_name, folded_name)   every row
  record_<entity>(key, row_id, row_key, source_id, origin, f_<field>, x_<n>)  one row per record
  resolved_<entity>(ref, key)                     what a reference (an id or a name) means
"""

from collections import defaultdict
from collections.abc import Iterator

import duckdb

from crm_core.domain.entities import Kind
from crm_core.domain.target import Column, Table, Target
from crm_core.reference import entities
from crm_core.services.migration.sql import extra

IDENTIFIED = ("customer", "contact", "lead", "person", "product")
"""The entities whose rows staging.identity knows; of others each row is a record of its own."""


class Needed:
    """What the template reads of each entity: only that is computed."""

    def __init__(self, target: Target) -> None:
        self.fields: defaultdict[str, set[str]] = defaultdict(set)
        self.extras: defaultdict[str, list[str]] = defaultdict(list)
        self.references: set[tuple[str, str, str]] = set()
        """(entity, field, the entity that it refers to)."""
        for table in target.tables:
            self._table(table)

    @property
    def entities(self) -> list[str]:
        """Every entity of which records are read, or that references lead to."""
        return [name for name in entities() if name in self.fields]

    def extra(self, entity: str, header: str) -> str:
        """The column of the record table that has this extra."""
        return f"x_{self.extras[entity].index(header)}"

    def _table(self, table: Table) -> None:
        spec = entities()[table.entity]
        fields = self.fields[table.entity]
        fields |= {one.field for one in table.where} - {"origin"}
        if any(field.name == "currency" for field in spec.fields):
            fields.add("currency")
        for column in table.columns:
            self._column(table.entity, column)

    def _column(self, entity: str, column: Column) -> None:
        if column.extra is not None and column.extra not in self.extras[entity]:
            self.extras[entity].append(column.extra)
        if column.from_ is None:
            return
        field, further = column.path
        self.fields[entity].add(field)
        other = entities()[entity].field(field).refers_to
        if other and (column.reference or further):
            self.references.add((entity, field, other))
            self.fields[other] |= {further} if further else set()


def prepare(cursor: duckdb.DuckDBPyConnection, needed: Needed) -> None:
    """Make the tables that this module's head names, for what is needed."""
    _members(cursor, needed)
    for entity in needed.entities:
        _records(cursor, needed, entity)
    for entity in sorted({other for _, _, other in needed.references}):
        _resolved(cursor, needed, entity)
    if ("customer", "parent_id", "customer") in needed.references:
        _confirmed_parents(cursor)


def _members(cursor: duckdb.DuckDBPyConnection, needed: Needed) -> None:
    parts = [
        "SELECT entity, row_id, row_key, key, rank, id, spelled_name, folded_name"
        " FROM staging.identity(NULL)"
        f" WHERE entity IN ({', '.join(repr(name) for name in IDENTIFIED)})"
    ]
    for entity in needed.entities:
        if entity not in IDENTIFIED:
            own = entities()[entity].key or "NULL"
            parts.append(
                f"SELECT '{entity}', row_id, row_key, row_key, row_id, {own}, NULL, NULL"
                f" FROM crm.{entity}"
            )
    cursor.execute("CREATE OR REPLACE TEMP TABLE member AS " + " UNION ALL ".join(parts))


def _records(cursor: duckdb.DuckDBPyConnection, needed: Needed, entity: str) -> None:
    """Most records have one row, which is taken as it is; of others each field has its winner."""
    alone = [f"{value} AS {name}" for name, _, value in _cells(needed, entity)]
    joined = [
        f"arg_min({value}, staging.place(won, '{field}', rank)) AS {name}"
        for name, field, value in _cells(needed, entity)
    ]
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE record_{entity} AS
        WITH one AS (
            SELECT *, count(*) OVER (PARTITION BY key) AS rows
            FROM temp.member WHERE entity = '{entity}'
        )
        SELECT {", ".join(["one.key", "one.row_id", "one.row_key", "one.id AS source_id", *alone])}
        FROM crm.{entity} AS c JOIN one USING (row_id)
        LEFT JOIN mart.segment_name AS n ON n.segment = {_segment(entity)}
        WHERE rows = 1
        UNION ALL
        SELECT
            one.key, arg_min(one.row_id, rank), arg_min(one.row_key, rank), arg_min(one.id, rank),
            {", ".join(joined)}
        FROM crm.{entity} AS c JOIN one USING (row_id)
        LEFT JOIN mart.winner AS w ON w.entity = '{entity}' AND w.row_id = c.row_id
        LEFT JOIN mart.segment_name AS n ON n.segment = {_segment(entity)}
        WHERE rows > 1
        GROUP BY one.key
        """
    )


def _segment(entity: str) -> str:
    has = any(field.kind is Kind.SEGMENT for field in entities()[entity].fields)
    return "c.segment" if has else "NULL"


def _cells(needed: Needed, entity: str) -> Iterator[tuple[str, str, str]]:
    """(column of the record table, field, SQL of its value in a row)."""
    yield "origin", "", "c.origin"
    for field in entities()[entity].fields:
        if field.name in needed.fields[entity]:
            segment = field.kind is Kind.SEGMENT
            value = "coalesce(n.shown, c.segment)" if segment else f"c.{field.name}"
            yield f"f_{field.name}", field.name, value
    for header in needed.extras[entity]:
        yield needed.extra(entity, header), "", extra("c.extra", header)


def _resolved(cursor: duckdb.DuckDBPyConnection, needed: Needed, entity: str) -> None:
    """By id, else by a name that only one bears, as metrics resolve references."""
    held = " UNION ALL ".join(
        f"SELECT f_{field}::VARCHAR AS ref FROM temp.record_{of}"
        for of, field, other in sorted(needed.references)
        if other == entity
    )
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE resolved_{entity} AS
        WITH asked AS (SELECT DISTINCT ref FROM ({held}) WHERE ref IS NOT NULL),
        known AS (FROM temp.member WHERE entity = '{entity}'),
        by_id AS (SELECT id AS ref, min(key) AS key FROM known WHERE id IS NOT NULL GROUP BY id),
        by_name AS (
            SELECT spelled_name AS ref, min(key) AS key FROM known WHERE spelled_name IS NOT NULL
            GROUP BY ALL HAVING count(DISTINCT key) = 1
        ),
        by_folded AS (
            SELECT folded_name AS ref, min(key) AS key FROM known WHERE folded_name IS NOT NULL
            GROUP BY ALL HAVING count(DISTINCT key) = 1
        )
        SELECT asked.ref, coalesce(by_id.key, by_name.key, by_folded.key) AS key
        FROM asked
        LEFT JOIN by_id ON by_id.ref = asked.ref
        LEFT JOIN by_name ON by_name.ref = asked.ref
        LEFT JOIN by_folded ON by_folded.ref = staging.folded(asked.ref)
        """
    )


def _confirmed_parents(cursor: duckdb.DuckDBPyConnection) -> None:
    """parent(key, parent): which customer belongs to which, where a person confirmed it."""
    cursor.execute(
        """
        CREATE OR REPLACE TEMP TABLE parent AS
        SELECT child.key, min(above.key) AS parent
        FROM crm.parent AS p
        JOIN temp.member AS child ON child.entity = 'customer' AND child.row_key = p.row_key
        JOIN temp.member AS above ON above.entity = 'customer' AND above.row_key = p.parent_key
        WHERE verdict = 'confirmed' AND child.key <> above.key
        GROUP BY child.key
        """
    )
