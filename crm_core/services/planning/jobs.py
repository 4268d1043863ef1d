"""Planning under way: one search per store and scenario, kept by the process: pages come and go."""

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Problem, Refused
from crm_core.planning.build import Objective
from crm_core.services.planning.running import plan
from crm_core.store import Store

log = logging.getLogger(__name__)


@dataclass
class Job:
    """A search. Others read its fields at any time; only this module sets them."""

    store: Store
    actor: Actor
    scenario: str
    objective: Objective
    limit: float
    """Seconds that it may take."""
    started: float = field(default_factory=time.monotonic)
    busy: bool = True
    best: float | None = None
    """Of the best plan so far: money for value, periods for finish."""
    bound: float | None = None
    """No plan is better than this."""
    plan_id: int | None = None
    problem: Problem | None = None
    """Why there is no plan; then nothing was kept."""
    stopping: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    @property
    def seconds(self) -> float:
        """How long ago it began."""
        return time.monotonic() - self.started

    def wait(self, seconds: float) -> None:
        """Wait until the search is over, at most so long."""
        if self._thread:
            self._thread.join(seconds)


_JOBS: dict[tuple[Path, str], Job] = {}
_LOCK = threading.Lock()


def current(store: Store, scenario: str) -> Job | None:
    """The latest search for a scenario's plan, under way or over."""
    job = _JOBS.get((store.path, scenario))
    return job if job is not None and job.store is store else None


def begin(
    store: Store, actor: Actor, scenario: str, today: date, objective: Objective, seconds: float
) -> Job:
    """Begin to look for a plan. Refused: plan_running."""
    with _LOCK:
        running = current(store, scenario)
        if running is not None and running.busy:
            raise Refused("plan_running")
        job = Job(store, actor, scenario, objective, seconds)
        _JOBS[store.path, scenario] = job
    job._thread = threading.Thread(target=_work, args=(job, today), daemon=True, name="planning")
    job._thread.start()
    return job


def stop(job: Job) -> None:
    """Ask to stop: the best plan so far is kept."""
    job.stopping.set()


def _work(job: Job, today: date) -> None:
    def tell(progress: Mapping[str, Any]) -> None:
        job.best, job.bound = progress["objective"], progress["bound"]

    try:
        made = plan(
            job.store, job.actor, today, scenario=job.scenario, objective=job.objective,
            seconds=job.limit, tell=tell, stop=job.stopping,
        )  # fmt: skip
        job.plan_id = made.header.plan_id
    except Refused as refusal:
        job.problem = refusal.problem
    except Exception as error:
        log.exception("planning failed")
        job.problem = Problem("unexpected", {"detail": type(error).__name__})
    job.busy = False
