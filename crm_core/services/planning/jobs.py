"""Planning under way: one search per store and scenario, kept by the process: pages come and go."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.planning.build import Objective
from crm_core.services.planning.running import plan
from crm_core.services.work import Work
from crm_core.store import Store


@dataclass(kw_only=True)
class Job(Work):
    """A search; a problem says why there is no plan."""

    scenario: str
    objective: Objective
    limit: float
    """Seconds that it may take."""
    busy: bool = True
    best: float | None = None
    """Of the best plan so far: money for value, periods for finish."""
    bound: float | None = None
    """No plan is better than this."""
    plan_id: int | None = None
    stopping: threading.Event = field(default_factory=threading.Event)


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
        job = Job(store=store, actor=actor, scenario=scenario, objective=objective, limit=seconds)
        _JOBS[store.path, scenario] = job
    job.run(lambda: _work(job, today), lambda: _end(job), name="plan")
    return job


def stop(job: Job) -> None:
    """Ask to stop: the best plan so far is kept."""
    job.stopping.set()


def _work(job: Job, today: date) -> None:
    def tell(progress: Mapping[str, Any]) -> None:
        job.best, job.bound = progress["objective"], progress["bound"]

    made = plan(
        job.store, job.actor, today, scenario=job.scenario, objective=job.objective,
        seconds=job.limit, tell=tell, stop=job.stopping,
    )  # fmt: skip
    job.plan_id = made.header.plan_id


def _end(job: Job) -> None:
    job.busy = False
