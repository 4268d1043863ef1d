"""No chain of merges joins records that may not be one: A and C by way of B, which knows less."""

from collections.abc import Sequence

import duckdb

Cursor = duckdb.DuckDBPyConnection


def part(cursor: Cursor, pairs: str, strong: Sequence[str], vetoed: str | None = None) -> None:
    """Send those pairs of the band merge to review whose merging would join what may not be.

    These are records with different strong identifiers (columns of the table `strong`), of which a
    person said that they are not the same, or a pair of which waits for the reason `vetoed`.
    `why` becomes `chain`.
    """
    _components(cursor, pairs)
    clashes = [
        f"SELECT root FROM components JOIN strong ON row_id = id"
        f" GROUP BY root HAVING count(DISTINCT {name}) > 1"
        for name in strong
    ]
    clashes.append(
        "SELECT l.root FROM decided JOIN components AS l ON l.id = left_row_id"
        " JOIN components AS r ON r.id = right_row_id WHERE NOT same AND l.root = r.root"
    )
    if vetoed:
        clashes.append(
            f"SELECT l.root FROM {pairs} JOIN components AS l ON l.id = left_row_id"
            " JOIN components AS r ON r.id = right_row_id"
            f" WHERE why = '{vetoed}' AND l.root = r.root"
        )
    agrees = " AND ".join(f"l.{name} IS NOT DISTINCT FROM r.{name}" for name in strong) or "true"
    known = " OR ".join(f"l.{name} IS NOT NULL" for name in strong) or "false"
    apart = "SELECT unnest([left_row_id, right_row_id]) FROM decided WHERE NOT same"
    cursor.execute(
        f"UPDATE {pairs} SET band = 'review', why = 'chain' FROM components, strong AS l,"
        " strong AS r WHERE band = 'merge' AND why IS NULL AND id = left_row_id"
        f" AND root IN ({' UNION ALL '.join(clashes)})"
        " AND l.row_id = left_row_id AND r.row_id = right_row_id"
        f" AND (NOT (({agrees}) AND ({known})) OR left_row_id IN ({apart})"
        f" OR right_row_id IN ({apart}))"
    )
    cursor.execute("DROP TABLE temp.components")


def _components(cursor: Cursor, pairs: str) -> None:
    """Temporary table `components` of id and root: records that merging would make one."""
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE links AS SELECT left_row_id AS a, right_row_id AS b"
        f" FROM {pairs} WHERE band = 'merge' UNION ALL SELECT right_row_id, left_row_id"
        f" FROM {pairs} WHERE band = 'merge'"
    )
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE components AS SELECT a AS id, least(a, min(b)) AS root"
        " FROM links GROUP BY a"
    )
    while True:
        cursor.execute(
            "CREATE OR REPLACE TEMP TABLE nearer AS WITH lowest AS (SELECT a AS id,"
            " min(other.root) AS root FROM links JOIN components AS other ON other.id = b"
            " GROUP BY a), step AS (SELECT own.id, own.root AS before,"
            " least(own.root, lowest.root) AS root FROM components AS own JOIN lowest USING (id))"
            " SELECT step.id, step.before, beyond.root FROM step"
            " JOIN components AS beyond ON beyond.id = step.root"
        )
        ((moved,),) = cursor.execute("SELECT count(*) FROM nearer WHERE root <> before").fetchall()
        cursor.execute("CREATE OR REPLACE TEMP TABLE components AS SELECT id, root FROM nearer")
        if not moved:
            break
    cursor.execute("DROP TABLE temp.links; DROP TABLE temp.nearer")
