"""The records of an entity as merging sees them: rows that are one already are one record."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import duckdb

from crm_core.domain.problems import Refused
from crm_core.matching.fields import ENTITIES
from crm_core.matching.texts import code
from crm_core.pipeline.rows import TECHNICAL, columns_of

MERGED = tuple(ENTITIES)
"""The entities whose records are merged."""
STRONG = {name: entity.strong for name, entity in ENTITIES.items()}
"""Fields that two records which are one cannot differ in: no rule merges two that do."""

OF_ONE = """
    m.entity = $entity AND m.key = (
        SELECT key FROM mart.member WHERE entity = $entity AND row_id = $row
    )
"""
"""SQL, of mart.member AS m: the rows that are one with the row $row."""


@dataclass(frozen=True)
class Row:
    """A row of an entity's table; `record` is what the rows of one record share."""

    row_key: str
    record: str


def check(entity: str) -> None:
    """Refused("entity_not_merged") where records of this entity are not merged."""
    if entity not in MERGED:
        raise Refused("entity_not_merged", entity=entity)


class Records:
    """The records of an entity in a cursor's state of the store."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, entity: str) -> None:
        """Refused as `check` says."""
        check(entity)
        self._cursor = cursor
        self._entity = entity
        cursor.execute(
            "CREATE OR REPLACE TEMP TABLE record AS SELECT row_id, row_key, key, rank"
            " FROM staging.identity_version(NULL) WHERE entity = ?",
            [entity],
        )

    def rows(self, ids: Collection[int]) -> dict[int, Row]:
        """Row id -> the row. Refused("record_unknown") where one is not there (any more)."""
        found = self._cursor.execute(
            "SELECT row_id, row_key, key FROM temp.record"
            " WHERE row_id IN (SELECT unnest(?::BIGINT[]))",
            [list(ids)],
        ).fetchall()
        rows = {row_id: Row(row_key, key) for row_id, row_key, key in found}
        for row_id in ids:
            if row_id not in rows:
                raise Refused("record_unknown", id=row_id)
        return rows

    def heads(self, keys: Collection[str]) -> list[tuple[str, str]]:
        """Each of these records with the row_key that others are merged into.

        The best to be merged into comes first: one of its own sheet, then the one with most cells
        filled, then the oldest.
        """
        cells = [name for name in columns_of(self._cursor, self._entity) if name not in TECHNICAL]
        filled = " + ".join(f"({name} IS NOT NULL)::INTEGER" for name in cells)
        return self._cursor.execute(
            f"""
            WITH head AS (
                SELECT key, arg_min(row_id, rank) AS row_id FROM temp.record
                WHERE key IN (SELECT unnest(?::VARCHAR[])) GROUP BY key
            )
            SELECT key, row_key FROM head JOIN crm.{self._entity} USING (row_id)
            ORDER BY origin = 'own' DESC, {filled} DESC, row_id
            """,
            [list(keys)],
        ).fetchall()

    def identifiers(self, keys: Collection[str]) -> dict[str, set[tuple[str, str]]]:
        """Record -> its strong identifiers, in the writing that they are compared in."""
        found: dict[str, set[tuple[str, str]]] = {}
        for name in ENTITIES[self._entity].strong:
            rows = self._cursor.execute(
                f"SELECT DISTINCT key, {code(name)} AS value"
                f" FROM temp.record JOIN crm.{self._entity} USING (row_id)"
                " WHERE key IN (SELECT unnest(?::VARCHAR[])) AND value IS NOT NULL",
                [list(keys)],
            ).fetchall()
            for key, value in rows:
                found.setdefault(key, set()).add((name, value))
        return found

    def apart(self) -> list[tuple[str, str]]:
        """Pairs of records that a person said are different, or whose merge a person took back."""
        return self._cursor.execute(
            """
            WITH held AS (
                SELECT left_key, right_key FROM crm.match_decision
                WHERE entity = $entity AND verdict = 'different'
                UNION
                SELECT row_key, into_key FROM crm_history.merge WHERE entity = $entity
            )
            SELECT DISTINCT one.key, other.key FROM held
            JOIN temp.record AS one ON one.row_key = left_key
            JOIN temp.record AS other ON other.row_key = right_key
            WHERE one.key <> other.key
            """,
            {"entity": self._entity},
        ).fetchall()

    def up(self) -> dict[str, str]:
        """Which record each one is merged into, by their row_keys."""
        return dict(
            self._cursor.execute(
                "SELECT row_key, into_key FROM crm.merge WHERE entity = ?", [self._entity]
            ).fetchall()
        )


def root(row_key: str, up: Mapping[str, str]) -> str:
    """What a row is merged into in the end; itself where into none."""
    while row_key in up:
        row_key = up[row_key]
    return row_key
