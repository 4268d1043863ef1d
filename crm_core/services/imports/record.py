"""The record of a load: what each table was taken for, what became of it, its raw lines."""

import shutil
import time
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import simplejson

from crm_core.domain.actor import Actor
from crm_core.domain.fates import Fate
from crm_core.domain.plan import SURE, TablePlan
from crm_core.domain.problems import Problem
from crm_core.domain.raw import lines_in
from crm_core.pipeline.publish import Counts
from crm_core.pipeline.stage import Staged
from crm_core.services.imports import repeats, undated
from crm_core.services.imports.result import FileResult, mapping_of
from crm_core.services.imports.upload import Table
from crm_core.store import Change

NO_PLAN = "{}"
"""What is kept as the plan of a file that could not be read."""


@dataclass
class Job:
    """One table of an upload on its way through a load."""

    table: Table
    result: FileResult
    staged: Staged | None = None


def loadable(plan: TablePlan) -> bool:
    """Whether it is certain enough what the table is: nothing is loaded on a guess."""
    return plan.entity is not None and plan.confidence >= SURE


_ABOUT = {
    "same_orders": "other",
    "same_total": "other",
    "same_amounts": "other",
    "same_ids": "other",
    "credits_added": "column",
}
"""Caution of a plan -> what its sentence calls that which it is about."""


def cautions(plan: TablePlan) -> list[Problem]:
    """What may make figures wrong although every column is understood."""
    about: dict[str, object] = {"file": plan.file, "sheet": plan.sheet}
    told = dict(plan.cautions)
    if any(step.do == "substitute" for step in plan.steps):
        told.pop("same_ids", None)  # the ids were told apart
    found = [
        Problem(code, about | {name: told[code]}) for code, name in _ABOUT.items() if code in told
    ]
    fields = {column.field for column in plan.columns if column.sure and not column.entity}
    if {"quantity", "unit_price", "discount"} <= fields and "amount" not in fields:
        found.append(Problem("discount_not_taken_off", about))
    return found


def begin(table: Table, *, alone: bool) -> Job:
    """The job of a table, with a problem from the start if nobody knows what the table is.

    `alone`: nothing else of the upload can be loaded.
    """
    raw, plan = table.raw, table.plan
    result = FileResult(
        path=str(raw.path),
        sheet=raw.sheet,
        entity=plan.entity,
        encoding=raw.encoding,
        mapping=mapping_of(plan),
        notes=[*(note.problem for note in raw.notes), *cautions(plan)],
    )
    if not loadable(plan):
        result.rows_read = result.skipped = raw.rows_below(plan.header_line)
    if not loadable(plan) and (alone or not raw.aside):
        code = "sheet_unsure" if plan.entity else "sheet_not_recognised"
        result.problem = Problem(
            code, {"file": raw.path.name, "sheet": raw.sheet, "entity": plan.entity}
        )
    return Job(table, result)


def number(change: Change, job: Job) -> int:
    """Give the table its number, which its rows and fates carry."""
    job.result.file_id = _next_number(change)
    return job.result.file_id


def _next_number(change: Change) -> int:
    row = change.cursor.execute("SELECT nextval('crm.row_id')").fetchone()
    assert row is not None
    return int(row[0])


def note(change: Change, job: Job, counts: Counts) -> None:
    """Take over what publishing counted."""
    assert job.staged is not None
    for fate, count in counts.fates.items():
        setattr(job.result, fate.value, count)
    job.result.rows_read = job.staged.cells.rows_read
    job.result.derived = counts.derived
    job.result.warnings = list(job.staged.warnings)
    job.result.repeats = repeats.kept(change.cursor, job.result.file_id or 0, job.table.plan)
    job.result.repairs = _repairs(change, job.staged, job.result.file_id or 0)
    lines = repeats.changed(change.cursor, job.result.file_id or 0, job.table.plan)
    if lines:
        plan = job.table.plan
        about: dict[str, object] = {"file": plan.file, "sheet": plan.sheet, "lines": lines}
        job.result.notes.append(Problem("changed_lines_added", about))


def note_undated(change: Change, job: Job) -> None:
    """Take over what of the revenue no month counts; the marts tell the days of orders."""
    found = undated.told(change.cursor, job.result.file_id or 0, job.table.plan)
    if found:
        job.result.notes.append(found)


def _repairs(change: Change, staged: Staged, file_id: int) -> list[tuple[str, str, str, int]]:
    """The repairs on lines that were loaded or updated; nothing new was mended on known ones."""
    found: dict[tuple[str, str, str], int] = {}
    for index in dict.fromkeys(repair.column for repair in staged.repairs):
        made = {repair.raw: repair for repair in staged.repairs if repair.column == index}
        cell = f"c{index}"
        rows = change.cursor.execute(
            f"SELECT {cell}, count(*) FROM {staged.cells.name} JOIN crm.line_fate"
            f" USING (line) WHERE file_id = $file AND fate IN ('loaded', 'updated')"
            f" AND {cell} IN (SELECT unnest($raw::VARCHAR[])) GROUP BY ALL",
            {"file": file_id, "raw": list(made)},
        ).fetchall()
        for raw, lines in rows:
            what = (made[raw].field, raw, made[raw].clean)
            found[what] = found.get(what, 0) + int(lines)
    return [(*what, lines) for what, lines in found.items()]


def skip_all(change: Change, job: Job) -> None:
    """Every line of a table that was not recognised is skipped, and says so."""
    file_id = number(change, job)
    lines = lines_in(change.cursor, job.table.raw.data)
    change.cursor.execute(
        f"INSERT INTO crm.line_fate BY NAME SELECT {file_id} AS file_id, line, 'skipped' AS fate,"
        f" $reason AS reason FROM {lines} WHERE line > $header",
        {
            "header": job.table.plan.header_line,
            "reason": job.result.problem.code if job.result.problem else "sheet_aside",
        },
    )
    done = change.cursor.fetchone()
    job.result.rows_read = job.result.skipped = int(done[0]) if done else 0


def fates(change: Change, jobs: list[Job]) -> list[dict[str, Any]]:
    """The fates that a rehearsal gave its lines; rows have no number before they are loaded."""
    found = []
    for job in sorted(jobs, key=lambda job: job.result.file_id or 0):
        result = job.result
        table = {
            "source_file": Path(result.path).name,
            "sheet": result.sheet,
            "entity": result.entity,
            "path": result.path,
            "row_id": None,
        }
        rows = change.cursor.execute(
            "SELECT line, fate, reason FROM crm.line_fate WHERE file_id = ? ORDER BY line",
            [result.file_id],
        ).fetchall()
        names = ("line", "fate", "reason")
        found += [table | dict(zip(names, row, strict=True)) for row in rows]
    return found


def keep(
    change: Change,
    actor: Actor,
    archive: Path,
    jobs: list[Job],
    files: list[FileResult],
    started: float,
) -> None:
    """Write the batch with its tables, and put the raw lines into the store's `archive`."""
    seconds = time.perf_counter() - started
    change.subject = str(change.change_id)
    change.detail = {
        "files": [Path(file.path).name for file in files],
        "loaded": sum(file.loaded for file in files),
        "updated": sum(file.updated for file in files),
        "quarantined": sum(file.quarantined for file in files),
    }
    change.cursor.execute(
        "INSERT INTO crm.batch VALUES (?, ?, now() AT TIME ZONE 'UTC', ?, ?, NULL)",
        [change.change_id, change.change_id, actor.name, seconds],
    )
    for job in jobs:
        name = f"{job.result.file_id}.parquet"
        _archive(job.table.raw.data, archive / name)
        _keep_table(change, job.result, job.table.plan.model_dump_json(), name)
        _keep_effects(change, job)
    tables = [job.result for job in jobs]
    for file in files:
        if file not in tables:
            file.file_id = _next_number(change)
            _keep_table(change, file, NO_PLAN, None)


def _keep_effects(change: Change, job: Job) -> None:
    """What the recipe's steps and the rules did."""
    number = job.result.file_id
    effects = job.staged.effects if job.staged else ()
    for place, (step, effect) in enumerate(zip(job.table.plan.steps, effects, strict=False)):
        samples = simplejson.dumps([astuple(sample) for sample in effect.samples])
        change.cursor.execute(
            "INSERT INTO crm.step_effect VALUES (?, ?, ?, ?, ?)",
            [number, place, step.model_dump_json(), effect.lines, samples],
        )
    for found in job.result.warnings:
        change.cursor.execute(
            "INSERT INTO crm.warning (file_id, rule, lines, field, line) VALUES (?, ?, ?, ?, ?)",
            [number, found.rule, found.lines, found.field, found.line],
        )


def _archive(data: Path, target: Path) -> None:
    """A second name for the raw lines: if the commit fails, the upload still has them."""
    try:
        target.hardlink_to(data)
    except OSError:
        shutil.copyfile(data, target)


def _keep_table(change: Change, result: FileResult, plan: str, archive: str | None) -> None:
    row = {
        "batch_id": change.change_id,
        "source_file": Path(result.path).name,
        "plan": plan,
        "archive": archive,
        "derived": simplejson.dumps(result.derived),
        "problem": _problem_json(result.problem),
        "notes": _notes_json(result.notes),
    }
    told = ("file_id", "path", "sheet", "entity", "encoding", "rows_read", *Fate)
    row |= {str(name): getattr(result, name) for name in told}
    change.cursor.execute(
        f"INSERT INTO crm.batch_file ({', '.join(row)})"
        f" VALUES ({', '.join(f'${name}' for name in row)})",
        row,
    )
    for field, raw, clean, lines in result.repairs:
        change.cursor.execute(
            "INSERT INTO crm.repair VALUES (?, ?, ?, ?, ?)",
            [result.file_id, field, raw, clean, lines],
        )


def _problem_json(problem: Problem | None) -> str | None:
    if problem is None:
        return None
    return simplejson.dumps({"code": problem.code, **problem.params}, default=str)


def _notes_json(notes: Sequence[Problem]) -> str | None:
    if not notes:
        return None
    return simplejson.dumps([{"code": note.code, **note.params} for note in notes])


def notes_of(kept: str | None) -> list[Problem]:
    """What a table's reader noted, as it was kept."""
    return [Problem(note.pop("code"), note) for note in simplejson.loads(kept or "[]")]
