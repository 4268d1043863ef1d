"""Imports under way: one per person and store, kept by the process, so a page may come and go.

An import is read, then proposed and corrected, then loaded; reading and loading go on in a thread
of their own and tell how far they are. Until the load commits, stopping leaves the store as it was.
Making a load again is such a job too, beside a person's import: it begins with what was read then,
and what it would change is rehearsed before it is done.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Problem, Refused
from crm_core.services import recipes
from crm_core.services.imports import incoming, replay
from crm_core.services.imports.edit import is_question
from crm_core.services.imports.load import load as load_upload
from crm_core.services.imports.record import loadable
from crm_core.services.imports.replay import Rehearsal
from crm_core.services.imports.result import ImportResult
from crm_core.services.imports.upload import Table, Upload, prepare
from crm_core.services.work import Stopped, Work
from crm_core.store import Store

log = logging.getLogger(__name__)

Made = TypeVar("Made")
Plans = tuple[tuple[str, str], ...]
"""Of each table that is loaded its raw lines and its plan."""


class State(StrEnum):
    """Where an import stands."""

    READING = "reading"
    PROPOSED = "proposed"
    REHEARSING = "rehearsing"  # of a load that is made again
    LOADING = "loading"
    DONE = "done"
    FAILED = "failed"  # nothing could be read; `problem` says why


@dataclass(kw_only=True)
class ImportJob(Work):
    """One import; of one that is done a problem says what besides the load did not succeed."""

    paths: Sequence[Path]
    state: State = State.READING
    step: str = "read"
    file: str = ""
    share: float = 0.0
    """How much of the present state's work is done, 0 … 1."""
    upload: Upload | None = None
    left_out: set[int] = field(default_factory=set)
    """Positions in the upload of sheets that a person does not want."""
    not_kept: set[int] = field(default_factory=set)
    """Positions of sheets whose mapping is not to be kept for the next like file."""
    result: ImportResult | None = None
    again: int | None = None
    """The load that is made again; None: files are brought in."""
    first: Plans = ()
    """What that load was made with."""
    rehearsed: tuple[Plans, Rehearsal] | None = None
    """What was rehearsed, and what it would change."""
    stopping: bool = False

    @property
    def busy(self) -> bool:
        """Whether it is being read, rehearsed or loaded just now."""
        return self.state in (State.READING, State.REHEARSING, State.LOADING)

    @property
    def plans(self) -> Plans:
        """What would be loaded, and how."""
        return tuple((str(table.raw.data), table.plan.model_dump_json()) for table in self.wanted)

    @property
    def rehearsal(self) -> Rehearsal | None:
        """What making the load again as it is proposed now would change, if that was rehearsed."""
        if self.rehearsed and self.rehearsed[0] == self.plans:
            return self.rehearsed[1]
        return None

    @property
    def wanted(self) -> list[Table]:
        """The sheets that are to be loaded."""
        tables = self.upload.tables if self.upload else []
        return [table for place, table in enumerate(tables) if place not in self.left_out]

    def report(self, step: str, file: str, share: float) -> None:
        """Take note of progress; ends the work here if somebody asked to stop it.

        Matching comes after the load: too late to stop it.
        """
        if self.stopping and step != "match":
            raise Stopped
        # Cleaning and publishing are about as long as each other.
        done = {"clean": share / 2, "publish": 0.5 + share / 2}.get(step, share)
        self.step, self.file, self.share = step, file, done


_JOBS: dict[tuple[Path, str, bool], ImportJob] = {}
"""By store, person, and whether a load is made again."""
_LOCK = threading.Lock()


def current(store: Store, actor: Actor, *, again: bool = False) -> ImportJob | None:
    """The person's import into this store, or the load made again, whatever its state."""
    job = _JOBS.get((store.path, actor.id, again))
    return job if job is not None and job.store is store else None


def under_way(path: Path, actor: Actor) -> bool:
    """Whether the person has an import into the store at `path`, which need not be open."""
    return (path, actor.id, False) in _JOBS


def start(store: Store, actor: Actor, paths: Sequence[Path]) -> ImportJob:
    """Begin to read files; a proposal that stood is dropped. Refused("import_running")."""
    with _LOCK:
        _drop(store, actor, again=False)
        job = ImportJob(store=store, actor=actor, paths=list(paths))
        _JOBS[store.path, actor.id, False] = job
    _run(job, _read)
    return job


def reopen(store: Store, actor: Actor, batch: int) -> ImportJob:
    """Propose to make a load again, as it was made; another such proposal is dropped.

    Refused: import_running; batch_unknown; line_unknown where its raw lines are gone.
    """
    with _LOCK:
        _drop(store, actor, again=True)
        job = ImportJob(store=store, actor=actor, paths=[], state=State.PROPOSED, again=batch)
        job.upload = replay.opened(store, actor, batch)
        job.first = job.plans
        _JOBS[store.path, actor.id, True] = job
    return job


def rehearse(job: ImportJob) -> None:
    """Begin to see what making the load again would change. Refused as `load` says."""
    _begin(job, State.REHEARSING)
    _run(job, _rehearse)


def load(job: ImportJob) -> None:
    """Begin to load what is proposed. Refused: import_not_ready; nothing_to_load."""
    _begin(job, State.LOADING)
    _run(job, _load)


def _begin(job: ImportJob, state: State) -> None:
    with _LOCK:
        if job.state is not State.PROPOSED or job.upload is None:
            raise Refused("import_not_ready")
        if not any(loadable(table.plan) for table in job.wanted):
            raise Refused("nothing_to_load")
        job.state, job.problem, job.stopping = state, None, False
        job.report("clean", "", 0.0)


def change(job: ImportJob, act: Callable[..., Made], *args: Any) -> Made:
    """Correct the proposal by one of the functions of `edit`. Refused("import_not_ready")."""
    with _LOCK:
        if job.state is not State.PROPOSED:
            raise Refused("import_not_ready")
        return act(*args)


def stop(job: ImportJob) -> None:
    """Ask to stop; the present file's step is finished, then the store is as before."""
    job.stopping = job.busy


def discard(store: Store, actor: Actor, *, again: bool = False) -> None:
    """Forget the person's import and remove what was read for it. Refused("import_running").

    `again`: the load that is made again, which stays as it is.
    """
    with _LOCK:
        _drop(store, actor, again=again)


def _drop(store: Store, actor: Actor, *, again: bool) -> None:
    job = _JOBS.get((store.path, actor.id, again))
    if job is None:
        return
    if job.busy and job.store is store:
        raise Refused("import_running")
    _clear(job)
    del _JOBS[store.path, actor.id, again]


def _clear(job: ImportJob) -> None:
    if job.upload:
        job.upload.close()
    job.upload = None
    incoming.discard(job.store, job.paths)


def _run(job: ImportJob, work: Callable[[ImportJob], None]) -> None:
    job.run(lambda: work(job), lambda: _end(job), name="import")


def _end(job: ImportJob) -> None:
    """What went wrong ends the work with a problem, and a proposal stays."""
    if not job.busy:
        return
    if job.upload is None:
        _clear(job)
    job.state = State.PROPOSED if job.upload else State.FAILED


def _read(job: ImportJob) -> None:
    job.upload = prepare(
        job.store, job.actor, job.paths, recipe=recipes.kept(job.store), progress=job.report
    )
    job.state = State.PROPOSED


def _rehearse(job: ImportJob) -> None:
    assert job.upload and job.again is not None
    plans, wanted = job.plans, replace(job.upload, tables=job.wanted)
    found = replay.rehearse(job.store, job.actor, job.again, wanted, progress=job.report)
    job.rehearsed = plans, found
    job.state = State.PROPOSED


def _load(job: ImportJob) -> None:
    assert job.upload
    wanted = replace(job.upload, tables=job.wanted)
    if job.again is None:
        job.result = load_upload(job.store, job.actor, wanted, progress=job.report)
    else:
        job.result = replay.replay(job.store, job.actor, job.again, wanted, progress=job.report)
    if job.result.batch is not None:
        _keep_mappings(job)
    _clear(job)
    job.state = State.DONE


def _keep_mappings(job: ImportJob) -> None:
    """A mapping with an open question is not kept: the question is asked again next time.

    The load is in the store by now, whether its mappings can be kept or not.
    """
    assert job.upload and job.result
    failed = []
    for place, table in enumerate(job.upload.tables):
        unwanted = place in job.left_out or place in job.not_kept
        asked = any(map(is_question, table.plan.columns))
        # Without a header nothing tells the next like file.
        told = any(column.header.strip() for column in table.plan.columns)
        if not unwanted and not asked and told and loadable(table.plan):
            try:
                recipes.keep(job.store, job.actor, table.plan)
            except OSError:
                log.exception("mapping not kept")
                failed.append(table.raw.path.name)
    if failed:
        files = ", ".join(dict.fromkeys(failed))
        job.problem = Problem("mapping_not_kept", {"batch": job.result.batch, "files": files})
