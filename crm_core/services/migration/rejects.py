"""The worklist of rejected records: listed, handed out, and filled from the target's own file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.services.migration.given import read_given
from crm_core.services.migration.run import AREA
from crm_core.services.migration.runs import Run, one_run, template_of
from crm_core.services.migration.worklist import TABLE, solve
from crm_core.store import Change, Store, as_dicts

MOST = 1000
"""So many are listed at once."""
MESSAGE = ("error", "errors", "message", "reason", "错误", "错误信息", "失败原因", "原因", "提示")
_ID = ("new_id", "id", "编号")
_LONGEST = 2000


@dataclass(frozen=True)
class Brought:
    """What a reject file brought."""

    run: int
    new: int
    known: int
    """Told of before, and still rejected."""
    solved: int
    """Rejected before, written again by this run, and no longer in the file."""
    unknown: tuple[str, ...]
    """Ids that the run did not write, the first few."""


def rejects(
    store: Store, _actor: Actor, target: str | None = None, *, status: str = "open"
) -> list[dict[str, Any]]:
    """The rejected records of a status, at most MOST, those that are due first."""
    with store.read() as cursor:
        result = cursor.execute(
            f'SELECT reject_id, target, "table", new_id, row_key, "column", value, rule, "limit",'
            " suggestion, message, said_by, run_id, last_run, owner, due, status, solved_by"
            f" FROM {TABLE} WHERE status = ? AND target = coalesce(?, target)"
            " ORDER BY due NULLS LAST, said_by DESC, reject_id LIMIT ?",
            [status, target, MOST],
        )
        return as_dicts(result)


def open_count(store: Store, _actor: Actor, target: str | None = None) -> int:
    """How many rejects nobody has solved."""
    with store.read() as cursor:
        row = cursor.execute(
            f"SELECT count(*) FROM {TABLE} WHERE status = 'open' AND target = coalesce(?, target)",
            [target],
        ).fetchone()
    return int(row[0]) if row else 0


def assign(
    store: Store, actor: Actor, ids: Sequence[int], owner: str | None, due: date | None
) -> int:
    """Hand rejects to somebody, by a day; how many were still open."""
    with store.change(actor, "migration.assign", area=AREA) as change:
        cursor = change.cursor
        condition = "status = 'open' AND reject_id IN (SELECT unnest(?::BIGINT[]))"
        cursor.execute(
            f"CREATE OR REPLACE TEMP TABLE handed AS SELECT * FROM {TABLE} WHERE {condition}",
            [list(ids)],
        )
        done = change.retire(TABLE, condition, [list(ids)])
        cursor.execute(
            f"INSERT INTO {TABLE} BY NAME SELECT * REPLACE ($owner::VARCHAR AS owner,"
            " $due::DATE AS due, $change::BIGINT AS change_id) FROM temp.handed",
            {"owner": (owner or "").strip() or None, "due": due, "change": change.change_id},
        )
        change.detail = {"rejects": done, "owner": owner}
    return done


def bring_back(store: Store, actor: Actor, path: Path, run: int | None = None) -> Brought:
    """Take in the target's reject file of a run: its rows, or ids and messages.

    A record is known by the template's id column, else by a column new_id or id. The same file
    twice changes nothing; a reject that a later run's file no longer has, though that run wrote
    the record, is solved. Refused: migration_run_unknown; what a file cannot be read for;
    migration_columns; migration_no_rejects where no id is one of the run's.
    """
    made = one_run(store, actor, run)
    tables = template_of(store, actor, made.run).target.tables
    ids = tuple(dict.fromkeys([*(table.id_column.name for table in tables), *_ID]))
    given = read_given(path, {"id": ids, "message": MESSAGE}, ("id",))
    told = {row["id"]: row.get("message", "")[:_LONGEST] for row in given.rows if "id" in row}
    with store.change(actor, "migration.rejects", area=AREA, subject=str(made.run)) as change:
        brought = _take(change, made, told)
        if told and not brought.new and not brought.known:
            raise Refused("migration_no_rejects", file=path.name, run=made.run)
        change.detail = {"file": path.name, "new": brought.new, "solved": brought.solved}
    return brought


def _take(change: Change, made: Run, told: dict[str, str]) -> Brought:
    cursor = change.cursor
    said = pa.table(
        {
            "new_id": pa.array(list(told), pa.string()),
            "message": pa.array(list(told.values()), pa.string()),
        }
    )
    cursor.register("given_rejects", said)
    try:
        cursor.execute(
            """
            CREATE OR REPLACE TEMP TABLE told AS
            SELECT r."table", r.row_key, g.new_id, nullif(g.message, '') AS message
            FROM given_rejects AS g
            JOIN crm.migration_row AS r ON r.new_id = g.new_id AND r.run_id = ?
            """,
            [made.run],
        )
        unknown = cursor.execute(
            "SELECT new_id FROM given_rejects ANTI JOIN temp.told USING (new_id) LIMIT 20"
        ).fetchall()
    finally:
        cursor.unregister("given_rejects")
    new, known = _insert(change, made)
    return Brought(made.run, new, known, _solved(change, made), tuple(row[0] for row in unknown))


def _insert(change: Change, made: Run) -> tuple[int, int]:
    params = {"target": made.target, "run": made.run, "change": change.change_id}
    same = (
        "o.status = 'open' AND o.said_by = 'target' AND o.target = $target"
        ' AND o."table" = t."table" AND o.new_id = t.new_id'
    )
    ((every,),) = change.cursor.execute("SELECT count(*) FROM temp.told").fetchall()
    change.cursor.execute(
        f"UPDATE {TABLE} AS o SET last_run = $run, message = t.message FROM temp.told AS t"
        f" WHERE {same}",
        {"target": made.target, "run": made.run},
    )
    ((new,),) = change.cursor.execute(
        f"""
        INSERT INTO {TABLE} BY NAME
        SELECT nextval('app.number') AS reject_id, $target AS target, "table", $run AS run_id,
            $run AS last_run, 'target' AS said_by, row_key, new_id, 'target' AS rule, message,
            'open' AS status, $change AS change_id
        FROM temp.told AS t WHERE NOT EXISTS (FROM {TABLE} AS o WHERE {same})
        ORDER BY t."table", t.new_id
        """,
        params,
    ).fetchall()
    return int(new), int(every) - int(new)


def _solved(change: Change, made: Run) -> int:
    """Close what this run wrote again and the target took, and what is not migrated any more."""
    change.cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE solved AS
        SELECT reject_id FROM {TABLE} AS o
        LEFT JOIN crm.migration_row AS r
            ON r.run_id = $run AND r."table" = o."table" AND r.new_id = o.new_id
        WHERE status = 'open' AND said_by = 'target' AND target = $target AND o.run_id < $run
            AND coalesce(r.written, true)
            AND (o."table", o.new_id) NOT IN (SELECT ("table", new_id) FROM temp.told)
        """,
        {"run": made.run, "target": made.target},
    )
    ((count,),) = change.cursor.execute("SELECT count(*) FROM temp.solved").fetchall()
    solve(change, made.run)
    return int(count)
