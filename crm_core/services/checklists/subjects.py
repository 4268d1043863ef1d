"""What assessments can be about: what the store knows of departments, vendors and phases."""

from collections.abc import Mapping

from crm_core.domain.actor import Actor
from crm_core.domain.checklists import Scope
from crm_core.domain.registers import Value
from crm_core.services import registers
from crm_core.store import Store

REGISTERS: dict[Scope, str] = {
    "department": "stakeholder_group",
    "vendor": "vendor",
    "phase": "phase",
}
"""Where what can be assessed is registered."""


def offered(store: Store, actor: Actor, scope: Scope) -> list[str]:
    """Names to choose from, in alphabetical order: those that were assessed before, so that a
    course over time finds them under one name, and the departments and teams that are known."""
    with store.read() as cursor:
        found = cursor.execute(
            "SELECT subject FROM checklist.assessment WHERE scope = $scope AND subject <> ''"
            " UNION SELECT team FROM crm.person WHERE $scope = 'department' AND team <> ''",
            {"scope": scope},
        ).fetchall()
    names = {str(name) for (name,) in found}
    if scope in REGISTERS:
        rows, _ = registers.listed(store, actor, REGISTERS[scope])
        names |= {str(one.values["title"]) for one in rows if _is_of(scope, one.values)}
    return sorted(names)


def _is_of(scope: Scope, values: Mapping[str, Value]) -> bool:
    """Whether a row is one; among the stakeholder groups are other groups than departments."""
    return scope != "department" or values.get("kind") == scope
