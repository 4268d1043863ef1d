"""The checklists that come with the product: one YAML file each in data/checklists."""

from decimal import Decimal
from functools import cache
from typing import Any

import yaml

from crm_core.domain.checklist_mistakes import mistakes
from crm_core.domain.checklists import Checklist
from crm_core.domain.problems import Refused
from crm_core.reference.lists import DATA, read_yaml
from crm_core.reference.yaml_models import LARGEST, content_of, read_model

FOLDER = DATA / "checklists"
_WIDTH = 100
_DIGITS = 15
"""That a number of YAML keeps; one with more stands as a text."""


def read_checklist(content: bytes, file: str) -> Checklist:
    """The checklist that a YAML text says. Refused as `read_model` does: file, line, what to do."""
    return read_model(content, file, Checklist, mistakes)[0]


def written(checklist: Checklist) -> bytes:
    """The checklist as YAML that `read_checklist` takes back; what goes without saying is left
    out. Refused("checklist_too_large") where it would not take it."""
    said = _plain(checklist.model_dump(exclude_defaults=True))
    content = yaml.dump(
        said, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=_WIDTH
    ).encode()
    if len(content) > LARGEST:
        raise Refused("checklist_too_large", limit=LARGEST // 1000)
    return content


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        few = len(value.as_tuple().digits) <= _DIGITS
        return (int(value) if whole else float(value)) if few else f"{value:f}"
    return str(value) if isinstance(value, str) else value


@cache
def checklists() -> dict[str, Checklist]:
    """Every checklist by its id, in the order in which a programme meets them."""
    paths = [FOLDER / f"{name}.yaml" for name in read_yaml("checklists/order.yaml")]
    return {path.stem: read_checklist(content_of(path), path.name) for path in paths}
