"""Which records a table takes, and the id that each has in the target."""

import duckdb

from crm_core.domain.target import Filter, Table
from crm_core.services.migration.sql import literal, literals

_DIGITS = 16


def space(target: str, table: Table) -> str:
    """What ids are kept for: another scheme gives other ids."""
    return "/".join((target, table.name, table.ids.scheme, table.ids.prefix))


def identify(cursor: duckdb.DuckDBPyConnection, target: str, table: Table, name: str) -> None:
    """Temporary table `name`: key, row_id, row_key, source_id, new_id, fresh, kept.

    A record keeps the id that it was given before. Of records that are one by now the one that
    comes first and has been given an id lends it to them all; the others' ids are given to none.
    """
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE {name} AS
        WITH given AS (
            SELECT m.key, arg_min(new_id, m.rank) AS new_id
            FROM crm.migration_id AS i
            JOIN temp.member AS m ON m.entity = '{table.entity}' AND m.row_key = i.row_key
            WHERE space = ? GROUP BY m.key
        )
        SELECT
            r.key, r.row_id, r.row_key, r.source_id,
            coalesce(given.new_id, {_fresh(table)}) AS new_id,
            given.new_id IS NULL AS fresh,
            {_kept(table)} AS kept
        FROM temp.record_{table.entity} AS r LEFT JOIN given USING (key)
        """,
        [space(target, table)],
    )


def _fresh(table: Table) -> str:
    """SQL of the id of a record that has none yet: it follows from what names the record."""
    named = f"{literal(table.entity + '|')} || r.row_key"
    if table.ids.scheme == "uuid":
        # The form that RFC 9562 leaves to applications: version 8, of our own digest.
        h = f"sha256({named})"
        return (
            f"substr({h}, 1, 8) || '-' || substr({h}, 9, 4) || '-8' || substr({h}, 14, 3)"
            f" || '-a' || substr({h}, 18, 3) || '-' || substr({h}, 21, 12)"
        )
    prefix = literal(table.ids.prefix)
    code = f"{prefix} || substr(sha256({named}), 1, {_DIGITS})"
    if table.ids.scheme == "code":
        return code
    alone = "r.source_id IS NOT NULL AND count(*) OVER (PARTITION BY r.source_id) = 1"
    return f"CASE WHEN {alone} THEN {prefix} || r.source_id ELSE {code} END"


def _kept(table: Table) -> str:
    tests = [test for one in table.where for test in _tests(one)]
    return " AND ".join(f"coalesce({test}, false)" for test in tests) or "true"


def _tests(one: Filter) -> list[str]:
    field = "r.origin" if one.field == "origin" else f"r.f_{one.field}"
    word = f"lower(trim({field}::VARCHAR))"
    found = []
    if one.is_:
        found.append(f"list_contains({_lower(one.is_)}, {word})")
    if one.is_not:
        found.append(f"({field} IS NULL OR NOT list_contains({_lower(one.is_not)}, {word}))")
    if one.filled is not None:
        found.append(f"({field} IS NOT NULL) = {one.filled}")
    if one.since is not None:
        found.append(f"{field} >= DATE {literal(one.since)}")
    if one.least is not None:
        found.append(f"{field} >= {one.least:f}")
    if one.most is not None:
        found.append(f"{field} <= {one.most:f}")
    return found


def _lower(words: tuple[str, ...]) -> str:
    return literals(word.strip().lower() for word in words)
