"""Which customers may belong to one group: told by a field, by their names, domains and places.

Same-sounding names are nothing here: those are the matter of matching, which this stands beside.
"""

import duckdb

from crm_core.matching.engine import workspace
from crm_core.matching.prepare import prepare
from crm_core.matching.texts import HAN

Cursor = duckdb.DuckDBPyConnection
_LARGEST = 200
"""A name or domain that more records share says nothing of a group."""
_SHORTEST_HAN, _SHORTEST = 2, 4
"""A shorter name begins too many others."""
_HEADS = "集团|控股|总公司|总部|(^| )(group|holdings?|headquarters|hq)( |$)"
_STRENGTH = {"field": 1.0, "name": 0.6, "domain": 0.5, "address": 0.3}
"""How far each reason speaks for a group; several add up as independent chances do."""
SUGGESTED = 0.5


def families(cursor: Cursor, records: str, *, into: str) -> None:
    """Temporary table `into` of child and parent (row ids), strength (0 … 1) and reasons.

    A child is there once, with the parent that most speaks for. `records`: a table of customers'
    rows, its catalog named. The cursor must be in no transaction.
    """
    with workspace(cursor):
        cursor.execute(f"CREATE TABLE records AS FROM {records}")
        columns = prepare(cursor, "customer").columns
        told = [_by_field()]
        if "name_core" in columns:
            told.append(_by_name())
        if {"name_core", "domain"} <= columns:
            told.append(_by_domain())
        cursor.execute(f"CREATE TABLE told AS {' UNION ALL '.join(told)}")
        if "street_text" in columns:
            cursor.execute(_BY_ADDRESS)
        _weigh(cursor, into)


def _weigh(cursor: Cursor, into: str) -> None:
    strength = " ".join(f"WHEN '{name}' THEN {value}" for name, value in _STRENGTH.items())
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE {into} AS
        WITH pair AS (
            SELECT child, parent, list_sort(list(DISTINCT reason)) AS reasons
            FROM told WHERE child <> parent GROUP BY child, parent
        ),
        weighed AS (
            SELECT *, 1 - list_product(list_transform(reasons, lambda reason:
                1 - CASE reason {strength} END)) AS strength
            FROM pair
        )
        SELECT child, arg_max(parent, (strength, -parent)) AS parent,
            max(strength) AS strength, arg_max(reasons, (strength, -parent)) AS reasons
        FROM weighed WHERE strength >= {SUGGESTED} GROUP BY child
        """
    )


def _by_field() -> str:
    """A record that names its parent by id, or by a name that only one bears."""
    return """
        SELECT child, min(parent) AS parent, 'field' AS reason
        FROM (
            SELECT r.row_id AS child, p.row_id AS parent, coalesce(p.customer_id, p.name) AS named
            FROM records AS r JOIN records AS p ON r.parent_id = p.customer_id
            UNION ALL
            SELECT r.row_id, p.row_id, coalesce(p.customer_id, p.name)
            FROM records AS r JOIN records AS p ON lower(r.parent_id) = lower(p.name)
        )
        WHERE child <> parent
        GROUP BY child HAVING count(DISTINCT named) = 1
    """


def _by_name() -> str:
    """A name that begins with the whole name of another: Acme Italia, 华为技术有限公司上海分公司.

    Chinese names are read with and without the place they begin with.
    """
    words = "string_split(name_text, ' ')"
    bare = "regexp_replace(name_core, '^' || coalesce(name_place, '') || '[省市]?', '')"
    return f"""
        SELECT * FROM (
            WITH begun AS (
                SELECT unique_id AS id, array_to_string({words}[:n], ' ') AS begin
                FROM (SELECT *, unnest(range(1, len({words}))) AS n FROM prepared)
                WHERE NOT regexp_matches(name_text, '{HAN}')
                UNION
                SELECT id, begin[:n] FROM (
                    SELECT unique_id AS id, begin,
                        unnest(range({_SHORTEST_HAN}, length(begin) + 1)) AS n
                    FROM (SELECT unique_id, unnest([name_core[:-2], {bare}]) AS begin FROM prepared
                        WHERE regexp_matches(name_text, '{HAN}'))
                )
            ),
            whole AS (
                SELECT unique_id AS id,
                    CASE WHEN regexp_matches(name_text, '{HAN}')
                        THEN regexp_replace(name_core, '(集团|控股)+$', '') ELSE name_text END
                        AS begin
                FROM prepared
                WHERE length(begin)
                    >= CASE WHEN regexp_matches(name_text, '{HAN}') THEN {_SHORTEST_HAN}
                        ELSE {_SHORTEST} END
                  AND name_core IS DISTINCT FROM name_place
            ),
            few AS (SELECT begin FROM begun GROUP BY begin HAVING count(*) <= {_LARGEST})
            SELECT begun.id AS child, whole.id AS parent, 'name' AS reason
            FROM begun JOIN few USING (begin) JOIN whole USING (begin)
            JOIN prepared AS c ON c.unique_id = begun.id
            JOIN prepared AS p ON p.unique_id = whole.id
            WHERE c.name_core <> p.name_core
        )
    """


def _by_domain() -> str:
    """Records with one domain of their own: the head is called so, or has the shortest name."""
    return f"""
        SELECT * FROM (
            WITH headed AS (
                SELECT unique_id AS child, name_core, first_value((unique_id, name_core)) OVER (
                    PARTITION BY domain ORDER BY regexp_matches(name, '{_HEADS}', 'i') DESC,
                    length(name_core), unique_id
                ) AS head, count(*) OVER (PARTITION BY domain) AS size
                FROM prepared JOIN records ON row_id = unique_id
                WHERE domain IS NOT NULL AND name_core IS NOT NULL
            )
            SELECT child, head[1] AS parent, 'domain' AS reason FROM headed
            WHERE size <= {_LARGEST} AND name_core <> head[2]
        )
    """


_BY_ADDRESS = """
    INSERT INTO told
    SELECT DISTINCT child, parent, 'address' FROM told
    JOIN prepared AS c ON c.unique_id = child JOIN prepared AS p ON p.unique_id = parent
    WHERE c.street_text = p.street_text AND c.city IS NOT DISTINCT FROM p.city
"""
"""Tenants of one tower are no group: an address speaks only beside another reason."""
