"""The segment services as pages read them: kept until the store changes."""

from crm_core.services import segments
from crm_core.services.segments import Asked, Ground, Report, Seen
from pages._ui import kept


def ground() -> Ground:
    """What the store can be asked."""
    return kept.read(segments.ground)


def report(asked: Asked) -> Report:
    """The figures alone."""
    return kept.read(segments.report, asked)


def seen(asked: Asked) -> Seen:
    """Figures, product mix and coverage, of one state of the store."""
    return kept.read(segments.seen, asked)
