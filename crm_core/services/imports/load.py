"""Loading an upload: staged outside any lock, published in one change."""

import time

import duckdb

from crm_core import metrics
from crm_core.domain.actor import Actor
from crm_core.pipeline.publish import publish
from crm_core.pipeline.references import note_targets
from crm_core.pipeline.rows import Source
from crm_core.pipeline.segments import SegmentNames, keep
from crm_core.pipeline.stage import stage
from crm_core.reference import entities
from crm_core.services import settings
from crm_core.services.imports import record
from crm_core.services.imports.record import Job
from crm_core.services.imports.result import FileResult, ImportResult, Progress, silent
from crm_core.services.imports.upload import Upload
from crm_core.store import Change, Store

AREA = "crm"


class _DryRun(Exception):  # noqa: N818 - carries the result out of a change that must not commit
    pass


def load(
    store: Store,
    actor: Actor,
    upload: Upload,
    *,
    dry_run: bool = False,
    progress: Progress = silent,
) -> ImportResult:
    """Clean and load every table of the upload as its plan says, all or nothing.

    A table that was not recognised, or whose file could not be read, is reported with its
    problem. `dry_run` gives the same figures and changes nothing.
    """
    started = time.perf_counter()
    jobs = [record.begin(table) for table in upload.tables]
    unread = [
        FileResult(path=str(path), problem=problem) for path, problem in upload.problems.items()
    ]
    files = [*unread, *(job.result for job in jobs)]
    if not any(record.loadable(job.table.plan) for job in jobs):
        return ImportResult(None, files, time.perf_counter() - started)
    batch = None
    with store.read() as cursor:
        names = _stage(cursor, jobs, progress)
        try:
            with store.change(actor, "batch.load", area=AREA, staging=cursor) as change:
                _publish(change, jobs, names, progress)
                if dry_run:
                    raise _DryRun
                record.keep(change, actor, store.files, jobs, files, started)
                batch = change.change_id
        except _DryRun:
            batch = None
    return ImportResult(batch, files, time.perf_counter() - started)


def _stage(cursor: duckdb.DuckDBPyConnection, jobs: list[Job], progress: Progress) -> SegmentNames:
    """Clean every recognised table, what others refer to first."""
    known = cursor.execute("SELECT segment FROM crm.segment").fetchall()
    names = SegmentNames.of(row[0] for row in known)
    note_targets(cursor)
    todo = _in_order(jobs)
    for number, job in enumerate(todo):
        progress("clean", job.table.raw.path.name, number / len(todo))
        job.staged = stage(cursor, number, job.table.raw.data, job.table.plan, names)
    return names


def _publish(change: Change, jobs: list[Job], names: SegmentNames, progress: Progress) -> None:
    """Write every staged table; the batch has the number of its change."""
    todo = [job for job in _in_order(jobs) if job.staged]
    for number, job in enumerate(todo):
        progress("publish", job.table.raw.path.name, number / len(todo))
        assert job.staged
        source = Source(change.change_id, record.number(change, job), job.table.raw.path.name)
        counts = publish(change, job.staged, source)
        record.note(job, counts)
    for job in jobs:
        if job.staged is None:
            record.skip_all(change, job)
    keep(change, names)
    settings.propose_basis(change)
    metrics.refresh(change.cursor)


def _in_order(jobs: list[Job]) -> list[Job]:
    """The recognised tables, what others refer to first."""
    order = list(entities())
    todo = [job for job in jobs if record.loadable(job.table.plan)]
    return sorted(todo, key=lambda job: order.index(str(job.table.plan.entity)))
