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
    """A register may say otherwise what one of the common fields is, and be `like` another one,
    whose fields then follow its own."""
    found = read_yaml(f"registers/{name}.yaml")
    model = found.pop("like", None)
    fields = found["fields"] + (read_yaml(f"registers/{model}.yaml")["fields"] if model else [])
    own = {field["name"]: field for field in fields}
    title = own.pop("title", common[0])
    rest = [field for field in common[1:] if field["name"] not in own]
    fields = [title, *own.values(), *rest]
    return Register.model_validate(found | {"name": name, "fields": fields})
