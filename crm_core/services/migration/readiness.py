"""How far the migration is, in one line that a checklist can read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from crm_core.domain.actor import Actor
from crm_core.services.migration.rejects import open_count
from crm_core.services.migration.runs import Run, runs
from crm_core.services.migration.signing import signature
from crm_core.services.migration.totals import totals
from crm_core.store import Store

State = Literal["not_started", "rehearsed", "totals_differ", "signed"]


@dataclass(frozen=True)
class Readiness:
    """The last run of a target, and what is still open of it."""

    state: State
    """rehearsed: written, no totals of the target yet; signed: the signature fits as of now."""
    target: str | None = None
    run: int | None = None
    kind: str | None = None
    made_at: datetime | None = None
    """UTC."""
    accepted: int = 0
    """Records that the target should have."""
    rejected: int = 0
    """Records that the template rejected in this run."""
    waiting: int = 0
    """Rejects, ours and the target's, that nobody has solved."""
    totals: int = 0
    missing: int = 0
    """Totals that the target's side has not told yet."""
    differing: int = 0
    signed_by: str | None = None
    signed_at: datetime | None = None
    signature_fits: bool | None = None
    """None: not signed; False: totals or files were changed afterwards."""


def readiness(store: Store, actor: Actor, target: str | None = None) -> Readiness:
    """How far the migration to a target is; without one, to the target of the last run."""
    every = runs(store, actor, target)
    return _of(store, actor, every[0]) if every else Readiness("not_started", target)


def _of(store: Store, actor: Actor, last: Run) -> Readiness:
    every = totals(store, actor, last.run)
    signed = signature(store, actor, last.run)
    missing = sum(one.target is None for one in every)
    differing = sum(one.target is not None and not one.agrees for one in every)
    fits = signed.standing == "fits" if signed else None
    state: State = "rehearsed"
    if fits:
        state = "signed"
    elif differing:
        state = "totals_differ"
    return Readiness(
        state,
        *(last.target, last.run, last.kind, last.made_at),
        *(last.count("accepted"), last.count("rejected"), open_count(store, actor, last.target)),
        *(len(every), missing, differing),
        signed_by=signed.name if signed else None,
        signed_at=signed.signed_at if signed else None,
        signature_fits=fits,
    )
