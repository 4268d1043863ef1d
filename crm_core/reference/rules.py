"""The rules of each entity: data/rules/{entity}.yaml."""

from functools import cache

from pydantic import TypeAdapter

from crm_core.domain.rules import Rule
from crm_core.reference.lists import entities, read_yaml

_RULES: TypeAdapter[tuple[Rule, ...]] = TypeAdapter(tuple[Rule, ...])


@cache
def rules() -> dict[str, tuple[Rule, ...]]:
    """Entity -> its rules, in the order of the file: of several broken ones the first counts."""
    found = {name: _RULES.validate_python(read_yaml(f"rules/{name}.yaml")) for name in entities()}
    for name, of_entity in found.items():
        known = {field.name for field in entities()[name].fields}
        for rule in of_entity:
            if unknown := set(rule.fields) - known:
                raise ValueError(f"data/rules/{name}.yaml: {rule.id} names {sorted(unknown)}")
    return found
