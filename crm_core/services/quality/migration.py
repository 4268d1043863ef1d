"""What a report of a migration rests on: what came, what was mended, what remains, control sums."""

from collections.abc import Sequence
from typing import Any

import duckdb
import simplejson
from pydantic import TypeAdapter

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Problem, Refused
from crm_core.domain.steps import Step
from crm_core.services.quality import measure
from crm_core.services.quality.control_sums import controls
from crm_core.services.quality.migrated import (
    Batch,
    Fate,
    File,
    Gap,
    Migration,
    Repair,
    StepDone,
    Waiting,
    Warned,
)
from crm_core.store import Store

Cursor = duckdb.DuckDBPyConnection
_STEP: TypeAdapter[Step] = TypeAdapter(Step)
EXAMPLES = 3
_OF_LOADS = (
    "(batch_id IN (SELECT unnest($loads::BIGINT[])) OR quarantine_id IN (SELECT row_id"
    " FROM crm.line_fate AS fate JOIN crm.batch_file AS file USING (file_id)"
    " WHERE fate = 'quarantined' AND file.batch_id IN (SELECT unnest($loads::BIGINT[]))))"
)
"""SQL: lines of the worklist that the loads put there, or found there already."""


def migration(store: Store, _actor: Actor, batch: int | None = None) -> Migration:
    """What one load did, or all that are in force.

    Refused: batch_unknown; report_empty when nothing has been loaded.
    """
    with store.snapshot() as cursor:
        batches = _batches(cursor, batch)
        numbers = [one.batch for one in batches]
        files = _files(cursor, numbers)
        return Migration(
            batches,
            files,
            _fates(cursor, numbers),
            _repairs(cursor, numbers),
            _steps(cursor, numbers),
            _waiting(cursor, numbers),
            _count(
                cursor,
                "SELECT count(*) FROM crm.quarantine"
                f" WHERE status NOT IN ('open', 'replaced') AND {_OF_LOADS}",
                {"loads": numbers},
            ),
            _warnings(cursor, numbers),
            _gaps(cursor, numbers),
            controls(cursor, min(numbers), max(numbers) if batch is not None else None),
        )


def _batches(cursor: Cursor, batch: int | None) -> tuple[Batch, ...]:
    rows = cursor.execute(
        "SELECT batch_id, loaded_at, actor_name, undone_by IS NOT NULL FROM crm.batch"
        " WHERE CASE WHEN $batch IS NULL THEN undone_by IS NULL ELSE batch_id = $batch END"
        " ORDER BY batch_id",
        {"batch": batch},
    ).fetchall()
    if not rows:
        raise Refused("report_empty") if batch is None else Refused("batch_unknown", batch=batch)
    return tuple(Batch(*row) for row in rows)


def _files(cursor: Cursor, batches: Sequence[int]) -> tuple[File, ...]:
    rows = cursor.execute(
        "SELECT batch_id, source_file, sheet, entity, encoding, rows_read, loaded, updated, merged,"
        " quarantined, skipped, problem FROM crm.batch_file"
        " WHERE batch_id IN (SELECT unnest(?::BIGINT[])) ORDER BY file_id",
        [batches],
    ).fetchall()
    told: list[list[Any]] = [[*row[:-1], _problem(row[-1])] for row in rows]
    return tuple(File(*row) for row in told)


def _problem(kept: str | None) -> Problem | None:
    if kept is None:
        return None
    params = simplejson.loads(kept)
    return Problem(params.pop("code"), params)


def _fates(cursor: Cursor, batches: Sequence[int]) -> tuple[Fate, ...]:
    rows = cursor.execute(
        "SELECT fate, reason, count(*) AS lines FROM crm.line_fate JOIN crm.batch_file"
        " USING (file_id) WHERE batch_id IN (SELECT unnest(?::BIGINT[])) GROUP BY fate, reason"
        " ORDER BY list_position(['loaded', 'updated', 'merged', 'quarantined', 'skipped'], fate),"
        " lines DESC, reason",
        [batches],
    ).fetchall()
    return tuple(Fate(*row) for row in rows)


def _repairs(cursor: Cursor, batches: Sequence[int]) -> tuple[Repair, ...]:
    rows = cursor.execute(
        f"""
        WITH made AS (
            SELECT entity, field, raw, clean, sum(lines)::BIGINT AS lines
            FROM crm.repair JOIN crm.batch_file USING (file_id)
            WHERE batch_id IN (SELECT unnest(?::BIGINT[])) GROUP BY ALL
        )
        SELECT entity, field, count(*), sum(lines)::BIGINT AS lines,
            list([raw, clean] ORDER BY lines DESC, raw)[:{EXAMPLES}]
        FROM made GROUP BY entity, field ORDER BY lines DESC, entity, field
        """,
        [batches],
    ).fetchall()
    told: list[list[Any]] = [[*row[:-1], tuple(map(tuple, row[-1]))] for row in rows]
    return tuple(Repair(*row) for row in told)


def _steps(cursor: Cursor, batches: Sequence[int]) -> tuple[StepDone, ...]:
    rows = cursor.execute(
        "SELECT source_file, sheet, step, lines, samples FROM crm.step_effect JOIN crm.batch_file"
        " USING (file_id) WHERE batch_id IN (SELECT unnest(?::BIGINT[])) ORDER BY file_id, place",
        [batches],
    ).fetchall()
    found = []
    for file, sheet, kept, lines, samples in rows:
        step = _STEP.validate_json(kept)
        shown = [(before, after) for before, after, *_ in simplejson.loads(samples)]
        if step.on:
            found.append(StepDone(file, sheet, step, int(lines), shown[0] if shown else None))
    return tuple(found)


def _waiting(cursor: Cursor, batches: Sequence[int]) -> tuple[Waiting, ...]:
    rows = cursor.execute(
        "SELECT entity, rule, count(*) AS lines, arg_min(value, quarantine_id),"
        " arg_min(source_file, quarantine_id), arg_min(source_line, quarantine_id)"
        f" FROM crm.quarantine WHERE status = 'open' AND {_OF_LOADS}"
        " GROUP BY entity, rule ORDER BY lines DESC, entity, rule",
        {"loads": list(batches)},
    ).fetchall()
    return tuple(Waiting(*row) for row in rows)


def _warnings(cursor: Cursor, batches: Sequence[int]) -> tuple[Warned, ...]:
    rows = cursor.execute(
        "SELECT entity, rule, sum(lines)::BIGINT AS lines FROM crm.warning JOIN crm.batch_file"
        " USING (file_id) WHERE batch_id IN (SELECT unnest(?::BIGINT[])) GROUP BY entity, rule"
        " ORDER BY lines DESC, entity, rule",
        [batches],
    ).fetchall()
    return tuple(Warned(*row) for row in rows)


def _gaps(cursor: Cursor, batches: Sequence[int]) -> tuple[Gap, ...]:
    """Columns that the loads' tables fill somewhere but not everywhere, the emptiest first."""
    found: list[Gap] = []
    for name in measure.tables_of(cursor, batches):
        rows = cursor.execute(
            f"SELECT field, rows, rows - filled FROM staging.filled('crm.{name}')"
            " WHERE filled > 0 AND filled < rows"
        ).fetchall()
        found += [Gap(name, *row) for row in rows]
    return tuple(sorted(found, key=lambda gap: -gap.missing / gap.rows))


def _count(cursor: Cursor, sql: str, params: dict[str, Any]) -> int:
    row = cursor.execute(sql, params).fetchone()
    assert row is not None
    return int(row[0])
