"""The segment services as pages read them: kept until the store changes."""

from crm_core.domain.actor import Actor
from crm_core.services import segments
from crm_core.services.segments import Asked, Ground, Mix, Report
from crm_core.services.segments.mix import By
from crm_core.store import Store
from pages._ui import kept


def ground() -> Ground:
    """What the store can be asked."""
    return kept.read(segments.ground)


def report(asked: Asked) -> Report:
    """The figures."""
    return kept.read(_report, asked)


def mix(asked: Asked, by: By | None) -> Mix:
    """What sells where."""
    return kept.read(_mix, asked, by)


def _report(store: Store, actor: Actor, asked: Asked) -> Report:
    return segments.report(store, actor, asked, ground())


def _mix(store: Store, actor: Actor, asked: Asked, by: By | None) -> Mix:
    return segments.mix(store, actor, asked, by, ground())
