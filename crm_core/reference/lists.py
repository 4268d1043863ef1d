"""Reference lists under data/: entities, segments, stages. Edited as YAML, checked when read."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from crm_core.domain.entities import EntitySpec

DATA = Path(__file__).resolve().parents[2] / "data"


def read_yaml(name: str) -> Any:
    """The parsed YAML file `data/{name}`."""
    return yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@cache
def entities() -> dict[str, EntitySpec]:
    """Every entity by name, in load order (what others refer to first)."""
    return {
        name: EntitySpec.model_validate(read_yaml(f"entities/{name}.yaml") | {"name": name})
        for name in read_yaml("entities/order.yaml")
    }
