"""Loading an upload: staged outside any lock, published in one change."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import duckdb

from crm_core import metrics
from crm_core.domain.actor import Actor
from crm_core.domain.plan import ColumnPlan
from crm_core.domain.problems import Problem
from crm_core.domain.rules import Rule
from crm_core.pipeline.publish import publish
from crm_core.pipeline.references import note_targets, referred
from crm_core.pipeline.rows import Source
from crm_core.pipeline.segments import SegmentNames, keep
from crm_core.pipeline.set_aside import keep_waiting
from crm_core.pipeline.stage import stage
from crm_core.reference import entities
from crm_core.services import settings
from crm_core.services.imports import arrivals, incoming, record
from crm_core.services.imports.edit import is_question
from crm_core.services.imports.record import Job
from crm_core.services.imports.result import FileResult, ImportResult, Progress, silent
from crm_core.services.imports.upload import Upload
from crm_core.services.quality import measure
from crm_core.services.quarantine import newer
from crm_core.store import Change, Store

AREA = "crm"
Rules = dict[str, tuple[Rule, ...]]


class _DryRun(Exception):  # noqa: N818 - carries the result out of a change that must not commit
    pass


def load(
    store: Store,
    actor: Actor,
    upload: Upload,
    *,
    dry_run: bool = False,
    list_fates: bool = False,
    progress: Progress = silent,
    before: Callable[[Change], None] | None = None,
    after: Callable[[Change, list[FileResult]], None] | None = None,
) -> ImportResult:
    """Clean and load every table of the upload as its plan says, all or nothing.

    A table that was not recognised, or whose file could not be read, is reported with its
    problem. `dry_run` gives the same figures and changes nothing; with `list_fates` the result
    has the fate of every line that was rehearsed. What `before` and `after` do to the store is
    part of the same change. What was loaded is matched against the store in a change of its own,
    afterwards, which cannot make the load fail.
    """
    started = time.perf_counter()
    alone = not any(record.loadable(table.plan) for table in upload.tables)
    jobs = [record.begin(table, alone=alone) for table in upload.tables]
    files = [*_unread(upload), *(job.result for job in jobs)]
    for file in files:
        file.path = incoming.given(store, Path(file.path))
    if alone:
        return ImportResult(None, files, time.perf_counter() - started)
    batch, fates, matched = None, None, None
    with store.read() as cursor:
        names = _stage(cursor, jobs, rules_of(store, actor), progress)
        changing = store.change(actor, "batch.load", area=AREA, staging=cursor)
        with suppress(_DryRun), changing as change:
            if before:
                before(change)
            _publish(change, jobs, names, progress)
            if dry_run:
                fates = record.fates(change, jobs) if list_fates else None
            else:
                record.keep(change, actor, store.files, jobs, files, started)
            if after:
                after(change, files)
            newer.take_place(change)
            if dry_run:
                raise _DryRun
            batch = change.change_id
    if batch is not None:
        settings.propose_basis(store, actor)
        measure.keep(store, batch, _touched(files))
        matched = arrivals.match(store, actor, batch, progress)
    return ImportResult(batch, files, time.perf_counter() - started, fates, matched)


def unanswered(upload: Upload) -> ImportResult | None:
    """The tables, and of each the columns that nobody is sure of; None where there are none."""
    results = [record.begin(table, alone=False).result for table in upload.tables]
    asked = False
    for table, result in zip(upload.tables, results, strict=True):
        columns = [_question(column) for column in table.plan.columns if is_question(column)]
        if table.plan.entity and columns:
            asked = True
            result.problem = Problem(
                "columns_unsure", {"file": table.raw.path.name, "columns": "; ".join(columns)}
            )
    return ImportResult(None, [*_unread(upload), *results], 0.0) if asked else None


def _question(column: ColumnPlan) -> str:
    """A column and what it may mean: "Type (channel, segment)"."""
    name = column.header or str(column.index + 1)
    return f"{name} ({', '.join(column.candidates)})" if column.candidates else name


def _unread(upload: Upload) -> list[FileResult]:
    return [FileResult(path=str(path), problem=found) for path, found in upload.problems.items()]


def _touched(files: list[FileResult]) -> set[str]:
    """The entities that the load told of."""
    return {name for file in files for name in (file.entity, *file.derived) if name}


def rules_of(store: Store, _actor: Actor) -> Rules:
    """The rules of every entity, as severe as the company wants them."""
    with store.read() as cursor:
        return measure.rules_in_force(cursor)


def _stage(
    cursor: duckdb.DuckDBPyConnection, jobs: list[Job], of: Rules, progress: Progress
) -> SegmentNames:
    """Clean every recognised table, what others refer to first."""
    names = SegmentNames.held(cursor)
    todo = _in_order(jobs)
    note_targets(cursor, referred(job.table.plan for job in todo))
    for number, job in enumerate(todo):
        progress("clean", job.table.raw.path.name, number / len(todo))
        plan = job.table.plan
        kept = of[str(plan.entity)]
        job.staged = stage(cursor, number, job.table.raw.data, plan, names, kept)
    return names


def _publish(change: Change, jobs: list[Job], names: SegmentNames, progress: Progress) -> None:
    """Write every staged table; the batch has the number of its change."""
    todo = [job for job in _in_order(jobs) if job.staged]
    files = []
    for number, job in enumerate(todo):
        progress("publish", job.table.raw.path.name, number / len(todo))
        assert job.staged
        source = Source(change.change_id, record.number(change, job), job.table.raw.path.name)
        files.append(source.file_id)
        counts = publish(change, job.staged, source)
        record.note(change, job, counts)
    keep_waiting(change, change.change_id, files)
    for job in jobs:
        if job.staged is None:
            record.skip_all(change, job)
    keep(change, names)
    metrics.refresh(change.cursor)
    for job in todo:
        record.note_undated(change, job)


def _in_order(jobs: list[Job]) -> list[Job]:
    """The recognised tables, what others refer to first."""
    order = list(entities())
    todo = [job for job in jobs if record.loadable(job.table.plan)]
    return sorted(todo, key=lambda job: order.index(str(job.table.plan.entity)))
