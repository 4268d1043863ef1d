"""The training matrix: which role is how far in which kind, and who is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from crm_core.domain.actor import Actor
from crm_core.domain.training import Course, State
from crm_core.services.flags import finding
from crm_core.services.flags.choosing import in_force
from crm_core.store import Store

_ROLE, _KIND = "role_untrained", "training_kind_untrained"
_COURSES = """
SELECT id, title, trim(role), kind, planned, held, proof, follow_up, followed_up
FROM programme.training WHERE coalesce(status, '') <> 'dropped' ORDER BY length(id), id
"""


@dataclass(frozen=True)
class Plan:
    """What is planned and was held. Roles are told apart without case and outer blanks."""

    roles: Mapping[str, str]
    """Key of a role -> as it is written; those that work untrained first."""
    cells: Mapping[tuple[str, str], tuple[Course, ...]]
    """Key of a role and a kind -> its courses, the gravest state first."""
    untrained: frozenset[str]
    """Keys of the roles that work in the system without any training."""
    kinds_untrained: frozenset[str]
    """Kinds in which somebody must be trained and nobody is, as the rule says."""

    @property
    def courses(self) -> tuple[Course, ...]:
        """All of them."""
        return tuple(course for cell in self.cells.values() for course in cell)

    def trained(self, today: date) -> frozenset[str]:
        """Keys of the roles of which a course was held by that day: what is only planned has
        trained nobody."""
        ahead = (State.MISSED, State.PLANNED)
        return frozenset(
            role
            for (role, _), courses in self.cells.items()
            if any(one.state(today) not in ahead for one in courses)
        )


def plan(store: Store, _actor: Actor, today: date) -> Plan:
    """The matrix as it is on a day."""
    with store.snapshot() as cursor:
        rules = in_force(cursor)
        roles, _ = finding.run(cursor, rules[_ROLE], today)
        kinds, _ = finding.run(cursor, rules[_KIND], today)
        courses = [Course(*row) for row in cursor.execute(_COURSES).fetchall()]
    missing = {key(one.subject): one.subject for one in roles}
    return Plan(
        missing | {key(one.role): one.role for one in courses},
        _cells(courses, today),
        frozenset(missing),
        frozenset(one.subject for one in kinds),
    )


def key(role: str) -> str:
    """A role as it is told apart from others."""
    return role.strip().lower()


def _cells(courses: list[Course], today: date) -> dict[tuple[str, str], tuple[Course, ...]]:
    order = list(State)
    cells: dict[tuple[str, str], tuple[Course, ...]] = {}
    for one in sorted(courses, key=lambda one: order.index(one.state(today))):
        place = key(one.role), one.kind
        cells[place] = (*cells.get(place, ()), one)
    return cells
