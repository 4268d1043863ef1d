"""The registers under data/registers: one YAML file each, and the fields that all of them have."""

from functools import cache
from typing import Any

from crm_core.domain.registers import Register
from crm_core.reference.lists import read_yaml


@cache
def registers() -> dict[str, Register]:
    """Every register by name, those that others link to first."""
    common = read_yaml("registers/common.yaml")
    return {name: _register(name, common) for name in read_yaml("registers/order.yaml")}


def _register(name: str, common: list[dict[str, Any]]) -> Register:
    """A register may say otherwise what one of the common fields is."""
    found = read_yaml(f"registers/{name}.yaml")
    own = found["fields"]
    said = {field["name"] for field in own}
    title, *rest = [field for field in common if field["name"] not in said]
    return Register.model_validate(found | {"name": name, "fields": [title, *own, *rest]})
