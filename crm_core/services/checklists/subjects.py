"""What assessments can be about: what the store knows of departments, vendors and phases."""

from crm_core.domain.actor import Actor
from crm_core.domain.checklists import Scope
from crm_core.services import registers
from crm_core.store import Store

GROUPS = "stakeholder_group"
"""The register whose departments can be assessed."""


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
    if scope == "department":
        rows, _ = registers.listed(store, actor, GROUPS)
        names |= {str(one.values["title"]) for one in rows if one.values.get("kind") == scope}
    return sorted(names)
