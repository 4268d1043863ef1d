"""The checklists that come with the product: one YAML file each in data/checklists."""

from functools import cache

from crm_core.domain.checklist_mistakes import mistakes
from crm_core.domain.checklists import Checklist
from crm_core.reference.lists import DATA, read_yaml
from crm_core.reference.yaml_models import content_of, read_model

FOLDER = DATA / "checklists"


def read_checklist(content: bytes, file: str) -> Checklist:
    """The checklist that a YAML text says. Refused as `read_model` does: file, line, what to do."""
    return read_model(content, file, Checklist, mistakes)[0]


@cache
def checklists() -> dict[str, Checklist]:
    """Every checklist by its id, in the order in which a programme meets them."""
    paths = [FOLDER / f"{name}.yaml" for name in read_yaml("checklists/order.yaml")]
    return {path.stem: read_checklist(content_of(path), path.name) for path in paths}
