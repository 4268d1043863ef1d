"""Matching under way: one work per store and entity, kept by the process, so pages come and go.

Pairs are found, or what people said is merged and the rest judged anew, in a thread of its own.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Problem, Refused
from crm_core.services.matching.queue import Standing, standing
from crm_core.services.matching.run import run
from crm_core.services.matching.teach import finish
from crm_core.store import Store

log = logging.getLogger(__name__)


class _Stopped(Exception):  # noqa: N818 - a person's wish, not a fault
    pass


@dataclass
class Job:
    """Work on an entity's pairs. Others read its fields at any time; only this module sets them."""

    store: Store
    actor: Actor
    entity: str
    before: Standing
    step: str = "compare"
    """What is done: compare, merge, or teach of what people said."""
    started: float = field(default_factory=time.monotonic)
    busy: bool = True
    stopping: bool = False
    merged: int = 0
    """Records that were merged away."""
    after: Standing | None = None
    problem: Problem | None = None
    """Why it did not succeed; then nothing is changed."""
    _thread: threading.Thread | None = None

    @property
    def seconds(self) -> float:
        """How long ago it began."""
        return time.monotonic() - self.started

    def wait(self, seconds: float) -> None:
        """Wait until the work is over, at most so long."""
        if self._thread:
            self._thread.join(seconds)

    def report(self, step: str) -> None:
        """Take note of progress; ends the work here if somebody asked to stop it."""
        if self.stopping:
            raise _Stopped
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
        job = Job(store, actor, entity, before, step)
        _JOBS[store.path, entity] = job
    job._thread = threading.Thread(target=_work, args=(job, work), daemon=True, name="matching")
    job._thread.start()
    return job


def _work(job: Job, work: Callable[[Job], int]) -> None:
    try:
        job.merged = work(job)
        job.after = standing(job.store, job.actor, job.entity)
    except _Stopped:
        job.problem = Problem("match_stopped")
    except Refused as refusal:
        job.problem = refusal.problem
    except Exception as error:
        log.exception("matching failed")
        job.problem = Problem("unexpected", {"detail": type(error).__name__})
    job.busy = False


def _find(job: Job) -> int:
    return run(job.store, job.actor, job.entity, step=job.report).merged


def _finish(job: Job) -> int:
    return finish(job.store, job.actor, job.entity)
