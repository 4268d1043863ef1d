"""What became of the lines of a load: file by file, line by line, and as a file to take away."""

import tempfile
from codecs import BOM_UTF8
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import simplejson

from crm_core.domain.actor import Actor
from crm_core.domain.plan import TablePlan
from crm_core.domain.problems import Problem, Refused
from crm_core.pipeline.judge import Warned
from crm_core.services import loads
from crm_core.services.imports import repeats
from crm_core.services.imports.record import NO_PLAN, notes_of
from crm_core.services.imports.result import FileResult, mapping_of
from crm_core.store import Store


@dataclass(frozen=True)
class LineFate:
    """What became of one source line; `cells` are its raw cells under their headers."""

    line: int
    fate: str
    reason: str | None
    entity: str | None
    row_id: int | None
    cells: dict[str, str | None]


def results(store: Store, actor: Actor, batch: int) -> list[FileResult]:
    """The tables of a load as they were reported when it was made."""
    with store.read() as cursor:
        repairs = cursor.execute(
            "SELECT file_id, field, raw, clean, lines FROM crm.repair JOIN crm.batch_file"
            " USING (file_id) WHERE batch_id = ? ORDER BY lines DESC, raw",
            [batch],
        ).fetchall()
        warned = cursor.execute(
            "SELECT file_id, rule, field, lines, line FROM crm.warning JOIN crm.batch_file"
            " USING (file_id) WHERE batch_id = ? ORDER BY lines DESC, rule",
            [batch],
        ).fetchall()
    made: dict[int, list[tuple[str, str, str, int]]] = {}
    for file_id, *repair in repairs:
        made.setdefault(file_id, []).append((repair[0], repair[1], repair[2], int(repair[3])))
    warnings: dict[int, list[Warned]] = {}
    for file_id, *found in warned:
        warnings.setdefault(file_id, []).append(Warned(*found))
    files = [_result(row, made, warnings) for row in loads.files(store, actor, batch)]
    with store.read() as cursor:
        for file, plan in files:
            file.repeats = repeats.kept(cursor, file.file_id or 0, plan) if plan else 0
    return [file for file, _ in files]


def line_fate(store: Store, actor: Actor, file_id: int, line: int) -> LineFate:
    """The fate of a line with its raw cells; Refused("line_unknown")."""
    with store.read() as cursor:
        found = cursor.execute(
            "SELECT fate, reason, entity, row_id FROM crm.line_fate JOIN crm.batch_file"
            " USING (file_id) WHERE file_id = ? AND line = ?",
            [file_id, line],
        ).fetchone()
    if found is None:
        raise Refused("line_unknown", line=line)
    cells = loads.source_line(store, actor, file_id, line)["cells"]
    fate, reason, entity, row_id = found
    return LineFate(line, fate, reason, entity, row_id, cells)


def as_csv(store: Store, _actor: Actor, batch: int) -> bytes:
    """The fate of every line of a load: CSV with the columns of loads.FATE_COLUMNS.

    UTF-8 with a mark at its start, by which spreadsheets know it.
    """
    with tempfile.TemporaryDirectory() as folder, store.read() as cursor:
        target = Path(folder) / "fates.csv"
        cursor.sql(
            f"SELECT {', '.join(loads.FATE_COLUMNS)} FROM crm.line_fate JOIN crm.batch_file"
            " USING (file_id) WHERE batch_id = $batch ORDER BY file_id, line",
            params={"batch": batch},
        ).write_csv(str(target))
        return BOM_UTF8 + target.read_bytes()


def _result(
    row: dict[str, Any],
    repairs: Mapping[int, list[tuple[str, str, str, int]]],
    warnings: Mapping[int, list[Warned]],
) -> tuple[FileResult, TablePlan | None]:
    problem = simplejson.loads(row["problem"]) if row["problem"] else None
    # A file that could not be read was taken for nothing.
    plan = TablePlan.model_validate_json(row["plan"]) if row["plan"] != NO_PLAN else None
    told = {
        "derived": simplejson.loads(row["derived"]),
        "mapping": mapping_of(plan) if plan else {},
        "repairs": repairs.get(row["file_id"], []),
        "warnings": warnings.get(row["file_id"], []),
        "notes": notes_of(row["notes"]),
        "problem": problem and Problem(problem.pop("code"), problem),
    }
    kept = {name: row[name] for name in FileResult.model_fields if name in row}
    return FileResult.model_validate(kept | told), plan
