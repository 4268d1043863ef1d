"""What was loaded: batches, the fate of every line, quarantine, and a row's way to its line."""

from pathlib import Path
from typing import Any

import duckdb

from crm_core.domain.actor import Actor
from crm_core.domain.plan import TablePlan
from crm_core.domain.problems import Refused
from crm_core.domain.raw import lines_in
from crm_core.store import Store, as_dicts

BATCH_COLUMNS = [
    *("batch_id", "loaded_at", "actor_name", "files", "rows_read", "loaded", "updated"),
    *("merged", "quarantined", "skipped", "undone"),
]
FATE_COLUMNS = ["source_file", "sheet", "line", "fate", "reason", "entity", "row_id", "path"]
QUARANTINE_COLUMNS = [
    *("quarantine_id", "batch_id", "source_file", "sheet", "source_line", "column", "value"),
    *("rule", "reason", "entity", "status", "resolved_by", "owner", "due"),
]


def batches(store: Store, _actor: Actor) -> list[dict[str, Any]]:
    """Every load with its counts, the newest first; `again`: the load that took its place."""
    return _rows(
        store,
        """
        SELECT batch_id, loaded_at, actor_name, count(*) AS files,
            sum(rows_read)::BIGINT AS rows_read, sum(loaded)::BIGINT AS loaded,
            sum(updated)::BIGINT AS updated, sum(merged)::BIGINT AS merged,
            sum(quarantined)::BIGINT AS quarantined, sum(skipped)::BIGINT AS skipped,
            undone_by IS NOT NULL AS undone,
            CASE WHEN undone_by IN (SELECT batch_id FROM crm.batch) THEN undone_by END AS again
        FROM crm.batch JOIN crm.batch_file USING (batch_id)
        GROUP BY batch_id, loaded_at, actor_name, undone_by ORDER BY batch_id DESC
        """,
    )


def files(store: Store, _actor: Actor, batch: int) -> list[dict[str, Any]]:
    """The tables of a load, with mapping (plan) and problem as they were kept."""
    return _rows(store, "SELECT * FROM crm.batch_file WHERE batch_id = ? ORDER BY file_id", [batch])


def fates(store: Store, _actor: Actor, batch: int) -> list[dict[str, Any]]:
    """The fate of every source line of a load, in the order of the files."""
    return _rows(
        store,
        f"SELECT {', '.join(FATE_COLUMNS)}"
        " FROM crm.line_fate JOIN crm.batch_file USING (file_id) WHERE batch_id = ?"
        " ORDER BY file_id, line",
        [batch],
    )


def quarantine(store: Store, _actor: Actor, *, status: str = "open") -> list[dict[str, Any]]:
    """The rejected lines of a status, the newest load first."""
    return _rows(
        store,
        f"SELECT {', '.join(_quoted(QUARANTINE_COLUMNS))} FROM crm.quarantine WHERE status = ?"
        " ORDER BY batch_id DESC, file_id, source_line",
        [status],
    )


def source_line(store: Store, _actor: Actor, file_id: int, line: int) -> dict[str, Any]:
    """The raw cells of a line under their headers, with file and sheet.

    {"source_file", "sheet", "line", "cells": {header: cell as it stands in the file}}.
    Refused("line_unknown") when that line was never read.
    """
    found = _rows(
        store,
        "SELECT source_file, sheet, archive, plan FROM crm.batch_file WHERE file_id = ?",
        [file_id],
    )
    if not found:
        raise Refused("line_unknown", line=line)
    file = found[0]
    cells = _raw(store.files / str(file["archive"]), line)
    titles = TablePlan.model_validate_json(file["plan"]).titles(len(cells))
    return {
        "source_file": file["source_file"],
        "sheet": file["sheet"],
        "line": line,
        "cells": {titles[index]: cell for index, cell in enumerate(cells)},
    }


def _raw(archive: Path, line: int) -> list[str | None]:
    try:
        with duckdb.connect() as connection:
            lines = lines_in(connection, archive)
            row = connection.execute(
                f"SELECT * EXCLUDE (line, width) FROM {lines} WHERE line = ?", [line]
            ).fetchone()
    except duckdb.IOException as error:
        raise Refused("line_unknown", line=line) from error
    if row is None:
        raise Refused("line_unknown", line=line)
    return list(row)


def _rows(store: Store, sql: str, params: list[Any] | None = None) -> list[dict[str, Any]]:
    with store.read() as cursor:
        return as_dicts(cursor.execute(sql, params or []))


def _quoted(names: list[str]) -> list[str]:
    return [f'"{name}"' for name in names]
