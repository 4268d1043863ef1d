"""Who speaks for each department, those without anybody first."""

from dataclasses import dataclass
from datetime import date

from crm_core.domain.actor import Actor
from crm_core.services.flags import finding
from crm_core.services.flags.choosing import in_force
from crm_core.store import Store

_WITHOUT = "department_without_voice"
_DEPARTMENTS = """
SELECT
    g.id, g.title, g.people, coalesce(p.title, g.representative), p.email, p.id,
    NOT list_contains($mute, g.id) AS has_voice
FROM programme.stakeholder_group AS g
LEFT JOIN programme.link AS l
    ON l.register = 'stakeholder_group' AND l.field = 'representative' AND l.id = g.id
LEFT JOIN programme.person AS p ON p.id = l.to_id
WHERE g.kind = 'department' AND coalesce(g.status, '') NOT IN ('done', 'dropped')
QUALIFY row_number() OVER (
    PARTITION BY g.id ORDER BY coalesce(p.status, '') IN ('done', 'dropped'), length(p.id), p.id
) = 1
ORDER BY has_voice, length(g.id), g.id
"""


@dataclass(frozen=True)
class Department:
    """A department that the programme touches."""

    id: str
    title: str
    people: int | None
    representative: str | None
    email: str | None
    person: str | None
    """The row of the representative among the programme's people; None: there is none."""
    has_voice: bool
    """As the rule of red flags judges it."""


def departments(store: Store, _actor: Actor, today: date) -> list[Department]:
    """Every department, those for which nobody speaks first."""
    with store.snapshot() as cursor:
        found, _ = finding.run(cursor, in_force(cursor)[_WITHOUT], today)
        mute = {"mute": [one.subject for one in found]}
        return [Department(*row) for row in cursor.execute(_DEPARTMENTS, mute).fetchall()]
