"""Matching under way: one work per store and entity, kept by the process, so pages come and go.

Pairs are found, or what people said is merged and the rest judged anew, in a thread of its own.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.services.matching.queue import Standing, standing
from crm_core.services.matching.run import run
from crm_core.services.matching.teach import finish
from crm_core.services.work import Stopped, Work
from crm_core.store import Store


@dataclass(kw_only=True)
class Job(Work):
    """Work on an entity's pairs."""

    entity: str
    before: Standing
    step: str
    """What is done: compare, merge, or teach of what people said."""
    busy: bool = True
    stopping: bool = False
    merged: int = 0
    """Records that were merged away."""
    after: Standing | None = None

    def report(self, step: str) -> None:
        """Take note of progress; ends the work here if somebody asked to stop it."""
        if self.stopping:
            raise Stopped
        self.step = step


_JOBS: dict[tuple[Path, str], Job] = {}
_LOCK = threading.Lock()


def current(store: Store, entity: str) -> Job | None:
    """The work on this entity's pairs, under way or over and not forgotten yet."""
    job = _JOBS.get((store.path, entity))
    return job if job is not None and job.store is store else None


def find(store: Store, actor: Actor, entity: str) -> Job:
    """Begin to find the pairs of an entity. Refused: match_running; entity_not_merged."""
    return _start(store, actor, entity, _find, "compare")


def use_answers(store: Store, actor: Actor, entity: str) -> Job:
    """Begin to merge what people said is the same, and to judge the rest by what they said.

    Refused: match_running; entity_not_merged.
    """
    return _start(store, actor, entity, _finish, "teach")


def stop(job: Job) -> None:
    """Ask to stop; what is being compared is finished, then the store is as before."""
    job.stopping = job.busy


def forget(job: Job) -> None:
    """Its end was told: the next look finds none. Work that is under way is kept."""
    with _LOCK:
        if not job.busy:
            _JOBS.pop((job.store.path, job.entity), None)


def _start(store: Store, actor: Actor, entity: str, work: Callable[[Job], int], step: str) -> Job:
    before = standing(store, actor, entity)
    with _LOCK:
        running = current(store, entity)
        if running is not None and running.busy:
            raise Refused("match_running")
        job = Job(store=store, actor=actor, entity=entity, before=before, step=step)
        _JOBS[store.path, entity] = job
    job.run(lambda: _work(job, work), lambda: _end(job), name="match")
    return job


def _work(job: Job, work: Callable[[Job], int]) -> None:
    job.merged = work(job)
    job.after = standing(job.store, job.actor, job.entity)


def _end(job: Job) -> None:
    job.busy = False


def _find(job: Job) -> int:
    return run(job.store, job.actor, job.entity, step=job.report).merged


def _finish(job: Job) -> int:
    return finish(job.store, job.actor, job.entity)
