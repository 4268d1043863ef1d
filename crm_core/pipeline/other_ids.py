"""References by an id that is not the key: a record has that of its system beside a code.

The other id is an extra of the record. A reference is led to the key only where hardly any value of
its column is known otherwise, and where a single record answers to it.
"""

from collections.abc import Iterator

import duckdb

from crm_core.domain.entities import EntitySpec
from crm_core.domain.plan import TablePlan
from crm_core.pipeline.cells import Cells, values_of
from crm_core.pipeline.identifiers import Mended, columns_of_ids
from crm_core.pipeline.lines import quoted
from crm_core.pipeline.recognise.headers import read_header
from crm_core.pipeline.recognise.sheet import SHARED, TELLING
from crm_core.pipeline.recognise.vocabulary import vocabulary
from crm_core.pipeline.references import tellers
from crm_core.pipeline.values import LISTED, Repair
from crm_core.pipeline.vocabulary import ValueMap
from crm_core.reference import entities

Cursor = duckdb.DuckDBPyConnection


def mend(cursor: Cursor, cells: Cells, plan: TablePlan, spec: EntitySpec) -> Mended:
    """Maps from other ids to keys, for the columns whose values are such ids.

    The table's own key as well, unless its rows have names: then it is a list of its own.
    """
    mended = Mended()
    is_unnamed = spec.natural_key is not None and not plan.column(spec.natural_key)
    for column, refers_to in columns_of_ids(plan, spec):
        name = str(column.field)
        entity = refers_to or (spec.name if name == spec.key and is_unnamed else None)
        held = tellers(cursor, entity) if entity else []
        if not entity or not held:
            continue
        table = f"{cells.name}_{column.index}_other"
        values = values_of(cursor, cells, column.index)
        if not _lead(cursor, table, values, entity, held, list(column.as_is)):
            continue
        mended.clean[name] = ValueMap(table, column.index)
        rows = cursor.execute(
            f"SELECT raw, clean, lines FROM {table} ORDER BY lines DESC, raw LIMIT {LISTED}"
        ).fetchall()
        repairs = (Repair(column.index, name, raw, key, int(lines)) for raw, key, lines in rows)
        mended = Mended((*mended.repairs, *repairs), mended.clean)
    return mended


def _lead(
    cursor: Cursor, table: str, values: str, entity: str, held: list[str], kept: list[str]
) -> bool:
    """Fill the map `table` (raw, clean, lines) from other ids to keys; whether there are any."""
    if not _are_unknown(cursor, values, entity, held):
        return False
    for title in _titles(cursor, entity, held):
        other = " UNION ALL ".join(
            f"SELECT extra->>{quoted(title)} AS word, {entities()[entity].key} AS id FROM {one}"
            for one in held
        )
        cursor.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE {table} AS
            WITH other AS (
                SELECT word, any_value(id) AS id, count(DISTINCT id) AS ids FROM ({other})
                WHERE regexp_matches(word, {quoted(TELLING)}) AND id IS NOT NULL GROUP BY word)
            SELECT raw, id AS clean, lines, ids FROM {values} JOIN other ON word = raw
            WHERE records > 0
            """
        )
        found, every = cursor.execute(
            f"SELECT (SELECT count(*) FROM {table}),"
            f" (SELECT count(*) FROM {values} WHERE records > 0)"
        ).fetchall()[0]
        if found and found >= SHARED * every:
            cursor.execute(
                f"DELETE FROM {table} WHERE ids > 1 OR list_contains($kept, raw)", {"kept": kept}
            )
            return True
    return False


def _are_unknown(cursor: Cursor, values: str, entity: str, held: list[str]) -> bool:
    """Whether hardly any of the values is a key or a name."""
    spec = entities()[entity]
    words = [name for name in (spec.key, spec.natural_key) if name]
    known = " UNION ALL ".join(
        f"SELECT {word} FROM {one}" for one in held for word in words if _has(cursor, one, word)
    )
    unknown, every = cursor.execute(
        f"SELECT count_if(raw NOT IN (SELECT * FROM ({known}) AS t(w) WHERE w IS NOT NULL)),"
        f" count(*) FROM {values} WHERE records > 0"
    ).fetchall()[0]
    return bool(unknown and unknown >= SHARED * every)


def _has(cursor: Cursor, relation: str, column: str) -> bool:
    described = cursor.execute(f"DESCRIBE FROM {relation}").fetchall()
    return any(row[0] == column for row in described)


def _titles(cursor: Cursor, entity: str, held: list[str]) -> Iterator[str]:
    """The extras of the entity's rows whose header means its key."""
    every = " UNION ALL ".join(f"SELECT extra FROM {one} WHERE extra IS NOT NULL" for one in held)
    rows = cursor.execute(
        f"SELECT DISTINCT unnest(json_keys(extra)) AS title FROM ({every}) ORDER BY title"
    ).fetchall()
    key, known = entities()[entity].key, vocabulary(entity)
    for (title,) in rows:
        words = (known.get(word, ()) for word, _ in read_header(title).words)
        if any(target.name == key for meant in words for target, _ in meant):
            yield title
