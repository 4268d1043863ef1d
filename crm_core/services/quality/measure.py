"""Measuring the columns of customer data: what breaks a rule now, and how it stood after a load."""

from collections.abc import Collection
from contextlib import suppress

import duckdb

from crm_core import metrics
from crm_core.domain.problems import Refused
from crm_core.domain.rules import Rule, with_severities
from crm_core.pipeline.rules import wrong_values
from crm_core.reference import entities, rules
from crm_core.services import settings
from crm_core.store import Store

Cursor = duckdb.DuckDBPyConnection


def rules_in_force(cursor: Cursor) -> dict[str, tuple[Rule, ...]]:
    """The rules of every entity, as severe as the company wants them."""
    chosen = settings.read_from(cursor)["rule_severity"]
    return {name: with_severities(of_entity, chosen) for name, of_entity in rules().items()}


def note_broken_values(cursor: Cursor, names: Collection[str] | None = None) -> None:
    """Count the values that break a rule, for the metric data_quality; `names`: of these tables."""
    metrics.prepare(cursor, "data_quality")
    cursor.execute("DELETE FROM broken_value")
    in_force = rules_in_force(cursor)
    for name in entities() if names is None else names:
        tests = wrong_values(in_force[name])
        if not tests:
            continue
        sums = ", ".join(f"count(*) FILTER (WHERE {test})" for test in tests.values())
        row = cursor.execute(f"SELECT {sums} FROM crm.{name}").fetchone()
        assert row is not None
        cursor.executemany(
            "INSERT INTO broken_value VALUES (?, ?, ?)",
            [(name, field, count) for field, count in zip(tests, row, strict=True)],
        )


def keep(store: Store, change: int, names: Collection[str]) -> None:
    """Remember how the columns of these tables stand after the load or undoing `change`.

    It holds no lock, so nothing waits for it. Should it fail (a full disk), the load stands all
    the same and the next one measures again.
    """
    known = [name for name in entities() if name in names]
    with suppress(Refused, duckdb.Error), store.read() as cursor:
        note_broken_values(cursor, known)
        for name in known:
            cursor.execute(
                f"""
                INSERT INTO crm.quality BY NAME
                SELECT $change AS change_id, $entity AS entity, field, counted.rows,
                    counted.rows - filled AS missing, coalesce(wrong.rows, 0)::BIGINT AS invalid
                FROM staging.filled('crm.{name}') AS counted
                LEFT JOIN (
                    SELECT field, sum(rows) AS rows
                    FROM (FROM broken_value UNION ALL FROM staging.waiting_cell)
                    WHERE entity = $entity GROUP BY field
                ) AS wrong USING (field)
                """,
                {"change": change, "entity": name},
            )


def tables_of(cursor: Cursor, batches: Collection[int]) -> list[str]:
    """The tables that these loads told of, in the usual order."""
    rows = cursor.execute(
        "SELECT entity FROM crm.batch_file WHERE batch_id IN (SELECT unnest($batches::BIGINT[]))"
        " UNION SELECT unnest(json_keys(derived)) FROM crm.batch_file"
        " WHERE batch_id IN (SELECT unnest($batches::BIGINT[]))",
        {"batches": list(batches)},
    ).fetchall()
    told = {row[0] for row in rows}
    return [name for name in entities() if name in told]
