"""Revenue before and after loads, and what made the difference, from the store's history."""

import duckdb

from crm_core.services.quality.migrated import Control

_MONEY = {
    "sales": ("sale", "amount IS NOT NULL"),
    "opportunities": ("opportunity", "amount IS NOT NULL AND outcome = 'won'"),
}


def controls(
    cursor: duckdb.DuckDBPyConnection, first: int, last: int | None
) -> tuple[Control, ...]:
    """Per basis and currency, from the change `first` to `last`; None: as of now."""
    found: list[Control] = []
    for basis, (table, counts) in _MONEY.items():
        rows = cursor.execute(
            f"""
            WITH version AS (
                SELECT row_id, currency, amount, change_id, NULL AS superseded_by FROM crm.{table}
                WHERE {counts}
                UNION ALL
                SELECT row_id, currency, amount, change_id, superseded_by FROM crm_history.{table}
                WHERE {counts}
            ),
            earlier AS (
                FROM version
                WHERE change_id < $first AND (superseded_by IS NULL OR superseded_by >= $first)
            ),
            later AS (
                FROM version WHERE CASE WHEN $last IS NULL THEN superseded_by IS NULL ELSE
                    change_id <= $last AND (superseded_by IS NULL OR superseded_by > $last) END
            ),
            told AS (
                SELECT currency, 0 AS rows, amount AS before, 0 AS new, 0 AS after FROM earlier
                UNION ALL
                SELECT currency, 1, 0,
                    CASE WHEN row_id NOT IN (SELECT row_id FROM earlier) THEN amount ELSE 0 END,
                    amount FROM later
            )
            SELECT currency, sum(rows)::BIGINT, sum(before), sum(new),
                sum(after) - sum(before) - sum(new), sum(after)
            FROM told GROUP BY currency ORDER BY sum(after) DESC
            """,
            {"first": first, "last": last},
        ).fetchall()
        found += [Control(basis, *row) for row in rows]
    return tuple(found)
