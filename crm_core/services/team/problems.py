"""Problem reports that nobody has answered yet."""

from dataclasses import dataclass
from datetime import date

from crm_core.domain.actor import Actor
from crm_core.store import Store

_WAITING = """
SELECT count(*) FILTER (answer IS NULL), count(*), min(reported_on) FILTER (answer IS NULL)
FROM programme.problem_report WHERE coalesce(status, '') <> 'dropped'
"""


@dataclass(frozen=True)
class Waiting:
    """How many reports have no answer, of how many, and since when the first of them waits."""

    unanswered: int
    every: int
    since: date | None


def waiting(store: Store, _actor: Actor) -> Waiting:
    """What stands open, without reports that turned out to be no fault."""
    with store.read() as cursor:
        [found] = cursor.execute(_WAITING).fetchall()
    return Waiting(*found)
